"""The panel at every width of the window, and in the colours of the page."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from tests.browser.expected import TITLES
from tests.browser.lab import COLOURS, GROUPS, Lab, Panel

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("one_panel")]
BOXES = Path(__file__).with_name("boxes.js").read_text(encoding="utf-8").partition("\n")[2]
# The notebook reaches to the right edge of the window, and the chart fills its place.
FITTED = f"""() => {{
  const {{ beside, width, drawn }} = ({BOXES})();
  return beside > 0 && beside < 100 && Math.abs(width - drawn) < 1;
}}"""


@pytest.fixture
def window(panel: Panel) -> Iterator[Callable[[int], None]]:
    """Set the width of the window; it is as before after the test."""

    def width(pixels: int) -> None:
        panel.page.set_viewport_size({"width": pixels, "height": 1000})

    yield width
    width(1400)
    expect(panel.root.locator(".review-filters")).to_have_attribute("open", "")


def boxes(page: Page) -> dict[str, Any]:
    with contextlib.suppress(WaitedTooLong):
        page.wait_for_function(FITTED, timeout=5_000)
    return dict(page.evaluate(BOXES))


@pytest.mark.parametrize(
    "width", [1000, *(pytest.param(width, marks=pytest.mark.long) for width in (1400, 1920))]
)
@pytest.mark.parametrize("name", TITLES)
def test_nothing_overflows(
    panel: Panel, window: Callable[[int], None], name: str, width: int
) -> None:
    panel.names.select_option(index=1)
    expect(panel.facts).to_have_count(1)
    panel.page.locator(".review-group").evaluate_all(GROUPS, True)
    window(width)
    panel.pick(name)
    expect(panel.chart).to_have_attribute("data-figure", name)
    found = boxes(panel.page)
    assert found["outside"] == []
    assert found["scrolled"] == []
    assert found["drawn"] == pytest.approx(found["width"], abs=1)
    assert found["width"] >= 400
    assert found["cut"] == []
    assert found["overlapping"] == []


def test_filters_fold_above_the_chart_where_there_is_no_room_beside_it(
    panel: Panel, window: Callable[[int], None]
) -> None:
    filters = panel.root.locator(".review-filters")
    summary = filters.locator("> summary")
    beside = boxes(panel.page)
    assert beside["filters"][0] < beside["shown"][0]
    expect(filters).to_have_attribute("open", "")
    expect(summary).to_be_hidden()
    # With the side bar open.
    window(1000)
    expect(filters).not_to_have_attribute("open", "")
    above = boxes(panel.page)
    assert above["filters"][1] <= above["shown"][1]
    summary.press("Enter")
    figure = panel.chart.get_attribute("data-figure") or ""
    panel.only("subject", "human").click()
    panel.shows({"subject": ("human",)}, figure)
    expect(filters).to_have_attribute("open", "")


@pytest.mark.usefixtures("dark")
def test_colours_follow_the_theme(panel: Panel) -> None:
    for colour in panel.page.evaluate(COLOURS):
        assert min(int(part) for part in re.findall(r"\d+", colour)[:3]) > 150


def test_page_reported_no_error(lab: Lab) -> None:
    assert lab.errors == []
