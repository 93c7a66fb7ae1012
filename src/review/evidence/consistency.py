"""Reported statistics recomputed: what was printed against what follows from its own numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pandas as pd

from review.evidence.effects import summaries
from review.evidence.reported import Share, half_unit, intervals, p_value, shares
from review.tables import Review

AGREES, UNCHECKED, MISFIT = VERDICTS = ("agrees", "cannot_be_checked", "does_not_fit")
SOURCES = {
    "two_groups": "Welch 1947, doi 10.1093/biomet/34.1-2.28",
    "before_after": "Cochrane Handbook 5.1, 16.1.3.2, https://handbook-5-1.cochrane.org/"
    "chapter_16/16_1_3_2_imputing_standard_deviations_for_changes_from_baseline.htm",
    "interval": "Cochrane Handbook 5.1, 12.4.1, http://handbook-5-1.cochrane.org/"
    "chapter_12/12_4_1_confidence_intervals.htm",
    "percentage": "Brown & Heathers 2017, doi 10.1177/1948550616673876",
    "arms": "CONSORT 2010, item 13a, doi 10.1136/bmj.c332",
}
COLUMNS = ["study", "outcome", "check", "reported", "follows", "verdict", "source"]
# A p further off than this is no matter of another test for the same comparison.
TOLERANCE = 10
GROUPS = ("mean", "sd", "n", "mean_control", "sd_control", "n_control", "p_value")
WITHIN = ("mean", "sd", "n", "baseline_mean", "baseline_sd", "p_value")
Row = dict[str, Any]
Finding = tuple[str, str, str]


def consistency(review: Review) -> pd.DataFrame:
    """Return one row per reported statistic that can be held against numbers beside it.

    Columns: study, outcome (missing for a whole study), check (a key of `SOURCES`), reported,
    follows, verdict (one of `VERDICTS`) and source of the formula. Verdicts are about the
    report, never about people; rows without enough numbers are left out. The checks:

    - two_groups: p of Welch's t test from mean, SD and n.
    - before_after: p of a paired t test with n - 1 degrees of freedom. The correlation is not
      reported, so the SD of the difference is anything from |SD1 - SD2| to SD1 + SD2.
    - interval: an interval holds its estimate.
    - percentage: a whole count of the group gives the percentage (GRIM).
    - arms: no arm is larger than the study, and the arms add up to it.

    A p agrees where it is among those that rounded means and SDs allow. It does not fit where
    even the nearest of these is more than `TOLERANCE` times smaller or larger; between the two
    it cannot be checked, since another test may have been used.
    """
    outcomes, wholes = _rows(summaries(review)), _shared_sizes(review)
    found = [
        (row["study"], row["outcome"], check, *finding)
        for row in outcomes
        for check, look in (
            ("two_groups", _two_groups), ("before_after", _before_after), ("interval", _intervals)
        )
        for finding in look(row)
    ]  # fmt: skip
    found += [
        (row["study"], row["outcome"], "percentage", *_percentage(share, _whole(row, wholes)))
        for row in outcomes
        for share in shares(_text(row["effect"]))
        if share.n or _whole(row, wholes)
    ]
    found += [(study, None, "arms", *finding) for study, finding in _arms(review)]
    return _table(review, found)


def _table(review: Review, found: list[tuple[Any, ...]]) -> pd.DataFrame:
    frame = pd.DataFrame(found, columns=COLUMNS[:-1])
    place = {study: at for at, study in enumerate(review.studies["study"])}
    frame = frame.assign(
        outcome=frame["outcome"].astype("Int64"),
        check=pd.Categorical(frame["check"], categories=list(SOURCES), ordered=True),
        verdict=pd.Categorical(frame["verdict"], categories=list(VERDICTS), ordered=True),
        source=frame["check"].map(SOURCES),
        place=frame["study"].map(place),
    )
    texts = dict.fromkeys(("study", "reported", "follows", "source"), "str")
    return frame.sort_values(["place", "outcome", "check"], kind="stable", ignore_index=True)[
        COLUMNS
    ].astype(texts)


def _two_groups(row: Row) -> Iterator[Finding]:
    if not _has(row, GROUPS):
        return
    control = _group(row["mean_control"], row["sd_control"], row["n_control"])
    reported = f"{_group(row['mean'], row['sd'], row['n'])} against {control}; {_p(row)}"
    if row["paired"]:
        yield reported, "the same participants had every treatment: paired data", UNCHECKED
    elif min(row["n"], row["n_control"]) < 2:
        yield reported, "a group of one has no spread", UNCHECKED
    else:
        sds = (_around(row["sd"]), _around(row["sd_control"]))
        gaps = _gap(row["mean"], row["mean_control"])
        possible = _extremes(_welch(row["n"], row["n_control"]), gaps, *sds)
        yield reported, *_against(row["p_value"], possible, "Welch's t test")


def _before_after(row: Row) -> Iterator[Finding]:
    if not _has(row, WITHIN):
        return
    before = f"{row['baseline_mean']:g} ({row['baseline_sd']:g}) before"
    reported = f"{before}, {_group(row['mean'], row['sd'], row['n'])} after; {_p(row)}"
    if row["comparator"] != "baseline":
        yield reported, "the p value may compare groups", UNCHECKED
    elif row["n"] < 2:
        yield reported, "a group of one has no spread", UNCHECKED
    else:
        one, other = _around(row["baseline_sd"]), _around(row["sd"])
        least = max(0.0, one[0] - other[1], other[0] - one[1])
        gaps = _gap(row["baseline_mean"], row["mean"])
        possible = _extremes(_paired(row["n"]), gaps, (least, one[1] + other[1]))
        yield reported, *_against(row["p_value"], possible, "paired t test, any correlation")


def _intervals(row: Row) -> Iterator[Finding]:
    for found in intervals(_text(row["effect"])):
        if found.low <= found.estimate <= found.high:
            yield found.text, "the interval holds the estimate", AGREES
        elif found.named:
            yield found.text, "the interval does not hold its estimate", MISFIT
        else:
            yield found.text, "the text does not say what lies between the two numbers", UNCHECKED


def _percentage(share: Share, whole: int | None) -> Finding:
    n, percent = share.n or whole or 0, float(share.percent)
    count = share.count if share.count is not None else round(percent * n / 100)
    exact = f"{count}/{n} = {100 * count / n:.2f}%"
    # The tiny part forgives the binary fractions of an exact half.
    if abs(100 * count / n - percent) <= half_unit(share.percent) + 1e-9:
        return share.text, exact, AGREES
    if share.n is None:
        return share.text, f"{exact}; the percentage may be of another number", UNCHECKED
    return share.text, exact if share.count is not None else f"nearest: {exact}", MISFIT


def _arms(review: Review) -> Iterator[tuple[str, Finding]]:
    same = review.package.flagged("studies.design", "same_participants")
    studies = _rows(review.studies.set_index("study", drop=False))
    sizes = {str(study): list(arms["n"]) for study, arms in review.arms.groupby("study")}
    for row in studies:
        numbers = sizes.get(row["study"], [])
        known = [int(n) for n in numbers if not pd.isna(n)]
        if known:
            shown = ", ".join("?" if pd.isna(n) else str(n) for n in numbers)
            total = None if pd.isna(row["n_total"]) else int(row["n_total"])
            reported = f"arms of {shown}; {total if total is not None else '?'} in all"
            complete = len(known) == len(numbers)
            verdict = _add_up(known, total, complete=complete, shared=row["design"] in same)
            yield row["study"], (reported, *verdict)


def _add_up(known: list[int], total: int | None, *, complete: bool, shared: bool) -> Finding:
    ...
