"""A whole export: which files there are, what is in them, and what happens without a Chrome."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image

import review
from review import Selection, SelectionError, evidence, export, folders, provenance
from review.__main__ import main
from review.export import ExportError, PictureError, View, ViewError, pictures
from review.figures import NAMES
from tests.real import real, selected

HUMAN = Selection.parse("subject=human&condition=sciatica")
ALWAYS = {"studies.csv", "references.bib", "references.ris", "view.json"}
NO_CHROME = (
    "BROWSER_PATH names no program: {}; install one (Debian: apt-get install chromium "
    "fonts-liberation; anywhere: plotly_get_chrome) or name it in BROWSER_PATH"
)


@pytest.fixture
def no_chrome(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    nowhere = str(tmp_path / "no chrome")
    monkeypatch.setenv("BROWSER_PATH", nowhere)
    return NO_CHROME.format(nowhere)


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """A stand-in for Chrome, which notes what it was asked for."""
    asked = list[tuple[str, float]]()

    def render(figure: go.Figure, format: str, scale: float = 1) -> bytes:
        asked.append((format, scale))
        out = io.BytesIO()
        Image.new("RGB", (2, 2)).save(out, "PNG")
        return {"png": out.getvalue(), "svg": b"<svg ></svg>"}[format]

    @contextlib.contextmanager
    def renderer() -> Iterator[pictures.Render]:
        yield render

    monkeypatch.setattr(pictures, "renderer", renderer)
    return asked


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_figure_has_its_files(tmp_path: Path, drawing: list[tuple[str, float]]) -> None:
    done = export.figures(real(), tmp_path, formats=("svg", "png"), scale=2)
    kinds = ("svg", "png", "csv")
    assert names(tmp_path) == ALWAYS | {f"{name}.{kind}" for name in NAMES for kind in kinds}
    assert {path.name for path in done.files} == names(tmp_path)
    assert set(drawing) == {("svg", 1), ("png", 2)}
    assert str(done) == (
        f"wrote 31 files to {tmp_path.name}: "
        "143 of 143 studies (64 human, 53 animal, 3 in vitro, 23 review)"
    )


def test_what_is_asked_for_and_nothing_else(
    tmp_path: Path, drawing: list[tuple[str, float]]
) -> None:
    export.figures(real(), tmp_path, only=["doses"], selection=HUMAN, formats=["html"])
    assert names(tmp_path) == ALWAYS | {"doses.csv", "figures.html"}
    assert drawing == []


def test_rows_studies_and_references_are_those_of_the_selection(tmp_path: Path) -> None:
    export.figures(real(), tmp_path, only=["trials"], selection=HUMAN, formats=())
    part = review.select(real(), HUMAN)
    rows = pd.read_csv(tmp_path / "trials.csv")
    assert rows["study"].to_list() == evidence.trials(part)["study"].to_list()
    studies = pd.read_csv(tmp_path / "studies.csv", dtype="str")
    assert studies["study"].to_list() == part.studies["study"].to_list()
    assert len(studies) == 6
    bib = (tmp_path / "references.bib").read_text(encoding="utf-8")
    assert re.findall(r"^@\w+\{(\w+),", bib, re.MULTILINE) == studies["study"].to_list()
    ris = (tmp_path / "references.ris").read_text(encoding="utf-8")
    assert re.findall(r"^ID  - (\w+)", ris, re.MULTILINE) == studies["study"].to_list()


def test_csv_starts_with_the_mark_that_spreadsheets_want(tmp_path: Path) -> None:
    export.figures(real(), tmp_path, only=["funnel"], formats=())
    assert (tmp_path / "funnel.csv").read_bytes().startswith(b"\xef\xbb\xbfstep,label,")


def test_a_view_makes_the_same_again(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    export.figures(
        real(), first, only=["dots", "funnel"], selection=HUMAN, formats=["html"], shape="1:1"
    )
    view, version = export.views.read(first / "view.json")
    export.make(real(), again, view)
    assert version == real().version
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in again.iterdir()
    }


def test_nothing_selected_is_exported_and_says_so(tmp_path: Path) -> None:
    done = export.figures(real(), tmp_path, selection=Selection.parse("subject="), formats=["html"])
    assert str(done) == (
        f"wrote 14 files to {tmp_path.name}: "
        "0 of 143 studies (0 human, 0 animal, 0 in vitro, 0 review)"
    )
    page = (tmp_path / "figures.html").read_text(encoding="utf-8")
    assert page.count("No study matches.") >= len(NAMES)
    assert (tmp_path / "references.ris").read_text(encoding="utf-8") == ""
    assert len((tmp_path / "studies.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_progress_is_told_of_each_file(tmp_path: Path) -> None:
    told = list[tuple[int, int, str]]()
    export.figures(
        real(), tmp_path, only=["funnel"], formats=[], progress=lambda *now: told.append(now)
    )
    assert told == [
        (0, 5, "funnel.csv"),
        (1, 5, "studies.csv"),
        (2, 5, "references.bib"),
        (3, 5, "references.ris"),
        (4, 5, "view.json"),
        (5, 5, "view.json"),
    ]


def test_one_page_with_plotly_once_and_its_words(tmp_path: Path) -> None:
    export.figures(real(), tmp_path, only=["funnel", "dots"], formats=["html"])
    page = (tmp_path / "figures.html").read_text(encoding="utf-8")
    head = page.split("<script>")[0]
    source = provenance.of(real())
    shown = [export.files.drawn(real(), source, name, View()) for name in ("funnel", "dots")]
    assert (
        "<title>From every cited study to the answer, One mark for each study – "
        "Magnesium for sciatica: the cited studies</title>"
    ) in head
    description = re.search(r'<meta name="description" content="([^"]*)">', head)
    assert description
    assert unescape(description[1]) == (
        f"{shown[0][1].alt} {shown[1][1].alt} {provenance.of(real()).line}"
    )
    assert page.count("plotly.js v") == 1
    assert re.findall(r'<figure aria-label="([^"]*)">', page) == [s.title for _, s in shown]
    assert re.findall(r'<div id="(\w+)"', page) == ["funnel", "dots"]
    assert page.count('"showSendToCloud": false') == page.count('"displaylogo": false') == 2
    # Nothing is fetched: no element of the page has an address.
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=", page) == []


def test_marks_in_the_data_are_no_marks_of_the_page(tmp_path: Path) -> None:
    hostile = "</script><script>alert(1)</script>"
    studies = real().studies.assign(citation=hostile)
    tables = {**real().tables, "studies": studies}
    export.figures(replace(real(), tables=tables), tmp_path, only=["dots"], formats=["html"])
    page = (tmp_path / "figures.html").read_text(encoding="utf-8")
    assert hostile not in page
    assert "alert(1)" in page


def test_without_chrome_the_rest_is_written_and_it_says_what_to_do(
    tmp_path: Path, no_chrome: str
) -> None:
    done = export.figures(real(), tmp_path, only=["funnel"])
    assert names(tmp_path) == ALWAYS | {"funnel.csv", "figures.html"}
    assert done.missing == f"Left out svg, png, pdf: {no_chrome}"
    assert str(done).endswith(f"\n{done.missing}")


def test_a_picture_that_cannot_be_drawn_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "funnel.csv").write_text("old")

    def render(*_: object) -> bytes:
        raise PictureError("Chrome did not draw")

    monkeypatch.setattr(pictures, "renderer", lambda: contextlib.nullcontext(render))
    with pytest.raises(PictureError):
        export.figures(real(), tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"funnel.csv": "old"}


def test_a_table_that_cannot_be_written_leaves_all_as_it_was(
    tmp_path: Path, drawing: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dots.csv").write_bytes(b"old")
    running = threading.active_count()

    def full(frame: pd.DataFrame) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export.files.tables, "lines", full)
    with pytest.raises(ExportError, match="cannot be written to: No space left on device"):
        export.figures(real(), tmp_path, only=["dots"], formats=["png"])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"dots.csv": b"old"}
    assert threading.active_count() == running


def test_each_table_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()
    for name in NAMES:
        plain = getattr(evidence, name)
        monkeypatch.setattr(
            evidence, name, lambda *a, _n=name, _f=plain, **k: asked.append(_n) or _f(*a, **k)
        )
    export.figures(real(), tmp_path, formats=["html"])
    assert sorted(asked) == sorted(NAMES)


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    export.figures(real(), tmp_path, formats=["html"])
    for path in tmp_path.iterdir():
        raw = path.read_text(encoding="utf-8")
        assert str(tmp_path) not in raw
        assert os.getcwd() not in raw


def test_a_part_of_a_review_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SelectionError, match="The review was narrowed before"):
        export.figures(selected("subject=human"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_wrong_words_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ViewError):
        export.figures(real(), tmp_path / "out", only=["nothing"])
    assert not (tmp_path / "out").exists()


def run(*arguments: str) -> int:
    return main(["figures", *arguments])


def test_command_writes_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "für den Vortrag"
    code = run("--out", str(out), "--only", "funnel", "--formats", "html", "--select", str(HUMAN))
    assert code == 0
    assert capsys.readouterr() == (
        "wrote 6 files to für den Vortrag: "
        "6 of 143 studies (6 human, 0 animal, 0 in vitro, 0 review)\n",
        "",
    )


def test_command_without_chrome_ends_with_3(
    tmp_path: Path, no_chrome: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--out", str(tmp_path), "--only", "dots", "--formats", "png", "html") == 3
    assert capsys.readouterr().out.splitlines()[1] == f"Left out png: {no_chrome}"
    assert names(tmp_path) == ALWAYS | {"dots.csv", "figures.html"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--only", "x"], 2, "figures: 'x' is not one of funnel, coverage,"),
        (["--select", "subject=fish"], 2, "subject: 'fish' is not one of human, animal,"),
        (["--scale", "3"], 2, "scale: 3 is not one of 1, 2, 4"),
        (["--from", "none.json"], 1, "none.json: file not found"),
    ],
    ids=["figure", "selection", "scale", "view"],
)
def test_command_refuses(
    tmp_path: Path,
    arguments: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--out", str(tmp_path / "out"), "--formats", "html", *arguments) == code
    assert said in "".join(capsys.readouterr())
    assert not (tmp_path / "out").exists()


def test_command_says_why_it_cannot_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file")
    assert run("--out", str(tmp_path / "out"), "--formats", "html") == 1
    assert "is a file, or lies in one; expected a folder" in capsys.readouterr().err


def test_command_makes_a_view_again_and_warns_of_other_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--out", str(tmp_path / "1"), "--only", "dots", "--formats", "html") == 0
    path = tmp_path / "1" / "view.json"
    assert run("--out", str(tmp_path / "2"), "--from", str(path)) == 0
    assert capsys.readouterr().err == ""
    assert path.read_bytes() == (tmp_path / "2" / "view.json").read_bytes()
    older = json.loads(path.read_text(encoding="utf-8")) | {"data_version": "0123456789"}
    path.write_text(json.dumps(older), encoding="utf-8")
    assert run("--out", str(tmp_path / "3"), "--from", str(path), "--shape", "4:3") == 0
    assert capsys.readouterr().err == (
        "The view was made from data version 0123456789 and the data are now version "
        f"{real().version}: the figures may show other numbers.\n"
    )
    assert json.loads((tmp_path / "3" / "view.json").read_text())["shape"] == "4:3"
    assert names(tmp_path / "3") == names(tmp_path / "1")


def test_folders_are_used_for_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = list[str]()
    plain = folders.write

    def write(path: Path, content: bytes) -> None:
        written.append(path.name)
        plain(path, content)

    monkeypatch.setattr(folders, "write", write)
    export.figures(real(), tmp_path, only=["dots"], formats=["html"])
    assert set(written) == names(tmp_path)
