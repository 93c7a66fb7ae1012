// What is sent when, on a clock that is moved by hand. Times are in milliseconds.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, pieces } from "./pieces.mjs";

/** Returns a clock, the pacing, and what it sends with the time since the start. */
function started() {
  const clock = new Clock();
  const start = clock.now;
  const sent = [];
  const { pacing } = pieces(["pacing.js"], "pacing", clock.page);
  const tell = (what) => () => sent.push(`${what} ${clock.now - start}`);
  return { clock, sent, pace: pacing(tell("state"), tell("rest")) };
}

test("a change is sent at once", () => {
  const { sent, pace } = started();
  pace.change();
  assert.deepEqual(sent, ["state 0"]);
});

test("changes apart are each sent at once", () => {
  const { clock, sent, pace } = started();
  pace.change();
  clock.pass(200);
  pace.change();
  assert.deepEqual(sent, ["state 0", "state 200"]);
});

test("quick steps are sent when they pause, once", () => {
  const { clock, sent, pace } = started();
  pace.change();
  for (const pause of [10, 10, 17]) {
    clock.pass(pause);
    pace.change();
  }
  assert.deepEqual(sent, ["state 0"]);
  clock.pass(1000);
  // The last step was at 37.
  assert.deepEqual(sent, ["state 0", "state 55"]);
});

test("steps that go on are sent at least every 250 ms", () => {
  const { clock, sent, pace } = started();
  for (let step = 0; step <= 60; step += 1) {
    pace.change();
    clock.pass(10);
  }
  // The first steps at more than 250 after the last that was sent are those at 260 and 520.
  assert.deepEqual(sent.slice(0, 3), ["state 0", "state 260", "state 520"]);
  clock.pass(1000);
  assert.deepEqual(sent.slice(3), ["state 618"]);
});

test("the rest is asked for when the kernel has answered and nothing more comes", () => {
  const { clock, sent, pace } = started();
  pace.change();
  // A busy kernel takes its time.
  clock.pass(5000);
  assert.deepEqual(sent, ["state 0"]);
  pace.answered();
  clock.pass(7);
  assert.deepEqual(sent, ["state 0"]);
  clock.pass(1);
  assert.deepEqual(sent, ["state 0", "rest 5008"]);
});

test("a change takes back what was to be asked", () => {
  const { clock, sent, pace } = started();
  pace.change();
  pace.answered();
  clock.pass(7);
  pace.change();
  clock.pass(5000);
  assert.deepEqual(sent, ["state 0", "state 25"]);
});

test("a burst is followed by one rest, later than after a single change", () => {
  const { clock, sent, pace } = started();
  pace.change();
  clock.pass(5);
  pace.answered();
  pace.change();
  clock.pass(18);
  assert.deepEqual(sent, ["state 0", "state 23"]);
  clock.pass(2);
  pace.answered();
  pace.answered();
  clock.pass(1000);
  // Answered at 25, and 50 ms later nothing else had come.
  assert.deepEqual(sent.slice(2), ["rest 75"]);
});

test("Undo is sent at once, with the step that waited", () => {
  const { clock, sent, pace } = started();
  pace.change();
  clock.pass(10);
  pace.change();
  pace.sendNow();
  clock.pass(1000);
  assert.deepEqual(sent, ["state 0", "state 10"]);
});

test("a view that is closed asks for nothing more, but sends its last step", () => {
  const { clock, sent, pace } = started();
  pace.change();
  clock.pass(10);
  pace.change();
  pace.answered();
  pace.end();
  clock.pass(1000);
  assert.deepEqual(sent, ["state 0", "state 28"]);
});
