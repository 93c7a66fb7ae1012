"""Notebook 1 in a real JupyterLab and a real browser, used as a person would use it."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from tests.browser import recount

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
NAME = "1_the_answer.ipynb"
FILTERS = ("subject", "condition", "design", "route", "domain")
SHOWN = (HERE / "shown.js").read_text(encoding="utf-8").partition("\n")[2]
BOXES = (HERE / "boxes.js").read_text(encoding="utf-8").partition("\n")[2]
# The notebook reaches to the right edge of the window, and each chart fills its place.
FITTED = f"""() => {{
  const {{ beside, charts }} = ({BOXES})();
  return beside > 0 && beside < 100 && charts.every((it) => Math.abs(it.width - it.drawn) < 1);
}}"""
CELL = f"() => ({BOXES})().cell"
COLOURS = """() => ["funnel", "coverage"].flatMap((name) => {
  const chart = document.querySelector(`.review-panel .review-chart[data-figure=${name}]`);
  const texts = [".gtitle", ".yaxislayer-above text"];
  return texts.map((place) => getComputedStyle(chart.querySelector(place)).fill);
})"""
DRAWN = ".review-panel .review-chart .main-svg"
FAILED = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type$=stderr]"
NEWS = "@jupyterlab/apputils-extension:announcements"
SWITCHED_OFF = """() =>
  JSON.parse(document.getElementById("jupyter-config-data").textContent).disabledExtensions"""
NOTE = "No study matches. Tick more boxes, widen the years, or press Reset."
EVERY_YEAR = (min(recount.YEARS.values()), max(recount.YEARS.values()))
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"


@dataclass
class Lab:
    """One page with the notebook, and what it did so far."""

    page: Page
    folder: Path
    addresses: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def menu(self, *path: str) -> None:
        """Click through the menu bar."""
        self.page.locator(".lm-MenuBar").get_by_text(path[0], exact=True).click()
        for at, entry in enumerate(path[1:]):
            menu = self.page.locator(".lm-Menu").nth(at)
            menu.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    def save(self) -> list[dict[str, Any]]:
        """Save as a person does, and return the cells of the saved file."""
        self.page.locator(".jp-Notebook").first.press("Control+s")
        expect(
            self.page.locator(".jp-Document.jp-mod-dirty, .lm-TabBar .jp-mod-dirty")
        ).to_have_count(0)
        cells = json.loads((self.folder / "notebooks" / NAME).read_text(encoding="utf-8"))["cells"]
        return list(cells)

    def group(self, name: str) -> tuple[Locator, Locator]:
        """Return the head of a group of boxes, with its buttons, and the boxes; unfold them."""
        title = recount.column(name)["title"]
        head = self.page.locator(".review-head").filter(
            has=self.page.locator("b").get_by_text(title, exact=True)
        )
        if not head.is_visible():
            fold = self.page.locator(".review-filters .jupyter-widget-Collapse-header")
            fold.get_by_text(title, exact=True).click()
        return head, head.locator("xpath=following-sibling::*[1]")

    def box(self, name: str, word: str) -> Locator:
        """Return the box of a word, for example `human`."""
        label = recount.labels(name)[word]
        return self.group(name)[1].get_by_role("checkbox", name=label, exact=True)

    def button(self, name: str, text: str) -> Locator:
        return self.group(name)[0].get_by_role("button", name=text, exact=True)

    def reset(self) -> None:
        self.page.locator(".review-panel").get_by_role("button", name="Reset", exact=True).click()
        self.shows({})

    def shows(self, words: recount.Words, *years: int) -> None:
        """Wait until boxes, years, line and both charts agree with the data files."""
        expected = expectation(words, *years)
        condition = f"(expected) => JSON.stringify(({SHOWN})()) === expected"
        text = json.dumps(expected, ensure_ascii=False, separators=(",", ":"))
        try:
            self.page.wait_for_function(condition, arg=text, timeout=10_000)
        except WaitedTooLong:
            assert self.page.evaluate(SHOWN) == expected
            raise


def expectation(words: recount.Words, *years: int) -> dict[str, Any]:
    """Return what shown.js must return, counted from the data files."""
    first, last = years or EVERY_YEAR
    some = recount.chosen(words, first, last)
    cells, steps = recount.coverage(some), recount.funnel(some)
    subtitle = f"{len(some)} of {len(recount.STUDIES)} studies"
    notes = [] if some else [NOTE]
    titles = {
        "subtitle": subtitle,
        "drawn_subtitle": [subtitle],
        "notes": notes,
        "drawn_notes": notes,
    }
    return {
        "ticks": [
            [
                recount.column(name)["title"],
                [
                    [label, word in words.get(name, (word,))]
                    for word, label in recount.labels(name).items()
                ],
            ]
            for name in FILTERS
        ],
        "years": [first, last],
        "state": recount.state(some),
        "coverage": titles
        | {"cells": cells, "drawn": [cell[2] for cell in cells], "described": len(some)},
        "funnel": titles
        | {
            "steps": steps,
            "drawn": [step[2] for step in steps],
            "described": [step[1] for step in steps],
        },
    }


def without(name: str, *words: str) -> dict[str, tuple[str, ...]]:
    """Return the selection that has every word of a field but these."""
    return {name: tuple(word for word in recount.labels(name) if word not in words)}


@pytest.fixture(scope="module")
def lab(browser: Browser, address: str, folder: Path) -> Iterator[Lab]:
    """The notebook after Run All."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    lab = Lab(page, folder)
    page.on("request", lambda request: lab.addresses.append(request.url))
    page.on("websocket", lambda socket: lab.addresses.append(socket.url))
    page.on("pageerror", lambda error: lab.errors.append(str(error)))
    page.on(
        "console",
        lambda said: lab.errors.append(said.text) if said.type == "error" else None,
    )
    page.goto(address)
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    lab.menu("Run", "Run All Cells")
    expect(page.locator(f"{DRAWN}, {FAILED}").first).to_be_attached(timeout=60_000)
    assert page.locator(FAILED).all_inner_texts() == []
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=60_000)
    yield lab
    page.close()


