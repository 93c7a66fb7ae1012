"""Maps of what there is: conditions by subjects, a mark per study, the steps to the answer."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.charts.parts import (
    STILL,
    WIDEST,
    apart,
    drawn,
    legend,
    marks,
    rows,
    safe,
    seen,
    tiles,
    with_note,
)
from review.style import SCREEN, Look

COVERAGE_TITLE = "Cited studies by condition and subject"
FUNNEL_TITLE = "From every cited study to the answer"
DOTS_TITLE = "One mark for each study"
FEWEST_SLOTS = 20
# A page can be this narrow, in px, and the marks have this share of it.
NARROW = 560
DOTS_SHARE = 0.56


def coverage(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the map of conditions by subjects, with the number of studies in each cell.

    `frame` is that of `evidence.coverage`. One trace per subject, in order, zeros printed. The
    first subject has twice the width and also says its randomised trials and their people.
    """
    frame = safe(frame)
    subjects = [(str(label), cells) for label, cells in frame.groupby("subject_label", sort=False)]
    edges = [0, *range(2, len(subjects) + 2)]
    traces = [
        _column(label, cells, at, edges[at : at + 2], look)
        for at, (label, cells) in enumerate(subjects)
    ]
    layout = style.layout(COVERAGE_TITLE, subtitle, 640, look)
    layout["margin"]["t"] = style.top(subtitle, look) + 2 * look.font
    layout["plot_bgcolor"] = style.GRID
    layout["xaxis"] = STILL | {
        "side": "top",
        "range": [0, edges[-1]],
        "tickvals": [(left + right) / 2 for left, right in pairwise(edges)],
        "ticktext": [f"<b>{label}</b>" for label, _ in subjects],
    }
    layout["yaxis"] = STILL | {
        "type": "category",
        "autorange": "reversed",
        "automargin": True,
        "dtick": 1,
        "ticklabelstandoff": 6,
    }
    # Made in one go: each later change of a figure costs more than the figure itself.
    figure = go.Figure(traces, layout)
    return with_note(figure, int(frame["studies"].sum()), look)


def funnel(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the steps from every study to those that answer the question, as bars with counts.

    `frame` is that of `evidence.funnel`. A step without a study is drawn as a mark at zero.
    """
    frame = safe(frame)
    frame = frame.assign(label=apart(frame["label"]))
    figure = go.Figure(layout=style.layout(FUNNEL_TITLE, subtitle, 360, look))
    figure.add_trace(_bars(frame, look))
    none = frame[frame["studies"] == 0]
    figure.add_trace(
        go.Scatter(
            name="None",
            x=list(none["studies"]),
            y=list(none["label"]),
            mode="markers",
            marker={
                "symbol": "diamond-open",
                "size": look.mark,
                "color": style.NONE,
                "line": {"width": 2},
            },
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    figure.update_xaxes(**STILL, visible=False, range=[0, int(frame["whole"].iloc[0]) * 2.7])
    figure.update_yaxes(
        **STILL,
        autorange="reversed",
        automargin=True,
        dtick=1,
        ticklabelstandoff=10,
        type="category",
        categoryorder="array",
        categoryarray=list(frame["label"]),
    )
    return with_note(figure, int(frame["studies"].iloc[0]), look)


def dots(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return one mark per study, in a row for each condition, by subject.

    `frame` is that of `evidence.dots`. One trace per subject, in order; `customdata` is the key
    of the study. Marks shrink where a row would not fit, and are drawn once in each pixel.
    """
    slots = max(int(frame["slot"].max()) + 1 if len(frame) else 0, FEWEST_SLOTS)
    steps = (look.width or WIDEST) * DOTS_SHARE
    frame = safe(seen(frame, ["condition_label", "subject_label"], [frame["slot"] / slots], steps))
    figure = go.Figure(layout=style.layout(DOTS_TITLE, subtitle, 520, look))
    size = min(look.mark, (look.width or NARROW) * DOTS_SHARE / slots)
    for at, label in enumerate(frame["subject_label"].cat.categories):
        some = frame[frame["subject_label"] == label]
        shown = marks(str(label), *style.mark(at), int(max(size, 1)))
        figure.add_trace(
            go.Scatter(
                x=drawn(some["slot"]),
                y=drawn(some["condition_label"]),
                customdata=list(some["study"]),
                text=list(some["citation"]),
                hovertemplate="%{text}<br>%{y}<extra></extra>",
                **shown,
            )
        )
    figure.update_layout(
        showlegend=True, legend=legend(look), margin_t=style.top(subtitle, look) + 2 * look.font
    )
    figure.update_xaxes(**STILL, visible=False, range=[-0.7, slots])
    figure.update_yaxes(
        **STILL | {"showgrid": True},
        gridcolor=style.GRID,
        automargin=True,
        dtick=1,
        ticklabelstandoff=6,
        categoryorder="array",
        categoryarray=list(frame["condition_label"].cat.categories),
        type="category",
        range=[len(frame["condition_label"].cat.categories) - 0.5, -0.5],
    )
    return with_note(figure, len(frame), look)


def _column(
    label: str, cells: pd.DataFrame, at: int, edges: list[int], look: Look
) -> dict[str, Any]:
    said = rows(cells)
    words = [_tile_text(row, look, detailed=at == 0) for row in said]
    return tiles(label, cells["condition_label"], cells["studies"], words, look) | {
        "x": edges,
        "colorscale": style.tints(style.HUES[at % 4]),
        "customdata": [[_trials(row)] for row in said],
    }


def _tile_text(row: Mapping[str, Any], look: Look, *, detailed: bool) -> str:
    if not row["studies"]:
        return "0"
    said = f"<b>{row['studies']}</b>"
    if not detailed:
        return said
    if look.note == look.font:
        return f"{said}: {_trials(row)}"
    return f"{said}<br><span style='font-size:{look.note}px'>{_trials(row)}</span>"


def _trials(row: Mapping[str, Any]) -> str:
    at_least = "≥ " if row["without_number"] else ""
    people = style.number(row["participants"])
    return f"{row['randomised_trials']} randomised, {at_least}{people} people"


def _bars(frame: pd.DataFrame, look: Look) -> go.Bar:
    return go.Bar(
        name="Studies",
        orientation="h",
        x=list(frame["studies"]),
        y=list(frame["label"]),
        text=[_bar_text(row) for row in rows(frame)],
        textposition="outside",
        textfont={"size": look.font},
        cliponaxis=False,
        marker={"color": style.BAR},
        hovertemplate="%{y}<br>%{text}<extra></extra>",
    )


def _bar_text(row: Mapping[str, Any]) -> str:
    studies = f"<b>{row['studies']}</b> {'study' if row['studies'] == 1 else 'studies'}"
    return f"  {studies}, {_trials(row)}" if row["studies"] else f"    {studies}"
