"""Tables for a spreadsheet, in which no cell is run as a formula, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
from pandas.api.types import is_numeric_dtype

# What a spreadsheet takes for the start of a formula: a sign, also that of a Japanese keyboard,
# after quotes that an earlier turn put there and blanks, which some skip.
FORMULA = r"(?='*[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n])"
START = re.compile(FORMULA)
# Where a semicolon parts the cells of a row, as in half of Europe, the cell would start behind it.
INSIDE = re.compile(rf"[;\t\r\n]{FORMULA}")
INSIDE_GUARDED = re.compile(rf"([;\t\r\n])'{FORMULA}")
# Most texts: they begin with a letter or a digit, and hold nothing that parts cells.
HARMLESS = re.compile(r"[^\W_][^\",;\t\r\n]*")
QUOTED = re.compile(r'[",\r\n]')
# Rows that are made into text together.
AT_ONCE = 20_000
NUMBER = re.compile(r"'*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def csv(frame: pd.DataFrame) -> str:
    """Return the rows as CSV: an empty cell is missing, a list is joined with semicolons.

    What a spreadsheet would run gets a quote (') in front, and so does what has quotes before such
    a start, so that `unguarded` gives every cell back. Numbers stay as they are. Cells stand in
    quotation marks where RFC 4180 asks for them.
    """
    return "".join(lines(frame))


def lines(frame: pd.DataFrame) -> Iterator[str]:
    """Yield the text of `csv` in parts of so many rows, which need less memory than the whole."""
    yield _rows([[name] for name in _written(list(map(str, frame)))])
    for start in range(0, len(frame), AT_ONCE):
        part = frame.iloc[start : start + AT_ONCE]
        yield _rows([_cells(column) for _, column in part.items()])


def guarded(text: str) -> str:
    """Return a text as it stands in a cell that no spreadsheet runs."""
    quote = "'" if START.match(text) and not NUMBER.fullmatch(text) else ""
    return quote + INSIDE.sub(lambda start: f"{start[0]}'", text)


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    if NUMBER.fullmatch(cell):
        return cell
    quoted = cell.startswith("'") and START.match(cell, 1)
    return INSIDE_GUARDED.sub(r"\1", cell[1:] if quoted else cell)


def _rows(columns: list[list[str]]) -> str:
    rows = map(",".join, zip(*columns, strict=True))
    # An empty line would be no row.
    return "\n".join([*(rows if len(columns) > 1 else (row or '""' for row in rows)), ""])


def _written(texts: list[str]) -> list[str]:
    pairs = zip(texts, map(HARMLESS.fullmatch, texts), strict=True)
    return [text if harmless else _quoted(text) for text, harmless in pairs]


def _quoted(text: str) -> str:
    cell = guarded(text)
    return '"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell


def _cells(column: pd.Series) -> list[str]:
    """Return the cells of a column as they stand in the file, "" where they are missing."""
    values = column.to_numpy(object, copy=True)
    values[column.isna().to_numpy()] = ""
    cells: list[Any] = values.tolist()
    if is_numeric_dtype(column):
        return list(map(str, cells))
    if column.dtype == object:
        cells = [_joined(cell) for cell in cells]
    # A text is often in many rows.
    different = list(set(cells))
    known = dict(zip(different, _written(list(map(str, different))), strict=True))
    return list(map(known.__getitem__, cells))


def _joined(cell: Any) -> Any:
    return "; ".join(map(str, cell)) if isinstance(cell, list | tuple) else cell
