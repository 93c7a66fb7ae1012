"""The reader of a column agrees with frictionless on every cell, real ones and made-up ones."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

import pytest
from frictionless import fields
from hypothesis import example, given
from hypothesis import strategies as st

from review.cells import _Known
from review.readers import reader
from review.schema import Field, Word
from review.tables import ROOT
from tests.real import real

WORDS = tuple(Word(value, value, value, {}) for value in ("benefit", "harm", "1"))
COLUMNS = {
    "text": Field("a", "A", "", "string"),
    "required text": Field("a", "A", "", "string", constraints={"required": True}),
    "pattern": Field("a", "A", "", "string", constraints={"pattern": "[a-z][a-z0-9_]*"}),
    "word": Field("a", "A", "", "string", words=WORDS),
    "required word": Field("a", "A", "", "string", constraints={"required": True}, words=WORDS),
    "yes or no": Field("a", "A", "", "boolean", constraints={"required": True}),
    "whole number": Field("a", "A", "", "integer", constraints={"minimum": 1}),
    "number": Field("a", "A", "", "number", constraints={"minimum": 0, "maximum": 1}),
}
KINDS = {
    "integer": fields.IntegerField, "number": fields.NumberField, "boolean": fields.BooleanField,
}  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(["", "yes", "no", "benefit", "harm", "1", "0", "0.5", ".5", "5.", "+1", "-1"]),
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(-10, 10, places=3).map(str),
    st.text("abz019_ -+.eE\n", max_size=6),
)


def plainly(column: Field, cell: str) -> tuple[Any, set[str]]:
    """Return what frictionless makes of a cell, and the names of what it breaks."""
    constraints = dict(column.constraints)
    if column.words:
        constraints["enum"] = list(column.values)
    options = {"true_values": ["yes"], "false_values": ["no"]} if column.type == "boolean" else {}
    kind = KINDS.get(column.type, fields.StringField)
    value, notes = kind(name="a", constraints=constraints, **options).read_cell(cell)
    return float(value) if isinstance(value, Decimal) else value, set(notes or ())


@given(st.sampled_from(sorted(COLUMNS)), CELLS)
@example("required text", "")
@example("number", "1.001")
def test_a_cell_is_read_as_by_frictionless(name: str, cell: str) -> None:
    value, problem = reader(COLUMNS[name])(cell)
    plain, broken = plainly(COLUMNS[name], cell)
    if broken:
        assert (value, bool(problem)) == (None, True)
    elif not problem:
        assert value == plain
    else:
        # What frictionless lets pass and a table should not hold.
        assert cell.isspace() or cell != cell.strip() or problem.endswith("in size")


@pytest.mark.parametrize("name", sorted(real().tables))
def test_every_real_cell_is_read_as_by_frictionless(name: str) -> None:
    table = real().package.tables[name]
    with (ROOT / "data" / table.path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in table.fields:
        read = reader(column)
        for cell in {row[column.name] for row in rows}:
            parts = cell.split(column.delimiter) if column.type == "list" and cell else [cell]
            plain = [plainly(column, part) for part in parts]
            expected = tuple(value for value, _ in plain) if column.type == "list" else plain[0][0]
            value, problem = read(cell)
            assert (problem, {*()}.union(*(broken for _, broken in plain))) == ("", set())
            assert value == (expected if cell else None)


def test_a_text_that_comes_again_is_read_once() -> None:
    read = list[str | None]()

    def read_cell(cell: str | None) -> tuple[Any, str]:
        read.append(cell)
        return cell, "is wrong" if cell == "b" else ""

    known, cells = _Known(read_cell), ["a", "b", "a", "", "b", "b"]
    assert [known[cell] for cell in cells] == cells
    assert read == ["a", "b", ""]
    assert list(known.faults(cells)) == [(at, "is wrong") for at in (1, 4, 5)]
