"""What a selection leaves and what each word would leave, recounted from the files."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.facets import STROKED, Facets, _coded, _plain, select
from review.selection import PLACES, Selection, SelectionError, options
from tests import recount
from tests.real import real, selected
from tests.synthetic import of_rows
from tests.test_selection import SELECTIONS

FACETS = Facets(real())


def keys(text: str) -> list[str]:
    return sorted(selected(text).studies["study"])


# Counted in the CSV files with a spreadsheet's filter, not with the package.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", 143, id="everything"),
        pytest.param("subject=", 0, id="nothing"),
        pytest.param("subject=human", 64, id="human"),
        pytest.param("subject=human,animal", 117, id="any word of a field"),
        pytest.param("subject=human&condition=sciatica", 6, id="all fields together"),
        pytest.param("species=rat", 42, id="species"),
        pytest.param("species=not_reported", 7, id="species unknown"),
        pytest.param("randomised=yes", 47, id="chance assigned"),
        pytest.param("randomised=not_reported", 78, id="not stated whether chance assigned"),
        pytest.param("route=oral", 33, id="an arm by mouth"),
        pytest.param("route=oral&subject=human", 23, id="people, by mouth"),
        pytest.param("route=not_reported", 38, id="route unknown in 5, no arm in 33"),
        pytest.param("compound=magnesium_l_threonate", 7, id="compound"),
        pytest.param("compound=not_reported", 56, id="compound unknown in 23, no arm in 33"),
        pytest.param("design=not_reported", 1, id="design unknown"),
        pytest.param("design=randomised_parallel,randomised_crossover", 38, id="randomised"),
        pytest.param("domain=sleep_or_stress", 17, id="an outcome"),
        pytest.param("domain=not_reported", 2, id="no outcome"),
        pytest.param("direction=harm", 17, id="a direction"),
        pytest.param("direction=not_reported", 29, id="no result seen in 27, no outcome in 2"),
        pytest.param("source_level=secondary", 4, id="source level"),
        pytest.param("cited_by=A", 0, id="article A cites nothing"),
        pytest.param("n_min=0", 84, id="59 give no number"),
        pytest.param("n_min=353", 14, id="the number itself is enough"),
        pytest.param("n_min=354", 13, id="one more is too many"),
        pytest.param("text=", 143, id="no word to look for"),
    ],
)
def test_counted_by_hand(text: str, expected: int) -> None:
    assert len(selected(text).studies) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("cited_by=B", ["pan2011", "zhang2021"], id="cited by"),
        # fathy2022 had 135 people, imani2024 30 and raouf2025 90.
        pytest.param(
            "year_from=2024&n_min=90&design=randomised_parallel&condition=sciatica",
            ["raouf2025"],
            id="year and number",
        ),
        pytest.param("source_level=registry", ["morel2018", "nct04532775"], id="source level"),
        pytest.param(
            "compound=magnesium_oxide",
            ["abbasi2012", "held2002", "roguinmaor2017", "usuhs1999"],
            id="compound",
        ),
    ],
)
def test_read_by_hand(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


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


@pytest.mark.parametrize(
    ("one", "other", "study"),
    [
        # Gave magnesium into the epidural space with a steroid, so not alone.
        pytest.param("route=epidural", "alone=no", "raouf2025", id="an arm that has both"),
        # First sulfate into a vein, then oxide and gluconate by mouth.
        pytest.param("compound=magnesium_sulfate", "route=intravenous", "yousef2013", id="as well"),
        pytest.param("domain=pain_intensity", "direction=harm", "karasawa1998", id="an outcome"),
    ],
)
def test_one_row_can_have_both(one: str, other: str, study: str) -> None:
    assert study in keys(f"{one}&{other}")


@pytest.mark.parametrize(
    ("one", "other", "study"),
    [
        pytest.param("compound=magnesium_sulfate", "route=oral", "yousef2013", id="arms"),
        # The harm was an adverse event; the pain was no different or mixed.
        pytest.param("domain=pain_intensity", "direction=harm", "vormann2001", id="outcomes"),
    ],
)
def test_two_rows_do_not_make_one(one: str, other: str, study: str) -> None:
    assert study in keys(one)
    assert study in keys(other)
    assert study not in keys(f"{one}&{other}")


def test_arms_and_outcomes_are_counted_apart() -> None:
    # Nothing ties an outcome to an arm, so fields of both may hold for any pair of rows.
    assert "yousef2013" in keys("route=oral&domain=pain_intensity")


def test_control_arms_do_not_count_as_a_route() -> None:
    # padave2023 and thakker2025 rubbed magnesium on the skin; nobody swallowed any.
    assert "padave2023" not in keys("route=oral")


@pytest.mark.parametrize(
    ("text", "study"),
    [
        pytest.param("dexamethasone VERSUS magnesium", "ahmed2020", id="title"),
        pytest.param("abbasi kimiagar", "abbasi2012", id="authors"),
        pytest.param("open anesthesiology journal", "ahmed2020", id="journal"),
        pytest.param("look-alike", "ahmed2020", id="remarks"),
        pytest.param("Abbasi mah2021", "abbasi2012", id="authors and remarks"),
        pytest.param("araujo leao", "araujo2020", id="accents left out"),
        pytest.param("ARAÚJO", "araujo2020", id="accents and capitals"),
        pytest.param("zárate", "frusso1999", id="accents given"),
        pytest.param("中国脊柱", "fan2004", id="other scripts"),
    ],
)
def test_text_is_found(text: str, study: str) -> None:
    assert study in select(real(), Selection(text=text)).studies["study"].tolist()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("abbasi dexamethasone", id="words of two studies"),
        pytest.param("lidocaine|ketamine", id="no choice of words"),
        pytest.param("magnesi.m", id="no sign for any letter"),
        pytest.param("araujo2020", id="keys are not searched"),
    ],
)
def test_text_is_not_found(text: str) -> None:
    assert keys(f"text={text}") == []


def test_text_and_number_of_made_up_studies() -> None:
    studies = (
        real()
        .studies.head(3)
        .assign(
            title=pd.Series(["Søvn: ČAJ [a+b] 5 %", None, "ﬁbre"], dtype="str"),
            remarks=pd.Series([None, None, None], dtype="str"),
            n_total=pd.Series([7, None, 0], dtype="Int64"),
        )
    )
    facets = Facets(replace(real(), tables={**real().tables, "studies": studies}))
    expected = {
        Selection(text="caj"): [True, False, False],
        Selection(text="[a+b]  5\n%"): [True, False, False],
        Selection(text="FIBRE"): [False, False, True],
        Selection(text="nan"): [False, False, False],
        Selection(n_min=0): [True, False, True],
        Selection(n_min=1): [True, False, False],
        Selection(n_min=8): [False, False, False],
    }
    assert {chosen: facets.mask(chosen).tolist() for chosen in expected} == expected


def whole(text: str) -> str:
    """Return a text without case and accents, taken apart as a whole."""
    parts = unicodedata.normalize("NFKD", text).casefold().translate(STROKED)
    return "".join(part for part in parts if not unicodedata.combining(part))


@given(st.text(max_size=20) | st.text("aΣ\u03c3ςİ\u0131ßéŁøDž\u0301\u0345 ", max_size=8))
def test_a_text_taken_apart_by_letters_is_what_it_is_as_a_whole(text: str) -> None:
    assert _plain(text) == whole(text)


def test_an_empty_cell_is_not_reported_wherever_that_word_stands() -> None:
    cells = pd.Series([None, "a", "not_reported"], dtype="str")
    assert _coded(cells, ["not_reported", "a"]).tolist() == [0, 1, 0]
    assert _coded(cells, ["a", "not_reported"]).tolist() == [1, 0, 1]


def test_unknown_words_are_all_named() -> None:
    with pytest.raises(SelectionError) as caught:
        select(real(), Selection(cited_by=("C",), alone=("maybe",)))
    assert str(caught.value) == (
        "alone: 'maybe' is not one of yes, no, not_reported\n"
        "cited_by: 'C' is not one of A, B, search"
    )


# Few fields at a time, or hardly a study is ever left.
def some(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    known = [word for word, _ in options(real(), name)]
    return st.lists(st.sampled_from(known), unique=True).map(tuple)


VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    **{name: some(name) for name in PLACES},
    "year_from": st.integers(1990, 2026),
    "year_to": st.integers(1990, 2026),
    "n_min": st.integers(0, 400),
    "text": st.sampled_from(["magnesium", "RÁT pain", "gonzalez", "trial no", "& ", "zzz", "é"]),
}
FEW = st.lists(st.sampled_from(sorted(VALUES)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in names})
)


def left(chosen: Mapping[str, Any]) -> list[str]:
    """Return the keys of the studies left, found again in the files, in their order."""
    found = {study["study"] for study in recount.left(dict(chosen))}
    return [row["study"] for row in recount.rows("studies") if row["study"] in found]


@given(FEW)
def test_mask_agrees_with_the_files(chosen: dict[str, Any]) -> None:
    mask = FACETS.mask(Selection(**chosen))
    assert real().studies["study"][mask].tolist() == left(chosen)


def counted(chosen: Mapping[str, Any], times: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return for each word of each field the studies that it leaves, each so many times."""
    return {
        name: {
            word: sum(times[study] for study in left({**chosen, name: (word,)}))
            for word, _ in options(real(), name)
        }
        for name in PLACES
    }


