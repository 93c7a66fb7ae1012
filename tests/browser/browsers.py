"""Which browser the tests use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ADVICE = (
    "no Chrome or Chromium found; install one "
    "(Debian: apt-get install chromium fonts-liberation) or name it in BROWSER_PATH"
)


@dataclass(frozen=True)
class NoBrowser:
    """Why there is no browser, and whether the tests fail without one or are skipped."""

    reason: str
    fails: bool


def find_browser(
    environment: Mapping[str, str], which: Callable[[str], str | None] = shutil.which
) -> str | NoBrowser:
    """Return the program to start, or the line to print."""
    if named := environment.get("BROWSER_PATH"):
        return which(named) or NoBrowser(f"BROWSER_PATH names no program: {named}", fails=True)
    for name in NAMES:
        if path := which(name):
            return path
    if environment.get("REQUIRE_BROWSER", "0") not in ("", "0"):
        return NoBrowser(f"REQUIRE_BROWSER is set, but {ADVICE}", fails=True)
    return NoBrowser(f"Browser tests skipped: {ADVICE}", fails=False)
