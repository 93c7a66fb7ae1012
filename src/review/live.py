"""Figures in a notebook page that change in place.

Plotly's own FigureWidget sends 5 MB of script for each figure and forgets its changes when the
page is reloaded. This widget sends the script once for a page, and what it shows is its state.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import plotly.graph_objects as go
import traitlets
from plotly.offline import get_plotlyjs

PLOTLY = "application/vnd.plotly.v1+json"
CONFIG = {"displaylogo": False, "displayModeBar": False, "showSendToCloud": False}


class LiveFigures(anywidget.AnyWidget):
    """Named figures below one another; `show` replaces them in one message."""

    _esm = Path(__file__).parent / "live.js"
    figures = traitlets.Dict().tag(sync=True)
    config = traitlets.Dict(CONFIG).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(_send_plotly)

    def show(self, figures: Mapping[str, tuple[go.Figure, str]]) -> None:
        """Draw these figures, each with its description for those who cannot see it."""
        self.figures = {
            name: json.loads(figure.to_json()) | {"alt": alt}
            for name, (figure, alt) in figures.items()
        }


class Picture(LiveFigures):
    """One figure that also says itself in a notebook without a kernel."""

    def __init__(self, name: str, figure: go.Figure, alt: str) -> None:
        super().__init__()
        self.show({name: (figure, alt)})

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the live view, plotly's data for pages that draw it, and the description."""
        ((_, shown),) = self.figures.items()
        still = {"data": shown["data"], "layout": shown["layout"], "config": CONFIG}
        data, metadata = super()._repr_mimebundle_(**options) or ({}, {})
        return data | {PLOTLY: still, "text/plain": shown["alt"]}, metadata


def _send_plotly(widget: LiveFigures, message: Mapping[str, Any], _: list[bytes]) -> None:
    if message.get("need") == "plotly":
        script = gzip.compress(get_plotlyjs().encode("utf-8"), mtime=0)
        widget.send({"plotly": True}, buffers=[script])
