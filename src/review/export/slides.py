"""The figures as slides for a talk, each with what it comes to, where it is from and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
from pptx.presentation import Presentation as Deck

from review import evidence, folders, guide, provenance
from review.export import deck, pictures
from review.export.files import Progress
from review.export.stamps import Stamp, stamped
from review.export.views import Settings, View
from review.facets import select
from review.figures import NAMES, draw
from review.folders import ExportError
from review.provenance import SEPARATOR, Provenance
from review.selection import Selection
from review.style import SLIDE
from review.tables import Review

# Pixels of a picture for each of its own: fine enough for any projector.
SCALE = 2
# Nobody reads more in the notes of a slide, and a program takes seconds to open 100,000.
MOST = 200
MORE = "and {:,} more, in references.bib of an export of the figures"
METHODS = "Methods and licence"
NO_ADVICE = "This is not a systematic review, and nothing here is medical advice."
COUNTED = (
    "Findings are those that the authors report. Counting them shows where evidence is missing, "
    "not what works."
)


def slides(
    review: Review,
    out: str | Path,
    only: Sequence[str] | None = None,
    selection: Selection | None = None,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> Path:
    """Return the path of a new PowerPoint file: a title slide, one per figure, and the methods.

    `only` names some figures; `progress` is told done, total and a name; `settings` are those of
    a `View`. The file is written whole or not at all. Raises ViewError, SelectionError,
    ExportError, NoChromeError or PictureError.
    """
    path, view = (
        _file(Path(out)),
        View(tuple(NAMES if only is None else only), settings=settings or {}),
    )
    view.check(review)
    tell = progress or _silent
    origin, chosen = provenance.of(review, selection), select(review, selection or Selection())
    # A property of the file takes 255 letters, so the selection stands on the slides alone.
    talk = deck.empty(origin.question, SEPARATOR.join(origin.lines[1:]), origin.searched)
    notes = f"{evidence.headline(chosen)}\n\n{origin.line}"
    deck.add_opening(talk, origin.question, _lines(origin, deck.FACTS.size), notes)
    with pictures.renderer() as render, folders.folder(path.parent) as staging:
        for done, name in enumerate(view.figures):
            tell(done, len(view.figures), name)
            _add_figure(talk, chosen, name, view, origin, render)
        deck.add_text(talk, METHODS, _methods(review, origin), origin.line)
        folders.write(staging / path.name, deck.packed(talk))
        tell(len(view.figures), len(view.figures), path.name)
    return path


def _file(path: Path) -> Path:
    # Said before anything is drawn, which takes a while.
    if path.name in ("", "..") or path.is_dir():
        raise ExportError(f"{path} is a folder, expected a file; name one such as talk.pptx.")
    return path


def _silent(done: int, total: int, name: str) -> None:
    pass


def _add_figure(
    talk: Deck, chosen: Review, name: str, view: View, origin: Provenance, render: pictures.Render
) -> None:
    asked = view.settings.get(name, {})
    origin = replace(origin, asked=view.asked(chosen, name))
    frame = getattr(evidence, name)(chosen, **asked)
    figure, said = draw(chosen, name, look=SLIDE, frame=frame)
    title = evidence.takeaway(name, frame)
    notes = [guide.read(name), said, origin.line, _references(chosen, frame)]
    deck.add_picture(
        talk,
        title=title,
        png=stamped(render(figure, "png", SCALE), "png", Stamp(name, title, said, origin)),
        said=said,
        foot=_foot(origin),
        notes="\n\n".join(notes),
    )


def _foot(origin: Provenance) -> str:
    return SEPARATOR.join(_lines(origin, lambda lines: deck.FOOT.size([SEPARATOR.join(lines)])))


def _lines(origin: Provenance, fits: Callable[[list[str]], int | None]) -> list[str]:
    """Return the lines of provenance, with as much of the selection as there is room for."""
    shown, *rest = origin.lines
    words = shown.split()
    while words and not fits([shown, *rest]):
        words.pop()
        shown = f"{' '.join(words)} …"
    return [shown, *rest]


def _references(chosen: Review, frame: pd.DataFrame) -> str:
    keys = _studies(chosen, frame)
    if not keys:
        return "No study stands behind this figure."
    told = sorted(chosen.references[key].full() for key in keys)
    count = "this study" if len(told) == 1 else f"these {len(told)} studies"
    rest = [MORE.format(len(told) - MOST)] if len(told) > MOST else []
    return "\n".join([f"Computed from {count}:", *told[:MOST], *rest])


def _studies(chosen: Review, frame: pd.DataFrame) -> set[str]:
    if "study" in frame:
        return set(frame["study"])
    if "keys" in frame:
        return {key for keys in frame["keys"] for key in keys.split()}
    return set(chosen.studies["study"])


def _methods(review: Review, origin: Provenance) -> list[str]:
    return [
        review.package.description,
        f"The evidence was searched in {origin.searched}. Data version: {origin.version}.",
        COUNTED,
        NO_ADVICE,
        f"Licence: {origin.licence} {origin.licence_url}".strip(),
    ]
