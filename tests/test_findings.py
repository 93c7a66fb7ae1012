"""Votes and trials: numbers counted by a script over the CSV files that knows no package."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given

from review import evidence
from review.evidence import findings
from review.facets import select
from tests.real import real, selected
from tests.test_selection import SELECTIONS

# Votes per domain: benefit, no difference, harm, mixed, not reported.
HUMAN = {
    "pain_intensity": (2, 7, 0, 3, 7),
    "pain_hypersensitivity": (0, 0, 0, 0, 0),
    "disability": (1, 2, 0, 1, 2),
    "nerve_function": (2, 2, 0, 3, 0),
    "motor_function": (0, 1, 0, 0, 0),
    "nerve_regeneration": (0, 0, 0, 0, 0),
    "muscle_spasm_or_cramp": (5, 5, 0, 1, 0),
    "range_of_motion": (0, 1, 0, 0, 0),
    "quality_of_life": (0, 3, 0, 0, 1),
    "sleep_or_stress": (4, 5, 0, 1, 0),
    "analgesic_use": (1, 1, 0, 1, 1),
    "inflammation": (1, 0, 0, 0, 0),
    "magnesium_status": (1, 2, 0, 0, 1),
    "bone_health": (0, 0, 0, 0, 0),
    "mechanism": (0, 1, 0, 0, 0),
    "adverse_events": (1, 3, 0, 0, 3),
}
ANIMAL = {
    "pain_intensity": (2, 2, 0, 1, 0),
    "pain_hypersensitivity": (10, 2, 1, 3, 0),
    "nerve_function": (4, 1, 1, 1, 0),
    "motor_function": (9, 3, 0, 2, 0),
    "nerve_regeneration": (9, 1, 0, 3, 0),
    "sleep_or_stress": (3, 0, 0, 0, 0),
    "inflammation": (2, 0, 0, 0, 0),
    "magnesium_status": (7, 1, 0, 0, 0),
    "mechanism": (9, 0, 0, 1, 0),
    "adverse_events": (0, 0, 2, 0, 0),
}


def votes(frame: pd.DataFrame, subject: str, domain: str) -> tuple[int, ...]:
    rows = frame[(frame["subject"] == subject) & (frame["domain"] == domain)]
    return tuple(rows["studies"])


@pytest.mark.parametrize("domain", HUMAN)
def test_votes(domain: str) -> None:
    frame = evidence.directions(real())
    assert votes(frame, "human", domain) == HUMAN[domain]
    assert votes(frame, "animal", domain) == ANIMAL.get(domain, (0, 0, 0, 0, 0))


def test_grid_is_complete_and_in_order() -> None:
    frame = evidence.directions(real())
    assert len(frame) == 16 * 5 * 4
    assert list(dict.fromkeys(frame["domain"])) == list(HUMAN)
    assert list(dict.fromkeys(frame["direction_label"])) == [
        "Benefit",
        "No difference",
        "Harm",
        "Mixed",
        "Not reported",
    ]


@pytest.mark.parametrize(
    ("study", "domain", "expected"),
    [
        pytest.param("yousef2013", "pain_intensity", (0, 0, 0, 1, 0), id="differing outcomes"),
        pytest.param("raouf2025", "pain_intensity", (1, 0, 0, 0, 0), id="two alike, one vote"),
        pytest.param("jain2023", "pain_intensity", (0, 0, 0, 0, 1), id="no result seen"),
        pytest.param("imani2024", "pain_intensity", (0, 0, 0, 0, 0), id="against another drug"),
        pytest.param("dubray1997", "pain_hypersensitivity", (0, 0, 0, 0, 0), id="deprived"),
        pytest.param("chu2016", "nerve_function", (0, 0, 0, 0, 0), id="association"),
    ],
)
def test_one_vote_per_study_and_domain(study: str, domain: str, expected: tuple[int, ...]) -> None:
    outcomes = real().outcomes[real().outcomes["study"] == study]
    studies = real().studies[real().studies["study"] == study]
    tables = {**real().tables, "studies": studies, "outcomes": outcomes}
    frame = evidence.directions(replace(real(), tables=tables))
    assert votes(frame, str(studies["subject"].iloc[0]), domain) == expected


def test_comparators_can_be_chosen() -> None:
    frame = evidence.directions(selected("condition=sciatica&subject=human"), ["active"])
    # imani2024 for, the conference abstract against.
    assert votes(frame, "human", "pain_intensity") == (1, 1, 0, 0, 0)


def test_trials_are_nearest_first_then_largest() -> None:
    frame = evidence.trials(real()).drop_duplicates("study")
    assert len(frame) == 44
    assert list(frame["study"])[:6] == [
        "fathy2022",
        "raouf2025",
        "cabreales2008",
        "rapm49a144",
        "imani2024",
        "bayram2021",
    ]
    # macian2022 gave no number and comes last of its condition.
    others = frame[frame["condition"] == "other_pain"]
    assert list(others["study"])[-1] == "macian2022"
    assert pd.isna(others["n_total"].iloc[-1])


@pytest.mark.parametrize(
    ("study", "expected"),
    [
        (
            "imani2024",
            {
                "pain_intensity": "benefit",
                "disability": "benefit",
                "adverse_events": "no_difference",
            },
        ),
        (
            "rapm49a144",
            {
                "pain_intensity": "no_difference",
                "disability": "no_difference",
                "adverse_events": "no_difference",
            },
        ),
        ("fathy2022", {}),  # compared within groups only
        (
            "bayram2021",
            {"pain_intensity": "mixed", "disability": "mixed", "range_of_motion": "no_difference"},
        ),
        ("cabreales2008", {"pain_intensity": "not_reported"}),
    ],
    ids=["for", "against", "before and after", "mixed", "not seen"],
)
def test_trial_findings(study: str, expected: dict[str, str]) -> None:
    frame = evidence.trials(real())
    found = frame[(frame["study"] == study) & frame["direction"].notna()]
    assert dict(zip(found["domain"], found["direction"].astype("str"), strict=True)) == expected


def test_trial_findings_are_labelled_in_the_order_of_the_vocabulary() -> None:
    frame = evidence.trials(selected("condition=sciatica"))
    row = frame[(frame["study"] == "imani2024") & (frame["domain"] == "pain_intensity")].iloc[0]
    assert (row["domain_label"], row["direction_label"]) == ("Pain intensity", "Benefit")
    assert list(frame["direction_label"].cat.categories) == [
        "Benefit",
        "No difference",
        "Harm",
        "Mixed",
        "Not reported",
    ]
    assert frame["domain_label"].cat.categories[:2].tolist() == [
        "Pain intensity",
        "Pain hypersensitivity",
    ]
    assert list(frame.columns) == [
        *findings.TRIAL_COLUMNS,
        *("domain", "domain_label", "direction", "direction_label", "g", "low", "high"),
    ]
    assert list(findings.votes(real(), None).columns) == ["study", "domain", "direction"]
    assert frame["domain_label"].cat.ordered
    assert frame["direction_label"].cat.ordered


def test_two_differences_in_one_domain_are_one_row() -> None:
    outcomes = real().outcomes
    (sized,) = outcomes.index[(outcomes["study"] == "roguinmaor2017") & (outcomes["outcome"] == 1)]
    again = outcomes.loc[[sized]].assign(outcome=99, mean_control=0.0)
    both = pd.concat([outcomes, again.astype(outcomes.dtypes)], ignore_index=True)
    frame = evidence.trials(replace(real(), tables={**real().tables, "outcomes": both}))
    pd.testing.assert_frame_equal(frame, evidence.trials(real()))


def test_trial_says_route_and_comparator() -> None:
    frame = evidence.trials(real()).drop_duplicates("study").set_index("study")
    assert frame.loc["raouf2025", "routes"] == "Epidural"
    assert frame.loc["yousef2013", "routes"] == "By mouth, Into a vein"
    assert frame.loc["imani2024", "comparators"] == "Other treatment"
    assert frame.loc["usuhs1999", "doses"] == (
        "oral 800mg magnesium oxide supplement every day for two months"
    )
    assert pd.isna(frame.loc["imani2024", "doses"])
    assert frame.loc["demiroglu2016", "doses"] == (
        "50 mg/kg MgSO4 in 30 mL saline injected into the paraspinal muscles; "
        "50 mg/kg MgSO4 intravenously in 150 mL saline within 30 mins"
    )


def test_a_difference_only_where_every_number_is_there() -> None:
    frame = evidence.trials(real()).dropna(subset="g")
    # n 48 and 46, change -3.41 (4.05) and -3.03 (4.53): g is small and its interval holds 0.
    (row,) = frame.to_dict("records")
    assert row["study"] == "roguinmaor2017"
    assert row["low"] < 0 < row["high"]


def test_descriptions() -> None:
    assert evidence.describe("trials", evidence.trials(real())) == (
        "44 controlled trials in people, nearest to the question first. Nearest to the question: "
        "5 in sciatica. 1 reported the numbers that a standardised difference needs. No "
        "estimate is pooled from them."
    )
    assert evidence.describe("trials", evidence.trials(selected("subject=animal"))) == (
        "0 controlled trials in people, nearest to the question first. 0 reported the numbers "
        "that a standardised difference needs. No estimate is pooled from them."
    )
    one = evidence.trials(selected("condition=sciatica&year_from=2025"))
    assert evidence.describe("trials", one).startswith(
        "1 controlled trial in people, nearest to the question first. Nearest to the question: "
        "1 in sciatica."
    )
    said = evidence.describe("directions", evidence.directions(selected("subject=human")))
    assert said.startswith(
        "Votes as reported by the authors, one per study and outcome domain. human: 18 benefit, "
        "33 no difference, 0 harm, 10 mixed, 15 not reported; animal: 0 benefit"
    )


def test_a_trial_without_a_dose_can_have_a_difference() -> None:
    trial = {"study": "a", "condition_label": "Sciatica", "doses": None, "g": 0.1}
    assert evidence.describe("trials", pd.DataFrame([trial])) == (
        "1 controlled trial in people, nearest to the question first. Nearest to the question: "
        "1 in sciatica. 1 reported the numbers that a standardised difference needs. No estimate "
        "is pooled from them."
    )
    assert evidence.takeaway("trials", pd.DataFrame([trial])) == (
        "Of 1 controlled trial in people, 1 is about sciatica; 1 gives a standardised difference"
    )


@given(SELECTIONS)
def test_no_study_votes_twice(selection: object) -> None:
    left = select(real(), selection)  # type: ignore[arg-type]
    by_domain = evidence.directions(left).groupby("domain", observed=False)["studies"].sum()
    pairs = left.outcomes.drop_duplicates(["study", "domain"])["domain"].value_counts()
    assert all(by_domain[domain] <= pairs[domain] for domain in pairs.index)
    assert evidence.trials(left)["study"].nunique() <= len(left.studies)
