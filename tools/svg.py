"""SVG as plotly writes it, made the same each time."""

from __future__ import annotations

import re

RANDOM_NAME = re.compile(r"\b(clip|defs-|topdefs-|trace|legend|g)[0-9a-f]{6}")


def stable(svg: str, prefix: str) -> str:
    """Return an SVG whose random names are numbered, with a prefix that no other SVG has."""
    names: dict[str, str] = {}
    return RANDOM_NAME.sub(
        lambda found: names.setdefault(found[0], f"{prefix}-{found[1]}{len(names)}"), svg
    )
