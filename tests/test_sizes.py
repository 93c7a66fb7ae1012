"""How many people were in trials, and how many one adequate trial needs: table and figure."""

from __future__ import annotations

import json
from dataclasses import replace
from math import ceil, sqrt

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import style
from review.charts.parts import WIDEN
from review.charts.sizes import NO_LINE
from review.charts.sizes import information_size as draw
from review.evidence.sizes import describe_information_size, information_size
from review.facets import select
from review.selection import Selection
from tests.real import real, selected
from tests.test_selection import SELECTIONS

# Trials and participants of the placebo-controlled trials in people, counted by hand in
# studies.csv, and how many of them gave no number; planned trials are not among them.
SO_FAR = {
    "sciatica": (1, 90, 0),  # raouf2025
    "sciatic_nerve_injury": (0, 0, 0),
    "low_back_pain": (3, 60 + 60 + 80, 0),  # jain2023, usuhs1999, yousef2013
    # brill2002, chay2010, fischer2013, grothey2011, han2013, loprinzi2014, ni2023,
    # pickering2011, pickering2020, vanderplas2013
    "neuropathic_pain": (10, 7 + 27 + 56 + 102 + 20 + 353 + 109 + 45 + 20 + 30, 0),
    "other_nerve_injury": (0, 0, 0),
    "spine_degeneration": (0, 0, 0),
    "other_pain": (4, 75 + 40 + 74, 1),  # demiroglu2016, ghaffaripour2016, tsaousi2020; macian2022
    # araujo2020, barna2021, dahle1995, frusso1999, nygaard2008, roffe2002, roguinmaor2017,
    # supakatisant2015
    "muscle_cramp": (8, 132 + 175 + 73 + 45 + 45 + 46 + 94 + 86, 0),
    "sleep_or_stress": (3, 46 + 12 + 100, 0),  # abbasi2012, held2002, nielsen2010
    "systemic_inflammation": (0, 0, 0),
    "bone_health": (0, 0, 0),
    "magnesium_deficiency": (0, 0, 0),
    "spinal_cord_injury": (0, 0, 0),
    "intrathecal_or_block_safety": (0, 0, 0),
}
SELECTED = ("", "subject=human", "condition=sciatica", "subject=animal", "subject=")


def figure(text: str = "", look: style.Look = style.SCREEN) -> go.Figure:
    return draw(information_size(selected(text)), "a subtitle", look)


def test_one_condition_and_one_difference_are_described() -> None:
    frame = pd.DataFrame(
        {
            "condition": ["back"], "condition_label": ["Back pain"], "difference": [1.0],
            "goal": ["1 point"], "trials": [1], "participants": [1034], "without_number": [0],
            "needed": pd.Series([1034], dtype="Int64"),
        }
    )  # fmt: skip
    assert describe_information_size(frame) == (
        "Back pain: 1,034 people in 1 placebo-controlled trial; one adequate trial needs 1,034 to "
        "find 1 point. Trials added up, so many are reached in 1 of 1 conditions for 1 point."
    )


@pytest.mark.parametrize("condition", SO_FAR)
def test_so_far(condition: str) -> None:
    frame = information_size(real())
    rows = frame.loc[frame["condition"] == condition, ["trials", "participants", "without_number"]]
    assert [tuple(row) for row in rows.itertuples(index=False)] == [SO_FAR[condition]] * 2


def test_complete_grid_in_order() -> None:
    frame = information_size(real())
    assert list(frame.columns) == [
        "condition", "condition_label", "difference", "goal",
        "studies", "trials", "participants", "without_number", "needed",
    ]  # fmt: skip
    assert list(dict.fromkeys(frame["condition"])) == list(SO_FAR)
    assert list(frame["difference"]) == [2.0, 1.0] * 14
    assert list(frame["needed"]) == [54, 206] * 14
    assert frame["studies"].sum() == 2 * 143


