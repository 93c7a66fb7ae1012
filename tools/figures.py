"""Write the talk picture of every figure to figures/, with a list of what they were made from."""

from __future__ import annotations

import hashlib
import json
import sys
from html import escape
from pathlib import Path

import kaleido

import review
from review import Review, evidence
from review.figures import NAMES, draw
from review.style import TALK
from tools.svg import stable

ROOT = Path(__file__).parents[1]


def digests(data: Review) -> dict[str, str]:
    """Return the SHA-256 of each figure's JSON, by which a stale picture is found."""
    drawn = {name: draw(data, name, evidence.state(data), TALK)[0].to_json() for name in NAMES}
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in drawn.items()}


def svg(data: Review, name: str) -> str:
    """Return the talk picture as an SVG that says what it shows."""
    figure, description = draw(data, name, evidence.state(data), TALK)
    drawn = stable(figure.to_image("svg").decode("utf-8"), name)
    head, rest = drawn.split(">", 1)
    return f'{head} role="img"><title>{escape(description)}</title>{rest}\n'


def main() -> int:
    """Write figures/NAME.svg for every figure and figures/manifest.json; return 0."""
    data, folder = review.load(), ROOT / "figures"
    folder.mkdir(exist_ok=True)
    kaleido.start_sync_server(silence_warnings=True)
    try:
        for name in NAMES:
            (folder / f"{name}.svg").write_text(svg(data, name), encoding="utf-8", newline="\n")
            print(f"wrote figures/{name}.svg")
    finally:
        kaleido.stop_sync_server(silence_warnings=True)
    manifest = json.dumps({"figures": digests(data)}, indent=2)
    (folder / "manifest.json").write_text(manifest + "\n", encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
