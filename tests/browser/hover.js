// Moves over some marks of a chart, and returns what must not be in their tooltips.
async (chart, dangers) => {
  const MARKS = 6, MS = 60;
  const marks = [...chart.querySelectorAll(".points > *, .heatmap-label, .legendtoggle")];
  const step = Math.max(1, Math.ceil(marks.length / MARKS));
  const found = [];
  for (const mark of marks.filter((_, at) => at % step === 0)) {
    const { left, top, width, height } = mark.getBoundingClientRect();
    const where = { clientX: left + width / 2, clientY: top + height / 2, bubbles: true };
    chart.querySelector(".nsewdrag")?.dispatchEvent(new MouseEvent("mousemove", where));
    await new Promise((resolve) => setTimeout(resolve, MS));
    found.push(...dangers(chart.querySelector(".hoverlayer")));
  }
  return found;
}
