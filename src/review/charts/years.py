"""When the studies were published."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.charts.parts import legend, marks, safe, with_note
from review.style import SCREEN, Look

TITLE = "Cited studies over the years"
# The least distance of two numbers at the end, as a share of the largest.
APART = 0.075
LEAST_TOP = 10
DASHES = ("solid", "dash", "dot", "dashdot")


def timeline(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the cumulative number of studies by year, one line per subject in order.

    `frame` is that of `evidence.timeline`. Each line ends in its number.
    """
    frame = safe(frame)
    figure = go.Figure(layout=style.layout(TITLE, subtitle, 420, look))
    for at, (label, line) in enumerate(frame.groupby("subject_label", sort=False)):
        figure.add_trace(_line(str(label), line, at, look))
    for height, text in _ends(frame):
        figure.add_annotation(
            x=int(frame["year"].max()),
            y=height,
            text=text,
            showarrow=False,
            xanchor="left",
            xshift=look.mark // 2,
            font={"size": look.font},
        )
    _axes(figure, frame, subtitle, look)
    return with_note(figure, int(frame["studies"].sum()), look)


def _axes(figure: go.Figure, frame: pd.DataFrame, subtitle: str, look: Look) -> None:
    figure.update_layout(
        showlegend=True,
        legend=legend(look),
        margin_t=style.top(subtitle, look) + 2 * look.font,
        margin_r=8 * look.font,
        margin_b=3 * look.font,
    )
    figure.update_xaxes(
        fixedrange=True,
        showgrid=False,
        zeroline=False,
        tickformat="d",
        ticklabelstandoff=8,
        range=_span(frame),
        dtick=5 if frame["year"].nunique() > 10 else 1,
    )
    figure.update_yaxes(
        fixedrange=True,
        range=[0, 1.08 * _top(frame)],
        gridcolor=style.GRID,
        zerolinecolor=style.GRID,
        title={"text": "studies so far", "font": {"size": look.font}},
        automargin=True,
        ticklabelstandoff=6,
    )


def _line(label: str, line: pd.DataFrame, at: int, look: Look) -> go.Scatter:
    hue, symbol = style.mark(at)
    shown = marks(label, hue, symbol, look.mark // 2)
    return go.Scatter(
        x=list(line["year"]),
        y=list(line["cumulative"]),
        line={"color": hue, "width": look.mark / 5, "dash": DASHES[at % 4], "shape": "hv"},
        customdata=list(line["studies"]),
        hovertemplate="%{x}: %{y} studies, %{customdata} of that year<extra></extra>",
        **shown | {"mode": "lines+markers"},
    )


def _ends(frame: pd.DataFrame) -> list[tuple[float, str]]:
    # Numbers that are alike are written above one another, not over one another.
    last = frame[frame["year"] == frame["year"].max()].sort_values("cumulative", kind="stable")
    gap = APART * _top(frame)
    ends, height = list[tuple[float, str]](), -gap
    for count, label in zip(last["cumulative"], last["subject_label"], strict=True):
        height = max(float(count), height + gap)
        ends.append((height, f"{count} {label.lower()}"))
    return ends


def _top(frame: pd.DataFrame) -> int:
    return max(int(frame["cumulative"].max()), LEAST_TOP)


def _span(frame: pd.DataFrame) -> list[float]:
    return [int(frame["year"].min()) - 0.7, int(frame["year"].max()) + 0.3]
