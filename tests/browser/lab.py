"""A notebook in JupyterLab and the panels in it, driven as a person would drive them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as WaitedTooLong

from tests import recount
from tests.browser import charts
from tests.browser.expected import TITLES, expectation
from tests.recount import View, written

HERE = Path(__file__).parent
SHOWN = (HERE / "shown.js").read_text(encoding="utf-8").partition("\n")[2]
# Its text tells at once that a panel has not followed yet.
TOLD = "document.querySelectorAll('.review-panel .review-view input')[at]?.value"
SAME = f"([at, view, all]) => {TOLD} === view && JSON.stringify(({SHOWN})(at)) === all"
DRAWN = ".review-panel .review-chart .main-svg"
FAILED = "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type$=stderr]"
GROUPS = "(details, open) => details.forEach((group) => (group.open = open))"
COLOURS = """() => [".review-state", ".review-rule", ".gtitle", ".yaxislayer-above text",
  ".review-facts h3", ".review-listing tr:not(.selected) td"].map((place) => {
  const style = getComputedStyle(document.querySelector(`.review-panel ${place}`));
  return place.includes("text") || place === ".gtitle" ? style.fill : style.color;
})"""
TURNED = f"""(bright) => ({COLOURS})().every((colour) =>
  colour.match(/\\d+/g).slice(0, 3).every((part) => (part > 128) === bright))"""
LIGHT, DARK = "JupyterLab Light", "JupyterLab Dark"
START_MS, WAIT_MS, POLL_MS = 60_000, 10_000, 30


def _saves(response: Response) -> bool:
    # Only then is the file whole.
    return response.request.method == "PUT" and "/api/contents/" in response.url


@dataclass
class Lab:
    """One page with a notebook, and what it did so far."""

    page: Page
    notebook: Path
    addresses: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open the notebook at this address and wait for its kernel."""
        page = self.page
        page.on("request", lambda request: self.addresses.append(request.url))
        page.on("websocket", lambda socket: self.addresses.append(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._on_console)
        page.goto(address)
        expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible(timeout=START_MS)
        self.idle()

    def _on_console(self, said: Any) -> None:
        if said.type == "error":
            self.errors.append(said.text)

    def idle(self) -> None:
        expect(self.page.get_by_text("| Idle")).to_be_visible(timeout=START_MS)

    def run(self) -> None:
        """Run all cells, and wait until the panels are there."""
        self.menu("Run", "Run All Cells")
        self.drawn()

    def drawn(self) -> None:
        expect(self.page.locator(f"{DRAWN}, {FAILED}").first).to_be_attached(timeout=START_MS)
        assert self.page.locator(FAILED).all_inner_texts() == []
        self.idle()

    def menu(self, *path: str) -> None:
        """Click through the menu bar."""
        self.page.locator(".lm-MenuBar").get_by_text(path[0], exact=True).click()
        for at, entry in enumerate(path[1:]):
            menu = self.page.locator(".lm-Menu").nth(at)
            menu.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    def theme(self, name: str) -> None:
        """Change the theme, and wait until text and chart have its colours."""
        self.menu("Settings", "Theme", name)
        self.page.wait_for_function(TURNED, arg=name == DARK)

    def save(self) -> list[dict[str, Any]]:
        """Save as a person does, and return the cells of the saved file."""
        with self.page.expect_response(_saves):
            self.page.locator(".jp-Notebook").first.press("Control+s")
        return list(json.loads(self.notebook.read_text(encoding="utf-8"))["cells"])

    def panel(self, at: int = 0) -> Panel:
        return Panel(self.page, at)


@dataclass
class Panel:
    """One of the panels of a page, from 0 in the order of the notebook."""

    page: Page
    at: int = 0

    @property
    def root(self) -> Locator:
        return self.page.locator(".review-panel").nth(self.at)

    @property
    def notice(self) -> Locator:
        """The line at the top, for when the kernel is not there."""
        return self.root.locator(".review-notice")

    def group(self, name: str) -> Locator:
        """Return the group of a field's boxes, unfolded."""
        group = self.root.locator(f".review-group[data-field={name}]")
        if group.get_attribute("open") is None:
            group.locator("summary").click()
        return group

    def box(self, name: str, word: str) -> Locator:
        return self.group(name).locator(f"input[value={word}]")

    def only(self, name: str, word: str) -> Locator:
        option = self.group(name).locator(".review-option").filter(has=self._input(word))
        return option.get_by_role("button", name="only", exact=True)

    def _input(self, word: str) -> Locator:
        return self.page.locator(f"input[value={word}]")

    def every(self, name: str, text: str) -> Locator:
        """Return the button All or None of a field."""
        return self.group(name).get_by_role("button", name=text, exact=True)

    def button(self, text: str) -> Locator:
        return self.root.locator(".review-filters").get_by_role("button", name=text, exact=True)

    def field(self, name: str) -> Locator:
        """Return the box for a number or for words to look for."""
        return self.root.locator(f"input[name={name}]:not([type=checkbox])")

    def type(self, name: str, value: object) -> None:
        """Replace what stands in a box, key by key."""
        self.field(name).press("Control+a")
        self.field(name).press_sequentially(str(value))

    @property
    def text(self) -> Locator:
        return self.root.get_by_label("This view as text")

    def apply(self, view: View | str) -> None:
        """Put a view into its box as text, and apply it."""
        self.text.fill(view if isinstance(view, str) else written(view))
        self.button("Apply").click()

    def pick(self, figure: str) -> None:
        """Choose a figure by its name in the package."""
        self.root.locator(".review-picker select").first.select_option(TITLES[figure])

    @property
    def chart(self) -> Locator:
        return self.root.locator(".review-chart")

    @property
    def names(self) -> Locator:
        """The list of the studies whose facts can be shown."""
        return self.root.locator(".review-names select")

    @property
    def rows(self) -> Locator:
        return self.root.locator(".dt-container tbody tr")

    def head(self, title: str) -> Locator:
        """Return the button that sorts the table by a column."""
        heads, words = self.root.locator("thead th"), self.page.get_by_text(title, exact=True)
        return heads.filter(has=words).get_by_role("button")

    @property
    def facts(self) -> Locator:
        return self.root.locator(".review-card article")

    def shows(self, view: View, figure: str = "coverage", wait: int = WAIT_MS) -> None:
        """Wait until everything in the panel agrees with the data files."""
        expected = expectation(view, figure)
        text = json.dumps(expected, ensure_ascii=False, separators=(",", ":"))
        asked = [self.at, expected["view"], text]
        try:
            self.page.wait_for_function(SAME, arg=asked, timeout=wait, polling=POLL_MS)
        except WaitedTooLong:
            shown = self.page.evaluate(SHOWN, self.at)
            wrong = [name for name in expected if shown[name] != expected[name]]
            said = [f"{name}: {shown[name]}\nnot {expected[name]}" for name in wrong]
            pytest.fail("\n".join(said), pytrace=False)

    def says(self, view: View) -> None:
        """Wait until the line above the chart is that of this view."""
        expect(self.root.locator(".review-state b")).to_have_text(charts.state(recount.left(view)))

    def press(self, text: str) -> None:
        """Press Reset or Undo, which can be pressed also where there is nothing to do."""
        self.button(text).click(force=True)

    def reset(self, figure: str = "coverage") -> None:
        self.press("Reset")
        self.shows({}, figure)
