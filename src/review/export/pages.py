"""Figures as one page for a browser: with plotly inside, working without a network."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from review import markup, style
from review.export.stamps import Stamp
from review.provenance import Provenance

CONFIG = {
    "displaylogo": False,
    "displayModeBar": False,
    "showSendToCloud": False,
    "typesetMath": False,
}
# Nothing is fetched and nothing is sent, whatever stands in the page.
POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; base-uri 'none'; form-action 'none'"
)
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="description" content="{description}">
<style>
body {{ margin: 0; color: {ink}; background: {paper}; font-family: {font}; }}
figure {{ margin: 0 0 32px; overflow-x: auto; }}
figcaption {{ max-width: 80ch; margin: 8px 12px; font-size: 14px; line-height: 1.45; }}
</style>
<script>{plotly}</script>
</head>
<body>
{figures}
</body>
</html>
"""


def page(
    figures: Sequence[tuple[go.Figure, Stamp]], provenance: Provenance, background: str = "white"
) -> str:
    """Return the HTML of these figures below one another, each with what it shows in words."""
    ground = style.dark if background == "dark" else str
    titles = ", ".join(stamp.title for _, stamp in figures)
    return PAGE.format(
        policy=POLICY,
        title=markup.xml(f"{titles} – {provenance.title}"),
        description=markup.xml(" ".join([*(stamp.alt for _, stamp in figures), provenance.line])),
        ink=ground(style.INK),
        paper="transparent" if background == "transparent" else ground(style.PAPER),
        font=style.FONT,
        plotly=get_plotlyjs(),
        figures="\n".join(_figure(figure, stamp) for figure, stamp in figures),
    )


def _figure(figure: go.Figure, stamp: Stamp) -> str:
    drawn = figure.to_html(
        config=CONFIG, include_plotlyjs=False, full_html=False, div_id=stamp.name
    )
    words = f"<figcaption>{markup.html(stamp.alt)}</figcaption>"
    return f'<figure aria-label="{markup.xml(stamp.title)}">{drawn}{words}</figure>'
