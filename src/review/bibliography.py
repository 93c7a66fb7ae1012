"""`references.bib` to references, strictly; short citations; a .bib of any subset."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from review.faults import LONGEST_CELL, DataError, Fault, quote
from review.files import read_text, shown

if TYPE_CHECKING:
    from bibtexparser.library import Library
    from bibtexparser.model import Block, Entry

CONTAINERS = ("journal", "booktitle", "institution", "howpublished")
KEY, BARE, ANYTHING = re.compile(r"[a-z][a-z0-9_]*"), re.compile(r"\w+"), re.compile(r"(?s).*")
SHAPES = {
    "doi": (re.compile(r"10\.\d{4,9}/\S+"), "a DOI such as 10.1000/182"),
    "pmid": (re.compile(r"[1-9]\d{0,7}"), "a PubMed number of at most eight digits"),
    "year": (re.compile(r"\d{4}"), "a year of four digits"),
}


@dataclass(frozen=True)
class Reference:
    """One entry, decoded for display; `source` is its text in the file, `line` where it starts."""

    key: str
    type: str
    authors: tuple[str, ...]
    title: str
    container: str
    year: int | None
    doi: str
    pmid: str
    url: str
    line: int
    source: str

    def cite(self) -> str:
        """Return the short citation: family names of the authors, or the title, and the year."""
        return f"{self._who()} {self.year or 'no year'}"

    def _who(self) -> str:
        families = [author.partition(",")[0] for author in self.authors]
        if not families:
            return self.title if len(self.title) <= 40 else self.title[:39].rstrip() + "…"
        if len(families) > 2:
            return f"{families[0]} et al."
        return " & ".join(families)


def read(path: Path) -> tuple[dict[str, Reference], list[Fault]]:
    """Return the references of a .bib file by key, and every fault in it.

    A file with a structural fault (a brace, a doubled key or field) gives no references,
    because what they hold cannot be trusted.
    """
    try:
        library = _parsed(read_text(path))
    except DataError as error:
        return {}, list(error.faults)
    faults = [_structure_fault(path, block) for block in library.failed_blocks]
    faults += [_stray_text(path, block) for block in library.comments if _is_stray(block)]
    trusted = () if faults else library.entries
    references = {entry.key: _reference(entry) for entry in trusted}
    return references, faults + _field_faults(path, library.entries)


def bib(references: Iterable[Reference]) -> str:
    """Return the text of a .bib file with these references, as they stand in their own file."""
    return "\n\n".join(reference.source for reference in references) + "\n"


def doubled(references: Mapping[str, Reference], keys: Iterable[str], path: Path) -> list[Fault]:
    """Return a fault for each of these keys whose DOI or PMID an earlier one has."""
    faults, owners = [], dict[tuple[str, str], str]()
    for key in keys:
        for name in ("doi", "pmid"):
            value = getattr(references[key], name)
            owner = owners.setdefault((name, value.lower()), key) if value else key
            if owner != key:
                problem = f"{quote(value)} is also that of {owner}; two studies cannot share one"
                faults.append(_fault(path, references[key].line, f"{key}, {name}", problem))
    return faults


def _parsed(text: str) -> Library:
    from bibtexparser import middlewares
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.library import Library

    with _quiet():
        library = parse_string(text)
        # Decoding every entry takes longer than all the rest of reading, and few need it.
        coded = Library([entry for entry in library.entries if _has_latex(entry)])
        middlewares.LatexDecodingMiddleware(keep_braced_groups=True).transform(coded)
        return middlewares.SplitNameParts().transform(
            middlewares.SeparateCoAuthors().transform(library)
        )


def _has_latex(entry: Entry) -> bool:
    return any("\\" in field.value for field in entry.fields)


@contextmanager
def _quiet() -> Iterator[None]:
    # The parser also logs what it could not read; the faults say it once and with the place.
    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _fault(path: Path, line: int, column: str, problem: str) -> Fault:
    return Fault(shown(path), f"line {line}", column, problem)


def _structure_fault(path: Path, block: Block) -> Fault:
    from bibtexparser import model

    line = (block.start_line or 0) + 1
    if isinstance(block, model.DuplicateBlockKeyBlock):
        return _fault(path, line, "", f"the key {quote(block.key)} stands twice; rename one")
    if isinstance(block, model.DuplicateFieldKeyBlock):
        names = ", ".join(sorted(block.duplicate_keys))
        return _fault(path, line, "", f"the entry has a field twice: {names}; remove one")
    start = quote(_first_line(block))
    problem = f"the entry {start} cannot be read; is a brace or a comma missing in it?"
    return _fault(path, line, "", problem)


def _is_stray(block: Block) -> bool:
    from bibtexparser import model

    lines = (block.raw or "").splitlines()
    return isinstance(block, model.ImplicitComment) and not all(
        line.startswith("%") for line in lines if line.strip()
    )


def _first_line(block: Block) -> str:
    return (block.raw or "").strip().partition("\n")[0]


def _stray_text(path: Path, block: Block) -> Fault:
    problem = f"{quote(_first_line(block))} belongs to no entry; start comments with %"
    return _fault(path, (block.start_line or 0) + 1, "", problem)


def _field_faults(path: Path, entries: Iterable[Entry]) -> list[Fault]:
    faults = []
    for entry in entries:
        for name, problem in _field_problems(entry):
            faults.append(_fault(path, _line(entry), f"{entry.key}, {name}", problem))
    return faults


def _field_problems(entry: Entry) -> Iterator[tuple[str, str]]:
    if not KEY.fullmatch(entry.key):
        yield "key", f"{quote(entry.key)} is not a key: lower-case letters, digits and _"
    for field in entry.fields:
        value = str(field.value)
        shape, expected = SHAPES.get(field.key, (ANYTHING, ""))
        if field.enclosing == "no-enclosing" and not BARE.fullmatch(value):
            yield field.key, f"{quote(value)} is not one value; is a comma missing after it?"
        elif not shape.fullmatch(value):
            yield field.key, f"{quote(value)} is not {expected}"
        if len(value) > LONGEST_CELL:
            yield field.key, f"has {len(value)} characters, expected at most {LONGEST_CELL}"
    if not entry.get("title"):
        yield "title", "is missing"


def _line(entry: Entry) -> int:
    return (entry.start_line or 0) + 1


def _reference(entry: Entry) -> Reference:
    text = {name: _plain(str(field.value)) for name, field in entry.fields_dict.items()}
    year = text.get("year", "")
    authors = entry.fields_dict.get("author")
    return Reference(
        key=entry.key,
        type=entry.entry_type,
        authors=tuple(_plain(n.merge_last_name_first) for n in authors.value) if authors else (),
        title=text.get("title", ""),
        container=next((text[name] for name in CONTAINERS if name in text), ""),
        year=int(year) if SHAPES["year"][0].fullmatch(year) else None,
        doi=text.get("doi", ""),
        pmid=text.get("pmid", ""),
        url=text.get("url", ""),
        line=_line(entry),
        source=entry.raw or "",
    )


def _plain(text: str) -> str:
    return text.replace("{", "").replace("}", "")
