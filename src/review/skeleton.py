"""A new review to be filled in: the files of `template`, and the dictionary of its tables."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile, copytree
from tempfile import TemporaryDirectory

from review import schema
from review.dictionary import dictionary
from review.faults import DataError, Fault

TEMPLATE = Path(__file__).parent / "template"
EXPECTED = "expected a new or an empty folder; give another name"


def write(folder: Path) -> None:
    """Write a review of two example studies into a new or empty folder, whole or not at all.

    Raises DataError where the folder holds something already, or is a file.
    """
    problem = _problem(folder)
    if problem:
        raise DataError([Fault(str(folder), "", "", f"{problem}, {EXPECTED}")])
    folder.mkdir(parents=True, exist_ok=True)
    # Made aside and then moved, so that nothing is left where the writing fails.
    with TemporaryDirectory(prefix=".new-", dir=folder) as made:
        whole = copytree(TEMPLATE, Path(made) / "whole", copy_function=copyfile)
        text = dictionary(schema.read(whole / "data"))
        (whole / "data" / "README.md").write_text(text, encoding="utf-8", newline="\n")
        for part in whole.iterdir():
            part.rename(folder / part.name)


def _problem(folder: Path) -> str:
    if folder.is_dir():
        return "is not empty" if any(folder.iterdir()) else ""
    return "is a file" if folder.exists() else ""
