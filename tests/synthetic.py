"""Made-up reviews of any size: real studies drawn at random, under new keys."""

from __future__ import annotations

import csv
import random
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from review import Review
from review.schema import Field
from review.tables import ROOT
from tests.real import real

OF_STUDIES = ("studies", "arms", "outcomes", "sources")
# Texts that are read as numbers, or that stand for a row of another table, stay as they are.
KEPT = ("study", "species", "compound", "p_value")
Cells = dict[str, str]


def of_rows(rows: Sequence[int]) -> Review:
    """Return a review whose studies are those in these rows of the real one, repeats included."""
    drawn = real().studies.iloc[list(rows)].reset_index(drop=True)
    new = pd.Series([f"s{number:06d}" for number in range(len(drawn))], dtype="str")
    keys = pd.DataFrame({"study": drawn["study"], "new": new})
    tables = {**real().tables, "studies": drawn.assign(study=new)}
    for name in OF_STUDIES[1:]:
        joined = keys.merge(real().tables[name], on="study", how="inner")
        tables[name] = joined.assign(study=joined["new"]).drop(columns="new")
    references = dict(zip(new, (real().references[key] for key in drawn["study"]), strict=True))
    return replace(real(), tables=tables, references=references, whole=len(drawn))


def of_size(size: int) -> Review:
    """Return a review of this many studies, the same each time."""
    return of_rows(np.random.default_rng(1).integers(0, len(real().studies), size).tolist())


def write(folder: Path, size: int) -> None:
    """Write a review of this many studies into an empty folder, the same each time.

    No two studies share a text or a number with decimals, which a reader that keeps what it has
    read would profit from.
    """
    shutil.copytree(ROOT / "data", folder / "data")
    dice = random.Random(1)
    drawn = [(f"s{at:06d}", dice.choice(real().studies["study"])) for at in range(size)]
    for name in OF_STUDIES:
        columns = real().package.tables[name].fields
        rows = _by_study(ROOT / "data" / f"{name}.csv")
        with (folder / "data" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [column.name for column in columns])
            writer.writeheader()
            for new, old in drawn:
                writer.writerows(_varied(row, new, columns, dice) for row in rows.get(old, []))
    cited = set(real().references) - set(real().studies["study"])
    entries = [real().references[key].source for key in sorted(cited | _named())]
    entries += [_entry(real().references[old].source, new) for new, old in drawn]
    (folder / "references.bib").write_text("\n\n".join(entries) + "\n", encoding="utf-8")


def _by_study(path: Path) -> dict[str, list[Cells]]:
    found = dict[str, list[Cells]]()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["study"], []).append(row)
    return found


def _varied(row: Cells, key: str, columns: Sequence[Field], dice: random.Random) -> Cells:
    return row | {"study": key} | dict(_changes(row, key, columns, dice))


def _changes(
    row: Mapping[str, str], key: str, columns: Sequence[Field], dice: random.Random
) -> Iterator[tuple[str, str]]:
    for column in columns:
        cell = row[column.name]
        if not cell or column.words or column.name in KEPT:
            continue
        if column.type == "number":
            yield column.name, f"{cell}{'' if '.' in cell else '.'}{dice.randrange(1000):03d}"
        elif column.name == "url":
            yield column.name, f"{cell}?{key}"
        elif column.type == "string":
            yield column.name, f"{cell} [{key}]"


def _named() -> set[str]:
    """Return the studies that tables other than their own cite."""
    others = [table for name, table in real().tables.items() if name not in OF_STUDIES]
    cells = [cell for table in others if "references" in table for cell in table["references"]]
    return {key for cell in cells if isinstance(cell, tuple) for key in cell}


def _entry(source: str, key: str) -> str:
    text = re.sub(r"\A@(\w+)\{\w+,", rf"@\1{{{key},", source)
    text = re.sub(r"( doi +=).*", rf"\1 {{10.1000/{key}}},", text)
    text = re.sub(r"( pmid +=).*", rf"\1 {{{int(key[1:]) + 1}}},", text)
    text = re.sub(r"( title += \{)", rf"\1{key.capitalize()}: ", text)
    return re.sub(r"( author += \{)", rf"\1{key.capitalize()}, A. and ", text)
