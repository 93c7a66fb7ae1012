"""A review with only some of its studies; a table is narrowed when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from review.bibliography import Reference
from review.tables import Review


def narrowed(review: Review, mask: npt.NDArray[np.bool_]) -> Review:
    """Return the review with these of its studies only, and all that belongs to them."""
    tables = _Tables(review, mask)
    references = _References(
        lambda: {key: review.references[key] for key in tables["studies"]["study"]}
    )
    return replace(review, tables=tables, references=references)


def first(review: Review, most: int) -> Review:
    """Return the review with its first studies only, this many at most."""
    return narrowed(review, np.arange(len(review.studies)) < most)


class _Tables(Mapping[str, pd.DataFrame]):
    """The tables of a review, of which each is narrowed when it is first asked for."""

    def __init__(self, review: Review, mask: npt.NDArray[np.bool_]) -> None:
        self._review, self._mask = review, mask
        self._narrowed = dict[str, pd.DataFrame]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._narrowed:
            self._narrowed[name] = self._narrow(name)
        return self._narrowed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._review.tables)

    def __len__(self) -> int:
        return len(self._review.tables)

    def _narrow(self, name: str) -> pd.DataFrame:
        rows = self._review.tables[name]
        if name == "studies":
            return rows[self._mask].reset_index(drop=True)
        if "study" not in self._review.package.tables[name].links:
            return rows
        return rows[rows["study"].isin(self["studies"]["study"])].reset_index(drop=True)


class _References(Mapping[str, Reference]):
    """References by key, of which the ones asked for are looked up when first needed."""

    def __init__(self, find: Callable[[], Mapping[str, Reference]]) -> None:
        self._find = find

    @cached_property
    def _found(self) -> Mapping[str, Reference]:
        return self._find()

    def __getitem__(self, key: str) -> Reference:
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
