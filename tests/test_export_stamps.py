"""Where a picture comes from, in its file: read back with programs and libraries of others."""

from __future__ import annotations

import io
import os
import socket
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from review import Selection, provenance
from review.export.stamps import Stamp, stable, stamped
from tests.real import real

SOURCE = provenance.of(real(), Selection.parse("subject=human&route=oral"))
STAMP = Stamp("funnel", "A <b>title</b> & more", "Seven ≥ 3 words.", SOURCE)
SVG = "{http://www.w3.org/2000/svg}"
DC = "{http://purl.org/dc/elements/1.1/}"
DRAWN = (
    '<svg class="main-svg" xmlns="http://www.w3.org/2000/svg"><clipPath id="clip1a2b3cxy"/>'
    '<text x="1" dy="0.7em" y="2"><tspan class="line" dy="0em">one</tspan></text>'
    '<text dy="0.3em">two</text></svg>'
)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(out, "PNG")
    return out.getvalue()


def pdf() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(960, 540)
    writer.add_metadata({"/Creator": "Chrome on a system", "/CreationDate": "D:20260101"})
    writer.write(out)
    return out.getvalue()


def test_png_has_texts_and_the_same_pixels() -> None:
    picture = Image.open(io.BytesIO(stamped(png(), "png", STAMP)))
    assert picture.text == {
        "Title": "A <b>title</b> & more",
        "Description": "Seven ≥ 3 words.",
        "Source": f"Magnesium for sciatica: the cited studies · {SOURCE.line}",
        "Copyright": "CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/",
        "Comment": "Selection: subject=human&route=oral",
    }
    assert picture.convert("RGB").getcolors() == [(6, (255, 0, 0))]
    Image.open(io.BytesIO(stamped(png(), "png", STAMP))).verify()


def test_svg_has_title_description_and_metadata() -> None:
    root = ElementTree.fromstring(stamped(DRAWN.encode(), "svg", STAMP))
    title, description, metadata = list(root)[:3]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.tag, title.text) == (f"{SVG}title", "A <b>title</b> & more")
    assert (description.tag, description.text) == (
        f"{SVG}desc", f"Seven ≥ 3 words. {SOURCE.line}.",
    )  # fmt: skip
    found = {fact.tag.removeprefix(DC): fact.text for fact in metadata.iter() if DC in fact.tag}
    assert found == {
        "title": "A <b>title</b> & more",
        "description": "Seven ≥ 3 words.",
        "source": f"Magnesium for sciatica: the cited studies, data version {SOURCE.version}",
        "coverage": f"{SOURCE.selection} ({SOURCE.counts})",
        "date": "2026-11",
        "rights": "CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/",
        "identifier": "subject=human&route=oral",
        "language": "en",
    }


def test_svg_lines_are_shifted_once() -> None:
    drawn = stamped(DRAWN.encode(), "svg", STAMP).decode()
    assert '<text x="1" y="2"><tspan class="line" dy="0em">one' in drawn
    assert '<text dy="0.3em">two' in drawn


@pytest.mark.parametrize("name", ["clip", "defs-", "topdefs-", "trace", "legend", "legend2", "g"])
def test_random_names_become_the_same(name: str) -> None:
    one, other = (
        f'<g id="{name}{random}" mask="url(#{name}{random})"></g>'
        for random in ("2a3b4c", "ffee00")
    )
    assert stable(one, "dots") == stable(other, "dots") == one.replace(
        f"{name}2a3b4c", f"dots-{name}0"
    )  # fmt: skip


def test_two_names_stay_two() -> None:
    drawn = '<g id="clip2a3b4cxy" mask="clipffee00xy"></g>'
    assert stable(drawn, "a") == '<g id="a-clip0xy" mask="a-clip1xy"></g>'


def test_attributes_stand_in_one_order() -> None:
    one, other = '<g><rect y="1" x="2"/></g>', '<g><rect x="2" y="1"/></g>'
    assert stable(one, "a") == stable(other, "a") == '<g><rect x="2" y="1"></rect></g>'


def test_words_that_look_like_a_random_name_stay() -> None:
    assert stable("<text>trial g123456</text>", "a") == "<text>trial g123456</text>"


HOSTILE = "]]> -- <!-- </desc><script>alert(1)</script> &amp; \"'` \U0001f600 שלום"


@pytest.mark.parametrize("format", ["svg", "png", "pdf"])
def test_any_text_comes_back_from_a_picture(format: str) -> None:
    source = replace(
        SOURCE, title=HOSTILE, selection=HOSTILE, text=HOSTILE, licence=HOSTILE, licence_url=HOSTILE
    )
    stamp = Stamp("funnel", HOSTILE, HOSTILE, source)
    plain = {"svg": DRAWN.encode(), "png": png(), "pdf": pdf()}[format]
    picture = stamped(plain, format, stamp)
    if format == "svg":
        root = ElementTree.fromstring(picture)
        assert [part.text for part in list(root)[:2]] == [HOSTILE, stamp.description]
        assert root.findtext(f".//{DC}identifier") == HOSTILE
        # Those of the drawing, and those of the stamp.
        assert {part.tag.rpartition("}")[2] for part in root.iter()} == {
            "svg", "clipPath", "text", "tspan", "title", "desc", "metadata", "RDF", "Description",
            "source", "description", "coverage", "date", "rights", "identifier", "language",
        }  # fmt: skip
    elif format == "png":
        assert Image.open(io.BytesIO(picture)).text["Title"] == HOSTILE
    else:
        assert (PdfReader(io.BytesIO(picture)).metadata or {})["/Title"] == HOSTILE


def test_pdf_says_it_and_not_who_made_it_when() -> None:
    reader = PdfReader(io.BytesIO(stamped(pdf(), "pdf", STAMP)))
    assert dict(reader.metadata or {}) == {
        "/Title": "A <b>title</b> & more",
        "/Subject": f"Seven ≥ 3 words. {SOURCE.line}.",
        "/Keywords": f"data version {SOURCE.version}, CC-BY-4.0, subject=human&route=oral",
        "/Producer": "Magnesium for sciatica: the cited studies",
    }
    assert reader.root_object["/Lang"] == "en"


def test_pdf_loses_the_margin_of_the_printer() -> None:
    page = PdfReader(io.BytesIO(stamped(pdf(), "pdf", STAMP))).pages[0]
    assert [round(float(edge), 1) for edge in page.mediabox] == [7.2, 7.2, 952.8, 532.8]


def test_every_study_is_called_everything() -> None:
    stamp = replace(STAMP, provenance=provenance.of(real()))
    picture = Image.open(io.BytesIO(stamped(png(), "png", stamp)))
    assert picture.text["Comment"] == "Selection: everything"
    reader = PdfReader(io.BytesIO(stamped(pdf(), "pdf", stamp)))
    assert (reader.metadata or {})["/Keywords"] == f"data version {SOURCE.version}, CC-BY-4.0"


def test_no_file_names_a_place_a_user_or_a_host() -> None:
    private = {str(Path.home()), os.getcwd(), f"@{socket.gethostname()}"}
    for picture, format in ((png(), "png"), (DRAWN.encode(), "svg"), (pdf(), "pdf")):
        raw = stamped(picture, format, STAMP).decode("latin-1")
        assert [place for place in private if place in raw] == []
