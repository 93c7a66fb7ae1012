// @ts-check
// What Undo takes back.
const REMEMBERED = 30;

/**
 * @param {unknown} one
 * @param {unknown} other
 */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

// Steps and letters in one field are one change, until another field changes or it is ended.
function undoHistory() {
  /** @type {string | null} */
  let going = null;

  /**
   * @param {Chosen[]} past
   * @param {Chosen} before
   * @param {Chosen} now
   * @param {string | null} field
   */
  function after(past, before, now, field) {
    const on = field !== null && field === going;
    // What is typed back to what it was is no change.
    const back = on && same(past.at(-1), now);
    going = back ? null : field;
    if (back) return past.slice(0, -1);
    return on ? past : [...past, before].slice(-REMEMBERED);
  }

  function end() {
    going = null;
  }

  return { after, end };
}

