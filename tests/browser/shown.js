// What a person sees in the filter panel now, and what plotly was given to draw it from.
() => {
  const panel = document.querySelector(".review-panel");
  const plain = (text) => text.replace(/<[^>]*>/g, "").trim();
  const written = (frame, place, between = ", ") =>
    [...frame.querySelectorAll(place)].map((text) =>
      [...(text.querySelectorAll("tspan.line").length ? text.querySelectorAll("tspan.line") : [text])]
        .map((line) => line.textContent.trim())
        .join(between),
    );
  const chart = (name) => panel.querySelector(`.review-chart[data-figure=${name}]`);
  const titles = (frame) => ({
    subtitle: plain(frame.layout.title.text.split("<br>")[1]),
    drawn_subtitle: [...frame.querySelectorAll(".gtitle tspan.line")]
      .slice(1)
      .map((line) => line.textContent.trim()),
    notes: frame.layout.annotations?.map((note) => plain(note.text.replaceAll("<br>", " "))) ?? [],
    drawn_notes: written(frame, ".annotation-text", " "),
  });
  const coverage = chart("coverage");
  const funnel = chart("funnel");
  const [bars] = funnel.data;
  return {
    ticks: [...panel.querySelectorAll(".review-head")].map((head) => [
      head.querySelector("b").textContent,
      [...head.nextElementSibling.querySelectorAll("input")].map((box) => [
        box.closest("label").textContent,
        box.checked,
      ]),
    ]),
    years: [...panel.querySelectorAll("input[type=number]")].map((box) => Number(box.value)),
    state: panel.querySelector(".review-state").innerText.split("\n")[0],
    coverage: {
      ...titles(coverage),
      cells: coverage.data.flatMap((trace) =>
        Array.from(trace.y).map((condition, at) => [
          trace.name,
          condition,
          Number(plain(trace.text[at][0].split("<br>")[0])),
          trace.customdata[at][0],
        ]),
      ),
      drawn: written(coverage, ".heatmap-label text").map((text) => Number(text.split(",")[0])),
      described: Number(coverage.getAttribute("aria-label").split(" ")[0]),
    },
    funnel: {
      ...titles(funnel),
      steps: Array.from(bars.y).map((label, at) => [label, bars.x[at], plain(bars.text[at])]),
      drawn: written(funnel, ".bartext"),
      described: funnel.getAttribute("aria-label").match(/\d+(?=[,.])/g).map(Number),
    },
  };
}
