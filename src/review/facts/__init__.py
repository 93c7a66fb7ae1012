"""Facts as people read them: one study, chosen studies, all studies, and what articles say."""

from __future__ import annotations

from review.facts.overview import in_order, table
from review.facts.pieces import STYLE
from review.facts.rows import (
    against_sources,
    listed,
    misfits,
    read_in_short,
    reading,
    statements,
    whole,
)
from review.facts.study import html
from review.facts.told import opening, remarked, said, told

__all__ = [
    "STYLE",
    "against_sources",
    "html",
    "in_order",
    "listed",
    "misfits",
    "opening",
    "read_in_short",
    "reading",
    "remarked",
    "said",
    "statements",
    "table",
    "told",
    "whole",
]
