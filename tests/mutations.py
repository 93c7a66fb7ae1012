"""The files of a small review, spoiled in every way we know; and what must hold of the result.

A case is a list of names of mutations, each with a number from which it draws what it needs.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from review import DataError, Review, tables
from review.skeleton import TEMPLATE

DESCRIPTOR, BIB = "data/datapackage.json", "references.bib"
Files = dict[str, bytes]
BASE: Files = {
    str(path.relative_to(TEMPLATE)): path.read_bytes()
    for path in sorted([*TEMPLATE.glob("data/*.csv"), TEMPLATE / DESCRIPTOR, TEMPLATE / BIB])
}
TABLES = [name for name in BASE if name.endswith(".csv")]
# Columns that take any text.
FREE = {
    f"data/{table['path']}": {
        column["name"]
        for column in table["schema"]["fields"]
        if column["type"] == "string" and not {"constraints", "categories"} & column.keys()
    }
    - {"condition"}
    for table in json.loads(BASE[DESCRIPTOR])["resources"]
    if table["name"] in ("studies", "arms", "outcomes", "compounds", "species", "limits")
}
# What a value, a cell or a field may become.
TEXTS = (
    "", " ", "0", "-1", "1e400", "1e-400", "NaN", "1,5", "1.234,56", "٢٠١٢", "9" * 5000, "yes",
    "x" * 10_001, "a" * 3000 + "!", "=1+1", "@x", "<b>", "$x$", "a\nb", "a\r\nb", "a\rb",
    "tab\there", "a;b", "a,b", 'a"b', "ü", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u202e",
    "\u2066", "\ufffe", "\ufeff", "\U0001ffff", "\u200b", "e\u0301", "Ω", "javascript:alert(1)",
    "https://example.org\n", "../../x", "/etc/hostname", "2026-13", "2026", "1e3", "0x10", "+5",
    "example_trial", "human", "a" * 41, "0" * 41, "0.000000000000000001", "1e16",
)  # fmt: skip
# Texts that any free cell may hold.
GOOD = [
    text
    for text in TEXTS
    if len(text) <= 10_000
    and (text.strip() or not text)
    and all(sign.isprintable() or sign in "\n\t" for sign in text.replace("\r\n", "\n"))
]
VALUES = (
    *TEXTS, None, True, False, 0, -1, 1.5, 10**400, float("nan"), float("inf"), [], {}, [[]],
    ["x"], [None], {"x": 1}, [{}] * 200, "(a+)+$", "[", "\ud800", "list", "integer", "number",
    ["study"], "studies.subject", "studies.nothing", "nothing", ".", "studies.csv", "x" * 200_000,
)  # fmt: skip
BYTES = (
    b"\0", b"\xff", b"\xfc", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n", b"\r\n", b'"', b",",
    b";", b"\t", b"{", b"}", b"@", b"\\", b"%", b"#", b"=", b"\x1a", b"\xe2\x80\xae", b" " * 5000,
)  # fmt: skip


def _byte(files: Files, dice: Random, name: str) -> None:
    """Put in, take out, repeat or cut bytes anywhere."""
    raw = files[name]
    one, other = sorted(dice.randrange(len(raw) + 1) for _ in range(2))
    files[name] = dice.choice(
        (
            raw[:one] + dice.choice(BYTES) + raw[one:],
            raw[:one] + dice.choice(BYTES) + raw[one + 1 :],
            raw[:one] + raw[one + 1 :],
            raw[:one] + raw[one:other] * 2 + raw[other:],
            raw[:one] + raw[other:],
            raw[:one],
        )
    )


def any_byte(files: Files, dice: Random) -> None:
    """Spoil bytes of any file."""
    _byte(files, dice, dice.choice([*files]))


def encoding(files: Files, dice: Random) -> None:
    """Write a file as another program would."""
    name = dice.choice([*files])
    text = files[name].decode("utf-8", "replace").replace("e", "é", 1)
    kinds = ("utf-16", "utf-16-le", "utf-32", "cp1252", "latin-1", "utf-8-sig", "utf-7", "cp037")
    ends = dice.choice(("\n", "\r\n", "\r"))
    files[name] = text.replace("\n", ends).encode(dice.choice(kinds), "replace")


def missing(files: Files, dice: Random) -> None:
    """Take a file away, or leave nothing in it."""
    name = dice.choice([*files])
    if dice.random() < 0.5:
        files[name] = b""
    else:
        del files[name]


def _rows(files: Files, name: str) -> list[list[str]]:
    text = files.get(name, b"").decode("utf-8", "replace")
    return list(csv.reader(io.StringIO(text, newline="")))


def _write(files: Files, name: str, rows: list[list[str]], **form: Any) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, **({"lineterminator": "\n", "quoting": csv.QUOTE_ALL} | form)).writerows(rows)
    files[name] = text.getvalue().encode()


def cell(files: Files, dice: Random) -> None:
    """Set a cell."""
    name = dice.choice(TABLES)
    rows = _rows(files, name)
    if rows and (row := dice.choice(rows)):
        row[dice.randrange(len(row))] = dice.choice(TEXTS)
        _write(files, name, rows)


def free_text(files: Files, dice: Random) -> None:
    """Set cells of columns that may hold any text, and move columns and rows about."""
    name = dice.choice([*FREE])
    rows = _rows(files, name)
    if rows and all(len(row) == len(rows[0]) for row in rows):
        for row in rows[1:]:
            for at, column in enumerate(rows[0]):
                if column in FREE[name] and dice.random() < 0.5:
                    row[at] = dice.choice(GOOD)
        order = dice.sample(range(len(rows[0])), len(rows[0]))
        rows[1:] = dice.sample(rows[1:], len(rows) - 1)
        _write(files, name, [[row[at] for at in order] for row in rows])


def row(files: Files, dice: Random) -> None:
    """Repeat, take out or move a row, or make it longer or shorter."""
    name = dice.choice(TABLES)
    rows = _rows(files, name)
    if rows:
        at, to = dice.randrange(len(rows)), dice.randrange(len(rows))
        changed = dice.choice((rows[at], rows[at][:-1], [*rows[at], ""], []))
        rows = rows[:at] + rows[at + dice.randrange(2) :]
        rows[to:to] = [changed] * dice.choice((0, 1, 1, 2))
        _write(files, name, rows)


def form(files: Files, dice: Random) -> None:
    """Write a table with other separators and quotation marks."""
    name = dice.choice(TABLES)
    sign, quoting = dice.choice(",;\t|"), dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    first = dice.choice((b"", b"", b"sep=;\r\n", b"\n"))
    _write(files, name, _rows(files, name), delimiter=sign, quoting=quoting)
    files[name] = first + files[name]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each container of a description with each of its keys or places."""
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in list(steps):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def property_(files: Files, dice: Random) -> None:
    """Set, take out, rename, double or swap a property of the description."""
    try:
        spec = json.loads(files.get(DESCRIPTOR, b""))
        places = list(_places(spec))
    except (ValueError, TypeError, RecursionError):
        return  # Spoiled before.
    (holder, key), (other, there) = dice.choice(places), dice.choice(places)
    what = dice.randrange(6)
    if what == 0:
        del holder[key]
    elif what == 1:
        holder[key], other[there] = other[there], holder[key]
    elif what == 2 and isinstance(holder, list):
        holder.append(holder[key])
    elif what == 3 and isinstance(holder, dict):
        holder[str(dice.choice(TEXTS))] = holder.pop(key)
    else:
        holder[key] = dice.choice(VALUES)
    try:
        text = json.dumps(spec)
    except (ValueError, RecursionError):
        return  # What was put into itself cannot be written.
    files[DESCRIPTOR] = text.encode("ascii")


