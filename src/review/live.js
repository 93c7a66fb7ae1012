// Draws the figures of one panel with plotly.js, which the kernel sends once per page.
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
  const frames = new Map();
  let gone = false;
  let drawn = false;

  function place(name) {
    if (!frames.has(name)) {
      const frame = document.createElement("div");
      frame.className = "review-chart";
      frame.dataset.figure = name;
      frame.setAttribute("role", "img");
      el.append(frame);
      frames.set(name, frame);
    }
    return frames.get(name);
  }

  async function draw() {
    globalThis[SHARED] ??= fetched(model);
    const plotly = await globalThis[SHARED];
    if (gone) return;
    drawn = true;
    for (const [name, { data, layout, alt }] of Object.entries(model.get("figures"))) {
      const frame = place(name);
      frame.setAttribute("aria-label", alt);
      const shown = themed(layout);
      const traces = data.map((trace) => inked(trace, layout.font.color, shown.font.color));
      plotly.react(frame, traces, shown, model.get("config"));
    }
  }

  // Plotly follows the window by itself, but not a side bar that opens beside the notebook.
  const width = new ResizeObserver(async () => {
    const plotly = await globalThis[SHARED];
    for (const frame of frames.values()) {
      if (frame.data && frame.offsetWidth) plotly.Plots.resize(frame);
    }
  });
  width.observe(el);

  const theme = new MutationObserver(draw);
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light", "data-jp-theme-name"] });
  model.on("change:figures", draw);
  draw();

  return async () => {
    gone = true;
    // A kernel that went away before it sent the script will never send it.
    if (!drawn) delete globalThis[SHARED];
    theme.disconnect();
    width.disconnect();
    model.off("change:figures", draw);
    const plotly = await globalThis[SHARED];
    for (const frame of frames.values()) plotly.purge(frame);
  };
}

export default { render };
