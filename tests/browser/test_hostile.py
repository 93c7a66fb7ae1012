"""Nothing that hostile data holds runs, is asked for or becomes a part of a page, anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from playwright.sync_api import expect

from review.figures import NAMES
from tests import hostile
from tests.browser.lab import START_MS, Lab, Panel
from tests.browser.servers import ROOT, arguments, running, serving
from tests.browser.watched import Watched
from tools.notebooks import LIVE_ONLY

pytestmark = pytest.mark.browser
# It has a panel and three figures. The others, the tour of all figures in a panel, and the served
# page with the cells of all, are for `make long`.
SHORT = (hostile.NEW,)
NOTEBOOKS = (*(path.stem for path in sorted((ROOT / "notebooks").glob("*.ipynb"))), hostile.NEW)
TOUR = ("6_figures_for_a_talk",)
OPEN = "(panel) => panel.querySelectorAll('details').forEach((group) => (group.open = true))"
IMAGE = "<img src=x class=hit onerror=alert('typed')>"
# What MathJax would typeset: it joins no text across the marks around it.
TYPESET = r"""() => {
  const MATHS = /(^|[^\\])(\$[^$]+\$|\\\(|\\\[)|\\begin\{/;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    const plain = parentElement.closest("script, style, pre, code, svg, .tex2jax_ignore");
    if (!plain && MATHS.test(data)) found.push(`maths: ${data.trim().slice(0, 160)}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hostile project."""
    return hostile.write(tmp_path_factory.mktemp("hostile")).folder


@pytest.fixture(scope="module")
def lab_address(
    program: str, attacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    flags = [*arguments("lab")[1:], "--ServerApp.port=0"]
    settings, code = tmp_path_factory.mktemp("settings"), str(attacked / "src")
    with running("jupyterlab", flags, attacked, settings, PYTHONPATH=code) as address:
        yield address


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.long] * (name not in SHORT)) for name in NOTEBOOKS],
)
def test_in_jupyterlab_and_as_stored(
    name: str, lab_address: str, attacked: Path, seen: Watched, tmp_path: Path
) -> None:
    page = seen.page()
    lab = Lab(page, attacked / "notebooks" / f"{name}.ipynb")
    place = f"/lab/workspaces/{name}/tree/notebooks/{name}.ipynb"
    lab.open(re.sub(r"/lab/tree/[^?]*", place, lab_address))
    lab.run()
    use(lab.panel(), seen)
    if name in TOUR:
        tour(lab.panel(), seen)
    write(lab.panel())
    lab.save()
    seen.check(page, *lab.errors)
    stored = seen.page()
    stored.goto(converted(lab.notebook, tmp_path).as_uri())
    seen.check(stored, *stored.evaluate(TYPESET))


def use(panel: Panel, seen: Watched) -> None:
    """Unfold every filter, move over the marks, and open the facts of studies."""
    panel.root.evaluate(OPEN)
    seen.hover(panel.page)
    panel.rows.first.click()
    expect(panel.facts).to_have_count(1)
    for at in (2, 3, 4):
        panel.names.select_option(index=at)
        told = panel.names.locator("option:checked").inner_text()
        expect(panel.facts.locator("h3")).to_contain_text(told)


def tour(panel: Panel, seen: Watched) -> None:
    """Look at every figure, and save what is shown."""
    for name in NAMES:
        panel.pick(name)
        chart = panel.root.locator(f".review-chart[data-figure={name}] .main-svg")
        expect(chart.first).to_be_attached()
        seen.hover(panel.page)
    row = panel.root.locator(".review-downloads")
    with panel.page.expect_download() as drawn:
        row.get_by_role("button", name="SVG", exact=True).click()
    row.get_by_role("button", name="Studies", exact=True).click()
    with panel.page.expect_download() as packed:
        row.get_by_role("link").first.click()
    names = [drawn.value.suggested_filename, packed.value.suggested_filename]
    assert all(re.fullmatch(r"[a-z0-9-]+\.(svg|zip)", name) for name in names), names


def write(panel: Panel) -> None:
    """Look for words that are hostile, in the filters and as text."""
    panel.text.fill(f"subject={IMAGE}")
    panel.button("Apply").click()
    expect(panel.root.get_by_text("Not applied.")).to_contain_text(IMAGE)
    panel.field("text").fill(IMAGE)
    expect(panel.root.locator(".review-state")).to_contain_text(IMAGE)


def converted(path: Path, folder: Path) -> Path:
    """Return a page of a notebook as it is stored, without a kernel."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(LIVE_ONLY, None)
    exporter = HTMLExporter(mathjax_url="data:,", require_js_url="data:,", jquery_url="data:,")
    page = folder / f"{path.stem}.html"
    page.write_text(exporter.from_notebook_node(notebook)[0], encoding="utf-8")
    return page


@pytest.fixture(scope="module")
def served(attacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the list of pages for an audience, with one page that has all cells."""
    hostile.join(attacked / "notebooks", "all")
    settings, code = tmp_path_factory.mktemp("voila"), str(attacked / "src")
    with serving(attacked, settings, PYTHONPATH=code) as address:
        yield address


@pytest.mark.long
def test_in_the_served_pages(served: str, seen: Watched) -> None:
    page = seen.page()
    page.goto(served)
    page.get_by_role("link", name="all", exact=True).click()
    last = page.locator(".review-panel").nth(len(NOTEBOOKS) - 1)
    # This page does what eight others do.
    expect(last.locator(".main-svg").first).to_be_attached(timeout=len(NOTEBOOKS) * START_MS)
    use(Panel(page), seen)
    write(Panel(page))
    seen.check(page)
