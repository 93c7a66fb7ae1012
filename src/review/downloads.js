// Hands files to the browser: pictures that the page draws itself, and files from the kernel.

function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function render({ model, el }) {
  const said = made("p", { className: "review-said" });
  said.setAttribute("role", "status");
  const links = made("ul", { className: "review-links" });
  el.append(said, links);
  const addresses = [];

  async function draw({ figure, format, name }) {
    const { width, height } = figure.layout;
    // A drawing is sharp at any size; a picture is to be so on a projector.
    const scale = format === "png" ? 2 : 1;
    say();
    try {
      const plotly = await SCRIPTS.plotly;
      await plotly.downloadImage(figure, { format, width, height, scale, filename: name });
    } catch (error) {
      said.textContent = `Nothing was saved: the browser did not draw the figure (${error}).`;
    }
  }

  function offer({ name, type }, [content]) {
    const blob = new Blob([content], { type });
    const href = URL.createObjectURL(blob);
    const link = made("a", { href, download: name }, `${name} (${size(blob.size)})`);
    addresses.push(href);
    const item = made("li", {}, "Download ", link);
    links.replaceChildren(item, ...links.children);
  }

  function say() {
    said.textContent = model.get("said");
  }

  const receive = (message, buffers) => {
    if (message.draw) draw(message.draw);
    if (message.offer) offer(message.offer, buffers);
  };
  model.on("msg:custom", receive);
  model.on("change:said", say);
  say();
  return () => {
    model.off("msg:custom", receive);
    model.off("change:said", say);
    for (const address of addresses) URL.revokeObjectURL(address);
  };
}

export default { render };
