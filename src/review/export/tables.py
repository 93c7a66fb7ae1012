"""Tables for a spreadsheet, in which no cell is run as a formula, and back."""

from __future__ import annotations

import re
from csv import QUOTE_ALL
from typing import Any

import pandas as pd

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
    rows = frame.map(_cell).rename(columns=guarded)
    text: str = rows.to_csv(index=False, lineterminator="\n")
    if "\r" not in text:
        return text
    # Up to Python 3.12 a carriage return gets no quotes for itself, and would end the row.
    quoted: str = rows.to_csv(index=False, lineterminator="\n", quoting=QUOTE_ALL)
    return quoted


def guarded(text: str) -> str:
    """Return a text as it stands in a cell that no spreadsheet runs."""
    if NUMBER.fullmatch(text):
        return text
    quote = "'" if START.match(text) else ""
    return quote + INSIDE.sub(r"\g<0>'", text)


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    if NUMBER.fullmatch(cell):
        return cell
    quoted = cell.startswith("'") and START.match(cell, 1)
    return INSIDE_GUARDED.sub(r"\1", cell[1:] if quoted else cell)


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(part) for part in value)
    return guarded(value) if isinstance(value, str) else value
