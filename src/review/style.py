"""The only place with a colour, a font or a number format."""

from __future__ import annotations

from typing import Any

INK = "#1f2328"
GRID = "#c3c9d0"
PAPER = EMPTY = "#ffffff"
FONT = "Helvetica, Arial, 'DejaVu Sans', sans-serif"

# Okabe and Ito's colours (https://jfly.uni-koeln.de/color/), told apart with any colour vision.
HUES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7")
BAR = HUES[0]
NONE = "#d55e00"
# Counts up to these bounds share a tint, so that a filter never changes what a tint means.
BINS = (0, 2, 9)
TINTS = (0.0, 0.18, 0.36, 0.54)


def bin_of(count: int) -> int:
    """Return the number of the tint for a count: 0 for none, then 1 to 3."""
    return sum(count > bound for bound in BINS)


def tints(hue: str) -> list[list[object]]:
    """Return a colour scale of flat steps from empty to a mid tint, on which ink stays readable."""
    steps = len(TINTS)
    scale: list[list[object]] = []
    for number, share in enumerate(TINTS):
        colour = _mixed(hue, share)
        scale += [[number / steps, colour], [(number + 1) / steps, colour]]
    return scale


def number(count: int) -> str:
    """Return a count with thousands separated."""
    return f"{count:,}"


def layout(title: str, subtitle: str, height: int) -> dict[str, Any]:
    """Return what every figure's layout has in common."""
    return {
        "template": {},
        "title": {
            # Plotly's own subtitle ends up on the title when only colours change.
            "text": f"{title}<br><span style='font-size:13px'>{subtitle}</span>",
            "font": {"size": 17},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yanchor": "top",
            "pad": {"l": 12, "t": 12},
        },
        "font": {"family": FONT, "size": 13, "color": INK},
        "height": height,
        "margin": {"l": 12, "r": 12, "t": 72, "b": 12},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {"bgcolor": "#ffffff", "font": {"color": INK, "size": 13}},
        "dragmode": False,
    }


def _mixed(hue: str, share: float) -> str:
    channels = [int(hue[start : start + 2], 16) for start in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - value) * share):02x}" for value in channels)
