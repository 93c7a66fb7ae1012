// @ts-check
// The fields of the filters.

/**
 * @param {string} text
 * @param {string} title
 * @param {() => void} onclick
 */
function button(text, title, onclick) {
  return made("button", { type: "button", textContent: text, title, onclick });
}

/**
 * @param {() => void} undo
 * @param {() => void} reset
 * @returns {Part}
 */
function steps(undo, reset) {
  const back = button("Undo", "Take back the last change of the filters", undo);
  const open = button("Reset", "Tick every box and open every field", reset);
  return {
    element: made("div", { className: "review-buttons" }, open, back),
    show({ chosen, past }) {
      back.setAttribute("aria-disabled", String(!past.length));
      open.setAttribute("aria-disabled", String(Object.values(chosen).every((it) => it === null)));
    },
  };
}

/**
 * @param {Choices} choices
 * @returns {Part}
 */
function search({ choose }) {
  const input = made("input", { type: "search", name: "text", autocomplete: "off" });
  input.oninput = () => choose({ text: input.value.trim() || null }, "text");
  const says = "Words in title, authors, journal or remarks";
  return {
    element: made("label", { className: "review-search" }, says, input),
    show({ chosen: { text } }) {
      if (input.value.trim() !== (text ?? "")) input.value = text ?? "";
    },
  };
}

/**
 * @param {Bounds} bounds
 * @param {Choices} choices
 * @returns {Part}
 */
function number({ name, title, bounds, open }, { choose, now }) {
  const [min, max] = bounds.map(String);
  const input = made("input", { type: "number", name, min, max, step: "1" });
  const fits = () => input.value !== "" && input.validity.valid;
  /** @type {(chosen: Chosen) => void} */
  const put = (chosen) => {
    const value = String(chosen[name] ?? open);
    if (input.value !== value) input.value = value;
  };
  input.oninput = () => {
    const value = input.valueAsNumber;
    if (fits()) choose({ [name]: value === open ? null : value }, name);
  };
  input.onchange = () => fits() || put(now());
  return {
    element: made("label", {}, title, input),
    show({ chosen }) {
      if (document.activeElement !== input || fits()) put(chosen);
    },
  };
}

