"""The slides with the real pictures, drawn by Chrome."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation

from review import export
from review.figures import NAMES
from tests.real import real

pytestmark = pytest.mark.browser


def test_slides_hold_the_pictures(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BROWSER_PATH", program)
    out = export.slides(real(), tmp_path / "talk.pptx")
    found = [
        shape.image.blob
        for slide in Presentation(str(out)).slides
        for shape in slide.shapes
        if hasattr(shape, "image")
    ]
    assert len(found) == len(NAMES)
    for blob in found:
        picture = Image.open(io.BytesIO(blob)).convert("RGB")
        assert picture.size == (2896, 1280)
        # Ink and colours, on white.
        assert picture.getpixel((0, 0)) == (255, 255, 255)
        assert len(picture.getcolors(maxcolors=1 << 24) or []) > 10
