"""Facts as people read them: all that is stored about one study, and all studies in short."""

from __future__ import annotations

from review.facts.markup import STYLE
from review.facts.overview import in_order, table
from review.facts.study import html

__all__ = ["STYLE", "html", "in_order", "table"]
