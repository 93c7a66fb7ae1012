"""The table of the selected studies, and the facts of the one that is open."""

from __future__ import annotations

from typing import Any

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
    listing = Listing(real())
    listing.show(review)
    return listing


@pytest.fixture
def listing() -> Listing:
    return listed(ordered(SCIATICA))


def column(listing: Listing, title: str) -> list[Any]:
    """Return the cells below a head; a row begins with its key and its name in the list."""
    at = [head for head, _ in listing.heads].index(title)
    return [row[2 + at] for row in listing.rows]


def keys(listing: Listing) -> list[str]:
    return [row[0] for row in listing.rows]


def opened(listing: Listing) -> tuple[str, str]:
    return listing.opened, listing.html


def facts_of(study: str) -> str:
    return facts.STYLE + facts.html(real(), study)


CLOSED = ("", "")


def test_before_it_shows_studies_it_is_empty() -> None:
    listing = Listing(real())
    assert (listing.rows, listing.note, opened(listing)) == ([], "", CLOSED)
    assert [title for title, _ in listing.heads] == [
        "Study", "Subject", "Condition", "n", "Dose", "Reported finding",
    ]  # fmt: skip


def test_rows_stand_in_order(listing: Listing) -> None:
    assert keys(listing) == KEYS
    assert [word for word, _ in column(listing, "Condition")] == ["Sciatica"] * 6
    # As in studies.csv, where one has no number.
    sizes = [said for said, _ in column(listing, "n")]
    assert sizes == ["60", "not reported", "135", "30", "60", "90"]


def test_a_row_is_what_the_short_table_says() -> None:
    listing, told = listed(ordered()), facts.table(real())
    assert len(told) == 143
    for name, title in (("citation", "Study"), ("dose", "Dose"), ("finding", "Reported finding")):
        assert column(listing, title) == list(told[name])
    for name, title in (("subject_label", "Subject"), ("condition_label", "Condition")):
        assert [word for word, _ in column(listing, title)] == list(told[name])


def test_words_with_an_order_have_their_place() -> None:
    listing = listed(ordered())
    assert [title for title, in_order in listing.heads if in_order] == ["Subject", "Condition", "n"]
    subjects = dict(column(listing, "Subject"))
    assert subjects == {"Human": 0, "Animal": 1, "In vitro": 2, "Review": 3}
    pairs = list(zip(column(listing, "Condition"), column(listing, "Subject"), strict=True))
    places = [(condition, subject) for (_, condition), (_, subject) in pairs]
    assert places == sorted(places)


def test_numbers_sort_by_size_and_what_is_not_known_last(listing: Listing) -> None:
    by_size = sorted(column(listing, "n"), key=lambda cell: cell[1])
    assert [said for said, _ in by_size] == ["30", "60", "60", "90", "135", "not reported"]


def test_studies_cited_alike_are_told_apart_in_the_list() -> None:
    # Of all studies, so that a name stays the same whatever is selected.
    for text in ("", "subject=human&condition=spine_degeneration"):
        named = {row[0]: row[1] for row in listed(ordered(text)).rows}
        assert named["strojny2025"] != named["strojnylf"]
        for key in ("strojny2025", "strojnylf"):
            assert named[key].startswith("Strojny et al. 2025: ")
            assert len(named[key]) <= 90
    assert named["jakoniuk2022"] == "Jakoniuk et al. 2022"


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
    review = facts.in_order(of_size(size))
    listing = Listing(review)
    listing.show(review)
    assert (len(listing.rows), listing.note) == (rows, note)
    assert column(listing, "Condition")[0] == ["Sciatica", 0]


def test_the_note_goes_with_what_it_was_about() -> None:
    listing = listed(of_size(501))
    listing.show(real())
    assert listing.note == ""


def test_no_study() -> None:
    listing = listed(ordered("subject="))
    assert (listing.rows, opened(listing)) == ([], CLOSED)


def test_a_click_opens_the_facts_and_another_closes_them(listing: Listing) -> None:
    listing.set_state({"opened": "imani2024"})
    assert opened(listing) == ("imani2024", facts_of("imani2024"))
    listing.set_state({"opened": ""})
    assert opened(listing) == CLOSED


@pytest.mark.parametrize("study", ["", "nobody2000", "abbasi2012"])
def test_a_study_that_is_not_here_closes_the_facts(listing: Listing, study: str) -> None:
    listing.set_state({"opened": "imani2024"})
    listing.set_state({"opened": study})
    assert opened(listing) == CLOSED


def test_a_mark_opens_its_study_and_one_of_something_else_nothing(listing: Listing) -> None:
    listing.pick("raouf2025")
    listing.pick("nobody2000")
    assert opened(listing) == ("raouf2025", facts_of("raouf2025"))


def test_facts_stay_open_while_the_study_is_there(listing: Listing) -> None:
    listing.pick("imani2024")
    said: list[object] = []
    listing.observe(said.append, "html")
    listing.show(ordered(f"{SCIATICA}&year_from=2022"))
    listing.show(ordered())
    # Its number is 30.
    listing.show(ordered(f"{SCIATICA}&n_min=30"))
    # Nothing was said again, so the page does not jump.
    assert (listing.opened, said) == ("imani2024", [])
    listing.show(ordered(f"{SCIATICA}&n_min=31"))
    assert opened(listing) == CLOSED


def test_a_change_is_one_message(listing: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    listing.pick("imani2024")
    messages: list[set[str]] = []
    monkeypatch.setattr(listing, "send_state", lambda key: messages.append(set(key)))
    listing.show(ordered("subject=animal"))
    assert messages == [{"rows", "opened", "html"}]
