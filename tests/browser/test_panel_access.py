"""The panel by keyboard and to a screen reader, in the light and in the dark."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests import recount
from tests.browser.expected import EVERY
from tests.browser.lab import GROUPS, Lab, Panel
from tests.recount import FIELDS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("one_panel")]
FOCUSED = """() => {
  const at = document.activeElement;
  const { outlineStyle, outlineWidth, opacity } = getComputedStyle(at);
  const places = { ".review-filters": "filters", ".review-picker": "picker",
    ".review-downloads": "downloads", table: "table", ".dt-paging": "pages",
    ".review-names": "names" };
  const place = Object.keys(places).find((place) => at.closest(`.review-panel ${place}`));
  return {
    place: places[place] ?? "",
    name: at.name || at.title || at.textContent.trim() || at.labels?.[0].textContent,
    seen: outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && opacity > 0.5,
  };
}"""


def stops(page: Page) -> list[dict[str, Any]]:
    """Return what Tab comes to, from the first button of the panel to its end."""
    page.locator(".review-filters button").first.focus()
    found: list[dict[str, Any]] = []
    while len(found) < 150:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if not at["place"]:
            break
        found.append(at)
    return found


def test_tab_goes_through_everything_in_order_and_is_seen(panel: Panel) -> None:
    panel.page.locator(".review-group").evaluate_all(GROUPS, False)
    found = stops(panel.page)
    order = ["filters", "picker", "downloads", "table", "pages", "names"]
    assert list(dict.fromkeys(stop["place"] for stop in found)) == order
    assert [order.index(stop["place"]) for stop in found] == sorted(
        order.index(stop["place"]) for stop in found
    )
    filters = [stop["name"] for stop in found if stop["place"] == "filters"]
    titles = [recount.column(name)["title"] for name in FIELDS]
    numbers = ["year_from", "year_to", "n_min"]
    assert filters[1:-3] == ["text", *titles, *numbers]
    assert filters[-3:] == [
        "This view as text",
        "Copy this view as text",
        "Show the view that the text names",
    ]
    assert len([stop for stop in found if stop["place"] == "table"]) == 6 + 10
    assert [stop for stop in found if not stop["seen"]] == []


def test_filters_work_by_keyboard_and_no_key_reaches_the_notebook(panel: Panel) -> None:
    cells = panel.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    press = panel.page.keyboard.press
    panel.page.locator(".review-group").evaluate_all(GROUPS, False)
    summary = panel.root.locator(".review-group[data-field=route] summary")
    summary.focus()
    press("Enter")
    press("Tab")
    expect(panel.every("route", "All")).to_be_focused()
    press("Tab")
    press("Space")
    panel.shows({"route": ()})
    press("Tab")
    words = list(recount.labels("route"))
    expect(panel.box("route", words[0])).to_be_focused()
    press("Space")
    panel.shows({"route": (words[0],)})
    press("Tab")
    press("Tab")
    press("Space")
    panel.shows({"route": (words[0], words[2])})
    panel.field("year_from").focus()
    press("ArrowUp")
    press("ArrowUp")
    year = EVERY["year_from"] + 2
    panel.shows({"route": (words[0], words[2]), "year_from": year})
    panel.type("text", "dd")
    panel.shows({"route": (words[0], words[2]), "year_from": year, "text": "dd"})
    panel.button("Undo").focus()
    press("Enter")
    panel.shows({"route": (words[0], words[2]), "year_from": year})
    summary.focus()
    press("Space")
    expect(panel.root.locator(".review-group[data-field=route]")).not_to_have_attribute("open", "")
    assert cells.count() == before


def test_letters_are_no_commands_to_the_notebook(panel: Panel) -> None:
    cells = panel.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    for place in ("input[type=checkbox]", "button", "summary", "select"):
        panel.root.locator(place).first.focus()
        panel.page.keyboard.press("b")
    panel.chart.scroll_into_view_if_needed()
    assert cells.count() == before


def test_charts_are_chosen_with_the_arrow_keys(panel: Panel) -> None:
    panel.root.locator(".review-picker select").focus()
    panel.page.keyboard.press("ArrowDown")
    panel.shows({}, "dots")
    panel.page.keyboard.press("ArrowUp")
    panel.shows({})


def test_table_works_by_keyboard(panel: Panel) -> None:
    panel.rows.nth(1).focus()
    panel.page.keyboard.press("Enter")
    expect(panel.facts.locator("h3")).to_contain_text(recount.cite(recount.STUDIES[1]["study"]))
    panel.head("n").focus()
    panel.page.keyboard.press("Enter")
    least = min((study["n_total"] for study in recount.STUDIES if study["n_total"]), key=int)
    expect(panel.rows.first.locator("td:nth-child(4)")).to_have_text(least)
    for _ in range(2):
        panel.page.keyboard.press("Enter")
    panel.shows({})


def test_chart_and_counts_speak(panel: Panel) -> None:
    said = panel.chart.get_attribute("aria-label") or ""
    expect(panel.root.get_by_role("img", name=said, exact=True)).to_have_count(1)
    panel.only("subject", "in_vitro").click()
    panel.shows({"subject": ("in_vitro",)})
    expect(panel.root.locator("[role=status].review-state")).to_contain_text("3 of 143 studies")
    assert panel.chart.get_attribute("aria-label") != said


def serious(page: Page) -> list[Any]:
    """Return what axe finds in the panel that keeps people from using it."""
    page.locator(".review-group").evaluate_all(GROUPS, True)
    found = Axe().run(page, ".review-panel").response
    assert len(found["passes"]) > 10
    return [
        [problem["id"], [node["html"] for node in problem["nodes"]]]
        for problem in found["violations"]
        if problem["impact"] in ("serious", "critical")
    ]


def test_axe_finds_nothing_serious_in_the_light(panel: Panel) -> None:
    panel.names.select_option(index=1)
    expect(panel.facts).to_have_count(1)
    panel.apply("nonsense")
    expect(panel.root.get_by_role("alert")).to_contain_text("Not applied")
    found = serious(panel.page)
    panel.apply({})
    assert found == []


@pytest.mark.usefixtures("dark")
def test_axe_finds_nothing_serious_in_the_dark(panel: Panel) -> None:
    assert serious(panel.page) == []


def test_page_reported_no_error(lab: Lab) -> None:
    assert lab.errors == []
