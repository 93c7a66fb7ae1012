// What a person sees in a panel now, and what plotly was given to draw it from.
(at) => {
  const panel = document.querySelectorAll(".review-panel")[at];
  const all = (place, within = panel) => [...within.querySelectorAll(place)];
  const plain = (text) => text.replace(/<[^>]*>/g, "").trim();
  const chart = panel.querySelector(".review-chart");
  const lines = (text) => {
    const spans = all("tspan.line", text);
    return (spans.length ? spans : [text]).map((line) => line.textContent.trim());
  };
  const written = (place, between) => all(place, chart).map((text) => lines(text).join(between));
  const notes = () => written(".annotation-text", " ");
  const described = () => Number(chart.getAttribute("aria-label").match(/\d+/)[0]);
  const parts = {
    coverage: () => ({
      notes: notes(),
      cells: chart.data.flatMap((trace) =>
        Array.from(trace.y).map((condition, row) => [
          trace.name,
          condition,
          Number(plain(trace.text[row][0].split("<br>")[0])),
          trace.customdata[row][0],
        ]),
      ),
      drawn: written(".heatmap-label text", ", ").map((text) => Number(text.split(",")[0])),
      described: described(),
    }),
    funnel: () => ({
      notes: notes(),
      steps: Array.from(chart.data[0].y).map((label, row) => [
        label,
        chart.data[0].x[row],
        plain(chart.data[0].text[row]),
      ]),
      drawn: written(".bartext", ", "),
      described: chart.getAttribute("aria-label").match(/\d+(?=[,.])/g).map(Number),
    }),
    dots: () => ({
      notes: notes(),
      marks: chart.data.map((trace) => [
        trace.name,
        // A subject without a study keeps a trace without a mark, for the legend.
        Array.from(trace.y)
          .map((condition, row) => [condition, trace.customdata[row]])
          .filter(([condition]) => condition !== null),
      ]),
      drawn: all(".points path", chart).length,
      described: Number(chart.getAttribute("aria-label").match(/of (\d+)/)[1]),
    }),
  };
  const [state, , words] = [...panel.querySelector(".review-state").childNodes].map(
    (line) => line.textContent,
  );
  return {
    groups: all(".review-group").map((group) => [
      group.querySelector("summary").textContent,
      all(".review-option label", group).map((label) => [
        label.textContent,
        label.querySelector("input").checked,
      ]),
    ]),
    numbers: all(".review-numbers input").map((input) => Number(input.value)),
    text: panel.querySelector("input[name=text]").value,
    view: panel.querySelector(".review-view input").value,
    problem: panel.querySelector(".review-problem").textContent,
    state,
    words,
    chart: {
      name: chart.dataset.figure,
      subtitle: written(".gtitle", "\n")[0].split("\n").slice(1),
      ...parts[chart.dataset.figure]?.(),
    },
    table: panel.querySelector(".dt-info")?.textContent,
    rows: all(".dt-container tbody tr").map((row) =>
      all("td", row).slice(0, 4).map((cell) => cell.textContent),
    ),
    names: all(".review-names option").slice(1).map((option) => option.textContent),
  };
}
