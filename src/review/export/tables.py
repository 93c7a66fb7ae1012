"""Tables for a spreadsheet, in which no cell is run as a formula, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from csv import QUOTE_ALL, QUOTE_MINIMAL, writer
from io import StringIO
from typing import Any, Literal

import pandas as pd
from pandas.api.types import is_numeric_dtype

# What a spreadsheet takes for the start of a formula: a sign, also that of a Japanese keyboard,
# after quotes that an earlier turn put there and blanks, which some skip.
FORMULA = r"(?='*[^\S\t\r\n]*[=+\-@\uff1d\uff0b\uff0d\uff20]|'*[\t\r\n])"
START = re.compile(FORMULA)
# Where a semicolon parts the cells of a row, as in half of Europe, the cell would start behind it.
INSIDE = re.compile(rf"[;\t\r\n]{FORMULA}")
INSIDE_GUARDED = re.compile(rf"([;\t\r\n])'{FORMULA}")
NUMBER = re.compile(r"'*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def csv(frame: pd.DataFrame) -> str:
    """Return the rows as CSV: an empty cell is missing, a list is joined with semicolons.

    What a spreadsheet would run gets a quote (') in front, and so does what has quotes before such
    a start, so that `unguarded` gives every cell back. Numbers stay as they are.
    """
    columns = [[guarded(str(name)), *_cells(column)] for name, column in frame.items()]
    text = _written(columns, QUOTE_MINIMAL)
    # Up to Python 3.12 a carriage return gets no quotes for itself, and would end the row.
    return _written(columns, QUOTE_ALL) if "\r" in text else text


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


def _written(columns: Iterable[Iterable[Any]], quoting: Literal[0, 1]) -> str:
    text = StringIO()
    writer(text, lineterminator="\n", quoting=quoting).writerows(zip(*columns, strict=True))
    return text.getvalue()


def _cells(column: pd.Series) -> list[Any]:
    """Return the cells of a column as they stand in the file, None where they are missing."""
    values = column.to_numpy(object, copy=True)
    values[column.isna().to_numpy()] = None
    cells: list[Any] = values.tolist()
    if is_numeric_dtype(column):
        return cells
    if column.dtype == object:
        cells = [_joined(cell) for cell in cells]
    # A text is often in many rows.
    known = {cell: guarded(cell) if isinstance(cell, str) else cell for cell in set(cells)}
    return [known[cell] for cell in cells]


def _joined(cell: Any) -> Any:
    return "; ".join(map(str, cell)) if isinstance(cell, list | tuple) else cell
