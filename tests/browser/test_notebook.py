"""Notebook 1 in a real JupyterLab and a real browser: opened, run, saved, reloaded, restarted."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests import recount
from tests.browser.lab import DRAWN, FAILED, START_MS, Lab, Panel

pytestmark = pytest.mark.browser
# The first of the project's own.
NOTEBOOK = ()
NEWS = "@jupyterlab/apputils-extension:announcements"
SWITCHED_OFF = """() =>
  JSON.parse(document.getElementById("jupyter-config-data").textContent).disabledExtensions"""


def test_notebook_opens_and_runs_without_a_question_or_an_error(lab: Lab) -> None:
    expect(lab.page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    expect(lab.page.locator(".jp-Dialog, .Toastify__toast")).to_have_count(0)
    assert NEWS in lab.page.evaluate(SWITCHED_OFF)
    outputs = [output for cell in lab.save() for output in cell.get("outputs", [])]
    assert outputs
    assert {output["output_type"] for output in outputs} == {"execute_result"}
    expect(lab.page.locator(FAILED)).to_have_count(0)


def test_every_study_is_shown_at_first(lab: Lab) -> None:
    lab.panel().shows({})


def test_typing_never_reaches_the_notebook(panel: Panel) -> None:
    cells = panel.page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    panel.type("year_from", 2001)
    panel.type("text", "dd ba")
    panel.field("text").press("Enter")
    panel.shows({"year_from": 2001, "text": "dd ba"})
    assert cells.count() == before


def test_reload_with_a_living_kernel_keeps_everything_together(panel: Panel, lab: Lab) -> None:
    panel.only("subject", "human").click()
    panel.shows({"subject": ("human",)})
    lab.save()
    now = {"subject": ("human",), "domain": ("pain_intensity",), "year_from": 2005, "text": "pain"}
    panel.only("domain", "pain_intensity").click()
    panel.type("year_from", 2005)
    panel.type("text", "pain")
    panel.pick("dots")
    panel.shows(now, "dots")
    panel.names.select_option(index=2)
    cited = recount.cite(recount.left(now)[1]["study"])
    expect(panel.facts.locator("h3")).to_contain_text(cited)
    lab.page.reload()
    expect(lab.page.locator(DRAWN).first).to_be_attached(timeout=START_MS)
    panel.shows(now, "dots")
    expect(panel.facts.locator("h3")).to_contain_text(cited)
    expect(panel.names.locator("option:checked")).to_have_text(cited)
    panel.press("Undo")
    del now["text"]
    panel.shows(now, "dots")
    panel.pick("coverage")
    panel.shows(now)
    panel.rows.first.click()
    cited = recount.cite(recount.left(now)[0]["study"])
    expect(panel.facts.locator("h3")).to_contain_text(cited)


def test_restart_and_run_all_starts_anew(panel: Panel, lab: Lab) -> None:
    panel.only("subject", "animal").click()
    panel.shows({"subject": ("animal",)})
    lab.page.locator(".review-panel").evaluate("(panel) => panel.classList.add('of-before')")
    lab.menu("Kernel", "Restart Kernel and Run All Cells…")
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()
    expect(lab.page.locator(".of-before")).to_have_count(0, timeout=START_MS)
    lab.drawn()
    panel.shows({})
    panel.only("subject", "review").click()
    panel.shows({"subject": ("review",)})
    panel.names.select_option(index=1)
    expect(panel.facts).to_have_count(1)


def test_page_asked_no_other_host(lab: Lab) -> None:
    asked = [urlsplit(address) for address in lab.addresses]
    assert {"http", "ws"} <= {address.scheme for address in asked}
    assert [
        address.geturl()
        for address in asked
        if address.scheme not in ("data", "blob")
        and address.hostname not in ("localhost", "127.0.0.1", "::1")
    ] == []


def test_page_reported_no_error(lab: Lab) -> None:
    assert lab.errors == []
