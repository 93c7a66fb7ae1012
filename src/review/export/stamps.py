"""Where a picture comes from, written into its file; a file names no place, person or clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from xml.etree import ElementTree

from PIL.PngImagePlugin import PngInfo, putchunk
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import NameObject, RectangleObject, TextStringObject

from review.faults import quiet
from review.markup import xml
from review.provenance import Provenance

# The legend that holds the provenance is the second, and so is named legend2.
# Words of a label can look like one, and stand outside of tags.
RANDOM_NAME = re.compile(
    r"\b(clip|defs-|topdefs-|trace|legend2(?=[0-9a-f]{6}\b)|legend|g)[0-9a-f]{6}(?=[^<>]*>)"
)
# Plotly shifts a text and then its lines, which say where they are by themselves. Browsers follow
# the lines; other programs add the two, and a title ends up on its subtitle.
SHIFTED = re.compile(r'(<text\b[^>]*?) dy="[^"]*"([^>]*><tspan class="line" dy=)')
# The margin that Chrome leaves around what it prints, in points.
MARGIN = 7.2
# Eight bytes of signature, then the header, the only chunk with a fixed place and size.
PNG_HEAD = 33


@dataclass(frozen=True)
class Stamp:
    """The name and title of a figure, what it shows in words, and where it comes from."""

    name: str
    title: str
    alt: str
    provenance: Provenance

    @property
    def description(self) -> str:
        """What the figure shows and where it comes from, in one text."""
        return f"{self.alt} {self.provenance.line}."


def stamped(picture: bytes, format: str, stamp: Stamp) -> bytes:
    """Return a picture as png, svg or pdf with the stamp in it."""
    return {"png": _png, "svg": _svg, "pdf": _pdf}[format](picture, stamp)


def stable(svg: str, prefix: str) -> str:
    """Return an SVG in its canonical form, https://www.w3.org/TR/xml-c14n2/, with numbered names.

    They are random before, and have a prefix that no other SVG has.
    """
    names: dict[str, str] = {}
    # Plotly sets an attribute before or after others, as it remembers the size of a text or not.
    return RANDOM_NAME.sub(
        lambda found: names.setdefault(found[0], f"{prefix}-{found[1]}{len(names)}"),
        ElementTree.canonicalize(svg),
    )


def _png(picture: bytes, stamp: Stamp) -> bytes:
    info = PngInfo()
    for key, text in _words(stamp).items():
        info.add_itxt(key, text, lang="en")
    chunks = BytesIO()
    for kind, data, *_ in info.chunks:
        putchunk(chunks, kind, data)
    # Set in as they are, the pixels need not be packed again, which takes a second when large.
    return picture[:PNG_HEAD] + chunks.getvalue() + picture[PNG_HEAD:]


def _words(stamp: Stamp) -> dict[str, str]:
    """Return the keywords that the PNG standard knows, with their texts."""
    source = stamp.provenance
    return {
        "Title": stamp.title,
        "Description": stamp.alt,
        "Source": f"{source.title} · {source.line}",
        "Copyright": f"{source.licence} {source.licence_url}",
        "Comment": f"Selection: {source.text or 'everything'}",
    }


def _svg(picture: bytes, stamp: Stamp) -> bytes:
    drawn = SHIFTED.sub(r"\1\2", stable(picture.decode("utf-8"), stamp.name))
    head, rest = drawn.split(">", 1)
    title, said = f"{stamp.name}-title", f"{stamp.name}-description"
    return (
        f'{head} role="img" aria-labelledby="{title} {said}" lang="en">'
        f'<title id="{title}">{xml(stamp.title)}</title>'
        f'<desc id="{said}">{xml(stamp.description)}</desc>{_metadata(stamp)}{rest}\n'
    ).encode()


def _metadata(stamp: Stamp) -> str:
    source = stamp.provenance
    facts = {
        "title": stamp.title,
        "description": stamp.alt,
        "source": f"{source.title}, data version {source.version}",
        "coverage": f"{source.selection} ({source.counts})",
        "date": source.searched,
        "rights": f"{source.licence} {source.licence_url}",
        "identifier": source.text,
        "language": "en",
    }
    said = "".join(f"<dc:{name}>{xml(text)}</dc:{name}>" for name, text in facts.items())
    return (
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<rdf:Description rdf:about="">{said}</rdf:Description></rdf:RDF></metadata>'
    )


def _pdf(picture: bytes, stamp: Stamp) -> bytes:
    with quiet("pypdf"):  # Chrome counts the objects of a file in its own way.
        reader = PdfReader(BytesIO(picture))
        writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    _crop(writer.pages[0])
    source = stamp.provenance
    # Chrome writes the time and the system it runs on, of which the picture is to say nothing.
    writer.metadata = {
        "/Title": stamp.title,
        "/Subject": stamp.description,
        "/Keywords": f"data version {source.version}, {source.licence}, {source.text}".rstrip(", "),
        "/Producer": source.title,
    }
    writer.root_object[NameObject("/Lang")] = TextStringObject("en")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _crop(page: PageObject) -> None:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    box = RectangleObject((left + MARGIN, bottom + MARGIN, right - MARGIN, top - MARGIN))
    for name in ("mediabox", "cropbox", "trimbox", "bleedbox", "artbox"):
        setattr(page, name, box)
