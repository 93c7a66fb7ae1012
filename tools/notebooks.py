"""Run every notebook in a fresh kernel and store what it shows, the same bytes each time."""

from __future__ import annotations

import sys
from pathlib import Path

import kaleido
import nbformat
import plotly.graph_objects as go
from nbclient import NotebookClient
from nbformat import NotebookNode

from review.live import PLOTLY
from tools.svg import stable

ROOT = Path(__file__).parents[1]
WIDTH = 820
# A reader without a kernel gets the text and tables of a panel instead of "model not found".
LIVE_ONLY = "application/vnd.jupyter.widget-view+json"
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}


def run(path: Path, *, pictures: bool) -> NotebookNode:
    """Return the notebook at this path, run from top to bottom, with outputs made stable.

    `pictures` adds an SVG to each figure, for pages that run no script; it needs a browser.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        store_widget_state=False,
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = NotebookNode(kernelspec=KERNEL, language_info={"name": "python"})
    for cell in notebook.cells:
        cell.metadata = NotebookNode()
        for output in cell.get("outputs", []):
            _stabilise(output, cell.id, pictures=pictures)
    return notebook


def _stabilise(output: NotebookNode, cell: str, *, pictures: bool) -> None:
    data = output.get("data", {})
    data.pop(LIVE_ONLY, None)
    if pictures and PLOTLY in data:
        data["image/svg+xml"] = stable(_svg(data[PLOTLY]), cell)


def _svg(shown: NotebookNode) -> str:
    figure = go.Figure(data=shown["data"], layout=shown["layout"])
    return figure.to_image("svg", width=WIDTH, height=shown["layout"]["height"]).decode("utf-8")


def main() -> int:
    """Run all notebooks and write them back; return 0."""
    kaleido.start_sync_server(silence_warnings=True)
    try:
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            nbformat.write(run(path, pictures=True), path)
            print(f"wrote {path.relative_to(ROOT)}, {path.stat().st_size / 1000:.0f} kB")
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
