// @ts-check
// When what is chosen goes to the kernel, and when the kernel is to send the rest.

// After this long without a change, in ms, the kernel sends what is slower than the chart; longer
// where changes follow one another, so that it does not come between them.
const REST = 8;
const BURST_REST = 50;
const BURST = 200;
// Quick steps are sent when they pause this long, in ms, so that the last one finds the kernel
// free; and at least this often while they go on.
const STEP = 18;
const STEPS = 250;

/**
 * @param {() => void} send
 * @param {() => void} rest
 */
function pacing(send, rest) {
  /** @type {number | undefined} */
  let sending;
  /** @type {number | undefined} */
  let resting;
  let [sent, changed] = [0, 0];
  let hurried = false;

  function sendNow() {
    clearTimeout(sending);
    sent = performance.now();
    send();
  }

  function change() {
    const now = performance.now();
    clearTimeout(resting);
    clearTimeout(sending);
    hurried = now - changed < BURST;
    changed = now;
    if (!hurried || now - sent > STEPS) sendNow();
    else sending = setTimeout(sendNow, STEP);
  }

  function answered() {
    clearTimeout(resting);
    resting = setTimeout(rest, hurried ? BURST_REST : REST);
  }

  // What was chosen last is sent all the same.
  function end() {
    clearTimeout(resting);
  }

  return { change, sendNow, answered, end };
}

