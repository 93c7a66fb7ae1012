"""The only place with a colour, a font, a number format or the words for what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from textwrap import wrap
from typing import Any

from review import markup

# In a table, a sentence or a label; never a 0.
NOT_REPORTED = "not reported"
INK = "#1f2328"
GRID = "#c3c9d0"
PAPER = EMPTY = "#ffffff"
NONE = "#d55e00"
# The same on a dark ground, and the tiles that are tinted with ink.
DARK_INK, DARK_GRID, DARK_PAPER, DARK_TILE = "#f0f3f6", "#4a525c", "#14181d", "#8b949e"
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
    """Sizes of a figure: fonts in px, size in px (None: that of the page), rows that fit.

    `foot` is the font of the lines that say where an exported figure comes from.
    """

    name: str
    font: int
    note: int
    title: int
    mark: int
    wrap: int
    width: int | None
    height: int | None
    rows: int
    foot: int = 11


# A page with more rows than this is too long to be read, and slow to draw.
SCREEN = Look("screen", 13, 11, 17, 11, 74, None, None, 200)
# For a printed page or a slide in a window.
PAGE = Look("page", 16, 16, 22, 12, 116, 900, 600, 10)
# 18 pt are 24 px; smaller text cannot be read from the back row.
TALK = Look("talk", 24, 24, 34, 18, 114, 1280, 720, 10, 14)
# The shapes of a picture. Narrower ones have smaller letters, for a poster or a page on a screen.
SHAPES = {
    "16:9": TALK,
    "4:3": Look("4:3", 18, 18, 26, 14, 114, 960, 720, 14, 13),
    "1:1": Look("1:1", 14, 14, 20, 11, 108, 720, 720, 18, 11),
}
# Below the title of a slide, which says what the figure comes to; its own says what it shows.
SLIDE = Look("slide", 24, 24, 24, 18, 128, 1448, 640, 10)
# On Windows and Macs; Linux has a font of the same widths for it.
SLIDE_FONT = "Arial"


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


def mark(at: int) -> tuple[str, str]:
    """Return colour and symbol of the word at this place; sixteen words differ in one of them."""
    return HUES[at % len(HUES)], SYMBOLS[(at + at // len(HUES)) % len(SYMBOLS)]


def number(count: int) -> str:
    """Return a count with thousands separated."""
    return f"{count:,}"


def layout(title: str, subtitle: str, height: int, look: Look = SCREEN) -> dict[str, Any]:
    """Return what every figure's layout has in common; a long subtitle is wrapped.

    `height` in px holds for the screen; a talk has its own.
    """
    lines = wrap(subtitle, look.wrap)
    below = "<br>".join(map(markup.label, lines))
    # Plotly lifts a title by each line that it gains.
    lift = round((1.3 * len(lines) - 0.3) * look.font) if lines else 0
    return {
        "template": {},
        "title": {
            # Plotly's own subtitle ends up on the title when only colours change.
            "text": f"{title}<br><span style='font-size:{look.font}px'>{below}</span>"
            if lines
            else title,
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
    lines = len(wrap(subtitle, look.wrap))
    # Plotly sets the further lines as far apart as those of the title.
    further = 1.5 * look.title * max(lines - 1, 0)
    return round(30 + 1.2 * look.title + 1.35 * look.font * min(lines, 1) + further)


def mixed(hue: str, share: float, ground: str = "#ffffff") -> str:
    """Return a colour mixed with a ground, by default white, of which it has this share."""
    pairs = zip(_channels(hue), _channels(ground), strict=True)
    return "#" + "".join(f"{round(under - (under - value) * share):02x}" for value, under in pairs)


def dark(colour: str) -> str:
    """Return what stands for a colour of a figure on a dark ground: itself, if it is readable."""
    return _darkened().get(colour, colour)


@cache
def _darkened() -> dict[str, str]:
    """Ink, paper and lines change places; tiles mix with the ground, so that zeros do not glare."""
    hues = {hue: hue for hue in (*HUES, *DIRECTION_HUES)} | {INK: DARK_TILE}
    tiles = {
        mixed(hue, share): mixed(shown, share, DARK_PAPER)
        for hue, shown in hues.items()
        for share in TINTS
    }
    band = {mixed(GRID, 0.25): mixed(DARK_GRID, 0.25, DARK_PAPER)}
    return {**tiles, **band, INK: DARK_INK, PAPER: DARK_PAPER, GRID: DARK_GRID}


def _channels(colour: str) -> list[int]:
    return [int(colour[start : start + 2], 16) for start in (1, 3, 5)]
