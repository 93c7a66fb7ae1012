// What Undo takes back: the past after each change.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./pieces.mjs";

const { undoHistory } = pieces(["history.js"], "undoHistory");
const OPEN = { subject: null, year_from: null, text: null };

/** Makes changes one after the other, each with the field that is typed in or null. */
function made(...steps) {
  const history = undoHistory();
  let [past, chosen] = [[], OPEN];
  for (const [change, field] of steps) {
    const now = { ...chosen, ...change };
    past = history.after(past, chosen, now, field);
    chosen = now;
  }
  return past;
}

test("each box is a change of its own", () => {
  assert.deepEqual(made([{ subject: ["human"] }, null], [{ subject: [] }, null]), [
    OPEN,
    { ...OPEN, subject: ["human"] },
  ]);
});

test("steps in one field are one change", () => {
  const typed = ["p", "pa", "pain"].map((text) => [{ text }, "text"]);
  assert.deepEqual(made(...typed), [OPEN]);
});

test("another field begins another change, and so does the first one after it", () => {
  assert.deepEqual(
    made([{ text: "a" }, "text"], [{ year_from: 2001 }, "year_from"], [{ text: "ab" }, "text"]),
    [OPEN, { ...OPEN, text: "a" }, { ...OPEN, text: "a", year_from: 2001 }],
  );
});

test("a box between letters parts them", () => {
  assert.deepEqual(
    made([{ text: "a" }, "text"], [{ subject: [] }, null], [{ text: "ab" }, "text"]),
    [OPEN, { ...OPEN, text: "a" }, { ...OPEN, text: "a", subject: [] }],
  );
});

test("what is typed back to what it was is no change", () => {
  assert.deepEqual(made([{ text: "a" }, "text"], [{ text: null }, "text"]), []);
});

test("what is typed after that is one", () => {
  const there = [{ text: "a" }, "text"];
  assert.deepEqual(made(there, [{ text: null }, "text"], there), [OPEN]);
});

test("a box that is ticked again is a second change", () => {
  assert.deepEqual(made([{ subject: [] }, null], [{ subject: null }, null]), [
    OPEN,
    { ...OPEN, subject: [] },
  ]);
});

test("a field that was ended begins anew", () => {
  const history = undoHistory();
  const [one, two] = ["a", "ab"].map((text) => ({ ...OPEN, text }));
  assert.deepEqual(history.after([], OPEN, one, "text"), [OPEN]);
  history.end();
  assert.deepEqual(history.after([OPEN], one, two, "text"), [OPEN, one]);
});

test("the last 30 are remembered", () => {
  const past = made(...Array.from({ length: 32 }, (_, at) => [{ year_from: 1 + at }, null]));
  assert.equal(past.length, 30);
  // Of 32 states before a change, the open one and the year 1 are forgotten.
  assert.deepEqual([past[0].year_from, past[29].year_from], [2, 31]);
});

test("the past that is given stays as it is", () => {
  const past = Object.freeze([OPEN]);
  assert.deepEqual(undoHistory().after(past, OPEN, { ...OPEN, text: "a" }, null), [OPEN, OPEN]);
});
