"""The takeaways: their numbers counted by hand in the CSV files, and true for any selection."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import Review, evidence
from review.facets import select
from review.figures import NAMES
from review.selection import Selection
from tests.real import real, selected
from tests.synthetic import of_rows
from tests.test_selection import SELECTIONS

REVIEWS = st.lists(st.integers(0, 142), max_size=25).map(of_rows)
EACH = pytest.mark.parametrize("name", NAMES)
TARGET = (
    "randomised, placebo-controlled trial of magnesium alone, taken by mouth, "
    "in people with sciatica"
)
PEOPLE = "subject=human&condition=sciatica"
FIRST_YEAR = "year_from=1993&year_to=1993"  # feria1993 alone: rats, one dose and twice that
EXPECTED = {
    ("funnel", ""): f"None of the 143 cited studies is a {TARGET}",
    ("funnel", PEOPLE): f"None of the 6 selected studies is a {TARGET}",
    ("funnel", FIRST_YEAR): f"The only selected study is not a {TARGET}",
    ("funnel", "subject="): "None of the 143 cited studies is selected",
    ("coverage", ""): (
        "7 of 143 studies are about sciatica: 6 human, 1 animal, 0 in vitro, 0 review"
    ),
    ("coverage", PEOPLE): (
        "All 6 studies are about sciatica: 6 human, 0 animal, 0 in vitro, 0 review"
    ),
    ("coverage", "condition=low_back_pain"): "None of 9 studies is about sciatica",
    ("coverage", FIRST_YEAR): "The only study is not about sciatica",
    ("coverage", "subject="): "No study is selected",
    ("dots", ""): "136 of 143 studies are about something other than sciatica",
    ("dots", PEOPLE): "All 6 studies are about sciatica",
    ("dots", FIRST_YEAR): "The only study is about something other than sciatica",
    ("dots", "subject="): "No study is selected",
    # Votes not seen are left out: 76 human votes in all, 15 of them not seen.
    ("directions", ""): (
        "Reported benefit: 18 of 61 votes human, 55 of 80 animal, 1 of 3 in vitro, 1 of 9 review"
    ),
    ("directions", FIRST_YEAR): (
        "Reported benefit: 0 of 0 votes human, 1 of 1 animal, 0 of 0 in vitro, 0 of 0 review"
    ),
    ("directions", "subject="): "No selected study reports a result that this figure counts",
    ("trials", ""): (
        "Of 44 controlled trials in people, 5 are about sciatica; 1 gives a standardised difference"
    ),
    ("trials", "condition=low_back_pain"): (
        "Of 8 controlled trials in people, 8 are about low back pain; "
        "0 give a standardised difference"
    ),
    ("trials", "subject=animal"): "No selected study is a controlled trial in people",
    ("doses", ""): (
        "68 of 152 arms have a dose per day that can be compared, 14 of them human, by mouth"
    ),
    ("doses", PEOPLE): (
        "0 of 6 arms have a dose per day that can be compared, 0 of them human, by mouth"
    ),
    ("doses", "subject=review"): "No selected study has an arm that was given the substance",
    ("timeline", ""): (
        "64 of 143 studies are from 2017 to 2026: 31 human, 15 animal, 3 in vitro, 15 review"
    ),
    ("timeline", FIRST_YEAR): "The only study is not from 2017 to 2026",
    ("timeline", "subject="): "No study is selected",
    # Article A 3 and B 2 with direct evidence, 2 and 2 without any: see test_statements.
    ("claims", ""): (
        "5 of 35 statements have direct human evidence, for or against; 4 have none of any kind"
    ),
    ("claims", "subject="): "No selected study bears on any of the 35 statements",
    ("information_size", ""): (
        "Sciatica: 90 people in 1 placebo-controlled trial; an adequate one needs 54 to 206"
    ),
    ("information_size", "condition=bone_health"): (
        "Sciatica: 0 people in 0 placebo-controlled trials; an adequate one needs 54 to 206"
    ),
    ("information_size", "subject="): (
        "No study is selected; an adequate trial needs 54 to 206 people"
    ),
}


def taken(name: str, review: Review) -> str:
    return evidence.takeaway(name, getattr(evidence, name)(review))


@pytest.mark.parametrize(("name", "text"), EXPECTED, ids=str)
def test_takeaway(name: str, text: str) -> None:
    assert taken(name, selected(text)) == EXPECTED[name, text]


@EACH
def test_every_takeaway_is_tried_with_everything_and_with_little(name: str) -> None:
    texts = [text for known, text in EXPECTED if known == name]
    assert "" in texts
    assert len(texts) >= 2


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        pytest.param(["pickering2011"], f"1 of the 143 cited studies is a {TARGET}", id="one"),
        pytest.param(
            ["pickering2011", "usuhs1999"],
            f"2 of the 143 cited studies are each a {TARGET}",
            id="two",
        ),
    ],
)
def test_funnel_counts_what_would_answer(moved: list[str], expected: str) -> None:
    # Trials of oral magnesium alone against placebo, moved to sciatica for this test only.
    studies = real().studies.copy()
    studies.loc[studies["study"].isin(moved), "condition"] = "sciatica"
    changed = replace(real(), tables={**real().tables, "studies": studies})
    assert taken("funnel", changed) == expected
    assert evidence.headline(changed).startswith(f"{expected}. Step by step: ")


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        pytest.param([3, 2, 1], "1 of the 3 cited studies is a good trial", id="one left at last"),
        pytest.param([3, 1, 0], "None of the 3 cited studies is a good trial", id="none at last"),
        pytest.param([3], "3 of the 3 cited studies are each a good trial", id="a single step"),
    ],
)
def test_the_last_step_answers(studies: list[int], expected: str) -> None:
    steps = pd.DataFrame({"studies": studies}).assign(whole=3, target="good trial")
    assert evidence.takeaway("funnel", steps) == expected


def test_only_study_that_answers() -> None:
    row = list(real().studies["study"]).index("pickering2011")
    alone = of_rows([row])
    studies = alone.studies.assign(condition=alone.studies["condition"].cat.categories[0])
    studies["condition"] = studies["condition"].astype(real().studies["condition"].dtype)
    changed = replace(alone, tables={**alone.tables, "studies": studies})
    assert taken("funnel", changed) == f"The only cited study is a {TARGET}"
    assert taken("dots", changed) == "The only study is about sciatica"
    assert taken("coverage", changed) == (
        "The only study is about sciatica: 1 human, 0 animal, 0 in vitro, 0 review"
    )


def test_people_without_a_number_are_said() -> None:
    trials = real().studies["condition"].eq("sciatica") & real().studies["placebo_controlled"].eq(
        True
    )
    studies = real().studies.copy()
    studies.loc[trials.fillna(False), "n_total"] = None
    changed = replace(real(), tables={**real().tables, "studies": studies})
    assert taken("information_size", changed) == (
        "Sciatica: at least 0 people in 1 placebo-controlled trial; an adequate one needs 54 to 206"
    )


def test_one_difference_is_no_range() -> None:
    frame = evidence.information_size(real(), difference=2)
    assert evidence.takeaway("information_size", frame) == (
        "Sciatica: 90 people in 1 placebo-controlled trial; an adequate one needs 54"
    )


def test_one_vote_trial_and_arm_are_said_in_the_singular() -> None:
    votes = {"direction": ["benefit", "harm", "not_reported"], "studies": [1, 0, 2]}
    frame = pd.DataFrame(votes).assign(
        direction_label=["Benefit", "Harm", "Not reported"], subject_label="Human"
    )
    assert evidence.takeaway("directions", frame) == "Reported benefit: 1 of 1 vote human"
    assert taken("trials", selected("condition=sciatica&year_from=2025")) == (
        "Of 1 controlled trial in people, 1 is about sciatica; 0 give a standardised difference"
    )
    arm = pd.DataFrame({"low": [1.0], "place": pd.Categorical(["Human, by mouth"])})
    assert evidence.takeaway("doses", arm) == (
        "1 of 1 arm has a dose per day that can be compared, 1 of them human, by mouth"
    )


@pytest.mark.parametrize(
    ("near", "expected"),
    [(0, "None of 4 studies is"), (1, "1 of 4 studies is"), (2, "2 of 4 studies are")],
    ids=["none", "one", "two"],
)
def test_one_study_of_several_is_said_in_the_singular(near: int, expected: str) -> None:
    counts = {"condition": ["back", "leg"], "studies": [near, 4 - near]}
    frame = pd.DataFrame(counts).assign(condition_label="Back pain", subject_label="Human")
    said = f": {near} human" if near else ""
    assert evidence.takeaway("coverage", frame) == f"{expected} about back pain{said}"


@pytest.mark.parametrize(
    ("nearest", "expected"),
    [
        pytest.param(
            ["direct"],
            "1 of 1 statement has direct human evidence, for or against; 0 have none of any kind",
            id="one statement",
        ),
        pytest.param(
            ["direct", "none"],
            "1 of 2 statements has direct human evidence, for or against; 1 has none of any kind",
            id="one with evidence and one without",
        ),
    ],
)
def test_one_statement_is_said_in_the_singular(nearest: list[str], expected: str) -> None:
    frame = pd.DataFrame({"claim": range(len(nearest)), "nearest": nearest, "studies": 1})
    frame = frame.assign(evidence="direct", evidence_label="Direct human")
    assert evidence.takeaway("claims", frame) == expected


@pytest.mark.parametrize(
    ("studies", "participants", "needed", "expected"),
    [
        pytest.param(
            1, 1, 2, "Back pain: 1 person in 1 placebo-controlled trial; an adequate one needs 2",
            id="one person",
        ),
        pytest.param(
            1, 1034, 2068,
            "Back pain: 1,034 people in 1 placebo-controlled trial; an adequate one needs 2,068",
            id="thousands",
        ),
        pytest.param(
            1, 1, None, "Back pain: 1 person in 1 placebo-controlled trial", id="no limits",
        ),
        pytest.param(
            0, 0, 2, "No study is selected; an adequate trial needs 2 people", id="nothing",
        ),
        pytest.param(0, 0, None, "No study is selected", id="neither studies nor limits"),
    ],
)  # fmt: skip
def test_one_condition_and_one_difference(
    studies: int, participants: int, needed: int | None, expected: str
) -> None:
    row = {"condition": "back", "condition_label": "Back pain", "studies": studies}
    row |= {"trials": 1, "participants": participants, "without_number": 0}
    frame = pd.DataFrame([row]).assign(needed=pd.Series([needed], dtype="Int64"))
    assert evidence.takeaway("information_size", frame) == expected


@given(REVIEWS, SELECTIONS)
def test_takeaways_of_anything_are_short_and_well_formed(
    review: Review, selection: Selection
) -> None:
    left = select(review, selection)
    for name in NAMES:
        said = taken(name, left)
        assert len(said) <= (140 if name == "funnel" else 105), said
        assert said[0].isupper() or said[0].isdigit()
        assert not said.endswith(".")
        assert "nan" not in said.lower().split()
        wrong = (
            r"\b1 (studies|arms|trials|votes|statements|are|have|give)\b|\b[02-9] (study|trial)\b"
        )
        assert not re.search(wrong, said), said
