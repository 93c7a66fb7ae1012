"""What is wrong with the data, said so that a person can mend it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

LONGEST_QUOTE = 60
LONGEST_CELL = 10_000


@dataclass(frozen=True)
class Fault:
    """One fault: the file, the place in it, the column or field, and what is wrong and expected."""

    file: str
    place: str
    column: str
    problem: str

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.place, self.column) if part)
        return one_line(f"{where}: {self.problem}")


class DataError(ValueError):
    """Every fault that was found, in `faults`; as text one line per fault."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


class Refusal(Exception):
    """What cannot be done, said in words for people; a command then ends with `code`."""

    code = 1


def one_line(text: str) -> str:
    """Return the text with an escape for each sign that would break or turn round its line."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def short(text: str) -> str:
    """Return the text, cut so that a message stays one readable line."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def quote(value: str) -> str:
    """Return the value in quotes, cut so that a message stays one readable line."""
    return repr(short(value))


@contextmanager
def quiet(name: str) -> Iterator[None]:
    """Keep a package's logger of this name from printing what is said elsewhere, or is no fault."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
