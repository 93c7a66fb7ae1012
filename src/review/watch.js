// @ts-check
// Says at the top of a panel that its kernel is busy, out of reach or gone.
const WORDS = {
  here: "",
  busy: "The kernel is busy: what you choose now shows when it is done.",
  away: "No connection to the kernel: what you choose now shows when it is back.",
  gone: "The kernel has stopped: what you choose now changes nothing.",
};
const IN_LAB = "Run the notebook again (Run, Run All Cells).";
const ELSEWHERE = "Load the page again.";
const ENDS = ["restarting", "autorestarting", "terminating", "dead"];
// What nobody answers any more. A view can still be copied; what was opened or saved stays.
const CONTROLS = `.review-filters > :not(summary, .review-view), .review-view .review-apply,
  .review-picker, .review-downloads > .widget-hbox, .review-listing > :not(.review-card)`;
// So long after something is done, in ms, the kernel is asked whether it is there; later than the
// chart, which must not wait for it. So long it has for the answer, less than until it is asked anew.
const ASK = 1000;
const ANSWER = 800;
// The answer comes before the end of its request, but a page need not hand them on in this order.
const ORDER = 500;

// Asks the kernel for a sign of life, with the number of the figure that was drawn last, and tells
// what comes of it; returns what ends the question.
// A busy kernel answers late. One that does not know this panel is done without an answer.
/**
 * @param {Model<WatchState>} model
 * @param {number | undefined} shown
 * @param {(state: KernelState) => void} tell
 */
function ask(model, shown, tell) {
  const number = Math.random();
  const late = setTimeout(tell, ANSWER, "busy");
  let open = true;
  /** @type {number | undefined} */
  let unknown;
  /** @param {Alive} message */
  const hear = ({ alive }) => alive === number && settle("here");
  /** @type {StatusTold} */
  const done = ({ content }) => {
    if (open && content.execution_state === "idle") unknown = setTimeout(settle, ORDER, "gone");
  };
  function end() {
    open = false;
    clearTimeout(late);
    clearTimeout(unknown);
    model.off("msg:custom", hear);
  }
  /** @param {KernelState} state */
  function settle(state) {
    end();
    tell(state);
  }
  model.on("msg:custom", hear);
  try {
    model.send({ alive: number, shown }, { iopub: { status: done } });
  } catch {
    settle("gone");
  }
  return end;
}

// Tells of each change of the kernel behind a page, where the page says which that is.
/**
 * @param {Kernel | undefined} kernel
 * @param {(state: KernelState | "back") => void} tell
 */
function follow(kernel, tell) {
  /** @type {(kernel: Kernel, now: string) => unknown} */
  const status = (_, now) => ENDS.includes(now) && tell("gone");
  /** @type {(kernel: Kernel, now: string) => void} */
  const connection = (_, now) => tell(now === "connected" ? "back" : "away");
  const disposed = () => tell("gone");
  kernel?.statusChanged.connect(status);
  kernel?.connectionStatusChanged.connect(connection);
  kernel?.disposed.connect(disposed);
  return () => {
    kernel?.statusChanged.disconnect(status);
    kernel?.connectionStatusChanged.disconnect(connection);
    kernel?.disposed.disconnect(disposed);
  };
}

/** @param {HTMLElement} el */
function noticeIn(el) {
  const notice = made("p", { className: "review-notice" });
  notice.setAttribute("role", "alert");
  el.append(notice);
  /** @type {KernelState} */
  let state = "here";
  /** @param {KernelState} now */
  return (now) => {
    if (state === "gone" || state === now || (state === "away" && now === "busy")) return;
    state = now;
    const remedy = document.querySelector(".jp-NotebookPanel") ? IN_LAB : ELSEWHERE;
    notice.textContent = now === "gone" ? `${WORDS.gone} ${remedy}` : WORDS[now];
    const panel = /** @type {HTMLElement} */ (el.closest(".review-panel"));
    panel.dataset.kernel = now;
    /** @type {NodeListOf<HTMLElement>} */
    const parts = panel.querySelectorAll(CONTROLS);
    for (const part of parts) part.inert = now === "gone";
  };
}

/** @param {View<WatchState>} view */
function render({ model, el }) {
  const become = noticeIn(el);
  /** @type {number | null} */
  let soon = null;
  let end = () => {};

  function check() {
    soon = null;
    end();
    /** @type {HTMLElement | null | undefined} */
    const chart = el.closest(".review-panel")?.querySelector(".review-chart");
    const drawn = chart?.dataset.shown;
    end = ask(model, drawn ? Number(drawn) : undefined, become);
  }

  /** @param {Event} event */
  function checkSoon({ target }) {
    const inside = el.closest(".review-panel")?.contains(/** @type {Node} */ (target));
    if (inside) soon ??= setTimeout(check, ASK);
  }

  const leave = follow(model.widget_manager?.kernel, (now) => {
    if (now === "back") check();
    else become(now);
  });
  for (const done of ["click", "input"]) document.addEventListener(done, checkSoon, true);
  // The panel of a kernel that is gone can be shown once more.
  soon = setTimeout(check, ASK);

  return () => {
    leave();
    end();
    clearTimeout(soon ?? undefined);
    for (const done of ["click", "input"]) document.removeEventListener(done, checkSoon, true);
  };
}

export default { render };
