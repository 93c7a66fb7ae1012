// What is chosen, undone, and taken from another page, with a model that only holds its state.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./pieces.mjs";

const OPEN = { subject: null, text: null };
const HUMAN = { ...OPEN, subject: ["human"] };

/** Returns choices, their state, and what was told besides. */
function started() {
  const state = { chosen: OPEN, past: [], turn: [], agreed: {} };
  const told = [];
  const tell = (what) => () => told.push(what);
  // A list that is changed in place is no change to a model of Backbone.
  const set = (now) => Object.assign(state, now, { past: Object.freeze(now.past) });
  const model = { get: (name) => state[name], set };
  const pace = { change: tell("change"), sendNow: tell("now") };
  const { choicesOf } = pieces(["history.js", "choices.js"], "choicesOf");
  return { state, told, choices: choicesOf(model, pace, tell("taken")) };
}

test("what is chosen is told with the past and the turn", () => {
  const { state, told, choices } = started();
  choices.choose({ subject: ["human"] });
  choices.choose({ text: "pain" }, "text");
  const { turn, ...now } = state;
  assert.deepEqual(now, { chosen: { ...HUMAN, text: "pain" }, past: [OPEN, HUMAN], agreed: {} });
  assert.equal(turn[1], 2);
  assert.deepEqual(told, ["taken", "change", "taken", "change"]);
});

test("what is chosen already is no change", () => {
  const { state, told, choices } = started();
  choices.choose({ subject: null });
  choices.open();
  assert.deepEqual([state.turn, state.past, told], [[], [], []]);
});

test("every field is opened in one change", () => {
  const { state, choices } = started();
  choices.choose({ subject: ["human"] });
  choices.choose({ text: "pain" });
  choices.open();
  assert.deepEqual(state.chosen, OPEN);
  assert.equal(state.past.length, 3);
});

test("Undo goes back one change at a time, at once, and then no further", () => {
  const { state, told, choices } = started();
  choices.choose({ subject: ["human"] });
  choices.choose({ text: "pain" });
  told.length = 0;
  choices.undo();
  assert.deepEqual([state.chosen, state.past, state.turn[1]], [HUMAN, [OPEN], 3]);
  choices.undo();
  choices.undo();
  assert.deepEqual([state.chosen, state.past, state.turn[1]], [OPEN, [], 4]);
  assert.deepEqual(told, ["taken", "now", "taken", "now"]);
});

test("what is typed in a field after Undo is a new change", () => {
  const { state, choices } = started();
  choices.choose({ text: "a" }, "text");
  choices.undo();
  choices.choose({ text: "ab" }, "text");
  assert.deepEqual(state.past, [OPEN]);
});

test("another page is followed when the kernel has heard every choice of this one", () => {
  const { state, told, choices } = started();
  choices.choose({ text: "a" }, "text");
  const [page] = state.turn;
  const agreed = { chosen: HUMAN, past: [OPEN, OPEN] };
  told.length = 0;
  for (const heard of [{}, { [page]: 0 }, { other: 1 }]) {
    state.agreed = { heard, ...agreed };
    choices.agree();
    assert.equal(state.chosen.text, "a");
  }
  state.agreed = { heard: { [page]: 1, other: 1 }, ...agreed };
  choices.agree();
  assert.deepEqual([state.chosen, state.past, state.turn], [HUMAN, [OPEN, OPEN], [page, 1]]);
  assert.deepEqual(told, []);
  // The other page's choice parts what is typed here.
  choices.choose({ text: "ab" }, "text");
  assert.deepEqual(state.past, [OPEN, OPEN, HUMAN]);
});

test("a page that agrees goes on with its field", () => {
  const { state, choices } = started();
  choices.choose({ text: "a" }, "text");
  state.agreed = { heard: { [state.turn[0]]: 1 }, chosen: { ...OPEN, text: "a" }, past: [OPEN] };
  choices.agree();
  choices.choose({ text: "ab" }, "text");
  assert.deepEqual(state.past, [OPEN]);
});
