// @ts-check
// The filters of a panel, made of the page's own controls, so that keyboard and screen reader
// work as anywhere. What is chosen is state: it survives a reload, and linked panels share it.
const NARROW = 780;
const RULE = "Ticked boxes of one group: any of them. Different groups: all together.";

/** @param {Part[]} parts */
const elements = (parts) => parts.map(({ element }) => element);

/**
 * @param {Part[]} above
 * @param {Part[]} groups
 * @param {Part[]} numbers
 * @param {HTMLElement} text
 */
function frame([back, words], groups, numbers, text) {
  return made(
    "details",
    { className: "review-filters", open: true },
    made("summary", { textContent: "Filters" }),
    back.element,
    made("p", { className: "review-rule", textContent: RULE }),
    words.element,
    ...elements(groups),
    made("div", { className: "review-numbers" }, ...elements(numbers)),
    text,
  );
}

// Beside the chart where there is room; else folded above it, until a person unfolds them.
/**
 * @param {HTMLElement} el
 * @param {HTMLDetailsElement} filters
 */
function folding(el, filters) {
  let wide = true;
  const width = new ResizeObserver(() => {
    const room = el.closest(".review-panel")?.clientWidth;
    if (room && room >= NARROW !== wide) filters.open = wide = !wide;
  });
  width.observe(el);
  return () => width.disconnect();
}

// JupyterLab would take a letter or Enter for a command of the notebook, such as to delete a cell.
/** @param {HTMLElement} el */
function guarded(el) {
  /** @param {KeyboardEvent} event */
  function guard({ target, ctrlKey, metaKey, altKey }) {
    if (!(target instanceof Element) || !el.closest(".review-panel")?.contains(target)) return;
    target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
  }
  // JupyterLab listens on the document; the window comes before it.
  window.addEventListener("keydown", guard, true);
  return () => window.removeEventListener("keydown", guard, true);
}

// Chosen and past change in one message and are shown once.
/** @param {() => void} show */
function once(show) {
  let waiting = false;
  const now = () => {
    waiting = false;
    show();
  };
  return () => {
    if (!waiting) queueMicrotask(now);
    waiting = true;
  };
}

/** @param {View<FiltersState>} view */
function render({ model, el }) {
  const pace = pacing(
    () => model.save_changes(),
    () => model.send({ rest: true }),
  );
  const choices = choicesOf(model, pace, () => text.settle());
  const text = viewText(model, choices.choose);
  const reset = () => {
    choices.open();
    text.restore();
  };
  const above = [steps(choices.undo, reset), search(choices)];
  const groups = model.get("groups").map((facts) => group(facts, choices));
  const numbers = model.get("numbers").map((facts) => number(facts, choices));
  const filters = frame(above, groups, numbers, text.element);
  el.append(filters);

  const show = () => {
    const [chosen, past, counts] = [model.get("chosen"), model.get("past"), model.get("counts")];
    for (const part of [...above, ...groups, ...numbers]) part.show({ chosen, past, counts });
  };
  show();
  // What changed while no page was open has been told to nobody.
  pace.answered();
  const ends = [
    listen(model, {
      "change:answered": pace.answered,
      "change:agreed": choices.agree,
      "change:chosen change:past change:counts": once(show),
    }),
    text.leave,
    pace.end,
    folding(el, filters),
    guarded(el),
  ];
  return () => ends.forEach((end) => end());
}

export default { render };
