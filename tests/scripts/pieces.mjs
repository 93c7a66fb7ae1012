// Runs scripts of the package outside of a page, joined as a widget joins them.
import { readFileSync } from "node:fs";

const FOLDER = new URL("../../src/review/", import.meta.url);

/** Returns what the last of these scripts are named to give; `page` is what they find in a page. */
export function pieces(files, given, page = {}) {
  const text = files.map((file) => readFileSync(new URL(file, FOLDER), "utf8")).join("");
  return new Function(...Object.keys(page), `${text}\nreturn { ${given} };`)(...Object.values(page));
}

/** A clock that is moved by hand, and goes off in the order of its times. */
export class Clock {
  now = 1000;
  waiting = [];
  page = {
    performance: { now: () => this.now },
    setTimeout: (act, ms) => this.waiting.push({ act, at: this.now + ms }),
    clearTimeout: (number) => delete this.waiting[number - 1],
  };

  pass(ms) {
    const end = this.now + ms;
    for (;;) {
      const due = this.waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!due.length) break;
      this.now = due[0].at;
      delete this.waiting[this.waiting.indexOf(due[0])];
      due[0].act();
    }
    this.now = end;
  }
}
