"""How long each figure takes, table and chart together, on the real data and on 100,000 studies."""

from __future__ import annotations

import sys
from time import perf_counter

import review
from review import Review
from review.figures import NAMES, draw
from tests.synthetic import of_size

RUNS = 5


def milliseconds(data: Review, name: str, runs: int) -> float:
    """Return the least milliseconds of several runs, after one that loads the libraries."""
    draw(data, name)
    taken = []
    for _ in range(runs):
        start = perf_counter()
        draw(data, name)
        taken.append(perf_counter() - start)
    return 1000 * min(taken)


def main() -> int:
    """Print one line per figure; return 0."""
    real, large = review.load(), of_size(100_000)
    print(f"{'figure':18} {len(real.studies):>8} {len(large.studies):>9,} studies, ms")
    for name in NAMES:
        print(
            f"{name:18} {milliseconds(real, name, RUNS):8.0f} {milliseconds(large, name, 2):9.0f}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
