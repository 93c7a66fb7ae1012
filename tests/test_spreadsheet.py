"""Exported tables in a real spreadsheet: each row arrives, a text stays one, nothing is run."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from review import evidence
from review.export import tables
from review.export.files import MARKED
from review.figures import NAMES
from tests.real import real
from tests.test_gate import HOSTILE, hostile

# What some spreadsheet takes for a formula, a command, a link or the end of a row.
TEXTS = (
    "=1+1", "+1+1", "-1+cmd", "@SUM(1)", "=cmd|'/c calc'!A0", "|cmd", "\t=1+1", "a\r=1+1",
    "a\r\n=1+1", "a\n=1+1", "a;=1+1", "a\t=1+1", " =1+1", "\u00a0=1+1", "\uff1d1+1", "\u20281=1",
    "'=1+1", '"=1+1"', '=HYPERLINK("https://evil.example";"x")', "a,=1+1", '",=1+1',
    HOSTILE,
)  # fmt: skip
# Commas, double quotes, UTF-8; formulas are run where a cell has one.
READ = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
CELL, ROW, TEXT = OFFICE % "table", OFFICE % "table" + "table-row", OFFICE % "text"
ADVICE = "LibreOffice Calc is not installed (Debian: apt-get install libreoffice-calc)"


@cache
def frames() -> dict[str, pd.DataFrame]:
    """Return every table of an export of the real review and of the hostile one, and one more."""
    told = {"texts": pd.DataFrame({"=A1": TEXTS, "number": range(len(TEXTS))})}
    for kind, review in (("real", real()), ("hostile", hostile())):
        told |= {f"{kind}-{name}": getattr(evidence, name)(review) for name in NAMES}
        told |= {f"{kind}-studies": review.studies}
    return told


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each table as a CSV file, and beside it what the spreadsheet reads in it."""
    if not shutil.which("soffice"):
        required = os.environ.get("REQUIRE_OFFICE", "0") not in ("", "0")
        (pytest.fail if required else pytest.skip)(ADVICE)
    folder = tmp_path_factory.mktemp("sheets")
    paths = {name: folder / f"{name}.csv" for name in frames()}
    for name, frame in frames().items():
        paths[name].write_bytes(tables.csv(frame).encode(MARKED))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", f"--infilter={READ}", "--convert-to", "fods"]
    subprocess.run(
        [*command, "--outdir", str(folder), *map(str, paths.values())],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return paths


def shown(path: Path) -> tuple[list[list[str]], int]:
    """Return the rows of a sheet as texts, and how many of its cells are formulas."""
    root = ElementTree.parse(path.with_suffix(".fods")).getroot()
    rows = list[list[str]]()
    for row in root.iter(ROW):
        cells = list[str]()
        for cell in row.iter(f"{CELL}table-cell"):
            lines = ["".join(_said(line)) for line in cell.iter(f"{TEXT}p")]
            cells += ["\n".join(lines)] * int(cell.get(f"{CELL}number-columns-repeated", "1"))
        rows += [cells] * int(row.get(f"{CELL}number-rows-repeated", "1"))
    formulas = sum(f"{CELL}formula" in cell.attrib for cell in root.iter(f"{CELL}table-cell"))
    return rows, formulas


def _said(part: ElementTree.Element) -> list[str]:
    """Return the text of a line, in which some blanks are elements."""
    signs = {f"{TEXT}s": " " * int(part.get(f"{TEXT}c", "1")), f"{TEXT}tab": "\t"}
    texts = [signs.get(part.tag, ""), part.text or ""]
    for inner in part:
        texts += [*_said(inner), inner.tail or ""]
    return texts


@pytest.mark.parametrize("name", frames())
def test_every_row_and_text_arrives_and_nothing_is_run(sheets: dict[str, Path], name: str) -> None:
    frame = frames()[name]
    written = sheets[name].read_bytes().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(written, newline="")))
    assert len(read) == len(frame) + 1
    rows, formulas = shown(sheets[name])
    assert formulas == 0
    # A table without a row has its head; empty cells at the end of a row are not stored.
    assert len(rows) == len(frame) + 1
    for found, expected in zip(rows, read, strict=True):
        for cell, text in zip(found, expected, strict=False):
            assert cell == _lines(text) or _number(text)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _number(text: str) -> bool:
    # A spreadsheet shows numbers, and words for yes and no, in its own manner.
    try:
        return isinstance(float(text), float)
    except ValueError:
        return text in ("True", "False")
