"""Entries of a .bib file, parsed strictly: what the parser would drop or log becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from review.faults import LONGEST_CELL, DataError, Fault, quiet, quote
from review.files import read_text, shown

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

KEY, BARE = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"\w+")
SHAPES = {
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "a DOI such as 10.1000/182"),
    "pmid": (re.compile(r"[1-9]\d{0,7}"), "a PubMed number of at most eight digits"),
    "year": (re.compile(r"\d{4}"), "a year of four digits"),
}


def read(path: Path, years: range) -> tuple[list[Entry], list[Fault]]:
    """Return the entries of a .bib file and every fault in it; years must lie within `years`.

    A file with a structural fault (a brace, a doubled key or field, stray text, authors that
    cannot be told apart) gives no entries, because what they hold cannot be trusted.
    """
    try:
        library = _parsed(read_text(path))
    except DataError as error:
        return [], list(error.faults)
    faults = [_structure_fault(path, block) for block in library.failed_blocks]
    faults += [_stray_text(path, block) for block in library.comments if _is_stray(block)]
    faults += _name_faults(path, library.entries)
    trusted = [] if faults else library.entries
    return trusted, faults + _field_faults(path, library.entries, years)


def line(block: Block) -> int:
    """Return the line on which a block starts, counted from 1."""
    return (block.start_line or 0) + 1


def fault(path: Path, at: int, column: str, problem: str) -> Fault:
    """Return a fault on a line of a .bib file."""
    return Fault(shown(path), f"line {at}", column, problem)


def _parsed(text: str) -> Library:
    from bibtexparser.entrypoint import parse_string

    with quiet("bibtexparser"):
        return parse_string(text)


def _structure_fault(path: Path, block: Block) -> Fault:
    from bibtexparser import model

    if isinstance(block, model.DuplicateBlockKeyBlock):
        return fault(path, line(block), "", f"the key {quote(block.key)} stands twice; rename one")
    if isinstance(block, model.DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        problem = f"the entry has a field twice: {names}; remove one"
    else:
        problem = f"the entry {quote(_start(block))} cannot be read; "
        problem += "is a brace or a comma missing in it?"
    return fault(path, line(block), "", problem)


def _is_stray(block: Block) -> bool:
    from bibtexparser import model

    lines = (block.raw or "").splitlines()
    return isinstance(block, model.ImplicitComment) and not all(
        line.startswith("%") for line in lines if line.strip()
    )


def _stray_text(path: Path, block: Block) -> Fault:
    problem = f"{quote(_start(block))} belongs to no entry; start comments with %"
    return fault(path, line(block), "", problem)


def _start(block: Block) -> str:
    return (block.raw or "").strip().partition("\n")[0]


def _field_faults(path: Path, entries: Iterable[Entry], years: range) -> list[Fault]:
    return [
        fault(path, line(entry), f"{entry.key}, {name}", problem)
        for entry in entries
        for name, problem in _entry_problems(entry, years)
    ]


def _entry_problems(entry: Entry, years: range) -> Iterator[tuple[str, str]]:
    if not KEY.fullmatch(entry.key):
        yield "key", f"{quote(entry.key)} is not a key: lower-case letters, digits and _"
    for field in entry.fields:
        value = str(field.value)
        if field.enclosing == "no-enclosing" and not BARE.fullmatch(value):
            yield field.key, f"{quote(value)} is not one value; is a comma missing after it?"
            return
        if field.key != field.key.lower():
            name = field.key.lower()
            yield field.key, f"the field name is not in lower case; write {name}"
        elif problem := _value_problem(field.key, value, years):
            yield field.key, problem
    if "title" not in entry.fields_dict:
        yield "title", "is missing"


def _value_problem(name: str, value: str, years: range) -> str:
    if len(value) > LONGEST_CELL and name != "author":
        return f"has {len(value)} characters, expected at most {LONGEST_CELL}"
    if name in SHAPES and not SHAPES[name][0].fullmatch(value):
        return f"{quote(value)} is not {SHAPES[name][1]}"
    if name == "year" and int(value) not in years:
        return (
            f"{quote(value)} is impossible, expected {years[0]} to {years[-1]} "
            "(the year after the search)"
        )
    return ""


def _name_faults(path: Path, entries: Iterable[Entry]) -> list[Fault]:
    return [
        fault(path, line(entry), f"{entry.key}, author", problem)
        for entry in entries
        for field in entry.fields
        if field.key == "author" and field.enclosing != "no-enclosing"
        for name in re.split(r"\s+and\s+", str(field.value))
        if (problem := _name_problem(name))
    ]


def _name_problem(name: str) -> str:
    # BibTeX knows "Last, First" and "Last, Jr, First"; a comma in braces belongs to a name.
    if re.sub(r"\{[^{}]*\}", "", name).count(",") <= 2:
        return ""
    return f"{quote(name)} is not one name; put 'and' between the authors"
