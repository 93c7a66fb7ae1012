"""The filter controls of a panel: boxes to tick and a range of years."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

from review.selection import PLACES, options
from review.tables import Review

Changed = Callable[[], None]


class Ticks:
    """One box to tick for each word of a field, with All and None; at first all are ticked."""

    def __init__(self, review: Review, name: str, changed: Changed) -> None:
        self.title = review.package.column(PLACES[name]).title
        self._changed = changed
        self._setting = False
        self._ticks = {
            word: widgets.Checkbox(value=True, description=label, indent=False)
            for word, label in options(review.package, name)
        }
        for tick in self._ticks.values():
            tick.observe(self._on_tick, "value")
        boxes = widgets.Box(list(self._ticks.values())).add_class("review-ticks")
        self.parts = (self._head(), boxes)

    @property
    def words(self) -> tuple[str, ...] | None:
        """The ticked words in order; None where all are, which leaves the field open."""
        ticked = tuple(word for word, tick in self._ticks.items() if tick.value)
        return None if len(ticked) == len(self._ticks) else ticked

    def tick(self, *, everything: bool) -> None:
        """Tick every box, or none, without telling of each change."""
        self._setting = True
        for tick in self._ticks.values():
            tick.value = everything
        self._setting = False

    def _head(self) -> widgets.HBox:
        every = widgets.Button(description="All", tooltip=f"{self.title}: tick all")
        none = widgets.Button(description="None", tooltip=f"{self.title}: tick none")
        every.on_click(lambda _: self._tick_and_tell(everything=True))
        none.on_click(lambda _: self._tick_and_tell(everything=False))
        title = widgets.HTML(f"<b>{self.title}</b>")
        return widgets.HBox([title, every, none]).add_class("review-head")

    def _tick_and_tell(self, *, everything: bool) -> None:
        self.tick(everything=everything)
        self._changed()

    def _on_tick(self, _: object) -> None:
        if not self._setting:
            self._changed()


class Years:
    """The first and the last year, at first those of the earliest and the latest study."""

    def __init__(self, review: Review, changed: Changed) -> None:
        years = review.studies["year"]
        self._least, self._most = (int(years.min()), int(years.max())) if len(years) else (0, 0)
        self._changed = changed
        self._setting = False
        bounds = {"min": self._least, "max": self._most}
        self._first = widgets.BoundedIntText(self._least, description="From year", **bounds)
        self._last = widgets.BoundedIntText(self._most, description="To year", **bounds)
        for number in (self._first, self._last):
            number.layout.width = "180px"
            number.observe(self._on_change, "value")
        self.box = widgets.VBox([self._first, self._last])

    @property
    def chosen(self) -> dict[str, int | None]:
        """The years as fields of a selection; None where the end is open."""
        first, last = self._first.value, self._last.value
        return {
            "year_from": first if first > self._least else None,
            "year_to": last if last < self._most else None,
        }

    def open(self) -> None:
        """Go back to every year without telling of the change."""
        self._setting = True
        self._first.value, self._last.value = self._least, self._most
        self._setting = False

    def _on_change(self, _: object) -> None:
        if not self._setting:
            self._changed()
