"""A new review to be filled in: the files of `template`, and the dictionary of its tables."""

from __future__ import annotations

from pathlib import Path

from review import folders, schema
from review.dictionary import dictionary
from review.faults import DataError, Fault

TEMPLATE = Path(__file__).parent / "template"
EXPECTED = "expected a new or an empty folder; give another name"


def write(folder: Path) -> None:
    """Write a review of two example studies into a new or empty folder, whole or not at all.

    Raises DataError where the folder holds something already, or is a file, and ExportError
    where it cannot be written to.
    """
    if folder.is_dir():
        folders.recover(folder)
    problem = _problem(folder)
    if problem:
        raise DataError([Fault(str(folder), "", "", f"{problem}, {EXPECTED}")])
    with folders.folder(folder) as staging:
        for path in sorted(TEMPLATE.rglob("*")):
            copy = staging / path.relative_to(TEMPLATE)
            copy.mkdir() if path.is_dir() else folders.write(copy, path.read_bytes())
        text = dictionary(schema.read(staging / "data"))
        folders.write(staging / "data" / "README.md", text.encode())


def _problem(folder: Path) -> str:
    if folder.is_dir():
        return "is not empty" if any(folder.iterdir()) else ""
    return "is a file" if folder.exists() else ""
