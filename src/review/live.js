// Draws the figure of one panel with plotly.js.
function evaluated(text) {
  const own = { exports: {} };
  new Function("module", "exports", "define", text)(own, own.exports, undefined);
  return own.exports;
}

// The colours of text and lines come from the page, so that charts follow its light or dark theme.
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
function inked(trace, ink, page) {
  const recoloured = (part) => {
    if (part === ink) return page;
    if (part === null || typeof part !== "object" || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, recoloured(value)]));
  };
  return trace.type === "heatmap" ? trace : recoloured(trace);
}

function render({ model, el }) {
  const status = made("p", { className: "review-state" });
  // Read out when it changes, after whatever is being said.
  status.setAttribute("role", "status");
  const frame = made("div", { className: "review-chart" });
  frame.setAttribute("role", "img");
  el.append(status, frame);
  let gone = false;
  let plotly;

  function say() {
    const [state, ...further] = model.get("status");
    status.hidden = !state;
    status.replaceChildren(made("b", {}, state ?? ""), ...further.flatMap((line) => [made("br"), line]));
  }

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
    frame.dataset.shown = model.get("shown");
    plotly.react(frame, traces, shown, model.get("config"));
    frame.removeAllListeners("plotly_click");
    frame.on("plotly_click", pick);
  }

  function pick({ points: [point] }) {
    model.send({ pick: point.customdata });
  }

  // Plotly follows the window by itself, but not a side bar that opens beside the notebook.
  const width = new ResizeObserver(() => {
    if (frame.data && frame.offsetWidth) plotly.Plots.resize(frame);
  });
  width.observe(el);

  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  model.on("change:figure", draw);
  model.on("change:status", say);
  say();
  draw();

  return () => {
    gone = true;
    if (frame.dataset.figure) plotly.purge(frame);
    else forget("plotly");
    theme.disconnect();
    width.disconnect();
    model.off("change:figure", draw);
    model.off("change:status", say);
  };
}

export default { render };