def test_needed_by_hand() -> None:
    # Normal approximation: 2 (1.95996 + 1.28155)^2 (SD / difference)^2 per group, and a quarter
    # of 1.95996^2 for the t test (Guenther 1981, American Statistician 35:243-244).
    one = 2 * (1.95996 + 1.28155) ** 2 * (2.2 / 1) ** 2
    two = 2 * (1.95996 + 1.28155) ** 2 * (2.2 / 2) ** 2
    assert (round(one, 1), round(two, 1)) == (101.7, 25.4)
    more = 1.95996**2 / 4
    assert (ceil(one + more), ceil(two + more)) == (103, 27)
    frame = information_size(real()).set_index("difference")["needed"]
    assert set(frame[1.0]) == {2 * 103}
    assert set(frame[2.0]) == {2 * 27}


@pytest.mark.parametrize(("d", "per_group"), [(0.5, 64), (0.2, 394), (0.8, 26)])
def test_given_numbers(d: float, per_group: int) -> None:
    # Two-sided 5% and power 80%, by the formula above: 63.8, 393.4 and 25.5.
    assert ceil(2 * (1.95996 + 0.84162) ** 2 / d**2 + 1.95996**2 / 4) == per_group
    frame = information_size(real(), difference=3 * d, sd=3, power=0.8, alpha=0.05)
    assert len(frame) == 14
    assert set(frame["difference"]) == {3 * d}
    assert set(frame["needed"]) == {2 * per_group}


def test_three_people_in_each_group() -> None:
    # With two in a group t must pass 4.30 (2 degrees of freedom) and its mean is 4, a chance near
    # a half; with three it must pass 2.78 (4 degrees) and its mean is 4 x sqrt 1.5 = 4.9.
    assert set(information_size(real(), difference=4, sd=1, power=0.8)["needed"]) == {6}


def test_a_trial_that_does_not_name_a_placebo_is_not_counted() -> None:
    studies = real().studies
    unknown = pd.Series([None] * len(studies), dtype="boolean")
    placebo = studies["placebo_controlled"].where(studies["study"] != "raouf2025", unknown)
    changed = studies.assign(placebo_controlled=placebo)
    frame = information_size(replace(real(), tables={**real().tables, "studies": changed}))
    counted = frame[["studies", "trials", "participants", "without_number"]]
    assert counted.iloc[0].tolist() == [7, 0, 0, 0]


def test_two_people_in_each_group_at_least() -> None:
    assert set(information_size(real(), difference=1000)["needed"]) == {4}


@given(
    st.floats(0.05, 60),
    st.floats(0.5, 5),
    st.floats(0.5, 0.999),
    st.sampled_from((1e-4, 0.05, 0.1)),
)
def test_one_person_less_is_too_few(d: float, sd: float, power: float, alpha: float) -> None:
    from scipy.stats import nct, t

    def reached(n: int) -> float:
        # The tail on the wrong side is left out: it adds less than 0.001 to a power of 0.5.
        return float(nct.sf(t.isf(alpha / 2, 2 * n - 2), 2 * n - 2, d / sd * sqrt(n / 2)))

    n = int(information_size(real(), d, sd, power, alpha)["needed"].iloc[0]) // 2
    assert reached(n) > power - 0.001
    assert n == 2 or reached(n - 1) < power + 1e-6


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
@pytest.mark.parametrize("name", ["difference", "sd"])
def test_not_above_zero(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name}: {value} is not a number above 0"):
        information_size(real(), **{name: value})


@pytest.mark.parametrize("value", [0.0, 1.0, -0.1, 5.0, float("nan")])
@pytest.mark.parametrize("name", ["power", "alpha"])
def test_not_a_probability(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name}: {value} is not between 0 and 1"):
        information_size(real(), **{name: value})


@pytest.mark.parametrize(
    ("difference", "said"), [(1001, "1001"), (0.0009, "0.0009")], ids=["too large", "too small"]
)
def test_a_difference_far_from_the_spread_is_refused(difference: float, said: str) -> None:
    with pytest.raises(ValueError) as caught:
        information_size(real(), difference=difference, sd=1)
    assert str(caught.value) == (
        f"difference: {said} is not between 0.001 and 1,000 times the standard deviation, 1"
    )


def test_the_furthest_differences_that_are_taken() -> None:
    assert set(information_size(real(), difference=1000, sd=1)["needed"]) == {4}
    # 2 x 2 x (1.95996 + 1.28155)^2 / 0.001^2 is 42.03 million.
    (needed,) = set(information_size(real(), difference=0.001, sd=1)["needed"])
    assert needed == pytest.approx(42.03e6, rel=0.001)


