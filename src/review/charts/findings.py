"""What the authors report: votes by domain, and the controlled trials one by one."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from review import markup, style
from review.charts.parts import STILL, apart, drawn, marks, rows, safe, tiles, with_note
from review.style import SCREEN, Look

DIRECTIONS_TITLE = "Findings as the authors report them: counted, not a synthesis"
SIZE_TITLE = "Hedges' g<br>(no mark:<br>no number)"
TRIALS_TITLE = "Controlled trials in people, nearest to the question first"
SIGNS = ("▲", "●", "▼", "◆", "○")
ROW = 34
LONGEST_DOMAIN = 34
CUT_LATER = ("citation", "routes", "comparators", "doses")


def directions(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return outcome domains by reported direction, side by side for each subject.

    `frame` is that of `evidence.directions`. One trace per subject and direction, in order; zeros
    are printed, and a sign in the head of each column stands beside its colour.
    """
    frame = safe(frame)
    figure = go.Figure(layout=style.layout(DIRECTIONS_TITLE, subtitle, 640, look))
    ticks, subjects, left = list[tuple[float, str]](), list[tuple[float, str]](), 0.0
    for subject, part in frame.groupby("subject_label", sort=False):
        start = left
        for at, (direction, cells) in enumerate(part.groupby("direction_label", sort=False)):
            words = [f"<b>{count}</b>" if count else "0" for count in cells["studies"]]
            name, counts = f"{subject}: {direction}", cells["studies"]
            shown = tiles(name, cells["domain_label"], counts, words, look) | {
                "x": [left, left + 1],
                "colorscale": style.tints(style.DIRECTION_HUES[at]),
                "customdata": [[f"{count} votes"] for count in counts],
            }
            figure.add_trace(shown)
            ticks.append((left + 0.5, SIGNS[at]))
            left += 1
        subjects.append(((start + left) / 2, str(subject)))
        left += 0.4
    _head(figure, subjects, look)
    _key(figure, list(frame["direction_label"].unique()), look)
    figure.update_layout(
        margin_t=style.top(subtitle, look) + 3 * look.font, margin_b=round(2.4 * look.font)
    )
    _vote_axes(figure, ticks, left - 0.4)
    return with_note(figure, int(frame["studies"].sum()), look)


def _vote_axes(figure: go.Figure, ticks: list[tuple[float, str]], width: float) -> None:
    figure.update_xaxes(
        **STILL,
        side="top",
        range=[0, width],
        tickvals=[at for at, _ in ticks],
        ticktext=[sign for _, sign in ticks],
    )
    figure.update_yaxes(
        **STILL,
        type="category",
        autorange="reversed",
        automargin=True,
        dtick=1,
        ticklabelstandoff=6,
    )


def _head(figure: go.Figure, subjects: list[tuple[float, str]], look: Look) -> None:
    for at, label in subjects:
        figure.add_annotation(
            x=at,
            y=1,
            yref="paper",
            yshift=1.7 * look.font,
            yanchor="bottom",
            text=f"<b>{label}</b>",
            showarrow=False,
            font={"size": look.font},
        )


def _key(figure: go.Figure, labels: list[str], look: Look, *, above: bool = False) -> None:
    said = "   ".join(f"{sign} {label.lower()}" for sign, label in zip(SIGNS, labels, strict=True))
    figure.add_annotation(
        # Above the trials, whose names take much of the width, there is more room on the left.
        x=1 if above else 0,
        y=1 if above else 0,
        xref="paper",
        yref="paper",
        yshift=4 if above else -4,
        xanchor="right" if above else "left",
        yanchor="bottom" if above else "top",
        text=said,
        showarrow=False,
        align="left",
        font={"size": look.font},
    )


