"""The commands of the README that draw pictures, run as they stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from review.__main__ import main
from review.tables import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.long]


def test_export_commands_write_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BROWSER_PATH", program)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`\.venv/bin/python -m review ((?:figures|slides) [^`]+)`", readme)
    assert [main(command.split()) for command in commands] == [0, 0]
    assert (tmp_path / "talk" / "funnel.svg").read_text(encoding="utf-8").startswith("<svg")
    assert (tmp_path / "talk.pptx").stat().st_size > 100_000
