// What a view listens to, and that it ends with the view.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./pieces.mjs";

const { listen } = pieces(["scripts.js"], "listen");

test("what a view listens to ends when it is closed, and nothing else", () => {
  const told = [];
  const tell = (what) => (event, hear) => told.push([what, event, hear]);
  const [one, other] = [() => {}, () => {}];
  const leave = listen(
    { on: tell("on"), off: tell("off") },
    { "change:one change:two": one, "msg:custom": other },
  );
  const events = [["change:one change:two", one], ["msg:custom", other]];
  assert.deepEqual(told, events.map((event) => ["on", ...event]));
  told.length = 0;
  leave();
  assert.deepEqual(told, events.map((event) => ["off", ...event]));
});
