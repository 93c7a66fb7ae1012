"""Somebody who does things to two linked panels, and knows what they must show then."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random
from typing import Any

from playwright.sync_api import expect

from tests import recount
from tests.browser.expected import EVERY, ROWS, TITLES, sizes
from tests.browser.kernels import Kernel
from tests.browser.lab import POLL_MS, START_MS, Lab, Panel
from tests.recount import FIELDS, View

TYPED: dict[str, tuple[Any, ...]] = {
    "year_from": (1999, 2010, 2015),
    "year_to": (2023, 2014, 2006),
    "n_min": (12, 60, 200),
    "text": ("pain", "rat", "magnesium sulfate", "nerve", "zzz"),
}
# How often each thing is done, on average, in as many actions as these are together. Cells are
# seldom run again: JupyterLab shows no panel after a reload once its kernel has made over thirty.
SHARES = {
    "tick": 24, "only": 8, "every": 4, "type": 12, "step": 4, "undo": 8, "undo_often": 3,
    "reset": 4, "apply": 4, "pick": 6, "set": 5, "facts": 8, "sort": 3, "reload": 1, "run": 0.3,
    "run_second": 0.3,
}  # fmt: skip
REMEMBERED, TRIES = 30, 1000
HELD = """[str(first.selection), [*first.selected.studies["study"]],
  *([one._picker.name, one._picker.asked, one._listing.opened] for one in (first, second)),
  [one._figure.figure["alt"] for one in (first, second)]]"""
FIGURES = ("coverage", "funnel")
COMPARATORS = {
    word["value"]: word["label"] for word in recount.column("comparator", "outcomes")["categories"]
}
# As datapackage.json and limits.csv have it.
AT_FIRST: dict[str, dict[str, Any]] = {
    "directions": {"comparators": ["placebo", "untreated", "diet"]},
    "information_size": {"difference": None, "sd": 2.2, "power": 0.9},
}
CHARTS = ".review-panel .review-chart:has(.main-svg)"
LOST, LOST_ERROR = "Error displaying widget: model not found", "widget model not found"
POWERS, SPREADS = (0.8, 0.9, 0.95), (1.5, 2.2, 3.1)


@dataclass
class Shown:
    """What one of the panels shows of its own."""

    figure: str
    study: str = ""
    asked: dict[str, dict[str, Any]] = field(default_factory=lambda: deepcopy(AT_FIRST))


@dataclass
class Person:
    """Somebody at a page with two linked panels, whose cells are the second and the third."""

    lab: Lab
    dice: Random
    view: View = field(default_factory=dict)
    past: list[View] = field(default_factory=list)
    # Steps in one field are one change for Undo.
    going: str = ""
    shown: list[Shown] = field(default_factory=lambda: [Shown(name) for name in FIGURES])
    at: int = 0

    @property
    def panel(self) -> Panel:
        """The panel that is used now."""
        return self.lab.panel(self.at)

    def plans(self, actions: int) -> list[str]:
        """Return the names of this many actions, with each of them once at first."""
        once = self.dice.sample(list(SHARES), len(SHARES))
        weights = list(SHARES.values())
        return [*once, *self.dice.choices(list(SHARES), weights, k=actions - len(once))]

    def act(self, name: str) -> None:
        """Do something in one of the panels."""
        self.at = self.dice.randrange(2)
        does: Callable[[], None] = getattr(self, f"_{name}")
        does()
        for shown in self.shown:
            if shown.study not in self.left():
                shown.study = ""

    def sees(self, kernel: Kernel) -> None:
        """Check that both panels, the kernel and the data files agree."""
        for at, shown in enumerate(self.shown):
            panel = self.lab.panel(at)
            # JupyterLab draws what is in sight.
            panel.chart.scroll_into_view_if_needed()
            # The first trial that is planned loads a large package.
            panel.shows(self.view, shown.figure, START_MS)
            expect(panel.facts).to_have_count(1 if shown.study else 0)
            if shown.study:
                title = recount.REFERENCES[shown.study]["title"]
                expect(panel.facts.locator("h3")).to_contain_text(title)
        expected = [recount.written(self.view), self.left()]
        expected += [[one.figure, one.asked.get(one.figure, {}), one.study] for one in self.shown]
        for _ in range(TRIES):
            *held, alts = kernel.value(HELD)
            if held == expected:
                break
            self.lab.page.wait_for_timeout(POLL_MS)
        assert held == expected
        for at, alt in enumerate(alts):
            expect(self.lab.panel(at).chart).to_have_attribute("aria-label", alt)

    def left(self) -> list[str]:
        """Return the keys of the studies that the view leaves, in the order of the table."""
        return [study["study"] for study in recount.left(self.view)]

    def _choose(self, view: View, going: str = "") -> None:
        if view == self.view:
            # Typed anew, letter by letter.
            if going in ("text", "n_min") and going != self.going:
                self.going = ""
            return
        if not going or going != self.going:
            self.past = [*self.past, self.view][-REMEMBERED:]
        elif view == self.past[-1]:
            self.past, going = self.past[:-1], ""
        self.view, self.going = view, going

    def _words(self) -> tuple[str, list[str]]:
        name = self.dice.choice(list(FIELDS))
        return name, list(recount.labels(name))

    def _with(self, name: str, words: list[str]) -> View:
        rest = {other: value for other, value in self.view.items() if other != name}
        everything = len(words) == len(recount.labels(name))
        return rest if everything else {**rest, name: tuple(words)}

    def _tick(self) -> None:
        name, words = self._words()
        word, before = self.dice.choice(words), self.view.get(name, tuple(words))
        self.panel.box(name, word).click()
        now = [one for one in words if (one in before) != (one == word)]
        self._choose(self._with(name, now))

    def _only(self) -> None:
        name, words = self._words()
        word = self.dice.choice(words)
        self.panel.only(name, word).click()
        self._choose(self._with(name, [word]))

    def _every(self) -> None:
        name, words = self._words()
        text = self.dice.choice(["All", "All", "None"])
        self.panel.every(name, text).click()
        self._choose(self._with(name, words if text == "All" else []))

    def _type(self) -> None:
        name = self.dice.choice(list(TYPED))
        value = self.dice.choice(TYPED[name])
        self.panel.type(name, value)
        self._choose({**self.view, name: value}, going=name)

    def _step(self) -> None:
        """Step through the years with the arrow keys, faster than the kernel answers."""
        steps = self.dice.choice([-9, -4, 3, 12])
        first, last = EVERY["year_from"], EVERY["year_to"]
        year = min(max(self.view.get("year_from", first) + steps, first), last)
        self.panel.field("year_from").focus()
        for _ in range(abs(steps)):
            self.panel.page.keyboard.press("ArrowUp" if steps > 0 else "ArrowDown")
        rest = {name: value for name, value in self.view.items() if name != "year_from"}
        self._choose(rest if year == first else {**rest, "year_from": year}, going="year_from")

    def _undo(self) -> None:
        self.panel.press("Undo")
        if self.past:
            self.view, self.past, self.going = self.past[-1], self.past[:-1], ""

    def _undo_often(self) -> None:
        """Undo several changes at once, of which the table may or may not show each."""
        for _ in range(self.dice.randint(3, 6)):
            self._undo()
            for at, shown in enumerate(self.shown):
                if shown.study not in self.left():
                    self._close(at)

    def _close(self, at: int) -> None:
        if self.shown[at].study:
            self.lab.panel(at).names.select_option(index=0)
            self.shown[at].study = ""

    def _reset(self) -> None:
        self.panel.press("Reset")
        self._choose({})

    def _apply(self) -> None:
        view: dict[str, Any] = {}
        for name in self.dice.sample(list(FIELDS), self.dice.randint(0, 2)):
            words = list(recount.labels(name))
            view[name] = tuple(self.dice.sample(words, self.dice.randint(1, len(words) - 1)))
        self.panel.apply(view)
        self._choose(view)

    def _pick(self) -> None:
        figure = self.dice.choice(list(TITLES))
        self.panel.pick(figure)
        self.shown[self.at].figure = figure

    def _set(self) -> None:
        """Set something for a figure: what it compares, or the trial that it plans."""
        shown, panel = self.shown[self.at], self.panel
        shown.figure = self.dice.choice(list(AT_FIRST))
        panel.pick(shown.figure)
        settings = panel.root.locator(".review-settings")
        asked = shown.asked[shown.figure]
        if shown.figure == "directions":
            word = self.dice.choice(list(COMPARATORS))
            settings.get_by_text(COMPARATORS[word], exact=True).click()
            now = set(asked["comparators"]) ^ {word}
            asked["comparators"] = [one for one in COMPARATORS if one in now]
        else:
            asked["power"], asked["sd"] = self.dice.choice(POWERS), self.dice.choice(SPREADS)
            settings.get_by_label("Power").select_option(f"{asked['power']:.0%}")
            settings.get_by_label("Standard deviation").fill(str(asked["sd"]))
            settings.get_by_label("Standard deviation").press("Enter")

    def _facts(self) -> None:
        keys = self.left()
        if keys:
            study = self.dice.choice(keys)
            self.panel.names.select_option(index=keys.index(study) + 1)
            self.shown[self.at].study = study

    def _sort(self) -> None:
        """Sort the table by the number studied, look, and put it back into its order."""
        self.panel.head("n").click()
        if ordered := sizes(recount.left(self.view))[:ROWS]:
            expect(self.panel.rows.locator("td:nth-child(4)")).to_have_text(ordered)
        for _ in range(2):
            self.panel.head("n").click()

    def _reload(self) -> None:
        self.lab.save()
        self._load_again()
        if self.lab.page.get_by_text(LOST).count():
            # As JupyterLab itself does now and then, where a kernel has made many panels.
            self.lab.errors[:] = [said for said in self.lab.errors if LOST_ERROR not in said]
            self._load_again()
        expect(self.lab.page.locator(CHARTS)).to_have_count(2, timeout=START_MS)
        self.going = ""

    def _load_again(self) -> None:
        self.lab.page.reload()
        drawn, lost = self.lab.page.locator(CHARTS).nth(1), self.lab.page.get_by_text(LOST)
        expect(drawn.or_(lost).first).to_be_attached(timeout=START_MS)

    def _run(self) -> None:
        self._mark(0, 1)
        self.lab.menu("Run", "Run All Cells")
        self._replaced()
        self.view, self.past, self.going = {}, [], ""
        self.shown = [Shown(name) for name in FIGURES]

    def _run_second(self) -> None:
        self._mark(1)
        cell = self.lab.page.locator(".jp-CodeCell").nth(2)
        cell.locator(".cm-content").click()
        self.lab.page.keyboard.press("Control+Enter")
        self._replaced()
        self.shown[1] = Shown(FIGURES[1])

    def _mark(self, *panels: int) -> None:
        for at in panels:
            self.lab.panel(at).root.evaluate("(panel) => panel.classList.add('of-before')")

    def _replaced(self) -> None:
        expect(self.lab.page.locator(".of-before")).to_have_count(0, timeout=START_MS)
        expect(self.lab.page.locator(CHARTS)).to_have_count(2, timeout=START_MS)
