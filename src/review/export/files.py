"""An export: every picture of a view, and the tables and references that go with it."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from review import bibliography, evidence, folders, provenance
from review import figures as drawings
from review.export import literature, pages, pictures, tables, views
from review.export.frames import framed
from review.export.pictures import NoChromeError, Render
from review.export.stamps import Stamp, stamped
from review.export.views import FORMATS, View
from review.facets import select
from review.provenance import Provenance
from review.selection import Selection
from review.style import SHAPES
from review.tables import Review

Progress = Callable[[int, int, str], None]
Ready = tuple[go.Figure, Stamp]
Content = Callable[[], bytes]
Part = tuple[str, Content]
PICTURES = ("svg", "png", "pdf")
PAGE = "figures.html"
# A spreadsheet takes a CSV file for UTF-8 only if it starts with this mark.
MARKED = "utf-8-sig"


@dataclass(frozen=True)
class Exported:
    """The files that were written, in order, and what is missing, with how to get it."""

    files: tuple[Path, ...]
    provenance: Provenance
    missing: str = ""

    def __str__(self) -> str:
        place = self.files[0].parent.name
        said = f"wrote {len(self.files)} files to {place}: {self.provenance.counts}"
        return f"{said}\n{self.missing}" if self.missing else said


def figures(
    review: Review,
    out: str | Path,
    only: Sequence[str] | None = None,
    selection: Selection | None = None,
    formats: Sequence[str] = FORMATS,
    *,
    scale: int = 1,
    shape: str = "16:9",
    background: str = "white",
    progress: Progress | None = None,
) -> Exported:
    """Write figures of a selection to a folder, with their rows, studies and references.

    Each is NAME.svg, NAME.png and NAME.pdf, as asked for, and NAME.csv; `figures.html` has all of
    them. `only` names some; `scale` (1, 2 or 4) multiplies the pixels of a png; see
    `views.WORDS` for shapes and backgrounds. Where there is no Chrome, svg, png and pdf are left
    out and the result says so. Raises ViewError, SelectionError, ExportError or PictureError;
    then no file has changed.
    """
    view = View(
        figures=tuple(only) if only is not None else drawings.NAMES,
        selection=str(selection or Selection()),
        formats=tuple(formats),
        scale=scale,
        shape=shape,
        background=background,
    )
    return make(review, out, view, progress)


def make(review: Review, out: str | Path, view: View, progress: Progress | None = None) -> Exported:
    """Write what a view describes; see `figures`. `progress` is told done, total and a name."""
    view.check(review)
    selection = Selection.parse(view.selection)
    source, chosen = provenance.of(review, selection), select(review, selection)
    with ExitStack() as stack:
        staging = stack.enter_context(folders.folder(Path(out)))
        render, missing = _renderer(stack, view)
        by_chrome, others = _parts(chosen, source, view, render)
        # What needs no Chrome is written while Chrome draws, and no longer when that fails.
        aside = ThreadPoolExecutor(1)
        stack.callback(aside.shutdown, cancel_futures=True)
        work = dict[str, Callable[[], None]]()
        for name, content in others:
            work[name] = aside.submit(_put, staging / name, content).result
        work = {name: partial(_put, staging / name, content) for name, content in by_chrome} | work
        names = list(work)
        for done, name in enumerate(names):
            _tell(progress, done, len(names), name)
            work[name]()
        _tell(progress, len(names), len(names), names[-1])
    return Exported(tuple(Path(out) / name for name in names), source, missing)


def drawn(
    review: Review,
    source: Provenance,
    name: str,
    view: View,
    frame: pd.DataFrame | None = None,
) -> Ready:
    """Return the figure of this name as it leaves, with its stamp; `review` is narrowed before.

    `frame` is the figure's table, where there is one already.
    """
    look, asked = SHAPES[view.shape], view.settings.get(name, {})
    source = replace(source, asked=view.asked(review, name))
    figure, alt = drawings.draw(review, name, evidence.state(review), look, frame, **asked)
    title = figure.layout.title.text.split("<br>")[0]
    return framed(figure, source, look, view.background), Stamp(name, title, alt, source)


def _renderer(stack: ExitStack, view: View) -> tuple[Render | None, str]:
    asked = [format for format in PICTURES if format in view.formats]
    if not asked or not view.figures:
        return None, ""
    try:
        return stack.enter_context(pictures.renderer()), ""
    except NoChromeError as error:
        return None, f"Left out {', '.join(asked)}: {error}"


def _parts(
    chosen: Review, source: Provenance, view: View, render: Render | None
) -> tuple[list[Part], list[Part]]:
    """Return the name of each file and what gives its content: pictures, and all the others."""
    frames = {
        name: getattr(evidence, name)(chosen, **view.settings.get(name, {}))
        for name in view.figures
    }
    ready = [drawn(chosen, source, name, view, frame) for name, frame in frames.items()]
    by_chrome = list(_pictures(ready, view, render)) if render else []
    return by_chrome, list(_others(chosen, source, view, ready, frames))


def _pictures(ready: Sequence[Ready], view: View, render: Render) -> Iterator[Part]:
    for one in ready:
        for format in PICTURES:
            if format in view.formats:
                scale = view.scale if format == "png" else 1
                yield f"{one[1].name}.{format}", partial(_picture, render, one, format, scale)


def _others(
    chosen: Review,
    source: Provenance,
    view: View,
    ready: Sequence[Ready],
    frames: Mapping[str, pd.DataFrame],
) -> Iterator[Part]:
    if "html" in view.formats:
        yield PAGE, lambda: pages.page(ready, source, view.background).encode()
    for name, frame in frames.items():
        yield f"{name}.csv", partial(_csv, frame)
    yield "studies.csv", partial(_csv, chosen.studies)
    shown = [chosen.references[key] for key in chosen.studies["study"]]
    yield "references.bib", lambda: bibliography.bib(shown).encode()
    yield "references.ris", lambda: literature.ris(shown).encode()
    yield "view.json", lambda: views.written(view, source).encode()


def _put(path: Path, content: Content) -> None:
    folders.write(path, content())


def _picture(render: Render, one: Ready, format: str, scale: int) -> bytes:
    figure, stamp = one
    return stamped(render(figure, format, scale), format, stamp)


def _csv(frame: pd.DataFrame) -> bytes:
    encoder = codecs.getincrementalencoder(MARKED)()
    return b"".join(map(encoder.encode, tables.lines(frame)))


def _tell(progress: Progress | None, done: int, total: int, name: str) -> None:
    if progress:
        progress(done, total, name)
