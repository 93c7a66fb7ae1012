"""The modules keep to their floors: what imports what, how long they are, what loads when."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from review.tables import ROOT

# Ground floor first; a module, or a package of modules, imports only from those before it.
FLOORS = (
    "faults", "markup", "endings", "files", "scratch", "folders", "schema", "selection",
    "latex", "names", "values", "bibtex", "bibliography", "readers", "cells", "checks",
    "tables", "narrowing", "facets", "doses", "evidence", "style", "facts", "charts", "figures",
    "guide", "provenance", "export", "scripts", "live", "watch", "filters", "picker", "listing",
    "shared", "downloads", "panels", "dictionary", "skeleton", "commands", "__main__",
)  # fmt: skip
SOURCE = ROOT / "src" / "review"
HEAVY = ("pandas", "plotly", "ipywidgets", "frictionless", "bibtexparser", "anywidget", "pptx")


FILES = sorted(SOURCE.rglob("*.py"))


def own_imports(path: Path) -> set[str]:
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "review":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("review."):
            found.add(str(node.module).split(".")[1])
    return found


def files_of(floor: str) -> list[Path]:
    folder = SOURCE / floor
    return sorted(folder.glob("*.py")) if folder.is_dir() else [SOURCE / f"{floor}.py"]


def test_every_module_has_a_floor() -> None:
    found = {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    found |= {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert found == set(FLOORS)


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_point_downwards(floor: str) -> None:
    below = {*FLOORS[: FLOORS.index(floor)], floor}
    for path in files_of(floor):
        assert own_imports(path) <= below, path.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") < 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_others_use_is_documented(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            nested = [
                n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and node in n.body
            ]
            assert ast.get_docstring(node) or nested, node.name


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, review; print([n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_loading_the_data_loads_no_charts() -> None:
    unused = ("plotly", "ipywidgets", "anywidget", "pptx")
    code = f"import sys, review; review.load(); print([n for n in {unused} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_package_says_nothing_of_this_question() -> None:
    studies = re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text("utf-8"), re.M)
    assert len(studies) > 143
    ours = re.compile(rf"magnesium|sciatic|\b({'|'.join(studies)})\b", re.IGNORECASE)
    texts = [path for path in SOURCE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert {".py", ".js", ".json", ".csv", ".ipynb", ".md", ".bib"} <= {p.suffix for p in texts}
    for path in texts:
        found = ours.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found and found[0]}"


def test_front_door_is_narrow() -> None:
    import review

    assert review.__all__ == [
        "DataError", "Review", "Selection", "SelectionError", "load", "select",
    ]  # fmt: skip
    assert all(getattr(review, name) is not None for name in dir(review))
    with pytest.raises(AttributeError, match="module 'review' has no attribute 'pool'"):
        _ = review.pool
