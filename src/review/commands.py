"""What each command of the command line does, and what can be asked of it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from review import folders, schema, skeleton, tables
from review.dictionary import dictionary
from review.endings import CODES, say
from review.tables import Review

NAME = "python -m review"
LONGEST_LINE = 300


def run(arguments: Sequence[str] | None) -> int:
    """Run the command that the arguments name and return its exit code."""
    chosen = _parser().parse_args(arguments)
    code: int = chosen.run(chosen)
    return code


class _Parser(argparse.ArgumentParser):
    """A parser that says in one line what it does not understand."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end with 2."""
        said = " ".join(message.splitlines())[:LONGEST_LINE]
        say(f"{self.prog}: {said}; see {self.prog} --help", sys.stderr)
        sys.exit(2)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=NAME,
        description="Check a review, write its figures, or begin one.",
        epilog=CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with the data, or count it")
    _add_places(check)
    check.set_defaults(run=_check)
    write = commands.add_parser("dictionary", help="write README.md, the dictionary of the tables")
    _add_data(write)
    write.set_defaults(run=_dictionary)
    export = commands.add_parser("figures", help="write figures, their rows and references")
    _add_places(export)
    _add_view(export)
    export.set_defaults(run=_figures)
    talk = commands.add_parser("slides", help="write the figures as slides for a talk")
    _add_places(talk)
    talk.add_argument("--out", metavar="FILE", type=_path, required=True, help="such as talk.pptx")
    _add_choice(talk)
    talk.set_defaults(run=_slides)
    new = commands.add_parser("new", help="write a review to be filled in, with example studies")
    new.add_argument("folder", metavar="DIR", type=_path, help="a new or empty folder")
    new.set_defaults(run=_new)
    return parser


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", metavar="DIR", type=_path, help="folder with the tables (default: data)"
    )


def _add_places(command: argparse.ArgumentParser) -> None:
    _add_data(command)
    command.add_argument(
        "--bib", metavar="FILE", type=_path, help="references (default: beside that folder)"
    )


def _add_view(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--out", metavar="DIR", type=_path, required=True, help="folder to write into"
    )
    _add_choice(command)
    command.add_argument("--formats", metavar="FORMAT", nargs="+", help="svg, png, pdf, html")
    command.add_argument("--scale", metavar="N", type=int, help="pixels of a png: 1, 2 or 4 times")
    command.add_argument("--shape", metavar="SHAPE", help="16:9, 4:3 or 1:1")
    command.add_argument("--background", metavar="WORD", help="white, transparent or dark")
    command.add_argument(
        "--from",
        metavar="FILE",
        dest="view",
        type=_path,
        help="view.json of an export, to make it again",
    )


def _add_choice(command: argparse.ArgumentParser) -> None:
    command.add_argument("--only", metavar="NAME", nargs="+", help="names of figures")
    command.add_argument("--select", metavar="TEXT", help="such as 'subject=human&route=oral'")


def _path(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("is empty, expected a path")
    if text == "-":
        raise argparse.ArgumentTypeError("'-' is no path; one of this name is ./-")
    try:
        raw = os.fsencode(text)
    except UnicodeEncodeError:
        raw = b"\0"
    if b"\0" in raw:
        raise argparse.ArgumentTypeError(f"{text!r} holds what no path can")
    return Path(text)


def _check(chosen: argparse.Namespace) -> int:
    review = tables.load(chosen.data, chosen.bib)
    rest = [f"{len(table)} {_name(name)}" for name, table in review.tables.items()][1:]
    counts = ", ".join([*rest, f"{len(review.references)} references"])
    found = f"{len(review.studies)} studies: {_subjects(review)}; {counts}"
    say(f"{found}\ndata version {review.version}")
    return 0


def _subjects(review: Review) -> str:
    words = review.package.column("studies.subject").words
    counts = review.studies["subject"].value_counts()
    return ", ".join(f"{counts[word.value]} {word.label.lower()}" for word in words)


def _name(table: str) -> str:
    return table.replace("_", " ")


def _dictionary(chosen: argparse.Namespace) -> int:
    folder = _folder(chosen)
    text = dictionary(schema.read(folder))
    with folders.folder(folder) as staging:
        folders.write(staging / "README.md", text.encode())
    say(f"wrote {folder.name}/README.md")
    return 0


def _figures(chosen: argparse.Namespace) -> int:
    # The other commands need no charts, which take a second to load.
    from review.export import command

    return command.figures(chosen)


def _slides(chosen: argparse.Namespace) -> int:
    from review.export import command

    return command.slides(chosen)


def _folder(chosen: argparse.Namespace) -> Path:
    folder: Path = tables.ROOT / "data" if chosen.data is None else chosen.data
    return folder


def _new(chosen: argparse.Namespace) -> int:
    skeleton.write(chosen.folder)
    say(f"wrote {chosen.folder}; {chosen.folder / 'README.md'} says what to fill in")
    return 0
