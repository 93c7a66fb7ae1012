// Draws the figure of one panel with plotly.js, which the kernel sends once per page.
const SHARED = Symbol.for("review.plotly");

async function unpacked(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

async function fetched(model) {
  const buffer = await new Promise((resolve) => {
    const receive = (message, buffers) => {
      if (message.plotly) {
        model.off("msg:custom", receive);
        resolve(buffers[0]);
      }
    };
    model.on("msg:custom", receive);
    model.send({ need: "plotly" });
  });
  const own = { exports: {} };
  new Function("module", "exports", "define", await unpacked(buffer))(own, own.exports, undefined);
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
  const status = document.createElement("p");
  status.className = "review-state";
  // Read out when it changes, after whatever is being said.
  status.setAttribute("role", "status");
  const frame = document.createElement("div");
  frame.className = "review-chart";
  frame.setAttribute("role", "img");
  el.append(status, frame);
  let gone = false;
  let drawn = false;

  function say() {
    status.innerHTML = model.get("status");
    status.hidden = !status.innerHTML;
  }

  async function draw() {
    globalThis[SHARED] ??= fetched(model);
    const plotly = await globalThis[SHARED];
    if (gone) return;
    const { data, layout, name, alt } = model.get("figure");
    const shown = themed(layout);
    const traces = data.map((trace) => inked(trace, layout.font.color, shown.font.color));
    // What one figure leaves behind must not show in the next.
    if (drawn && frame.dataset.figure !== name) plotly.purge(frame);
    frame.dataset.figure = name;
    frame.setAttribute("aria-label", alt);
    plotly.react(frame, traces, shown, model.get("config"));
    frame.removeAllListeners("plotly_click");
    frame.on("plotly_click", pick);
    drawn = true;
  }

  function pick({ points: [point] }) {
    model.send({ pick: point.customdata });
  }

  // Plotly follows the window by itself, but not a side bar that opens beside the notebook.
  const width = new ResizeObserver(async () => {
    const plotly = await globalThis[SHARED];
    if (frame.data && frame.offsetWidth) plotly.Plots.resize(frame);
  });
  width.observe(el);

  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  model.on("change:figure", draw);
  model.on("change:status", say);
  say();
  draw();

  return async () => {
    gone = true;
    // A kernel that went away before it sent the script will never send it.
    if (!drawn) delete globalThis[SHARED];
    theme.disconnect();
    width.disconnect();
    model.off("change:figure", draw);
    model.off("change:status", say);
    const plotly = await globalThis[SHARED];
    plotly.purge(frame);
  };
}

export default { render };
