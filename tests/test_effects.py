"""Hedges' g: by hand for the one trial that states enough, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import Review
from review.evidence.effects import COLUMNS, hedges, summaries
from tests.real import real, selected

# The one outcome of the real data that qualifies, so the base of what the tests change.
STUDY = "roguinmaor2017"
MEANS = st.floats(-50, 50)
SDS = st.floats(0.5, 50)
NUMBERS = st.integers(2, 400)


def changed(table: str = "outcomes", **cells: Any) -> Review:
    """Return the review of that study and outcome alone, with cells of a table changed."""
    review = real()
    tables = dict(review.tables)
    for name in ("studies", "arms", "outcomes"):
        rows = tables[name][tables[name]["study"] == STUDY]
        tables[name] = (rows.head(1) if name == "outcomes" else rows).reset_index(drop=True)
    rows = tables[table].copy()
    for column, cell in cells.items():
        rows[column] = pd.Series([cell] * len(rows), dtype=rows[column].dtype)
    return replace(review, tables={**tables, table: rows})


def test_real_data() -> None:
    frame = hedges(real())
    assert list(frame.columns) == COLUMNS
    assert list(zip(frame["study"], frame["outcome"], strict=True)) == [(STUDY, 1)]
    # -3.41 (4.05), n = 48, against -3.03 (4.53), n = 46; fewer cramps are better.
    pooled = sqrt((47 * 4.05**2 + 45 * 4.53**2) / 92)
    g = (1 - 3 / (4 * 94 - 9)) * 0.38 / pooled
    error = sqrt(94 / (48 * 46) + g**2 / (2 * (94 - 3.94)))
    assert (round(pooled, 3), round(g, 4), round(error, 4)) == (4.291, 0.0878, 0.2064)
    assert tuple(frame[["g", "low", "high"]].iloc[0]) == pytest.approx(
        (g, g - 1.96 * error, g + 1.96 * error)
    )


def test_round_numbers() -> None:
    # Pooled SD 2, difference 2, so d = 1; 20 people: correction 1 - 3/71 = 68/71.
    review = changed(
        mean_magnesium=5, sd_magnesium=2, n_magnesium=10,
        mean_control=3, sd_control=2, n_control=10, higher_is_better=True,
    )  # fmt: skip
    row = hedges(review).iloc[0]
    assert row["g"] == pytest.approx(68 / 71)
    reach = 1.96 * sqrt(20 / 100 + (68 / 71) ** 2 / (2 * 16.06))
    assert (row["low"], row["high"]) == pytest.approx((68 / 71 - reach, 68 / 71 + reach))


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        pytest.param("outcomes", {"comparator": "active"}, id="comparator does not isolate"),
        pytest.param("outcomes", {"exposure": "measured"}, id="association"),
        pytest.param("outcomes", {"sd_control": None}, id="no SD"),
        pytest.param("outcomes", {"n_magnesium": None}, id="no number in the outcome"),
        pytest.param("outcomes", {"mean_control": None}, id="no mean"),
        pytest.param("outcomes", {"higher_is_better": None}, id="nobody says what is better"),
        pytest.param("outcomes", {"n_control": 1}, id="a group of one"),
        pytest.param("outcomes", {"n_magnesium": 1}, id="one person treated"),
        pytest.param("outcomes", {"sd_magnesium": 0, "sd_control": 0}, id="no spread"),
        pytest.param("studies", {"design": "randomised_crossover"}, id="the same participants"),
        pytest.param("outcomes", {"mean_control": 1e308}, id="means too far apart"),
        pytest.param("outcomes", {"sd_magnesium": 1e-200, "sd_control": 1e-200}, id="SDs near 0"),
    ],
)
def test_left_out(table: str, cells: dict[str, Any]) -> None:
    assert len(hedges(changed())) == 1
    assert hedges(changed(table, **cells)).empty


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"n_magnesium": 2, "n_control": 2}, id="groups of two"),
        pytest.param({"sd_control": 0}, id="spread in one group"),
        pytest.param({"sd_magnesium": 0}, id="spread in the other"),
        pytest.param({"sd_magnesium": 0.5, "sd_control": 0}, id="little spread in one group"),
        pytest.param({"sd_magnesium": 0, "sd_control": 0.5}, id="little spread in the other"),
    ],
)
def test_just_enough(cells: dict[str, Any]) -> None:
    assert len(hedges(changed(**cells))) == 1


@given(MEANS, SDS, NUMBERS, MEANS, SDS, NUMBERS)
def test_direction(m: float, sd: float, n: int, mc: float, sdc: float, nc: int) -> None:
    numbers = {
        "mean_magnesium": m, "sd_magnesium": sd, "n_magnesium": n,
        "mean_control": mc, "sd_control": sdc, "n_control": nc,
    }  # fmt: skip
    up = hedges(changed(**numbers, higher_is_better=True)).iloc[0]
    down = hedges(changed(**numbers, higher_is_better=False)).iloc[0]
    assert up["g"] == pytest.approx(-down["g"])
    assert (up["low"], up["high"]) == pytest.approx((-down["high"], -down["low"]))
    assert up["low"] <= up["g"] <= up["high"]
    assert up["g"] * (m - mc) >= 0


def test_summaries_name_no_substance() -> None:
    frame = summaries(real())
    row = frame[(frame["study"] == STUDY) & (frame["outcome"] == 1)].iloc[0]
    assert (row["mean"], row["sd"], row["n"], row["paired"]) == (-3.41, 4.05, 48, False)
    paired = frame.loc[frame["paired"], "study"]
    assert {"frusso1999", "held2002", "pickering2020"} <= set(paired)


def test_summaries_of_a_table_that_names_the_control_first() -> None:
    package = real().package
    outcomes = package.tables["outcomes"]
    turned = {**package.tables, "outcomes": replace(outcomes, fields=outcomes.fields[::-1])}
    review = replace(real(), package=replace(package, tables=turned))
    pd.testing.assert_frame_equal(summaries(review), summaries(real()))


def test_nothing_left() -> None:
    frame = hedges(selected("subject="))
    assert frame.empty
    assert list(frame.columns) == COLUMNS


def test_input_is_unchanged() -> None:
    review = real()
    before = {name: table.copy() for name, table in review.tables.items()}
    hedges(review)
    summaries(review)
    for name, table in before.items():
        pd.testing.assert_frame_equal(review.tables[name], table)
