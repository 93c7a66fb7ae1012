"""Pages of a browser in which whatever the data runs, asks for or adds is written down."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page

HERE = Path(__file__).parent
DANGERS = (HERE / "dangers.js").read_text(encoding="utf-8").partition("\n")[2]
HOVER = (HERE / "hover.js").read_text(encoding="utf-8").partition("\n")[2]
OWN = ("localhost", "127.0.0.1", "::1", None)
# An image of an attack, beside the page.
ASKED_BY_ATTACKS = "/x"


@dataclass
class Watched:
    """Pages of one context, and what happened in any of them."""

    context: BrowserContext
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    hovered: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"error: {error}"))
        return page

    def forget(self) -> None:
        """Begin anew with pages that are opened from now on."""
        for said in (self.ran, self.asked, self.errors, self.hovered):
            said.clear()

    def hover(self, page: Page) -> None:
        """Move over marks of every chart, and look at each tooltip."""
        self.hovered += page.evaluate(f"() => ({HOVER})({DANGERS})")

    def check(self, page: Page, *more: str) -> None:
        """Close the page, and fail with a line for each thing that happened and must not."""
        found = [line for frame in page.frames for line in frame.evaluate(DANGERS)]
        found += [f"request: {url}" for url in self.asked if _is_foreign(url)]
        found += [f"ran: {name}" for name in self.ran]
        page.close()
        if holes := {*found, *self.errors, *self.hovered, *more}:
            pytest.fail("\n".join(sorted(holes)), pytrace=False)


@contextmanager
def watched(browser: Browser) -> Iterator[Watched]:
    """Give a context that answers each dialog, and writes down what its pages do."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000}, accept_downloads=True)
    seen = Watched(context)

    def answer(dialog: Dialog) -> None:
        seen.ran.append(dialog.message)
        # A page that went elsewhere took its dialog along.
        with suppress(Error):
            dialog.dismiss()

    context.on("dialog", answer)
    context.on("request", lambda request: seen.asked.append(request.url))
    yield seen
    context.close()


def _is_foreign(address: str) -> bool:
    url = urlsplit(address)
    if url.scheme in ("data", "blob", "file"):
        return False
    return url.hostname not in OWN or url.path.endswith(ASKED_BY_ATTACKS)
