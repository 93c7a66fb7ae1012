"""The guide to the figures: one for each, in plain words, without a number."""

from __future__ import annotations

import re

import pytest

from review import guide
from review.figures import NAMES
from review.tables import ROOT
from tests.real import real

EACH = pytest.mark.parametrize("name", NAMES)
# Terms that a reader may not know, each with the words that explain it.
EXPLAINED = {
    "placebo": "sham treatment",
    "randomised": "chance decides",
    "standardised difference": "in units of how much single people differ",
    "human-equivalent dose": "by body surface",
    "vote": "one vote per outcome",
    " arm": "group of a study that got one treatment",
    "controlled trial": "compared groups",
    "adequate trial": "large enough to find a difference",
}


def test_guide_has_every_figure_and_no_other() -> None:
    assert tuple(guide.GUIDE) == NAMES


@EACH
def test_guide_says_how_to_read_and_then_the_limits(name: str) -> None:
    reading, limits = guide.read(name).split("\n\n")
    assert limits.startswith("Limits: ")
    for paragraph in (reading, limits):
        assert "\n" not in paragraph
        assert "  " not in paragraph
        assert paragraph.endswith(".")
        assert 2 <= len(re.findall(r"\.(?: |$)", paragraph)) <= 4


@EACH
def test_guide_has_no_number(name: str) -> None:
    assert not re.search(r"\d", guide.read(name))


@EACH
def test_guide_explains_its_terms(name: str) -> None:
    text = guide.read(name).lower()
    for term, words in EXPLAINED.items():
        # "placebo-controlled trial" is explained by its placebo.
        if term in text.replace("placebo-controlled trial", "placebo trial"):
            assert words in text, term


@EACH
def test_guide_promises_nothing(name: str) -> None:
    assert not re.search(r"\b(works|proves|proof|effective|cures)\b", guide.read(name))


def test_guide_is_about_any_review() -> None:
    source = (ROOT / "src" / "review" / "guide.py").read_text(encoding="utf-8").lower()
    for word in ("magnesium", real().package.labels("studies.condition")["sciatica"].lower()):
        assert word not in source
