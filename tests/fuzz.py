"""`make fuzz`: many spoiled reviews, each loaded as printed or refused with file and place.

Counts what came of them, and stops with an error at the first case that did neither, that took
2 seconds of processor time or for which the process grew by 300 MB.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from hypothesis import HealthCheck, Phase, given, seed, settings

from review import schema
from review.schema import Package
from tests.mutations import BASE, CASES, DESCRIPTOR, Case, loaded, spoiled, write

SECONDS, MEGABYTES = 2, 300


def run(folder: Path, cases: int, start: int, minutes: float) -> str:
    """Return how many cases were loaded and refused, the slowest, and the most memory."""
    counts, slowest, until = Counter[str](), [0.0], time.monotonic() + 60 * minutes
    write(BASE, folder)
    loaded(folder)
    package, before = schema.read(folder / "data"), _megabytes()

    @seed(start)
    @settings(
        max_examples=cases, derandomize=False, database=None, deadline=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(CASES)
    def check(case: Case) -> None:
        if time.monotonic() > until:
            # What hypothesis lets through at once; it would draw all the other cases first.
            raise KeyboardInterrupt
        files = spoiled(case)
        write(files, folder)
        began = time.process_time()
        with _known(package, unspoiled=files.get(DESCRIPTOR) == BASE[DESCRIPTOR]):
            counts[type(loaded(folder)).__name__] += 1
        slowest[0] = max(slowest[0], time.process_time() - began)
        assert slowest[0] < SECONDS, f"took {slowest[0]:.1f} s"
        assert _megabytes() - before < MEGABYTES, f"took {_megabytes() - before:.0f} MB"

    with suppress(KeyboardInterrupt):
        check()
    return (
        f"{counts.total()} cases of seed {start}: {counts['Review']} loaded as printed, "
        f"{counts['DataError']} refused with file and place; the slowest took {slowest[0]:.2f} s, "
        f"all together {_megabytes() - before:.0f} MB"
    )


def _known(package: Package, unspoiled: bool) -> AbstractContextManager[object]:
    """Return within what an unspoiled description, half of the work, is not read again."""
    return mock.patch.object(schema, "read", lambda _: package) if unspoiled else nullcontext()


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="stop after this time")
    chosen = parser.parse_args()
    with TemporaryDirectory() as made:
        print(run(Path(made), chosen.cases, chosen.seed, chosen.minutes))
