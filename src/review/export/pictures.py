"""Figures to pictures, by one Chrome that is started once, waited for so long and no longer."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from threading import Thread
from typing import Any

import plotly.graph_objects as go

from review import scratch
from review.faults import Refusal, quiet

Render = Callable[..., bytes]
SECONDS = 30.0
STOP_SECONDS = 5.0
PREFIX = "review-chrome-"
NO_PLACE = "Chrome needs the folder for temporary files, which cannot be used"
NO_PLACE_ADVICE = "Make room in it, or name another in TMPDIR."
ADVICE = (
    "install one (Debian: apt-get install chromium fonts-liberation; anywhere: "
    "plotly_get_chrome) or name it in BROWSER_PATH"
)


class NoChromeError(Refusal, RuntimeError):
    """There is no Chrome to draw with; says how to get one."""

    code = 3


class PictureError(Refusal, RuntimeError):
    """Chrome hung or died, and did so again, or it refused a figure."""


@contextlib.contextmanager
def renderer(seconds: float = SECONDS) -> Iterator[Render]:
    """Give `render(figure, format, scale=1)`, which returns a picture as bytes.

    Formats are png, svg and pdf; the size is that of the figure's layout in px. One Chrome draws
    them all and is gone afterwards. Raises NoChromeError at once where there is none. A Chrome
    that dies, or is silent for `seconds`, is replaced once; then PictureError is raised.
    """
    # A Chrome that had to be replaced is no matter; one that could not be is raised.
    with contextlib.ExitStack() as stack:
        stack.enter_context(quiet("choreographer"))
        place = stack.enter_context(_place())
        drawing = stack.enter_context(contextlib.closing(_Drawing(seconds, place)))
        drawing.start()
        yield drawing.render


@contextlib.contextmanager
def _place() -> Iterator[Path]:
    """Give a folder for what Chrome writes; in the end those of killed exports are removed too."""
    with contextlib.ExitStack() as stack:
        try:
            parent = _parent()
            # Not before, since a Chrome whose export was killed writes on for a moment.
            stack.callback(scratch.sweep, parent, PREFIX)
            place = stack.enter_context(scratch.folder(parent, PREFIX))
        except (OSError, RuntimeError) as error:
            why = getattr(error, "strerror", None) or str(error)
            raise PictureError(f"{NO_PLACE}: {why}. {NO_PLACE_ADVICE}") from error
        yield place


def _parent() -> Path:
    from choreographer.browsers import Chromium

    # A Chrome out of a snap has a folder for temporary files of its own; see
    # https://github.com/plotly/choreographer, `Chromium.is_isolated`.
    isolated = "snap" in str(Chromium.find_browser(skip_local=False))
    return Path.home() if isolated else Path(tempfile.gettempdir())


class _Drawing:
    """A Chrome and its successor."""

    def __init__(self, seconds: float, place: Path) -> None:
        self._seconds, self._place = seconds, place
        self._chrome: _Chrome | None = None

    def start(self) -> None:
        """Start Chrome, or say that there is none."""
        self._tried("start", lambda chrome: b"")

    def render(self, figure: go.Figure, format: str, scale: float = 1) -> bytes:
        """Return the picture of a figure."""
        spec, options = figure.to_dict(), {"format": format, "scale": scale}
        return self._tried(
            f"draw a figure as {format}",
            lambda chrome: chrome.wait(chrome.kaleido.calc_fig(spec, options), self._seconds),
        )

    def close(self) -> None:
        """End Chrome, if it is there."""
        if self._chrome:
            self._chrome.stop()
            self._chrome = None

    def _tried(self, what: str, work: Callable[[_Chrome], bytes]) -> bytes:
        try:
            return self._once(work)
        except NoChromeError:
            raise
        except Exception:
            # A Chrome that hung or died is replaced, once.
            pass
        try:
            return self._once(work)
        except Exception as error:
            raise PictureError(self._said(what, error)) from error

    def _once(self, work: Callable[[_Chrome], bytes]) -> bytes:
        try:
            if not self._chrome:
                self._chrome = _Chrome(self._place)
                self._chrome.open(self._seconds)
            return work(self._chrome)
        except BaseException:
            if self._chrome:
                self._chrome.kill()
            self.close()
            raise

    def _said(self, what: str, error: Exception) -> str:
        from kaleido.errors import BrowserClosedError, BrowserFailedError

        if isinstance(error, TimeoutError):
            why = f"it was silent for {self._seconds:g} s"
        elif isinstance(error, CancelledError | BrowserClosedError | BrowserFailedError):
            why = "it ended before it was done"
        else:
            why = f"it said {error}"
        return f"Chrome did not {what}: {why}. A second one was tried, which did no better."


class _Chrome:
    """One Chrome, talked to from an event loop in a thread of its own.

    Kaleido's own server has no bound: it waits for ever for a Chrome that does not start.
    """

    def __init__(self, place: Path) -> None:
        self.kaleido: Any = None
        self._place = place
        started = Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]()
        self._thread = Thread(target=asyncio.run, args=(_stay(started),), daemon=True)
        self._thread.start()
        self._loop, self._over = started.result()

    def open(self, seconds: float) -> None:
        """Start Chrome within so many seconds."""
        self.wait(self._open(), seconds)

    def wait(self, work: Coroutine[Any, Any, Any], seconds: float) -> Any:
        """Return what this work for the loop comes to; raises TimeoutError after that time."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        finally:
            future.cancel()

    def stop(self) -> None:
        """Close Chrome, kill it if it does not, and end the loop."""
        with contextlib.suppress(Exception):
            self.wait(self._close(), STOP_SECONDS)
        self.kill()
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(STOP_SECONDS)

    def kill(self) -> None:
        """End Chrome and its helpers, whatever they do."""
        process = getattr(self.kaleido, "subprocess", None)
        if process is None or process.poll() is not None:
            return
        # Chrome is started as the head of a group, to which its helpers belong.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        process.wait(STOP_SECONDS)

    async def _open(self) -> None:
        import kaleido
        from kaleido.errors import ChromeNotFoundError

        page = self._place / "index.html"
        try:
            # MathJax would be asked from a server on the internet.
            page.write_text(kaleido.PageGenerator(mathjax=False).generate_index(), "utf-8")
            self.kaleido = _on_one_page(kaleido.Kaleido)(
                page_generator=page, timeout=None, tmp_dir=str(self._place)
            )
        except ChromeNotFoundError as error:
            raise NoChromeError(_missing()) from error
        await self.kaleido.open()

    async def _close(self) -> None:
        if self.kaleido:
            await self.kaleido.close()


def _on_one_page(plain: type) -> type:
    """Return a Kaleido that draws one picture after the other on the same page."""

    class Kaleido(plain):  # type: ignore[misc]  # loaded late, so of no known type
        async def _return_kaleido_tab(self, tab: Any) -> None:
            # It would load its page anew after each, which takes longer than the picture.
            await self.tabs_ready.put(tab)

    return Kaleido


async def _stay(started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    loop, over = asyncio.get_running_loop(), asyncio.Event()
    # What failed is raised by `wait`; the loop would print it once more.
    loop.set_exception_handler(lambda *_: None)
    started.set_result((loop, over))
    await over.wait()


def _missing() -> str:
    named = os.environ.get("BROWSER_PATH")
    found = f"BROWSER_PATH names no program: {named}" if named else "no Chrome or Chromium found"
    return f"{found}; {ADVICE}"
