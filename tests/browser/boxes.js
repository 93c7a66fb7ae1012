// Where the parts of the filter panel lie, in pixels from the left edge of the page.
() => {
  const box = (element) => element.getBoundingClientRect();
  const panel = document.querySelector(".review-panel");
  const charts = [...panel.querySelectorAll(".review-chart")];
  const parts = [...panel.querySelectorAll("button, input, label, .widget-html, .review-chart")];
  const texts = charts.map((chart) =>
    [...chart.querySelectorAll("text")].filter((text) => text.textContent.trim()),
  );
  const said = (text) => text.textContent.trim();
  const meet = (one, other) =>
    one.left + 1 < other.right && other.left + 1 < one.right &&
    one.top + 1 < other.bottom && other.top + 1 < one.bottom;
  const cell = box(panel.closest(".jp-OutputArea-output"));
  return {
    cell: [cell.left, cell.right],
    beside: innerWidth - cell.right,
    parts: [panel, ...parts].map((part) => [part.textContent.slice(0, 40), box(part).right]),
    scrolled: [panel, ...panel.children]
      .filter((part) => part.scrollWidth > part.clientWidth + 1)
      .map((part) => part.className),
    charts: charts.map((chart, at) => ({
      name: chart.dataset.figure,
      width: box(chart).width,
      drawn: box(chart.querySelector(".main-svg")).width,
      cut: texts[at]
        .filter((text) => box(text).left < box(chart).left - 1 || box(text).right > box(chart).right + 1)
        .map(said),
      overlapping: texts[at].flatMap((text, first) =>
        texts[at]
          .slice(first + 1)
          .filter((other) => meet(box(text), box(other)))
          .map((other) => [said(text), said(other)]),
      ),
    })),
  };
}
