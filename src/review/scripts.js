// @ts-check
// What the scripts of all widgets share.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @param {(Node | string)[]} inside
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function made(tag, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

// Returns what ends it: anywidget before 0.11 leaves the listeners of a view that was closed.
/**
 * @param {Pick<Model<any>, "on" | "off">} model
 * @param {{ [events: string]: Hear }} heard
 */
function listen(model, heard) {
  const all = Object.entries(heard);
  for (const [events, hear] of all) model.on(events, hear);
  return () => {
    for (const [events, hear] of all) model.off(events, hear);
  };
}

// Large scripts of other packages come from the kernel, compressed, once for a page.
/** @type {{ [name: string]: Promise<any> }} */
const SCRIPTS = (/** @type {any} */ (globalThis)[Symbol.for("review.scripts")] ??= {});

/** @param {DataView<ArrayBuffer>} buffer */
async function unpacked(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

/**
 * @param {Model<any>} model
 * @param {string} name
 * @returns {Promise<string>}
 */
function fetched(model, name) {
  return new Promise((resolve) => {
    /** @type {(message: ScriptSent, buffers: DataView<ArrayBuffer>[]) => void} */
    const receive = (message, buffers) => {
      if (message.script !== name) return;
      model.off("msg:custom", receive);
      resolve(unpacked(buffers[0]));
    };
    model.on("msg:custom", receive);
    model.send({ need: name });
  });
}

// Whoever asks first makes of the text what everyone gets.
/**
 * @param {Model<any>} model
 * @param {string} name
 * @param {(text: string) => unknown} made
 */
function script(model, name, made) {
  return (SCRIPTS[name] ??= fetched(model, name).then(made));
}

// A kernel that went away before it sent a script will never send it.
/** @param {string} name */
function forget(name) {
  delete SCRIPTS[name];
}

