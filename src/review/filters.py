"""The filters of a panel: a widget that holds a selection, and says what each word would leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any

import traitlets

from review.scripts import HERE, Scripted
from review.selection import FIELDS, NUMBERS, PLACES, Selection, SelectionError, options
from review.tables import Review

AT_FIRST_UNFOLDED = ("subject", "condition")
TITLES = {"year_from": "From year", "year_to": "To year", "n_min": "Smallest number studied"}


class Filters(Scripted):
    """Boxes to tick, years, a number and words to look for; `selection` is what is chosen now.

    Linked panels show the same object. Only a page chooses, so that no two changes cross. It
    holds back its messages while the kernel is busy and then sends the last state, so that a
    burst of changes is answered once. Of several pages, the one that chose last is followed by
    the others: `agree` tells what is chosen, and how many choices of each page were heard, so
    that none is overtaken by an older one.
    """

    _own = (
        "history.js", "pacing.js", "choices.js", "fields.js", "groups.js", "viewtext.js",
        "filters.js",
    )  # fmt: skip
    _css = HERE / "panel.css"
    groups = traitlets.List[Any]().tag(sync=True)
    numbers = traitlets.List[Any]().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True, echo_update=False)
    past = traitlets.List[Any]().tag(sync=True, echo_update=False)
    # The page that chose last, and how often it has chosen.
    turn = traitlets.List[Any]().tag(sync=True, echo_update=False)
    agreed = traitlets.Dict().tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int().tag(sync=True)

    def __init__(self, review: Review, selection: Selection) -> None:
        # JupyterLab runs what a page sends in more than one thread, and each page in its own.
        self.lock = RLock()
        self._review, self._heard = review, dict[str, int]()
        selection.check(review)
        super().__init__(
            groups=[_group(review, name) for name in PLACES],
            numbers=_numbers(review),
            chosen=_state(selection),
            text=str(selection),
        )
        self.add_class("review-side")
        self.on_msg(self._on_message)

    @property
    def selection(self) -> Selection:
        """What is chosen now."""
        fields: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list | tuple) else value
            for name, value in self.chosen.items()
        }
        return Selection(**fields)

    def read(self, text: str) -> dict[str, Any]:
        """Return what the page is to choose for a text form, or what is wrong with the text."""
        try:
            selection = Selection.parse(text)
            selection.check(self._review)
        except SelectionError as error:
            return {"problem": f"Not applied. {error}"}
        return {"choose": _state(selection)}

    def answer(self, counts: dict[str, dict[str, int]]) -> None:
        """Say in one message what each word would leave, and what is chosen in words."""
        with self.hold_sync():
            self.counts = counts
            self.text = str(self.selection)
            self.answered += 1

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what a page sends; what two send at once is taken one after the other."""
        with self.lock:
            super().set_state(sync_data)

    def agree(self) -> None:
        """Tell all pages what is chosen; those that have since chosen otherwise take no notice."""
        heard = dict(self._heard)
        self.agreed = {"heard": heard, "chosen": self.chosen, "past": self.past}

    @traitlets.observe("turn")
    def _on_turn(self, _: object) -> None:
        page, number = self.turn
        self._heard[page] = number

    def on_rest(self, tell: Callable[[], None]) -> None:
        """Call this when the page has seen the answer to the last change and made no other."""

        def on_message(_: object, message: Mapping[str, Any], __: object) -> None:
            if "rest" in message:
                tell()

        self.on_msg(on_message)

    def _on_message(self, _: object, message: Mapping[str, Any], __: object) -> None:
        if "apply" in message:
            # With its number, because every page hears the answer.
            self.send({**self.read(message["apply"]), "number": message.get("number")})


def _state(selection: Selection) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name in FIELDS
        for value in [getattr(selection, name)]
    }


def _group(review: Review, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": review.package.column(PLACES[name]).title,
        "options": [list(option) for option in options(review, name)],
        "unfolded": name in AT_FIRST_UNFOLDED,
    }


def _numbers(review: Review) -> list[dict[str, Any]]:
    years, sizes = review.studies["year"], review.studies["n_total"].dropna()
    first, last = (int(years.min()), int(years.max())) if len(years) else (0, 0)
    bounds = {"year_from": (first, last), "year_to": (first, last)}
    bounds["n_min"] = (0, int(sizes.max()) if len(sizes) else 0)
    open_at = {"year_from": first, "year_to": last, "n_min": 0}
    return [
        {"name": name, "title": TITLES[name], "bounds": bounds[name], "open": open_at[name]}
        for name in NUMBERS
    ]