def description_text(files: Files, dice: Random) -> None:
    """Put a property twice, or text as it stands, into the description."""
    text = files.get(DESCRIPTOR, b"").decode("utf-8", "replace")
    found = list(re.finditer(r'"[^"]*": ("[^"]*"|true|false|\d+),?', text))
    if found:
        part = dice.choice(found)
        new = dice.choice(
            (
                f"{part[0].rstrip(',')}, {part[0]}",
                f"{part[0].partition(':')[0]}: {'[' * 5000},",
                part[0].replace(part[1], dice.choice(("NaN", "-Infinity", "1e400", "9" * 5000))),
                part[0].replace(part[1], f'"{dice.choice(TEXTS)}"'),
            )
        )
        files[DESCRIPTOR] = (text[: part.start()] + new + text[part.end() :]).encode(
            "utf-8", "surrogatepass"
        )


def entry(files: Files, dice: Random) -> None:
    """Set or add a field of an entry of the bibliography."""
    text = files.get(BIB, b"").decode("utf-8", "replace")
    fields = list(re.finditer(r"(\w+) += \{([^}]*)\}", text))
    if fields:
        part = dice.choice(fields)
        names = ("author", "title", "year", "doi", "pmid", "url", "journal", "editor", "keywords")
        name = dice.choice((part[1], *names))
        new = f"{name} = {{{dice.choice(TEXTS)}}}"
        whole = dice.choice((new, f"{part[0]},\n  {new}"))
        files[BIB] = (text[: part.start()] + whole + text[part.end() :]).encode(
            "utf-8", "surrogatepass"
        )


