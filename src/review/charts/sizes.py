"""How many people were in trials, against how many one adequate trial would need."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import style
from review.charts.parts import STILL, rows, safe, with_note
from review.style import SCREEN, Look

TITLE = "People in placebo-controlled trials so far, and in one adequate trial"
# The axis ends here unless one adequate trial is larger, so that a filter never moves it.
SHORTEST = 1000
NO_LINE = "No line: limits.csv lacks a difference, sd, power or alpha."
DASHES = ("dash", "dot", "dashdot")


def information_size(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return bars of people in trials by condition, with a line for each adequate trial.

    `frame` is that of `evidence.information_size`. One bar per condition, in order, its
    numbers printed at the right; a bar longer than the axis is cut there. One line per
    difference, with its label above the bars, or a note where none can be drawn.
    """
    frame = safe(frame)
    sizes = frame.dropna(subset="needed").drop_duplicates("difference")[["goal", "needed"]]
    bars = frame.drop_duplicates("condition")
    figure = go.Figure(layout=style.layout(TITLE, subtitle, 130 + 30 * len(bars), look))
    figure.add_trace(_bars(bars))
    end = max([SHORTEST, *(1.25 * size for size in sizes["needed"])])
    for at, size in enumerate(rows(_levels(sizes, end))):
        figure.add_trace(_line(size, len(bars), DASHES[at % len(DASHES)]))
    _axes(figure, bars, max(len(sizes), 1), end)
    if sizes.empty:
        figure.add_trace(_no_line())
    # The widest numbers of today fit, so that the axis stays where it is when fewer are left.
    figure.update_layout(margin_r=12 * look.font, margin_b=2 * look.font)
    return with_note(figure, int(bars["studies"].sum()), look)


def _axes(figure: go.Figure, bars: pd.DataFrame, lines: int, end: float) -> None:
    places = {"range": [len(bars) - 0.5, -0.5 - lines], "tickvals": list(range(len(bars)))}
    shared = {**STILL, **places, "automargin": True, "ticklabelstandoff": 6}
    figure.update_layout(
        bargap=0.35,
        yaxis=dict(shared, ticktext=list(bars["condition_label"])),
        yaxis2=dict(
            shared, ticktext=[_said(row) for row in rows(bars)], overlaying="y", side="right"
        ),
    )
    figure.update_xaxes(**STILL, range=[0, end], nticks=5, tickformat=",d")


def _bars(bars: pd.DataFrame) -> go.Bar:
    return go.Bar(
        name="So far",
        orientation="h",
        x=[int(count) for count in bars["participants"]],
        y=list(range(len(bars))),
        text=[_said(row) for row in rows(bars)],
        textposition="none",
        customdata=list(bars["condition_label"]),
        marker={"color": style.BAR},
        hovertemplate="%{customdata}<br>%{text}<extra></extra>",
    )


def _levels(sizes: pd.DataFrame, end: float) -> pd.DataFrame:
    """Give each label a row of its own, such that no line runs through the label of another.

    A line runs down from its label, so what is labelled to its right stands above larger ones.
    """
    right = sizes["needed"] <= end / 2
    order = sizes["needed"].where(right, -sizes["needed"]).rank(method="first")
    return sizes.assign(right=right, level=order.astype("int64") - 1 - len(sizes))


def _line(size: dict[str, Any], bars: int, dash: str) -> go.Scatter:
    label = f"{style.number(size['needed'])}: to find {size['goal']}"
    return go.Scatter(
        name=label,
        yaxis="y2",
        x=[size["needed"]] * 2,
        y=[bars - 0.5, size["level"]],
        mode="lines+text",
        text=["", f" {label} "],
        textposition="middle right" if size["right"] else "middle left",
        line={"color": style.NONE, "width": 2, "dash": dash},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _no_line() -> go.Scatter:
    # A trace, because the numbers at the right are drawn only where something has their axis.
    return go.Scatter(
        name="No line",
        yaxis="y2",
        x=[0],
        y=[-1],
        mode="text",
        text=[NO_LINE],
        textposition="middle right",
        hoverinfo="skip",
        cliponaxis=False,
    )


def _said(row: dict[str, Any]) -> str:
    if not row["trials"]:
        return "0"
    at_least = "≥ " if row["without_number"] else ""
    trials = f"{row['trials']} {'trial' if row['trials'] == 1 else 'trials'}"
    return f"{at_least}{style.number(row['participants'])} people in {trials}"
