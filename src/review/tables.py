"""The review as typed tables: read, checked as a whole, and handed over or refused."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from review import bibliography, cells, checks, files, schema
from review.bibliography import Reference
from review.cells import Rows
from review.faults import DataError, Fault
from review.schema import Field, Package
from review.schema.descriptor import DESCRIPTOR

ROOT = Path(__file__).parents[2]
FIRST_YEAR = 1900
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "list": "object"}


@dataclass(frozen=True, eq=False)
class Review:
    """The tables of a review, each a DataFrame, and its references by key.

    Columns with a vocabulary are ordered categories; an empty cell is missing, never 0.
    The studies also have the columns of `schema.JOINED`, taken from their references.
    `whole` is the number of studies before any selection, `version` the digest of the files.
    """

    package: Package
    tables: Mapping[str, pd.DataFrame]
    references: Mapping[str, Reference]
    whole: int
    version: str

    @property
    def studies(self) -> pd.DataFrame:
        """One row per study."""
        return self.tables["studies"]

    @property
    def arms(self) -> pd.DataFrame:
        """One row per arm of a study."""
        return self.tables["arms"]

    @property
    def outcomes(self) -> pd.DataFrame:
        """One row per reported outcome of a study."""
        return self.tables["outcomes"]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{len(table)} {name}" for name, table in self.tables.items())
        return f"Review({self.package.title!r}: {sizes})"


def load(data: str | Path | None = None, bib: str | Path | None = None) -> Review:
    """Return the review in a folder of tables and a .bib file, by default the project's own.

    Raises DataError with every fault that the tables and the .bib file have.
    """
    with _uncollected():
        return _load(data, bib)


@contextmanager
def _uncollected() -> Iterator[None]:
    # Almost nothing that reading makes is garbage, and to look for it takes a quarter of the time.
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _load(data: str | Path | None, bib: str | Path | None) -> Review:
    folder = Path(data) if data is not None else ROOT / "data"
    bib_path = Path(bib) if bib is not None else folder.parent / "references.bib"
    package = schema.read(folder)
    tables, faults = _read_tables(folder, package)
    years = _years(package)
    references, bib_faults = bibliography.read(bib_path, years)
    faults += checks.vocabularies(package, folder / DESCRIPTOR)
    faults += _between(package, tables) + bib_faults
    if references or not bib_faults:
        faults += checks.bibliography_links(tables, references, bib_path, years)
    if faults:
        raise DataError(faults)
    frames = {name: _frame(rows) for name, rows in tables.items()}
    frames["studies"] = _joined(frames["studies"], references)
    whole, version = len(frames["studies"]), _version(folder, package, bib_path)
    return Review(package, frames, references, whole, version)


def _version(folder: Path, package: Package, bib: Path) -> str:
    names = [DESCRIPTOR, *(table.path for table in package.tables.values())]
    return files.digest([*((name, folder / name) for name in names), ("references.bib", bib)])


def _years(package: Package) -> range:
    # The search's year and not the clock's, so that the same data is right on any day.
    return range(FIRST_YEAR, int(package.searched[:4]) + 2)


def _joined(studies: pd.DataFrame, references: Mapping[str, Reference]) -> pd.DataFrame:
    found = [references[key] for key in studies["study"]]
    texts = {
        "citation": [reference.cite() for reference in found],
        "title": [reference.title for reference in found],
        "authors": ["; ".join(reference.authors) for reference in found],
        "journal": [reference.container for reference in found],
        "doi": [reference.doi for reference in found],
        "pmid": [reference.pmid for reference in found],
    }
    columns = {
        name: pd.Series([text or None for text in texts[name]], dtype="str") for name in texts
    }
    years = pd.Series([reference.year for reference in found], dtype="Int64")
    return studies.assign(**columns, year=years)


def _read_tables(folder: Path, package: Package) -> tuple[dict[str, Rows], list[Fault]]:
    tables, faults = dict[str, Rows](), list[Fault]()
    for name, table in package.tables.items():
        tables[name], found = cells.read(folder, table)
        faults += found
    return tables, faults


def _between(package: Package, tables: Mapping[str, Rows]) -> list[Fault]:
    faults = list[Fault]()
    for rows in tables.values():
        faults += checks.keys(rows)
        faults += checks.totals(rows)
    faults += checks.planning(tables["limits"])
    faults += checks.steps(package, tables)
    return faults + list(checks.links(package, tables))


def _frame(rows: Rows) -> pd.DataFrame:
    columns = rows.table.fields
    return pd.DataFrame({c.name: _series(c, rows.columns[c.name]) for c in columns})


def _series(column: Field, values: Sequence[object]) -> pd.Series:
    if column.words and column.type == "string":
        return pd.Series(pd.Categorical([*values], categories=column.values, ordered=True))
    return pd.Series(values, dtype=DTYPES.get(column.type, "str"))
