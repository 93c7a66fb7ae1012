"""The notebooks as they are stored: within their budgets, fresh, and true when run again."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from review.export.stamps import stable
from review.tables import ROOT
from tools.notebooks import PATHS, run, slim

*NOTEBOOKS, OF_A_NEW_REVIEW = PATHS
VIEW = "application/vnd.jupyter.widget-view+json"
NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
THINGS = "studies|study|trials?|people|participants|patients|animals|papers|statements"
# A number, then at most three words, then what is counted.
COUNT = re.compile(
    rf"\b(?:\d[\d,]*|{NUMBERS})\W+(?:[\w-]+\W+){{0,3}}?(?:{THINGS})\b", re.IGNORECASE
)
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
each_and_new = pytest.mark.parametrize("path", PATHS, ids=[*(p.stem for p in NOTEBOOKS), "new"])


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def outputs(path: Path) -> list[dict[str, Any]]:
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


@each_and_new
def test_within_budget(path: Path) -> None:
    code, prose = cells(path, "code"), cells(path, "markdown")
    assert path.stat().st_size < 300_000
    assert len(code) + len(prose) <= 12
    for cell in code:
        lines = [line for line in cell["source"] if line.strip()]
        assert len(lines) <= 5, cell["source"]
        assert not re.search(r"\b(def|for|while)\b|#[0-9a-f]{6}", "".join(cell["source"]))


@each_and_new
def test_names_its_kernel_and_stores_no_widget_state(path: Path) -> None:
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert "widgets" not in metadata


@each_and_new
def test_shows_something_without_a_kernel(path: Path) -> None:
    shown = outputs(path)
    assert shown
    assert not [output for output in shown if output["output_type"] == "error"]
    for output in shown:
        assert VIEW not in output["data"]
        assert output["data"].get("text/plain")
    assert any("image/svg+xml" in output["data"] for output in shown)


@each_and_new
def test_holds_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert str(Path.home()) + "/" not in text


@each_and_new
def test_prose_holds_no_typed_count(path: Path) -> None:
    prose = "".join(line for cell in cells(path, "markdown") for line in cell["source"])
    assert not COUNT.findall(prose)


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        ("There are 143 studies.", True),
        ("Only six small trials", True),
        ("Of 3,107 **people**", True),
        ("Twelve animals", True),
        ("seven of the randomised trials", True),
        ("A study can have been missed; trials differ.", False),
        ("The people of several small trials", False),
    ],
)
def test_a_typed_count_is_found(prose: str, found: bool) -> None:
    assert bool(COUNT.search(prose)) is found


def test_the_notebooks_are_those_of_the_plan() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "1_the_answer",
        "2_evidence_map",
        "3_human_trials",
        "4_animals_and_doses",
        "5_claims",
        "6_figures_for_a_talk",
        "7_check_a_fact",
    ]


@each
def test_title_is_the_question_that_the_readme_gives(path: Path) -> None:
    title = cells(path, "markdown")[0]["source"][0].strip()
    assert title.endswith("?")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"| `{path.stem}` | {title.removeprefix('# ')} |" in readme


@each
def test_answer_is_computed_and_on_top(path: Path) -> None:
    answer = cells(path, "code")[1]
    assert "Markdown(facts.opening(data, " in "".join(answer["source"])
    assert "".join(answer["outputs"][0]["data"]["text/markdown"]).startswith("> **")


@each_and_new
def test_panel_has_a_picture_of_its_own_for_pages_without_scripts(path: Path) -> None:
    (panel,) = (cell for cell in cells(path, "code") if "panels.explore" in str(cell["source"]))
    picture, words = (output["data"] for output in panel["outputs"])
    assert "image/svg+xml" in picture and "text/html" not in picture
    assert "text/html" in words and "image/svg+xml" not in words


@each_and_new
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


def test_a_drawing_says_its_font_once() -> None:
    long = (
        '<svg style=""><text class="a" x="0" y="0" style="font-family: F, G; font-size: 13px; '
        'fill: red; white-space: pre;">one</text>'
        '<text x="0" y="5" style="font-family: F, G; font-size: 9px; fill-opacity: 1;">2</text>'
        "</svg>"
    )
    assert slim(long) == (
        '<svg style="font-family: F, G; font-size: 13px; white-space: pre;">'
        '<text style="fill: red; ">one</text>'
        '<text y="5" style="font-size: 9px; ">2</text></svg>'
    )


def test_random_names_in_an_svg_become_stable() -> None:
    one = '<svg id="clip0a1b2c"><use href="#clip0a1b2c"/><g class="trace9f8e7d"/></svg>'
    two = '<svg id="clipffffff"><use href="#clipffffff"/><g class="trace000000"/></svg>'
    assert stable(one, "cell") == stable(two, "cell")
    assert stable(one, "cell") == (
        '<svg id="cell-clip0"><use href="#cell-clip0"></use><g class="cell-trace1"></g></svg>'
    )
