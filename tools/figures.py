"""Write the talk picture of every figure to figures/, with a list of what they were made from."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import review
from review import Review, folders, provenance
from review.export import pictures
from review.export.files import drawn
from review.export.stamps import stamped
from review.export.views import View

ROOT = Path(__file__).parents[1]
VIEW = View(formats=("svg",))


def manifest(data: Review) -> dict[str, Any]:
    """Return what figures/ was made from, by which a stale picture is found without a browser."""
    source = provenance.of(data)
    shown = {name: drawn(data, source, name, VIEW)[0].to_json() for name in VIEW.figures}
    return {
        "selection": VIEW.selection,
        "data_version": data.version,
        "figures": {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in shown.items()
        },
    }


def main() -> int:
    """Write figures/NAME.svg for every figure and figures/manifest.json; return 0."""
    data = review.load()
    source = provenance.of(data)
    with folders.folder(ROOT / "figures") as folder, pictures.renderer() as render:
        for name in VIEW.figures:
            figure, stamp = drawn(data, source, name, VIEW)
            folders.write(folder / f"{name}.svg", stamped(render(figure, "svg"), "svg", stamp))
            print(f"drew figures/{name}.svg")
        listed = json.dumps(manifest(data), indent=2) + "\n"
        folders.write(folder / "manifest.json", listed.encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
