"""Run every notebook in a fresh kernel and store what it shows, the same bytes each time."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import kaleido
import nbformat
import plotly.graph_objects as go
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbformat.v4 import new_output

from review.export.stamps import stable
from review.live import PLOTLY
from review.skeleton import TEMPLATE

ROOT = Path(__file__).parents[1]
# With the one of a new review, which a reader on the web also finds without a kernel.
PATHS = (*sorted((ROOT / "notebooks").glob("*.ipynb")), *(TEMPLATE / "notebooks").glob("*.ipynb"))
WIDTH = 820
# A reader without a kernel gets the text and tables of a panel instead of "model not found".
LIVE_ONLY = "application/vnd.jupyter.widget-view+json"
# Every text of a drawing repeats its font, which is most of the drawing.
TEXT = re.compile(r"<text [^>]*>")
FOR_TEXTS = (re.compile(r"font-family: [^;\"]*"), re.compile(r"font-size: [^;\"]*"))
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
        if "outputs" in cell:
            cell.outputs = [part for output in cell.outputs for part in _parts(output)]
        for output in cell.get("outputs", []):
            _stabilise(output, cell.id, pictures=pictures)
    return notebook


def _parts(output: NotebookNode) -> list[NotebookNode]:
    # A page that runs no script shows one kind of each output, and takes HTML before a picture.
    data = output.get("data", {})
    if PLOTLY not in data or "text/html" not in data:
        return [output]
    still = {PLOTLY: data.pop(PLOTLY), "text/plain": data["text/plain"]}
    return [new_output("display_data", still), output]


def _stabilise(output: NotebookNode, cell: str, *, pictures: bool) -> None:
    data = output.get("data", {})
    data.pop(LIVE_ONLY, None)
    if pictures and PLOTLY in data:
        data["image/svg+xml"] = slim(stable(_svg(data[PLOTLY]), cell))


def _svg(shown: NotebookNode) -> str:
    figure = go.Figure(data=shown["data"], layout=shown["layout"])
    return figure.to_image("svg", width=WIDTH, height=shown["layout"]["height"]).decode("utf-8")


def slim(svg: str) -> str:
    """Return the same drawing with what its texts have in common said once, at its root."""
    common = [Counter(said.findall(svg)).most_common(1) for said in FOR_TEXTS]
    shared = "".join(f"{said}; " for ((said, _),) in common) + "white-space: pre; "
    return TEXT.sub(lambda text: _without(text[0], shared), svg).replace(
        ' style=""', f' style="{shared.strip()}"', 1
    )


def _without(text: str, shared: str) -> str:
    for said in (*shared.split("; "), "fill-opacity: 1"):
        text = re.sub(rf"(?<=[ \"]){re.escape(said)};? ?", "", text) if said else text
    return re.sub(r' (class|data-notex)="[^"]*"| [xy]="0"(?=[ >])', "", text)


def main() -> int:
    """Run all notebooks and write them back; return 0."""
    kaleido.start_sync_server(silence_warnings=True)
    try:
        for path in PATHS:
            nbformat.write(run(path, pictures=True), path)
            print(f"wrote {path.relative_to(ROOT)}, {path.stat().st_size / 1000:.0f} kB")
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