def trials(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return the trials as rows and outcome domains as columns, a sign for each reported finding.

    `frame` is that of `evidence.trials`. One trace per direction, in order, and one for Hedges' g
    with its interval, which most trials cannot have. A talk shows the rows that fit.
    """
    each = frame.drop_duplicates("study")
    fit = each.head(look.rows)
    names = apart(_trial_label(row, look) for row in rows(fit))
    labels = dict(zip(fit["study"], names, strict=True))
    shown = safe(_with_short_domains(frame[frame["study"].isin(labels)]), *CUT_LATER)
    title = TRIALS_TITLE
    if len(labels) < len(each):
        title = f"The {len(labels)} controlled trials nearest to the question, of {len(each)}"
    figure = go.Figure(layout=style.layout(title, subtitle, 250 + ROW * max(len(labels), 8), look))
    for at, direction in enumerate(shown["direction_label"].cat.categories):
        some = shown[shown["direction_label"] == direction]
        figure.add_trace(_signs(some, str(direction), labels, at, look))
    figure.add_trace(_sizes(shown, labels, look))
    _trial_axes(figure, list(shown["domain_label"].cat.categories), list(labels.values()), look)
    _key(figure, list(shown["direction_label"].cat.categories), look, above=True)
    figure.update_layout(margin_t=style.top(subtitle, look) + 2 * look.font)
    return with_note(figure, len(labels), look)


def _trial_axes(figure: go.Figure, domains: list[str], labels: list[str], look: Look) -> None:
    lined = STILL | {"showgrid": True, "gridcolor": style.GRID, "automargin": True}
    figure.update_layout(
        xaxis=lined
        | {
            "domain": [0, 0.76],
            "tickangle": -50,
            "dtick": 1,
            "categoryorder": "array",
            "categoryarray": domains,
            "type": "category",
            "range": [-0.6, len(domains) - 0.4],
        },
        xaxis2=STILL
        | {
            "domain": [0.8, 1],
            "range": [-2, 2],
            "zeroline": True,
            "zerolinecolor": style.GRID,
            "tickvals": [-1, 0, 1],
            "title": {"text": SIZE_TITLE, "font": {"size": look.font}},
        },
        yaxis=lined
        | {
            "categoryorder": "array",
            "categoryarray": labels,
            "type": "category",
            "range": [max(len(labels), 8) - 0.4, -0.6],
            "dtick": 1,
            "ticklabelstandoff": 6,
        },
    )


def _sizes(shown: pd.DataFrame, labels: dict[str, str], look: Look) -> go.Scatter:
    sized = shown.dropna(subset="g").drop_duplicates("study")
    return go.Scatter(
        x=drawn(sized["g"]),
        y=drawn(labels[study] for study in sized["study"]),
        error_x={
            "type": "data",
            "symmetric": False,
            "array": drawn(sized["high"] - sized["g"]),
            "arrayminus": drawn(sized["g"] - sized["low"]),
            "color": style.INK,
        },
        xaxis="x2",
        text=drawn(sized["domain_label"].astype("str")),
        hovertemplate="%{text}: g %{x:.2f}<extra></extra>",
        **marks("Hedges' g", style.INK, "square", look.mark * 2 // 3),
    )


def _trial_label(row: dict[str, Any], look: Look) -> str:
    number = f"n {style.NOT_REPORTED}" if pd.isna(row["n_total"]) else f"n {row['n_total']}"
    first = f"{markup.label(_cut(row['citation'], 34))}, {number}"
    if look.height:
        return first
    routes = row["routes"] if isinstance(row["routes"], str) else f"route {style.NOT_REPORTED}"
    against = (
        row["comparators"].lower() if isinstance(row["comparators"], str) else style.NOT_REPORTED
    )
    second = markup.label(_cut(f"{routes}, against: {against}", 52))
    return f"{first}<br><span style='font-size:{look.note}px'>{second}</span>"


def _with_short_domains(frame: pd.DataFrame) -> pd.DataFrame:
    # They stand aslant below the rows, which longer ones would leave no height.
    domains = frame["domain_label"]
    short = apart(_cut(str(label), LONGEST_DOMAIN) for label in domains.cat.categories)
    return frame.assign(domain_label=domains.cat.rename_categories(short))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _signs(
    some: pd.DataFrame, name: str, labels: dict[str, str], at: int, look: Look
) -> go.Scatter:
    shown = marks(name, style.DIRECTION_HUES[at], style.DIRECTION_SYMBOLS[at], look.mark)
    return go.Scatter(
        x=drawn(some["domain_label"]),
        y=drawn(labels[study] for study in some["study"]),
        customdata=list(some["study"]),
        text=[_hover(row) for row in rows(some)],
        hovertemplate="%{y}<br>%{x}: " + name.lower() + "<br>%{text}<extra></extra>",
        **shown,
    )


def _hover(row: dict[str, Any]) -> str:
    dose = row["doses"] if isinstance(row["doses"], str) else f"dose {style.NOT_REPORTED}"
    lines = [markup.wrapped(dose, 60)]
    if isinstance(row["comparators"], str):
        lines.append(markup.label(f"against: {row['comparators'].lower()}"))
    if pd.isna(row["g"]):
        lines.append("no number for a standardised difference was reported")
    else:
        lines.append(f"g {row['g']:.2f} ({row['low']:.2f} to {row['high']:.2f})")
    return "<br>".join(lines)
