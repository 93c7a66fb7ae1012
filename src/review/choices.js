// @ts-check
// What is chosen in the filters: here, by Undo, or in another page.

// This page among those of the same kernel, and how often something was chosen here. Like the field
// that is being changed, all panels of a page that share these filters have it in common.
const PAGE = { name: String(Math.random()), turns: 0, history: undoHistory() };

/**
 * @param {Model<FiltersState>} model
 * @param {ReturnType<typeof pacing>} pace
 * @param {() => void} taken
 * @returns {Choices}
 */
function choicesOf(model, pace, taken) {
  /** @type {(chosen: Chosen, past: Chosen[]) => void} */
  function take(chosen, past) {
    taken();
    PAGE.turns += 1;
    model.set({ past, chosen, turn: [PAGE.name, PAGE.turns] });
  }

  /** @type {Choices["choose"]} */
  function choose(changes, field = null) {
    const before = model.get("chosen");
    const now = { ...before, ...changes };
    if (same(before, now)) return;
    take(now, PAGE.history.after(model.get("past"), before, now, field));
    pace.change();
  }

  function open() {
    choose(Object.fromEntries(Object.keys(model.get("chosen")).map((name) => [name, null])));
  }

  function undo() {
    const past = [...model.get("past")];
    const before = past.pop();
    if (!before) return;
    PAGE.history.end();
    take(before, past);
    pace.sendNow();
  }

  // Not while the kernel has yet to hear what was chosen here.
  function agree() {
    const { heard, chosen, past } = model.get("agreed");
    if ((heard[PAGE.name] ?? 0) !== PAGE.turns) return;
    if (!same(chosen, model.get("chosen"))) PAGE.history.end();
    model.set({ chosen, past });
  }

  return { now: () => model.get("chosen"), choose, open, undo, agree };
}

