"""A second, made-up review: everything works for another question, and nothing of ours is said.

Numbers are counted by hand in the rows of tests/other.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from review import Review, Selection, evidence, facts, panels, select
from review.__main__ import main
from review.dictionary import dictionary
from review.figures import NAMES, draw
from review.style import PAGE, SCREEN, TALK, Look
from tests import other

# What the figures of the first review say, and no figure of another may.
OURS = (
    "magnesium", "sciatica", "elemental", "by mouth", "swallowed", "injected", "nerve", "pain",
    "animal,", "in vitro", "points",
)  # fmt: skip
EACH = pytest.mark.parametrize("name", NAMES)
LOOKS = pytest.mark.parametrize("look", [SCREEN, PAGE, TALK], ids=["screen", "page", "talk"])


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return other.load(tmp_path_factory.mktemp("other") / "review")


def ours(text: str) -> list[str]:
    return [word for word in OURS if word in text.lower()]


def test_check_counts_it(
    made_up: Review, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--data", str(other.write(tmp_path / "review"))]) == 0
    assert capsys.readouterr().out == (
        "8 studies: 4 people, 1 mice, 1 worms, 1 dishes, 1 papers; 8 arms, 8 outcomes, 1 sources, "
        "5 claims, 3 articles, 1 compounds, 6 species, 5 limits, 0 facts, 0 left out, 5 funnel, "
        "8 references\n"
        f"data version {made_up.version}\n"
    )


@EACH
@LOOKS
def test_no_figure_says_our_words(made_up: Review, name: str, look: Look) -> None:
    figure, said = draw(made_up, name, evidence.state(made_up), look)
    assert "8 of 8 studies" in figure.layout.title.text.replace("<br>", " ")
    assert ours(figure.to_json() + said) == []


@EACH
def test_every_figure_has_an_empty_state(made_up: Review, name: str) -> None:
    nothing = select(made_up, Selection(subject=()))
    figure, said = draw(nothing, name, evidence.state(nothing))
    assert "0 of 8 studies" in figure.layout.title.text
    assert figure.layout.annotations
    assert ours(figure.to_json() + said) == []


def test_no_sentence_says_our_words(made_up: Review) -> None:
    assert evidence.headline(made_up) == (
        "1 of the 8 cited studies is a trial by lot of sniffed examplin in people with hiccups. "
        "Step by step: told of people 4, of these with hiccups 3, of these by lot 2, of these "
        "sniffed 1."
    )
    assert evidence.state(made_up) == (
        "8 of 8 studies: 4 people (at least 52 people in 3 randomised trials), 1 mice, 1 worms, "
        "1 dishes, 1 papers"
    )
    chosen = Selection.parse("route=sniffed,not_reported&condition=hiccups")
    assert ours(chosen.describe(made_up)) == []
    assert set(ours(dictionary(made_up.package))) <= {"elemental"}  # the name of a column


@EACH
def test_the_panel_has_its_words(made_up: Review, name: str) -> None:
    panel = panels.explore(made_up, name)
    face = panel._repr_mimebundle_()["text/html"]
    assert "[Made up] A" in face
    assert ours(face) == []
    told = " ".join(f"{key} {value}" for widget in _inside(panel) for key, value in _state(widget))
    assert "Nose drops" in told
    assert ("3 hiccups" in told) == (name == "information_size")
    assert ours(told) == []


def _state(widget: Any) -> list[tuple[str, object]]:
    """Return what a page is told of a widget, scripts and styles apart."""
    state = widget.get_state()
    return [(key, value) for key, value in state.items() if not key.startswith("_")]


@pytest.mark.parametrize("key", [f"made_up_{letter}" for letter in "abcdefgh"])
def test_facts_of_a_study_have_its_words(made_up: Review, key: str) -> None:
    shown = facts.html(made_up, key)
    assert "[Made up]" in shown
    assert ours(shown) == []


def test_studies_in_short_have_its_words(made_up: Review) -> None:
    doses = facts.table(made_up).set_index("study")["dose"]
    assert doses["made_up_d"] == "500 mg/day examplin"
    assert doses["made_up_e"] == "2.43 mg/day examplin (human-equivalent)"


def _inside(widget: Any) -> list[Any]:
    children = getattr(widget, "children", ())
    return [widget, *(inner for child in children for inner in _inside(child))]


def test_funnel(made_up: Review) -> None:
    steps = evidence.funnel(made_up)
    assert list(steps["studies"]) == [8, 4, 3, 2, 1]
    # a has 40 people and c 12; b gave no number, and d was not by lot.
    assert list(steps["participants"]) == [52, 52, 40, 40, 40]
    assert list(steps["randomised_trials"]) == [3, 3, 2, 2, 1]
    assert list(steps["without_number"]) == [1, 1, 1, 1, 0]


def test_statements_meet_the_subjects_of_the_vocabulary(made_up: Review) -> None:
    frame = evidence.claims(made_up)
    assert list(dict.fromkeys(frame["evidence_label"])) == [
        "Direct human", "Indirect human", "Mice", "Worms", "Dishes",
    ]  # fmt: skip
    counts = frame.groupby("claim", sort=False)["studies"].agg(list).to_dict()
    assert counts == {
        "X01": [2, 0, 1, 0, 0],  # a and b; e
        "X02": [0, 0, 0, 0, 0],  # d compares with earlier, f was bathed
        "Y01": [0, 1, 0, 0, 1],  # c; g
        "Z02": [0, 0, 0, 0, 0],
    }


def test_doses_are_those_of_the_substance(made_up: Review) -> None:
    frame = evidence.doses(made_up).set_index("study")
    placed = frame["low"].dropna()
    # 50 ug twice; half of 1 g; half of 1 mg/kg, times 3/37 for a mouse, for 60 kg.
    assert placed.to_dict() == pytest.approx(
        {"made_up_b": 0.2, "made_up_c": 0.1, "made_up_d": 500, "made_up_e": 0.5 * 3 / 37 * 60}
    )
    assert frame.loc[["made_up_a", "made_up_f", "made_up_g"], "reason"].tolist() == [
        "no_number", "local_route", "local_route",
    ]  # fmt: skip
    assert frame.loc["made_up_b", ["place", "wide_place"]].tolist() == [
        "People, nose drops", "People, in the nose",
    ]  # fmt: skip
    figure, _ = draw(made_up, "doses")
    assert figure.layout.xaxis.title.text.startswith("Examplin, mg/day")


def test_every_placed_dose_is_drawn(made_up: Review) -> None:
    # Six groups of routes are more than there are symbols.
    groups = evidence.doses(made_up)["group"].cat.categories
    assert len(groups) == 6
    figure, _ = draw(made_up, "doses")
    keys = [key for trace in figure.data[:-1] for key in trace.customdata]
    assert sorted(set(keys)) == ["made_up_b", "made_up_c", "made_up_d", "made_up_e"]
    assert len(figure.data) == 5 * 6 + 1


def test_upper_level_in_another_unit_stands_where_it_belongs(made_up: Review) -> None:
    lines = evidence.intake_lines(made_up)
    assert set(lines["value"]) == {0.1}
    assert set(lines["place"]) == {"People, lozenge", "Mice, lozenge", "Worms, lozenge"}
    # The axis reaches beyond it, so that its label has room.
    figure, _ = draw(made_up, "doses")
    assert tuple(figure.layout.xaxis.range) == (-2, 3.5)


def test_subjects_are_told_apart(made_up: Review) -> None:
    figure, _ = draw(made_up, "dots")
    marks = [(trace.marker.color, trace.marker.symbol) for trace in figure.data]
    assert len(set(marks)) == 5


def test_votes(made_up: Review) -> None:
    frame = evidence.directions(made_up)
    cast = frame[frame["studies"] > 0]
    assert [tuple(row) for row in cast[["domain", "direction", "subject"]].to_numpy()] == [
        ("hiccup_rate", "benefit", "people"),
        ("hiccup_rate", "benefit", "mice"),
        ("hiccup_rate", "no_difference", "people"),
        ("loudness", "benefit", "dishes"),
        ("loudness", "harm", "people"),
        ("dizziness", "mixed", "worms"),
    ]


def test_standardised_difference(made_up: Review) -> None:
    (row,) = evidence.trials(made_up).dropna(subset="g").to_dict("records")
    # (7 - 5) / 2, with the correction for 38 degrees of freedom; fewer hiccups are better.
    assert row["study"] == "made_up_a"
    assert row["g"] == pytest.approx(1 - 3 / (4 * 38 - 1))


def test_people_and_an_adequate_trial(made_up: Review) -> None:
    frame = evidence.information_size(made_up)
    assert frame[["trials", "participants", "without_number"]].to_numpy().tolist() == [
        [1, 0, 1],  # b
        [1, 12, 0],  # c
    ]
    assert set(frame["goal"]) == {"3 hiccups"}


def test_consistency_knows_the_flags(made_up: Review) -> None:
    (row,) = evidence.consistency(made_up).to_dict("records")
    # Within one group, by the flag of its comparator: the p value is one of a paired test.
    assert (row["study"], row["check"], row["verdict"]) == ("made_up_d", "before_after", "agrees")
    assert row["reported"] == "6 (1) before, 4 (1) after, n = 15; p = 0.001"
