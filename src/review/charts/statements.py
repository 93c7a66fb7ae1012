"""The statements of the articles against the evidence that bears on them."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from review import markup, style
from review.charts.parts import STILL, safe, tiles, with_note, with_text
from review.style import SCREEN, Look

TITLE = "What the articles say, and the studies that bear on it"
TALK_TITLE = "Statements by the nearest evidence that bears on them"
LINE = 66
ROW = 36
NONE = "None"
NO_STATEMENT = (
    "<b>No statement to hold<br>against the evidence.</b><br>claims.csv has none on the topic."
)


def claims(frame: pd.DataFrame, subtitle: str = "", look: Look = SCREEN) -> go.Figure:
    """Return statements by class of evidence, with the number of studies in each cell.

    `frame` is that of `evidence.claims`. One trace per class, in order, zeros printed. A talk
    shows the articles instead of their statements, each counted once at its nearest evidence.
    """
    frame = safe(frame, "statement")
    return _summed(frame, subtitle, look) if look.height else _each(frame, subtitle, look)


def _each(frame: pd.DataFrame, subtitle: str, look: Look) -> go.Figure:
    each = frame.drop_duplicates("claim")
    labels = [_label(*pair) for pair in zip(each["claim"], each["statement"], strict=True)]
    height = style.top(subtitle, look) + 3 * look.font + ROW * max(len(labels), 8)
    figure = go.Figure(layout=style.layout(TITLE, subtitle, height, look))
    names = list(frame["evidence_label"].cat.categories)
    for at, name in enumerate(names):
        cells = frame[frame["evidence_label"] == name]
        words = [f"<b>{count}</b>" if count else "0" for count in cells["studies"]]
        shown = tiles(name, labels, cells["studies"], words, look) | {
            "x": [at, at + 1],
            "colorscale": style.tints(style.HUES[at % 4]),
            "customdata": [[keys or "no study"] for keys in cells["keys"]],
        }
        figure.add_trace(shown)
    _axes(figure, names, subtitle, look)
    return _noted(figure, frame, look)


def _label(key: str, statement: str) -> str:
    return f"<b>{key}</b> " + markup.wrapped(statement, LINE)


def _summed(frame: pd.DataFrame, subtitle: str, look: Look) -> go.Figure:
    nearest = frame.drop_duplicates("claim")[["article"]].assign(label=_nearest_label(frame))
    articles = sorted(nearest["article"].unique())
    sizes = nearest["article"].value_counts()
    labels = [f"Article {article}<br>{_statements(sizes[article])}" for article in articles]
    names = [*frame["evidence_label"].cat.categories, NONE]
    figure = go.Figure(layout=style.layout(TALK_TITLE, subtitle, 420, look))
    for at, name in enumerate(names):
        of_class = nearest.loc[nearest["label"] == name, "article"].value_counts()
        counts = [int(of_class.get(article, 0)) for article in articles]
        words = [f"<b>{count}</b>" if count else "0" for count in counts]
        hue = style.HUES[at] if at < len(style.HUES) else style.DIRECTION_HUES[1]
        shown = tiles(name, labels, counts, words, look) | {
            "x": [at, at + 1],
            "colorscale": style.tints(hue),
            "textfont": {"color": style.INK, "size": 2 * look.font},
            "customdata": [[_statements(count)] for count in counts],
        }
        figure.add_trace(shown)
    _axes(figure, names, subtitle, look)
    return _noted(figure, frame, look)


def _statements(count: int) -> str:
    return f"{count} {'statement' if count == 1 else 'statements'}"


def _nearest_label(frame: pd.DataFrame) -> pd.Series:
    labels = dict(zip(frame["evidence"], frame["evidence_label"], strict=True))
    return frame.drop_duplicates("claim")["nearest"].map(labels).fillna(NONE)


def _noted(figure: go.Figure, frame: pd.DataFrame, look: Look) -> go.Figure:
    if frame.empty:
        return with_text(figure.update_yaxes(visible=False), NO_STATEMENT, look)
    return with_note(figure, int(frame["studies"].sum()), look)


def _axes(figure: go.Figure, names: list[str], subtitle: str, look: Look) -> None:
    figure.update_layout(
        plot_bgcolor=style.GRID, margin_t=style.top(subtitle, look) + 3 * look.font
    )
    figure.update_xaxes(
        **STILL,
        side="top",
        range=[0, len(names)],
        tickvals=[at + 0.5 for at in range(len(names))],
        ticktext=["<br>".join(f"<b>{word}</b>" for word in name.split(" ", 1)) for name in names],
    )
    figure.update_yaxes(
        **STILL,
        type="category",
        autorange="reversed",
        automargin=True,
        dtick=1,
        ticklabelstandoff=8,
    )
