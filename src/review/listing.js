// @ts-check
// The table of the studies, a list of their names for the keyboard, and the facts of the open one.
const OPTIONS = {
  select: { style: "single", keys: true, info: false },
  layout: { topStart: null, topEnd: null, bottomStart: "info", bottomEnd: "paging" },
  language: { entries: { _: "studies", 1: "study" }, emptyTable: "No study matches." },
  order: [],
  autoWidth: false,
};
const NO_STUDY = "Choose a study, or click on a row or a mark";

/** @param {string} text */
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
/**
 * @param {ListingState["heads"]} heads
 * @param {{ render: { text: () => unknown } }} bundle
 */
function columns(heads, { render }) {
  return heads.map(([title, ordered], at) => {
    const [cell, place] = [`${at + 2}`, `${at + 2}.1`];
    const data = ordered ? { _: `${cell}.0`, sort: place, type: place } : cell;
    return { title, data, render: render.text() };
  });
}

/**
 * @param {Model<ListingState>} model
 * @param {(key: string) => void} open
 */
function tableOf(model, open) {
  const place = made("table", { className: "display compact" });
  place.setAttribute("aria-label", "The studies that match");
  let gone = false;
  let marking = false;
  /** @type {any} */
  let table = null;

  function tell() {
    // Choosing another row tells of both, one after the other.
    if (!marking) queueMicrotask(() => open(table.row({ selected: true }).data()?.[0] ?? ""));
  }
  /** @type {(at: number, row: Row) => boolean} */
  const isOpen = (_, [key]) => key === model.get("opened");

  function mark() {
    if (!table) return;
    marking = true;
    table.rows({ selected: true }).deselect();
    table.row(isOpen).select();
    marking = false;
  }
  async function build() {
    const bundle = await script(model, "table", imported);
    if (gone) return;
    bundle.set_or_remove_dark_class();
    const DataTable = bundle.default;
    const heads = columns(model.get("heads"), DataTable);
    table = new DataTable(place, { ...OPTIONS, columns: heads, data: model.get("rows") });
    table.on("select deselect", tell);
    mark();
  }
  const fill = () => table?.clear().rows.add(model.get("rows")).draw();
  const end = () => {
    gone = true;
    if (table) table.destroy();
    else forget("table");
  };
  return { element: made("div", {}, place), build, fill, mark, end };
}

/**
 * @param {Model<ListingState>} model
 * @param {(key: string) => void} open
 */
function namesOf(model, open) {
  const names = made("select");
  names.onchange = () => open(names.value);
  function fill() {
    const options = model.get("rows").map(([value, text]) => made("option", { value }, text));
    names.replaceChildren(made("option", { value: "" }, NO_STUDY), ...options);
  }
  function mark() {
    const opened = model.get("opened");
    names.value = model.get("rows").some(([key]) => key === opened) ? opened : "";
  }
  return { element: made("label", { className: "review-names" }, "Facts of", names), fill, mark };
}

/** @param {Model<ListingState>} model */
function cardOf(model) {
  const card = made("div", { className: "review-card" });
  function tell() {
    // Made by the one place that turns stored text into HTML, review.facts.
    card.innerHTML = model.get("html");
  }
  function told() {
    tell();
    card.querySelector("h3")?.scrollIntoView({ block: "nearest" });
  }
  tell();
  return { element: card, told };
}

/** @param {View<ListingState>} view */
function render({ model, el }) {
  /** @param {string} key */
  function open(key) {
    if (key === model.get("opened")) return;
    model.set({ opened: key });
    model.save_changes();
  }
  const note = made("p", { className: "review-note" });
  const [table, names, card] = [tableOf(model, open), namesOf(model, open), cardOf(model)];
  el.append(note, table.element, names.element, card.element);

  function mark() {
    names.mark();
    table.mark();
  }
  function fill() {
    note.textContent = model.get("note");
    names.fill();
    table.fill();
    mark();
  }
  const heard = { "change:rows": fill, "change:opened": mark, "change:html": card.told };
  const leave = listen(model, heard);
  fill();
  table.build();

  return () => {
    table.end();
    leave();
  };
}

export default { render };