def test_of_several_spreads_the_first_counts_and_one_difference_is_enough() -> None:
    limits = real().tables["limits"]
    spread = limits[limits["use"] == "sd"]
    rows = pd.concat([limits[limits["limit"] != "pain_difference_1"], spread.assign(value=9.0)])
    frame = information_size(replace(real(), tables={**real().tables, "limits": rows}))
    assert len(frame) == 14
    assert set(frame["needed"]) == {54}
    assert set(frame["goal"]) == {"2 points"}


def test_without_a_spread_no_difference_is_named() -> None:
    limits = real().tables["limits"]
    without = limits[limits["use"] != "sd"]
    frame = information_size(replace(real(), tables={**real().tables, "limits": without}))
    assert set(frame["goal"]) == {""}
    assert str(frame["needed"].dtype) == "Int64"


def test_missing_limit() -> None:
    limits = real().tables["limits"]
    review = replace(real(), tables={**real().tables, "limits": limits[limits["use"] != "sd"]})
    frame = information_size(review)
    assert list(frame["participants"]) == [participants for _, participants, _ in SO_FAR.values()]
    assert frame[["difference", "needed"]].isna().all(axis=None)
    assert describe_information_size(frame) == (
        "Sciatica: 90 people in 1 placebo-controlled trial; one adequate trial needs a number "
        "that the limits do not give."
    )
    drawn = draw(frame)
    assert [trace.name for trace in drawn.data] == ["So far", "No line"]
    assert drawn.data[1].text == (NO_LINE,)
    # Without a trace on it the axis at the right, which has the numbers, would not be drawn.
    assert drawn.data[1].yaxis == "y2"
    assert set(information_size(review, sd=2.2)["needed"]) == {54, 206}


@given(SELECTIONS)
def test_any_selection(selection: Selection) -> None:
    review = select(real(), selection)
    frame = information_size(review, difference=1)
    assert list(frame["condition"]) == list(SO_FAR)
    assert frame["studies"].sum() == len(review.studies)
    assert frame["participants"].sum() <= review.studies["n_total"].fillna(0).sum()
    assert all(frame["without_number"] <= frame["trials"])


def test_description() -> None:
    assert describe_information_size(information_size(real())) == (
        "Sciatica: 90 people in 1 placebo-controlled trial; one adequate trial needs 54 to find "
        "2 points, 206 to find 1 point. Trials added up, so many are reached in 6 of 14 "
        "conditions for 2 points, 2 of 14 conditions for 1 point."
    )
    assert describe_information_size(information_size(selected("subject="), 1)) == (
        "Sciatica: 0 people in 0 placebo-controlled trials; one adequate trial needs 206 to find "
        "1 point. Trials added up, so many are reached in 0 of 14 conditions for 1 point."
    )


def test_description_says_at_least_where_a_trial_gave_no_number() -> None:
    studies = real().studies.assign(n_total=pd.array([None] * 143, dtype="Int64"))
    review = replace(real(), tables={**real().tables, "studies": studies})
    assert describe_information_size(information_size(review, 2)) == (
        "Sciatica: at least 0 people in 1 placebo-controlled trial; one adequate trial needs 54 "
        "to find 2 points. Trials added up, so many are reached in 0 of 14 conditions for 2 points."
    )


def test_exactly_enough_people_are_enough() -> None:
    # 54 are needed to find 2 points: the one trial in sciatica has 54, then 53.
    for people, reached in ((54, 1), (53, 0)):
        numbers = real().studies["n_total"].where(real().studies["study"] == "raouf2025", 0)
        studies = real().studies.assign(n_total=numbers.replace(90, people))
        frame = information_size(replace(real(), tables={**real().tables, "studies": studies}), 2)
        assert f"reached in {reached} of 14 conditions" in describe_information_size(frame)


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("points", ["1 point", "2 points", "0.5 points"]),
        ("mmHg", ["1 mmHg", "2 mmHg", "0.5 mmHg"]),
    ],
)
def test_a_difference_has_the_unit_of_the_limits(unit: str, said: list[str]) -> None:
    limits = real().tables["limits"].assign(unit=unit)
    review = replace(real(), tables={**real().tables, "limits": limits})
    found = [information_size(review, difference)["goal"].iloc[0] for difference in (1, 2, 0.5)]
    assert found == said


