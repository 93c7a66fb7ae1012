"""Figures as files that say where they come from, with the rows and references behind them."""

from __future__ import annotations

from review.export.files import Exported, figures, make
from review.export.pictures import NoChromeError, PictureError
from review.export.slides import slides
from review.export.views import FORMATS, View, ViewError
from review.folders import ExportError

__all__ = [
    "FORMATS",
    "ExportError",
    "Exported",
    "NoChromeError",
    "PictureError",
    "View",
    "ViewError",
    "figures",
    "make",
    "slides",
]
