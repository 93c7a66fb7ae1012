"""Reported statistics recomputed: each check by hand, and every misfit of the real data."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from review.evidence import reported
from review.evidence.consistency import COLUMNS, SOURCES, VERDICTS, _against, consistency
from review.evidence.recomputed import paired, welch
from review.facets import select
from review.selection import Selection
from tests.real import real, selected
from tests.test_effects import changed
from tests.test_selection import SELECTIONS

# Every report of the real data that does not fit. A change of data that moves one of these is to
# be made on purpose.
MISFITS = [
    # 7.5 - 4.7 = 2.8; SD of the difference at most 2.2 + 1.8 = 4; t = 2.8 / (4 / sqrt 40) = 4.43.
    ("yousef2013", 4, "before_after", "7.5 (2.2) before, 4.7 (1.8) after, n = 40; p = 0.034"),
    # 34.7 - 22.2 = 12.5; at most 8.4 + 11.5 = 19.9; t = 12.5 / (19.9 / sqrt 40) = 3.97.
    ("yousef2013", 5, "before_after", "22.2 (8.4) before, 34.7 (11.5) after, n = 40; p = 0.018"),
    # 16.9 - 11.8 = 5.1; at most 3.4 + 3.5 = 6.9; t = 5.1 / (6.9 / sqrt 40) = 4.67.
    ("yousef2013", 6, "before_after", "11.8 (3.4) before, 16.9 (3.5) after, n = 40; p = 0.039"),
]
COUNTS = {
    ("two_groups", "agrees"): 1,
    ("two_groups", "cannot_be_checked"): 4,  # crossover trials
    ("before_after", "does_not_fit"): 3,
    ("interval", "agrees"): 29,
    ("percentage", "agrees"): 4,
    ("arms", "agrees"): 33,
    ("arms", "cannot_be_checked"): 10,
}
NO_NUMBERS = {"mean_magnesium": None, "effect": None, "p_value": None}
BEFORE = {
    "mean_control": None, "comparator": "baseline", "baseline_mean": 7.5, "baseline_sd": 2.2,
    "mean_magnesium": 4.7, "sd_magnesium": 1.8, "n_magnesium": 40,
}  # fmt: skip


def found(check: str, table: str = "outcomes", **cells: Any) -> list[tuple[str, str, str]]:
    """Return what a check finds in a review of one study, one outcome and two arms."""
    frame = consistency(changed(table, **cells))
    columns = ["reported", "follows", "verdict"]
    return [tuple(row) for row in frame.loc[frame["check"] == check, columns].to_numpy()]


def verdict(check: str, table: str = "outcomes", **cells: Any) -> str:
    ((_, _, said),) = found(check, table, **cells)
    return said


def test_misfits() -> None:
    frame = consistency(real())
    rows = frame[frame["verdict"] == "does_not_fit"]
    columns = ["study", "outcome", "check", "reported"]
    assert [tuple(row) for row in rows[columns].to_numpy()] == MISFITS


def test_verdicts_of_the_real_data() -> None:
    frame = consistency(real())
    assert Counter(zip(frame["check"], frame["verdict"], strict=True)) == COUNTS


def test_columns() -> None:
    frame = consistency(real())
    assert list(frame.columns) == COLUMNS
    assert str(frame["outcome"].dtype) == "Int64"
    assert frame["outcome"].isna().equals(frame["check"] == "arms")
    assert list(frame["verdict"].cat.categories) == list(VERDICTS)
    assert frame["verdict"].cat.ordered
    assert frame["check"].cat.ordered
    assert frame.index.equals(pd.RangeIndex(len(frame)))
    assert all("doi 10." in source or "https://" in source or "http://" in source
               for source in SOURCES.values())  # fmt: skip
    assert not frame.drop(columns="outcome").isna().any(axis=None)


def test_rows_stand_in_the_order_of_the_studies() -> None:
    frame, order = consistency(real()), list(real().studies["study"])
    places = [order.index(study) for study in frame["study"]]
    assert places == sorted(places)
    assert frame[frame["study"] == "ni2023"]["check"].tolist() == ["percentage"] * 2 + ["arms"]


def test_paired_by_hand() -> None:
    # Two-sided p of t with 39 degrees of freedom: 3.558 at 0.001 and 6.147 near 3.3e-7. Rounding
    # lets the difference be 2.7 to 2.9 and the SD of the difference 0.3 to 4.1.
    assert 3.558 < 2.7 / (4.1 / sqrt(40)) < 6.147
    low, high = paired((7.5, 2.2), (4.7, 1.8), 40)
    assert 3.3e-7 < high < 0.001
    assert high == pytest.approx(0.00017, rel=0.05)
    assert low < 1e-30


def test_paired_with_exact_numbers() -> None:
    # Difference 2, SDs 3 and 1 in 16 people, one degree of freedom less: the SD of the difference
    # is 4 at most, t = 2 / (4 / 4) = 2, and p of 2 with 15 degrees is 0.0639.
    low, high = paired((5.000001, 3.000001), (3.000001, 1.000001), 16)
    assert high == pytest.approx(0.0639, abs=0.0001)
    # At least 2: t = 2 / (2 / 4) = 4, p 0.00116.
    assert low == pytest.approx(0.00116, abs=0.00001)


def test_paired_without_spread() -> None:
    assert paired((5.0, 0.0001), (5.0, 0.0001), 10)[1] == 1
    assert paired((5.0, 1.0), (5.0, 1.0), 10)[1] == 1


def test_paired_where_the_change_may_have_no_spread() -> None:
    # Equal SDs of 1, so 0 to 3 for the change of 1 to 3: p is 0 where it has no spread, and t at
    # least 1 / (3 / sqrt 100) = 3.33, of which p with 99 degrees of freedom is 0.0012.
    assert paired((3, 1), (1, 1), 100) == (0, pytest.approx(0.0012, abs=0.00005))


def test_welch_by_hand() -> None:
    # 0.38 / sqrt(4.05^2 / 48 + 4.53^2 / 46) = 0.38 / 0.8876 = 0.428; with about 90 degrees of
    # freedom a t of 0.428 has p 0.67.
    assert 0.38 / sqrt(4.05**2 / 48 + 4.53**2 / 46) == pytest.approx(0.428, abs=0.0005)
    low, high = welch((-3.41, 4.05, 48), (-3.03, 4.53, 46))
    assert low < 0.67 < high
    assert (low, high) == pytest.approx((0.67, 0.67), abs=0.015)


def test_welch_without_spread() -> None:
    # A printed 0 can be up to a half: equal means agree with any p, distant ones with small p.
    assert welch((1, 0, 5), (1, 0, 5)) == (0, 1)
    low, high = welch((9, 0, 5), (0, 0, 5))
    assert (low, high < 0.001) == (0, True)
    # A gap of 1 to 3 and SDs of at most a half: t is at least 1 / (0.5 x sqrt(2 / 50)) = 10.
    low, high = welch((3, 0, 50), (1, 0, 50))
    assert (low, high < 0.001) == (0, True)


def test_welch_in_any_unit() -> None:
    # The same numbers, a hundred times larger; then so large that no square of them is a number.
    p = welch((1.234567, 2.345678, 10), (2.345678, 3.456789, 12))
    hundred = welch((123.4567, 234.5678, 10), (234.5678, 345.6789, 12))
    assert hundred == pytest.approx(p, abs=1e-5)
    assert welch((0.0, 1e200, 10), (0.0, 1e200, 10)) == (1, 1)


@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=12),
    st.lists(st.integers(0, 100), min_size=3, max_size=12),
)
def test_a_true_report_agrees(one: list[int], other: list[int]) -> None:
    from scipy.stats import ttest_ind

    both = [pd.Series(values, dtype="float64") for values in (one, other)]
    assume(all(values.std() > 0.1 for values in both))
    p = float(ttest_ind(*both, equal_var=False).pvalue)
    groups = [(round(v.mean(), 1), round(v.std(), 1), len(v)) for v in both]
    low, high = welch(*groups)
    assert low - 1e-9 <= p <= high + 1e-9


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=12))
def test_a_true_change_lies_within_any_correlation(pairs: list[tuple[int, int]]) -> None:
    from scipy.stats import ttest_rel

    before, after = (pd.Series(v, dtype="float64") for v in zip(*pairs, strict=True))
    assume((before - after).std() > 0.1)
    p = float(ttest_rel(before, after).pvalue)
    numbers = [(round(v.mean(), 1), round(v.std(), 1)) for v in (before, after)]
    low, high = paired(*numbers, len(pairs))
    assert low - 1e-9 <= p <= high + 1e-9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("0.034", (0.0335, 0.0345), id="rounded"),
        pytest.param(".05", (0.045, 0.055), id="no zero in front"),
        pytest.param("= 0.6", (0.55, 0.65), id="equals sign"),
        pytest.param("0.930", (0.9295, 0.9305), id="final zero"),
        pytest.param("<0.05", (0, 0.05), id="less"),
        pytest.param("<.05", (0, 0.05), id="less, no zero"),
        pytest.param("<=0.05", (0, 0.05), id="at most"),
        pytest.param("≤ 0.05", (0, 0.05), id="sign for at most"),
        pytest.param(">0.1", (0.1, 1), id="more"),
        pytest.param("≥ 0.1", (0.1, 1), id="sign for at least"),
        pytest.param("0.000 (as printed)", (0, 0.0005), id="zero as printed"),
        pytest.param("1", (0.5, 1), id="one"),
        pytest.param("0.001 (I); 0.08 (F)", None, id="two values"),
        pytest.param("0.04; 0.01", None, id="two values without a name"),
        pytest.param("0.002 (trend)", None, id="test of a trend"),
        pytest.param("<0.0001 (vs baseline, both groups)", None, id="of another comparison"),
        pytest.param("1.5", None, id="no probability"),
        pytest.param("significant", None, id="words"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_p_value(text: str, expected: tuple[float, float] | None) -> None:
    assert reported.p_value(text) == (pytest.approx(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HR 1.23 (95% CI 1.07-1.42)", (1.23, 1.07, 1.42, True), id="ratio"),
        pytest.param("MD -9.59% (95% CI -23.14 to 3.97)", (-9.59, -23.14, 3.97, True), id="%"),
        pytest.param("-6.0 points (CI -7.9 to -4.2)", (-6, -7.9, -4.2, True), id="no level"),
        pytest.param("WMD -1.33 mg/L (95% CI -2 to -0.02)", (-1.33, -2, -0.02, True), id="unit"),
        pytest.param("−0.18 (−0.84 to 0.49)", (-0.18, -0.84, 0.49, False), id="minus signs"),
        pytest.param("1.23 (95% CI 1.07–1.42)", (1.23, 1.07, 1.42, True), id="en dash"),
        pytest.param("2 [95% CI: 1 - 3]", (2, 1, 3, True), id="square brackets"),
        pytest.param("0.4 (95% CI 0.2 to -0.1)", (0.4, -0.1, 0.2, True), id="limits turned"),
        pytest.param("0.4 (2.5%-97.5% quantile -0.4 to 1)", (0.4, -0.4, 1, True), id="quantiles"),
        pytest.param("1.2 (1.0-1.4)", None, id="a hyphen without a name"),
        pytest.param("0.1 (95% CI -0.2-0.4)", None, id="a hyphen or a minus"),
        pytest.param("7.5 (2.2) before vs 4.7 (1.8)", None, id="SDs"),
        pytest.param("10-20 (5 to 30)", None, id="a range for an estimate"),
        pytest.param(f"{'9' * 400} (95% CI 1 to 2)", None, id="400 digits"),
        pytest.param("999999999 (95% CI 1 to 2)", (999999999, 1, 2, True), id="nine digits"),
    ],
)
def test_intervals(text: str, expected: tuple[float, float, float, bool] | None) -> None:
    parsed = [(i.estimate, i.low, i.high, i.named) for i in reported.intervals(text)]
    assert parsed == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("15/48 (31%)", [("31", 15, 48)], id="fraction"),
        pytest.param("7 of 8 (87.5%)", [("87.5", 7, 8)], id="of"),
        pytest.param("36 (78%) vs 25 (54%)", [("78", 36, None), ("54", 25, None)], id="counts"),
        pytest.param("74.2% of 66", [("74.2", None, 66)], id="share of a group"),
        pytest.param("50% of 20 mg", [], id="share of an amount"),
        pytest.param("50% of 20.5", [], id="share of a decimal"),
        pytest.param("39/49/12% with", [], id="three percentages"),
        pytest.param("mean fell 49%", [], id="a change"),
        pytest.param("0/0 (0%)", [], id="nobody"),
        pytest.param("3 out of 0 (5%)", [], id="some of nobody"),
        pytest.param("50% of 0", [], id="half of nobody"),
        pytest.param("0/12 (0%)", [("0", 0, 12)], id="none of some"),
        pytest.param(f"{'9' * 400}% of 66", [], id="a percentage of 400 digits"),
        pytest.param(f"1/{'9' * 5000} (5%)", [], id="a group of 5,000 digits"),
        pytest.param(f"{'9' * 5000} (5%)", [], id="a count of 5,000 digits"),
        pytest.param("1/999999999 (0%)", [("0", 1, 999_999_999)], id="a group of nine digits"),
    ],
)
def test_shares(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    assert [(s.percent, s.count, s.n) for s in reported.shares(text)] == expected


@pytest.mark.parametrize(
    ("number", "half"), [("0.10", 0.005), (0.1, 0.05), (200.0, 0.5), ("200", 0.5), (4.05, 0.005)]
)
def test_half_unit(number: str | float, half: float) -> None:
    assert reported.half_unit(number) == pytest.approx(half)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # The possible p values are 0.66 to 0.68.
        pytest.param({"p_value": "0.67"}, "agrees", id="as computed"),
        pytest.param({"p_value": ">0.05"}, "agrees", id="an open range"),
        pytest.param({"p_value": "0.52"}, "cannot_be_checked", id="another test"),
        pytest.param({"p_value": "<0.05"}, "does_not_fit", id="over ten times smaller"),
        pytest.param({"p_value": "<0.1"}, "cannot_be_checked", id="under ten times smaller"),
        pytest.param({"p_value": "0.01; 0.67"}, "cannot_be_checked", id="two values"),
        pytest.param({"mean_magnesium": 9, "p_value": "0.67"}, "does_not_fit", id="far larger"),
        pytest.param({"n_control": 1}, "cannot_be_checked", id="a group of one"),
    ],
)
def test_two_groups(cells: dict[str, Any], expected: str) -> None:
    assert verdict("two_groups", **cells) == expected


def test_two_groups_of_the_same_people() -> None:
    assert verdict("two_groups", "studies", design="randomised_crossover") == "cannot_be_checked"


@pytest.mark.parametrize("name", ["sd_control", "n_magnesium", "mean_control", "p_value"])
def test_no_ingredients_no_row(name: str) -> None:
    assert found("two_groups", **{name: None}) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # The largest possible p is 0.00017.
        pytest.param({"p_value": "0.034"}, "does_not_fit", id="far too large"),
        pytest.param({"p_value": "0.001"}, "cannot_be_checked", id="under ten times larger"),
        pytest.param({"p_value": "0.0001"}, "agrees", id="possible"),
        pytest.param({"p_value": "<0.05"}, "agrees", id="an open range"),
        pytest.param({"p_value": ">0.05"}, "does_not_fit", id="said to be no difference"),
        pytest.param({"p_value": "0.034", "n_magnesium": 1}, "cannot_be_checked", id="one person"),
        pytest.param({"p_value": "0.034", "comparator": "placebo"}, "cannot_be_checked", id="arms"),
        # Equal means cannot give a small p where the SDs differ: t is 0.1 / (0.3 / sqrt 40) = 2.1.
        pytest.param({"p_value": "<0.001", "mean_magnesium": 7.5}, "does_not_fit", id="no change"),
    ],
)
def test_before_after(cells: dict[str, Any], expected: str) -> None:
    assert verdict("before_after", **{**BEFORE, **cells}) == expected


TWO = "-3.41 (4.05) against -3.03 (4.53), n = 48 and 46; "
CHANGE = "7.5 (2.2) before, 4.7 (1.8) after, n = "


@pytest.mark.parametrize(
    ("cells", "reported", "follows"),
    [
        pytest.param(
            {"p_value": " <= 0.7"}, f"{TWO}p <= 0.7", "p from 0.66 to 0.68 (Welch's t test)",
            id="as computed",
        ),
        pytest.param(
            {"p_value": "0.52"}, f"{TWO}p = 0.52",
            "p from 0.66 to 0.68 (Welch's t test); another test may have been used", id="not far",
        ),
        pytest.param(
            {"p_value": "0.01; 0.67"}, f"{TWO}p = 0.01; 0.67",
            "p from 0.66 to 0.68 (Welch's t test); the stated p is not one plain value", id="two",
        ),
        pytest.param(
            {"p_value": "X"}, f"{TWO}p = X",
            "p from 0.66 to 0.68 (Welch's t test); the stated p is not one plain value", id="none",
        ),
        pytest.param(
            {"n_control": 1}, TWO.replace("46", "1") + "p = 0.67", "a group of one has no spread",
            id="a group of one",
        ),
        pytest.param(
            # t = 0.38 / sqrt(4.05^2 / 2 + 4.53^2 / 2) = 0.09 with two degrees of freedom.
            {"n_magnesium": 2, "n_control": 2, "p_value": "0.94"},
            TWO.replace("48 and 46", "2 and 2") + "p = 0.94",
            "p from 0.94 to 0.94 (Welch's t test)", id="groups of two",
        ),
    ],
)  # fmt: skip
def test_two_groups_say_what_follows(cells: dict[str, Any], reported: str, follows: str) -> None:
    ((said, computed, _),) = found("two_groups", **cells)
    assert (said, computed) == (reported, follows)


def test_the_same_people_in_two_groups() -> None:
    said = found("two_groups", "studies", design="randomised_crossover")
    follows = "the same participants had every treatment: paired data"
    assert said == [(f"{TWO}p = 0.67", follows, "cannot_be_checked")]


@pytest.mark.parametrize(
    ("cells", "reported", "follows"),
    [
        pytest.param(
            {}, f"{CHANGE}40; p = 0.034", "p at most 0.00017 (paired t test, any correlation)",
            id="forty",
        ),
        pytest.param(
            # One degree of freedom: p = 1 - 2 / pi x atan t. The difference 2.7 to 2.9, its SD
            # 0.3 to 4.1, so t is 2.7 / (4.1 / sqrt 2) = 0.93 to 2.9 / (0.3 / sqrt 2) = 13.7.
            {"n_magnesium": 2, "p_value": "0.1"}, f"{CHANGE}2; p = 0.1",
            "p from 0.046 to 0.52 (paired t test, any correlation)", id="two",
        ),
        pytest.param(
            {"n_magnesium": 1}, f"{CHANGE}1; p = 0.034", "a group of one has no spread", id="one",
        ),
        pytest.param(
            {"comparator": "placebo"}, f"{CHANGE}40; p = 0.034", "the p value may compare groups",
            id="against placebo",
        ),
    ],
)  # fmt: skip
def test_before_after_says_what_follows(cells: dict[str, Any], reported: str, follows: str) -> None:
    ((said, computed, _),) = found("before_after", **BEFORE | {"p_value": "0.034"} | cells)
    assert (said, computed) == (reported, follows)


@pytest.mark.parametrize(
    ("stated", "possible", "expected"),
    [
        pytest.param(">0.1", (0.001, 0.01), "cannot_be_checked", id="just ten times smaller"),
        pytest.param("<0.05", (0.5, 0.6), "cannot_be_checked", id="just ten times larger"),
        pytest.param(">0.1", (0.01, 0.1), "agrees", id="the largest is the stated one"),
        pytest.param("<0.05", (0.05, 0.6), "agrees", id="the least is the stated one"),
    ],
)
def test_the_bounds_of_a_verdict(stated: str, possible: tuple[float, float], expected: str) -> None:
    assert _against(stated, possible, "a test")[1] == expected


@pytest.mark.parametrize(
    ("low", "said"),
    [(1e-6, "p from 0.000001 to 0.5 (a test)"), (9e-7, "p at most 0.5 (a test)")],
    ids=["the least that is shown", "too small to show"],
)
def test_a_tiny_p_is_shown_as_at_most(low: float, said: str) -> None:
    assert _against("0.5", (low, 0.5), "a test")[0] == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("HR 1.23 (95% CI 1.07-1.42)", ["agrees"], id="holds"),
        pytest.param("HR 1.07 (95% CI 1.07-1.42)", ["agrees"], id="at its end"),
        pytest.param("HR 1.42 (95% CI 1.07-1.42)", ["agrees"], id="at its other end"),
        pytest.param("MD -0.01 (95% CI 0.02 to 0.55)", ["does_not_fit"], id="does not hold"),
        pytest.param("-0.01 (0.02 to 0.55)", ["cannot_be_checked"], id="not said to be one"),
        pytest.param("1 (95% CI 0-2) and 3 (95% CI 4-5)", ["agrees", "does_not_fit"], id="two"),
        pytest.param("no numbers", [], id="none"),
    ],
)
def test_interval(text: str, expected: list[str]) -> None:
    assert [said for _, _, said in found("interval", **NO_NUMBERS | {"effect": text})] == expected


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("1.23 (95% CI 1.07-1.42)", "the interval holds the estimate"),
        ("-0.01 (95% CI 0.02 to 0.55)", "the interval does not hold its estimate"),
        ("-0.01 (0.02 to 0.55)", "the text does not say what lies between the two numbers"),
    ],
    ids=["holds", "does not hold", "not said to be one"],
)
def test_interval_says_what_follows(text: str, follows: str) -> None:
    ((said, found_out, _),) = found("interval", **NO_NUMBERS | {"effect": f"Effect {text}; more"})
    assert (said, found_out) == (text, follows)


@pytest.mark.parametrize(
    ("text", "cells", "follows"),
    [
        pytest.param("15/48 (31%)", {}, "15/48 = 31.25%", id="a fraction"),
        pytest.param("15/48 (32%)", {}, "15/48 = 31.25%", id="another fraction"),
        pytest.param("27.2% of 66", {}, "nearest: 18/66 = 27.27%", id="of a group"),
        pytest.param(
            "36 (78%)", {"n_control": 48},
            "36/48 = 75.00%; the percentage may be of another number", id="of either group",
        ),
    ],
)  # fmt: skip
def test_percentage_says_what_follows(text: str, cells: dict[str, Any], follows: str) -> None:
    ((said, computed, _),) = found("percentage", **NO_NUMBERS | {"effect": text} | cells)
    assert (said, computed) == (text, follows)


@pytest.mark.parametrize("cells", [{"n_control": None}, {"n_control": None, "n_magnesium": None}])
def test_a_count_without_both_groups_is_of_nobody_known(cells: dict[str, Any]) -> None:
    assert found("percentage", **NO_NUMBERS | {"effect": "36 (75%)"} | cells) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("15/48 (31%)", ["agrees"], id="15/48 is 31.25"),
        pytest.param("15/48 (31.3%)", ["agrees"], id="31.25 rounded up"),
        pytest.param("15/48 (31.2%)", ["agrees"], id="31.25 rounded to even"),
        pytest.param("15/48 (32%)", ["does_not_fit"], id="not 32"),
        pytest.param("74.2% of 66", ["agrees"], id="49 of 66"),
        pytest.param("27.2% of 66", ["does_not_fit"], id="18 of 66 is 27.27"),
        pytest.param("36 (78%)", [], id="groups of different size"),
    ],
)
def test_percentage(text: str, expected: list[str]) -> None:
    # The row has 48 and 46, so a count alone could be of either.
    said = [said for _, _, said in found("percentage", **NO_NUMBERS | {"effect": text})]
    assert said == expected


@pytest.mark.parametrize(
    ("total", "expected"),
    [(48, ["36/48 = 75.00%"]), (47, []), (None, [])],
    ids=["everyone is in every arm", "arms of another number", "no number"],
)
def test_a_count_of_the_same_people_in_every_arm(total: int | None, expected: list[str]) -> None:
    cells = {"effect": "36 (75%)", "n_magnesium": None, "n_control": None}
    review = changed(**NO_NUMBERS | cells)
    studies = review.studies.assign(
        n_total=pd.array([total], dtype="Int64"),
        design=pd.Series(["randomised_crossover"], dtype=review.studies["design"].dtype),
    )
    arms = review.arms.assign(n=pd.array([48] * len(review.arms), dtype="Int64"))
    frame = consistency(replace(review, tables={**review.tables, "studies": studies, "arms": arms}))
    assert frame.loc[frame["check"] == "percentage", "follows"].tolist() == expected


def test_a_study_of_the_same_people_without_arms_has_no_number_for_each() -> None:
    review = changed("studies", design="randomised_crossover", n_total=48)
    frame = consistency(replace(review, tables={**review.tables, "arms": review.arms.iloc[:0]}))
    assert frame["check"].tolist() == ["two_groups"]


@pytest.mark.parametrize(("text", "expected"), [("36 (75%)", "agrees"), ("36 (78%)", None)])
def test_count_with_one_number_for_both_groups(text: str, expected: str | None) -> None:
    cells = NO_NUMBERS | {"effect": text, "n_control": 48}
    assert verdict("percentage", **cells) == (expected or "cannot_be_checked")


@given(st.integers(1, 3000), st.data())
def test_a_true_percentage_agrees(n: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, n))
    text = f"{count}/{n} ({100 * count / n:.1f}%); {100 * count / n:.0f}% of {n}"
    said = [said for _, _, said in found("percentage", **NO_NUMBERS | {"effect": text})]
    assert said == ["agrees"] * 2


@pytest.mark.parametrize(
    ("cells", "follows", "expected"),
    [
        # The arms have 48 and 46.
        pytest.param({"n_total": 94}, "48 + 46 = 94", "agrees", id="adds up"),
        pytest.param(
            {"n_total": 100}, "48 + 46 = 94; drop-outs, or arms without a row",
            "cannot_be_checked", id="fewer in the arms",
        ),
        pytest.param(
            {"n_total": 48}, "48 + 46 = 94; arms may be phases in the same people",
            "cannot_be_checked", id="more in the arms",
        ),
        pytest.param(
            {"n_total": 47}, "an arm of 48 is larger than the study",
            "does_not_fit", id="an arm larger than the study",
        ),
        pytest.param(
            {"n_total": None}, "the number of the whole study is not stated",
            "cannot_be_checked", id="no total",
        ),
        pytest.param(
            {"n_total": 48, "design": "randomised_crossover"},
            "the same people are in several arms", "cannot_be_checked", id="crossover",
        ),
    ],
)  # fmt: skip
def test_arms(cells: dict[str, Any], follows: str, expected: str) -> None:
    total = cells["n_total"] or "?"
    said = [(f"arms of 48, 46; {total} in all", follows, expected)]
    assert found("arms", "studies", **cells) == said


@pytest.mark.parametrize(
    ("numbers", "reported", "follows"),
    [
        pytest.param([94], "arms of 94; 94 in all", "94", id="one arm"),
        pytest.param(
            [48, None],
            "arms of 48, ?; 94 in all",
            "not every arm states its number",
            id="one of two",
        ),
    ],
)
def test_arms_one_by_one(numbers: list[int | None], reported: str, follows: str) -> None:
    review = changed()
    arms = review.arms.head(len(numbers)).assign(n=pd.array(numbers, dtype="Int64"))
    frame = consistency(replace(review, tables={**review.tables, "arms": arms}))
    (row,) = frame[frame["check"] == "arms"].to_dict("records")
    assert (row["reported"], row["follows"]) == (reported, follows)


def test_arms_without_a_number() -> None:
    assert found("arms", "arms", n=None) == []
    frame = consistency(selected("")).set_index("check").loc["arms"].set_index("study")
    assert frame.loc["yousef2013", "follows"] == (
        "40 + 40 + 40 = 120; arms may be phases in the same people"
    )
    assert frame.loc["brill2002", "follows"] == "everyone is in every arm"


@given(SELECTIONS)
def test_select_then_check_is_check_then_filter(selection: Selection) -> None:
    part = select(real(), selection)
    whole = consistency(real())
    kept = whole[whole["study"].isin(part.studies["study"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(consistency(part), kept)


def test_nothing_left() -> None:
    frame = consistency(selected("subject="))
    assert frame.empty
    pd.testing.assert_series_equal(frame.dtypes, consistency(real()).dtypes)


def test_input_is_unchanged() -> None:
    before = {name: table.copy() for name, table in real().tables.items()}
    consistency(real())
    for name, table in before.items():
        pd.testing.assert_frame_equal(real().tables[name], table)
