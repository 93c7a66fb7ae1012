"""Messages stay one readable line, whatever stands in the data."""

import pytest

from review.faults import DataError, Fault, one_line, quote


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("data/a.csv, row 2: 'ü ß 脊'", "data/a.csv, row 2: 'ü ß 脊'"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("a\u202eb\u2028", "a\\u202eb\\u2028"),
        ("\ud800\x1b[31m", "\\ud800\\x1b[31m"),
    ],
    ids=["letters", "line breaks", "direction", "surrogate and escape"],
)
def test_text_becomes_one_line(text: str, said: str) -> None:
    assert one_line(text) == said


def test_every_part_of_a_fault_is_one_line() -> None:
    fault = Fault("a\nb.csv", "row\r2", "na\u202eme", "is\x00bad")
    assert str(fault) == "a\\nb.csv, row\\r2, na\\u202eme: is\\x00bad"
    assert str(DataError([fault, fault])).splitlines() == [str(fault)] * 2
    assert fault.column == "na\u202eme"


def test_quoted_text_is_cut() -> None:
    assert quote("x" * 61) == f"'{'x' * 59}…'"
    assert quote("x" * 60) == f"'{'x' * 60}'"
