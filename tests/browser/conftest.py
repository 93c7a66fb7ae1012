"""JupyterLab, started as `make lab` starts it, and a page of a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from plotly.offline import get_plotlyjs

from tests import hostile
from tests.browser.browsers import NoBrowser, find_browser
from tests.browser.lab import DARK, LIGHT, WAIT_MS, Lab, Panel
from tests.browser.labs import Labs
from tests.browser.servers import arguments, running
from tests.browser.watched import Watched, watched

ROOT = Path(__file__).parents[2]
# A machine that does something else beside can be slow to answer.
expect.set_options(timeout=WAIT_MS)
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the browser tests out where there is no browser and none is required."""
    found = find_browser(os.environ)
    if isinstance(found, NoBrowser) and not found.fails:
        left_out = [item for item in items if item.get_closest_marker("browser")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say so in one line; skips would say it once for each test."""
    found = find_browser(os.environ)
    if isinstance(found, NoBrowser) and not found.fails:
        terminalreporter.write_line(found.reason)


@pytest.fixture(scope="session")
def program() -> str:
    found = find_browser(os.environ)
    if isinstance(found, NoBrowser):
        pytest.fail(found.reason, pytrace=False)
    return found


# Not for the whole session: while Playwright is open, no other test could run an event loop.
@pytest.fixture(scope="package")
def browser(program: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def canvas(browser: Browser) -> Iterator[Page]:
    """A page with plotly and nothing else, of which a test may fill the body."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_content("<style>body { margin: 0 }</style>")
    page.add_script_tag(content=get_plotlyjs())
    yield page
    page.close()


@pytest.fixture(scope="session")
def folder(program: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to open, because JupyterLab saves what it runs."""
    folder = tmp_path_factory.mktemp("lab")
    ignored = shutil.ignore_patterns(".ipynb_checkpoints")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=ignored)
    return folder


@pytest.fixture(scope="package")
def labs(browser: Browser, address: str, folder: Path) -> Iterator[Labs]:
    labs = Labs(browser, address, folder)
    yield labs
    labs.close()


@pytest.fixture(scope="module")
def lab(labs: Labs, request: pytest.FixtureRequest) -> Lab:
    """A notebook after Run All: the cells of the module's NOTEBOOK, or one panel."""
    cells = getattr(request.module, "NOTEBOOK", ("panels.explore(data)",))
    return labs.opened(request.module.__name__.rpartition(".")[2], cells)


@pytest.fixture
def panel(lab: Lab) -> Panel:
    """The first panel of the page with nothing filtered."""
    panel = lab.panel()
    panel.reset(panel.chart.get_attribute("data-figure") or "")
    return panel


@pytest.fixture
def dark(panel: Panel, lab: Lab) -> Iterator[None]:
    """The dark theme, with the facts of a study open."""
    panel.names.select_option(index=1)
    panel.facts.wait_for()
    lab.theme(DARK)
    yield
    lab.theme(LIGHT)


@pytest.fixture(scope="session")
def address(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab with none of the user's own settings."""
    flags = [*arguments("lab")[1:], "--ServerApp.port=0"]
    with running("jupyterlab", flags, folder, tmp_path_factory.mktemp("settings")) as address:
        yield address


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a hostile project."""
    return hostile.write(tmp_path_factory.mktemp("hostile")).folder


@pytest.fixture(scope="module")
def watched_pages(browser: Browser) -> Iterator[Watched]:
    with watched(browser) as seen:
        yield seen


@pytest.fixture
def seen(watched_pages: Watched) -> Watched:
    """Pages that write down what they do, with nothing written so far."""
    watched_pages.forget()
    return watched_pages
