"""`python -m review figures` and `python -m review slides`: exports from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from tqdm import tqdm

from review import provenance, tables
from review.endings import say
from review.export import files, views
from review.export.pictures import NoChromeError
from review.export.slides import slides as write_slides
from review.export.views import View
from review.selection import Selection
from review.tables import Review


def figures(chosen: argparse.Namespace) -> int:
    """Export what was asked for and return 0, or the code for pictures that are missing.

    Raises DataError for faults of the data, and a Refusal for what cannot be done.
    """
    review = tables.load(chosen.data, chosen.bib)
    with _bar("file") as progress:
        exported = files.make(review, chosen.out, _view(review, chosen), progress)
    say(exported)
    return NoChromeError.code if exported.missing else 0


def slides(chosen: argparse.Namespace) -> int:
    """Write the slides that were asked for and return 0; raises as `figures` does."""
    review = tables.load(chosen.data, chosen.bib)
    selection = Selection.parse(chosen.select or "")
    with _bar("slide") as progress:
        path = write_slides(review, chosen.out, chosen.only, selection, progress)
    say(f"wrote {path.name}: {provenance.of(review, selection).counts}")
    return 0


@contextmanager
def _bar(unit: str) -> Iterator[files.Progress]:
    # Drawn on a terminal only; a log would get a line for each file.
    with tqdm(unit=unit, disable=None if sys.stderr else True, leave=False) as bar:

        def _tell(done: int, total: int, name: str) -> None:
            bar.total, bar.n = total, done
            bar.set_description(name)

        yield _tell


def _view(review: Review, chosen: argparse.Namespace) -> View:
    view = View()
    if chosen.view:
        view, version = views.read(chosen.view)
        if warning := views.outdated(version, review.version):
            say(warning, sys.stderr)
    return replace(view, **_given(chosen))


def _given(chosen: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of a view that the command line names; these go before those of a file."""
    given = {
        "figures": chosen.only and tuple(chosen.only),
        "selection": chosen.select,
        "formats": chosen.formats and tuple(chosen.formats),
        "scale": chosen.scale,
        "shape": chosen.shape,
        "background": chosen.background,
    }
    return {name: value for name, value in given.items() if value is not None}
