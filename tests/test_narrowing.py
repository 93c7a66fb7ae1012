"""What is left of a review belongs together, and is only worked out when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from review import Review
from review.facets import select
from review.narrowing import first, narrowed
from review.selection import Selection
from tests.real import real, selected
from tests.test_selection import SELECTIONS


class Watched(Mapping[str, pd.DataFrame]):
    """The real tables; `asked` names those that somebody wanted."""

    def __init__(self) -> None:
        self.asked = list[str]()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.append(name)
        return real().tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(real().tables)

    def __len__(self) -> int:
        return len(real().tables)


def of_people(tables: Mapping[str, pd.DataFrame]) -> Review:
    people = (real().studies["subject"] == "human").to_numpy()
    return narrowed(replace(real(), tables=tables), people)


def test_a_table_is_narrowed_when_first_asked_for_and_once() -> None:
    tables = Watched()
    left = of_people(tables)
    assert (list(left.tables), len(left.tables)) == (list(real().tables), len(real().tables))
    assert tables.asked == []
    assert len(left.studies) == 64
    assert list(left.studies.columns) == list(real().studies.columns)
    assert tables.asked == ["studies"]
    assert left.outcomes is left.outcomes
    assert tables.asked == ["studies", "outcomes"]


def test_references_are_looked_up_when_first_needed() -> None:
    tables = Watched()
    left = of_people(tables)
    assert tables.asked == []
    assert left.references["abbasi2012"] is real().references["abbasi2012"]
    assert len(left.references) == 64
    with pytest.raises(KeyError, match="pan2011"):
        _ = left.references["pan2011"]


@given(SELECTIONS)
def test_what_is_left_belongs_together(selection: Selection) -> None:
    left = select(real(), selection)
    keys = set(left.studies["study"])
    assert list(left.references) == left.studies["study"].tolist()
    for name in ("arms", "outcomes", "sources"):
        whole = real().tables[name]
        pd.testing.assert_frame_equal(
            left.tables[name], whole[whole["study"].isin(keys)].reset_index(drop=True)
        )
    assert left.whole == 143


# Rows counted in the CSV files with a spreadsheet's filter.
@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        pytest.param("", (143, 264, 373, 220), id="everything"),
        pytest.param("cited_by=B", (2, 3, 7, 5), id="two studies"),
        pytest.param("subject=", (0, 0, 0, 0), id="nothing"),
    ],
)
def test_rows_left(text: str, sizes: tuple[int, ...]) -> None:
    left = selected(text)
    names = ("studies", "arms", "outcomes", "sources")
    assert tuple(len(left.tables[name]) for name in names) == sizes
    assert all(
        left.tables[name].index.equals(pd.RangeIndex(n))
        for name, n in zip(names, sizes, strict=True)
    )


def test_tables_that_belong_to_no_study_stay_whole() -> None:
    left = selected("subject=")
    for name in ("claims", "articles", "limits", "compounds", "left_out", "facts"):
        assert left.tables[name] is real().tables[name]


@given(SELECTIONS, SELECTIONS)
def test_selecting_twice_leaves_what_both_select(one: Selection, other: Selection) -> None:
    both = set(select(real(), one).studies["study"]) & set(select(real(), other).studies["study"])
    assert set(select(select(real(), one), other).studies["study"]) == both


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        pytest.param(0, [], id="none"),
        pytest.param(2, ["abbasi2012", "ahmed2020"], id="two"),
        pytest.param(143, None, id="as many as there are"),
        pytest.param(500, None, id="more than there are"),
    ],
)
def test_first(most: int, expected: list[str] | None) -> None:
    left = first(real(), most)
    everyone = real().studies["study"].tolist()
    assert left.studies["study"].tolist() == (everyone if expected is None else expected)
    assert set(left.arms["study"]) <= set(left.studies["study"])
    assert left.whole == 143


def test_the_whole_stays_as_it_was() -> None:
    before = real().studies.copy()
    left = narrowed(real(), np.ones(143, dtype=bool)).studies
    left["n_total"] = 1
    pd.testing.assert_frame_equal(real().studies, before)
