"""Maps of what there is: conditions by subjects, and the steps to the answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.charts.parts import STILL, rows, with_note
from review.style import SCREEN, Look


def coverage(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the map of conditions by subjects, with the number of studies in each cell.

    `frame` is that of `evidence.coverage`. One trace per subject, in order, zeros printed. The
    first subject has twice the width and also says its randomised trials and their people.
    """
    subjects = list(frame.groupby("subject_label", sort=False))
    edges = [0, *range(2, len(subjects) + 2)]
    figure = go.Figure(
        layout=style.layout("Cited studies by condition and subject", subtitle, 640, look)
    )
    for at, (label, cells) in enumerate(subjects):
        figure.add_trace(_tiles(str(label), cells, edges[at : at + 2], at))
    figure.update_layout(plot_bgcolor=style.GRID, margin_t=96)
    figure.update_xaxes(
        **STILL,
        side="top",
        range=[0, edges[-1]],
        tickvals=[(left + right) / 2 for left, right in pairwise(edges)],
        ticktext=[f"<b>{label}</b>" for label, _ in subjects],
    )
    figure.update_yaxes(**STILL, autorange="reversed", automargin=True, ticklabelstandoff=6)
    return with_note(figure, int(frame["studies"].sum()), look)


def funnel(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the steps from every study to those that answer the question, as bars with counts.

    `frame` is that of `evidence.funnel`. A step without a study is drawn as a mark at zero.
    """
    figure = go.Figure(
        layout=style.layout("From every cited study to the answer", subtitle, 360, look)
    )
    figure.add_trace(_bars(frame))
    none = frame[frame["studies"] == 0]
    marks = {"symbol": "diamond-open", "size": 11, "color": style.NONE, "line": {"width": 2}}
    figure.add_trace(
        go.Scatter(
            x=list(none["studies"]),
            y=list(none["label"]),
            mode="markers",
            marker=marks,
            name="None",
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    figure.update_xaxes(**STILL, visible=False, range=[0, int(frame["whole"].iloc[0]) * 2.7])
    figure.update_yaxes(
        **STILL,
        autorange="reversed",
        automargin=True,
        ticklabelstandoff=10,
        categoryorder="array",
        categoryarray=list(frame["label"]),
    )
    return with_note(figure, int(frame["studies"].iloc[0]), look)


def _tiles(label: str, cells: pd.DataFrame, edges: list[int], at: int) -> go.Heatmap:
    return go.Heatmap(
        name=label,
        x=edges,
        y=list(cells["condition_label"]),
        z=[[style.bin_of(count)] for count in cells["studies"]],
        zmin=0,
        zmax=len(style.TINTS),
        colorscale=style.tints(style.HUES[at % len(style.HUES)]),
        showscale=False,
        xgap=1,
        ygap=1,
        text=[[_tile_text(row, detailed=at == 0)] for row in rows(cells)],
        texttemplate="%{text}",
        textfont={"color": style.INK, "size": 13},
        customdata=[[_trials(row)] for row in rows(cells)],
        hovertemplate=f"%{{y}}, {label.lower()}<br>%{{text}}<br>%{{customdata}}<extra></extra>",
    )


def _tile_text(row: Mapping[str, Any], *, detailed: bool) -> str:
    said = f"<b>{row['studies']}</b>" if row["studies"] else "0"
    return (
        f"{said}<br><span style='font-size:11px'>{_trials(row)}</span>"
        if detailed and row["studies"]
        else said
    )


def _trials(row: Mapping[str, Any]) -> str:
    at_least = "≥ " if row["without_number"] else ""
    people = style.number(row["participants"])
    return f"{row['randomised_trials']} randomised, {at_least}{people} people"


def _bars(frame: pd.DataFrame) -> go.Bar:
    return go.Bar(
        name="Studies",
        orientation="h",
        x=list(frame["studies"]),
        y=list(frame["label"]),
        text=[_bar_text(row) for row in rows(frame)],
        textposition="outside",
        textfont={"size": 13},
        cliponaxis=False,
        marker={"color": style.BAR},
        hovertemplate="%{y}<br>%{text}<extra></extra>",
    )


def _bar_text(row: Mapping[str, Any]) -> str:
    studies = f"<b>{row['studies']}</b> {'study' if row['studies'] == 1 else 'studies'}"
    return f"  {studies}, {_trials(row)}" if row["studies"] else f"    {studies}"
