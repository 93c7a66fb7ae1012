"""Entries of a .bib file as BibTeX means them: all that stand in it, or a fault for each lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import TYPE_CHECKING

from review import values
from review.faults import LONGEST_CELL, Fault, quiet, quote
from review.files import shown

if TYPE_CHECKING:
    from bibtexparser.model import Block
    from bibtexparser.model import Entry as Parsed

# The fields that are read, with the longest text of each; others stay in the source alone.
LONGEST = dict.fromkeys(
    (
        *("title", "booktitle", "maintitle", "year", "date", "doi", "pmid", "url"),
        *("journal", "journaltitle", "institution", "school", "organization"),
        *("howpublished", "publisher"),
    ),
    LONGEST_CELL,
) | dict.fromkeys(("author", "editor"), 100 * LONGEST_CELL)
# Programs write one of these for each note, keyword or file that they keep.
REPEATED = {"abstract", "annotation", "annote", "comment", "file", "keywords", "note"}
START = re.compile(r"^[^\S\n]*@\w*[ \t]*[{(]", re.MULTILINE)
COMMAND = re.compile(r"@(comment|preamble|string)\s*[{(]", re.IGNORECASE)
COMMENT = re.compile(r"\s*(%|@comment\b|$)", re.IGNORECASE)
KEY = re.compile(r"[^\s,{}]+")
CHUNK = 100_000
# An entry in its plainest form, as programs write most: its fields in braces, with no sign in them
# that could mean anything else. A plus behind a repeat says that no part of it is tried twice.
_FIELD = r'\s*+([\w-]++)\s*+=\s*+(\{[^{}"\\@]*+\})\s*+'
PLAIN = re.compile(
    rf"^@(?!comment|preamble|string)(\w++)\{{([^\s,{{}}=\"\\@]++),(?:{_FIELD},)*+(?:{_FIELD})?+\s*+\}}",
    re.MULTILINE | re.IGNORECASE,
)
FIELD = re.compile(_FIELD)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its fields among `LONGEST` with macros filled in, and its text in the file.

    `macros` are the names and texts of the macros from the file that its fields use.
    """

    key: str
    type: str
    line: int
    fields: Mapping[str, str]
    source: str
    macros: tuple[tuple[str, str], ...]


def read(path: Path, text: str) -> Iterator[Entry | Fault]:
    """Yield each entry of a .bib file's text, or the faults that make it unreadable, in order."""
    from bibtexparser import model

    keys, macros = set[str](), dict(values.MONTHS)
    for at, block in _blocks(text):
        problems = list(_problems(block, keys, macros))
        yield from (fault(path, at, place, problem) for place, problem in problems)
        if isinstance(block, model.Entry):
            keys.add(block.key)
            if not problems:
                yield _entry(block, at, macros)
        elif isinstance(block, model.String) and not problems:
            macros[block.key.lower()] = values.text(block.value, macros)


def fault(path: Path, at: int, column: str, problem: str) -> Fault:
    """Return a fault on a line of a .bib file."""
    return Fault(shown(path), f"line {at}", column, problem)


