"""`datapackage.json`: read strictly, and refused where the code could not read its tables."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

from review.faults import DataError, Fault, quote, short
from review.files import UNSEEN, read_text, shown, unseen
from review.schema.shape import Place, Problems, misshapen, written

DESCRIPTOR = "datapackage.json"
# Every new review begins with these tables, and the code reads no others.
TEMPLATE = Path(__file__).parents[1] / "template" / "data" / DESCRIPTOR
# Columns are named after what was given, which each review calls otherwise.
TREATED = '_treated"'
KNOWN_NUMBERS = {"n_total", "n_control"}
OF_SCHEMA = ("primaryKey", "foreignKeys", "partsOfTotals")
# What only the columns of the template have, since the code must know what it leads to.
OF_TEMPLATE = ("delimiter", "sharedCategories", "itemsFrom", "inBibliography")
# What a cell of a column of a review's own can be held to, by its type.
OWN_CONSTRAINTS = {
    "string": ("required",),
    "boolean": ("required",),
    "integer": ("required", "minimum", "maximum"),
    "number": ("required", "minimum", "maximum"),
}
# Columns that the studies get from their references.
JOINED = ("citation", "title", "authors", "journal", "doi", "pmid", "year")
OF_COLUMN = ("type", "constraints", "delimiter", "sharedCategories", "itemsFrom", "inBibliography")
DEEPEST = 12
# More faults of one file than anybody reads; a list of 500,000 wrong entries would have as many.
MOST = 500
TOO_DEEP = "is nested too deeply; remove what does not belong to a review"
LISTS = {"resources": "table", "fields": "column", "categories": "word"}
LINE_BREAKS = "\n\r"
Part = Mapping[str, Any]


class _Object(dict[str, Any]):
    """An object of JSON that remembers which of its properties stood more than once."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.doubled = [key for key, times in Counter(key for key, _ in pairs).items() if times > 1]


def read(folder: Path) -> Mapping[str, Any]:
    """Return the description of the tables in a folder, as it stands in `datapackage.json`.

    It fits the Data Package standard and `descriptor.json`, and its tables are those of the
    template, but for words, texts, the name of what was given and columns of its own. Raises
    DataError with every fault where they are not.
    """
    path = folder / DESCRIPTOR
    spec = _parsed(path, read_text(path))
    problems = list(islice(chain(_strange(spec), misshapen(spec)), MOST))
    if len(problems) < MOST:
        problems += _unlike(spec, folder, {place[:2] for place, _ in problems})
    if problems:
        said = dict.fromkeys((_named(spec, place), problem) for place, problem in problems)
        raise DataError([Fault(shown(path), where, "", problem) for where, problem in said])
    found: Mapping[str, Any] = spec
    return found


def _parsed(path: Path, text: str) -> Any:
    place, problem = "", TOO_DEEP
    try:
        spec = json.loads(text, object_pairs_hook=_Object)
        if _depth(spec) <= DEEPEST:
            return spec
    except json.JSONDecodeError as error:
        place, problem = f"line {error.lineno}", f"is not JSON: {error.msg}"
    except RecursionError:
        pass
    except ValueError:
        problem = "holds a number of more than 4,300 digits; write a shorter one"
    raise DataError([Fault(shown(path), place, "", problem)])


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)


def _named(spec: Any, place: Place) -> str:
    """Return a place in words: the names of table, column and word, and the property."""
    names, node, before = list[str](), spec, ""
    for at, step in enumerate(place, 1):
        node = node[step]
        if isinstance(step, int):
            called = node.get("name", node.get("value")) if isinstance(node, dict) else None
            known = isinstance(called, str) and called.strip()
            names.append(
                short(str(called)) if known else f"{LISTS.get(before, 'entry')} {step + 1}"
            )
        elif at == len(place) or step not in (*LISTS, "schema"):
            names.append(short(step))
        before = str(step)
    return ", ".join(names)


def _strange(value: Any, place: Place = ()) -> Problems:
    """Yield what no property may hold: signs that nobody sees, doubled keys, no real numbers."""
    if isinstance(value, str):
        if found := UNSEEN.search(value):
            yield place, unseen(found[0])
        elif any(sign in value for sign in LINE_BREAKS):
            yield place, "holds a line break; write one line"
    elif isinstance(value, float) and not math.isfinite(value):
        yield place, "is no number that can be written in digits"
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _strange(inner, (*place, at))
    elif isinstance(value, _Object):
        yield from ((place, f"property {quote(key)} stands twice") for key in value.doubled)
        for key, inner in value.items():
            yield from _strange(key, place)
            yield from _strange(inner, (*place, key))


