"""One CSV file to rows of typed values, with a fault for everything that does not fit."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from review.faults import LONGEST_CELL, DataError, Fault, quote
from review.files import read_text, shown
from review.readers import EMPTY_LINE, Reader, reader
from review.schema import Table

Record = Sequence[str | None]
# The row in a block, the column (0 for the whole row, 1 for the first) and what is wrong.
Place = tuple[int, int, str]
# Rows that are read at a time. A text that comes again among them is read once.
BLOCK = 10_000
IN_COMMAS = (
    "expected commas; in LibreOffice tick 'Edit filter settings' when saving and choose the comma, "
    "in Excel set the list separator of the system to a comma and save as 'CSV UTF-8'"
)


@dataclass(frozen=True)
class Rows:
    """The rows of one table as typed values, column by column, each with a value per row.

    A cell at fault holds None, as an empty one does.
    """

    table: Table
    path: Path
    columns: Mapping[str, Sequence[Any]]
    complete: bool

    def fault(self, index: int, column: str, problem: str) -> Fault:
        """Return a fault in the row with this index, numbered as a spreadsheet numbers it."""
        return row_fault(self.path, index, column, problem)


def row_fault(path: Path, index: int, column: str, problem: str) -> Fault:
    """Return a fault in the row with this index (0 is the first below the header)."""
    return Fault(shown(path), f"row {index + 2}", column, problem)


def read(folder: Path, table: Table) -> tuple[Rows, list[Fault]]:
    """Return the rows of a table and every fault in its cells.

    Where the file, its header or the cells of a row cannot be told, `complete` is False, and what
    refers to the table cannot be checked.
    """
    path = folder / table.path
    try:
        with _csv(_with_commas(path)) as lines:
            records = _records(path, lines)
            header = _header(path, table, records)
            return _typed(path, table, header, records)
    except DataError as error:
        empty = dict[str, Sequence[Any]].fromkeys(table.columns, ())
        return Rows(table, path, empty, complete=False), list(error.faults)


def _with_commas(path: Path) -> str:
    text = read_text(path)
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    problem = ""
    if header.startswith("sep="):
        problem = "says which sign is between the columns, expected their names; remove the line"
    elif "," not in header and ";" in header:
        problem = f"has semicolons between the columns, {IN_COMMAS}"
    elif "," not in header and "\t" in header:
        problem = f"has tabs between the columns, {IN_COMMAS}"
    if problem:
        raise DataError([Fault(shown(path), "row 1", "", problem)])
    return text


@contextmanager
def _csv(text: str) -> Iterator[Iterator[list[str]]]:
    # The csv module refuses cells over a limit of its own before we can say where they are.
    limit = csv.field_size_limit(max(len(text), LONGEST_CELL))
    try:
        # What else Python takes for the end of a line no file holds that was read.
        yield csv.reader(iter(text.splitlines(keepends=True)), strict=True)
    finally:
        csv.field_size_limit(limit)


def _records(path: Path, lines: Iterator[list[str]]) -> Iterator[list[str]]:
    read = 0
    try:
        for record in lines:
            yield record
            read += 1
    except csv.Error as error:
        problem = f"is not CSV: {error}; is a quotation mark missing?"
        raise DataError([row_fault(path, read - 1, "", problem)]) from error


def _header(path: Path, table: Table, records: Iterator[list[str]]) -> list[str]:
    header = next(records)
    problems = list(_header_problems(table, header))
    if problems:
        # What is no CSV further down may be why the header looks wrong, so it is told first.
        deque(records, maxlen=0)
        raise DataError([Fault(shown(path), "row 1", name, text) for name, text in problems])
    return header


def _header_problems(table: Table, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    if not header:
        yield "", EMPTY_LINE
        return
    for name in table.columns:
        if header.count(name) == 0:
            yield name, "column is missing"
        elif header.count(name) > 1:
            yield name, f"column stands {header.count(name)} times, expected once"
    for name in dict.fromkeys(header):
        if name not in table.columns:
            yield "", f"column {quote(name)} is not known; expected {', '.join(table.columns)}"


def _typed(
    path: Path, table: Table, header: Sequence[str], records: Iterator[Record]
) -> tuple[Rows, list[Fault]]:
    readers = [reader(table[name]) for name in header]
    columns = {name: list[Any]() for name in table.columns}
    # The first name is that of a fault of the whole row.
    faults, first, names = list[Fault](), 0, ("", *header)
    while block := list(islice(records, BLOCK)):
        values, found = _block(readers, block)
        for name, more in zip(header, values, strict=True):
            columns[name] += more
        faults += [row_fault(path, first + at, names[place], said) for at, place, said in found]
        first += len(block)
    return Rows(table, path, columns, complete=all(fault.column for fault in faults)), faults


def _block(
    readers: Sequence[Reader], block: Sequence[Record]
) -> tuple[list[list[Any]], list[Place]]:
    """Return the values of some rows, column by column, and what is wrong, row by row."""
    odd = {at: record for at, record in enumerate(block) if len(record) != len(readers)}
    even = [[None] * len(readers) if at in odd else record for at, record in enumerate(block)]
    found = [(at, 0, _wrong_length(record, len(readers))) for at, record in odd.items()]
    values = list[list[Any]]()
    for place, cells in enumerate(zip(*even, strict=True)):
        known = _Known(readers[place])
        values.append(list(map(known.__getitem__, cells)))
        found += [(at, place + 1, problem) for at, problem in known.faults(cells)]
    return values, sorted(found)


class _Known(dict[str | None, Any]):
    """Values by the text of their cell, each text read once."""

    def __init__(self, read_cell: Reader) -> None:
        self._read_cell = read_cell
        self._problems = dict[str | None, str]()

    def __missing__(self, cell: str | None) -> Any:
        self[cell], problem = self._read_cell(cell)
        if problem:
            self._problems[cell] = problem
        return self[cell]

    def faults(self, cells: Sequence[str | None]) -> Iterator[tuple[int, str]]:
        """Yield where a cell that was read is wrong, and how."""
        if self._problems:
            for at, cell in enumerate(cells):
                if cell in self._problems:
                    yield at, self._problems[cell]


def _wrong_length(record: Record, expected: int) -> str:
    if not record:
        return EMPTY_LINE
    cells = f"has {len(record)} cells, expected {expected}"
    return f"{cells}; put a cell that holds a comma in quotation marks"
