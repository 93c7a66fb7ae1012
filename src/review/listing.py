"""The selected studies as a table, and all that is stored about one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets
from itables.widget import ITable

from review import facts
from review.narrowing import first, narrowed
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
NOT_KNOWN = "not reported"
NONE = ("Choose a study, or click on a row or a mark", "")


class Card(anywidget.AnyWidget):
    """A piece of HTML that comes into view when it changes."""

    _esm = Path(__file__).parent / "card.js"
    html = traitlets.Unicode().tag(sync=True)


class Listing:
    """A table of studies, a list of them for the keyboard, and the facts of the one chosen."""

    def __init__(self) -> None:
        self._rows = self._known = pd.DataFrame(columns=["study", *HEADS])
        self._review: Review | None = None
        self._setting, self._open = False, ""
        self._table = ITable(self._frame(), **OPTIONS)
        self._names = widgets.Dropdown(options=[NONE], description="Facts of").add_class(
            "review-names"
        )
        self._note = widgets.HTML()
        self._card = Card()
        self._table.observe(self._on_row, "selected_rows")
        self._names.observe(self._on_name, "value")
        parts = [self._note, self._table, self._names, self._card]
        self.box = widgets.VBox(parts).add_class("review-listing")

    def show(self, review: Review) -> None:
        """Show the studies of this review; facts that are open stay open."""
        self._review = review
        self._rows = self._told(first(review, MOST))
        count = len(review.studies)
        cut = f"The first {MOST} of {count:,} studies. Narrow the filters to see others."
        self._note.value = cut if count > MOST else ""
        keys = list(self._rows["study"])
        self._setting = True
        self._table.update(self._frame(), selected_rows=[], **OPTIONS)
        self._names.options = [NONE, *zip(self._rows["citation"], keys, strict=True)]
        self._setting = False
        self.open(self._open)

    def pick(self, study: str) -> None:
        """Open the study whose mark was clicked; a mark of something else opens nothing."""
        if self._has(study):
            self.open(study)

    def open(self, study: str) -> None:
        """Show what is stored about the study with this key; nothing for an unknown one."""
        keys = list(self._rows["study"])
        listed = study in keys
        self._open = study if self._has(study) else ""
        self._setting = True
        self._names.value = study if listed else ""
        self._table.selected_rows = [keys.index(study)] if listed else []
        self._setting = False
        self._card.html = self._facts()

    def _has(self, study: str) -> bool:
        return self._review is not None and study in self._review.studies["study"].array

    def _facts(self) -> str:
        if self._review is None or not self._open:
            return ""
        return facts.STYLE + facts.html(self._review, self._open)

    def _told(self, review: Review) -> pd.DataFrame:
        # What is said of a study is the same in every selection, so it is put together once.
        new = ~review.studies["study"].isin(self._known["study"])
        if new.any():
            more = facts.table(narrowed(review, new.to_numpy()))
            self._known = pd.concat([self._known, more]) if len(self._known) else more
        known = self._known.set_index("study", drop=False)
        return known.loc[review.studies["study"]].reset_index(drop=True)

    def _frame(self) -> pd.DataFrame:
        sizes = self._rows["n"]
        known = sorted(sizes.dropna().unique())
        # The table sorts a vocabulary by its order: numbers by size, and what is not known last.
        texts = pd.CategoricalDtype([*map(str, known), NOT_KNOWN], ordered=True)
        named = sizes.astype("str").where(sizes.notna(), NOT_KNOWN).astype(texts)
        rows = self._rows.assign(n=named)
        return rows[list(HEADS)].rename(columns=HEADS)

    def _on_row(self, change: dict[str, Any]) -> None:
        if not self._setting:
            # A click may have been on its way while the table became shorter.
            rows = [row for row in change["new"] if row < len(self._rows)]
            self.open(self._rows["study"].iloc[rows[0]] if rows else "")

    def _on_name(self, change: dict[str, Any]) -> None:
        if not self._setting:
            self.open(change["new"])


OPTIONS: dict[str, Any] = {
    "select": {"style": "single", "keys": True, "info": False},
    "showIndex": False,
    "maxBytes": 0,
    "text_in_header_can_be_selected": False,
    # The places of a vocabulary are sorted as numbers: 2 before 10.
    "columnDefs": [{"targets": [1, 2, 3], "type": "num"}],
    "paging": True,
    "pageLength": 10,
    "layout": {"topStart": None, "topEnd": None, "bottomStart": "info", "bottomEnd": "paging"},
    "order": [],
    "autoWidth": False,
    "classes": "display compact review-table",
    "style": "width:100%",
}
