"""The only place with a colour, a font or a number format."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

INK = "#1f2328"
GRID = "#c3c9d0"
PAPER = EMPTY = "#ffffff"
NONE = "#d55e00"
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"

# Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), told apart with any colour vision.
# Each word of a vocabulary has its place in the list, so a filter never changes a colour.
HUES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
BAR = HUES[0]
# What the authors report, in the order of the vocabulary: benefit, no difference, harm, mixed,
# not reported. Each has a symbol as a second cue; not reported is an outline.
DIRECTION_HUES = ("#0072b2", "#767676", "#d55e00", "#cc79a7", "#1f2328")
DIRECTION_SYMBOLS = ("triangle-up", "circle", "triangle-down", "diamond", "circle-open")
# Counts up to these bounds share a tint, so that a filter never changes what a tint means.
BINS = (0, 2, 9)
TINTS = (0.0, 0.18, 0.36, 0.54)


@dataclass(frozen=True)
class Look:
    """Sizes of a figure: fonts in px, size in px (None: that of the page), rows that fit."""

    name: str
    font: int
    note: int
    title: int
    mark: int
    wrap: int
    width: int | None
    height: int | None
    rows: int


# A page with more rows than this is too long to be read, and slow to draw.
SCREEN = Look("screen", 13, 11, 17, 11, 74, None, None, 200)
# For a printed page or a slide in a window.
PAGE = Look("page", 16, 16, 22, 12, 116, 900, 600, 10)
# 18 pt are 24 px; smaller text cannot be read from the back row.
TALK = Look("talk", 24, 24, 34, 18, 114, 1280, 720, 10)


def bin_of(count: int) -> int:
    """Return the number of the tint for a count: 0 for none, then 1 to 3."""
    return sum(count > bound for bound in BINS)


def tints(hue: str) -> list[list[object]]:
    """Return a colour scale of flat steps from empty to a mid tint, on which ink stays readable."""
    steps = len(TINTS)
    scale: list[list[object]] = []
    for number, share in enumerate(TINTS):
        colour = mixed(hue, share)
        scale += [[number / steps, colour], [(number + 1) / steps, colour]]
    return scale


def number(count: int) -> str:
    """Return a count with thousands separated."""
    return f"{count:,}"


def layout(title: str, subtitle: str, height: int, look: Look = SCREEN) -> dict[str, Any]:
    """Return what every figure's layout has in common; a long subtitle is wrapped.

    `height` in px holds for the screen; a talk has its own.
    """
    lines = wrap(subtitle, look.wrap)
    below = "<br>".join(lines)
    # Plotly lifts a title by each line that it gains.
    lift = round((1.3 * len(lines) - 0.3) * look.font)
    return {
        "template": {},
        "title": {
            # Plotly's own subtitle ends up on the title when only colours change.
            "text": f"{title}<br><span style='font-size:{look.font}px'>{below}</span>",
            "font": {"size": look.title},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "pad": {"l": 12, "t": 12 + lift},
        },
        "font": {"family": FONT, "size": look.font, "color": INK},
        "width": look.width,
        "height": look.height or height,
        "margin": {"l": 12, "r": 12, "t": top(subtitle, look), "b": 12},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": INK, "size": 13}},
        "dragmode": False,
    }


def top(subtitle: str, look: Look) -> int:
    """Return the height in px that the title and its subtitle need."""
    lines = max(len(wrap(subtitle, look.wrap)), 1)
    return round(30 + 1.2 * look.title + 1.35 * lines * look.font)


def mixed(hue: str, share: float) -> str:
    """Return a colour mixed with white, of which it has this share."""
    channels = [int(hue[start : start + 2], 16) for start in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - value) * share):02x}" for value in channels)
