"""The list of licences names what the project runs with, and the scripts in its pages."""

from __future__ import annotations

import pytest
from plotly.offline import get_plotlyjs_version

from tools import licences


def test_packages_are_those_to_run_with_and_what_they_need() -> None:
    found = licences.packages()
    # Named by the project, needed by these, and needed by none of them.
    assert {"pandas", "voila", "numpy", "tornado"} <= set(found)
    assert not {"pytest", "mypy", "playwright", "pip-audit"} & set(found)


def test_scripts_are_found_with_version_and_licence() -> None:
    found = {name: (version, licence) for name, version, licence in licences.scripts()}
    assert found["plotly.js"] == (get_plotlyjs_version(), "MIT")
    assert {"DataTables", "jQuery JavaScript Library", "JSZip"} <= set(found)
    assert {licence for _, licence in found.values()} == {"MIT"}


def test_every_licence_is_stated_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(licences.packages()) + len(licences.scripts())
    assert not [line for line in lines if line.endswith("not stated")]
    assert any(line.split() == ["anywidget", *line.split()[1:2], "MIT"] for line in lines)
