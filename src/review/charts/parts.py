"""What several figures share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from pandas.api.types import is_string_dtype

from review import markup, style
from review.style import Look

NO_STUDY = "<b>No study matches.</b>"
WIDEN = f"{NO_STUDY}<br>Tick more boxes, widen<br>the years, or press Reset."
UNSEEN = "\u200b"
# A page with a wider figure than this, in px, is rare.
WIDEST = 1920
STILL: dict[str, Any] = {"ticks": "", "fixedrange": True, "showgrid": False, "zeroline": False}


def with_note(figure: go.Figure, studies: int, look: Look) -> go.Figure:
    """Return the figure, with a note where nothing is left; on the screen it says how to widen."""
    note = WIDEN if look is style.SCREEN else NO_STUDY
    return figure if studies else with_text(figure, note, look)


def with_text(figure: go.Figure, text: str, look: Look) -> go.Figure:
    """Return the figure with a text in its middle that says why it is empty."""
    return figure.add_annotation(
        text=text,
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


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def tiles(
    name: str, labels: Iterable[str], counts: Iterable[int], words: list[str], look: Look
) -> dict[str, Any]:
    """Return one column of tiles, tinted by count and printed with words; x and colours open."""
    return {
        "type": "heatmap",
        "name": name,
        "y": list(labels),
        "z": [[style.bin_of(count)] for count in counts],
        "zmin": 0,
        "zmax": len(style.TINTS),
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "text": [[word] for word in words],
        "texttemplate": "%{text}",
        "textfont": {"color": style.INK, "size": look.font},
        "hovertemplate": f"%{{y}}<br>{name}<br>%{{customdata}}<extra></extra>",
    }


def marks(name: str, hue: str, symbol: str, size: int) -> dict[str, Any]:
    """Return the name and marker of a trace of marks, outlined in its colour."""
    outline = {"width": 1.5, "color": hue}
    return {
        "name": name,
        "mode": "markers",
        "marker": {"color": hue, "symbol": symbol, "size": size, "line": outline},
        "cliponaxis": False,
    }


def legend(look: Look) -> dict[str, Any]:
    """Return a legend above the plot, in the order of the traces, that no click changes."""
    return {
        "orientation": "h",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": look.font},
        "itemclick": False,
        "itemdoubleclick": False,
        "traceorder": "normal",
    }


def drawn(values: Iterable[Any]) -> list[Any]:
    """Return the values as a list, of None if empty, or the legend would drop the trace."""
    return list(values) or [None]


def seen(
    marks: pd.DataFrame, by: Sequence[str], ends: Sequence[pd.Series], steps: float
) -> pd.DataFrame:
    """Return the marks without those that lie on an earlier one of the same row and trace.

    `by` names the columns that tell rows and traces apart; `ends` are the places of each mark as
    shares of the plot's width, of which it has so many `steps` that a person can tell apart. A
    browser that is to draw 100,000 marks is silent for more than half a minute.
    """
    places = {str(at): np.floor(end * steps) for at, end in enumerate(ends)}
    return marks[~marks[[*by]].assign(**places).duplicated()]


def safe(frame: pd.DataFrame, *later: str) -> pd.DataFrame:
    """Return the table with every text as a label, which plotly shows as it stands.

    Left as they are: keys of studies, which are not shown, and `later`, which a chart cuts before.
    """
    texts = [name for name in frame if name not in ("study", *later)]
    return frame.assign(**{str(name): _safe(frame[name]) for name in texts})


def apart(labels: Iterable[str]) -> list[str]:
    """Return the labels, equal ones told apart by blanks of no width: an axis gives each a row."""
    texts = list(labels)
    return [text + UNSEEN * texts[:at].count(text) for at, text in enumerate(texts)]


def _safe(column: pd.Series) -> pd.Series:
    if column.dtype == "category":
        return column.cat.rename_categories(markup.label)
    return column.map(markup.label, na_action="ignore") if is_string_dtype(column) else column
