"""What shown.js must return for a view, counted from the data files."""

from __future__ import annotations

from typing import Any

from tests import recount
from tests.browser import charts
from tests.recount import FIELDS, NUMBERS, View

NOTE = "No study matches. Tick more boxes, widen the years, or press Reset."
EVERY = {"year_from": min(recount.YEARS.values()), "year_to": max(recount.YEARS.values())}
ROWS = 10


def expectation(view: View, figure: str = "coverage") -> dict[str, Any]:
    """Return all that a person sees of a panel with this view and this figure."""
    some = recount.left(view)
    return {
        "groups": [_group(view, name) for name in FIELDS],
        "numbers": [view.get(name, EVERY.get(name, 0)) for name in NUMBERS],
        "text": view.get("text", ""),
        "view": recount.written(view),
        "problem": "",
        "state": charts.state(some),
        "words": _words(view),
        "chart": {
            "name": figure,
            "subtitle": [f"{len(some)} of {len(recount.STUDIES)} studies"],
            **_chart(figure, some),
        },
        "table": f"Showing {min(len(some), 1)} to {min(len(some), ROWS)} of {len(some)} "
        f"{'study' if len(some) == 1 else 'studies'}",
        "rows": [_row(study) for study in some[:ROWS]] or [["No study matches."]],
        "names": [recount.listed(study["study"]) for study in some],
    }


def _group(view: View, name: str) -> list[Any]:
    words = recount.labels(name)
    chosen = view.get(name, tuple(words))
    ticked = f" {len(chosen)} of {len(words)}" if name in view else ""
    counts = zip(words.items(), recount.counts(view, name), strict=True)
    boxes = [[f"{label} ({count})", word in chosen] for (word, label), count in counts]
    return [f"{recount.column(name)['title']}{ticked}", boxes]


def _words(view: View) -> str:
    said = [
        f"{recount.column(name)['title']}: "
        f"{' or '.join(recount.labels(name)[word] for word in view[name]) or 'none'}"
        for name in FIELDS
        if name in view
    ]
    others = {
        "year_from": "{} or later",
        "year_to": "{} or earlier",
        "n_min": f"{recount.column('n_total', 'studies')['title']}: {{}} or more",
        "text": "With the words “{}”",
    }
    said += [words.format(view[name]) for name, words in others.items() if name in view]
    return "; ".join(said) or "Every cited study"


def _row(study: recount.Row) -> list[str]:
    labels = [recount.labels(name)[study[name]] for name in ("subject", "condition")]
    return [recount.cite(study["study"]), *labels, study["n_total"] or "not reported"]


def sizes(some: list[recount.Row]) -> list[str]:
    """Return the numbers studied, by size, those that nobody says last."""
    known = sorted((study["n_total"] for study in some if study["n_total"]), key=int)
    return known + ["not reported"] * (len(some) - len(known))


def _chart(figure: str, some: list[recount.Row]) -> dict[str, Any]:
    # Of the other figures only the subtitle is counted here.
    return {"notes": [] if some else [NOTE], **CHARTS[figure](some)} if figure in CHARTS else {}


def _coverage(some: list[recount.Row]) -> dict[str, Any]:
    cells = charts.coverage(some)
    return {"cells": cells, "drawn": [cell[2] for cell in cells], "described": len(some)}


def _funnel(some: list[recount.Row]) -> dict[str, Any]:
    steps = charts.funnel(some)
    return {
        "steps": steps,
        "drawn": [step[2] for step in steps],
        "described": [step[1] for step in steps],
    }


def _dots(some: list[recount.Row]) -> dict[str, Any]:
    return {"marks": charts.dots(some), "drawn": len(some), "described": len(some)}


CHARTS = {"coverage": _coverage, "funnel": _funnel, "dots": _dots}
TITLES = {
    "funnel": "From every cited study to the answer",
    "coverage": "Cited studies by condition and subject",
    "dots": "One mark for each study",
    "directions": "Findings as the authors report them: counted, not a synthesis",
    "trials": "Controlled trials in people, nearest to the question first",
    "doses": "What was given per day, where papers say enough",
    "timeline": "Cited studies over the years",
    "claims": "What the articles say, and the studies that bear on it",
    "information_size": "People in placebo-controlled trials so far, and in one adequate trial",
}
