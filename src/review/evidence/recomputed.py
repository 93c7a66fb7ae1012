"""The p values that printed means and standard deviations allow, rounding included."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

from review.evidence.reported import half_unit

Range = tuple[float, float]


def welch(one: tuple[float, float, int], other: tuple[float, float, int]) -> Range:
    """Return the lowest and highest p of Welch's t test of two groups of (mean, SD, n).

    Each n is at least 2. Formula: Welch 1947, Biometrika 34:28-35, doi 10.1093/biomet/34.1-2.28,
    as in scipy `ttest_ind_from_stats`.
    """
    from scipy.stats import ttest_ind_from_stats

    def p(gap: float, sd: float, sd_other: float) -> float:
        # In units of the larger SD, whose square could be too large for a number.
        unit = max(sd, sd_other)
        if unit == 0:
            return float(gap == 0)
        of_one, of_other = (gap / unit, sd / unit, one[2]), (0, sd_other / unit, other[2])
        test = ttest_ind_from_stats(*of_one, *of_other, equal_var=False)
        return float(test.pvalue)

    return _extremes(p, _gap(one[0], other[0]), _around(one[1]), _around(other[1]))


def paired(before: tuple[float, float], after: tuple[float, float], n: int) -> Range:
    """Return the lowest and highest p of a paired t test of (mean, SD) in n people, n >= 2.

    With a correlation from -1 to 1 the SD of the difference lies between |SD1 - SD2| and
    SD1 + SD2. Formula: Cochrane Handbook 5.1, 16.1.3.2,
    https://handbook-5-1.cochrane.org/chapter_16/16_1_3_2_imputing_standard_deviations_for_changes_from_baseline.htm
    """
    from scipy.stats import t

    def p(gap: float, sd: float) -> float:
        return float(2 * t.sf(gap / (sd / n**0.5), n - 1)) if sd else float(gap == 0)

    (low, high), (other_low, other_high) = _around(before[1]), _around(after[1])
    least = max(0.0, low - other_high, other_low - high)
    return _extremes(p, _gap(before[0], after[0]), (least, high + other_high))


def _extremes(p: Callable[..., float], *ranges: Range) -> Range:
    values = [p(*corner) for corner in product(*ranges)]
    return min(values), max(values)


def _around(value: float) -> Range:
    half = half_unit(value)
    return max(0.0, value - half), value + half


def _gap(one: float, other: float) -> Range:
    gap, reach = abs(one - other), half_unit(one) + half_unit(other)
    return max(0.0, gap - reach), gap + reach
