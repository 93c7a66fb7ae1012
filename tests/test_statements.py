"""Statements against studies: numbers counted over the CSV files without the package."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review import evidence
from tests.real import real, selected

# Direct human, indirect human, animal and in vitro studies that bear on a statement.
BEARING = {
    "A01": (3, 17, 8, 0),
    "A04": (0, 0, 0, 0),
    "A06": (3, 18, 15, 1),
    "A07": (0, 9, 11, 0),
    "A10": (0, 6, 1, 0),
    "A12": (0, 9, 7, 0),
    "A14": (0, 11, 3, 0),
    "A16": (0, 8, 0, 0),
    "A25": (0, 0, 15, 0),
    "A26": (0, 2, 0, 0),
    "B11": (0, 13, 1, 0),
    "B12": (0, 6, 0, 0),
    "B13": (3, 17, 8, 0),
    "B15": (0, 0, 2, 0),
    "B17": (0, 1, 19, 1),
    "B21": (0, 0, 0, 0),
}


@pytest.mark.parametrize("claim", BEARING)
def test_studies_that_bear_on_a_statement(claim: str) -> None:
    frame = evidence.claims(real())
    rows = frame[frame["claim"] == claim]
    assert tuple(rows["studies"]) == BEARING[claim]
    assert [len(keys.split()) for keys in rows["keys"]] == list(BEARING[claim])


def test_every_statement_on_the_topic_is_there() -> None:
    frame = evidence.claims(real())
    assert frame.drop_duplicates("claim")["article"].value_counts().to_dict() == {"A": 22, "B": 13}
    assert list(frame["evidence_label"])[:4] == [
        "Direct human",
        "Indirect human",
        "Animal",
        "In vitro",
    ]
    assert frame["evidence_label"].cat.categories.tolist() == [
        "Direct human",
        "Indirect human",
        "Animal",
        "In vitro",
    ]
    assert frame["evidence_label"].cat.ordered


def test_direct_evidence_can_be_opened() -> None:
    frame = evidence.claims(real())
    (keys,) = frame.loc[(frame["claim"] == "A01") & (frame["evidence"] == "direct"), "keys"]
    assert keys == "imani2024 raouf2025 rapm49a144"


def test_nearest_evidence() -> None:
    nearest = evidence.claims(real()).drop_duplicates("claim")
    counted = nearest.groupby("article")["nearest"].value_counts().to_dict()
    assert counted == {
        ("A", "direct"): 3,
        ("A", "indirect"): 16,
        ("A", "animal"): 1,
        ("A", "none"): 2,
        ("B", "direct"): 2,
        ("B", "indirect"): 7,
        ("B", "animal"): 2,
        ("B", "none"): 2,
    }


def test_headline_of_the_articles() -> None:
    assert evidence.describe("claims", evidence.claims(real())) == (
        "Article A: 3 of 22 statements have direct human evidence, 2 have none of any kind; "
        "Article B: 2 of 13 statements have direct human evidence, 2 have none of any kind. "
        "Evidence that bears on a statement may speak for or against it."
    )


def test_a_selection_keeps_every_statement() -> None:
    frame = evidence.claims(selected("subject="))
    assert len(frame) == 35 * 4
    assert frame["studies"].sum() == 0
    assert set(frame["nearest"]) == {"none"}


def test_a_review_without_statements() -> None:
    none = real().tables["claims"].iloc[:0]
    frame = evidence.claims(replace(real(), tables={**real().tables, "claims": none}))
    assert frame.empty
    assert evidence.describe("claims", frame) == (
        "0 statements of articles to hold against the evidence."
    )
