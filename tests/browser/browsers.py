"""Which browser the tests use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping

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
    "(Debian: apt-get install chromium fonts-dejavu-core) or name it in BROWSER_PATH"
)


class NoBrowser(Exception):
    """There is no browser; `required` says that the tests must not go on without one."""

    def __init__(self, message: str, *, required: bool) -> None:
        super().__init__(message)
        self.required = required


def find_browser(
    environment: Mapping[str, str], which: Callable[[str], str | None] = shutil.which
) -> str:
    """Return the program to start; raises NoBrowser with the line to print."""
    if named := environment.get("BROWSER_PATH"):
        if path := which(named):
            return path
        raise NoBrowser(f"BROWSER_PATH names no program: {named}", required=True)
    for name in NAMES:
        if path := which(name):
            return path
    if environment.get("REQUIRE_BROWSER", "0") not in ("", "0"):
        raise NoBrowser(f"REQUIRE_BROWSER is set, but {ADVICE}", required=True)
    raise NoBrowser(f"Browser tests skipped: {ADVICE}", required=False)
