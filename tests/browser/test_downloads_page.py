"""The script of the Save row on a page of its own: what the browser draws and hands over."""

from __future__ import annotations

import base64
import json
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page

from review import Selection, provenance
from review.downloads import Saver
from review.export import View
from review.export.files import drawn
from tests.real import real, selected

pytestmark = pytest.mark.browser
PEOPLE = "subject=human"
NAME = "review-dots-subject-human-data-0123456789"
RENDER = """async (source) => {
  document.body.innerHTML = "<div id='row'></div>";
  globalThis[Symbol.for("review.scripts")] = { plotly: Promise.resolve(Plotly) };
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: row } = await import(address);
  const heard = {};
  globalThis.state = { said: "" };
  globalThis.heard = heard;
  const model = {
    get: (name) => state[name],
    on: (event, act) => { heard[event] = act; },
    off: (event) => { delete heard[event]; },
  };
  globalThis.leave = row.render({ model, el: document.getElementById("row") });
}"""
SEND = "([message]) => heard['msg:custom'](message, [])"
# As JupyterLab hands bytes over: a view of a part of a larger buffer.
OFFER = """([offer, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const whole = new Uint8Array(bytes.length + 8);
  whole.set(bytes, 5);
  heard["msg:custom"]({ offer }, [new DataView(whole.buffer, 5, bytes.length)]);
}"""
FAIL = "() => { Plotly.downloadImage = () => Promise.reject(new Error('no memory')); }"
SAY = "([said]) => { state.said = said; heard['change:said'](); }"


@pytest.fixture
def row(canvas: Page) -> Page:
    canvas.evaluate(RENDER, Saver()._esm)
    return canvas


def message(format: str) -> dict[str, Any]:
    source = provenance.of(real(), Selection.parse(PEOPLE))
    figure, _ = drawn(selected(PEOPLE), source, "dots", View(selection=PEOPLE))
    return {"draw": {"figure": json.loads(figure.to_json()), "format": format, "name": NAME}}


def saved(row: Page, format: str) -> tuple[str, Path]:
    with row.expect_download() as waiting:
        row.evaluate(SEND, [message(format)])
    return waiting.value.suggested_filename, Path(waiting.value.path())


def words(row: Page) -> str:
    return row.locator(".review-said").inner_text()


def test_a_drawing_has_its_name_its_size_and_where_it_is_from(row: Page) -> None:
    name, path = saved(row, "svg")
    assert name == f"{NAME}.svg"
    root = ElementTree.fromstring(path.read_bytes())
    assert (root.get("width"), root.get("height")) == ("1280", "720")
    told = " ".join(unescape("".join(root.itertext())).replace("\u00a0", " ").split())
    # The lines of a text stand next to each other without a space.
    for fact in provenance.of(real(), Selection.parse(PEOPLE)).lines:
        assert fact.replace(" ", "") in told.replace(" ", "")
    assert words(row) == ""


def test_a_picture_is_fine_enough_for_a_projector(row: Page) -> None:
    name, path = saved(row, "png")
    assert name == f"{NAME}.png"
    with Image.open(path) as picture:
        assert picture.size == (2 * 1280, 2 * 720)


def test_two_clicks_one_after_another(row: Page) -> None:
    assert [saved(row, "svg")[0] for _ in range(2)] == [f"{NAME}.svg"] * 2


def test_a_browser_that_cannot_draw_says_so_until_the_next_click(row: Page) -> None:
    row.evaluate("() => { Plotly.kept = Plotly.downloadImage; }")
    row.evaluate(FAIL)
    row.evaluate(SEND, [message("png")])
    row.locator(".review-said:not(:empty)").wait_for()
    assert words(row) == (
        "Nothing was saved: the browser did not draw the figure (Error: no memory)."
    )
    row.evaluate("() => { Plotly.downloadImage = Plotly.kept; }")
    saved(row, "svg")
    assert words(row) == ""


def test_a_file_is_a_link_that_gives_its_bytes(row: Page) -> None:
    for count, content in enumerate((bytes(range(256)) * 5, b"x" * 1_234_567)):
        offer = {"name": f"studies-{count}.zip", "type": "application/zip"}
        row.evaluate(OFFER, [offer, base64.b64encode(content).decode()])
        with row.expect_download() as waiting:
            row.get_by_role("link").first.click()
        assert waiting.value.suggested_filename == f"studies-{count}.zip"
        assert Path(waiting.value.path()).read_bytes() == content
    assert row.get_by_role("listitem").all_inner_texts() == [
        "Download studies-1.zip (1.2 MB)",
        "Download studies-0.zip (2 kB)",
    ]


def test_words_are_read_out_and_are_no_marks(row: Page) -> None:
    row.evaluate(SAY, ["<b>view.json</b>, 3 of 4"])
    assert row.get_by_role("status").inner_text() == "<b>view.json</b>, 3 of 4"


def test_nothing_is_heard_when_the_row_is_gone(row: Page) -> None:
    row.evaluate("leave()")
    assert row.evaluate("Object.keys(heard)") == []
