// @ts-check
// Hands files to the browser: pictures that the page draws itself, and files from the kernel.

/** @param {number} bytes */
function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** @param {Drawing} drawing */
async function saved({ figure, format, name }) {
  const { width, height } = figure.layout;
  // A drawing is sharp at any size; a picture is to be so on a projector.
  const scale = format === "png" ? 2 : 1;
  const plotly = await SCRIPTS.plotly;
  await plotly.downloadImage(figure, { format, width, height, scale, filename: name });
}

function linksOf() {
  const links = made("ul", { className: "review-links" });
  /** @type {string[]} */
  const addresses = [];
  /** @type {(offer: Offer, buffers: DataView<ArrayBuffer>[]) => void} */
  function offer({ name, type }, [content]) {
    const blob = new Blob([content], { type });
    const href = URL.createObjectURL(blob);
    const link = made("a", { href, download: name }, `${name} (${size(blob.size)})`);
    addresses.push(href);
    const item = made("li", {}, "Download ", link);
    links.replaceChildren(item, ...links.children);
  }
  function end() {
    for (const address of addresses) URL.revokeObjectURL(address);
  }
  return { element: links, offer, end };
}

/** @param {View<SaverState>} view */
function render({ model, el }) {
  const said = made("p", { className: "review-said" });
  said.setAttribute("role", "status");
  const links = linksOf();
  el.append(said, links.element);

  function say() {
    said.textContent = model.get("said");
  }
  /** @param {Drawing} drawing */
  async function draw(drawing) {
    say();
    try {
      await saved(drawing);
    } catch (error) {
      said.textContent = `Nothing was saved: the browser did not draw the figure (${error}).`;
    }
  }
  /** @type {(message: Saved, buffers: DataView<ArrayBuffer>[]) => void} */
  function receive(message, buffers) {
    if (message.draw) draw(message.draw);
    if (message.offer) links.offer(message.offer, buffers);
  }
  const leave = listen(model, { "msg:custom": receive, "change:said": say });
  say();
  return () => {
    leave();
    links.end();
  };
}

export default { render };
