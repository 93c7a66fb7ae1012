"""Selections: the text form, what is wrong with one, and the words for people."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.selection import NUMBERS, PLACES, Selection, SelectionError, options
from tests.real import real

FIELDS = (
    "subject, species, condition, design, randomised, placebo_controlled, route, compound, alone, "
    "domain, direction, source_level, cited_by, year_from, year_to, n_min, text"
)
HOSTILE = "a&b=c, 100% é\n"


def words(name: str) -> st.SearchStrategy[tuple[str, ...] | None]:
    known = [word for word, _ in options(real(), name)]
    return st.none() | st.lists(st.sampled_from(known), unique=True).map(tuple)


SELECTIONS = st.builds(
    Selection,
    **{name: words(name) for name in PLACES},
    year_from=st.none() | st.integers(1900, 2030),
    year_to=st.none() | st.integers(1900, 2030),
    n_min=st.none() | st.integers(0, 999_999_999),
    text=st.none() | st.text(),
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
        pytest.param("n_min=0", Selection(n_min=0), id="least number"),
        pytest.param("text=", Selection(text=""), id="no text"),
        pytest.param("text=Vitamin D", Selection(text="Vitamin D"), id="text typed by hand"),
        pytest.param("text=a=b", Selection(text="a=b"), id="equals sign in the text"),
        pytest.param("text=100%zz", Selection(text="100%zz"), id="percent sign that codes nothing"),
        pytest.param("text=50%25%26", Selection(text="50%&"), id="coded signs"),
        pytest.param(
            "species=rat&randomised=yes&compound=magnesium_oxide&direction=harm"
            "&source_level=registry&cited_by=A,B",
            Selection(
                species=("rat",),
                randomised=("yes",),
                compound=("magnesium_oxide",),
                direction=("harm",),
                source_level=("registry",),
                cited_by=("A", "B"),
            ),
            id="species to cited by",
        ),
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
            "route=oral&",
            f"'': expected FIELD=WORDS with a field of {FIELDS}",
            id="nothing after &",
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
        pytest.param(
            "year_to=२०००", "year_to: '२०००' is not a year of four digits", id="other digits"
        ),
        pytest.param("n_min=-1", "n_min: '-1' is not a whole number", id="number below 0"),
        pytest.param("n_min=1.5", "n_min: '1.5' is not a whole number", id="broken number"),
        pytest.param("n_min=", "n_min: '' is not a whole number", id="no number"),
        pytest.param(
            "n_min=1000000000", "n_min: '1000000000' is not a whole number", id="ten digits"
        ),
        pytest.param(
            "human&year_from=99&route=oral&route=diet&n_min=many&color=red",
            f"'human': expected FIELD=WORDS with a field of {FIELDS}\n"
            "year_from: '99' is not a year of four digits\n"
            "route: stands twice; put its words in one list with commas\n"
            "n_min: 'many' is not a whole number\n"
            f"'color=red': expected FIELD=WORDS with a field of {FIELDS}",
            id="all at once",
        ),
    ],
)
def test_parse_refuses(text: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.parse(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        pytest.param(Selection(), "", id="nothing"),
        pytest.param(Selection(subject=()), "subject=", id="no word"),
        pytest.param(
            Selection(text=HOSTILE, n_min=12, route=("oral", "diet")),
            "route=oral,diet&n_min=12&text=a%26b=c,%20100%25%20é%0A",
            id="hostile text, in the order of the fields",
        ),
        pytest.param(Selection(text="\u00a0\u2028"), "text=%C2%A0%E2%80%A8", id="other spaces"),
    ],
)
def test_text_form(selection: Selection, expected: str) -> None:
    assert str(selection) == expected
    assert Selection.parse(expected) == selection


ANY_WORDS = st.none() | st.lists(st.text(min_size=1), unique=True).map(tuple)
ANY = st.builds(
    Selection,
    **dict.fromkeys(PLACES, ANY_WORDS),
    year_from=st.none() | st.integers(0, 9999),
    year_to=st.none() | st.integers(0, 9999),
    n_min=st.none() | st.integers(0, 999_999_999),
    text=st.none() | st.text(),
)


@given(SELECTIONS)
def test_text_form_round_trips(selection: Selection) -> None:
    assert Selection.parse(str(selection)) == selection


@given(ANY)
def test_text_form_round_trips_with_any_words_on_one_line(selection: Selection) -> None:
    assert Selection.parse(str(selection)) == selection
    assert str(selection).isprintable()


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        pytest.param("year_from=0999", Selection(year_from=999), id="a year before 1000"),
        pytest.param("year_to=0000", Selection(year_to=0), id="the year 0"),
        pytest.param("species=a%2Cb,c%26d", Selection(species=("a,b", "c&d")), id="marks in words"),
        pytest.param("text=%E2%80%AEa%1B", Selection(text="\u202ea\x1b"), id="signs that steer"),
    ],
)
def test_text_form_of_the_rare(text: str, selection: Selection) -> None:
    assert str(selection) == text
    assert Selection.parse(text) == selection


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        pytest.param({"year_from": -1}, "year_from: -1 is not a year of four digits", id="below 0"),
        pytest.param(
            {"year_to": 10_000}, "year_to: 10000 is not a year of four digits", id="five digits"
        ),
        pytest.param({"n_min": -1}, "n_min: -1 is not a whole number", id="number below 0"),
        pytest.param(
            {"text": "a\ud800\n"}, r"text: 'a\ud800\n' holds half a sign; type it again", id="half"
        ),
        pytest.param(
            {"year_from": -1, "species": ("rat", "\udcff"), "text": "\udcff"},
            "year_from: -1 is not a year of four digits\n"
            r"species: '\udcff' holds half a sign; type it again"
            "\n"
            r"text: '\udcff' holds half a sign; type it again",
            id="all at once",
        ),
    ],
)
def test_what_has_no_text_form_is_refused(asked: dict[str, Any], message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection(**asked)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a\nb", rf"'a\nb': expected FIELD=WORDS with a field of {FIELDS}", id="lines"),
        pytest.param(
            "\u202e=1", rf"'\u202e=1': expected FIELD=WORDS with a field of {FIELDS}", id="steers"
        ),
        pytest.param(
            "text=a\udcff", r"text: 'a\udcff' holds half a sign; type it again", id="half a sign"
        ),
        pytest.param(
            "n_min=" + "9" * 5000,
            f"n_min: '{'9' * 59}…' is not a whole number",
            id="a number without end",
        ),
    ],
)
def test_what_is_refused_is_quoted_on_one_line(text: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        Selection.parse(text)
    assert str(caught.value) == message


def test_check_names_every_unknown_word() -> None:
    chosen = "subject=man,human&alone=maybe&cited_by=C&source_level=rumour&n_min=9&text=man"
    with pytest.raises(SelectionError) as caught:
        Selection.parse(chosen).check(real())
    assert str(caught.value) == (
        "subject: 'man' is not one of human, animal, in_vitro, review\n"
        "alone: 'maybe' is not one of yes, no, not_reported\n"
        "source_level: 'rumour' is not one of full_text, abstract, secondary, registry\n"
        "cited_by: 'C' is not one of A, B, search"
    )


def test_selection_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Selection().subject = ("human",)  # type: ignore[misc]


def test_every_field_has_a_place_or_is_a_number_or_the_text() -> None:
    assert ", ".join(field.name for field in fields(Selection)) == FIELDS
    assert FIELDS.split(", ") == [*PLACES, *NUMBERS, "text"]


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
        pytest.param("n_min=30", "Number studied: 30 or more", id="least number"),
        pytest.param("text=leg  pain", "With the words “leg  pain”", id="text"),
        pytest.param(
            "species=rat&randomised=no&compound=magnesium_sulfate",
            "Species: Rat; Randomised: No; Compound: Magnesium sulfate, hydrate not stated",
            id="species, randomised, compound",
        ),
        pytest.param(
            "direction=not_reported&source_level=secondary&cited_by=B",
            "Direction: Not reported; Source level: Secondary page; Cited by: Article B",
            id="direction, source level, cited by",
        ),
    ],
)
def test_describe(text: str, expected: str) -> None:
    assert Selection.parse(text).describe(real()) == expected


# As they stand in datapackage.json, species.csv and compounds.csv.
@pytest.mark.parametrize(
    ("name", "first", "last", "size"),
    [
        pytest.param("subject", ("human", "Human"), ("review", "Review"), 4, id="always filled"),
        pytest.param(
            "species",
            ("human", "Human"),
            ("not_reported", "Not reported or none"),
            8,
            id="from another table, with empty cells",
        ),
        pytest.param(
            "compound",
            ("magnesium", "Elemental magnesium"),
            ("not_reported", "Not reported or none"),
            35,
            id="from another table, of arms",
        ),
        pytest.param(
            "route",
            ("oral", "By mouth"),
            ("not_reported", "Not reported or none"),
            15,
            id="of arms",
        ),
        pytest.param(
            "randomised",
            ("yes", "Yes"),
            ("not_reported", "Not reported or none"),
            3,
            id="yes or no",
        ),
        pytest.param(
            "domain",
            ("pain_intensity", "Pain intensity"),
            ("not_reported", "Not reported or none"),
            17,
            id="always filled, but not every study has an outcome",
        ),
        pytest.param(
            "direction",
            ("benefit", "Benefit"),
            ("not_reported", "Not reported"),
            5,
            id="has the word itself",
        ),
        pytest.param("cited_by", ("A", "Article A"), ("search", "Our search"), 3, id="cited by"),
    ],
)
def test_options(name: str, first: tuple[str, str], last: tuple[str, str], size: int) -> None:
    found = options(real(), name)
    assert (found[0], found[-1], len(found)) == (first, last, size)


def test_a_word_that_nobody_knows_describes_itself() -> None:
    assert Selection(subject=("human", "martian")).describe(real()) == "Subject: Human or martian"


def test_only_the_signs_that_end_a_field_are_coded() -> None:
    assert str(Selection(subject=("X, Y",), text="X & Y")) == "subject=X%2C%20Y&text=X%20%26%20Y"
