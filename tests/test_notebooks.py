"""The notebooks as they are stored: within their budgets, fresh, and true when run again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from review.tables import ROOT
from tools.notebooks import run
from tools.svg import stable

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
VIEW = "application/vnd.jupyter.widget-view+json"
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(path: Path) -> list[dict[str, Any]]:
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


@each
def test_within_budget(path: Path) -> None:
    code, prose = cells(path, "code"), cells(path, "markdown")
    assert path.stat().st_size < 300_000
    assert len(code) + len(prose) <= 12
    for cell in code:
        lines = [line for line in cell["source"] if line.strip()]
        assert len(lines) <= 5, cell["source"]
        assert not re.search(r"\b(def|for|while)\b|#[0-9a-f]{6}", "".join(cell["source"]))


@each
def test_names_its_kernel_and_stores_no_widget_state(path: Path) -> None:
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert "widgets" not in metadata


@each
def test_shows_something_without_a_kernel(path: Path) -> None:
    shown = outputs(path)
    assert shown
    assert not [output for output in shown if output["output_type"] == "error"]
    for output in shown:
        assert VIEW not in output["data"]
        assert output["data"].get("text/plain")
    assert any("image/svg+xml" in output["data"] for output in shown)


@each
def test_holds_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


@each
def test_prose_holds_no_typed_count(path: Path) -> None:
    prose = "".join(line for cell in cells(path, "markdown") for line in cell["source"])
    assert not re.findall(r"\b\d+\s+(?:studies|trials|people|participants|animals)\b", prose)


@each
def test_stored_outputs_are_what_running_gives(path: Path) -> None:
    again = run(path, pictures=False)
    for stored, fresh in zip(cells(path, "code"), _code(again), strict=True):
        assert [_stable(o) for o in stored["outputs"]] == [_stable(o) for o in fresh["outputs"]]
        assert stored["execution_count"] == fresh["execution_count"]


def _code(notebook: Any) -> list[dict[str, Any]]:
    plain = json.loads(json.dumps(notebook))
    return [cell for cell in plain["cells"] if cell["cell_type"] == "code"]


def _stable(output: dict[str, Any]) -> dict[str, Any]:
    # The SVG needs a browser to be drawn; the plotly data that it is drawn from is compared.
    data = {kind: value for kind, value in output["data"].items() if kind != "image/svg+xml"}
    joined = {k: "".join(v) if isinstance(v, list) else v for k, v in data.items()}
    return {**output, "data": joined}


def test_random_names_in_an_svg_become_stable() -> None:
    one = '<g id="clip0a1b2c"/><use href="#clip0a1b2c"/><g class="trace9f8e7d"/>'
    two = '<g id="clipffffff"/><use href="#clipffffff"/><g class="trace000000"/>'
    assert stable(one, "cell") == stable(two, "cell")
    assert stable(one, "cell") == (
        '<g id="cell-clip0"/><use href="#cell-clip0"/><g class="cell-trace1"/>'
    )
