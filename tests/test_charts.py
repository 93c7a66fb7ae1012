"""Figures: what is drawn from a table, and that a filter moves no colour, place or trace."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pytest

from review import charts, evidence, style
from review.charts.parts import WIDEN, apart, seen
from tests.real import real, selected
from tests.synthetic import of_rows

NAMES = ("coverage", "funnel")
SELECTIONS = ("", "subject=human", "condition=sciatica", "subject=")


def figure(name: str, text: str = "") -> go.Figure:
    frame = getattr(evidence, name)(selected(text))
    drawn: go.Figure = getattr(charts, name)(frame, "a subtitle")
    return drawn


def test_coverage_draws_every_cell() -> None:
    drawn = figure("coverage")
    assert [trace.name for trace in drawn.data] == ["Human", "Animal", "In vitro", "Review"]
    human = [row[0].split("<br>")[0] for row in drawn.data[0].text]
    assert human == [
        "<b>6</b>", "0", "<b>9</b>", "<b>23</b>", "0", "<b>6</b>", "<b>6</b>", "<b>8</b>",
        "<b>5</b>", "0", "<b>1</b>", "0", "0", "0",
    ]  # fmt: skip
    assert [row[0] for row in drawn.data[2].text] == ["0"] * 4 + ["<b>3</b>"] + ["0"] * 9


def test_coverage_says_trials_and_people_in_the_first_column() -> None:
    cells = figure("coverage").data[0].text
    assert "3 randomised, 255 people" in cells[0][0]
    assert "5 randomised, ≥ 239 people" in cells[6][0]
    assert "0 randomised, 0 people" in cells[5][0]


def test_funnel_draws_bars_and_marks_the_zeros() -> None:
    bars, none = figure("funnel").data
    assert list(bars.x) == [143, 64, 6, 3, 1, 0, 0]
    assert bars.text[4] == "  <b>1</b> study, 1 randomised, 90 people"
    assert bars.text[6] == "    <b>0</b> studies"
    assert list(none.y) == ["Magnesium alone", "Taken by mouth"]
    assert list(none.x) == [0, 0]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", SELECTIONS)
def test_a_filter_moves_nothing(name: str, text: str) -> None:
    whole, part = figure(name), figure(name, text)
    assert [trace.name for trace in part.data] == [trace.name for trace in whole.data]
    for one, other in zip(part.data, whole.data, strict=True):
        if one.name != "None":
            assert one.y == other.y
        assert one.marker == other.marker if one.type != "heatmap" else True
        assert getattr(one, "colorscale", None) == getattr(other, "colorscale", None)
    assert part.layout.xaxis.ticktext == whole.layout.xaxis.ticktext


@pytest.mark.parametrize("name", NAMES)
def test_nothing_left_says_so(name: str) -> None:
    drawn = figure(name, "subject=")
    assert drawn.layout.annotations[0].text == WIDEN
    assert drawn.layout.title.text
    assert not figure(name).layout.annotations


@pytest.mark.parametrize("name", NAMES)
def test_title_and_subtitle(name: str) -> None:
    title, subtitle = figure(name).layout.title.text.split("<br>")
    assert title
    assert subtitle == "<span style='font-size:13px'>a subtitle</span>"


@pytest.mark.parametrize("name", NAMES)
def test_json_is_stable(name: str) -> None:
    first, second = (json.loads(figure(name).to_json()) for _ in range(2))
    assert first == second


def test_drawing_changes_no_default() -> None:
    before = plotly.io.templates.default
    figure("coverage")
    assert plotly.io.templates.default == before


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (10_000, 3)]
)
def test_tints_are_for_fixed_counts(count: int, expected: int) -> None:
    assert style.bin_of(count) == expected


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("hue", [*style.HUES, *style.DIRECTION_HUES[:-1]])
def test_text_on_every_tint_has_contrast(hue: str) -> None:
    # WCAG 2.2, success criterion 1.4.3: at least 4.5 to 1.
    for _, colour in style.tints(hue):
        light, dark = _luminance(str(colour)), _luminance(style.INK)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_empty_is_white_and_nothing_else_is() -> None:
    colours = [colour for _, colour in style.tints(style.HUES[0])]
    assert colours[0] == colours[1] == style.EMPTY
    assert style.EMPTY not in colours[2:]


def test_two_rows_of_the_same_words_are_two() -> None:
    assert apart(["a", "b", "a", "a"]) == ["a", "b", "a\u200b", "a\u200b\u200b"]
    frame = evidence.funnel(real()).assign(label="The same", studies=3)
    bars = charts.funnel(frame).data[0]
    assert len(set(bars.y)) == len(frame)
    trials = evidence.trials(real()).assign(
        citation="Doe 2000", n_total=9, routes="x", comparators="y"
    )
    names = charts.trials(trials).layout.yaxis.categoryarray
    assert len(set(names)) == trials["study"].nunique()


@pytest.mark.parametrize("name", ["coverage", "funnel", "directions", "claims", "dots", "trials"])
def test_words_that_look_like_numbers_are_words(name: str) -> None:
    axis = figure(name).layout.yaxis
    assert axis.type == "category"


# Places in percent of the plot's width. Four steps begin at 0, 25, 50 and 75 percent.
@pytest.mark.parametrize(
    ("lows", "highs", "left"),
    [
        pytest.param([0, 25, 50, 75], [0, 25, 50, 75], [0, 1, 2, 3], id="a step each"),
        pytest.param([0, 12, 24, 25], [0, 12, 24, 25], [0, 3], id="the first of a step"),
        pytest.param([24, 25], [24, 25], [0, 1], id="close, in two steps"),
        pytest.param([0, 0, 0], [24, 60, 74], [0, 1], id="lines that end elsewhere"),
        pytest.param([75, 10, 80], [80, 15, 75], [0, 1], id="in any order"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_marks_on_one_another_are_drawn_once(
    lows: list[int], highs: list[int], left: list[int]
) -> None:
    marks = pd.DataFrame({"row": ["a"] * len(lows), "low": lows, "high": highs})
    ends = [marks["low"] / 100, marks["high"] / 100]
    assert list(seen(marks, ["row"], ends, 4).index) == left


def test_marks_of_other_rows_and_traces_are_no_cover() -> None:
    marks = pd.DataFrame({"row": [*"aabba"], "trace": [*"xyxyx"], "at": [0.0] * 5})
    assert list(seen(marks, ["row", "trace"], [marks["at"]], 10).index) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("width", "slots"),
    [
        # The marks have 0.56 of the width: 112 px for 100 marks, then 28, so one in four is seen.
        pytest.param(200, list(range(100)), id="room for each"),
        pytest.param(50, [-(-100 * step // 28) for step in range(28)], id="more than pixels"),
    ],
)
def test_dots_are_drawn_once_in_a_pixel(width: int, slots: list[int]) -> None:
    frame = evidence.dots(of_rows([0] * 100))
    drawn = charts.dots(frame, look=replace(style.TALK, width=width))
    (trace,) = [trace for trace in drawn.data if trace.x[0] is not None]
    assert list(trace.x) == slots
    assert list(trace.customdata) == [f"s{slot:06d}" for slot in slots]
    assert drawn.layout.xaxis.range == (-0.7, 100)
    assert evidence.describe("dots", frame).startswith("One mark for each of 100 studies")
