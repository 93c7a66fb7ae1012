"""Pictures by a real Chrome: one for all of them, replaced once, and gone afterwards."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest
from PIL import Image
from playwright.sync_api import Browser
from pypdf import PdfReader

from review import Selection, export, provenance
from review.export import NoChromeError, PictureError, View, pictures
from review.export.files import drawn
from review.export.stamps import stable
from review.figures import NAMES
from tests.real import real, selected

pytestmark = pytest.mark.browser
SCIATICA = Selection.parse("condition=sciatica")
SOURCE = provenance.of(real(), SCIATICA)
FIGURE = go.Figure(layout={"width": 300, "height": 200, "title": {"text": "A title"}})
ON_POSIX = pytest.mark.skipif(os.name == "nt", reason="stops programs by signals")


@pytest.fixture(autouse=True)
def chrome(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", program)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every Chrome that is started in a test."""
    import kaleido

    found = list[subprocess.Popen[bytes]]()
    plain = kaleido.Kaleido.open

    async def note(self: Any) -> None:
        try:
            await plain(self)
        finally:
            found.append(self.subprocess)

    monkeypatch.setattr(kaleido.Kaleido, "open", note)
    return found


@pytest.fixture(scope="module")
def folder(program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every figure of a selection in every format."""
    place = tmp_path_factory.mktemp("export")
    export.figures(real(), place, selection=SCIATICA, scale=2, background="transparent")
    yield place


def group_of(chrome: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that belong to a Chrome, itself included."""
    listed = subprocess.run(["ps", "-eo", "pid=,pgid=,stat="], capture_output=True, text=True)
    rows = [line.split() for line in listed.stdout.splitlines()]
    return [int(pid) for pid, group, state in rows if int(group) == chrome.pid and state[0] != "Z"]


def test_one_chrome_draws_everything_and_is_gone(
    tmp_path: Path, started: list[subprocess.Popen[bytes]]
) -> None:
    export.figures(real(), tmp_path, only=["funnel", "dots"], formats=["svg", "png", "pdf"])
    assert len(started) == 1
    assert started[0].poll() is not None


def test_one_page_draws_them_all_the_same_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    from kaleido._kaleido_tab import _KaleidoTab

    loaded = list[object]()
    monkeypatch.setattr(_KaleidoTab, "reload", lambda tab: loaded.append(tab))
    figures = [drawn(real(), SOURCE, name, View())[0] for name in ("funnel", "trials")]
    with pictures.renderer() as render:
        found = [stable(render(figures[at], "svg").decode(), "a") for at in (0, 1, 1, 0)]
    assert found == [*found[:2], found[1], found[0]]
    assert loaded == []


@pytest.mark.parametrize("name", NAMES)
def test_svg_is_text_with_its_provenance(folder: Path, name: str) -> None:
    root = ElementTree.parse(folder / f"{name}.svg").getroot()
    assert root.get("role") == "img"
    words = [t for t in root.itertext() if t.strip()]
    for line in SOURCE.lines:
        assert any(line in text for text in words), line


@pytest.mark.parametrize("name", NAMES)
def test_png_has_its_size_its_texts_and_a_clear_ground(folder: Path, name: str) -> None:
    with Image.open(folder / f"{name}.png") as picture:
        assert picture.size == (2560, 1440)
        assert SOURCE.line in picture.text["Source"]
        assert picture.getpixel((2, 2)) == (0, 0, 0, 0)


@pytest.mark.parametrize("name", NAMES)
def test_pdf_is_one_page_of_text_with_its_provenance(folder: Path, name: str) -> None:
    reader = PdfReader(io.BytesIO((folder / f"{name}.pdf").read_bytes()))
    (page,) = reader.pages
    said = " ".join(page.extract_text().split())
    for line in SOURCE.lines:
        assert line in said
    assert set(reader.metadata or {}) == {"/Title", "/Subject", "/Keywords", "/Producer"}


def test_page_works_without_a_network_and_has_no_cloud(folder: Path, browser: Browser) -> None:
    context = browser.new_context(offline=True)
    page, errors, asked = context.new_page(), list[str](), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / "figures.html").as_uri())
    page.wait_for_function(
        f"document.querySelectorAll('.plotly-graph-div .legend2').length === {len(NAMES)}"
    )
    assert errors == []
    assert [
        address for address in asked if not address.startswith(("file:", "data:", "blob:"))
    ] == []
    assert page.locator(".modebar-btn, a[href]").count() == 0
    assert page.locator("figcaption").all_inner_texts() == [
        drawn(selected(str(SCIATICA)), SOURCE, name, View())[1].alt for name in NAMES
    ]
    context.close()


