"""One function per figure: a tidy table in, a plotly figure out; nothing is counted here."""

from __future__ import annotations

from review.charts.amounts import doses
from review.charts.findings import directions, trials
from review.charts.maps import coverage, dots, funnel
from review.charts.sizes import information_size
from review.charts.statements import claims
from review.charts.years import timeline

__all__ = [
    "claims",
    "coverage",
    "directions",
    "doses",
    "dots",
    "funnel",
    "information_size",
    "timeline",
    "trials",
]
