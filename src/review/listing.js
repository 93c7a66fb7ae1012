// The table of the studies, a list of their names for the keyboard, and the facts of the open one.
const OPTIONS = {
  select: { style: "single", keys: true, info: false },
  layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
  language: { entries: { _: "studies", 1: "study" }, emptyTable: "No study matches." },
  order: [],
  autoWidth: false,
};
const NO_STUDY = "Choose a study, or click on a row or a mark";

async function imported(text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

// A row is its key, its name in the list, then a cell for each head. Where words have an order of
// their own, a cell is the word and its place.
function columns(heads, { render }) {
  return heads.map(([title, ordered], at) => {
    const [cell, place] = [`${at + 2}`, `${at + 2}.1`];
    const data = ordered ? { _: `${cell}.0`, sort: place, type: place } : cell;
    return { title, data, render: render.text() };
  });
}

function render({ model, el }) {
  const note = made("p", { className: "review-note" });
  const place = made("table", { className: "display compact" });
  place.setAttribute("aria-label", "The studies that match");
  const names = made("select");
  const list = made("label", { className: "review-names" }, "Facts of", names);
  const card = made("div", { className: "review-card" });
  el.append(note, made("div", {}, place), list, card);
  let gone = false;
  let table = null;
  let marking = false;

  function open(key) {
    if (key === model.get("opened")) return;
    model.set("opened", key);
    model.save_changes();
  }

  async function build() {
    const bundle = await script(model, "table", imported);
    if (gone) return;
    bundle.set_or_remove_dark_class();
    const DataTable = bundle.default;
    const heads = columns(model.get("heads"), DataTable);
    table = new DataTable(place, { ...OPTIONS, columns: heads, data: model.get("rows") });
    table.on("select deselect", () => {
      // Choosing another row tells of both, one after the other.
      if (!marking) queueMicrotask(() => open(table.row({ selected: true }).data()?.[0] ?? ""));
    });
    mark();
  }

  function mark() {
    names.value = model.get("rows").some(([key]) => key === model.get("opened"))
      ? model.get("opened")
      : "";
    if (!table) return;
    marking = true;
    table.rows({ selected: true }).deselect();
    table.row((_, [key]) => key === model.get("opened")).select();
    marking = false;
  }

  function fill() {
    note.textContent = model.get("note");
    const options = model.get("rows").map(([value, text]) => made("option", { value }, text));
    names.replaceChildren(made("option", { value: "" }, NO_STUDY), ...options);
    table?.clear().rows.add(model.get("rows")).draw();
    mark();
  }

  function tell() {
    // Made by the one place that turns stored text into HTML, review.facts.
    card.innerHTML = model.get("html");
  }

  function told() {
    tell();
    card.querySelector("h3")?.scrollIntoView({ block: "nearest" });
  }

  names.onchange = () => open(names.value);
  model.on("change:rows", fill);
  model.on("change:opened", mark);
  model.on("change:html", told);
  fill();
  tell();
  build();

  return () => {
    gone = true;
    if (table) table.destroy();
    else forget("table");
    model.off("change:rows", fill);
    model.off("change:opened", mark);
    model.off("change:html", told);
  };
}

export default { render };
