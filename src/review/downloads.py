"""Buttons that take what a panel shows to a talk: pictures, all figures, slides, the studies."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from tempfile import gettempdir
from textwrap import shorten
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import ipywidgets as widgets
import traitlets

from review import provenance, scratch
from review.facets import select
from review.picker import Picker
from review.scripts import Scripted
from review.shared import Shared

# Loaded when something is saved, since no chart needs it.
if TYPE_CHECKING:
    from review.export import View
    from review.export.files import Progress

ZIP = "application/zip"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LONGEST_NAME = 90
PREFIX = "review-save-"
STOPPED = "Stopped. Nothing was saved."


class Saver(Scripted):
    """Hands files to the browser and says how it goes."""

    _own = ("downloads.js",)
    said = traitlets.Unicode().tag(sync=True)


class Downloads:
    """A row of buttons for what filters and picker show now."""

    def __init__(self, shared: Shared, picker: Picker) -> None:
        self._shared, self._picker = shared, picker
        self._saver = Saver()
        self._bar = widgets.IntProgress(description="Files")
        self._bar.layout.display = "none"
        row = [widgets.HTML("<b>Save</b>"), *self._buttons()]
        self.box = widgets.VBox([widgets.HBox(row), self._bar, self._saver])
        self.box.add_class("review-downloads")

    def _buttons(self) -> list[widgets.Button]:
        named: list[tuple[str, str, Callable[[], None]]] = [
            ("PNG", "This figure as a picture, drawn by the browser", lambda: self._draw("png")),
            ("SVG", "This figure as a drawing, made by the browser", lambda: self._draw("svg")),
            ("This figure", "In every format, with its rows and references", self._one),
            ("All figures", "Every figure in every format, with rows and references", self._all),
            ("Slides", "A talk with a slide for each figure", self._slides),
            ("Studies", "The studies shown, as a table and as references", self._studies),
        ]
        buttons = []
        for text, tooltip, act in named:
            button = widgets.Button(description=text, tooltip=tooltip)
            button.on_click(lambda _, act=act: self._tried(act))
            buttons.append(button)
        return buttons

    def _draw(self, format: str) -> None:
        from review.export.files import drawn

        review, selection = self._shared.review, self._shared.selection
        name, view = self._picker.name, self._view(figures=(self._picker.name,))
        # Not what the panel holds, whose studies are in the order of its table.
        figure, _ = drawn(select(review, selection), provenance.of(review, selection), name, view)
        message = {"figure": json.loads(figure.to_json()), "format": format}
        self._saver.send({"draw": message | {"name": self._name(name, view)}})

    def _one(self) -> None:
        self._export(self._view(figures=(self._picker.name,)), self._picker.name)

    def _all(self) -> None:
        self._export(self._view(), "figures")

    def _studies(self) -> None:
        self._export(self._view(figures=(), formats=()), "studies")

    def _export(self, view: View, name: str) -> None:
        from review.export import make

        with _place() as folder:
            exported = make(self._shared.review, folder, view, self._progress())
            packed = _zipped(exported.files)
        self._offer(f"{self._name(name, view)}.zip", ZIP, packed, exported.missing)

    def _slides(self) -> None:
        from review.export import slides

        with _place() as folder:
            path = folder / f"{self._name('slides')}.pptx"
            review, selection = self._shared.review, self._shared.selection
            slides(review, path, None, selection, self._progress(), self._picker.changed)
            talk = path.read_bytes()
        self._offer(path.name, PPTX, talk, "")

    def _offer(self, name: str, type: str, content: bytes, said: str) -> None:
        self._saver.send({"offer": {"name": name, "type": type}}, buffers=[content])
        self._saver.said = said

    def _tried(self, act: Callable[[], None]) -> None:
        self._saver.said = ""
        try:
            # A part of a review is refused whatever is selected of it.
            provenance.of(self._shared.review)
            act()
        except KeyboardInterrupt:
            self._saver.said = STOPPED
        except Exception as error:
            # Raised in a click, it would end up in a log that no reader opens.
            self._saver.said = f"Nothing was saved: {_words(error)}"
        finally:
            self._bar.layout.display = "none"

    def _progress(self) -> Progress:
        def tell(done: int, total: int, name: str) -> None:
            self._bar.layout.display = ""
            self._bar.max, self._bar.value = total, done
            self._saver.said = f"{name}, {done} of {total}"

        return tell

    def _view(self, **given: Any) -> View:
        """Return the view of what is selected; of what was set, as far as its figures go."""
        from review.export import View

        view = View(selection=str(self._shared.selection), **given)
        changed = self._picker.changed.items()
        return replace(
            view, settings={name: asked for name, asked in changed if name in view.figures}
        )

    def _name(self, what: str, view: View | None = None) -> str:
        review, selection = self._shared.review, unquote(str(self._shared.selection))
        asked = view.settings.get(what, "") if view else ""
        said = _short(f"{review.package.name} {what} {asked} {selection}")
        return f"{said}-data-{review.version}"


@contextmanager
def _place() -> Iterator[Path]:
    """Give a folder to write to; those of kernels that were killed are removed."""
    parent = Path(gettempdir())
    scratch.sweep(parent, PREFIX)
    with scratch.folder(parent, PREFIX) as place:
        yield place


def _short(text: str) -> str:
    """Return words that any system takes as the name of a file, cut after a whole one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = " ".join(re.findall(r"[a-z0-9]+", plain))
    return shorten(words, LONGEST_NAME, placeholder="").replace(" ", "-")


def _words(error: Exception) -> str:
    # The cause of what an export says of its folder, which is a temporary one here.
    fault = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(fault, OSError):
        return f"the folder for temporary files cannot be written to: {fault.strerror}."
    return str(error) if isinstance(error, RuntimeError | ValueError) else repr(error)


def _zipped(files: tuple[Path, ...]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for file in files:
            # Without a date of its own the archive is the same each time.
            archive.writestr(ZipInfo(file.name), file.read_bytes(), ZIP_DEFLATED)
    return packed.getvalue()
