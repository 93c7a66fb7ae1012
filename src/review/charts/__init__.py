"""One function per figure: a tidy table in, a plotly figure out; nothing is counted here."""

from __future__ import annotations

from review.charts import amounts, findings, maps, sizes, statements, years
from review.charts.amounts import doses
from review.charts.findings import directions, trials
from review.charts.maps import coverage, dots, funnel
from review.charts.sizes import information_size
from review.charts.statements import claims
from review.charts.years import timeline

TITLES = {
    "funnel": maps.FUNNEL_TITLE,
    "coverage": maps.COVERAGE_TITLE,
    "dots": maps.DOTS_TITLE,
    "directions": findings.DIRECTIONS_TITLE,
    "trials": findings.TRIALS_TITLE,
    "doses": amounts.DOSES_TITLE,
    "timeline": years.TITLE,
    "claims": statements.TITLE,
    "information_size": sizes.TITLE,
}

__all__ = [
    "TITLES",
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
