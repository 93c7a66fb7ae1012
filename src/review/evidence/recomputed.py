"""The p values that printed means and standard deviations allow, rounding included.

Numbers may be single ones or arrays with one for each report.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np

from review.evidence.reported import half_unit

# A number, or an array of them; and two of these, the lower first.
Numbers = Any
Range = tuple[Numbers, Numbers]


def welch(one: tuple[Numbers, Numbers, Numbers], other: tuple[Numbers, Numbers, Numbers]) -> Range:
    """Return the lowest and highest p of Welch's t test of two groups of (mean, SD, n).

    Where an n is below 2 they mean nothing. Formula: Welch 1947, Biometrika 34:28-35,
    doi 10.1093/biomet/34.1-2.28, as in scipy `ttest_ind_from_stats`.
    """
    from scipy.stats import ttest_ind_from_stats

    def p(gap: Numbers, sd: Numbers, sd_other: Numbers) -> Numbers:
        # In units of the larger SD, whose square could be too large for a number.
        larger = np.maximum(sd, sd_other)
        unit = np.where(larger == 0, 1, larger)
        of_one, of_other = (gap / unit, sd / unit, one[2]), (0, sd_other / unit, other[2])
        test = ttest_ind_from_stats(*of_one, *of_other, equal_var=False)
        return np.where(larger == 0, gap == 0, test.pvalue)

    return _extremes(p, _gap(one[0], other[0]), _around(one[1]), _around(other[1]))


def paired(before: tuple[Numbers, Numbers], after: tuple[Numbers, Numbers], n: Numbers) -> Range:
    """Return the lowest and highest p of a paired t test of (mean, SD) in n people.

    Where n is below 2 they mean nothing. With a correlation from -1 to 1 the SD of the difference
    lies between |SD1 - SD2| and SD1 + SD2. Formula: Cochrane Handbook 5.1, 16.1.3.2,
    https://handbook-5-1.cochrane.org/chapter_16/16_1_3_2_imputing_standard_deviations_for_changes_from_baseline.htm
    """
    from scipy.stats import t

    def p(gap: Numbers, sd: Numbers) -> Numbers:
        return np.where(sd == 0, gap == 0, 2 * t.sf(gap * np.sqrt(n) / sd, n - 1))

    (low, high), (other_low, other_high) = _around(before[1]), _around(after[1])
    least = np.maximum(0, np.maximum(low - other_high, other_low - high))
    return _extremes(p, _gap(before[0], after[0]), (least, high + other_high))


def _extremes(p: Callable[..., Numbers], *ranges: Range) -> Range:
    # A spread of 0 divides by it, which p sets right.
    with np.errstate(divide="ignore", invalid="ignore"):
        values = [p(*corner) for corner in product(*ranges)]
    return np.min(values, axis=0), np.max(values, axis=0)


def _around(value: Numbers) -> Range:
    half = _halves(value)
    return np.maximum(0, value - half), value + half


def _gap(one: Numbers, other: Numbers) -> Range:
    gap, reach = np.abs(one - other), _halves(one) + _halves(other)
    return np.maximum(0, gap - reach), gap + reach


def _halves(values: Numbers) -> Numbers:
    return np.vectorize(half_unit, otypes=[float])(values)
