"""Every figure at its fixed sizes, drawn in a real browser: no text lies on another or is cut."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from review import Selection, evidence, provenance
from review.export.files import drawn
from review.export.views import View
from review.figures import NAMES, draw
from review.style import PAGE, SHAPES, SLIDE, TALK, Look
from tests.real import real, selected

pytestmark = pytest.mark.browser
DRAW = """async (figure) => {
  document.body.innerHTML = "<div id='figure'></div>";
  await Plotly.newPlot("figure", figure.data, figure.layout, { staticPlot: true });
}"""
# The boxes of all lines of text, each shrunk by a px, since letters seldom fill their box.
TEXTS = """() => {
  const lines = [...document.querySelectorAll("#figure text")].flatMap((text) => {
    const spans = [...text.querySelectorAll("tspan.line")];
    return spans.length ? spans : [text];
  });
  return lines
    .filter((line) => line.textContent.trim())
    .map((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      const box = range.getBoundingClientRect();
      const turned = line.closest("text").getAttribute("transform")?.includes("rotate(-");
      return [line.textContent, box.left + 1, box.top + 1, box.right - 1, box.bottom - 1, turned];
    });
}"""
SELECTIONS = ["", "subject=human", "condition=sciatica"]
LONG = (
    "condition=sciatica,sciatic_nerve_injury,low_back_pain,neuropathic_pain,other_nerve_injury,"
    "spine_degeneration,other_pain,muscle_cramp,sleep_or_stress&subject=human,animal"
    "&route=oral,intravenous,topical,not_reported&year_from=1990"
)


@pytest.mark.parametrize("look", [PAGE, TALK, SLIDE], ids=["900x600", "1280x720", "slide"])
@pytest.mark.parametrize("text", SELECTIONS, ids=["everything", "human", "sciatica"])
@pytest.mark.parametrize("name", NAMES)
def test_no_text_overlaps_or_is_cut(canvas: Page, name: str, text: str, look: Look) -> None:
    review = selected(text)
    # A slide says below the picture what is shown.
    subtitle = "" if look == SLIDE else evidence.state(review)
    figure, _ = draw(review, name, subtitle, look)
    canvas.evaluate(DRAW, json.loads(figure.to_json()))
    boxes = canvas.evaluate(TEXTS)
    assert boxes
    assert [box[0] for box in boxes if _outside(box, look)] == []
    assert _overlaps(boxes) == []


@pytest.mark.parametrize("shape", SHAPES, ids=["16x9", "4x3", "1x1"])
@pytest.mark.parametrize(
    "text", [*SELECTIONS, LONG], ids=["everything", "human", "sciatica", "long"]
)
@pytest.mark.parametrize("name", NAMES)
def test_no_provenance_overlaps_or_is_cut(canvas: Page, name: str, text: str, shape: str) -> None:
    source = provenance.of(real(), Selection.parse(text))
    figure, _ = drawn(selected(text), source, name, View(shape=shape))
    canvas.evaluate(DRAW, json.loads(figure.to_json()))
    boxes = canvas.evaluate(TEXTS)
    assert [box[0] for box in boxes if _outside(box, SHAPES[shape])] == []
    assert _overlaps(boxes) == []
    said = " ".join(box[0] for box in boxes)
    for line in source.lines[1:]:
        assert line in said


def _outside(box: list[Any], look: Look) -> bool:
    _, left, top, right, bottom, _ = box
    return left < -1 or top < -1 or right > (look.width or 0) + 1 or bottom > (look.height or 0) + 1


def _overlaps(boxes: list[list[Any]]) -> list[tuple[str, str]]:
    # The boxes of slanted lines overlap where their letters do not; these are side by side.
    return [
        (one[0], other[0])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if not (one[5] and other[5])
        and min(one[3], other[3]) > max(one[1], other[1])
        and min(one[4], other[4]) > max(one[2], other[2])
    ]
