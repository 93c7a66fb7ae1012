// One change of the panel, or a burst of them, timed in the page: from the last input event to the
// animation frame after the chart's own data are the expected numbers, and to the frame in which
// counts, line and table say them as well.
async ([steps, expected]) => {
  const panel = document.querySelector(".review-panel");
  const chart = panel.querySelector(".review-chart");
  const number = (text) => Number(text.replace(/<[^>]*>/g, " ").trim().split(" ")[0]);
  const says = (place) => panel.querySelector(place)?.textContent.replaceAll(",", "") ?? "";
  const cells = () => chart.data.flatMap((trace) => trace.text.map(([text]) => number(text)));
  const drawn = () => cells().join() === expected.cells.join();
  const told = () =>
    says(".review-state").startsWith(`${expected.studies} of `) &&
    says(".dt-info").includes(` ${expected.listed} stud`) &&
    expected.counts.every(
      ([word, count]) =>
        says(`input[value=${word}] + span .review-count`).trim() === `(${count})`,
    );
  const until = (met) =>
    new Promise((done, failed) => {
      const start = performance.now();
      const look = () => {
        if (met()) done(performance.now());
        else if (performance.now() - start > 10_000) failed(new Error(`never ${met}`));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  let last;
  for (const [place, value] of steps) {
    const input = panel.querySelector(place);
    last = performance.now();
    if (value === null) input.click();
    else {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (steps.length > 1) await new Promise((done) => setTimeout(done, 16));
  }
  const chartDone = await until(drawn);
  const allDone = await until(() => drawn() && told());
  return [chartDone - last, allDone - last];
}