def test_a_difference_without_a_unit_is_a_number() -> None:
    limits = real().tables["limits"].iloc[:0]
    review = replace(real(), tables={**real().tables, "limits": limits})
    assert set(information_size(review, 2, 2.2, 0.9, 0.05)["goal"]) == {"2"}


def test_input_is_unchanged() -> None:
    before = {name: table.copy() for name, table in real().tables.items()}
    draw(information_size(real()))
    for name, table in before.items():
        pd.testing.assert_frame_equal(real().tables[name], table)


def test_bars_are_complete_and_zeros_are_printed() -> None:
    bars = figure().data[0]
    assert list(bars.x) == [participants for _, participants, _ in SO_FAR.values()]
    assert list(bars.text) == [
        "90 people in 1 trial", "0", "200 people in 3 trials", "769 people in 10 trials", "0", "0",
        "≥ 189 people in 4 trials", "696 people in 8 trials", "158 people in 3 trials",
        "0", "0", "0", "0", "0",
    ]  # fmt: skip
    assert list(figure().layout.yaxis2.ticktext) == list(bars.text)
    assert list(figure().layout.yaxis.ticktext) == list(bars.customdata)
    assert bars.customdata[0] == "Sciatica"


def test_lines() -> None:
    lines = figure().data[1:]
    assert [line.name for line in lines] == ["54: to find 2 points", "206: to find 1 point"]
    assert [list(line.x) for line in lines] == [[54, 54], [206, 206]]
    assert [line.text[1].strip() for line in lines] == [line.name for line in lines]
    # The smaller number is labelled above, so that its line passes left of the other label.
    assert [line.y[1] for line in lines] == [-2, -1]
    assert len({line.line.dash for line in lines}) == 2


def test_a_larger_trial_makes_the_axis_longer() -> None:
    assert list(figure().layout.xaxis.range) == [0, 1000]
    drawn = draw(information_size(real(), 0.2))
    (line,) = drawn.data[1:]
    assert drawn.layout.xaxis.range[1] == 1.25 * line.x[0]
    assert line.textposition == "middle left"


@pytest.mark.parametrize("text", SELECTED)
@pytest.mark.parametrize("look", [style.SCREEN, style.TALK], ids=lambda look: look.name)
def test_a_filter_moves_nothing(text: str, look: style.Look) -> None:
    whole, part = figure("", look), figure(text, look)
    assert [trace.name for trace in part.data] == [trace.name for trace in whole.data]
    assert [trace.y for trace in part.data] == [trace.y for trace in whole.data]
    assert [trace.x for trace in part.data[1:]] == [trace.x for trace in whole.data[1:]]
    assert part.data[0].marker == whole.data[0].marker
    assert part.layout.xaxis == whole.layout.xaxis
    assert part.layout.yaxis == whole.layout.yaxis
    assert part.layout.margin == whole.layout.margin


def test_nothing_left_says_so() -> None:
    drawn = figure("subject=")
    assert drawn.layout.annotations[0].text == WIDEN
    assert drawn.layout.title.text
    assert list(drawn.data[0].text) == ["0"] * 14
    # Studies without a trial among them are not nothing.
    assert not figure("subject=animal").layout.annotations
    assert not figure().layout.annotations


def test_talk_has_no_small_text() -> None:
    def sizes(node: object) -> list[float]:
        if isinstance(node, dict):
            own = (
                [node["size"]] if "size" in node and "family" not in str(node.get("symbol")) else []
            )
            return own + [size for value in node.values() for size in sizes(value)]
        return [size for value in node for size in sizes(value)] if isinstance(node, list) else []

    drawn = json.loads(figure("", style.TALK).to_json())
    layout = {name: value for name, value in drawn["layout"].items() if name != "hoverlabel"}
    assert min(sizes([layout, drawn["data"]])) >= 24


def test_json_is_stable() -> None:
    first, second = (json.loads(figure().to_json()) for _ in range(2))
    assert first == second


def test_square_root_of_the_effect() -> None:
    # Half the difference takes about four times the people.
    few, many = (information_size(real(), d)["needed"].iloc[0] for d in (1, 0.5))
    assert sqrt(many / few) == pytest.approx(2, abs=0.01)
