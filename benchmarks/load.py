"""How long loading takes beyond the libraries it needs, and how long importing takes.

Each figure is the least of several fresh interpreters, because a first run also warms caches.
"""

from __future__ import annotations

import subprocess
import sys

RUNS = 5
LIBRARIES = "import pandas, frictionless, bibtexparser"
BARE = """
from time import perf_counter
start = perf_counter()
{before}
middle = perf_counter()
{timed}
print(middle - start, perf_counter() - middle)
"""
MEASURED = {
    "import review": ("", "import review"),
    "review.load() beyond pandas, frictionless and bibtexparser": (
        LIBRARIES,
        "import review\nreview.load()",
    ),
}


def seconds(before: str, timed: str) -> tuple[float, float]:
    """Return the least seconds that the code before and the timed code take."""
    code = BARE.format(before=before, timed=timed)
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(RUNS)
    ]
    pairs = [tuple(map(float, run.stdout.split())) for run in runs]
    return min(first for first, _ in pairs), min(second for _, second in pairs)


def main() -> int:
    """Print one line per measurement; return 0."""
    for name, (before, timed) in MEASURED.items():
        libraries, own = seconds(before, timed)
        beyond = f" (the libraries alone: {libraries:.3f} s)" if before else ""
        print(f"{own:.3f} s  {name}{beyond}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
