"""What must hold between rows, tables and the bibliography."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from review import bibliography, bibtex
from review.bibliography import Reference
from review.cells import Rows
from review.faults import Fault, quote
from review.files import shown
from review.schema import Package, Parts
from review.selection import Selection, SelectionError

# What the figures count by: a flag that at least one word of a vocabulary must have.
COUNTED_BY = (
    ("studies.subject", "participants", "people"),
    ("studies.design", "group", "randomised_trial"),
    ("arms.role", "studied", True),
    ("arms.dose_basis", "pure", True),
    ("outcomes.comparator", "isolates", True),
)
# Vocabularies whose words the figures know; their labels are free.
KNOWN = {
    "outcomes.direction": ("benefit", "no_difference", "harm", "mixed", "not_reported"),
    "limits.use": ("upper_level", "difference", "sd", "alpha", "power"),
}
# What figures call the classes of evidence that stand beside the subjects.
CLASSES = ("direct", "indirect", "none", "Direct human", "Indirect human")
# Beyond these statsmodels finds no number of participants.
SUREST, WIDEST = 0.999999, 1000


def vocabularies(package: Package, path: Path) -> Iterator[Fault]:
    """Yield a fault for each vocabulary that the figures could not be drawn by."""
    for place, flag, value in COUNTED_BY:
        if not package.flagged(place, flag, value):
            said = json.dumps({flag: value}).strip("{}")
            yield Fault(shown(path), "", place, f"no word has {said}, which the figures count by")
    for place, words in KNOWN.items():
        if package.column(place).values != words:
            problem = f"expected the words {', '.join(words)}, in this order"
            yield Fault(shown(path), "", place, problem)
    for word in package.column("studies.subject").words:
        for name in (word.value, word.label):
            if name in CLASSES:
                problem = f"{quote(name)} is a class of evidence; call the subject otherwise"
                yield Fault(shown(path), "", "studies.subject", problem)


def planning(limits: Rows) -> Iterator[Fault]:
    """Yield a fault for each limit with which no trial can be planned."""
    pairs = [*zip(limits.columns["use"], limits.columns["value"], strict=True)]
    spreads = [value for use, value in pairs if use == "sd" and value]
    for index, (use, value) in enumerate(pairs):
        if problem := _unplanned(use, value, spreads) if value else "":
            yield limits.fault(index, "value", problem)


def _unplanned(use: str, value: float, spreads: Sequence[float]) -> str:
    if use in ("alpha", "power") and value > SUREST:
        return f"'{value:g}' is no chance, expected at most {SUREST}"
    if use == "difference" and spreads and not 1 / WIDEST <= spreads[0] / value <= WIDEST:
        return (
            f"'{value:g}' and the standard deviation '{spreads[0]:g}' are too far apart, "
            f"expected at most {WIDEST} times one in the other"
        )
    return ""


def steps(package: Package, tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Yield a fault for each step of the funnel whose selection cannot be meant or asked."""
    funnel = tables["funnel"]
    if not all(rows.complete for rows in tables.values()):
        return
    if not funnel.columns["adds"]:
        problem = "has no row, expected at least the step that counts every study"
        yield Fault(shown(funnel.path), "", "", problem)
    words = _Words(package, {name: rows.columns for name, rows in tables.items()})
    before = set[str]()
    for index, adds in enumerate(funnel.columns["adds"]):
        try:
            selection = Selection.parse(adds or "")
            selection.check(words)
        except SelectionError as error:
            yield funnel.fault(index, "adds", str(error).replace("\n", "; "))
            continue
        names = {name for name, _ in selection.given()}
        for name in sorted(names & before):
            problem = f"{name}: an earlier step names this field already; a field is named once"
            yield funnel.fault(index, "adds", problem)
        before |= names


@dataclass(frozen=True)
class _Words:
    """The words of tables that are no review yet."""

    package: Package
    tables: Mapping[str, Any]


