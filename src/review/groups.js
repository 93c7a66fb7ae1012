// @ts-check
// Boxes to tick, a group of them for each field that has words.

/**
 * @param {Group} group
 * @param {Choices} choices
 */
function ticksOf({ name, options }, { choose, now }) {
  const words = options.map(([word]) => word);
  /** @type {(chosen: Chosen) => string[]} */
  const ticked = (chosen) => /** @type {string[] | null} */ (chosen[name]) ?? words;
  /** @type {(some: string[]) => void} */
  const set = (some) => choose({ [name]: some.length === words.length ? null : some });
  /** @type {(word: string, on: boolean) => void} */
  const turn = (word, on) => {
    const before = ticked(now());
    set(words.filter((other) => (other === word ? on : before.includes(other))));
  };
  return { words, ticked, set, turn };
}

/**
 * @param {Group} group
 * @param {Group["options"][number]} option
 * @param {ReturnType<typeof ticksOf>} ticks
 * @returns {Part}
 */
function option({ name, title }, [word, label], { ticked, set, turn }) {
  const box = made("input", { type: "checkbox", name, value: word });
  box.onchange = () => turn(word, box.checked);
  const count = made("span", { className: "review-count" });
  const only = button("only", `${title}: ${label} only`, () => set([word]));
  // The keyboard has None and the box itself; a second stop for each word would be in the way.
  only.tabIndex = -1;
  only.className = "review-only";
  const text = made("span", {}, label, count);
  return {
    element: made("div", { className: "review-option" }, made("label", {}, box, text), only),
    show({ chosen, counts }) {
      box.checked = ticked(chosen).includes(word);
      const counted = counts[name]?.[word];
      count.textContent = counted === undefined ? "" : ` (${counted.toLocaleString("en")})`;
    },
  };
}

/**
 * @param {Group} group
 * @param {HTMLElement} ticked
 * @param {HTMLElement[]} inside
 */
function fold({ name, title, unfolded }, ticked, inside) {
  const field = made("fieldset", {}, made("legend", { textContent: title }), ...inside);
  const summary = made("summary", {}, title, ticked);
  const fold = made("details", { className: "review-group", open: unfolded }, summary, field);
  fold.dataset.field = name;
  return fold;
}

/**
 * @param {Group} facts
 * @param {Choices} choices
 * @returns {Part}
 */
function group(facts, choices) {
  const ticks = ticksOf(facts, choices);
  const parts = facts.options.map((word) => option(facts, word, ticks));
  const all = button("All", `${facts.title}: tick all`, () => ticks.set(ticks.words));
  const none = button("None", `${facts.title}: tick none`, () => ticks.set([]));
  const buttons = made("div", { className: "review-buttons" }, all, none);
  const ticked = made("span", { className: "review-ticked" });
  return {
    element: fold(facts, ticked, [buttons, ...parts.map(({ element }) => element)]),
    show(now) {
      const [some, most] = [ticks.ticked(now.chosen).length, ticks.words.length];
      ticked.textContent = now.chosen[facts.name] ? ` ${some} of ${most}` : "";
      for (const part of parts) part.show(now);
    },
  };
}