def _unlike(spec: Any, folder: Path, broken: Collection[Place]) -> Problems:
    """Yield where tables are not those of the template; those `broken` are not compared."""
    if not isinstance(spec, dict) or "resources" not in spec or ("resources",) in broken:
        return
    places = {("resources", at): table for at, table in enumerate(spec["resources"])}
    tables = {place: table for place, table in places.items() if place not in broken}
    known = {table["name"]: table for table in _template(tables.values())["resources"]}
    if tables == places:
        names = [table["name"] for table in tables.values()]
        for name in dict.fromkeys(name for name in names if name not in known):
            problem = f"table {quote(name)} is not known; expected {', '.join(known)}"
            yield ("resources",), problem
        yield from _lost("table", ("resources",), names, [*known])
    for place, table in tables.items():
        if table["name"] in known:
            yield from _unlike_table(place, table, known[table["name"]], folder)


def _template(tables: Iterable[Part]) -> Any:
    text = TEMPLATE.read_text(encoding="utf-8")
    names = {
        column["name"]
        for table in tables
        if table["name"] in ("studies", "outcomes")
        for column in table["schema"]["fields"]
    }
    given = {name.removeprefix("n_") for name in names - KNOWN_NUMBERS if name.startswith("n_")}
    return json.loads(text.replace(TREATED, f'_{given.pop()}"') if len(given) == 1 else text)


def _unlike_table(place: Place, table: Part, known: Part, folder: Path) -> Problems:
    schema, columns = table["schema"], table["schema"]["fields"]
    yield from _differences(place, table, known, ["path"])
    yield from _differences((*place, "schema"), schema, known["schema"], OF_SCHEMA)
    expected = {column["name"]: column for column in known["schema"]["fields"]}
    yield from _lost("column", place, [column["name"] for column in columns], [*expected])
    for at, column in enumerate(columns):
        there = (*place, "schema", "fields", at)
        if column["name"] in expected:
            yield from _unlike_column(there, column, expected[column["name"]])
        else:
            yield from _unlike_own(there, column)
    target = os.path.realpath(folder / known["path"])
    if not Path(target).is_relative_to(os.path.realpath(folder)):
        yield (*place, "path"), "is a link that leads out of the folder; put the file itself there"


def _unlike_own(place: Place, column: Part) -> Problems:
    """Yield what a column cannot be that the template lacks, and that is stored and shown only."""
    if column["name"] in JOINED:
        yield place, "stands in references.bib; give the column another name"
    kind, known = column["type"], OWN_CONSTRAINTS.get(column["type"])
    if known is None:
        problem = f"is {written(kind)}, expected {' or '.join(OWN_CONSTRAINTS)} for your own column"
        yield (*place, "type"), problem
    for name in OF_TEMPLATE:
        if name in column:
            yield (*place, name), "is not read in a column of your own; remove it"
    for name, value in column.get("constraints", {}).items():
        if name not in (known or ()):
            yield (*place, "constraints", name), f"is not read for a {kind} of your own; remove it"
        elif name != "required" and (isinstance(value, bool) or not isinstance(value, int | float)):
            yield (*place, "constraints", name), f"is {written(value)}, expected a number"
    yield from _twice_said(place, column.get("categories", []))


def _unlike_column(place: Place, column: Part, known: Part) -> Problems:
    yield from _differences(place, column, known, OF_COLUMN)
    words = column.get("categories", [])
    if "categories" in known and not words:
        yield place, "property 'categories' is missing, expected the words of this column"
    elif words and "categories" not in known:
        yield (*place, "categories"), "is not read here; remove it"
    yield from _twice_said(place, words)


def _twice_said(place: Place, words: Sequence[Part]) -> Problems:
    for name in ("value", "label"):
        for text, times in Counter(word[name] for word in words).items():
            if times > 1:
                problem = f"the {name} {quote(text)} stands {times} times, expected once"
                yield (*place, "categories"), problem


def _differences(place: Place, part: Part, known: Part, names: Sequence[str]) -> Problems:
    for name in names:
        if name not in known and name in part:
            yield (*place, name), "is not read here; remove it"
        elif name not in part and name in known:
            yield place, f"property {name!r} is missing, expected {written(known[name])}"
        elif name in known and written(part[name]) != written(known[name]):
            problem = f"is {short(written(part[name]))}, expected {written(known[name])}"
            yield (*place, name), problem


def _lost(kind: str, place: Place, names: Sequence[str], known: Sequence[str]) -> Problems:
    for name, times in Counter(names).items():
        if times > 1:
            yield place, f"{kind} {quote(name)} stands {times} times, expected once"
    for name in known:
        if name not in names:
            yield place, f"{kind} {quote(name)} is missing; expected {', '.join(known)}"
