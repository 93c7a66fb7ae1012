"""The numbers that the page must show, counted from the data files without the package."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
FIELDS = {
    "subject": "studies",
    "species": "studies",
    "condition": "studies",
    "design": "studies",
    "randomised": "studies",
    "placebo_controlled": "studies",
    "route": "arms",
    "compound": "arms",
    "alone": "arms",
    "domain": "outcomes",
    "direction": "outcomes",
    "source_level": "studies",
    "cited_by": "studies",
}
NUMBERS = ("year_from", "year_to", "n_min")
ALWAYS_FILLED = ("subject", "condition", "source_level", "cited_by")
STUDIED = ("magnesium", "low_magnesium")
EMPTY, EMPTY_LABEL = "not_reported", "Not reported or none"
Row = dict[str, str]
# What is chosen: words of a field, or a number, or a text. A field that is not named is open.
View = Mapping[str, Any]


def rows(table: str) -> list[Row]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _references() -> dict[str, Row]:
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    entries = re.findall(r"^@\w+\{(\w+),\n(.*?)^\}", text, re.MULTILINE | re.DOTALL)
    return {key: dict(re.findall(r"(\w+) *= (.*),\n", _bare(body))) for key, body in entries}


def _bare(body: str) -> str:
    return body.replace("{", "").replace("}", "").replace("\\&", "&").replace("--", "–")


PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
REFERENCES = _references()
YEARS = {study["study"]: int(REFERENCES[study["study"]]["year"]) for study in rows("studies")}


def column(name: str, table: str = "") -> dict[str, Any]:
    """Return how the data package describes a column, by default one that is filtered by."""
    (found,) = (
        field
        for resource in PACKAGE["resources"]
        if resource["name"] == (table or FIELDS[name])
        for field in resource["schema"]["fields"]
        if field["name"] == name
    )
    return dict(found)


@cache
def labels(name: str) -> dict[str, str]:
    """Return the label of each word of a field, in display order."""
    if name in ("species", "compound"):
        table = {"species": "species", "compound": "compounds"}[name]
        words = {row[name]: row["label"] for row in rows(table)}
    elif column(name)["type"] == "boolean":
        words = {"yes": "Yes", "no": "No"}
    else:
        words = {word["value"]: word["label"] for word in column(name)["categories"]}
    return words if name in ALWAYS_FILLED or EMPTY in words else words | {EMPTY: EMPTY_LABEL}


def _in_order(study: Row) -> tuple[int, int, int, str]:
    places = [list(labels(name)).index(study[name]) for name in ("condition", "subject")]
    return places[0], places[1], YEARS[study["study"]], study["study"]


STUDIES = sorted(rows("studies"), key=_in_order)
# A row of a table is named by its study and its place among the rows of that study.
Place = tuple[str, int]


def _of_study(table: str) -> dict[Place, Row]:
    """Return the rows that count for filtering; a study without any is like one with an empty."""
    some = [row for row in rows(table) if row.get("role", STUDIED[0]) in STUDIED]
    return {
        (study["study"], at): row
        for study in STUDIES
        for own in [[row for row in some if row["study"] == study["study"]]]
        for at, row in enumerate(own or [{}])
    }


PLACES = {table: _of_study(table) for table in ("studies", "arms", "outcomes")}
HAVING: dict[str, dict[str, set[Place]]] = {
    name: {
        word: {place for place, row in PLACES[table].items() if (row.get(name) or EMPTY) == word}
        for word in labels(name)
    }
    for name, table in FIELDS.items()
}


def cite(study: str) -> str:
    """Return the short citation of a study."""
    entry = REFERENCES[study]
    names = [name.partition(",")[0] for name in entry.get("author", "").split(" and ") if name]
    who = " & ".join(names) if len(names) < 3 else f"{names[0]} et al."
    if not names:
        title = entry["title"]
        who = title if len(title) <= 40 else f"{title[:39].rstrip()}…"
    return f"{who} {entry['year']}"


CITED = Counter(cite(study["study"]) for study in STUDIES)


def listed(study: str) -> str:
    """Return the name of a study in a list: with its title where others are cited alike."""
    name = cite(study)
    return name if CITED[name] == 1 else _cut(f"{name}: {REFERENCES[study]['title']}")


def _cut(text: str) -> str:
    """Return what of a text is at most 90 characters long, with whole words only."""
    if len(text) <= 90:
        return text
    return f"{text[:90].rpartition(' ')[0]}…"


def left(view: View, but: str = "") -> list[Row]:
    """Return the studies that the view leaves, in display order; `but` is a field to ignore."""
    of_tables = [{key for key, _ in _rows_left(table, view, but)} for table in PLACES]
    keys = set.intersection(*of_tables)
    words = _plain(view.get("text", "")).split()
    return [
        study for study in STUDIES if study["study"] in keys and _plainly_left(study, view, words)
    ]


def _plainly_left(study: Row, view: View, words: list[str]) -> bool:
    year, number, texts = YEARS[study["study"]], study["n_total"], _texts(study["study"])
    return (
        view.get("year_from", 0) <= year <= view.get("year_to", 9999)
        and ("n_min" not in view or (number != "" and int(number) >= view["n_min"]))
        and all(word in texts for word in words)
    )


@cache
def _texts(key: str) -> str:
    entry, remarks = REFERENCES[key], PLACES["studies"][key, 0]["remarks"]
    names = ("title", "author", "journal", "booktitle", "institution", "howpublished")
    return _plain("\n".join([*(entry[name] for name in names if name in entry), remarks]))


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _rows_left(table: str, view: View, but: str) -> set[Place]:
    some = set(PLACES[table])
    for name in view:
        if FIELDS.get(name) == table and name != but:
            some &= set[Place]().union(*(HAVING[name][word] for word in view[name]))
    return some


def counts(view: View, name: str) -> list[int]:
    """Return for each word of a field the studies that have it and all that else is chosen."""
    keys = {study["study"] for study in left(view, but=name)}
    some = _rows_left(FIELDS[name], view, but=name)
    return [
        len({key for key, _ in some & having if key in keys}) for having in HAVING[name].values()
    ]


def written(view: View) -> str:
    """Return the text form of a view."""
    parts = []
    for name in (*FIELDS, *NUMBERS, "text"):
        if name in view:
            value = ",".join(view[name]) if name in FIELDS else str(view[name])
            coded = re.sub(r"[%&\s]", lambda found: quote(found[0]), value)
            parts.append(f"{name}={coded}")
    return "&".join(parts)
