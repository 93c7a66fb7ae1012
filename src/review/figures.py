"""Every figure by its one name: the question, its chart and its description, put together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import charts, evidence
from review.style import SCREEN, Look
from review.tables import Review

NAMES = tuple(charts.TITLES)


def draw(
    review: Review,
    name: str,
    subtitle: str = "",
    look: Look = SCREEN,
    frame: pd.DataFrame | None = None,
    **asked: Any,
) -> tuple[go.Figure, str]:
    """Return the figure of this name for a review, and what it shows in words.

    `frame` is its table, where there is one already; `asked` goes to the figure's question, for
    example `comparators` for the directions.
    """
    ask: Callable[..., pd.DataFrame] = getattr(evidence, name)
    chart: Callable[..., go.Figure] = getattr(charts, name)
    frame = ask(review, **asked) if frame is None else frame
    # The upper levels hold for any selection, so they are not a part of the doses' own table.
    extra = {"lines": evidence.intake_lines(review)} if name == "doses" else {}
    return chart(frame, subtitle, look=look, **extra), evidence.describe(name, frame)
