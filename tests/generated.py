"""Small reviews made by dice within what `datapackage.json` allows, extremes included, as files."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

from review import schema
from review.schema import Field, Package, Table, descriptor
from review.tables import ROOT

Row = dict[str, str]
SEARCHED = ("1900-01", "2026-11", "2099-12")
TEXTS = (
    "Plain words",
    "x" * 300,
    "many words " * 60,
    "fee $5 for A and $10; 50% of \\alpha",
    "<b>bold</b> & <a href='https://example.org'>link</a> %{x}",
    "שלום عالم 漢字 🦴",
    "two\nlines",
    "'quoted', \"twice\"",
)
NUMBERS = ("0", "1", "2", "10", "0.5", "1e-9", "1e12", "350", "-3")
# What may be said of a plan, by its use; other numbers have no trial to them.
PLANS = {
    "difference": ("0.5", "2", "10"),
    "sd": ("1", "2.2"),
    "alpha": ("0.05", "0.2"),
    "power": ("0.8",),
}
WHOLE = ("0", "1", "2", "7", "120", "1000000000")
MOST_ROWS = {"studies": 7, "arms": 9, "outcomes": 12}
# Half of the cells that may be empty are.
EMPTY = 0.5


def write(folder: Path, seed: int) -> Path:
    """Write the review of this number into a new folder and return the folder of its tables."""
    dice, data = Random(seed), folder / "data"
    data.mkdir(parents=True)
    _describe(data, dice)
    package = schema.read(data)
    rows = dict[str, list[Row]]()
    for table in sorted(package.tables.values(), key=lambda table: len(table.links)):
        rows[table.name] = _rows(package, table, rows, dice)
    for table in package.tables.values():
        _save(data / table.path, table, rows[table.name])
    _cite(folder / "references.bib", package, rows["studies"], dice)
    return data


def _describe(data: Path, dice: Random) -> None:
    shutil.copy(ROOT / "data" / descriptor.DESCRIPTOR, data)
    path = data / descriptor.DESCRIPTOR
    described = json.loads(path.read_text(encoding="utf-8"))
    for name in ("title", "description"):
        described[name] = _text(dice, 300).replace("\n", " ")
    described["searched"] = dice.choice(SEARCHED)
    path.write_text(json.dumps(described), encoding="utf-8")


def _rows(package: Package, table: Table, known: dict[str, list[Row]], dice: Random) -> list[Row]:
    if table.name == "funnel":
        return _steps(dice)
    made = dict[tuple[str, ...], Row]()
    for at in range(dice.randint(0, MOST_ROWS.get(table.name, 4))):
        row = {
            column.name: _cell(package, table, column, known, dice, at) for column in table.fields
        }
        # Nothing can be linked to a table without rows.
        if all(row[column.name] or not column.required for column in table.fields):
            made[tuple(row[name] for name in table.key)] = row
    return [_without_misfits(table, _planned(row, dice)) for row in made.values()]


def _steps(dice: Random) -> list[Row]:
    adds = ["subject=human", "design=randomised_parallel", "route=oral", "alone=yes&year_from=2020"]
    some = ["", *dice.sample(adds, dice.randint(0, len(adds)))]
    return [
        {"step": str(at), "label": _text(dice, 60), "adds": text} for at, text in enumerate(some, 1)
    ]


def _cell(
    package: Package,
    table: Table,
    column: Field,
    known: dict[str, list[Row]],
    dice: Random,
    at: int,
) -> str:
    if not column.required and dice.random() < EMPTY:
        return ""
    if column.name in table.links:
        other, name = table.links[column.name]
        return dice.choice([row[name] for row in known.get(other, [])] or [""])
    if column.words:
        return dice.choice(column.values)
    if column.name in table.key:
        return _key(column, at)
    return _free(column, dice)


def _key(column: Field, at: int) -> str:
    if column.type == "integer":
        return str(at + 1)
    pattern = column.constraints.get("pattern", "")
    if pattern == "[A-Z][0-9]{2}":
        return f"C{at:02}"
    if pattern == r"https?://\S+":
        return f"https://example.org/{at}"
    return chr(ord("A") + at) if pattern.startswith("[A-Z]") else f"key{at}"


def _free(column: Field, dice: Random) -> str:
    if column.type == "boolean":
        return dice.choice(("yes", "no"))
    if column.type in ("integer", "number"):
        values = WHOLE if column.type == "integer" else NUMBERS
        return dice.choice([value for value in values if _allowed(column, float(value))])
    if column.type == "list":
        return "" if column.in_bibliography or column.items_from else "https://example.org"
    if pattern := column.constraints.get("pattern"):
        return "https://example.org/a?b=1&c=2" if "http" in pattern else "key0"
    return _text(dice, column.constraints.get("maxLength", 10_000))


def _allowed(column: Field, value: float) -> bool:
    given: dict[str, Any] = dict(column.constraints)
    return (
        given.get("minimum", value) <= value <= given.get("maximum", value)
        and value > given.get("exclusiveMinimum", value - 1)
        and value < given.get("exclusiveMaximum", value + 1)
    )


def _planned(row: Row, dice: Random) -> Row:
    return row | {"value": dice.choice(PLANS[row["use"]])} if row.get("use") in PLANS else row


def _text(dice: Random, longest: int) -> str:
    return dice.choice(TEXTS)[:longest].strip()


def _without_misfits(table: Table, row: Row) -> Row:
    # Parts that are more than their total are refused, so a total here has none.
    return row | {part: "" for rule in table.totals for part in rule.parts}


def _save(path: Path, table: Table, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _cite(path: Path, package: Package, studies: list[Row], dice: Random) -> None:
    last = int(package.searched[:4])
    entries = []
    for row in studies:
        author = dice.choice(("", "  author = {Doe, Jane and Roe, Richard and others},\n"))
        title = dice.choice(("Plain words", "word " * 60, "Fee of 5 to 50% & more <b>"))
        year = dice.choice((1900, last, last + 1))
        entries.append(
            f"@misc{{{row['study']},\n{author}  title = {{{title}}},\n  year = {{{year}}},\n}}\n"
        )
    path.write_text("\n".join(entries) or "% no study\n", encoding="utf-8")
