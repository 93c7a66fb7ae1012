"""The selected studies as a table, and all that is stored about one of them."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

import pandas as pd
import traitlets

from review import facts
from review.narrowing import first, narrowed
from review.scripts import Scripted, of_table
from review.style import NOT_REPORTED
from review.tables import Review

# More rows than a person reads, and than a page should be sent.
MOST = 500
HEADS = {
    "citation": "Study",
    "subject_label": "Subject",
    "condition_label": "Condition",
    "n": "n",
    "dose": "Dose",
    "finding": "Reported finding",
}
ORDERED = ("subject_label", "condition_label", "n")
# After every number of people.
LAST = 10**10
LONGEST_NAME = 90


class Listing(Scripted):
    """A table of studies, a list of them for the keyboard, and the facts of the one opened.

    `opened` is the key of that study; "" where none is open, or the one asked for is not here.
    """

    _own = ("listing.js",)
    heads = traitlets.List[Any]([[title, name in ORDERED] for name, title in HEADS.items()]).tag(
        sync=True
    )
    rows = traitlets.List[Any]().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    opened = traitlets.Unicode().tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)

    def __init__(self, review: Review) -> None:
        self._review = review
        self._told = dict[str, list[Any]]()
        cited = review.studies["citation"]
        self._twins = set(cited[cited.duplicated()])
        super().__init__()
        self.add_class("review-listing")

    @property
    def _css(self) -> str:
        return of_table("dt_bundle.css")

    def show(self, review: Review) -> None:
        """Show the studies of this review; facts that are open stay open."""
        self._review = review
        listed, count = first(review, MOST), len(review.studies)
        cut = f"The first {MOST} of {count:,} studies. Narrow the filters to see others."
        self._tell(listed)
        with self.hold_sync():
            self.note = cut if count > MOST else ""
            self.rows = [self._told[study] for study in listed.studies["study"]]
            self.opened = self.opened if self._has(self.opened) else ""

    def pick(self, study: str) -> None:
        """Open the study whose mark was clicked; a mark of something else opens nothing."""
        if self._has(study):
            self.opened = study

    def _has(self, study: str) -> bool:
        return study in self._review.studies["study"].array

    @traitlets.validate("opened")
    def _only_here(self, proposal: Any) -> str:
        # A click may have been on its way while the studies changed.
        return str(proposal["value"]) if self._has(proposal["value"]) else ""

    @traitlets.observe("opened")
    def _on_opened(self, _: object) -> None:
        self.html = facts.STYLE + facts.html(self._review, self.opened) if self.opened else ""

    def _tell(self, review: Review) -> None:
        # What is said of a study is the same in every selection, so it is put together once.
        new = ~review.studies["study"].isin(self._told.keys())
        if new.any():
            some = narrowed(review, new.to_numpy())
            self._told |= {
                study: [study, self._name(some, study, cells[0]), *cells]
                for study, cells in _cells(facts.table(some)).items()
            }

    def _name(self, review: Review, study: str, citation: str) -> str:
        if citation not in self._twins:
            return citation
        title = review.references[study].title or study
        named = f"{citation}: {title}"
        return shorten(named, LONGEST_NAME, placeholder="…", break_on_hyphens=False)


def _cells(table: pd.DataFrame) -> dict[str, list[Any]]:
    """Return by study what stands in its row: words, or a word and its place among the others."""
    columns = [_ordered(table[name]) if name in ORDERED else table[name] for name in HEADS]
    rows = map(list, zip(*columns, strict=True))
    return dict(zip(table["study"], rows, strict=True))


def _ordered(column: pd.Series) -> list[list[Any]]:
    if column.dtype == "category":
        return [[word, at] for word, at in zip(column, column.cat.codes.tolist(), strict=True)]
    return [[NOT_REPORTED, LAST] if pd.isna(n) else [f"{n}", int(n)] for n in column]
