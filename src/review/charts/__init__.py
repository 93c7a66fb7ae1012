"""One function per figure: a tidy table in, a plotly figure out; nothing is counted here."""

from __future__ import annotations

from review.charts.maps import coverage, funnel

__all__ = ["coverage", "funnel"]
