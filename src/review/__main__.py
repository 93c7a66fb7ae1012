"""The command line: `python -m review check` and `python -m review dictionary`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from review import schema, tables
from review.dictionary import dictionary
from review.faults import DataError
from review.tables import Review


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 when the data has faults."""
    chosen = _parser().parse_args(arguments)
    try:
        print(chosen.run(chosen))
    except DataError as error:
        print(error)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m review", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with the data, or count it")
    check.add_argument("--data", metavar="DIR", help="folder with the tables (default: data)")
    check.add_argument("--bib", metavar="FILE", help="references (default: beside that folder)")
    check.set_defaults(run=_check)
    write = commands.add_parser("dictionary", help="write README.md, the dictionary of the tables")
    write.add_argument("--data", metavar="DIR", help="folder with the tables (default: data)")
    write.set_defaults(run=_dictionary)
    return parser


def _check(chosen: argparse.Namespace) -> str:
    review = tables.load(chosen.data, chosen.bib)
    rest = [f"{len(table)} {_name(name)}" for name, table in review.tables.items()][1:]
    counts = ", ".join([*rest, f"{len(review.references)} references"])
    return f"{len(review.studies)} studies: {_subjects(review)}; {counts}"


def _subjects(review: Review) -> str:
    words = review.package.column("studies.subject").words
    counts = review.studies["subject"].value_counts()
    return ", ".join(f"{counts[word.value]} {word.label.lower()}" for word in words)


def _name(table: str) -> str:
    return table.replace("_", " ")


def _dictionary(chosen: argparse.Namespace) -> str:
    folder = Path(chosen.data) if chosen.data else tables.ROOT / "data"
    path = folder / "README.md"
    path.write_text(dictionary(schema.read(folder)), encoding="utf-8", newline="\n")
    return f"wrote {folder.name}/{path.name}"


if __name__ == "__main__":
    sys.exit(main())
