"""What several figures share."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.style import Look

WIDEN = "<b>No study matches.</b><br>Tick more boxes, widen<br>the years, or press Reset."
STILL = {"ticks": "", "fixedrange": True, "showgrid": False, "zeroline": False}


def with_note(figure: go.Figure, studies: int, look: Look) -> go.Figure:
    """Return the figure, with a note on how to widen the selection where nothing is left."""
    if not studies:
        figure.add_annotation(
            text=WIDEN,
            showarrow=False,
            xref="paper",
            yref="paper",
            x=0.5,
            y=0.5,
            font={"size": look.font + 2, "color": style.INK},
            bgcolor=style.EMPTY,
            bordercolor=style.GRID,
            borderpad=8,
        )
    return figure


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
