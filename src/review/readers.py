"""The reader of a column: the text of one cell to a value, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from review.faults import LONGEST_CELL, quote
from review.schema import Field

Reader = Callable[[str | None], tuple[Any, str]]
EMPTY = "is empty, expected a value"
EMPTY_LINE = "is an empty line; remove it"
# A hundred thousand studies of so many can still be added up in 64 bits.
LARGEST = 10**12
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# What a float holds to the last printed digit, and no longer than anybody writes.
SIZES, LONGEST_NUMBER = (1e-15, 1e15), 40
LONE_CR = re.compile("\r(?!\n)")
EXPECTED = {
    "integer": "a whole number",
    "number": "a number (a point for decimals, no unit)",
    "boolean": "yes or no",
}


def reader(column: Field) -> Reader:
    """Return what reads a cell of this column: its value, and what is wrong with it or "".

    An empty cell, and one at fault, has the value None.
    """
    one = _frictionless(column)

    def read_cell(cell: str | None) -> tuple[Any, str]:
        if not cell:
            return None, EMPTY if column.required and cell is not None else ""
        if len(cell) > LONGEST_CELL:
            return None, f"has {len(cell)} characters, expected at most {LONGEST_CELL}"
        if "\r" in cell and LONE_CR.search(cell):
            return None, "holds a carriage return that ends no line; remove it"
        if cell.isspace():
            return None, EMPTY if column.required else "holds only blanks, expected nothing"
        return _items(column, one, cell) if column.type == "list" else _checked(column, one, cell)

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

    if column.type == "string" and not (column.words or column.constraints):
        # Any text will do, and a hundred thousand remarks need not be asked.
        return lambda cell: (cell, {})

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
    # Made once: to make it takes frictionless longer than to read with it.
    return kind(name=column.name, constraints=constraints, **options).create_cell_reader()


def _constraints(column: Field) -> dict[str, Any]:
    largest = {"maximum": LARGEST} if column.type == "integer" else {}
    constraints = largest | dict(column.constraints)
    if "pattern" in constraints:
        # For frictionless the end of a pattern is also before a last line break.
        constraints["pattern"] = f"(?:{constraints['pattern']})(?!\n)"
    return constraints


def _checked(column: Field, read: Any, cell: str) -> tuple[Any, str]:
    # Python and frictionless also read 1_000, NaN and 1e999, which no table should hold.
    if column.type in ("integer", "number"):
        if not NUMBER.fullmatch(cell):
            return None, _problem(column, cell, "type")
        if not _of_known_size(cell):
            return None, _problem(column, cell, "size")
    value, notes = read(cell)
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
    if broken == "maxLength":
        most = column.constraints["maxLength"]
        return f"{quote(cell)} has {len(cell)} characters, expected at most {most}"
    if broken == "pattern":
        return f"{quote(cell)} does not fit the pattern {column.constraints['pattern']}"
    return f"{quote(cell)} is {bounds[broken]}, {_constraints(column)[broken]}"
