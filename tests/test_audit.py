"""What `make audit` says of what pip-audit found; that nothing was found out is no good news."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from tools import audit

SOUND = {"name": "one", "version": "1.0", "vulns": []}
WEAK = {
    "name": "two",
    "version": "2.0",
    "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["2.1", "3.0"]},
        {"id": "PYSEC-2", "fix_versions": []},
    ],
}
UNKNOWN = {"name": "three", "skip_reason": "Dependency not found and could not be audited"}


@pytest.mark.parametrize(
    ("packages", "said", "code"),
    [
        ([SOUND], "1 packages, 0 known weaknesses", 0),
        (
            [SOUND, WEAK],
            "2 packages, 2 known weaknesses\ntwo 2.0: PYSEC-1, mended in 2.1, 3.0\n"
            "two 2.0: PYSEC-2, not mended yet",
            1,
        ),
        (
            [SOUND, UNKNOWN],
            "2 packages, 0 known weaknesses\nthree: unknown to the advisory service",
            1,
        ),
        ([UNKNOWN], audit.UNREACHED, 1),
        ([], audit.UNREACHED, 1),
    ],
    ids=["sound", "weak", "one unknown", "all unknown", "no answer"],
)
def test_what_is_said(packages: list[dict[str, Any]], said: str, code: int) -> None:
    assert audit.told(packages) == (said, code)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ('{"dependencies": [{"name": "one", "version": "1.0", "vulns": []}]}', "1 packages"),
        ("", audit.UNREACHED),
        ("Traceback", audit.UNREACHED),
    ],
    ids=["answer", "nothing", "no JSON"],
)
def test_pip_audit_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], printed: str, said: str
) -> None:
    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[-1].endswith("requirements.lock")
        return subprocess.CompletedProcess(command, 0, printed)

    monkeypatch.setattr(subprocess, "run", run)
    assert audit.main() == (said == audit.UNREACHED)
    shown = capsys.readouterr()
    assert (shown.out + shown.err).startswith(said)
    assert (shown.out + shown.err).count("\n") == 1