def _blocks(text: str) -> Iterator[tuple[int, Block]]:
    """Yield what the file consists of, each with its line.

    bibtexparser reads what is not in the plainest form; to read all takes it twice as long.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    line, begin = 1, 0
    for found in PLAIN.finditer(text):
        yield from _split(text[begin : found.start()], line)
        line += text.count("\n", begin, found.start())
        yield line, _plain(found)
        line += found[0].count("\n")
        begin = found.end()
    yield from _split(text[begin:], line)


def _plain(found: re.Match[str]) -> Parsed:
    from bibtexparser.model import Entry, Field

    fields = [Field(key, value) for key, value in FIELD.findall(found[0])]
    return Entry(found[1].lower(), found[2], fields, raw=found[0])


def _split(text: str, first: int) -> Iterator[tuple[int, Block]]:
    """Yield what bibtexparser finds in a text, each with its line."""
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
    from bibtexparser.splitter import Splitter

    if not text or text.isspace():
        return
    for line, chunk in _chunks(text, first):
        with quiet("bibtexparser"):
            blocks = Splitter(chunk).split().blocks
        for block in blocks:
            if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
                # `_problems` finds what stands twice, also where a chunk ends between the two.
                block = block.ignore_error_block or block
            yield line + (block.start_line or 0), block


def _chunks(text: str, line: int) -> Iterator[tuple[int, str]]:
    """Yield the text in parts, each with the line on which it begins, to spare memory.

    The parser takes a block at the start of a line for a new one whatever stands before, and
    so finds the same blocks in the parts as in the whole.
    """
    begin = 0
    for found in START.finditer(text):
        if found.start() - begin > CHUNK:
            yield line, text[begin : found.start()]
            line += text.count("\n", begin, found.start())
            begin = found.start()
    yield line, text[begin:]


def _problems(block: Block, keys: Set[str], macros: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the place in a block and the problem, for each that makes it unreadable."""
    from bibtexparser import model

    if isinstance(block, model.Entry):
        yield from _entry_problems(block, keys, macros)
        return
    start = quote((block.raw or "").strip().partition("\n")[0])
    if isinstance(block, model.ParsingFailedBlock):
        yield "", f"the entry {start} cannot be read; is a brace or a comma missing in it?"
    elif isinstance(block, model.ImplicitComment):
        if _is_stray(block.comment, not keys):
            yield "", f"{start} belongs to no entry; start comments with %"
    elif not COMMAND.match(block.raw or ""):
        yield "", f"the type of {start} begins like a command of BibTeX; write @misc"
    elif isinstance(block, model.String) and (
        problem := values.problem(block.value, macros, LONGEST_CELL)
    ):
        yield f"@string {values.word(block.key)}", problem


def _is_stray(text: str, before_all: bool) -> bool:
    """Tell whether text outside of entries may be a lost one; programs first say who they are."""
    lines = [line for line in text.splitlines() if not COMMENT.match(line)]
    return bool(lines) and not (before_all and not set("@{}=") & set("".join(lines)))


def _entry_problems(
    entry: Parsed, keys: Set[str], macros: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if not entry.entry_type:
        yield "", f"the entry {quote(entry.key)} has no type; write one such as @article"
    if not (KEY.fullmatch(entry.key) and entry.key.isprintable()):
        yield "", f"{quote(entry.key)} is not a key; write one word, without commas and braces"
    elif entry.key in keys:
        yield "", f"the key {quote(entry.key)} stands twice; rename one"
    names = [field.key.lower() for field in entry.fields]
    counted = Counter(names) if len(set(names)) < len(names) else {}
    twice = sorted(name for name in counted if counted[name] > 1 and name not in REPEATED)
    if twice and all(map(values.NAME.fullmatch, twice)):
        yield "", f"the entry has a field twice: {', '.join(map(values.word, twice))}; remove one"
    for name, field in zip(names, entry.fields, strict=True):
        if not values.NAME.fullmatch(name):
            yield values.word(entry.key), _name_problem(field.key)
            return
        problem = values.problem(field.value, macros, LONGEST.get(name))
        if problem:
            yield f"{values.word(entry.key)}, {values.word(field.key)}", problem


def _name_problem(name: str) -> str:
    if not name:
        return "a field has no name; write one before its ="
    if name.startswith("%"):
        return f"{quote(name)} is not the name of a field; take comments out of the entry"
    return f"{quote(name)} is not the name of a field; is a comma or a = missing in it?"


def _entry(entry: Parsed, at: int, macros: Mapping[str, str]) -> Entry:
    named = {field.key.lower(): field.value for field in entry.fields}
    fields = {name: values.text(value, macros) for name, value in named.items() if name in LONGEST}
    used = values.used(named.values(), macros)
    return Entry(entry.key, intern(entry.entry_type), at, fields, entry.raw or "", used)
