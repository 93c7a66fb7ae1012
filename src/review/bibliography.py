"""`references.bib` to references; short citations; a .bib of any subset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from review import bibtex
from review.faults import Fault, quiet, quote

if TYPE_CHECKING:
    from bibtexparser.model import Entry

CONTAINERS = ("journal", "booktitle", "institution", "howpublished")
DASHES = {"---": "—", "--": "–"}
OTHERS = "others"
ANY_YEAR = range(1, 10_000)


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
    """Return the references of a .bib file by key, and every fault in it; see `bibtex.read`."""
    entries, faults = bibtex.read(path, years)
    return dict(_references(entries)), faults


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
                faults.append(bibtex.fault(path, references[key].line, f"{key}, {name}", problem))
    return faults


def _references(entries: list[Entry]) -> Iterator[tuple[str, Reference]]:
    from bibtexparser import middlewares
    from bibtexparser.library import Library

    with quiet("bibtexparser"):
        # Decoding every entry takes longer than all the rest of reading, and few need it.
        coded = Library([entry for entry in entries if "\\" in (entry.raw or "")])
        middlewares.LatexDecodingMiddleware(keep_braced_groups=True).transform(coded)
        split = middlewares.SeparateCoAuthors().transform(Library([*entries]))
        named = middlewares.SplitNameParts().transform(split)
    for entry in named.entries:
        yield entry.key, _reference(entry)


def _reference(entry: Entry) -> Reference:
    text = {name: str(field.value) for name, field in entry.fields_dict.items()}
    year = text.get("year", "")
    authors = entry.fields_dict.get("author")
    return Reference(
        key=entry.key,
        type=entry.entry_type,
        authors=tuple(_plain(n.merge_last_name_first) for n in authors.value) if authors else (),
        title=_plain(text.get("title", "")),
        container=_plain(next((text[name] for name in CONTAINERS if name in text), "")),
        year=int(year) if year.isdigit() else None,
        doi=text.get("doi", ""),
        pmid=text.get("pmid", ""),
        url=text.get("url", ""),
        line=bibtex.line(entry),
        source=entry.raw or "",
    )


def _plain(text: str) -> str:
    plain = " ".join(text.replace("{", "").replace("}", "").split())
    for code, dash in DASHES.items():
        plain = plain.replace(code, dash)
    return plain
