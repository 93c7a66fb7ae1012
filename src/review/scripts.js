// What the scripts of all widgets share.
function made(tag, properties = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

// Large scripts of other packages come from the kernel, compressed, once for a page.
const SCRIPTS = (globalThis[Symbol.for("review.scripts")] ??= {});

async function unpacked(buffer) {
  const stream = new Blob([buffer]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function fetched(model, name) {
  return new Promise((resolve) => {
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
function script(model, name, made) {
  return (SCRIPTS[name] ??= fetched(model, name).then(made));
}

// A kernel that went away before it sent a script will never send it.
function forget(name) {
  delete SCRIPTS[name];
}

