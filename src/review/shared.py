"""What linked panels share: the filters, and the review that they leave."""

from __future__ import annotations

from collections.abc import Callable

from review import facts
from review.facets import Facets
from review.filters import Filters
from review.selection import Selection
from review.tables import Review


class Shared:
    """The filters and what they leave; whoever follows is told of each change, charts first.

    The rest waits until the page says that it has drawn the charts and no other change came.
    """

    def __init__(self, review: Review, selection: Selection) -> None:
        # In the order of the table below the chart, which shows the first of those selected.
        self.review, self._facets = review, Facets(facts.in_order(review))
        self.filters = Filters(review, selection)
        self._charts, self._rest = list[Callable[[], None]](), list[Callable[[], None]]()
        self._select()
        self.filters.answer(self._facets.counts(self.selection))
        self._at_rest = True
        self.filters.observe(lambda _: self.alone(self._follow), "chosen")
        self.filters.on_rest(lambda: self.alone(self._settle))

    def follow(self, chart: Callable[[], None], rest: Callable[[], None]) -> None:
        """Call `chart` at once after each change, and `rest` when no other change follows."""
        self._charts.append(chart)
        self._rest.append(rest)

    def alone(self, act: Callable[[], None]) -> None:
        """Do this while nothing else changes what is shown."""
        with self.filters.lock:
            act()

    def _settle(self) -> None:
        if not self._at_rest:
            self._at_rest = True
            self.filters.agree()
            for tell in self._rest:
                tell()

    def _follow(self) -> None:
        self._select()
        self._at_rest = False
        for tell in self._charts:
            tell()
        self.filters.answer(self._facets.counts(self.selection))

    def _select(self) -> None:
        self.selection = self.filters.selection
        self.selected = self._facets.select(self.selection)
