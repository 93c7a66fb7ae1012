"""Nothing that hostile data holds runs in, or breaks the form of, any file that is written."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import rispy
from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Page
from plotly.offline import get_plotlyjs
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

import review
from review import Review, bibliography, dictionary, evidence, export
from review.export.tables import NUMBER, unguarded
from review.figures import NAMES
from tests import hostile
from tests.browser.watched import Watched
from tests.notebook_cells import shown
from tests.real import real

pytestmark = pytest.mark.browser
# Each puts other attacks into the same places.
TURNS = (0, *(pytest.param(turn, marks=pytest.mark.long) for turn in (25, 50)))
TABLES = (*NAMES, "studies")
IN_PDF = {"/JS", "/JavaScript", "/URI", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles"}
DRAW = """(figures) => Promise.all(figures.map(({ data, layout }) => {
  const place = document.body.appendChild(document.createElement("div"));
  return Plotly.newPlot(place, data, layout, { displayModeBar: false });
}))"""


@pytest.fixture(scope="module")
def attacked_review(attacked: Path) -> Review:
    return review.load(attacked / "data")


@pytest.fixture(scope="module")
def folder(program: str, attacked_review: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is exported, in one folder among others."""
    above = tmp_path_factory.mktemp("above")
    place = above / "out"
    export.figures(attacked_review, place)
    export.slides(attacked_review, place / "talk.pptx")
    return place


def test_nothing_is_written_outside_the_folder(folder: Path) -> None:
    files = {path.relative_to(folder.parent).as_posix() for path in folder.parent.rglob("*")}
    pictures = {f"out/{name}.{kind}" for name in NAMES for kind in ("svg", "png", "pdf", "csv")}
    others = ("figures.html", "talk.pptx", "studies.csv", "references.bib", "references.ris")
    assert files == {"out", *pictures, *(f"out/{name}" for name in others), "out/view.json"}


def opened(seen: Watched, path: Path) -> Page:
    page = seen.page()
    page.goto(path.as_uri())
    return page


def test_the_page_has_its_own_scripts_only(folder: Path, seen: Watched, tmp_path: Path) -> None:
    export.figures(real(), tmp_path, formats=["html"])
    plain, page = (opened(seen, place / "figures.html") for place in (tmp_path, folder))
    page.locator(".js-plotly-plot .main-svg").nth(len(NAMES)).wait_for(state="attached")
    seen.hover(page)
    assert page.evaluate("document.scripts.length") == plain.evaluate("document.scripts.length")
    seen.check(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_is_a_picture(folder: Path, seen: Watched, name: str) -> None:
    root = ElementTree.parse(folder / f"{name}.svg").getroot()
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags.isdisjoint({"script", "foreignObject", "a", "iframe", "handler"})
    page = opened(seen, folder / f"{name}.svg")
    seen.check(page)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_opens(folder: Path, name: str) -> None:
    with Image.open(folder / f"{name}.png") as picture:
        picture.load()
        assert picture.size == (1280, 720)
        assert set(picture.info) >= {"Title", "Description", "Source", "Copyright", "Comment"}


@pytest.mark.parametrize("name", NAMES)
def test_a_page_to_print_does_nothing(folder: Path, name: str) -> None:
    reader = PdfReader(folder / f"{name}.pdf")
    assert len(reader.pages) == 1
    assert {key for part in _parts(reader.trailer, set()) for key in part} & IN_PDF == set()


def _parts(part: Any, seen: set[int]) -> Iterator[DictionaryObject]:
    part = part.get_object()
    if id(part) in seen or not isinstance(part, DictionaryObject | ArrayObject):
        return
    seen.add(id(part))
    inner = part
    if isinstance(part, DictionaryObject):
        yield part
        inner = part.values()
    for one in inner:
        yield from _parts(one, seen)


def test_slides_hold_no_program_and_no_link(folder: Path) -> None:
    with ZipFile(folder / "talk.pptx") as parts:
        names = parts.namelist()
        texts = {name: parts.read(name) for name in names if name.endswith((".xml", ".rels"))}
    assert not [name for name in names if re.search(r"\.\.|^/|vba|embed|activeX", name, re.I)]
    for name, text in texts.items():
        ElementTree.fromstring(text)
        assert b'TargetMode="External"' not in text, name
        assert b"hlinkClick" not in text, name


def test_libreoffice_opens_the_slides(folder: Path, tmp_path: Path) -> None:
    assert len(PdfReader(_converted(folder / "talk.pptx", "pdf", tmp_path)).pages) == 2 + len(NAMES)


def _converted(path: Path, kind: str, out: Path) -> Path:
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    home = f"-env:UserInstallation={(out / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return out / path.with_suffix(f".{kind}").name


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_its_rows_and_no_formula(
    folder: Path, attacked_review: Review, name: str
) -> None:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    head, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    asked = {"studies": lambda of: of.studies}.get(name) or getattr(evidence, name)
    frame = asked(attacked_review)
    assert (head, len(rows)) == (list(frame.columns), len(frame))
    assert {len(row) for row in rows} == {len(head)}
    cells = [cell for row in rows for cell in row if not NUMBER.fullmatch(cell)]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))] == []


def test_a_table_gives_every_text_back(folder: Path, attacked_review: Review) -> None:
    text = (folder / "studies.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    for name in ("remarks", "condition_as_named", "title"):
        stored = attacked_review.studies[name].fillna("").tolist()
        assert [unguarded(row[name]) for row in rows] == stored


def test_references_are_those_of_the_studies(folder: Path, attacked_review: Review) -> None:
    records = rispy.loads((folder / "references.ris").read_text(encoding="utf-8"))
    keys = attacked_review.studies["study"].tolist()
    assert [record["id"] for record in records] == keys
    known = attacked_review.references
    assert [record["title"] for record in records] == [known[key].title for key in keys]
    assert [record.get("year", "") for record in records] == [str(known[k].year) for k in keys]
    lines = (folder / "references.ris").read_text(encoding="utf-8").splitlines()
    assert [line[:6] for line in lines if not re.match(r"[A-Z][A-Z0-9]  - |$", line)] == []
    read, faults = bibliography.read(folder / "references.bib")
    assert (list(read), faults) == (keys, [])


def test_a_view_is_read_again(folder: Path, attacked_review: Review) -> None:
    found = json.loads((folder / "view.json").read_text(encoding="utf-8"))
    assert found["licence"] == attacked_review.package.licence
    view, version = export.views.read(folder / "view.json")
    assert (view, version) == (export.View(), attacked_review.version)


def test_the_dictionary_is_text_and_tables(attacked_review: Review, seen: Watched) -> None:
    package = attacked_review.package
    words = dictionary.dictionary(package)
    page = seen.page()
    page.set_content(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(words))
    rows = [len(table.fields) for table in package.tables.values()]
    assert (
        page.locator("table").evaluate_all("(all) => all.map((t) => t.tBodies[0].rows.length)")
        == rows
    )
    assert page.locator("h2").count() == len(rows)
    seen.check(page)


@pytest.mark.parametrize("turn", TURNS)
def test_every_cell_of_every_notebook(turn: int, tmp_path: Path, seen: Watched) -> None:
    made = hostile.write(tmp_path / "turned", turn)
    data = review.load(made.folder / "data")
    page = seen.page()
    page.set_content("<body></body>")
    page.add_script_tag(content=get_plotlyjs())
    html, figures = shown(data, made.folder / "notebooks")
    page.evaluate("(html) => { document.body.innerHTML = html; }", html)
    page.evaluate(DRAW, figures)
    seen.hover(page)
    seen.check(page)
