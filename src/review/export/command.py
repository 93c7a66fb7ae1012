"""`python -m review figures` and `python -m review slides`: exports from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from review import provenance, tables
from review.export import files, views
from review.export.folders import ExportError
from review.export.pictures import NoChromeError, PictureError
from review.export.slides import slides as write_slides
from review.export.views import View, ViewError
from review.selection import Selection, SelectionError
from review.tables import Review

FAILED, MISUSED, NO_CHROME = 1, 2, 3


def figures(chosen: argparse.Namespace) -> int:
    """Export what was asked for and return the exit code.

    That is 1 where nothing could be written, 2 where what was asked for cannot be meant, and 3
    where there is no Chrome, so that the pictures are missing.
    """
    return _answered(_figures, chosen)


def slides(chosen: argparse.Namespace) -> int:
    """Write the slides that were asked for and return the exit code, as for `figures`."""
    return _answered(_slides, chosen)


def _answered(work: Callable[[Review, argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    review = tables.load(chosen.data, chosen.bib)
    try:
        return work(review, chosen)
    except (ViewError, SelectionError) as error:
        return _refused(error, MISUSED)
    except (ExportError, PictureError) as error:
        return _refused(error, FAILED)
    except NoChromeError as error:
        return _refused(error, NO_CHROME)


def _figures(review: Review, chosen: argparse.Namespace) -> int:
    with _bar("file") as progress:
        exported = files.make(review, chosen.out, _view(review, chosen), progress)
    print(exported)
    return NO_CHROME if exported.missing else 0


def _slides(review: Review, chosen: argparse.Namespace) -> int:
    selection = Selection.parse(chosen.select or "")
    with _bar("slide") as progress:
        path = write_slides(review, chosen.out, chosen.only, selection, progress)
    print(f"wrote {path.name}: {provenance.of(review, selection).counts}")
    return 0


@contextmanager
def _bar(unit: str) -> Iterator[files.Progress]:
    # Drawn on a terminal only; a log would get a line for each file.
    with tqdm(unit=unit, disable=None, leave=False) as bar:

        def _tell(done: int, total: int, name: str) -> None:
            bar.total, bar.n = total, done
            bar.set_description(name)

        yield _tell


def _view(review: Review, chosen: argparse.Namespace) -> View:
    view = View()
    if chosen.view:
        view, version = views.read(Path(chosen.view))
        if warning := views.outdated(version, review.version):
            print(warning, file=sys.stderr)
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


def _refused(error: Exception, code: int) -> int:
    print(error, file=sys.stderr)
    return code
