// @ts-check
// What is chosen as a text, to copy and to change.

/** @param {() => string} text */
function copying(text) {
  const copy = button("Copy", "Copy this view as text", async () => {
    await navigator.clipboard.writeText(text());
    copy.textContent = "Copied";
  });
  return copy;
}

/**
 * @param {HTMLElement[]} buttons
 * @param {HTMLElement} input
 * @param {HTMLElement} problem
 */
function textFrame(buttons, input, problem) {
  const label = made("label", { className: "review-search" }, "This view as text", input);
  const row = made("div", { className: "review-buttons" }, ...buttons);
  return made("div", { className: "review-view" }, label, row, problem);
}

// Asks the kernel what a text chooses.
/**
 * @param {Model<FiltersState>} model
 * @param {(answer: Answer, text: string) => void} tell
 */
function reader(model, tell) {
  let asked = { apply: "", number: 0 };
  return {
    /** @param {string} text */
    ask(text) {
      asked = { apply: text, number: Math.random() };
      model.send(asked);
    },
    // Other panels and pages hear the answer too.
    /** @param {Answer} answer */
    hear(answer) {
      if (answer.number && answer.number === asked.number) tell(answer, asked.apply);
    },
  };
}

/**
 * @param {Model<FiltersState>} model
 * @param {Choices["choose"]} choose
 */
function viewText(model, choose) {
  const input = made("input", { type: "text", spellcheck: false, autocomplete: "off" });
  const problem = made("p", { className: "review-problem" });
  problem.setAttribute("role", "alert");
  const copy = copying(() => model.get("text"));
  // Puts the text of what is chosen back into its field, unless another is being typed there.
  let typing = false;
  const write = () => {
    if (typing) return;
    input.value = model.get("text");
    problem.textContent = "";
    copy.textContent = "Copy";
  };
  const restore = () => {
    typing = false;
    write();
  };
  const { ask, hear } = reader(model, (answer, text) => {
    problem.textContent = answer.problem ?? "";
    if (answer.choose) choose(answer.choose);
    typing = !answer.choose || input.value !== text;
  });
  input.oninput = () => (typing = true);
  input.onkeydown = ({ key }) => {
    if (key === "Enter") ask(input.value);
  };
  const go = button("Apply", "Show the view that the text names", () => ask(input.value));
  go.className = "review-apply";
  write();
  const leave = listen(model, { "change:text": write, "msg:custom": hear });
  const element = textFrame([copy, go], input, problem);
  return { element, restore, settle: () => (typing = false), leave };
}

