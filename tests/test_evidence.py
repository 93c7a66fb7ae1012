"""The questions: numbers counted by hand in the CSV files, and what must hold for any selection."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given

from review import evidence
from review.facets import select
from review.selection import Selection
from tests.real import real, selected
from tests.test_selection import SELECTIONS

# Studies per subject (human, animal, in vitro, review), then randomised trials in people, the
# participants of those trials, and how many of them gave no number. A change of data that moves
# one of these numbers is to be made on purpose.
COVERAGE = {
    "sciatica": ((6, 1, 0, 0), 3, 255, 0),  # fathy2022 135, imani2024 30, raouf2025 90
    "sciatic_nerve_injury": ((0, 12, 0, 0), 0, 0, 0),
    "low_back_pain": ((9, 0, 0, 0), 5, 480, 0),  # 240 + 40 + 60 + 60 + 80
    "neuropathic_pain": ((23, 11, 0, 9), 12, 889, 0),
    "other_nerve_injury": ((0, 3, 3, 1), 0, 0, 0),
    "spine_degeneration": ((6, 0, 0, 0), 0, 0, 0),
    "other_pain": ((6, 9, 0, 2), 5, 239, 1),  # macian2022 gave no number
    "muscle_cramp": ((8, 0, 0, 2), 8, 696, 0),
    "sleep_or_stress": ((5, 0, 0, 3), 5, 548, 0),
    "systemic_inflammation": ((0, 0, 0, 4), 0, 0, 0),
    "bone_health": ((1, 0, 0, 2), 0, 0, 0),
    "magnesium_deficiency": ((0, 4, 0, 0), 0, 0, 0),
    "spinal_cord_injury": ((0, 9, 0, 0), 0, 0, 0),
    "intrathecal_or_block_safety": ((0, 4, 0, 0), 0, 0, 0),
}


@pytest.mark.parametrize("condition", COVERAGE)
def test_coverage(condition: str) -> None:
    frame = evidence.coverage(real())
    cells = frame[frame["condition"] == condition]
    studies, trials, participants, without_number = COVERAGE[condition]
    assert tuple(cells["studies"]) == studies
    assert tuple(cells["randomised_trials"]) == (trials, 0, 0, 0)
    assert tuple(cells["participants"]) == (participants, 0, 0, 0)
    assert tuple(cells["without_number"]) == (without_number, 0, 0, 0)


def test_coverage_has_every_cell_in_display_order() -> None:
    frame = evidence.coverage(real())
    assert list(dict.fromkeys(frame["condition"])) == list(COVERAGE)
    assert list(frame["subject_label"])[:4] == ["Human", "Animal", "In vitro", "Review"]
    assert frame["condition_label"].iloc[-1] == "Spinal or block safety"
    assert len(frame) == 14 * 4


def test_funnel() -> None:
    frame = evidence.funnel(real())
    randomised = "subject=human&condition=sciatica&design=randomised_parallel,randomised_crossover"
    expected = [
        (1, "Cited studies", "", 143, 38, 3107, 1),
        (2, "In people", "subject=human", 64, 38, 3107, 1),
        (3, "In people with sciatica", "subject=human&condition=sciatica", 6, 3, 255, 0),
        (4, "Randomised trials", randomised, 3, 3, 255, 0),
        (5, "Placebo-controlled", f"{randomised}&placebo_controlled=yes", 1, 1, 90, 0),
        (6, "Magnesium alone", f"{randomised}&placebo_controlled=yes&alone=yes", 0, 0, 0, 0),
        (
            7,
            "Taken by mouth",
            f"{randomised}&placebo_controlled=yes&alone=yes&route=oral",
            0,
            0,
            0,
            0,
        ),
    ]
    assert [tuple(row)[:-2] for row in frame.itertuples(index=False)] == expected
    assert list(frame.columns) == [
        "step",
        "label",
        "selection",
        *evidence.COUNTS,
        "whole",
        "target",
    ]
    assert set(frame["whole"]) == {143}
    assert set(frame["target"]) == {real().package.target}


def test_headline_of_everything() -> None:
    assert evidence.headline(real()) == (
        "None of the 143 cited studies is a randomised, placebo-controlled trial of magnesium "
        "alone, taken by mouth, in people with sciatica. Step by step: in people 64, of these in "
        "people with sciatica 6, of these randomised trials 3, of these placebo-controlled 1, of "
        "these magnesium alone 0, of these taken by mouth 0."
    )


def test_headline_of_a_selection() -> None:
    assert evidence.headline(selected("subject=animal")).startswith(
        "None of the 53 selected studies is a randomised, placebo-controlled trial"
    )
    assert evidence.headline(selected("subject=")) == "None of the 143 cited studies is selected."


@pytest.mark.parametrize(
    ("answering", "start"),
    [
        pytest.param(1, "1 of the 143 cited studies is a randomised, placebo-", id="one study"),
        pytest.param(2, "2 of the 143 cited studies are each a randomised, ", id="two studies"),
    ],
)
def test_headline_counts_what_would_answer(answering: int, start: str) -> None:
    # Trials of oral magnesium alone against placebo, moved to sciatica for this test only.
    moved = ["pickering2011", "usuhs1999"][:answering]
    studies = real().studies.copy()
    studies.loc[studies["study"].isin(moved), "condition"] = "sciatica"
    changed = replace(real(), tables={**real().tables, "studies": studies})
    assert evidence.headline(changed).startswith(start)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "",
            "143 of 143 studies: 64 human (at least 3,107 people in 38 randomised trials), "
            "53 animal, 3 in vitro, 23 review",
            id="everything",
        ),
        pytest.param(
            "condition=sciatica&year_from=2025",
            "1 of 143 studies: 1 human (90 people in 1 randomised trial), 0 animal, 0 in vitro, "
            "0 review",
            id="one trial",
        ),
        pytest.param(
            "subject=",
            "0 of 143 studies: 0 human (0 people in 0 randomised trials), 0 animal, 0 in vitro, "
            "0 review",
            id="nothing",
        ),
    ],
)
def test_state(text: str, expected: str) -> None:
    assert evidence.state(selected(text)) == expected


def test_descriptions_are_computed() -> None:
    left = selected("subject=animal")
    assert evidence.describe("coverage", evidence.coverage(left)) == (
        "53 studies by condition and subject. Sciatica: 0 human, 1 animal, 0 in vitro, 0 review. "
        "48 of 56 cells are empty."
    )
    # Counted in studies.csv: 12 animal studies of injured sciatic nerves, 11 of neuropathic pain.
    assert evidence.describe("dots", evidence.dots(left)) == (
        "One mark for each of 53 studies, by condition and subject. Most: sciatic nerve injury, 12."
    )
    assert evidence.describe("funnel", evidence.funnel(left)) == (
        "Studies left after each step: cited studies 53, in people 0, in people with sciatica "
        "0, randomised trials 0, placebo-controlled 0, magnesium alone 0, taken by mouth 0."
    )


def test_coverage_of_one_subject_is_described() -> None:
    frame = pd.DataFrame(
        {
            "condition": ["back", "leg"], "condition_label": ["Back pain", "Leg pain"],
            "subject": ["human", "human"], "subject_label": ["Human", "Human"], "studies": [2, 0],
        }
    )  # fmt: skip
    assert evidence.describe("coverage", frame) == (
        "2 studies by condition and subject. Back pain: 2 human. 1 of 2 cells are empty."
    )
    assert evidence.takeaway("coverage", frame) == "All 2 studies are about back pain: 2 human"


@given(SELECTIONS)
def test_grid_adds_up_to_the_studies(selection: Selection) -> None:
    left = select(real(), selection)
    frame = evidence.coverage(left)
    assert len(frame) == 56
    assert frame["studies"].sum() == len(left.studies)
    assert frame["participants"].sum() <= left.studies["n_total"].sum()


@given(SELECTIONS)
def test_counting_a_selection_is_selecting_then_counting(selection: Selection) -> None:
    keys = set(select(real(), selection).studies["study"])
    kept = real().studies[real().studies["study"].isin(keys)]
    expected = kept.groupby(["condition", "subject"], observed=False).size()
    assert list(evidence.coverage(select(real(), selection))["studies"]) == list(expected)


@given(SELECTIONS)
def test_funnel_never_widens(selection: Selection) -> None:
    assert evidence.funnel(select(real(), selection))["studies"].is_monotonic_decreasing


def test_nothing_changes_its_input() -> None:
    before = {name: frame.copy() for name, frame in real().tables.items()}
    evidence.headline(real())
    evidence.state(real())
    for name, frame in before.items():
        pd.testing.assert_frame_equal(real().tables[name], frame)


def test_dots_hold_every_study_once() -> None:
    frame = evidence.dots(real())
    assert sorted(frame["study"]) == sorted(real().studies["study"])
    first = frame[frame["condition"] == "sciatica"]
    assert list(first["study"]) == [
        "cabreales2008", "nct04532775", "fathy2022", "imani2024", "rapm49a144", "raouf2025",
        "li2024",
    ]  # fmt: skip
    assert list(first["slot"]) == [0, 1, 2, 3, 4, 5, 6]
    assert list(first["subject_label"].astype("str")) == ["Human"] * 6 + ["Animal"]
    assert all(frame[name].cat.ordered for name in ("condition_label", "subject_label"))


def test_timeline_adds_up() -> None:
    frame = evidence.timeline(real())
    assert (frame["year"].min(), frame["year"].max()) == (1993, 2026)
    assert len(frame) == 34 * 4
    last = frame[frame["year"] == 2026]
    assert list(last["cumulative"]) == [64, 53, 3, 23]
    # Counted in references.bib: five studies of 2025, all in people.
    assert list(frame.loc[frame["year"] == 2025, "studies"]) == [5, 0, 0, 0]


def test_timeline_holds_a_study_printed_after_the_search() -> None:
    package = replace(real().package, searched="2024-12")
    frame = evidence.timeline(replace(selected("condition=sciatica"), package=package))
    # cabreales2008 is the first and raouf2025 the last; li2024 is the one in animals.
    assert (frame["year"].min(), frame["year"].max()) == (2008, 2025)
    assert list(frame.loc[frame["year"] == 2025, "cumulative"]) == [6, 1, 0, 0]


def test_timeline_and_dots_of_nothing() -> None:
    left = selected("subject=")
    assert list(evidence.timeline(left)["year"].unique()) == [2026]
    assert evidence.dots(left).empty
    assert evidence.describe("dots", evidence.dots(left)) == (
        "One mark for each of 0 studies, by condition and subject."
    )
    assert evidence.describe("timeline", evidence.timeline(real())) == (
        "Cumulative studies by year, 1993 to 2026: 64 human, 53 animal, 3 in vitro, 23 review."
    )
