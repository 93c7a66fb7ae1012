"""Which studies a selection leaves, found again from the files: slowly, and without the package."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
FIELDS = {
    "studies": (
        "subject", "species", "condition", "design", "randomised", "placebo_controlled",
        "source_level", "cited_by",
    ),
    "arms": ("route", "compound", "alone"),
    "outcomes": ("domain", "direction"),
}  # fmt: skip
STUDIED = ("magnesium", "low_magnesium")
CONTAINERS = ("journal", "booktitle", "institution", "howpublished")
Row = dict[str, str]


@cache
def rows(table: str) -> list[Row]:
    """Return the rows of a table as they stand in the file."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def _rows_of(table: str, study: str) -> list[Row]:
    # A study without a row in a table is like one with an empty row.
    own = [row for row in rows(table) if row["study"] == study]
    return [row for row in own if row.get("role", STUDIED[0]) in STUDIED] or [{}]


@cache
def _entry(study: str) -> Row:
    bib = (ROOT / "references.bib").read_text(encoding="utf-8")
    (entry,) = re.findall(rf"^@\w+\{{{study},\n(.*?)^\}}", bib, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"^ *(\w+) *= \{(.*)\},$", entry, re.MULTILINE))


@cache
def _text(study: str) -> str:
    entry = _entry(study)
    (row,) = _rows_of("studies", study)
    authors = entry.get("author", "").replace(" and ", "; ")
    container = next((entry[name] for name in CONTAINERS if name in entry), "")
    parts = (entry.get("title", ""), authors, container)
    printed = (re.sub(r"\\(&)|[{}]", r"\1", part).replace("--", "–") for part in parts)
    return folded("\n".join((*printed, row["remarks"])))


def folded(text: str) -> str:
    """Return a text in small letters without the marks above and below them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\u0300-\u036f]", "", apart)


def studies(chosen: Mapping[str, Any]) -> list[str]:
    """Return the keys of the studies with one of the words in every field, in the file's order."""
    return [row["study"] for row in rows("studies") if _has(row["study"], chosen)]


def count(chosen: Mapping[str, Any], field: str, word: str, times: Mapping[str, int]) -> int:
    """Return the studies that a word leaves beside the other fields, each so many times."""
    return sum(times[study] for study in studies({**chosen, field: (word,)}))


def once() -> Mapping[str, int]:
    """Return that every study stands once."""
    return Counter(row["study"] for row in rows("studies"))


def _has(study: str, chosen: Mapping[str, Any]) -> bool:
    (row,) = _rows_of("studies", study)
    number = row["n_total"]
    return (
        chosen.get("year_from", 0) <= int(_entry(study)["year"]) <= chosen.get("year_to", 9999)
        and ("n_min" not in chosen or (number != "" and int(number) >= chosen["n_min"]))
        and all(word in _text(study) for word in folded(chosen.get("text", "")).split())
        and all(_any_row_has(table, study, chosen) for table in FIELDS)
    )


def _any_row_has(table: str, study: str, chosen: Mapping[str, Any]) -> bool:
    wanted = {name: chosen[name] for name in FIELDS[table] if name in chosen}
    return any(
        all((row.get(name) or "not_reported") in words for name, words in wanted.items())
        for row in _rows_of(table, study)
    )
