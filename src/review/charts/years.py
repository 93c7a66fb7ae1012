"""When the studies were published."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.charts.parts import legend, marks, with_note
from review.style import SCREEN, Look

TITLE = "Cited studies over the years"
DASHES = ("solid", "dash", "dot", "dashdot")


def timeline(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the cumulative number of studies by year, one line per subject in order.

    `frame` is that of `evidence.timeline`. Each line ends in its number.
    """
    figure = go.Figure(layout=style.layout(TITLE, subtitle, 420, look))
    for at, (label, line) in enumerate(frame.groupby("subject_label", sort=False)):
        figure.add_trace(_line(str(label), line, at, look))
        last = line.iloc[-1]
        figure.add_annotation(
            x=last["year"],
            y=last["cumulative"],
            text=f"{last['cumulative']} {str(label).lower()}",
            showarrow=False,
            xanchor="left",
            xshift=look.mark // 2,
            font={"size": look.font},
        )
    figure.update_layout(
        showlegend=True,
        legend=legend(look),
        margin_t=style.top(subtitle, look) + 2 * look.font,
        margin_r=8 * look.font,
        margin_b=3 * look.font,
    )
    figure.update_xaxes(
        fixedrange=True, showgrid=False, zeroline=False, tickformat="d", range=_span(frame)
    )
    figure.update_yaxes(
        fixedrange=True,
        rangemode="tozero",
        gridcolor=style.GRID,
        zerolinecolor=style.GRID,
        title={"text": "studies so far", "font": {"size": look.font}},
        automargin=True,
    )
    return with_note(figure, int(frame["studies"].sum()), look)


def _line(label: str, line: pd.DataFrame, at: int, look: Look) -> go.Scatter:
    hue = style.HUES[at % 4]
    shown = marks(label, hue, style.SYMBOLS[at % 4], look.mark // 2)
    return go.Scatter(
        x=list(line["year"]),
        y=list(line["cumulative"]),
        line={"color": hue, "width": look.mark / 5, "dash": DASHES[at % 4], "shape": "hv"},
        customdata=list(line["studies"]),
        hovertemplate="%{x}: %{y} studies, %{customdata} of that year<extra></extra>",
        **shown | {"mode": "lines+markers"},
    )


def _span(frame: pd.DataFrame) -> list[float]:
    return [int(frame["year"].min()) - 0.7, int(frame["year"].max()) + 0.3]
