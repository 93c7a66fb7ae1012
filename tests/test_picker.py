"""The choice of a figure, and what can be set for the one that is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from review import evidence
from review.charts import TITLES
from review.figures import NAMES, draw
from review.picker import Picker
from tests.real import real


def picked(name: str) -> tuple[Picker, list[str]]:
    told: list[str] = []
    picker = Picker(real(), name, lambda: told.append(picker.name))
    return picker, told


def settings(picker: Picker) -> dict[str, Any]:
    """Return what can be set now, by label; nothing where nothing can be set."""
    return {
        field.description: field
        for box in picker._place.children
        for field in box.children
        if field.description
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_can_be_chosen(name: str) -> None:
    picker, told = picked("funnel" if name != "funnel" else "coverage")
    picker._names.value = name
    assert (picker.name, told) == (name, [name])
    figure, alt = draw(real(), picker.name, **picker.asked)
    assert figure.layout.title.text.startswith(TITLES[name])
    assert alt


def test_figures_are_chosen_by_title() -> None:
    picker, _ = picked("claims")
    assert dict(picker._names.options) == {title: name for name, title in TITLES.items()}
    assert (picker.name, picker._names.label) == ("claims", TITLES["claims"])


@pytest.mark.parametrize("name", NAMES)
def test_settings_come_with_their_figure_only(name: str) -> None:
    expected = {
        "directions": [
            "Placebo", "Untreated", "Diet", "Other treatment", "Other dose", "Before and after",
            "Association", "Unclear",
        ],
        "information_size": ["Difference to find", "Standard deviation", "Power"],
    }  # fmt: skip
    picker, _ = picked(name)
    assert list(settings(picker)) == expected.get(name, [])
    assert bool(picker.asked) == (name in expected)


def test_settings_stay_while_another_figure_is_shown() -> None:
    picker, _ = picked("directions")
    settings(picker)["Diet"].value = False
    picker._names.value = "funnel"
    assert (settings(picker), picker.asked) == ({}, {})
    picker._names.value = "directions"
    assert picker.asked == {"comparators": ["placebo", "untreated"]}


def test_what_was_set_otherwise_is_kept_for_each_figure() -> None:
    picker, _ = picked("directions")
    assert picker.changed == {}
    settings(picker)["Diet"].value = False
    picker._names.value = "information_size"
    settings(picker)["Difference to find"].value = 1.0
    assert picker.changed == {
        "directions": {"comparators": ["placebo", "untreated"]},
        "information_size": {"difference": 1.0},
    }
    settings(picker)["Difference to find"].value = 0.0
    picker._names.value = "directions"
    settings(picker)["Diet"].value = True
    assert picker.changed == {}


def votes(picker: Picker) -> dict[str, int]:
    frame = evidence.directions(real(), **picker.asked)
    by_direction = frame.groupby("direction", observed=False)["studies"].sum()
    return {str(word): int(studies) for word, studies in by_direction.items()}


# One vote per study and domain, counted in outcomes.csv among the rows with exposure "given".
@pytest.mark.parametrize(
    ("ticked", "expected"),
    [
        pytest.param(["Placebo", "Untreated", "Diet"], (75, 45, 5, 28, 16), id="as at first"),
        pytest.param(["Other treatment"], (4, 7, 2, 1, 3), id="other treatment"),
        pytest.param(["Other dose"], (3, 2, 1, 0, 1), id="other dose"),
        pytest.param(["Diet"], (11, 0, 0, 0, 0), id="diet"),
        pytest.param(
            ["Placebo", "Untreated", "Diet", "Other treatment"], (78, 51, 7, 30, 19), id="one more"
        ),
        pytest.param([], (0, 0, 0, 0, 0), id="none"),
    ],
)
def test_comparators_change_the_votes(ticked: list[str], expected: tuple[int, ...]) -> None:
    picker, _ = picked("directions")
    for label, box in settings(picker).items():
        box.value = label in ticked
    names = ("benefit", "no_difference", "harm", "mixed", "not_reported")
    assert votes(picker) == dict(zip(names, expected, strict=True))


def test_each_box_tells_of_its_change() -> None:
    picker, told = picked("directions")
    boxes = settings(picker)
    assert [label for label, box in boxes.items() if box.value] == ["Placebo", "Untreated", "Diet"]
    boxes["Placebo"].value = False
    boxes["Unclear"].value = True
    assert told == ["directions", "directions"]
    assert picker.asked == {"comparators": ["untreated", "diet", "unclear"]}


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        pytest.param("fee $5 for A and $10", "fee \uff045 for A and \uff0410", id="dollars"),
        pytest.param(r"\(x\) \begin{x}", "\uff3c(x\uff3c) \uff3cbegin{x}", id="backslashes"),
        pytest.param("<b onclick=alert(1)>A</b> & B", "<b onclick=alert(1)>A</b> & B", id="HTML"),
    ],
)
def test_a_label_is_text_and_no_mathematics(label: str, shown: str) -> None:
    package = real().package
    column = package.column("outcomes.comparator")
    words = tuple(replace(word, label=label) for word in column.words)
    table = package.tables["outcomes"]
    others = tuple(one for one in table.fields if one.name != column.name)
    fields = (*others, replace(column, words=words))
    tables = {**package.tables, "outcomes": replace(table, fields=fields)}
    review = replace(real(), package=replace(package, tables=tables))
    boxes = settings(Picker(review, "directions", lambda: None))
    assert set(boxes) == {shown}
    assert not any(box.description_allow_html for box in boxes.values())


def needed(picker: Picker) -> list[int]:
    figure, _ = draw(real(), "information_size", **picker.asked)
    return [int(trace.x[0]) for trace in figure.data if trace.type == "scatter"]


def test_sizes_start_with_what_the_limits_say() -> None:
    # limits.csv: differences 2 and 1, standard deviation 2.2, power 0.9
    picker, _ = picked("information_size")
    assert picker.asked == {"difference": None, "sd": 2.2, "power": 0.9}
    assert settings(picker)["Difference to find"].label == "2 points and 1 point"
    assert needed(picker) == list(
        evidence.information_size(real()).drop_duplicates("difference")["needed"]
    )


# Twice the sizes of a group in Cohen's tables (1988, table 2.4.1), two-sided at 0.05.
@pytest.mark.parametrize(
    ("difference", "sd", "power", "expected"),
    [
        pytest.param(1.0, 2.0, 0.8, 2 * 64, id="medium"),
        pytest.param(1.0, 2.0, 0.9, 2 * 86, id="more power"),
        pytest.param(2.0, 2.5, 0.8, 2 * 26, id="large"),
        pytest.param(0.5, 2.5, 0.8, 2 * 394, id="small"),
    ],
)
def test_numbers_change_what_a_trial_needs(
    difference: float, sd: float, power: float, expected: int
) -> None:
    picker, told = picked("information_size")
    fields = settings(picker)
    fields["Difference to find"].value = difference
    fields["Standard deviation"].value = sd
    fields["Power"].value = power
    assert needed(picker) == [expected]
    frame = evidence.information_size(real(), difference=difference, sd=sd, power=power)
    assert set(frame["needed"]) == {expected}
    assert set(told) == {"information_size"}


def test_choices_lie_around_what_the_limits_say() -> None:
    picker, _ = picked("information_size")
    assert [value for _, value in settings(picker)["Difference to find"].options] == [
        0.0, 0.5, 1.0, 1.5, 2.0, 3.0,
    ]  # fmt: skip
    assert settings(picker)["Standard deviation"].step == 0.1


def test_another_scale_has_choices_of_its_own() -> None:
    limits = real().tables["limits"]
    tenfold = limits["value"].where(~limits["use"].isin(["difference", "sd"]), limits["value"] * 10)
    review = replace(real(), tables={**real().tables, "limits": limits.assign(value=tenfold)})
    fields = settings(Picker(review, "information_size", lambda: None))
    assert [value for _, value in fields["Difference to find"].options] == [
        0.0, 5.0, 10.0, 15.0, 20.0, 30.0,
    ]  # fmt: skip
    sd = fields["Standard deviation"]
    assert (sd.value, sd.step, sd.min, sd.max) == (22.0, 1, 1, 1000)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [pytest.param(0.0, 0.1, id="too small"), pytest.param(1000.0, 100.0, id="too large")],
)
def test_the_standard_deviation_stays_in_its_bounds(typed: float, expected: float) -> None:
    picker, _ = picked("information_size")
    settings(picker)["Standard deviation"].value = typed
    assert picker.asked["sd"] == expected


def test_the_boxes_have_the_descriptions_of_the_dictionary() -> None:
    picker, _ = picked("directions")
    assert settings(picker)["Before and after"].tooltip == "Within one group."
