"""A literature review as checked tables, questions and charts.

`load()` returns the review, `Selection` and `select` narrow it. Everything else is in the
modules `evidence`, `charts`, `provenance`, `export` and `panels`, which are loaded when they are
first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from review.facets import select
    from review.faults import DataError
    from review.selection import Selection, SelectionError
    from review.tables import Review, load

HOME = {
    "DataError": "faults",
    "Review": "tables",
    "Selection": "selection",
    "SelectionError": "selection",
    "load": "tables",
    "select": "facets",
}
MODULES = ("charts", "evidence", "export", "panels", "provenance")

__all__ = ["DataError", "Review", "Selection", "SelectionError", "load", "select"]


def __getattr__(name: str) -> Any:
    if name in HOME:
        return getattr(import_module(f"review.{HOME[name]}"), name)
    if name in MODULES:
        return import_module(f"review.{name}")
    raise AttributeError(f"module 'review' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, *MODULES]
