"""Tables for a spreadsheet, in which no cell is run as a formula, and back."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

# What a spreadsheet takes for the start of a formula, after quotes that an earlier turn put there.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
NUMBER = re.compile(r"'*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


def csv(frame: pd.DataFrame) -> str:
    """Return the rows as CSV: an empty cell is missing, a list is joined with semicolons.

    A text that a spreadsheet would run gets a quote (') in front, and so does one that has quotes
    before such a start, so that `unguarded` gives every cell back. Numbers stay as they are.
    """
    text: str = frame.map(_cell).to_csv(index=False, lineterminator="\n")
    return text


def guarded(text: str) -> str:
    """Return a text as it stands in a cell that no spreadsheet runs."""
    return f"'{text}" if _runs(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell that `guarded` wrote."""
    return cell[1:] if cell.startswith("'") and _runs(cell) else cell


def _runs(text: str) -> bool:
    return bool(FORMULA.match(text)) and not NUMBER.fullmatch(text)


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(str(part) for part in value)
    return guarded(value) if isinstance(value, str) else value