def keys(rows: Rows) -> Iterator[Fault]:
    """Yield a fault for each row whose key an earlier row has."""
    seen = dict[tuple[Any, ...], int]()
    for index, key in enumerate(zip(*(rows.columns[name] for name in rows.table.key), strict=True)):
        first = seen.setdefault(key, index) if None not in key else index
        if first != index:
            said = ", ".join(quote(str(part)) for part in key)
            problem = f"{said} stands in row {first + 2} already; a key stands once"
            yield rows.fault(index, ", ".join(rows.table.key), problem)


def links(package: Package, tables: Mapping[str, Rows]) -> Iterator[Fault]:
    """Yield a fault for each cell that refers to a row which the other table lacks."""
    for rows in tables.values():
        for column in rows.table.fields:
            to = rows.table.links.get(column.name)
            if not to and column.items_from:
                name, _, other = column.items_from.partition(".")
                to = (name, other)
            if to and tables[to[0]].complete:
                yield from _unknown(rows, column.name, tables[to[0]], to[1])


def _unknown(rows: Rows, column: str, other: Rows, other_column: str) -> Iterator[Fault]:
    known = set(other.columns[other_column])
    for index, cell in enumerate(rows.columns[column]):
        for value in _items(cell):
            if value not in known:
                yield rows.fault(index, column, f"{quote(value)} is not in {shown(other.path)}")


def _items(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def totals(rows: Rows) -> Iterator[Fault]:
    """Yield a fault for each row whose parts are more than their total."""
    for rule in rows.table.totals:
        column = rows.table[rule.same_participants]
        same = {word.value for word in column.words if word.flags.get("same_participants")}
        names = (rule.same_participants, rule.total, *rule.parts)
        for index, row in enumerate(zip(*(rows.columns[name] for name in names), strict=True)):
            problem = _too_many(rule, row[1], row[2:], row[0] in same)
            if problem:
                yield rows.fault(index, rule.total, problem)


def _too_many(
    rule: Parts, total: int | None, parts: Sequence[int | None], same_participants: bool
) -> str:
    present = {name: part for name, part in zip(rule.parts, parts, strict=True) if part is not None}
    if total is None or not present:
        return ""
    count = max(present.values()) if same_participants else sum(present.values())
    joint = " or " if same_participants else " + "
    said = joint.join(f"{name} {value}" for name, value in present.items())
    return f"{said} is more than {rule.total} {total}" if count > total else ""


def bibliography_links(
    tables: Mapping[str, Rows], references: Mapping[str, Reference], bib: Path, years: range
) -> Iterator[Fault]:
    """Yield the faults between the tables and the .bib file, years and doubled DOIs included."""
    studies = tables["studies"]
    cited = set[str]()
    for rows in tables.values():
        for column in _bibliography_columns(rows):
            for index, cell in enumerate(rows.columns[column]):
                for key in _items(cell):
                    cited.add(key)
                    if key not in references:
                        problem = f"{quote(key)} has no entry in {shown(bib)}; add one"
                        yield rows.fault(index, column, problem)
    present = [key for key in studies.columns["study"] if key in references]
    yield from _without_year(present, references, bib, years)
    yield from bibliography.doubled(references, present, bib)
    if all(rows.complete for rows in tables.values()):
        yield from _uncited(cited, references, bib)


def _bibliography_columns(rows: Rows) -> list[str]:
    return [column.name for column in rows.table.fields if column.in_bibliography]


def _without_year(
    keys: list[str], references: Mapping[str, Reference], bib: Path, years: range
) -> Iterator[Fault]:
    problem = (
        f"is missing, expected {years[0]} to {years[-1]} "
        "(the year after 'searched' in datapackage.json)"
    )
    for key in dict.fromkeys(keys):
        if references[key].year is None:
            yield bibtex.fault(bib, references[key].line, f"{key}, year", problem)


def _uncited(cited: set[str], references: Mapping[str, Reference], bib: Path) -> Iterator[Fault]:
    for key, reference in references.items():
        if key not in cited:
            problem = "is neither a study nor cited by a table; add its row or remove the entry"
            yield bibtex.fault(bib, reference.line, key, problem)
