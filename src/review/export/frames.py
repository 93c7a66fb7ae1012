"""A figure as it leaves: with where it comes from below it, on the ground it will stand on."""

from __future__ import annotations

from html import escape
from textwrap import shorten, wrap
from typing import Any

import plotly.graph_objects as go

from review import style
from review.provenance import SEPARATOR, Provenance
from review.style import Look

BACKGROUNDS = ("white", "transparent", "dark")
LINE = 1.3
GAP = 18
# The mean width of a letter as a share of the font's size; wide enough for DejaVu Sans.
LETTER = 0.55
# For a square picture; a wider one has fewer.
MOST_LINES = 5
CUT = " … (in full in view.json)"
FIXED = "\u00a0"
CLEAR = "rgba(0,0,0,0)"


def framed(
    figure: go.Figure, provenance: Provenance, look: Look, background: str = "white"
) -> go.Figure:
    """Return the figure with its provenance below the plot, on a background of `BACKGROUNDS`.

    A selection that takes too many lines is cut with an ellipsis; the file says it in full.
    """
    lines = _lines(provenance, look)
    drawn = go.Figure(figure)
    below = round(LINE * look.foot * len(lines)) + GAP
    if not drawn.layout.showlegend:
        drawn.update_traces(showlegend=False)
    drawn.add_trace(_nothing())
    drawn.update_layout(
        showlegend=True,
        legend2=_foot("<br>".join(escape(line, quote=False) for line in lines), look),
        margin_b=(drawn.layout.margin.b or 0) + below,
    )
    return _grounded(drawn, background)


def _lines(provenance: Provenance, look: Look) -> list[str]:
    width, height = look.width or 0, look.height or 0
    letters = round((width - 24) / (LETTER * look.foot))
    # A selection of many words is cut, rather than the figure squeezed or the rest left out.
    most = letters * round(MOST_LINES * height / width) - letters // 2
    shown, *rest = provenance.lines
    room = most - len(SEPARATOR.join(["", *rest]))
    # A fact stays on one line, by spaces at which no line ends while the text is wrapped.
    kept = [fact.replace(" ", FIXED) for fact in rest]
    text = SEPARATOR.join([shorten(shown, room, placeholder=CUT), *kept])
    lines = wrap(text, letters, break_on_hyphens=False)
    return [line.replace(FIXED, " ") for line in lines]


def _foot(text: str, look: Look) -> dict[str, Any]:
    # Only titles and legends can be placed by the edge of the picture. An annotation is placed by
    # the plot, and how far that is from the edge is known only when it is drawn.
    return {
        "title": {"text": text, "font": {"size": look.foot}, "side": "left"},
        "orientation": "h",
        "xref": "container",
        "yref": "container",
        "x": 0.008,
        "y": 0.004,
        "xanchor": "left",
        "yanchor": "bottom",
        "font": {"size": 1},
        "bgcolor": CLEAR,
        "itemclick": False,
        "itemdoubleclick": False,
    }


def _nothing() -> go.Scatter:
    # A legend is drawn only for a trace; this one shows nothing.
    return go.Scatter(
        name=" ",
        x=[None],
        y=[None],
        mode="markers",
        marker={"color": CLEAR, "line": {"width": 0}},
        hoverinfo="skip",
        legend="legend2",
        showlegend=True,
    )


def _grounded(figure: go.Figure, background: str) -> go.Figure:
    if background == "transparent":
        return figure.update_layout(paper_bgcolor=CLEAR)
    return go.Figure(_darkened(figure.to_dict())) if background == "dark" else figure


def _darkened(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _darkened(value) for name, value in part.items()}
    if isinstance(part, list | tuple):
        return [_darkened(value) for value in part]
    return style.dark(part) if isinstance(part, str) else part
