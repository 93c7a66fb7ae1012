"""The choice of the browser, which needs no browser to test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.browsers import ADVICE, NoBrowser, find_browser

ROOT = Path(__file__).parents[2]


def on_path(*names: str) -> dict[str, str]:
    return {name: f"/programs/{name}" for name in names}


def test_first_known_name_on_the_path_is_used() -> None:
    assert find_browser({}, on_path("msedge", "google-chrome").get) == "/programs/google-chrome"


def test_browser_path_goes_before_the_path() -> None:
    there = on_path("chromium", "other")
    assert find_browser({"BROWSER_PATH": "other"}, there.get) == "/programs/other"


def test_browser_path_can_be_a_file(tmp_path: Path) -> None:
    program = tmp_path / ("browser.exe" if os.name == "nt" else "browser")
    program.touch(mode=0o755)
    assert find_browser({"BROWSER_PATH": str(program)}) == str(program)


def test_wrong_browser_path_fails_though_another_browser_is_there() -> None:
    found = find_browser({"BROWSER_PATH": "/nowhere/chrome"}, on_path("chromium").get)
    assert found == NoBrowser("BROWSER_PATH names no program: /nowhere/chrome", fails=True)


@pytest.mark.parametrize("environment", [{}, {"REQUIRE_BROWSER": "0"}, {"BROWSER_PATH": ""}])
def test_without_a_browser_the_tests_are_skipped(environment: dict[str, str]) -> None:
    assert find_browser(environment, on_path().get) == NoBrowser(
        "Browser tests skipped: no Chrome or Chromium found; install one "
        "(Debian: apt-get install chromium fonts-liberation) or name it in BROWSER_PATH",
        fails=False,
    )


def test_without_a_required_browser_the_tests_fail() -> None:
    found = find_browser({"REQUIRE_BROWSER": "1"}, on_path().get)
    assert found == NoBrowser(f"REQUIRE_BROWSER is set, but {ADVICE}", fails=True)


def run_without_a_browser(place: str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if "BROWSER" not in name}
    # Not these two tests again, which would never end.
    command = [sys.executable, "-m", "pytest", "-qx", "-k", "not whole_folder", place]
    return subprocess.run(
        command, env=kept | {"PATH": ""} | more, capture_output=True, text=True, cwd=ROOT
    )


def test_the_whole_folder_says_once_that_it_was_skipped() -> None:
    done = run_without_a_browser("tests/browser")
    assert done.returncode == 0
    assert done.stdout.count("Browser tests skipped: no Chrome or Chromium found") == 1
    assert "error" not in done.stdout


def test_a_test_of_the_whole_folder_fails_where_a_browser_is_required() -> None:
    done = run_without_a_browser("tests/browser/test_live.py", REQUIRE_BROWSER="1")
    assert done.returncode == 1
    assert "REQUIRE_BROWSER is set, but no Chrome or Chromium found" in done.stdout
