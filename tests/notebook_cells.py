"""What the cells of notebooks show for a review, without a kernel."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
from IPython.display import HTML, Markdown
from markdown_it import MarkdownIt

import review
from review import Review, facts
from review.live import PLOTLY

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(data: Review, folder: Path) -> tuple[str, list[dict[str, Any]]]:
    """Return as HTML what every cell of the notebooks shows, and the facts; and their figures."""
    html = [facts.html(data, study) for study in data.studies["study"]]
    figures = list[dict[str, Any]]()
    with patch.object(review, "load", lambda *_: data):
        for path in sorted(folder.glob("*.ipynb")):
            for value in _values(path):
                if isinstance(value, HTML):
                    html.append(value.data)
                elif isinstance(value, Markdown):
                    html.append(MARKDOWN.render(value.data))
                elif value is not None:
                    bundle = value._repr_mimebundle_()
                    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
                    html.append(bundle.get("text/html", ""))
                    figures.append(bundle[PLOTLY])
    return "".join(html), figures


def _values(path: Path) -> list[Any]:
    """Return the value of the last line of each cell."""
    names = dict[str, Any]()
    cells = nbformat.read(path, as_version=4).cells
    return [_value(cell.source, names) for cell in cells if cell.cell_type == "code"]


def _value(source: str, names: dict[str, Any]) -> Any:
    *lines, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        return exec(source, names)
    exec(compile(ast.Module(lines, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)
