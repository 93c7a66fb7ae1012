"""How time and memory grow with the studies, as a table and a figure in benchmarks/README.md.

Each size is a review in files, made by `tests.synthetic.write`, read in an interpreter of its own.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import plotly.graph_objects as go

from review import style
from review.export import pictures
from tests.synthetic import write

HERE = Path(__file__).parent
README, PICTURE = HERE / "README.md", HERE / "growth.svg"
START, END = "<!-- growth: written by `make bench` -->", "<!-- /growth -->"
SIZES = (1_000, 10_000, 100_000)
# What is measured, with what the issue of scale allows for 100,000 studies.
MEASURED = {
    "load": ("loading the files, s", 20),
    "memory": ("most memory by then, MB", 1000),
    "search": ("first text search, s", 0.5),
    "misfits": ("misfits, s", 3),
    "exports": ("exports without pictures, s", 10),
    "pictures": ("exports with svg, png and pdf, s", 10),
}
DASHES, MARKS = ("solid", "dash", "dot", "dashdot", "longdash"), (*style.SYMBOLS, "x")
CODE = """
import json, resource, sys, tempfile
from pathlib import Path
from time import perf_counter
import bibtexparser, frictionless, jsonschema, pandas, statsmodels.stats.meta_analysis
import review
from review import Selection, export, facets, facts

found, clock = {}, perf_counter()

def done(name):
    global clock
    found[name] = perf_counter() - clock
    clock = perf_counter()

data = review.load(Path(sys.argv[1]) / "data")
done("load")
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found["memory"] = most / (1e6 if sys.platform == "darwin" else 1e3)
clock = perf_counter()
facets.select(data, Selection(text="pain"))
done("search")
facts.misfits(data)
done("misfits")
with tempfile.TemporaryDirectory() as out:
    clock = perf_counter()
    export.figures(data, Path(out) / "rows", formats=["html"])
    done("exports")
    try:
        export.figures(data, Path(out) / "all")
        done("pictures")
    except export.PictureError as error:
        print(error, file=sys.stderr)
print(json.dumps(found))
"""
Found = Mapping[str, float]


def measured(size: int) -> Found:
    """Return what a review of this many studies takes, by the names of `MEASURED`."""
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), size)
        command = [sys.executable, "-c", CODE, folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads(done.stdout)
    return found


def table(found: Mapping[int, Found]) -> str:
    """Return the measurements as a Markdown table, a row for each, with its bound."""
    lines = [
        f"| | {' | '.join(f'{size:,} studies' for size in found)} | at most |",
        f"|---|{'---:|' * (len(found) + 1)}",
    ]
    for name, (said, bound) in MEASURED.items():
        cells = [f"{row[name]:.3g}" if name in row else "Chrome gave up" for row in found.values()]
        lines.append(f"| {said} | {' | '.join(cells)} | {bound:g} |")
    return "\n".join(lines)


def picture(found: Mapping[int, Found]) -> go.Figure:
    """Return the seconds by the number of studies, both on logarithmic axes."""
    timed = [name for name in MEASURED if name != "memory"]
    lines = [
        go.Scatter(
            name=MEASURED[name][0].removesuffix(", s"),
            x=list(found),
            y=[row.get(name) for row in found.values()],
            mode="lines+markers",
            line={"color": style.INK, "dash": dash},
            marker={"symbol": symbol, "size": 9},
        )
        for name, dash, symbol in zip(timed, DASHES, MARKS, strict=True)
    ]
    axis = {"type": "log", "dtick": 1, "gridcolor": style.GRID, "automargin": True}
    layout = style.layout("Seconds by the number of studies", "", 420) | {
        "width": 800,
        "showlegend": True,
        "xaxis": axis | {"title": {"text": "studies"}, "tickformat": ","},
        "yaxis": axis | {"title": {"text": "seconds"}},
    }
    return go.Figure(lines, layout)


def machine() -> str:
    """Return in general words what the measurements were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()}, {python}."


def told(text: str, found: Mapping[int, Found]) -> str:
    """Return the text of the page with these measurements between its two marks."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    figure = f"![Seconds by the number of studies, on logarithmic axes]({PICTURE.name})"
    parts = [START, f"Measured on {machine()}", table(found), figure, END]
    return before + "\n\n".join(parts) + after


def main() -> int:
    """Measure all sizes, and write the page and its figure; return 0."""
    found = {size: measured(size) for size in SIZES}
    print(table(found))
    README.write_text(told(README.read_text(encoding="utf-8"), found), encoding="utf-8")
    with pictures.renderer() as render:
        PICTURE.write_bytes(render(picture(found), "svg", 1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
