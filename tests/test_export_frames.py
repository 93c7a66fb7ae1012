"""A figure as it leaves: its provenance is in it, on any ground, in any shape."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
import pytest

from review import Selection, provenance, style
from review.export.files import drawn
from review.export.frames import BACKGROUNDS, framed
from review.export.views import View
from review.figures import NAMES
from review.provenance import Provenance
from review.style import SHAPES, TALK
from tests.real import real, selected
from tests.test_charts import _luminance

EACH = pytest.mark.parametrize("name", NAMES)
COLOUR = re.compile(r'"(#[0-9a-f]{6})"')


def figure(name: str, text: str = "", **view: Any) -> go.Figure:
    source = provenance.of(real(), Selection.parse(text))
    return drawn(selected(text), source, name, View(**view))[0]


def foot(shown: go.Figure) -> str:
    return unescape(str(shown.layout.legend2.title.text)).replace("<br>", " ")


@EACH
@pytest.mark.parametrize("shape", SHAPES)
def test_provenance_is_in_every_figure_of_every_shape(name: str, shape: str) -> None:
    shown = figure(name, shape=shape)
    assert foot(shown) == provenance.of(real()).line
    size = (shown.layout.width, shown.layout.height)
    assert size == {"16:9": (1280, 720), "4:3": (960, 720), "1:1": (720, 720)}[shape]
    assert shown.layout.legend2.title.font.size >= 11


def test_a_fact_stays_on_one_line() -> None:
    lines = str(figure("funnel", shape="1:1").layout.legend2.title.text).split("<br>")
    assert len(lines) == 2
    for fact in provenance.of(real()).lines[2:]:
        assert any(fact in line for line in lines)


def test_a_selection_of_too_many_words_is_cut_and_nothing_else() -> None:
    words = ",".join(real().package.column("studies.condition").values)
    shown = figure("funnel", f"condition={words}")
    assert str(shown.layout.legend2.title.text).count("<br>") == 2
    said = foot(shown)
    assert said.startswith("Shown: Condition: Sciatica or Sciatic nerve injury")
    assert " … (in full in view.json) · 143 of 143 studies (64 human" in said
    assert said.endswith("Findings are as reported by the authors")


def test_marks_in_the_words_stay_text() -> None:
    source = Provenance(*["<b>x</b> & y"] * 9)
    shown = framed(go.Figure(layout={"width": 1280, "height": 720}), source, TALK)
    assert "<b>" not in shown.layout.legend2.title.text
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in shown.layout.legend2.title.text


@EACH
def test_the_figure_itself_is_the_same(name: str) -> None:
    whole = figure(name)
    traces = whole.data[:-1]
    assert whole.data[-1].legend == "legend2"
    assert (list(whole.data[-1].x), list(whole.data[-1].y)) == ([None], [None])
    assert all(trace.legend is None for trace in traces)


def test_nothing_left_is_a_titled_figure_that_says_so() -> None:
    for name in NAMES:
        shown = figure(name, "subject=")
        assert "0 of 143 studies" in shown.layout.title.text
        assert "0 of 143 studies (0 human, 0 animal" in foot(shown)


@EACH
def test_transparent_changes_the_paper_only(name: str) -> None:
    plain, clear = (json.loads(figure(name, background=b).to_json()) for b in BACKGROUNDS[:2])
    assert clear["layout"].pop("paper_bgcolor") == "rgba(0,0,0,0)"
    assert plain["layout"].pop("paper_bgcolor") == style.PAPER
    assert clear == plain


@EACH
def test_no_ink_and_no_glare_on_a_dark_ground(name: str) -> None:
    found = set(COLOUR.findall(figure(name, background="dark").to_json()))
    assert {style.DARK_INK, style.DARK_PAPER} <= found
    assert found & {style.INK, style.PAPER, style.GRID} == set()
    # What is as light as the letters is letters, or marks in their colour.
    assert [c for c in found - {style.DARK_INK} if _luminance(c) > 0.5] == []


@EACH
def test_text_on_every_dark_tile_has_contrast(name: str) -> None:
    shown = json.loads(figure(name, background="dark").to_json())
    tiles = [trace for trace in shown["data"] if trace["type"] == "heatmap"]
    assert bool(tiles) == (name in {"coverage", "directions", "claims"})
    for trace in tiles:
        assert trace["textfont"]["color"] == style.DARK_INK
        for _, colour in trace["colorscale"]:
            assert contrast(colour, style.DARK_INK) >= 4.5
        # More studies are further from the ground, which is what a zero looks like.
        steps = [contrast(colour, style.DARK_PAPER) for _, colour in trace["colorscale"][::2]]
        assert steps[0] == 1
        assert all(more > 1.1 * fewer for fewer, more in pairwise(steps))


@pytest.mark.parametrize("hue", [*style.HUES, *style.DIRECTION_HUES[:-1], style.NONE])
def test_marks_can_be_seen_on_a_dark_ground(hue: str) -> None:
    # WCAG 2.2, success criterion 1.4.11: at least 3 to 1.
    assert style.dark(hue) == hue
    assert contrast(hue, style.DARK_PAPER) >= 3


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_a_licence_of_any_length_has_its_place() -> None:
    source = replace(provenance.of(real()), licence="A long name " * 90)
    shown = framed(figure("funnel"), source, TALK)
    lines = str(shown.layout.legend2.title.text).split("<br>")
    assert len(lines) <= 4
    assert lines[-1].endswith("… (in full in view.json)")
