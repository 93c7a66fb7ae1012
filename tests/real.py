"""The project's own review, read once for all tests."""

from __future__ import annotations

from functools import cache

import review
from review import Review, Selection


@cache
def real() -> Review:
    """Return the review of the project's own data."""
    return review.load()


def selected(text: str) -> Review:
    """Return that review narrowed by the text form of a selection."""
    return review.select(real(), Selection.parse(text))
