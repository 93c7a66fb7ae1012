"""`references.bib` to references; short citations; a .bib of any subset."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from review import bibtex
from review.bibtex import Entry
from review.faults import DataError, Fault, quote
from review.files import read_text
from review.latex import address, one_line, plain
from review.names import OTHERS as OTHERS
from review.names import people

TITLES = ("title", "maintitle", "booktitle")
# Where a work stands: the first of these that it has.
CONTAINERS = (
    *("journal", "journaltitle", "booktitle", "institution", "school", "organization"),
    *("howpublished", "publisher"),
)
DATES = ("year", "date")
TEXTS = tuple(dict.fromkeys((*TITLES, *CONTAINERS, *DATES)))
PEOPLE = ("author", "editor")
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
DOI_ADDRESS = re.compile(r"https?://[\w.-]*\bdoi\b[\w.-]*/|(dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
PMID = re.compile(r"[1-9][0-9]{0,7}")
# A year alone, or at the start of a date or of a range of dates.
YEAR = re.compile(r"[\[(~]?([0-9]{4})(?![0-9])")
ANY_YEAR = range(1, 10_000)


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry, decoded for display; `source` is its text in the file, `line` where it starts.

    A work without authors has its editors as `authors`. `macros` are the names and texts of the
    macros in the source. What is decoded stands in one line, without control characters.
    """

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
    macros: tuple[tuple[str, str], ...] = ()

    def cite(self) -> str:
        """Return the short citation: family names of the authors, or the title, and the year."""
        return f"{self._who()} {self.year or 'no year'}"

    def full(self) -> str:
        """Return the whole reference: authors, year, title, where it appeared, and its address."""
        authors = "; ".join("et al." if who == OTHERS else who for who in self.authors)
        told = [authors, f"({self.year or 'no year'})", f"{self.title.rstrip('.')}."]
        told += [f"{self.container}."] if self.container else []
        address = f"https://doi.org/{self.doi}" if self.doi else self.url
        told += [f"PMID {self.pmid}."] if self.pmid else []
        return " ".join(part for part in (*told, address) if part)

    def _who(self) -> str:
        families = [author.partition(",")[0] for author in self.authors]
        if not families:
            return self.title if len(self.title) <= 40 else self.title[:39].rstrip() + "…"
        if len(families) > 2 or families[-1] == OTHERS:
            return f"{families[0]} et al."
        return " & ".join(families)


def read(path: Path, years: range = ANY_YEAR) -> tuple[dict[str, Reference], list[Fault]]:
    """Return the references of a .bib file by key, and every fault in it.

    Years must lie within `years`. No entry is left out without a fault. A file with an entry or
    a name that cannot be read (a brace or a comma is missing, a key stands twice) gives no
    references, because what then seems to be missing may only be unread.
    """
    try:
        text = read_text(path)
    except DataError as error:
        return {}, list(error.faults)
    references, unread, wrong = dict[str, Reference](), list[Fault](), list[Fault]()
    for entry in bibtex.read(path, text):
        if isinstance(entry, Fault):
            unread.append(entry)
            continue
        field = _people_field(entry)
        names, problems = people(entry.fields.get(field, ""))
        unread += [_fault(path, entry, field, problem) for problem in problems]
        reference = _reference(entry, names)
        told = _problems(entry, reference, years)
        wrong += [_fault(path, entry, name, problem) for name, problem in told]
        references[entry.key] = reference
    return ({} if unread else references), unread + wrong


def bib(references: Iterable[Reference]) -> str:
    """Return the text of a .bib file with these references, as they stand in their own file.

    The macros that they use are defined above them.
    """
    defined, blocks = dict[str, str](), list[str]()
    for reference in references:
        for name, text in reference.macros:
            if defined.get(name) != text:
                blocks.append(f"@string{{{name} = {{{text}}}}}")
                defined[name] = text
        blocks.append(reference.source)
    return "\n\n".join(blocks) + "\n"


def doubled(references: Mapping[str, Reference], keys: Iterable[str], path: Path) -> list[Fault]:
    """Return a fault for each of these keys whose DOI or PMID an earlier one has."""
    faults, owners = [], dict[tuple[str, str], str]()
    for key in keys:
        for name in ("doi", "pmid"):
            value = getattr(references[key], name)
            owner = owners.setdefault((name, value.lower()), key) if value else key
            if owner != key:
                problem = f"{quote(value)} is also that of {owner}; two studies cannot share one"
                faults.append(bibtex.fault(path, references[key].line, f"{key}, {name}", problem))
    return faults


def _fault(path: Path, entry: Entry, field: str, problem: str) -> Fault:
    return bibtex.fault(path, entry.line, f"{entry.key}, {field}", problem)


def _people_field(entry: Entry) -> str:
    # A book with editors only is cited by them.
    return next((name for name in PEOPLE if plain(entry.fields.get(name, ""))), "author")


def _reference(entry: Entry, names: list[str]) -> Reference:
    codes = entry.fields
    texts = {name: plain(codes[name]) for name in TEXTS if name in codes}
    title = next((name for name in TITLES if texts.get(name)), "title")
    containers = (texts[name] for name in CONTAINERS if texts.get(name) and name != title)
    return Reference(
        key=entry.key,
        type=entry.type,
        authors=tuple(names),
        title=texts.get(title, ""),
        container=next(containers, ""),
        year=_year(texts),
        doi=_doi(address(codes.get("doi", ""))),
        pmid=address(codes.get("pmid", "")),
        url=address(codes.get("url", "")),
        line=entry.line,
        source=entry.source,
        macros=entry.macros,
    )


def _year(texts: Mapping[str, str]) -> int | None:
    said = [texts[name] for name in DATES if texts.get(name)]
    years = (int(found[1]) for text in said if (found := YEAR.match(text)))
    # A year that cannot be read is a fault already, and not missing.
    return next(years, 0 if said else None)


def _doi(text: str) -> str:
    found = DOI_ADDRESS.match(text)
    if not found:
        return text
    bare = text[found.end() :]
    return one_line(unquote(bare)) if "/" in found[0] else bare


def _problems(entry: Entry, found: Reference, years: range) -> Iterator[tuple[str, str]]:
    if not found.title:
        yield "title", "is missing"
    if found.doi and not DOI.fullmatch(found.doi):
        yield "doi", f"{quote(found.doi)} is not a DOI such as 10.1000/182"
    if found.pmid and not PMID.fullmatch(found.pmid):
        yield "pmid", f"{quote(found.pmid)} is not a PubMed number of at most eight digits"
    if found.year is not None and found.year not in years:
        yield from _year_problem(entry, found.year, years)


def _year_problem(entry: Entry, year: int, years: range) -> Iterator[tuple[str, str]]:
    name = next(name for name in DATES if plain(entry.fields.get(name, "")))
    said = quote(plain(entry.fields[name]))
    if year == 0:
        remedy = "write one, or leave the field out of what is not a study"
        yield name, f"{said} is not a year of four digits; {remedy}"
    else:
        expected = (
            f"expected {years[0]} to {years[-1]} (the year after 'searched' in datapackage.json)"
        )
        yield name, f"{said} is impossible, {expected}"
