"""Rows as people read them; values counted in the CSV files by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from review import facts
from review.evidence.consistency import SOURCES
from review.facts.rows import CHECKS
from tests.other import load
from tests.real import real, selected

NAMED = "source_named_by_b"


def test_every_text_in_full_and_addresses_as_links() -> None:
    long = "a" * 200
    html = facts.whole(pd.DataFrame({"A": [long, None], "B": ["https://example.org/x?a=1", "<b>"]}))
    assert f"<td>{long}</td>" in html
    assert (
        '<td><a href="https://example.org/x?a=1" target="_blank" rel="noopener noreferrer">'
        "example.org</a></td>" in html
    )
    assert "<td>not reported</td>" in html
    assert "<td>&lt;b&gt;</td>" in html


def test_a_stored_table_in_words() -> None:
    table = facts.listed(real(), "left_out")
    assert list(table) == ["Record", "Title", "Subject", "Condition", "Addresses", "Reason"]
    # Ten records; irct71594 has two addresses.
    assert table["Record"].nunique() == 10
    two = table[table["Record"] == "irct71594"]
    assert list(two["Addresses"]) == [
        "https://immunopathol.com/Article/ipp-43996",
        "https://irct.behdasht.gov.ir/trial/71594",
    ]
    assert set(two["Condition"]) == {"Neuropathic pain"}


def test_statements_on_the_topic_with_the_nearest_evidence() -> None:
    table = facts.statements(real())
    # 49 statements less those with on_topic=no: A 27 - 5, B 22 - 9.
    assert table["Article"].value_counts().to_dict() == {"A": 22, "B": 13}
    # stance: article A hedges A04 only; B denies B13 and B19.
    assert table.groupby("Article")["Stance"].value_counts().to_dict() == {
        ("A", "Asserted"): 21, ("A", "Hedged"): 1,
        ("B", "Asserted"): 5, ("B", "Hedged"): 6, ("B", "Denied"): 2,
    }  # fmt: skip
    first = table.iloc[0]
    # Controlled trials in sciatica with a pain result against another group: Imani, Raouf, A144.1.
    assert (first["Nearest evidence"], first["Studies"]) == ("Direct human", 3)


def test_statements_without_evidence_are_rows() -> None:
    table = facts.statements(selected("subject="))
    assert len(table) == 35
    assert set(table["Nearest evidence"]) == {"None"}
    assert set(table["Studies"]) == {0}


def test_statements_beside_what_their_source_says() -> None:
    table = facts.against_sources(real(), NAMED)
    # claims of the 12 facts: B11 4 (one with B21), B12 1, B14 and B15 2 each, A25 1, B16 2, B06 2.
    assert table.groupby("Statement", sort=False).size().tolist() == [1, 2, 4, 1, 2, 2, 2, 1]
    assert table["Article"].value_counts().to_dict() == {"B": 14, "A": 1}
    row = table[table["In short"] == "migraine; pancreatic cancer; fibromyalgia"].iloc[0]
    assert row.to_dict() == {
        "Article": "B",
        "Statement": "The effects are stronger when magnesium is given intravenously.",
        "Stance": "Asserted",
        "The source itself": "What the post says about intravenous magnesium concerns migraine, "
        "pancreatic cancer and fibromyalgia, not sciatica.",
        "In short": "migraine; pancreatic cancer; fibromyalgia",
        "Remarks": "",
        "Read in": "Primary",
        "Address": "https://psychologytoday.com/au/blog/complementary-medicine/201009/"
        "magnesium-pain-relief",
    }
    assert "250-500 mg/day" in set(table["In short"])


def test_a_topic_without_facts_has_no_row(tmp_path: Path) -> None:
    assert facts.against_sources(load(tmp_path), "rumours").empty


def test_what_was_read_and_how_often() -> None:
    table = facts.reading(real())
    assert table.to_dict("split")["data"] == [
        ["Full text", 0, 0], ["Abstract", 65, 72], ["Secondary page", 2, 2], ["Registry", 2, 0],
    ]  # fmt: skip
    assert facts.read_in_short(real()) == (
        "What was read of the 143 studies: full text 0, abstract 137, secondary page 4, "
        "registry 2; read twice 69, once 74"
    )


def test_nothing_was_read_of_no_study() -> None:
    assert facts.reading(selected("subject="))[["Twice", "Once"]].to_numpy().sum() == 0


def test_what_does_not_fit_is_said_in_words() -> None:
    table = facts.misfits(real())
    assert table.columns.tolist() == [
        "Study",
        "Measured",
        "Check",
        "Reported",
        "Follows from its numbers",
    ]
    # The three statistics within the group that had magnesium, as in yousef2013's remarks.
    assert table["Study"].tolist() == ["Yousef & Al-deeb 2013"] * 3
    assert table["Measured"].tolist() == ["Pain intensity", "Range of motion", "Range of motion"]
    assert set(table["Check"]) == {"Before and after"}
    assert table["Reported"][0] == "7.5 (2.2) before, 4.7 (1.8) after, n = 40; p = 0.034"
    assert table["Follows from its numbers"][0].startswith("p at most 0.00017")


def test_every_check_has_a_name() -> None:
    assert set(CHECKS) == set(SOURCES)


def test_nothing_misfits_where_there_is_no_study() -> None:
    assert facts.misfits(selected("subject=")).empty