def outside(*command: str) -> str:
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("name", NAMES)
def test_other_programs_open_them(folder: Path, name: str, tmp_path: Path) -> None:
    line = SOURCE.lines[1]
    outside("rsvg-convert", str(folder / f"{name}.svg"), "-o", str(tmp_path / "drawn.png"))
    with Image.open(tmp_path / "drawn.png") as picture:
        assert picture.size == (1280, 720)
    assert line in " ".join(outside("pdftotext", str(folder / f"{name}.pdf"), "-").split())
    assert line in outside("pdfinfo", str(folder / f"{name}.pdf"))
    assert line in outside("exiftool", str(folder / f"{name}.png"))


@ON_POSIX
@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(signal.SIGSTOP, id="hangs", marks=pytest.mark.long),
        pytest.param(signal.SIGKILL, id="dies"),
    ],
)
def test_a_chrome_that_fails_is_replaced_once(
    started: list[subprocess.Popen[bytes]], sent: signal.Signals
) -> None:
    with pictures.renderer(seconds=8) as render:
        for process in group_of(started[0]):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, sent)
        picture = Image.open(io.BytesIO(render(FIGURE, "png")))
    assert picture.size == (300, 200)
    assert len(started) == 2
    assert [chrome.poll() is not None for chrome in started] == [True, True]
    assert group_of(started[0]) == []


Fake = Callable[[str], None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """A program in the place of Chrome that runs these lines of shell."""

    def put(lines: str) -> None:
        path = tmp_path / "chrome"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(path.stat().st_mode | stat.S_IEXEC)
        monkeypatch.setenv("BROWSER_PATH", str(path))

    return put


@ON_POSIX
@pytest.mark.parametrize(
    ("lines", "seconds", "why"),
    [("sleep 600", 1, "it was silent for 1 s"), ("exit 1", 30, "it ended before it was done")],
    ids=["hangs", "dies"],
)
def test_a_chrome_that_fails_twice_is_given_up(
    fake: Fake, started: list[subprocess.Popen[bytes]], lines: str, seconds: float, why: str
) -> None:
    fake(lines)
    with pytest.raises(PictureError) as caught, pictures.renderer(seconds):
        pass
    assert str(caught.value) == (
        f"Chrome did not start: {why}. A second one was tried, which did no better."
    )
    assert [chrome.poll() is not None for chrome in started] == [True, True]
    assert [group_of(chrome) for chrome in started] == [[], []]


def test_a_figure_that_cannot_be_drawn_says_why() -> None:
    wrong = go.Figure(layout={"width": 10, "height": 10, "margin": {"l": 500}, "xaxis": {}})
    with pictures.renderer() as render:
        assert render(FIGURE, "svg").startswith(b"<svg")
        with pytest.raises(PictureError, match="Chrome did not draw a figure as gif"):
            render(wrong, "gif")


def test_no_chrome_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chrome")
    said = "BROWSER_PATH names no program: /nowhere/chrome"
    with pytest.raises(NoChromeError, match=said), pictures.renderer():
        pass


DRAWING = """
import time
from review.export import pictures
with pictures.renderer() as render:
    print("drawing", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files; the path of Chrome's socket in it may have 107 letters."""
    with tempfile.TemporaryDirectory() as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        yield Path(folder)


def test_what_a_killed_export_left_of_chrome_is_removed_by_the_next(temporary: Path) -> None:
    killed = subprocess.Popen(
        [sys.executable, "-c", DRAWING],
        env=os.environ | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert killed.stdout
    assert killed.stdout.readline() == "drawing\n"
    killed.kill()
    killed.communicate()
    assert list(temporary.glob("review-chrome-*"))
    with pictures.renderer() as render:
        assert render(FIGURE, "svg")
        # The profile and the page that kaleido draws in are there, and nowhere else.
        assert {path.parts[len(temporary.parts)][:14] for path in temporary.rglob("*")} == {
            "review-chrome-"
        }
    assert list(temporary.iterdir()) == []
