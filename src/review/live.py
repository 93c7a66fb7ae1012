"""A figure in a notebook page that changes in place.

Plotly's own FigureWidget sends 5 MB of script for each figure and forgets its changes when the
page is reloaded. This widget sends the script once for a page, and what it shows is its state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import plotly.graph_objects as go
import traitlets

from review.scripts import Scripted

PLOTLY = "application/vnd.plotly.v1+json"
CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "showSendToCloud": False,
    "typesetMath": False,
}


class LiveFigure(Scripted):
    """One figure with lines of words above it; `show` replaces the figure in one message.

    `shown` counts what was shown, so that a page can tell what it has drawn. Functions added with
    `on_pick` are called with the study whose mark was clicked.
    """

    _own = ("live.js",)
    figure = traitlets.Dict().tag(sync=True)
    shown = traitlets.Int().tag(sync=True)
    status = traitlets.List(traitlets.Unicode()).tag(sync=True)
    config = traitlets.Dict(CONFIG).tag(sync=True)

    def show(self, name: str, figure: go.Figure, alt: str) -> None:
        """Draw this figure, with its description for those who cannot see it."""
        with self.hold_sync():
            self.figure = json.loads(figure.to_json()) | {"name": name, "alt": alt}
            self.shown += 1

    def on_pick(self, picked: Callable[[str], None]) -> None:
        """Call this with the key that stands at a mark when it is clicked."""

        def on_message(_: object, message: Mapping[str, Any], __: object) -> None:
            if isinstance(message.get("pick"), str):
                picked(message["pick"])

        self.on_msg(on_message)


class Picture(LiveFigure):
    """One figure that also says itself in a notebook without a kernel."""

    def __init__(self, name: str, figure: go.Figure, alt: str) -> None:
        super().__init__()
        self.show(name, figure, alt)

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view, plotly's data for pages that draw it, and the description."""
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return data | {PLOTLY: still(self.figure), "text/plain": self.figure["alt"]}, metadata


def still(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page without a kernel needs to draw what a LiveFigure shows."""
    return {"data": figure["data"], "layout": figure["layout"], "config": CONFIG}
