"""What linked panels share: the filters, and the review that they leave."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from review import facts
from review.facets import Facets
from review.filters import Filters
from review.selection import Selection
from review.tables import Review

# Time for the page to draw the chart, and for a next change to come, before the rest follows.
PAUSE_SECONDS = 0.03


class Shared:
    """The filters and what they leave; whoever follows is told of each change, chart first."""

    def __init__(self, review: Review, selection: Selection) -> None:
        # In the order of the table below the chart, which shows the first of those selected.
        self.review, self._facets = review, Facets(facts.in_order(review))
        self.filters = Filters(review, selection)
        self._charts, self._rest = list[Callable[[], None]](), list[Callable[[], None]]()
        self._pending: asyncio.TimerHandle | None = None
        self._select()
        self._count()
        self.filters.observe(self._follow, "chosen")

    def follow(self, chart: Callable[[], None], rest: Callable[[], None]) -> None:
        """Call `chart` at once after each change, and `rest` when no other change follows."""
        self._charts.append(chart)
        self._rest.append(rest)

    def _follow(self, _: object) -> None:
        self._select()
        for tell in self._charts:
            tell()
        self._later()

    def _select(self) -> None:
        self.selection = self.filters.selection
        self.selected = self._facets.select(self.selection)

    def _later(self) -> None:
        if self._pending:
            self._pending.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._settle()
        else:
            self._pending = loop.call_later(PAUSE_SECONDS, self._settle)

    def _settle(self) -> None:
        self._pending = None
        self._count()
        for tell in self._rest:
            tell()

    def _count(self) -> None:
        with self.filters.hold_sync():
            self.filters.counts = self._facets.counts(self.selection)
            self.filters.text = str(self.selection)
            self.filters.problem = ""
