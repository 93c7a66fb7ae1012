"""One function per question: a review in, a tidy table or a sentence out.

Counting what authors report is not a synthesis; nothing here says that a treatment works.
"""

from __future__ import annotations

from review.evidence.amounts import doses, intake_lines
from review.evidence.consistency import consistency
from review.evidence.counts import COUNTS, coverage, dots, funnel, people, timeline
from review.evidence.findings import directions, trials
from review.evidence.sentences import describe, headline, state
from review.evidence.sizes import information_size
from review.evidence.statements import claims
from review.evidence.takeaways import takeaway

__all__ = [
    "COUNTS",
    "claims",
    "consistency",
    "coverage",
    "describe",
    "directions",
    "doses",
    "dots",
    "funnel",
    "headline",
    "information_size",
    "intake_lines",
    "people",
    "state",
    "takeaway",
    "timeline",
    "trials",
]
