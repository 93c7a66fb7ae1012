"""Many actions in a row, from a fixed seed: after each the whole panel agrees with the files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from tests import recount
from tests.browser.expected import CHARTS
from tests.browser.lab import Lab, Panel
from tests.recount import FIELDS, View

pytestmark = pytest.mark.browser
ACTIONS = 200
TYPED: dict[str, tuple[Any, ...]] = {
    "year_from": (1999, 2010, 2015),
    "year_to": (2023, 2014, 2006),
    "n_min": (12, 60, 200),
    "text": ("pain", "rat", "magnesium sulfate", "nerve", "zzz"),
}


@dataclass
class Person:
    """Does things to a panel, and knows what it must show then."""

    panel: Panel
    dice: Random
    view: View = field(default_factory=dict)
    past: list[View] = field(default_factory=list)
    # Steps in one field are one change for Undo.
    going: str = ""
    figure: str = "coverage"

    def act(self) -> str:
        """Do something, and return what it was."""
        names = (*["tick"] * 6, *["only"] * 2, "every", *["type"] * 3, "undo", "undo", "reset")
        name = self.dice.choice((*names, "apply", "pick"))
        does: Callable[[], None] = getattr(self, f"_{name}")
        does()
        return name

    def _choose(self, view: View, going: str = "") -> None:
        if view != self.view:
            if not going or going != self.going:
                self.past.append(self.view)
            self.view, self.going = view, going

    def _words(self) -> tuple[str, list[str]]:
        name = self.dice.choice(list(FIELDS))
        return name, list(recount.labels(name))

    def _set(self, name: str, words: list[str]) -> View:
        rest = {other: value for other, value in self.view.items() if other != name}
        everything = len(words) == len(recount.labels(name))
        return rest if everything else {**rest, name: tuple(words)}

    def _tick(self) -> None:
        name, words = self._words()
        word, before = self.dice.choice(words), self.view.get(name, tuple(words))
        self.panel.box(name, word).click()
        now = [one for one in words if (one in before) != (one == word)]
        self._choose(self._set(name, now))

    def _only(self) -> None:
        name, words = self._words()
        word = self.dice.choice(words)
        self.panel.only(name, word).click()
        self._choose(self._set(name, [word]))

    def _every(self) -> None:
        name, words = self._words()
        text = self.dice.choice(["All", "All", "None"])
        self.panel.every(name, text).click()
        self._choose(self._set(name, words if text == "All" else []))

    def _type(self) -> None:
        name = self.dice.choice(list(TYPED))
        value = self.dice.choice(TYPED[name])
        self.panel.type(name, value)
        self._choose({**self.view, name: value}, going=name)

    def _undo(self) -> None:
        self.panel.press("Undo")
        if self.past:
            self.view, self.going = self.past.pop(), ""

    def _reset(self) -> None:
        self.panel.press("Reset")
        self._choose({})

    def _apply(self) -> None:
        view: dict[str, Any] = {}
        for name in self.dice.sample(list(FIELDS), self.dice.randint(0, 2)):
            words = list(recount.labels(name))
            view[name] = tuple(self.dice.sample(words, self.dice.randint(1, len(words) - 1)))
        self.panel.apply(view)
        self.going = ""
        self._choose(view)

    def _pick(self) -> None:
        self.figure = self.dice.choice(list(CHARTS))
        self.panel.pick(self.figure)


def test_everything_agrees_after_each_of_many_actions(lab: Lab) -> None:
    person = Person(lab.panel(), Random(4))
    done: list[str] = []
    for _ in range(ACTIONS):
        done.append(person.act())
        person.panel.shows(person.view, person.figure)
        assert lab.errors == [], done
    assert set(done) == {"tick", "only", "every", "type", "undo", "reset", "apply", "pick"}
