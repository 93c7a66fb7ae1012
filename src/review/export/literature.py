"""References for other programs: BibTeX as it stands in the review's own file, and RIS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rispy

from review.bibliography import Reference
from review.markup import folded

# The entry types of BibTeX and biblatex, as RIS names them.
KINDS = {
    "article": "JOUR",
    "book": "BOOK",
    "collection": "EDBOOK",
    "conference": "CPAPER",
    "dataset": "DATA",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "mastersthesis": "THES",
    "misc": "GEN",
    "online": "ELEC",
    "patent": "PAT",
    "phdthesis": "THES",
    "proceedings": "CONF",
    "report": "RPRT",
    "software": "COMP",
    "techreport": "RPRT",
    "thesis": "THES",
    "unpublished": "UNPB",
}
ANY_KIND = "GEN"
# Where a book or a report stands, RIS has another name for it than for a journal.
HOME = {"JOUR": "journal_name", "RPRT": "publisher"}
OTHER_HOME = "secondary_title"


def ris(references: Iterable[Reference]) -> str:
    """Return the text of an RIS file with these references; what is not known is left out."""
    entries = [_entry(reference) for reference in references]
    text: str = rispy.dumps(entries, implementation=_Unnumbered)
    return text


class _Unnumbered(rispy.RisWriter):  # type: ignore[misc]  # rispy has no types
    """RIS without the line "1." before each reference, which the format does not know."""

    def set_header(self, count: int) -> str:
        """Return what stands before a reference: nothing."""
        return ""


def _entry(reference: Reference) -> dict[str, Any]:
    kind = KINDS.get(reference.type, ANY_KIND)
    known: dict[str, Any] = {
        "type_of_reference": kind,
        "id": reference.key,
        "authors": list(reference.authors),
        "title": reference.title,
        HOME.get(kind, OTHER_HOME): reference.container,
        "year": str(reference.year or ""),
        "doi": reference.doi,
        "accession_number": f"PMID {reference.pmid}" if reference.pmid else "",
        "urls": [reference.url] if reference.url else [],
    }
    return {name: _folded(value) for name, value in known.items() if value}


def _folded(value: str | list[str]) -> str | list[str]:
    # A line of its own would be read as another field, or as another reference.
    if isinstance(value, list):
        return value if "".join(value).isprintable() else [folded(part) for part in value]
    return value if value.isprintable() else folded(value)
