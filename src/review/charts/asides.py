"""What stands around the doses: how they were made comparable, and what has no place there."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

import pandas as pd

from review import style
from review.style import Look

FORMULA = (
    "Human-equivalent dose = dose per kg × Km of the animal / Km of the human, "
    "for a 60 kg adult. A line joins the lowest and highest amount that the report allows."
)
WIDE_SIGN = 0.52
Box = dict[str, Any]


def notes(look: Look, lines: pd.DataFrame | None) -> list[str]:
    """Return the lines below the plot: how doses are compared, and which levels are dashed."""
    said = FORMULA
    if lines is not None and len(lines):
        levels = lines.drop_duplicates("limit")[["value", "label"]].to_numpy()
        named = "; ".join(f"{value:g} mg, {label}" for value, label in levels)
        said += f" Dashed, only where they hold: {named}."
    return wrap(said, round(look.wrap * look.font / look.note))


def reasons(frame: pd.DataFrame, look: Look) -> Box:
    """Return how many arms have no place, by reason: on a screen below the plot, else beside it."""
    counts = frame["reason_label"].value_counts(sort=False)
    width = len(style.number(counts.max()))
    pairs = zip(counts, counts.index, strict=True)
    said = [f"{_padded(count, width)} {str(label).lower()}" for count, label in pairs]
    head = f"<b>{counts.sum()} of {len(frame)} arms have no comparable dose:</b>"
    if not look.height:
        below = "<br>".join([head, *said])
        return text(below, look.font, yshift=-3.4 * look.font, yanchor="top")
    beside = "<br>".join([*wrap(head, 24), *said])
    return text(beside, look.font, x=1, y=1, xshift=3 * look.font, yanchor="top")


def margins(
    frame: pd.DataFrame, places: pd.Index, subtitle: str, look: Look, below: list[str]
) -> dict[str, int]:
    """Return the margins in px, with room for the names of the places and the notes below."""
    lines = len(frame["reason_label"].cat.categories) + 1
    noted = 3 * look.font + 1.35 * look.note * len(below) + 12
    return {
        "l": round(24 + WIDE_SIGN * look.font * max(map(len, places))),
        "r": round(look.font * (18 if look.height else 3)),
        "t": round(style.top(subtitle, look) + 1.4 * look.font),
        "b": round(noted + (0 if look.height else (1.35 * lines + 1) * look.font)),
    }


def text(said: str, size: int, **where: Any) -> Box:
    """Return an annotation without an arrow, by default at the lower left corner of the plot."""
    paper = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left"}
    still = {"showarrow": False, "align": "left", "borderpad": 0, "font": {"size": size}}
    return {"text": said, **paper, **still, **where}


def _padded(count: int, width: int) -> str:
    # Figure spaces are as wide as digits, so that the numbers end in one line.
    return style.number(count).rjust(width, "\u2007")
