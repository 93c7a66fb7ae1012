"""One function per question: a review in, a tidy table or a sentence out.

Counting what authors report is not a synthesis; nothing here says that a treatment works.
"""

from __future__ import annotations

from review.evidence.counts import COUNTS, coverage, funnel, people
from review.evidence.sentences import describe, headline, state

__all__ = ["COUNTS", "coverage", "describe", "funnel", "headline", "people", "state"]
