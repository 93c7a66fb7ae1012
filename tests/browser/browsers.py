"""Which browser the tests use, and how they start JupyterLab."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
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


def lab_flags() -> list[str]:
    """Return the flags of `make lab OPEN=0`, which stand in the Makefile only."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    printed = subprocess.run(
        ["make", "--dry-run", "lab", "OPEN=0"],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=True,
    )
    command = shlex.split(printed.stdout.splitlines()[-1])
    assert command[1] == "lab", printed.stdout
    return command[2:]
