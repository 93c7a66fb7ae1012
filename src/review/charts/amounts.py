"""Doses on one axis: people and animals, by route, with what cannot be placed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from math import ceil, floor, log10
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from review import markup, style
from review.charts import asides
from review.charts.asides import Box
from review.charts.parts import STILL, WIDEST, safe, seen, with_note
from review.style import SCREEN, Look

DOSES_TITLE = "What was given per day, where papers say enough"
AXIS = "{substance}, mg/day (animals: human-equivalent)"
LANES = 15
FULL = 0.84
STEP = 0.14
# Marks that are closer than this share would touch where a page is narrow.
APART = 1.25
# Where lanes are full, one within this part of another mark's width is not seen beside it.
NEAR = 4
DECADES = (-0.5, 3.5)
# A label beside a level takes up to this factor of the axis.
BESIDE = 5
ROW = 44


def doses(
    frame: pd.DataFrame,
    subtitle: str = "",
    look: Look = SCREEN,
    lines: pd.DataFrame | None = None,
) -> go.Figure:
    """Return every dose as a mark, or as a line from the lowest to the highest it can be.

    `frame` is that of `evidence.doses` and `lines` that of `evidence.intake_lines`, which are
    drawn only across the rows they name. One trace per subject and group of routes, in order,
    with its own colour and symbol; `customdata` is the key of the study. The arms without a place
    are counted by reason, zeros printed. A talk has fewer rows, by group of routes.
    """
    name = "wide_place" if look.height else "place"
    notes = asides.notes(look, lines)
    # Letters are counted before some of them become entities.
    margin = asides.margins(frame, frame[name].cat.categories, subtitle, look, notes)
    frame = safe(frame, "dose_as_reported")
    places = list(frame[name].cat.categories)
    height = ROW * len(places) + margin["t"] + margin["b"]
    figure = go.Figure(layout=style.layout(DOSES_TITLE, subtitle, height, look))
    placed = frame[frame["low"] > 0]
    decades = _decades(placed, lines)
    counts = _counts(placed[name], 10 ** decades[1], look)
    width = (look.width or WIDEST) - margin["l"] - margin["r"]
    steps = NEAR * width / look.mark
    marks = _marks(placed.assign(height=_heights(placed, name)), decades, steps)
    figure.add_traces([*_traces(marks, look), counts])
    corner = {"xshift": 12 - margin["l"], "yshift": 8 - margin["b"], "yanchor": "bottom"}
    words = [
        asides.reasons(frame, look),
        asides.text("<br>".join(map(markup.label, notes)), look.note, **corner),
    ]
    dashes, labels = ([], []) if lines is None else _levels(lines, name, look)
    figure.update_layout(
        margin=margin, shapes=[*_bands(len(places)), *dashes], annotations=[*words, *labels]
    )
    _axes(figure, places, decades, str(frame["substance"].cat.categories[0]), look)
    return with_note(figure, len(frame), look)


def _marks(arms: pd.DataFrame, decades: tuple[float, float], steps: float) -> pd.DataFrame:
    first, last = decades
    ends = [(np.log10(arms[end]) - first) / (last - first) for end in ("low", "high")]
    marks = seen(arms, ["subject_label", "group", "height"], ends, steps)
    return marks.assign(hover=_hover(marks))


def _traces(placed: pd.DataFrame, look: Look) -> Iterator[go.Scatter]:
    subjects, groups = (placed[name].cat.categories for name in ("subject_label", "group"))
    for subject, hue in zip(subjects, cycle(style.HUES), strict=False):
        of_subject = placed[placed["subject_label"] == subject]
        for group, symbol in zip(groups, cycle(style.SYMBOLS), strict=False):
            some = of_subject[of_subject["group"] == group]
            yield _ranges(some, f"{subject}, {str(group).lower()}", hue, symbol, look)


def _ranges(some: pd.DataFrame, name: str, hue: str, symbol: str, look: Look) -> go.Scatter:
    # Three points per arm, of which the last is no number, so that no line joins two arms.
    ends = np.column_stack([some["low"], some["high"], np.full(len(some), np.nan)])
    size = np.where(some["low"] == some["high"], 0.75, 0.5) * look.mark
    return go.Scatter(
        name=name,
        mode="lines+markers",
        x=ends.ravel(),
        y=np.repeat(some["height"].to_numpy(), 3),
        customdata=np.repeat(some["study"].to_numpy(object), 3),
        text=np.repeat(some["hover"].to_numpy(object), 3),
        hovertemplate="%{text}<extra></extra>",
        line={"color": hue, "width": look.mark / 6},
        marker={
            "symbol": symbol,
            "size": np.repeat(size.round(), 3),
            "color": hue,
            "opacity": 1,
            "line": {"width": 0.5, "color": style.PAPER},
        },
        cliponaxis=False,
    )


def _heights(arms: pd.DataFrame, name: str) -> pd.Series:
    # Arms that would touch lie below each other, so that seven look like seven.
    by_place = arms.sort_values("low", kind="stable").groupby(name, observed=True)
    lanes = pd.Series(0.0, index=arms.index)
    for _, some in by_place:
        found = np.array(_lanes(list(some["low"]), list(some["high"])))
        count = int(found.max()) + 1
        lanes[some.index] = (found - (count - 1) / 2) * min(STEP, FULL / count)
    return lanes + arms[name].cat.codes


def _lanes(lows: list[float], highs: list[float]) -> list[int]:
    ends, lanes = list[float](), list[int]()
    for at, (low, high) in enumerate(zip(lows, highs, strict=True)):
        free = (lane for lane, end in enumerate(ends) if end * APART < low)
        lane = next(free, len(ends) if len(ends) < LANES else at % LANES)
        ends[lane : lane + 1] = [high]
        lanes.append(lane)
    return lanes


def _hover(arms: pd.DataFrame) -> pd.Series:
    said = arms["dose_as_reported"].fillna("").str.replace(r"(.{50,70}?)\s", r"\1\n", regex=True)
    where = arms["place"].astype("str") + "<br>" + arms["dose"] + "<br>Reported: "
    return arms["citation"] + "<br>" + where + said.map(markup.label).str.replace("\n", "<br>")


def _counts(places: pd.Series, x: float, look: Look) -> go.Scatter:
    counts = places.value_counts(sort=False)
    return go.Scatter(
        name="Arms",
        mode="text",
        x=[x] * len(counts),
        y=list(range(len(counts))),
        text=[f"  <b>{count}</b>" if count else "  0" for count in counts],
        textposition="middle right",
        textfont={"size": look.font, "color": style.INK},
        hoverinfo="skip",
        cliponaxis=False,
    )


def _decades(placed: pd.DataFrame, lines: pd.DataFrame | None) -> tuple[float, float]:
    # The axis is the same for every selection, unless a dose, or a level's label, is beyond it.
    levels = [] if lines is None else list(lines["value"])
    lows = [*placed["low"], *(level / BESIDE for level in levels)]
    highs = [*placed["high"], *(level * BESIDE for level in levels)]
    low, high = log10(min(lows, default=1.0)), log10(max(highs, default=1.0))
    least = DECADES[0] if low >= DECADES[0] else float(floor(low))
    return least, DECADES[1] if high <= DECADES[1] else float(ceil(high))


def _bands(rows: int) -> list[Box]:
    tint = style.mixed(style.GRID, 0.25)
    band = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "fillcolor": tint, "layer": "below"}
    still = band | {"line": {"width": 0}}
    return [still | {"y0": at - 0.5, "y1": at + 0.5} for at in range(0, rows, 2)]


def _levels(lines: pd.DataFrame, name: str, look: Look) -> tuple[list[Box], list[Box]]:
    dashes, labels = list[Box](), list[Box]()
    dash = {"type": "line", "line": {"color": style.INK, "width": 1.5, "dash": "dash"}}
    for at, value in enumerate(sorted(set(lines["value"].to_list()))):
        rows = np.unique(lines.loc[lines["value"] == value, name].cat.codes.to_numpy())
        for run in np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1):
            ends = {"y0": float(run[0]) - 0.5, "y1": float(run[-1]) + 0.5}
            dashes.append(dash | ends | {"x0": value, "x1": value, "layer": "below"})
        top = {"x": log10(value), "y": float(rows[0]) - 0.5, "xref": "x", "yref": "y"}
        side = {"xanchor": "left" if at else "right", "yanchor": "bottom"}
        labels.append(asides.text(f"{value:g} mg", look.font, **top, **side))
    return dashes, labels


def _axes(
    figure: go.Figure, places: list[str], decades: tuple[float, float], substance: str, look: Look
) -> None:
    still: dict[str, Any] = STILL | {"showgrid": True}
    said = AXIS.format(substance=substance)
    figure.update_xaxes(
        **still,
        type="log",
        range=list(decades),
        tickvals=[10.0**power for power in range(ceil(decades[0]), floor(decades[1]) + 1)],
        tickformat=",~r",
        gridcolor=style.GRID,
        title={"text": said, "standoff": 6, "font": {"size": look.font}},
    )
    figure.update_yaxes(
        **STILL,
        range=[len(places) - 0.5, -0.5],
        tickvals=list(range(len(places))),
        ticktext=places,
        ticklabelstandoff=6,
    )
