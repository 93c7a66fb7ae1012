"""How fast the panel answers in a real JupyterLab, and what it costs in messages and memory.

What must be on screen after each change is counted here with pandas alone, and the clock stops
only when it is there.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import review
from benchmarks.lab import Lab, lab
from review import Review
from review.listing import MOST
from tests.synthetic import of_size

CHANGE = (Path(__file__).parent / "panel.js").read_text(encoding="utf-8").partition("async")
TIMED = "async" + CHANGE[2]
WARM, CHANGES, MANY = 3, 30, 1_000
# Between two changes of a person, in ms.
PAUSE = 250
WORDS = ("sciatica", "low_back_pain", "neuropathic_pain", "muscle_cramp", "other_pain")
COUNTED = ("subject", "condition")
SIZES = {"143 studies": "data = review.load()"}
SIZES |= {"100,000 studies": "from tests.synthetic import of_size\ndata = of_size(100_000)"}


def expected(data: Review, without: Sequence[str], first: int = 0) -> dict[str, Any]:
    """Return what the page must show where these conditions and earlier years are left out."""
    dated = data.studies[data.studies["year"] >= first]
    some = dated[~dated["condition"].isin(without)]
    words = {name: data.package.column(f"studies.{name}").values for name in COUNTED}
    cells = some.groupby(["subject", "condition"], observed=False).size()
    counts = dated["condition"].value_counts()
    return {
        "cells": [int(cells[s, c]) for s in words["subject"] for c in words["condition"]],
        "studies": len(some),
        "listed": min(len(some), MOST),
        "counts": [[word, int(counts[word])] for word in words["condition"]],
    }


def changes(page: Lab, data: Review, count: int) -> list[list[float]]:
    """Return milliseconds to the chart and to all else, for each of this many clicks on boxes."""
    times, left_out = [], set[str]()
    for at in range(count):
        word = WORDS[at % len(WORDS)]
        left_out ^= {word}
        step = [f"input[name=condition][value={word}]", None]
        times.append(page.page.evaluate(TIMED, [[step], expected(data, sorted(left_out))]))
        page.page.wait_for_timeout(PAUSE)
    return times


def bursts(page: Lab, data: Review, count: int) -> list[float]:
    """Return milliseconds from the last of ten quick steps of a number to the right chart."""
    first, times = int(data.studies["year"].min()), []
    page.page.evaluate("() => document.querySelector('.review-filters button').click()")
    for _ in range(count):
        for years in (range(first + 1, first + 11), range(first + 9, first - 1, -1)):
            steps = [["input[name=year_from]", str(year)] for year in years]
            shown = expected(data, [], years[-1])
            page.page.wait_for_timeout(PAUSE)
            times.append(page.page.evaluate(TIMED, [steps, shown])[0])
    return times


def growth(page: Lab, data: Review) -> str:
    """Return what many changes add to the kernel and to the page."""
    before = page.kernel_megabytes(), page.page_megabytes(), page.widgets()
    changes(page, data, MANY)
    after = page.kernel_megabytes(), page.page_megabytes(), page.widgets()
    kernel, held, models = (late - early for early, late in zip(before, after, strict=True))
    return f"{MANY} changes: kernel {kernel:+.1f} MB, page {held:+.1f} MB, widgets {models:+.0f}"


def told(times: Sequence[float]) -> str:
    """Return the median and the 95th percentile in words."""
    return f"median {statistics.median(times):.0f}, p95 {statistics.quantiles(times, n=20)[-1]:.0f}"


def main() -> int:
    """Print the measurements for both sizes; return 0."""
    for (size, code), data in zip(SIZES.items(), (review.load(), of_size(100_000)), strict=True):
        with lab(code) as page:
            print(f"{size}: first chart {page.seconds:.1f} s, {page.megabytes:.1f} MB received")
            times = changes(page, data, WARM + CHANGES)[WARM:]
            print(f"  chart {told([chart for chart, _ in times])} ms")
            print(f"  counts, line and table {told([rest for _, rest in times])} ms")
            print(f"  ten quick steps {told(bursts(page, data, 5))} ms after the last")
            if size.startswith("143"):
                print(f"  {growth(page, data)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
