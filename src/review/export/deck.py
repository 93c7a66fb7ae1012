"""Slides as a PowerPoint file: a title, a picture or paragraphs, a line below, and notes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten, wrap
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as Deck
from pptx.shapes.autoshape import Shape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from review import style

POINTS = 72
WIDTH, HEIGHT = 13 + 1 / 3, 7.5
SIDE = 0.5
OPENING, TEXT, PICTURE = "Title Slide", "Title and Content", "Title Only"
# A letter of Arial is about half as wide as the font is high, a bold one a little wider.
LETTER = 0.56
LINE = 1.2
# Between paragraphs, in heights of the font.
GAP = 0.4
# What a property of the file can hold.
LONGEST_PROPERTY = 255
# What the template brings along: printer settings, a small picture of it, who made it when.
DROPPED = (
    RELATIONSHIP_TYPE.PRINTER_SETTINGS,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
)


@dataclass(frozen=True)
class Box:
    """A place on a slide in inches, and the sizes in pt that its text may have."""

    top: float
    height: float
    sizes: tuple[int, ...]
    left: float = SIDE
    width: float = WIDTH - 2 * SIDE

    def size(self, paragraphs: Iterable[str]) -> int | None:
        """Return the largest size at which these paragraphs fit, or None."""
        told = list(paragraphs)
        return next((size for size in self.sizes if self._fits(told, size)), None)

    def _fits(self, paragraphs: list[str], size: int) -> bool:
        letters = int(self.width * POINTS / (LETTER * size))
        lines = sum(max(len(wrap(text, letters)), 1) for text in paragraphs)
        spaces = GAP * (len(paragraphs) - 1)
        return (lines * LINE + spaces) * size <= self.height * POINTS


QUESTION = Box(1.6, 1.5, (44, 36, 28, 24))
FACTS = Box(3.3, 3.4, (20, 18, 16, 14, 12))
TITLE = Box(0.3, 1.0, (28, 26, 24, 20, 18))
FIGURE = Box(1.35, 5.45, ())
BODY = Box(1.5, 5.5, (20, 18, 16, 14, 12))
FOOT = Box(6.83, 0.42, (12,))


def empty(title: str, about: str, day: str) -> Deck:
    """Return a deck without slides; `day` ("2026-11") is the date that the file carries."""
    deck = Presentation()
    ratio = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for layout in list(deck.slide_layouts):
        if layout.name not in (OPENING, TEXT, PICTURE):
            deck.slide_layouts.remove(layout)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            shape.left, shape.width = Emu(int(shape.left * ratio)), Emu(int(shape.width * ratio))
    _forget(deck)
    properties, (year, month, *_) = deck.core_properties, (int(part) for part in day.split("-"))
    properties.created = properties.modified = datetime(year, month, 1)
    properties.title, properties.subject = (_cut(text) for text in (title, about))
    properties.comments = ""
    properties.author, properties.last_modified_by, properties.language = "", "", "en-GB"
    return deck


def add_opening(deck: Deck, question: str, facts: Sequence[str], notes: str) -> None:
    """Add the first slide: the question, and facts as lines below it."""
    slide = _slide(deck, OPENING, question, QUESTION, notes)
    _write(slide.placeholders[1], facts, FACTS)


def add_text(deck: Deck, title: str, paragraphs: Sequence[str], notes: str) -> None:
    """Add a slide of paragraphs."""
    slide = _slide(deck, TEXT, title, TITLE, notes)
    _write(slide.placeholders[1], paragraphs, BODY)


def add_picture(deck: Deck, title: str, png: bytes, said: str, foot: str, notes: str) -> None:
    """Add a slide of a picture as large as fits, which is `said` for those who cannot see it."""
    slide = _slide(deck, PICTURE, title, TITLE, notes)
    picture = slide.shapes.add_picture(io.BytesIO(png), Inches(FIGURE.left), Inches(FIGURE.top))
    share = min(Inches(FIGURE.width) / picture.width, Inches(FIGURE.height) / picture.height)
    width, height = share * picture.width, share * picture.height
    picture.width, picture.height = Emu(int(width)), Emu(int(height))
    picture.name, picture._element._nvXxPr.cNvPr.attrib["descr"] = "Figure", said
    below = slide.shapes.add_textbox(Emu(0), Emu(0), Emu(0), Emu(0))
    below.name = "Provenance"
    _write(below, [foot], FOOT)


def packed(deck: Deck) -> bytes:
    """Return the deck as a file, the same bytes for the same deck."""
    saved, whole = io.BytesIO(), io.BytesIO()
    deck.save(saved)
    with ZipFile(saved) as parts, ZipFile(whole, "w", ZIP_DEFLATED) as target:
        for name in parts.namelist():
            # A ZipInfo of its own has the first day of zip files instead of the clock's.
            target.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return whole.getvalue()


def _slide(deck: Deck, layout: str, title: str, box: Box, notes: str) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts.get_by_name(layout))
    _write(slide.placeholders[0], [title], box, bold=True)
    told = cast(TextFrame, slide.notes_slide.notes_text_frame)
    told.text = notes
    _speak_english(told)
    return slide


def _write(shape: Shape, paragraphs: Sequence[str], box: Box, bold: bool = False) -> None:
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)
    frame = shape.text_frame
    frame.text = "\n".join(paragraphs)
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE if bold else MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    size = box.size(paragraphs) or box.sizes[-1]
    for at, paragraph in enumerate(frame.paragraphs):
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_before = Pt(GAP * size if at else 0)
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.bold = style.SLIDE_FONT, Pt(size), bold
            run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    _speak_english(frame)


def _speak_english(frame: TextFrame) -> None:
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def _cut(text: str) -> str:
    return shorten(text, LONGEST_PROPERTY, placeholder=" …")


def _forget(deck: Deck) -> None:
    package = deck.part.package
    for owner, relations in ((deck.part, deck.part.rels), (package, package._rels)):
        for key, relation in list(relations.items()):
            if relation.reltype in DROPPED:
                owner.drop_rel(key)
