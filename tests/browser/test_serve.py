"""The notebooks for an audience, as `make serve` shows them: no code, and everything reacts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.lab import DRAWN, START_MS, Panel
from tests.browser.servers import ROOT, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def served(program: str, folder: Path, tmp_path: Path) -> Iterator[str]:
    """The address of the list of notebooks."""
    with serving(folder, tmp_path) as address:
        yield address


def test_notebook_reacts_without_code_error_or_another_host(served: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    asked, errors = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(served)
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        name = path.stem.replace("_", " ")
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(1)
    page.get_by_role("link", name="1 the answer", exact=True).click()
    expect(page.locator(DRAWN).first).to_be_attached(timeout=START_MS)
    panel = Panel(page)
    panel.shows({})
    panel.only("subject", "human").click()
    panel.shows({"subject": ("human",)})
    panel.rows.first.click()
    expect(panel.facts).to_have_count(1)
    expect(page.get_by_text("review.load()")).to_have_count(0)
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme.startswith("http")}
    assert (hosts, errors) == ({"localhost"}, [])
    page.close()
