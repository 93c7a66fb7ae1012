"""Selections: text form, words for people, and what is left of a review."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.facets import select
from review.selection import PLACES, Selection, SelectionError, options
from tests.real import real, selected

FIELDS = "subject, condition, design, placebo_controlled, route, alone, domain, year_from, year_to"


def words(name: str) -> st.SearchStrategy[tuple[str, ...] | None]:
    known = [word for word, _ in options(real(), name)]
    return st.none() | st.lists(st.sampled_from(known), unique=True).map(tuple)


SELECTIONS = st.builds(
    Selection,
    **{name: words(name) for name in PLACES},
    year_from=st.none() | st.integers(1900, 2030),
    year_to=st.none() | st.integers(1900, 2030),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", Selection(), id="nothing"),
        pytest.param("subject=human", Selection(subject=("human",)), id="one word"),
        pytest.param(
            "route=oral,diet&subject=human",
            Selection(subject=("human",), route=("oral", "diet")),
            id="several fields in any order",
        ),
        pytest.param("subject=", Selection(subject=()), id="no word at all"),
        pytest.param(
            "year_from=2000&year_to=2010", Selection(year_from=2000, year_to=2010), id="years"
        ),
        pytest.param(" subject=human\n", Selection(subject=("human",)), id="spaces around"),
        pytest.param("route=oral,oral", Selection(route=("oral",)), id="a word twice"),
    ],
)
def test_parse(text: str, expected: Selection) -> None:
    assert Selection.parse(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "colour=red",
            f"'colour=red': expected FIELD=WORDS with a field of {FIELDS}",
            id="unknown field",
        ),
        pytest.param(
            "human", f"'human': expected FIELD=WORDS with a field of {FIELDS}", id="no equals sign"
        ),
        pytest.param(
            "route=oral&route=diet",
            "route: stands twice; put its words in one list with commas",
            id="a field twice",
        ),
        pytest.param(
            "year_from=soon", "year_from: 'soon' is not a year of four digits", id="no year"
        ),
        pytest.param("year_to=", "year_to: '' is not a year of four digits", id="empty year"),
    ],
)
def test_parse_refuses(text: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.parse(text)
    assert str(caught.value) == message


def test_select_names_every_unknown_word() -> None:
    with pytest.raises(SelectionError) as caught:
        selected("subject=man,human&alone=maybe")
    assert str(caught.value) == (
        "subject: 'man' is not one of human, animal, in_vitro, review\n"
        "alone: 'maybe' is not one of yes, no, not_reported"
    )


@given(SELECTIONS)
def test_text_form_round_trips(selection: Selection) -> None:
    assert Selection.parse(str(selection)) == selection


def test_selection_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Selection().subject = ("human",)  # type: ignore[misc]


def test_every_field_has_a_place_or_is_a_year() -> None:
    assert ", ".join(field.name for field in fields(Selection)) == FIELDS
    assert set(FIELDS.split(", ")) == {*PLACES, "year_from", "year_to"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", "Every cited study", id="nothing"),
        pytest.param(
            "subject=human&condition=sciatica,low_back_pain",
            "Subject: Human; Condition: Sciatica or Low back pain",
            id="labels",
        ),
        pytest.param("subject=", "Subject: none", id="no word"),
        pytest.param(
            "route=oral,not_reported&alone=yes",
            "Route: By mouth or Not reported or none; Magnesium alone: Yes",
            id="not reported",
        ),
        pytest.param("year_from=2000&year_to=2010", "2000 or later; 2010 or earlier", id="years"),
    ],
)
def test_describe(text: str, expected: str) -> None:
    assert Selection.parse(text).describe(real()) == expected


# Counted in the CSV files with a spreadsheet's filter, not with the package.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 143, id="everything"),
        pytest.param("subject=", 0, id="nothing"),
        pytest.param("subject=human", 64, id="human"),
        pytest.param("subject=human,animal", 117, id="any word of a field"),
        pytest.param("subject=human&condition=sciatica", 6, id="all fields together"),
        pytest.param("route=oral", 33, id="an arm by mouth"),
        pytest.param("route=oral&subject=human", 23, id="people, by mouth"),
        pytest.param("route=not_reported", 38, id="route unknown in 5, no arm in 33"),
        pytest.param("design=not_reported", 1, id="design unknown"),
        pytest.param("design=randomised_parallel,randomised_crossover", 38, id="randomised"),
        pytest.param("domain=sleep_or_stress", 17, id="an outcome"),
        pytest.param("domain=not_reported", 2, id="no outcome"),
    ],
)
def test_select_counts(text: str, expected: int) -> None:
    assert len(selected(text).studies) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("year_from=2024&subject=human&condition=sciatica", 3, id="from"),
        pytest.param("year_to=2008&subject=human&condition=sciatica", 1, id="to"),
        pytest.param("year_from=2020&year_to=2022&subject=human&condition=sciatica", 2, id="both"),
    ],
)
def test_years_include_their_ends(text: str, expected: int) -> None:
    # cabreales2008, nct04532775 (2020), fathy2022, imani2024, rapm49a144 (2024), raouf2025
    assert len(selected(text).studies) == expected


def test_route_and_alone_hold_for_the_same_arm() -> None:
    # raouf2025 gave magnesium into the epidural space with a steroid, so not alone.
    one_study = "subject=human&condition=sciatica&year_from=2025"
    assert list(selected(f"{one_study}&route=epidural").studies["study"]) == ["raouf2025"]
    assert selected(f"{one_study}&route=epidural&alone=yes").studies.empty


def test_control_arms_do_not_count_as_a_route() -> None:
    # padave2023 and thakker2025 rubbed magnesium on the skin; nobody swallowed any.
    assert "padave2023" not in set(selected("route=oral").studies["study"])


@given(SELECTIONS)
def test_what_is_left_belongs_together(selection: Selection) -> None:
    left = select(real(), selection)
    keys = set(left.studies["study"])
    assert set(left.references) == keys
    for name in ("arms", "outcomes", "sources"):
        whole = real().tables[name]
        pd.testing.assert_frame_equal(
            left.tables[name], whole[whole["study"].isin(keys)].reset_index(drop=True)
        )
    assert left.whole == 143


@given(SELECTIONS, SELECTIONS)
def test_selecting_twice_leaves_what_both_select(first: Selection, second: Selection) -> None:
    both = set(select(real(), first).studies["study"]) & set(
        select(real(), second).studies["study"]
    )
    assert set(select(select(real(), first), second).studies["study"]) == both


def test_options_are_the_vocabulary_and_not_reported_where_it_can_be() -> None:
    assert [word for word, _ in options(real(), "subject")] == [
        "human",
        "animal",
        "in_vitro",
        "review",
    ]
    assert options(real(), "alone") == (
        ("yes", "Yes"),
        ("no", "No"),
        ("not_reported", "Not reported or none"),
    )
    assert options(real(), "route")[0] == ("oral", "By mouth")
    assert options(real(), "route")[-1] == ("not_reported", "Not reported or none")
