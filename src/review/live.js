// @ts-check
// Draws the figure of one panel with plotly.js.
/** @param {string} text */
function evaluated(text) {
  /** @type {{ exports: any }} */
  const own = { exports: {} };
  new Function("module", "exports", "define", text)(own, own.exports, undefined);
  return own.exports;
}

// The colours of text and lines come from the page, so that charts follow its light or dark theme.
/**
 * @param {Layout} layout
 * @returns {Layout}
 */
function themed(layout) {
  const page = getComputedStyle(document.body);
  const ink = page.getPropertyValue("--jp-ui-font-color1").trim();
  if (!ink) return layout;
  return {
    ...layout,
    paper_bgcolor: "rgba(0,0,0,0)",
    font: { ...layout.font, color: ink },
  };
}

// Marks in the ink of the charts would vanish on a dark page; tiles keep it, for they stay light.
/**
 * @param {Trace} trace
 * @param {string} ink
 * @param {string} page
 */
function inked(trace, ink, page) {
  /** @type {(part: unknown) => unknown} */
  const recoloured = (part) => {
    if (part === ink) return page;
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, recoloured(value)]));
  };
  return trace.type === "heatmap" ? trace : recoloured(trace);
}

/** @param {Model<FigureState>} model */
function stateOf(model) {
  const element = made("p", { className: "review-state" });
  // Read out when it changes, after whatever is being said.
  element.setAttribute("role", "status");
  function say() {
    const [state, ...further] = model.get("status");
    element.hidden = !state;
    const lines = further.flatMap((line) => [made("br"), line]);
    element.replaceChildren(made("b", {}, state ?? ""), ...lines);
  }
  say();
  return { element, say };
}

/**
 * @param {Model<FigureState>} model
 * @param {Chart} frame
 */
function drawing(model, frame) {
  let gone = false;
  /** @type {any} */
  let plotly;

  async function draw() {
    plotly = await script(model, "plotly", evaluated);
    if (gone) return;
    const { data, layout, name, alt } = model.get("figure");
    const shown = themed(layout);
    const traces = data.map((trace) => inked(trace, layout.font.color, shown.font.color));
    // What one figure leaves behind must not show in the next.
    if (frame.dataset.figure && frame.dataset.figure !== name) plotly.purge(frame);
    frame.dataset.figure = name;
    frame.setAttribute("aria-label", alt);
    frame.dataset.shown = String(model.get("shown"));
    plotly.react(frame, traces, shown, model.get("config"));
    frame.removeAllListeners("plotly_click");
    frame.on("plotly_click", ({ points: [point] }) => model.send({ pick: point.customdata }));
  }

  // Plotly follows the window by itself, but not a side bar that opens beside the notebook.
  function fit() {
    if (frame.data && frame.offsetWidth) plotly.Plots.resize(frame);
  }

  function end() {
    gone = true;
    if (frame.dataset.figure) plotly.purge(frame);
    else forget("plotly");
  }
  return { draw, fit, end };
}

/** @param {View<FigureState>} view */
function render({ model, el }) {
  const status = stateOf(model);
  const frame = /** @type {Chart} */ (made("div", { className: "review-chart" }));
  frame.setAttribute("role", "img");
  el.append(status.element, frame);
  const { draw, fit, end } = drawing(model, frame);
  const width = new ResizeObserver(fit);
  width.observe(el);
  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  const leave = listen(model, { "change:figure": draw, "change:status": status.say });
  draw();

  return () => {
    end();
    theme.disconnect();
    width.disconnect();
    leave();
  };
}

export default { render };
