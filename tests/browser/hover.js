// Moves over some marks of every chart, and returns what must not be in their tooltips.
async (dangers) => {
  const MARKS = 6, MS = 60;
  async function over(chart) {
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
  const found = await Promise.all([...document.querySelectorAll(".js-plotly-plot")].map(over));
  return found.flat();
}
