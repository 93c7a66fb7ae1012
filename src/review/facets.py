"""What is left of a review under a selection, and how many studies each further word would leave.

Every field is coded once as one number per row, so that any selection is a few array operations.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from review.narrowing import narrowed
from review.selection import NOT_REPORTED, PLACES, Selection, options
from review.tables import Review

TABLES = ("studies", "arms", "outcomes")
SEARCHED = ("title", "authors", "journal", "remarks")
# Letters whose stroke or missing dot is no accent of its own.
NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
STROKED = str.maketrans("øłđħı", "oldhi")
Mask = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.intp]


class Facets:
    """The fields of a review, coded for selecting and counting."""

    def __init__(self, review: Review) -> None:
        self.review = review
        # Coded when first needed: most selections ask one table only.
        self._coded = cache(lambda table: _Coded(review, table))

    @cached_property
    def _texts(self) -> pd.Series:
        studies = self.review.studies
        texts = zip(*(studies[name].fillna("").to_numpy() for name in SEARCHED), strict=True)
        return pd.Series([_plain("\n".join(text)) for text in texts], dtype="str")

    def mask(self, selection: Selection) -> Mask:
        """Return for each study whether it is selected.

        Fields of the arms, those that had the studied substance, must hold for one and the same
        arm; fields of the outcomes for one and the same outcome. Raises SelectionError for a word
        that the vocabulary lacks.
        """
        selection.check(self.review)
        left = self._plain_fields(selection)
        for table in TABLES:
            if any(PLACES.get(name, "").startswith(f"{table}.") for name, _ in selection.given()):
                left &= self._coded(table).left(selection)
        return left

    def counts(self, selection: Selection) -> dict[str, dict[str, int]]:
        """Return for each word of each field the studies that it has beside the other fields.

        What the field itself selects does not matter for the counts of its own words.
        """
        plain = self._plain_fields(selection)
        left = {table: self._coded(table).left(selection) for table in TABLES}
        counts = dict[str, dict[str, int]]()
        for table in TABLES:
            others = [mask for other, mask in left.items() if other != table]
            beside = np.logical_and.reduce([plain, *others])
            counts |= self._coded(table).counts(selection, beside)
        return {field: counts[field] for field in PLACES}

    def select(self, selection: Selection) -> Review:
        """Return the review narrowed to the selected studies and all that belongs to them.

        A table is narrowed when it is first asked for. Raises SelectionError as `mask` does.
        """
        return narrowed(self.review, self.mask(selection))

    def _plain_fields(self, selection: Selection) -> Mask:
        studies = self.review.studies
        left = np.ones(len(studies), dtype=bool)
        if selection.year_from is not None:
            left &= _true(studies["year"] >= selection.year_from)
        if selection.year_to is not None:
            left &= _true(studies["year"] <= selection.year_to)
        if selection.n_min is not None:
            left &= _true(studies["n_total"] >= selection.n_min)
        for word in _plain(selection.text or "").split():
            left &= _true(self._texts.str.contains(word, regex=False))
        return left


class _Coded:
    """The rows of one table that count for selecting; a study without any has one empty row."""

    def __init__(self, review: Review, table: str) -> None:
        self._fields = [name for name, place in PLACES.items() if place.startswith(f"{table}.")]
        rows = studied_arms(review) if table == "arms" else review.tables[table]
        columns = {name: PLACES[name].partition(".")[2] for name in self._fields}
        keys = review.studies[["study"]].assign(at=np.arange(len(review.studies)))
        joined = keys.merge(rows[["study", *columns.values()]], on="study", how="left")
        self._at = joined["at"].to_numpy()
        self._starts = np.flatnonzero(np.diff(self._at, prepend=-1))
        self._words = {name: [word for word, _ in options(review, name)] for name in self._fields}
        self._codes = {
            name: _coded(joined[column], self._words[name]) for name, column in columns.items()
        }

    def left(self, selection: Selection) -> Mask:
        """Return for each study whether one of its rows has every selected field."""
        rows = self._rows(selection)
        return np.logical_or.reduceat(rows, self._starts) if len(rows) else rows

    def _rows(self, selection: Selection, but: str = "") -> Mask:
        left = np.ones(len(self._at), dtype=bool)
        for name in self._fields:
            words = getattr(selection, name)
            if words is not None and name != but:
                left &= np.isin(self._words[name], words)[self._codes[name]]
        return left

    def counts(self, selection: Selection, others: Mask) -> dict[str, dict[str, int]]:
        """Return the studies per word of each field, among those that the other tables leave."""
        return {
            name: self._count(name, self._rows(selection, but=name) & others[self._at])
            for name in self._fields
        }

    def _count(self, name: str, rows: Mask) -> dict[str, int]:
        words = self._words[name]
        has = np.zeros((len(self._starts), len(words)), dtype=bool)
        has[self._at[rows], self._codes[name][rows]] = True
        return dict(zip(words, has.sum(axis=0).tolist(), strict=True))


def select(review: Review, selection: Selection) -> Review:
    """Return the review narrowed to the selected studies and all that belongs to them.

    Route, compound and `alone` look at the arms that had the studied substance, and must hold for
    one and the same arm; domain and direction for one and the same outcome. Raises
    SelectionError for a word that the vocabulary lacks.
    """
    return Facets(review).select(selection)


def studied_arms(review: Review) -> pd.DataFrame:
    """Return the arms that had, or were deprived of, the studied substance."""
    return review.arms[review.arms["role"].isin(review.package.flagged("arms.role", "studied"))]


def _coded(cells: pd.Series, words: list[str]) -> Codes:
    if cells.dtype == "boolean":
        cells = cells.map({True: "yes", False: "no"})
    codes = pd.Categorical(cells, categories=words).codes.astype(np.intp)
    return np.where(codes < 0, words.index(NOT_REPORTED), codes) if -1 in codes else codes


def _true(found: pd.Series) -> Mask:
    return found.fillna(False).to_numpy(dtype=bool)


def _plain(text: str) -> str:
    """Return a text without case and accents, so that é is found by e."""
    # Most texts have no letter that can have an accent, and in the others few letters can.
    lower = text.lower()
    return lower if lower.isascii() else NOT_ASCII.sub(lambda part: _bare(part[0]), lower)


def _bare(letters: str) -> str:
    parts = unicodedata.normalize("NFKD", letters).casefold().translate(STROKED)
    return "".join(part for part in parts if not unicodedata.combining(part))
