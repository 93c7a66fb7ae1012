"""What holds for every figure: one name, a table twin, an empty state, any number of studies."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import Review, charts, evidence, provenance
from review.charts.parts import NO_STUDY, WIDEN
from review.facets import select
from review.figures import NAMES, draw
from review.selection import Selection
from review.style import PAGE, SCREEN, TALK, Look
from review.tables import ROOT
from tests.real import real, selected
from tests.synthetic import of_rows, of_size
from tests.test_selection import SELECTIONS
from tools.figures import manifest

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = pytest.mark.parametrize("look", [SCREEN, PAGE, TALK], ids=["screen", "page", "talk"])
EACH = pytest.mark.parametrize("name", NAMES)
REVIEWS = st.lists(st.integers(0, 142), max_size=25).map(of_rows)


def drawn(name: str, review: Review, look: Look = SCREEN) -> dict[str, Any]:
    figure, _ = draw(review, name, evidence.state(review), look)
    plain: dict[str, Any] = json.loads(figure.to_json())
    return plain


@EACH
def test_one_name_everywhere(name: str) -> None:
    assert name in evidence.__all__
    assert name in charts.__all__
    assert (ROOT / "figures" / f"{name}.svg").exists()


def test_charts_are_the_nine_figures() -> None:
    assert sorted(charts.__all__) == sorted((*NAMES, "TITLES"))
    assert len(NAMES) == 9


@EACH
@LOOKS
def test_nothing_left_is_a_titled_figure_that_says_so(name: str, look: Look) -> None:
    figure = drawn(name, selected("subject="), look)
    assert "0 of 143 studies" in figure["layout"]["title"]["text"]
    # Only on a screen can a person do something about it.
    said = WIDEN if look is SCREEN else NO_STUDY
    assert said in [note["text"] for note in figure["layout"]["annotations"]]


@EACH
@LOOKS
@pytest.mark.parametrize("text", ["subject=human", "condition=sciatica", "subject="])
def test_a_filter_moves_no_trace_and_no_colour(name: str, look: Look, text: str) -> None:
    whole, part = drawn(name, real(), look)["data"], drawn(name, selected(text), look)["data"]
    assert [trace.get("name") for trace in part] == [trace.get("name") for trace in whole]
    for one, other in zip(part, whole, strict=True):
        assert one.get("colorscale") == other.get("colorscale")
        colours = [trace.get("marker", {}).get("color") for trace in (one, other)]
        assert colours[0] == colours[1]


@EACH
@pytest.mark.parametrize("size", [1, 2, 10_000])
def test_any_number_of_studies(name: str, size: int) -> None:
    figure = drawn(name, of_size(size))
    assert f"{size:,} of {size:,} studies" in figure["layout"]["title"]["text"].replace("<br>", " ")


@EACH
def test_json_is_stable(name: str) -> None:
    assert drawn(name, real()) == drawn(name, real())


@EACH
def test_a_talk_has_its_size_and_no_small_text(name: str) -> None:
    figure = drawn(name, real(), TALK)
    assert (figure["layout"]["width"], figure["layout"]["height"]) == (1280, 720)
    assert min(_sizes(figure)) >= 24


def _sizes(part: Any) -> list[float]:
    """Return every font size that a figure names, those within its texts included."""
    found = list[float]()
    if isinstance(part, dict):
        found += [part["font"]["size"]] if "size" in part.get("font", {}) else []
        found += [part["textfont"]["size"]] if "size" in part.get("textfont", {}) else []
        found += [part["tickfont"]["size"]] if "size" in part.get("tickfont", {}) else []
        hover = {key: value for key, value in part.items() if key != "hoverlabel"}
        found += [size for value in hover.values() for size in _sizes(value)]
    elif isinstance(part, list):
        found += [size for value in part for size in _sizes(value)]
    elif isinstance(part, str) and "font-size:" in part:
        found.append(float(part.split("font-size:")[1].split("px")[0]))
    return found


@pytest.mark.parametrize("name", ["dots", "trials", "doses", "claims"])
def test_marks_in_the_data_stay_text(name: str) -> None:
    marked = "<b>imani2024</b>"
    studies = real().studies.assign(citation=marked)
    arms = real().arms.assign(dose_as_reported=marked)
    claims = real().tables["claims"].assign(statement=marked)
    tables = {**real().tables, "studies": studies, "arms": arms, "claims": claims}
    review = replace(real(), tables=tables)
    assert marked not in draw(review, name)[0].to_json()
    assert "&lt;b" in draw(review, name)[0].to_json()


@EACH
def test_description_is_a_sentence(name: str) -> None:
    _, said = draw(real(), name)
    assert said.endswith(".")
    assert any(sign.isdigit() for sign in said)


@given(REVIEWS)
def test_tables_of_any_review_add_up(review: Review) -> None:
    studies = len(review.studies)
    assert evidence.coverage(review)["studies"].sum() == studies
    assert len(evidence.dots(review)) == studies
    assert evidence.timeline(review)["studies"].sum() == studies
    assert int(evidence.funnel(review)["studies"].iloc[0]) == studies
    assert evidence.coverage(review)["participants"].sum() <= review.studies["n_total"].sum()
    assert evidence.doses(review)[["study", "arm"]].duplicated().sum() == 0


@given(REVIEWS, SELECTIONS)
def test_every_figure_draws_any_selection_of_any_review(
    review: Review, selection: Selection
) -> None:
    left = select(review, selection)
    for name in NAMES:
        draw(left, name)


def test_committed_pictures_are_fresh() -> None:
    committed = json.loads((ROOT / "figures" / "manifest.json").read_text(encoding="utf-8"))
    assert committed == manifest(real()), "figures/ is stale: run `make figures`"


def test_another_version_of_the_data_makes_every_picture_stale() -> None:
    committed, now = manifest(real()), manifest(replace(real(), version="0123456789"))
    assert now["data_version"] == "0123456789"
    assert [name for name in NAMES if now["figures"][name] == committed["figures"][name]] == []


@EACH
def test_committed_pictures_say_what_they_show(name: str) -> None:
    root = ElementTree.parse(ROOT / "figures" / f"{name}.svg").getroot()
    _, said = draw(real(), name)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == f"{said} {provenance.of(real()).line}."
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    for line in provenance.of(real()).lines:
        assert re.sub(r"\s", "", line) in re.sub(r"\s", "", words)


def test_nothing_changes_its_input() -> None:
    before = {name: table.copy() for name, table in real().tables.items()}
    evidence.consistency(real())
    for name in NAMES:
        frame = getattr(evidence, name)(real())
        kept = frame.copy()
        getattr(charts, name)(frame)
        pd.testing.assert_frame_equal(frame, kept)
    for name, table in before.items():
        pd.testing.assert_frame_equal(real().tables[name], table)
