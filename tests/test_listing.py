"""The table of the selected studies, and the facts of the one that is open."""

from __future__ import annotations

import pytest

from review import Review, facts
from review.listing import MOST, Listing
from tests.real import real, selected
from tests.synthetic import of_size

SCIATICA = "subject=human&condition=sciatica"
# By year, as in references.bib.
KEYS = ["cabreales2008", "nct04532775", "fathy2022", "imani2024", "rapm49a144", "raouf2025"]


def ordered(text: str = "") -> Review:
    return facts.in_order(selected(text))


def listed(review: Review) -> Listing:
    listing = Listing()
    listing.show(review)
    return listing


@pytest.fixture
def listing() -> Listing:
    return listed(ordered(SCIATICA))


def column(listing: Listing, name: str) -> list[str]:
    return [str(cell) for cell in listing._table.df[name]]


def opened(listing: Listing) -> tuple[str, list[int], str]:
    return listing._names.value, listing._table.selected_rows, listing._card.html


def facts_of(study: str) -> str:
    return facts.STYLE + facts.html(real(), study)


CLOSED = ("", [], "")


def test_before_it_shows_a_review_it_is_empty() -> None:
    listing = Listing()
    assert list(listing._table.df) == [
        "Study", "Subject", "Condition", "n", "Dose", "Reported finding",
    ]  # fmt: skip
    assert len(listing._table.df) == 0
    listing.open("abbasi2012")
    assert opened(listing) == CLOSED


def test_rows_stand_in_order(listing: Listing) -> None:
    assert [study for _, study in listing._names.options] == ["", *KEYS]
    assert column(listing, "Study") == [label for label, _ in listing._names.options[1:]]
    assert column(listing, "Condition") == ["Sciatica"] * 6
    # As in studies.csv, where one has no number.
    assert column(listing, "n") == ["60", "not reported", "135", "30", "60", "90"]


def test_all_studies_stand_by_condition_then_subject() -> None:
    frame = listed(ordered())._table.df
    assert len(frame) == 143
    pairs = list(zip(frame["Condition"].cat.codes, frame["Subject"].cat.codes, strict=True))
    assert pairs == sorted(pairs)


def test_numbers_sort_by_size_and_what_is_not_known_last(listing: Listing) -> None:
    sizes = listing._table.df["n"]
    assert list(sizes.cat.categories) == ["30", "60", "90", "135", "not reported"]
    assert sizes.cat.ordered
    # The page gets places in the vocabulary, to be sorted as numbers.
    assert {"targets": [1, 2, 3], "type": "num"} in listing._table._dt_args["columnDefs"]
    by_size = listing._table.df.sort_values("n", kind="stable")["n"]
    assert list(by_size) == ["30", "60", "60", "90", "135", "not reported"]


@pytest.mark.parametrize(
    ("size", "rows", "note"),
    [
        pytest.param(MOST, MOST, "", id="as many as it shows"),
        pytest.param(
            501,
            500,
            "The first 500 of 501 studies. Narrow the filters to see others.",
            id="one more",
        ),
        pytest.param(
            2000,
            500,
            "The first 500 of 2,000 studies. Narrow the filters to see others.",
            id="many more",
        ),
    ],
)
def test_the_longest_table_is_cut_and_says_so(size: int, rows: int, note: str) -> None:
    listing = listed(facts.in_order(of_size(size)))
    assert (len(listing._table.df), len(listing._names.options)) == (rows, rows + 1)
    assert listing._note.value == note
    assert column(listing, "Condition")[0] == "Sciatica"


def test_the_note_goes_with_what_it_was_about() -> None:
    listing = listed(of_size(501))
    listing.show(real())
    assert listing._note.value == ""


def test_no_study() -> None:
    listing = listed(ordered("subject="))
    assert (len(listing._table.df), opened(listing)) == (0, CLOSED)
    assert list(listing._names.options) == [("Choose a study, or click on a row or a mark", "")]


def test_open_shows_the_facts_in_all_places(listing: Listing) -> None:
    listing.open("imani2024")
    assert opened(listing) == ("imani2024", [3], facts_of("imani2024"))


@pytest.mark.parametrize("study", ["", "nobody2000", "abbasi2012"])
def test_a_study_that_is_not_here_closes_the_facts(listing: Listing, study: str) -> None:
    listing.open("imani2024")
    listing.open(study)
    assert opened(listing) == CLOSED


def test_a_row_opens_facts_and_the_same_row_closes_them(listing: Listing) -> None:
    listing._table.selected_rows = [5]
    assert opened(listing) == ("raouf2025", [5], facts_of("raouf2025"))
    listing._table.selected_rows = []
    assert opened(listing) == CLOSED


def test_a_name_opens_facts_and_the_empty_one_closes_them(listing: Listing) -> None:
    listing._names.value = "fathy2022"
    assert opened(listing) == ("fathy2022", [2], facts_of("fathy2022"))
    listing._names.value = ""
    assert opened(listing) == CLOSED


def test_facts_stay_open_while_the_study_is_there(listing: Listing) -> None:
    listing.open("imani2024")
    said: list[object] = []
    listing._card.observe(said.append, "html")
    listing.show(ordered(f"{SCIATICA}&year_from=2022"))
    assert opened(listing) == ("imani2024", [1], facts_of("imani2024"))
    listing.show(ordered())
    assert opened(listing)[0] == "imani2024"
    # Its number is 30.
    listing.show(ordered(f"{SCIATICA}&n_min=30"))
    assert opened(listing)[0] == "imani2024"
    # Nothing was said again, so the page does not jump.
    assert said == []
    listing.show(ordered(f"{SCIATICA}&n_min=31"))
    assert opened(listing) == CLOSED


def test_the_row_that_is_open_belongs_to_the_study_after_each_change(listing: Listing) -> None:
    for text in (SCIATICA, "", f"{SCIATICA}&year_from=2025", "subject=human"):
        review = ordered(text)
        listing.show(review)
        listing.open("raouf2025")
        (row,) = listing._table.selected_rows
        assert facts.table(review)["study"][row] == "raouf2025"