@settings(max_examples=12)
@given(FEW)
def test_counts_agree_with_the_files(chosen: dict[str, Any]) -> None:
    once = Counter(real().studies["study"])
    assert FACETS.counts(Selection(**chosen)) == counted(chosen, once)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="everything"),
        pytest.param("subject=human&route=oral&alone=yes&direction=benefit", id="two of the arms"),
        pytest.param("species=rat&n_min=10&compound=not_reported&text=pain", id="number and text"),
    ],
)
def test_counts_of_2000_studies(text: str) -> None:
    drawn = np.random.default_rng(2).integers(0, len(real().studies), 2000).tolist()
    times = Counter(real().studies["study"].iloc[drawn])
    selection = Selection.parse(text)
    facets, chosen = Facets(of_rows(drawn)), dict(selection.given())
    assert facets.counts(selection) == counted(chosen, times)
    assert facets.mask(selection).sum() == sum(times[study] for study in left(chosen))


def test_zeros_are_counted_and_words_stand_in_order() -> None:
    counts = FACETS.counts(Selection(subject=("in_vitro",), condition=("sciatica",)))
    assert counts["subject"] == {"human": 6, "animal": 1, "in_vitro": 0, "review": 0}
    assert counts["species"] == dict.fromkeys(
        ["human", "mouse", "rat", "guinea_pig", "rabbit", "dog", "pig", "not_reported"], 0
    )
    assert list(counts) == list(PLACES)
    assert {type(number) for words in counts.values() for number in words.values()} == {int}


def test_counts_of_a_field_do_not_follow_its_own_words() -> None:
    one = FACETS.counts(Selection(route=("oral",), alone=("yes",)))
    assert one["route"] == FACETS.counts(Selection(alone=("yes",)))["route"]
    assert one["alone"] == FACETS.counts(Selection(route=("oral",)))["alone"]


@given(SELECTIONS)
def test_a_word_leaves_what_was_counted(selection: Selection) -> None:
    for name, words in FACETS.counts(selection).items():
        word = next(iter(words))
        narrowed = replace(selection, **{name: (word,)})
        assert FACETS.mask(narrowed).sum() == words[word]


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(Selection(), id="nothing chosen"),
        pytest.param(Selection(route=("oral",), direction=("harm",), year_from=2000), id="words"),
        pytest.param(Selection(n_min=1), id="least number"),
        pytest.param(Selection(text="pain"), id="text"),
    ],
)
def test_a_review_without_studies(chosen: Selection) -> None:
    facets = Facets(selected("subject="))
    assert facets.mask(chosen).tolist() == []
    assert {n for words in facets.counts(chosen).values() for n in words.values()} == {0}