MUTATIONS: dict[str, Callable[[Files, Random], None]] = {
    mutate.__name__: mutate
    for mutate in (
        any_byte,
        encoding,
        missing,
        cell,
        free_text,
        row,
        form,
        property_,
        description_text,
        entry,
    )
}
Case = list[tuple[str, int]]
CASES = st.lists(
    st.tuples(st.sampled_from([*MUTATIONS]), st.integers(0, 2**32)), min_size=1, max_size=3
)


def spoiled(case: Case) -> Files:
    """Return the files of the small review after these mutations, one after the other."""
    files = dict(BASE)
    for name, number in case:
        if files:
            MUTATIONS[name](files, Random(number))
    return files


def write(files: Files, folder: Path) -> None:
    """Write these files, and none of the others, into a folder."""
    (folder / "data").mkdir(exist_ok=True)
    for name in BASE:
        path = folder / name
        if name in files:
            path.write_bytes(files[name])
        else:
            path.unlink(missing_ok=True)


def loaded(folder: Path) -> Review | DataError:
    """Return the review with every cell as printed, or the error, whose faults say where."""
    try:
        review = tables.load(folder / "data", folder / BIB)
    except DataError as error:
        for fault in error.faults:
            assert fault.file in BASE, fault
            assert fault.place or fault.column or fault.problem.startswith(OF_THE_WHOLE), fault
            assert str(fault).isprintable(), fault
        return error
    for name, frame in review.tables.items():
        header, *rows = _rows({name: (folder / f"data/{name}.csv").read_bytes()}, name)
        header[0] = header[0].removeprefix("\ufeff")
        assert len(frame) == len(rows), name
        for at, column in enumerate(header):
            kind = review.package.tables[name][column]
            for value, said in zip(frame[column], (row[at] for row in rows), strict=True):
                assert _same(value, said, kind.type, kind.delimiter), (name, column, said)
    return review


OF_THE_WHOLE = (
    "file not found", "is empty", "is UTF-16", "is a packed file", "is nested", "holds a number of",
    "is a list", "is text", "is a number", "is null", "is true", "property ", "has ",
)  # fmt: skip


def _same(value: Any, said: str, kind: str, delimiter: str) -> bool:
    if not isinstance(value, tuple) and (pd.isna(value) or said == ""):
        return bool(said == "" and pd.isna(value))
    if kind == "list":
        return bool(value == tuple(said.split(delimiter)))
    if kind == "boolean":
        return bool(value == {"yes": True, "no": False}[said])
    if kind == "integer":
        return bool(value == int(said))
    return bool(value == (float(said) if kind == "number" else said))