@pytest.fixture
def panel(lab: Lab) -> Lab:
    """The same page with nothing filtered."""
    # Only if needed: nothing would tell when a Reset that changes nothing is done.
    if lab.page.evaluate(SHOWN) != expectation({}):
        lab.reset()
    return lab


def test_notebook_opens_and_runs_without_a_question_or_an_error(lab: Lab) -> None:
    expect(lab.page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    expect(lab.page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    assert NEWS in lab.page.evaluate(SWITCHED_OFF)
    outputs = [output for cell in lab.save() for output in cell.get("outputs", [])]
    assert outputs
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    expect(lab.page.locator(FAILED)).to_have_count(0)


def test_both_charts_show_every_study_at_first(lab: Lab) -> None:
    lab.shows({})


def test_charts_follow_clicks_on_human(panel: Lab) -> None:
    human = panel.box("subject", "human")
    human.click()
    panel.shows(without("subject", "human"))
    human.click()
    panel.shows({})


def test_charts_follow_the_keyboard(panel: Lab) -> None:
    cells = panel.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    panel.button("condition", "None").focus()
    panel.page.keyboard.press("Enter")
    panel.shows({"condition": ()})
    panel.page.keyboard.press("Tab")
    first, second, third = list(recount.labels("condition"))[:3]
    expect(panel.box("condition", first)).to_be_focused()
    panel.page.keyboard.press("Space")
    panel.shows({"condition": (first,)})
    panel.page.keyboard.press("Tab")
    panel.page.keyboard.press("Tab")
    expect(panel.box("condition", third)).to_be_focused()
    panel.page.keyboard.press("Space")
    panel.shows({"condition": (first, third)})
    panel.page.keyboard.press("Shift+Tab")
    expect(panel.box("condition", second)).to_be_focused()
    assert cells.count() == before


@pytest.mark.parametrize("name", FILTERS)
def test_every_group_filters_and_none_of_it_leaves_nothing(panel: Lab, name: str) -> None:
    words = list(recount.labels(name))
    panel.button(name, "None").click()
    panel.shows({name: ()})
    panel.box(name, words[0]).check()
    panel.shows({name: (words[0],)})
    panel.box(name, words[-1]).check()
    panel.shows({name: (words[0], words[-1])})
    panel.button(name, "All").click()
    panel.shows({})


def test_groups_hold_together_and_reset_opens_them_all(panel: Lab) -> None:
    panel.box("subject", "human").uncheck()
    panel.shows(without("subject", "human"))
    panel.box("design", "animal_experiment").uncheck()
    panel.shows(without("subject", "human") | without("design", "animal_experiment"))
    panel.box("condition", "neuropathic_pain").uncheck()
    panel.shows(
        without("subject", "human")
        | without("design", "animal_experiment")
        | without("condition", "neuropathic_pain")
    )
    panel.reset()


def test_years_are_typed_without_a_key_reaching_the_notebook(panel: Lab) -> None:
    cells = panel.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    first, last = panel.page.locator(".review-panel input[type=number]").all()
    for box, year in ((first, 2001), (last, 2015)):
        box.press("Control+a")
        box.press_sequentially(str(year))
        box.press("Enter")
    panel.shows({}, 2001, 2015)
    assert cells.count() == before
    panel.reset()


def test_reload_with_a_living_kernel_keeps_filter_and_charts_together(panel: Lab) -> None:
    panel.box("subject", "review").uncheck()
    panel.shows(without("subject", "review"))
    panel.save()
    panel.box("condition", "muscle_cramp").uncheck()
    now = without("subject", "review") | without("condition", "muscle_cramp")
    panel.shows(now)
    panel.page.reload()
    charts = panel.page.locator(".review-panel .review-chart .main-svg")
    expect(charts.first).to_be_attached(timeout=60_000)
    panel.shows(now)
    panel.box("condition", "sciatica").uncheck()
    panel.shows(without("subject", "review") | without("condition", "muscle_cramp", "sciatica"))
    panel.reset()


@pytest.mark.parametrize("width", [1000, 1400])
def test_panel_fits_into_its_cell(panel: Lab, width: int) -> None:
    panel.page.set_viewport_size({"width": width, "height": 1000})
    for name in FILTERS:
        panel.group(name)
        assert_fitting(panel)


def test_charts_follow_the_width_of_the_notebook(panel: Lab) -> None:
    for _ in ("hidden", "shown again"):
        before = panel.page.evaluate(CELL)
        panel.page.keyboard.press("Control+b")
        panel.page.wait_for_function(f"(before) => ({CELL})()[0] !== before[0]", arg=before)
        assert_fitting(panel)


def assert_fitting(lab: Lab) -> None:
    """Check that nothing of the panel reaches out of its cell, and no text lies on another."""
    with contextlib.suppress(WaitedTooLong):
        lab.page.wait_for_function(FITTED, timeout=5_000)
    boxes = lab.page.evaluate(BOXES)
    assert [part for part in boxes["parts"] if part[1] > boxes["cell"][1] + 1] == []
    assert boxes["scrolled"] == []
    assert [chart["name"] for chart in boxes["charts"]] == ["funnel", "coverage"]
    for chart in boxes["charts"]:
        assert chart["drawn"] == pytest.approx(chart["width"], abs=1), chart["name"]
        assert chart["width"] >= 400, chart["name"]
        assert chart["cut"] == [], chart["name"]
        assert chart["overlapping"] == [], chart["name"]


def test_charts_take_the_colour_of_their_text_from_the_theme(panel: Lab) -> None:
    changed = f"([before, same]) => ({COLOURS})().every((it, at) => (it === before[at]) === same)"
    light = panel.page.evaluate(COLOURS)
    panel.menu("Settings", "Theme", DARK)
    try:
        panel.page.wait_for_function(changed, arg=[light, False])
        for colour in panel.page.evaluate(COLOURS):
            assert min(channels(colour)) > 200
        panel.shows({})
        assert_fitting(panel)
    finally:
        panel.menu("Settings", "Theme", LIGHT)
    panel.page.wait_for_function(changed, arg=[light, True])
    for colour in light:
        assert max(channels(colour)) < 100


def channels(colour: str) -> list[int]:
    """Return red, green and blue of a colour as browsers write it."""
    return [int(channel) for channel in re.findall(r"\d+", colour)[:3]]


def test_page_asked_no_other_host(panel: Lab) -> None:
    asked = [urlsplit(address) for address in panel.addresses]
    assert {"http", "ws"} <= {address.scheme for address in asked}
    assert [
        address.geturl()
        for address in asked
        if address.scheme not in ("data", "blob")
        and address.hostname not in ("localhost", "127.0.0.1", "::1")
    ] == []


def test_page_reported_no_error(panel: Lab) -> None:
    assert panel.errors == []
