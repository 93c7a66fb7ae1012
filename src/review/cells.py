"""One CSV file to rows of typed values, with a fault for everything that does not fit."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review.faults import LONGEST_CELL, DataError, Fault, quote
from review.files import read_text, shown
from review.schema import Field, Table

Row = Mapping[str, Any]
Reader = Callable[[str], tuple[Any, str]]
EMPTY = "is empty, expected a value"
EMPTY_LINE = "is an empty line; remove it"
# A hundred thousand studies of so many can still be added up in 64 bits.
LARGEST = 10**12
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# What a float holds to the last printed digit, and no longer than anybody writes.
SIZES, LONGEST_NUMBER = (1e-15, 1e15), 40
LONE_CR = re.compile("\r(?!\n)")
IN_COMMAS = (
    "expected commas; in LibreOffice tick 'Edit filter settings' when saving and choose the comma, "
    "in Excel set the list separator of the system to a comma and save as 'CSV UTF-8'"
)
EXPECTED = {
    "integer": "a whole number",
    "number": "a number (a point for decimals, no unit)",
    "boolean": "yes or no",
}


@dataclass(frozen=True)
class Rows:
    """The rows of one table as typed values; a cell at fault holds None, as an empty one does."""

    table: Table
    path: Path
    rows: tuple[Row, ...]
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
        records = _records(path)
        _check_header(path, table, records[0])
    except DataError as error:
        return Rows(table, path, (), complete=False), list(error.faults)
    rows, faults = _typed(path, table, records[0], records[1:])
    whole = all(len(record) == len(records[0]) for record in records)
    return Rows(table, path, rows, complete=whole), faults


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


def _records(path: Path) -> list[list[str]]:
    text = _with_commas(path)
    records = list[list[str]]()
    # The csv module refuses cells over a limit of its own before we can say where they are.
    limit = csv.field_size_limit(max(len(text), LONGEST_CELL))
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            records.append(record)
    except csv.Error as error:
        problem = f"is not CSV: {error}; is a quotation mark missing?"
        raise DataError([row_fault(path, len(records) - 1, "", problem)]) from error
    finally:
        csv.field_size_limit(limit)
    return records


def _check_header(path: Path, table: Table, header: Sequence[str]) -> None:
    problems = list(_header_problems(table, header))
    if problems:
        raise DataError([Fault(shown(path), "row 1", name, text) for name, text in problems])


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
    path: Path, table: Table, header: Sequence[str], records: Sequence[Sequence[str]]
) -> tuple[tuple[Row, ...], list[Fault]]:
    readers = {name: _reader(table[name]) for name in header}
    rows, faults = [], []
    for index, record in enumerate(records):
        row: dict[str, Any] = dict.fromkeys(table.columns)
        if len(record) == len(header):
            for name, cell in zip(header, record, strict=True):
                row[name], problem = readers[name](cell)
                if problem:
                    faults.append(row_fault(path, index, name, problem))
        else:
            faults.append(row_fault(path, index, "", _wrong_length(record, header)))
        rows.append(row)
    return tuple(rows), faults


def _wrong_length(record: Sequence[str], header: Sequence[str]) -> str:
    if not record:
        return EMPTY_LINE
    cells = f"has {len(record)} cells, expected {len(header)}"
    return f"{cells}; put a cell that holds a comma in quotation marks"


def _reader(column: Field) -> Reader:
    one = _frictionless(column)

    def read_cell(cell: str) -> tuple[Any, str]:
        if len(cell) > LONGEST_CELL:
            return None, f"has {len(cell)} characters, expected at most {LONGEST_CELL}"
        if LONE_CR.search(cell):
            return None, "holds a carriage return that ends no line; remove it"
        if cell.isspace():
            return None, EMPTY if column.required else "holds only blanks, expected nothing"
        if column.type != "list" or not cell:
            return _checked(column, one, cell)
        return _items(column, one, cell)

    return read_cell


def _items(column: Field, one: Any, cell: str) -> tuple[Any, str]:
    parts = cell.split(column.delimiter)
    if not all(parts):
        return None, f"{quote(cell)} has an empty item; remove the spare {quote(column.delimiter)}"
    items = [_checked(column, one, part) for part in parts]
    problem = "; ".join(text for _, text in items if text)
    return (None, problem) if problem else (tuple(value for value, _ in items), "")


def _frictionless(column: Field) -> Any:
    from frictionless import fields

    kinds = {
        "integer": fields.IntegerField,
        "number": fields.NumberField,
        "boolean": fields.BooleanField,
    }
    constraints = _constraints(column)
    if column.words:
        constraints["enum"] = list(column.values)
    options = {"true_values": ["yes"], "false_values": ["no"]} if column.type == "boolean" else {}
    kind = kinds.get(column.type, fields.StringField)
    return kind(name=column.name, constraints=constraints, **options)


def _constraints(column: Field) -> dict[str, Any]:
    largest = {"maximum": LARGEST} if column.type == "integer" else {}
    constraints = largest | dict(column.constraints)
    if "pattern" in constraints:
        # For frictionless the end of a pattern is also before a last line break.
        constraints["pattern"] = f"(?:{constraints['pattern']})(?!\n)"
    return constraints


def _checked(column: Field, reader: Any, cell: str) -> tuple[Any, str]:
    # Python and frictionless also read 1_000, NaN and 1e999, which no table should hold.
    if column.type in ("integer", "number") and cell:
        if not NUMBER.fullmatch(cell):
            return None, _problem(column, cell, "type")
        if not _of_known_size(cell):
            return None, _problem(column, cell, "size")
    value, notes = reader.read_cell(cell)
    if column.type == "number" and value is not None:
        value = float(value)
    if notes:
        return None, _problem(column, cell, next(iter(notes)))
    return value, ""


def _of_known_size(cell: str) -> bool:
    is_zero = not set("123456789") & set(cell.lower().partition("e")[0])
    least, most = SIZES
    return len(cell) <= LONGEST_NUMBER and (is_zero or least <= abs(float(cell)) <= most)


def _problem(column: Field, cell: str, broken: str) -> str:
    bounds = {"minimum": "below the least allowed", "maximum": "above the most allowed"}
    if broken == "required":
        return EMPTY
    if broken == "type":
        return f"{quote(cell)} is not {EXPECTED[column.type]}"
    if broken == "size":
        least, most = SIZES
        return f"{quote(cell)} is too large or too near 0, expected {least:g} to {most:g} in size"
    if broken == "enum":
        return f"{quote(cell)} is not one of {', '.join(column.values)}"
    if broken == "pattern":
        return f"{quote(cell)} does not fit the pattern {column.constraints['pattern']}"
    return f"{quote(cell)} is {bounds[broken]}, {_constraints(column)[broken]}"
