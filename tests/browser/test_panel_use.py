"""Two linked panels: figures, table and facts, used with mouse and keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import recount
from tests.browser import charts
from tests.browser.expected import TITLES, sizes
from tests.browser.lab import Lab, Panel
from tests.recount import Row

pytestmark = pytest.mark.browser
NOTEBOOK = (
    "first = panels.explore(data, figure='dots')\nfirst",
    "panels.explore(data, figure='funnel', link=first)",
)
HEADS = ["Study", "Subject", "Condition", "n", "Dose", "Reported finding"]
HUMAN = {"subject": ("human",)}
# The first that has both, on the first page of the table.
LINKED = next(
    at
    for at, study in enumerate(recount.STUDIES)
    if {"doi", "pmid"} <= set(recount.REFERENCES[study["study"]])
)
# Two studies with the same short citation.
CITED = [recount.cite(study["study"]) for study in recount.STUDIES]
TWINS = next(
    [at, CITED.index(name, at + 1)] for at, name in enumerate(CITED) if name in CITED[at + 1 :]
)


def assert_facts(panel: Panel, study: Row) -> None:
    """Check that the facts of this study are shown, and named in the list."""
    key = study["study"]
    expect(panel.facts.locator("h3")).to_have_text(
        f"{recount.cite(key)}: {recount.REFERENCES[key]['title']}"
    )
    expect(panel.names.locator("option:checked")).to_have_text(recount.listed(key))


def test_linked_panels_follow_each_other_each_with_its_own_figure(panel: Panel, lab: Lab) -> None:
    other = lab.panel(1)
    other.shows({}, "funnel")
    panel.only("subject", "human").click()
    panel.shows(HUMAN, "dots")
    other.shows(HUMAN, "funnel")
    other.type("text", "pain")
    panel.shows({**HUMAN, "text": "pain"}, "dots")
    other.shows({**HUMAN, "text": "pain"}, "funnel")
    panel.press("Undo")
    other.shows(HUMAN, "funnel")
    other.press("Undo")
    panel.shows({}, "dots")
    other.pick("coverage")
    other.shows({}, "coverage")
    panel.shows({}, "dots")
    other.pick("funnel")
    other.shows({}, "funnel")


@pytest.mark.parametrize("name", TITLES)
def test_every_figure_follows_the_filters(panel: Panel, name: str) -> None:
    panel.pick(name)
    for view in ({}, HUMAN, {"condition": ()}):
        panel.apply(view)
        title = f"{len(recount.left(view))} of {len(recount.STUDIES)} studies"
        expect(panel.chart.locator(".gtitle")).to_contain_text(title)
        expect(panel.root.locator(".review-state")).to_contain_text(title)
    expect(panel.chart).to_have_attribute("data-figure", name)
    expect(panel.root.locator(".review-settings")).to_have_count(
        1 if name in ("directions", "information_size") else 0
    )


def test_settings_of_a_figure_change_it_alone(panel: Panel) -> None:
    panel.pick("directions")
    before = panel.chart.get_attribute("aria-label") or ""
    panel.root.locator(".review-settings").get_by_text("Placebo", exact=True).click()
    expect(panel.chart).not_to_have_attribute("aria-label", before)
    panel.pick("information_size")
    expect(panel.chart).to_have_attribute("data-figure", "information_size")
    before = panel.chart.get_attribute("aria-label") or ""
    panel.root.get_by_label("Power").select_option("95%")
    expect(panel.chart).not_to_have_attribute("aria-label", before)
    panel.pick("dots")
    panel.shows({}, "dots")


def test_row_opens_the_facts_with_every_address(panel: Panel) -> None:
    study = recount.STUDIES[LINKED]
    entry = recount.REFERENCES[study["study"]]
    panel.rows.nth(LINKED).click()
    assert_facts(panel, study)
    expect(panel.root.locator(".review-listing tr.selected")).to_have_count(1)
    links = panel.facts.locator("a").evaluate_all("links => links.map((link) => link.href)")
    assert f"https://doi.org/{entry['doi']}" in links
    assert f"https://pubmed.ncbi.nlm.nih.gov/{entry['pmid']}/" in links
    sources = [row["url"] for row in recount.rows("sources") if row["study"] == study["study"]]
    pages = panel.facts.locator("ul").last.locator("li").all_inner_texts()
    assert sources
    assert pages == sources
    expect(panel.facts).to_contain_text(study["remarks"] or "Not reported")


def test_mark_opens_the_facts_of_its_study(panel: Panel) -> None:
    marks = [key for _, some in charts.dots(recount.STUDIES) for _, key in some]
    for at in (0, 70, len(marks) - 1):
        mark = panel.chart.locator(".points path").nth(at)
        # The layer that plotly hears the mouse with lies above the marks.
        mark.hover(force=True)
        expect(panel.chart.locator(".hovertext")).to_contain_text(recount.cite(marks[at]))
        mark.click(force=True)
        assert_facts(panel, recount.PLACES["studies"][marks[at], 0])


def test_facts_open_from_the_list_by_keyboard(panel: Panel) -> None:
    panel.names.select_option(index=0)
    panel.names.focus()
    for study in recount.STUDIES[:3]:
        panel.page.keyboard.press("ArrowDown")
        assert_facts(panel, study)
    panel.page.keyboard.press("Home")
    expect(panel.facts).to_have_count(0)


def test_studies_with_the_same_citation_open_their_own_facts(panel: Panel) -> None:
    for at in TWINS:
        panel.names.select_option(index=at + 1)
        assert_facts(panel, recount.STUDIES[at])


def test_facts_stay_open_while_their_study_is_selected(panel: Panel) -> None:
    human = next(study for study in recount.STUDIES if study["subject"] == "human")
    panel.rows.first.click()
    assert_facts(panel, human)
    panel.only("subject", "human").click()
    panel.shows(HUMAN, "dots")
    assert_facts(panel, human)
    expect(panel.root.locator(".review-listing tr.selected td").first).to_have_text(
        recount.cite(human["study"])
    )
    panel.only("subject", "animal").click()
    panel.shows({"subject": ("animal",)}, "dots")
    expect(panel.facts).to_have_count(0)


def test_table_turns_its_pages(panel: Panel) -> None:
    assert panel.root.locator(".dt-column-title").all_inner_texts() == HEADS
    panel.root.get_by_role("link", name="2", exact=True).click()
    expect(panel.rows.first.locator("td").first).to_have_text(CITED[10])
    panel.rows.nth(3).click()
    assert_facts(panel, recount.STUDIES[13])
    panel.root.get_by_role("link", name="1", exact=True).click()


def test_table_sorts_numbers_by_size_and_its_rows_open_their_own_facts(panel: Panel) -> None:
    for turned in (False, True):
        panel.head("n").click()
        ordered = sizes(recount.STUDIES)[:: -1 if turned else 1][:10]
        expect(panel.rows.locator("td:nth-child(4)")).to_have_text(ordered)
        cited = panel.rows.nth(2).locator("td").first.inner_text()
        panel.rows.nth(2).click()
        expect(panel.facts.locator("h3")).to_contain_text(f"{cited}: ")
        expect(panel.facts).to_contain_text(ordered[2] if not turned else "Not reported")
    panel.head("n").click()
    panel.shows({}, "dots")


def test_table_stays_sorted_while_the_filters_change(panel: Panel) -> None:
    panel.head("n").click()
    panel.only("subject", "human").click()
    expect(panel.root.locator(".dt-info")).to_contain_text(f"of {len(recount.left(HUMAN))} studies")
    expect(panel.rows.locator("td:nth-child(4)")).to_have_text(sizes(recount.left(HUMAN))[:10])
    for _ in range(2):
        panel.head("n").click()
    panel.shows(HUMAN, "dots")


def test_page_reported_no_error(lab: Lab) -> None:
    assert lab.errors == []
