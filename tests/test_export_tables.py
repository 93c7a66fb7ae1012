"""Tables of an export: what a spreadsheet would run is text, and comes back as it was."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import evidence
from review.export import tables
from review.figures import NAMES
from tests.real import real

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("'=1", "''=1"),
        ("''-x", "'''-x"),
        ("-0.5", "-0.5"),
        ("+3e-4", "+3e-4"),
        ("'-0.5", "'-0.5"),
        ("-0.5 (95% CI)", "'-0.5 (95% CI)"),
        ("1=1", "1=1"),
        ("'tis", "'tis"),
        ("−0.5", "−0.5"),
        (" =1", "' =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\n=1", "'\n'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\uff0b1", "'\uff0b1"),
        ("\uff0d1", "'\uff0d1"),
        ("\uff20A1", "'\uff20A1"),
        ("=cmd|'/c calc'!A0", "'=cmd|'/c calc'!A0"),
        ("|cmd", "|cmd"),
        ("a\r=1", "a\r'=1"),
        ("a;=1;b", "a;'=1;b"),
        ("a; =1", "a;' =1"),
        ("a;'=1", "a;''=1"),
        ("a; b-c", "a; b-c"),
        ("", ""),
    ],
)
def test_rule(text: str, cell: str) -> None:
    assert tables.guarded(text) == cell
    assert tables.unguarded(cell) == text


@given(st.text(st.sampled_from("'=+-@\t\r\n;1.e a\uff1d"), max_size=9))
def test_every_text_comes_back_and_none_is_run(text: str) -> None:
    cell = tables.guarded(text)
    assert tables.unguarded(cell) == text
    assert not _is_run(cell)
    # Nor where another sign parts the cells.
    assert not any(part.lstrip(" ").startswith("=") for part in re.split("[;\t\r\n]", cell))


def test_numbers_lists_and_empty_cells() -> None:
    frame = pd.DataFrame(
        {
            "text": pd.Series(["=HYPERLINK(1)", None], dtype="str"),
            "number": pd.Series([-1, None], dtype="Int64"),
            "share": pd.Series([-0.25, 0.0], dtype="Float64"),
            "list": [["a", "b"], []],
        }
    )
    assert tables.csv(frame) == "text,number,share,list\n'=HYPERLINK(1),-1,-0.25,a; b\n,,0.0,\n"


@pytest.mark.parametrize(
    ("kind", "cells", "written"),
    [
        pytest.param("category", ["=1", None, "=1"], ["'=1", "", "'=1"], id="words"),
        pytest.param("Int64", [-1, None, 10**15], ["-1", "", "1000000000000000"], id="whole"),
        pytest.param("float64", [-0.5, None, 1e-7], ["-0.5", "", "1e-07"], id="decimals"),
        pytest.param("float64", [0.0, -0.0, None], ["0.0", "-0.0", ""], id="zeros"),
        pytest.param("boolean", [True, None, False], ["True", "", "False"], id="yes or no"),
        pytest.param(
            "object", [("=1", "b"), None, 3], ["'=1; b", "", "3"], id="lists among others"
        ),
        pytest.param("str", ["a,b", None, 'say "x"'], ["a,b", "", 'say "x"'], id="quoted"),
    ],
)
def test_kinds_of_columns(kind: str, cells: list[object], written: list[str]) -> None:
    frame = pd.DataFrame({"kind": pd.Series(cells, dtype=kind), "=row": [1, 2, 3]})
    head, *rows = csv.reader(io.StringIO(tables.csv(frame)))
    assert head == ["kind", "'=row"]
    assert rows == [[cell, str(at)] for at, cell in enumerate(written, start=1)]


@given(st.lists(st.tuples(*[st.text(st.sampled_from("'\"=,;\t\r\n a1é"), max_size=5)] * 2)))
def test_every_row_comes_back(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["one", 'other "column", or two'], dtype="str")
    read = list(csv.reader(io.StringIO(tables.csv(frame), newline=""), strict=True))
    assert read[0] == list(frame.columns)
    assert [tuple(map(tables.unguarded, row)) for row in read[1:]] == rows


def test_one_column_keeps_its_empty_rows() -> None:
    assert tables.csv(pd.DataFrame({"one": ["a", None]})) == 'one\na\n""\n'
    assert tables.csv(pd.DataFrame({"one": []})) == "one\n"


@pytest.mark.parametrize("name", [*NAMES, "studies"])
def test_real_tables_keep_every_cell(name: str) -> None:
    frame = real().studies if name == "studies" else getattr(evidence, name)(real())
    head, *cells = csv.reader(io.StringIO(tables.csv(frame)))
    assert head == list(frame.columns)
    expected = ["" if missing else str(value) for value, missing in _cells(frame)]
    assert [tables.unguarded(cell) for row in cells for cell in row] == expected
    assert not [cell for row in cells for cell in row if _is_run(cell)]


def _cells(frame: pd.DataFrame) -> list[tuple[object, bool]]:
    shown = frame.map(lambda cell: "; ".join(cell) if isinstance(cell, list) else cell)
    return [
        (value, bool(missing))
        for values, gaps in zip(shown.to_numpy(object), shown.isna().to_numpy(), strict=True)
        for value, missing in zip(values, gaps, strict=True)
    ]


def _is_run(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return cell.startswith(STARTS)
    return False
