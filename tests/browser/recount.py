"""The numbers that the page must show, counted from the data files without the package."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TABLES = {
    "subject": "studies",
    "condition": "studies",
    "design": "studies",
    "placebo_controlled": "studies",
    "route": "arms",
    "alone": "arms",
    "domain": "outcomes",
}
ALWAYS_FILLED = ("subject", "condition")
STUDIED = ("magnesium", "low_magnesium")
RANDOMISED = ("randomised_parallel", "randomised_crossover")
Row = dict[str, str]
Words = Mapping[str, tuple[str, ...]]


def rows(table: str) -> list[Row]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


STUDIES = rows("studies")
OF_STUDY: dict[str, dict[str, list[Row]]] = {
    study["study"]: {"studies": [study], "arms": [], "outcomes": []} for study in STUDIES
}
for arm in rows("arms"):
    if arm["role"] in STUDIED:
        OF_STUDY[arm["study"]]["arms"].append(arm)
for outcome in rows("outcomes"):
    OF_STUDY[outcome["study"]]["outcomes"].append(outcome)
YEARS = {
    entry[1]: int(entry[2])
    for entry in re.finditer(
        r"^@\w+\{(\w+),[^@]*?^\s*year\s*=\s*[{\"]?(\d{4})",
        (ROOT / "references.bib").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    if entry[1] in OF_STUDY
}
PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))


def column(name: str) -> dict[str, Any]:
    """Return how the data package describes a field that one can filter by."""
    (found,) = (
        field
        for resource in PACKAGE["resources"]
        if resource["name"] == TABLES[name]
        for field in resource["schema"]["fields"]
        if field["name"] == name
    )
    return dict(found)


def labels(name: str) -> dict[str, str]:
    """Return the label of each word, in display order; the empty word is an empty cell."""
    words = {word["value"]: word["label"] for word in column(name)["categories"]}
    return words if name in ALWAYS_FILLED else words | {"": "Not reported or none"}


def chosen(words: Words, first: int = 0, last: int = 9999) -> list[Row]:
    """Return the studies that have one of the words in every field, from these years."""
    return [
        study
        for study in STUDIES
        if first <= YEARS[study["study"]] <= last
        and all(
            _any_row_has(OF_STUDY[study["study"]][table], _of_table(words, table))
            for table in ("studies", "arms", "outcomes")
        )
    ]


def _of_table(words: Words, table: str) -> Words:
    return {name: allowed for name, allowed in words.items() if TABLES[name] == table}


def _any_row_has(some: list[Row], words: Words) -> bool:
    # A study without a row in a table is like one with an empty row.
    return any(all(row.get(name, "") in words[name] for name in words) for row in some or [{}])


def trials(some: list[Row]) -> tuple[int, int, bool]:
    """Return the randomised trials, their participants, and whether any gave no number."""
    numbers = [study["n_total"] for study in some if study["design"] in RANDOMISED]
    return len(numbers), sum(int(number or 0) for number in numbers), "" in numbers


def _detail(some: list[Row]) -> str:
    randomised, people, unknown = trials(some)
    return f"{randomised} randomised, {'≥ ' if unknown else ''}{people:,} people"


def coverage(some: list[Row]) -> list[list[object]]:
    """Return subject, condition, number of studies and their trials for each cell of the map."""
    return [
        [subject, condition, len(cell), _detail(cell)]
        for subject_word, subject in labels("subject").items()
        for condition_word, condition in labels("condition").items()
        for cell in [
            [
                study
                for study in some
                if (study["subject"], study["condition"]) == (subject_word, condition_word)
            ]
        ]
    ]


def funnel(some: list[Row]) -> list[list[object]]:
    """Return label, number of studies and what its bar says for each step."""
    steps = rows("funnel")
    adds = ({name: tuple(value.split(",")) for name, value in _pairs(step)} for step in steps)
    kept = {study["study"] for study in some}
    said = []
    for step, words in zip(
        steps, accumulate(adds, lambda so_far, more: so_far | more), strict=True
    ):
        left = [study for study in chosen(words) if study["study"] in kept]
        bar = f"{len(left)} {'study' if len(left) == 1 else 'studies'}"
        said.append([step["label"], len(left), f"{bar}, {_detail(left)}" if left else bar])
    return [list(step) for step in said]


def _pairs(step: Row) -> list[list[str]]:
    return [part.split("=") for part in step["adds"].split("&") if part]


def state(some: list[Row]) -> str:
    """Return the line above the charts."""
    parts = []
    for word, label in labels("subject").items():
        of_subject = [study for study in some if study["subject"] == word]
        part = f"{len(of_subject)} {label.lower()}"
        if word == "human":
            randomised, people, unknown = trials(of_subject)
            part += (
                f" ({'at least ' if unknown else ''}{people:,} people in "
                f"{randomised} randomised trial{'' if randomised == 1 else 's'})"
            )
        parts.append(part)
    return f"{len(some)} of {len(STUDIES)} studies: {', '.join(parts)}"
