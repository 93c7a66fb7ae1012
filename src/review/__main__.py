"""The command line: `python -m review` with `check`, `dictionary`, `figures`, `slides` or `new`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from review import schema, skeleton, tables
from review.dictionary import dictionary
from review.facets import select
from review.faults import DataError, Fault
from review.files import shown
from review.selection import Selection, SelectionError
from review.tables import Review


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 when all is well, 1 when the data has faults.

    See `export.command` for those of an export.
    """
    chosen = _parser().parse_args(arguments)
    try:
        code: int = chosen.run(chosen)
    except DataError as error:
        print(error)
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m review", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with the data, or count it")
    _add_places(check)
    check.set_defaults(run=_check)
    write = commands.add_parser("dictionary", help="write README.md, the dictionary of the tables")
    write.add_argument("--data", metavar="DIR", help="folder with the tables (default: data)")
    write.set_defaults(run=_dictionary)
    export = commands.add_parser("figures", help="write figures, their rows and references")
    _add_places(export)
    _add_view(export)
    export.set_defaults(run=_figures)
    talk = commands.add_parser("slides", help="write the figures as slides for a talk")
    _add_places(talk)
    talk.add_argument("--out", metavar="FILE", required=True, help="such as talk.pptx")
    _add_choice(talk)
    talk.set_defaults(run=_slides)
    new = commands.add_parser("new", help="write a review to be filled in, with example studies")
    new.add_argument("folder", metavar="DIR", type=Path, help="a new or empty folder")
    new.set_defaults(run=_new)
    return parser


def _add_places(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data", metavar="DIR", help="folder with the tables (default: data)")
    command.add_argument("--bib", metavar="FILE", help="references (default: beside that folder)")


def _add_view(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", metavar="DIR", required=True, help="folder to write into")
    _add_choice(command)
    command.add_argument("--formats", metavar="FORMAT", nargs="+", help="svg, png, pdf, html")
    command.add_argument("--scale", metavar="N", type=int, help="pixels of a png: 1, 2 or 4 times")
    command.add_argument("--shape", metavar="SHAPE", help="16:9, 4:3 or 1:1")
    command.add_argument("--background", metavar="WORD", help="white, transparent or dark")
    command.add_argument(
        "--from", metavar="FILE", dest="view", help="view.json of an export, to make it again"
    )


def _add_choice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--only", metavar="NAME", nargs="+", help="names of figures")
    command.add_argument("--select", metavar="TEXT", help="such as 'subject=human&route=oral'")


def _check(chosen: argparse.Namespace) -> int:
    review = tables.load(chosen.data, chosen.bib)
    faults = list(_funnel(review, _folder(chosen)))
    if faults:
        raise DataError(faults)
    rest = [f"{len(table)} {_name(name)}" for name, table in review.tables.items()][1:]
    counts = ", ".join([*rest, f"{len(review.references)} references"])
    found = f"{len(review.studies)} studies: {_subjects(review)}; {counts}"
    print(f"{found}\ndata version {review.version}")
    return 0


def _funnel(review: Review, folder: Path) -> Iterator[Fault]:
    # Told here and not when loading, since selections stand on top of the tables.
    path = shown(folder / review.package.tables["funnel"].path)
    for row, adds in enumerate(review.tables["funnel"]["adds"].fillna(""), 2):
        try:
            select(review, Selection.parse(adds))
        except SelectionError as error:
            yield Fault(path, f"row {row}", "adds", str(error))


def _subjects(review: Review) -> str:
    words = review.package.column("studies.subject").words
    counts = review.studies["subject"].value_counts()
    return ", ".join(f"{counts[word.value]} {word.label.lower()}" for word in words)


def _name(table: str) -> str:
    return table.replace("_", " ")


def _dictionary(chosen: argparse.Namespace) -> int:
    folder = _folder(chosen)
    path = folder / "README.md"
    path.write_text(dictionary(schema.read(folder)), encoding="utf-8", newline="\n")
    print(f"wrote {folder.name}/{path.name}")
    return 0


def _figures(chosen: argparse.Namespace) -> int:
    # The other commands need no charts, which take a second to load.
    from review.export import command

    return command.figures(chosen)


def _slides(chosen: argparse.Namespace) -> int:
    from review.export import command

    return command.slides(chosen)


def _folder(chosen: argparse.Namespace) -> Path:
    return Path(chosen.data) if chosen.data else tables.ROOT / "data"


def _new(chosen: argparse.Namespace) -> int:
    skeleton.write(chosen.folder)
    print(f"wrote {chosen.folder}; {chosen.folder / 'README.md'} says what to fill in")
    return 0


if __name__ == "__main__":
    sys.exit(main())
