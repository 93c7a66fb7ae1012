// The filters of a panel, made of the page's own controls, so that keyboard and screen reader
// work as anywhere. What is chosen is state: it survives a reload, and linked panels share it.
const REMEMBERED = 30;
const NARROW = 780;
// After this long without a change, in ms, the kernel sends what is slower than the chart; longer
// where changes follow one another, so that it does not come between them.
const REST = 8;
const BURST_REST = 50;
const BURST = 200;
// Quick steps are sent when they pause this long, in ms, so that the last one finds the kernel
// free; and at least this often while they go on.
const STEP = 18;
const STEPS = 250;

function button(text, title, onclick) {
  return made("button", { type: "button", textContent: text, title, onclick });
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// This page among those of the same kernel, and how often something was chosen here. Like the field
// that is being changed, all panels of a page that share these filters have it in common.
const PAGE = String(Math.random());
let turns = 0;
let going = null;

function render({ model, el }) {
  const refreshers = [];
  let resting;
  let last = 0;
  let hurried = false;
  let sending;
  let sent = 0;
  // Puts the text of what is chosen back into its field, unless another is being typed there.
  let written;
  let typing = false;

  // Steps and letters in one field are one change for Undo, until another field changes.
  function choose(changes, field = null) {
    const before = model.get("chosen");
    const now = { ...before, ...changes };
    if (same(before, now)) return;
    const past = model.get("past");
    // What is typed back to what it was is no change.
    const back = field !== null && field === going && same(past.at(-1), now);
    if (back) model.set("past", past.slice(0, -1));
    else if (field === null || field !== going) {
      model.set("past", [...past, before].slice(-REMEMBERED));
    }
    going = back ? null : field;
    clearTimeout(resting);
    hurried = performance.now() - last < BURST;
    last = performance.now();
    take(now);
    clearTimeout(sending);
    if (!hurried || last - sent > STEPS) send();
    else sending = setTimeout(send, STEP);
  }

  function take(chosen) {
    typing = false;
    turns += 1;
    model.set({ chosen, turn: [PAGE, turns] });
  }

  function send() {
    clearTimeout(sending);
    sent = performance.now();
    model.save_changes();
  }

  function reset() {
    choose(Object.fromEntries(Object.keys(model.get("chosen")).map((name) => [name, null])));
    typing = false;
    written();
  }

  function undo() {
    const past = model.get("past");
    if (!past.length) return;
    going = null;
    model.set("past", past.slice(0, -1));
    take(past.at(-1));
    send();
  }

  function buttons() {
    const back = button("Undo", "Take back the last change of the filters", undo);
    const open = button("Reset", "Tick every box and open every field", reset);
    refreshers.push((chosen) => {
      back.setAttribute("aria-disabled", String(!model.get("past").length));
      open.setAttribute("aria-disabled", String(Object.values(chosen).every((it) => it === null)));
    });
    return made("div", { className: "review-buttons" }, open, back);
  }

  function search() {
    const input = made("input", { type: "search", name: "text", autocomplete: "off" });
    input.oninput = () => choose({ text: input.value.trim() || null }, "text");
    refreshers.push(({ text }) => {
      if (input.value.trim() !== (text ?? "")) input.value = text ?? "";
    });
    const says = "Words in title, authors, journal or remarks";
    return made("label", { className: "review-search" }, says, input);
  }

  function number({ name, title, bounds: [least, most], open }) {
    const input = made("input", { type: "number", name, min: least, max: most, step: 1 });
    const fits = () => input.value !== "" && input.validity.valid;
    input.oninput = () => {
      if (fits()) choose({ [name]: input.valueAsNumber === open ? null : input.valueAsNumber }, name);
    };
    const show = (chosen) => {
      const value = String(chosen[name] ?? open);
      if (input.value !== value) input.value = value;
    };
    input.onchange = () => fits() || show(model.get("chosen"));
    refreshers.push((chosen) => document.activeElement === input && !fits() ? null : show(chosen));
    return made("label", {}, title, input);
  }

  function group({ name, title, options, unfolded }) {
    const words = options.map(([word]) => word);
    const ticked = () => model.get("chosen")[name] ?? words;
    const set = (some) => choose({ [name]: some.length === words.length ? null : some });
    const boxes = options.map(([word, label]) => {
      const box = made("input", { type: "checkbox", name, value: word });
      const count = made("span", { className: "review-count" });
      const only = button("only", `${title}: ${label} only`, () => set([word]));
      // The keyboard has None and the box itself; a second stop for each word would be in the way.
      only.tabIndex = -1;
      only.className = "review-only";
      box.onchange = () => {
        const before = ticked();
        set(words.filter((other) => (other === word ? box.checked : before.includes(other))));
      };
      refreshers.push((chosen, counts) => {
        box.checked = (chosen[name] ?? words).includes(word);
        const counted = counts[name]?.[word];
        count.textContent = counted === undefined ? "" : ` (${counted.toLocaleString("en")})`;
      });
      const text = made("span", {}, label, count);
      return made("div", { className: "review-option" }, made("label", {}, box, text), only);
    });
    const ticks = made("span", { className: "review-ticked" });
    refreshers.push((chosen) => {
      const some = chosen[name];
      ticks.textContent = some ? ` ${some.length} of ${words.length}` : "";
    });
    const all = button("All", `${title}: tick all`, () => set(words));
    const none = button("None", `${title}: tick none`, () => set([]));
    const field = made("fieldset", {}, made("legend", { textContent: title }));
    field.append(made("div", { className: "review-buttons" }, all, none), ...boxes);
    const fold = made("details", { className: "review-group", open: unfolded });
    fold.dataset.field = name;
    fold.append(made("summary", {}, title, ticks), field);
    return fold;
  }

  function view() {
    const input = made("input", { type: "text", spellcheck: false, autocomplete: "off" });
    const problem = made("p", { className: "review-problem" });
    problem.setAttribute("role", "alert");
    let asked = {};
    const apply = () => {
      asked = { apply: input.value, number: Math.random() };
      model.send(asked);
    };
    written = () => {
      if (typing) return;
      input.value = model.get("text");
      problem.textContent = "";
      copy.textContent = "Copy";
    };
    const answer = (message) => {
      // Other panels and pages hear the answer too.
      if (!message.number || message.number !== asked.number) return;
      problem.textContent = message.problem ?? "";
      if (message.choose) choose(message.choose);
      typing = !message.choose || input.value !== asked.apply;
    };
    const copy = button("Copy", "Copy this view as text", async () => {
      await navigator.clipboard.writeText(model.get("text"));
      copy.textContent = "Copied";
    });
    input.oninput = () => (typing = true);
    input.onkeydown = (event) => {
      if (event.key === "Enter") apply();
    };
    model.on("change:text", written);
    model.on("msg:custom", answer);
    leaving.push(() => model.off("change:text", written), () => model.off("msg:custom", answer));
    written();
    const row = made("div", { className: "review-buttons" });
    const go = button("Apply", "Show the view that the text names", apply);
    go.className = "review-apply";
    row.append(copy, go);
    const label = made("label", { className: "review-search" }, "This view as text", input);
    return made("div", { className: "review-view" }, label, row, problem);
  }

  const leaving = [];
  const rule = "Ticked boxes of one group: any of them. Different groups: all together.";
  const numbers = made("div", { className: "review-numbers" }, ...model.get("numbers").map(number));
  const all = made("details", { className: "review-filters", open: true });
  all.append(
    made("summary", { textContent: "Filters" }),
    buttons(),
    made("p", { className: "review-rule", textContent: rule }),
    search(),
    ...model.get("groups").map(group),
    numbers,
    view(),
  );
  el.append(all);

  let waiting = false;
  function refresh() {
    waiting = false;
    for (const show of refreshers) show(model.get("chosen"), model.get("counts"));
  }
  // Chosen and past change in one message and are shown once.
  function changed() {
    if (!waiting) queueMicrotask(refresh);
    waiting = true;
  }
  // What another page chose, unless the kernel has yet to hear what was chosen here.
  function agree() {
    const { heard, chosen, past } = model.get("agreed");
    if ((heard[PAGE] ?? 0) !== turns) return;
    if (!same(chosen, model.get("chosen"))) going = null;
    model.set({ chosen, past });
  }
  function rest() {
    clearTimeout(resting);
    resting = setTimeout(() => model.send({ rest: true }), hurried ? BURST_REST : REST);
  }
  refresh();
  // What changed while no page was open has been told to nobody.
  rest();
  model.on("change:answered", rest);
  model.on("change:agreed", agree);
  model.on("change:chosen change:past change:counts", changed);

  // Beside the chart where there is room; else folded above it, until a person unfolds them.
  let wide = true;
  const width = new ResizeObserver(() => {
    const room = el.closest(".review-panel")?.clientWidth;
    if (room && room >= NARROW !== wide) all.open = wide = !wide;
  });
  width.observe(el);

  // JupyterLab would take a letter or Enter for a command of the notebook, such as to delete a cell.
  function guard({ target, ctrlKey, metaKey, altKey }) {
    if (!el.closest(".review-panel")?.contains(target)) return;
    target.toggleAttribute("data-lm-suppress-shortcuts", !(ctrlKey || metaKey || altKey));
  }
  // JupyterLab listens on the document; the window comes before it.
  window.addEventListener("keydown", guard, true);

  return () => {
    window.removeEventListener("keydown", guard, true);
    width.disconnect();
    clearTimeout(resting);
    model.off("change:answered", rest);
    model.off("change:agreed", agree);
    model.off("change:chosen change:past change:counts", changed);
    for (const leave of leaving) leave();
  };
}

export default { render };
