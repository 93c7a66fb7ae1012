// Shows a piece of HTML that the kernel made, and brings its head into view when it changes.
function render({ model, el }) {
  el.className += " review-card";
  const show = () => {
    el.innerHTML = model.get("html");
  };
  const changed = () => {
    show();
    el.querySelector("h3")?.scrollIntoView({ block: "nearest" });
  };
  model.on("change:html", changed);
  show();
  return () => model.off("change:html", changed);
}

export default { render };
