"""Reported statistics recomputed: what was printed against what follows from its own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from review.evidence.effects import summaries
from review.evidence.recomputed import Numbers, Range, paired, welch
from review.evidence.reported import Interval, Share, half_unit, intervals, p_value, shares
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
# A p below this is shown as at most this.
LEAST = 1e-6
GROUPS = ("mean", "sd", "n", "mean_control", "sd_control", "n_control", "p_value")
WITHIN = ("mean", "sd", "n", "baseline_mean", "baseline_sd", "p_value")
# What is read of a text, and what one has that may hold a percentage or an interval.
TOLD = ["study", "outcome", "effect", "n", "n_control"]
MARKED = r"%\)|% of |(?: to |[-–−]) ?[-+−]?\d[\d.]*[)\]]"
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
    - interval: an interval holds its estimate. One that the text does not name (as a confidence
      interval) can be another range, so it never counts as a misfit.
    - percentage: a whole count of the group gives the percentage (GRIM). Only where the text
      states a count, and a group beside it or one number for every group; a percentage that
      stands alone may be no share of people.
    - arms: no arm is larger than the study, and the arms add up to it. Arms that come to more
      may share people, and those that come to fewer may have lost some: neither is a misfit.

    A p agrees where it is among those that rounded means and SDs allow. It does not fit where
    even the nearest of these is more than `TOLERANCE` times smaller or larger; between the two
    it cannot be checked, since another test may have been used.
    """
    found = [*_of_outcomes(summaries(review), _shared_sizes(review))]
    found += [(study, None, "arms", *finding) for study, finding in _arms(review)]
    return _table(review, found)


def _of_outcomes(outcomes: pd.DataFrame, wholes: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    for check, names, possible, look in (
        ("two_groups", GROUPS, _welch, _two_groups),
        ("before_after", WITHIN, _paired, _before_after),
    ):
        complete = outcomes[outcomes[[*names]].notna().all(axis=1)]
        # The library for it takes long to load, and many a review needs it for no row.
        ranges = zip(*possible(complete), strict=True) if len(complete) else ()
        for row, ends in zip(_rows(complete), ranges, strict=True):
            yield row["study"], row["outcome"], check, *look(row, ends)
    for row in _rows(outcomes.loc[outcomes["effect"].str.contains(MARKED, na=False), TOLD]):
        for interval in intervals(row["effect"]):
            yield row["study"], row["outcome"], "interval", *_interval(interval)
        whole = _whole(row, wholes)
        for share in shares(row["effect"]):
            if share.n or whole:
                yield row["study"], row["outcome"], "percentage", *_percentage(share, whole)


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


def _welch(rows: pd.DataFrame) -> Range:
    mean, sd, n, mean_control, sd_control, n_control = _numbers(rows, GROUPS[:-1])
    return welch((mean, sd, n), (mean_control, sd_control, n_control))


def _two_groups(row: Row, possible: Range) -> Finding:
    one, other = _group(row["mean"], row["sd"]), _group(row["mean_control"], row["sd_control"])
    sizes = f"n = {row['n']} and {row['n_control']}"
    reported = f"{one} against {other}, {sizes}; {_p(row)}"
    if row["paired"]:
        return reported, "the same participants had every treatment: paired data", UNCHECKED
    if min(row["n"], row["n_control"]) < 2:
        return reported, "a group of one has no spread", UNCHECKED
    return reported, *_against(row["p_value"], possible, "Welch's t test")


def _paired(rows: pd.DataFrame) -> Range:
    mean, sd, n, mean_before, sd_before = _numbers(rows, WITHIN[:-1])
    return paired((mean_before, sd_before), (mean, sd), n)


def _before_after(row: Row, possible: Range) -> Finding:
    one, other = _group(row["baseline_mean"], row["baseline_sd"]), _group(row["mean"], row["sd"])
    reported = f"{one} before, {other} after, n = {row['n']}; {_p(row)}"
    if not row["within"]:
        return reported, "the p value may compare groups", UNCHECKED
    if row["n"] < 2:
        return reported, "a group of one has no spread", UNCHECKED
    return reported, *_against(row["p_value"], possible, "paired t test, any correlation")


def _interval(found: Interval) -> Finding:
    if found.low <= found.estimate <= found.high:
        return found.text, "the interval holds the estimate", AGREES
    if found.named:
        return found.text, "the interval does not hold its estimate", MISFIT
    return found.text, "the text does not say what lies between the two numbers", UNCHECKED


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
    sizes, studies = _sizes(review), review.studies
    totals = dict(zip(studies["study"].to_numpy(), _counts(studies["n_total"]), strict=True))
    shared = set(studies.loc[studies["design"].isin(same), "study"])
    for study, total in totals.items():
        numbers = sizes.get(study, [])
        known = [n for n in numbers if n is not None]
        if known:
            said = ", ".join("?" if n is None else str(n) for n in numbers)
            reported = f"arms of {said}; {'?' if total is None else total} in all"
            complete = len(known) == len(numbers)
            yield study, (reported, *_add_up(known, total, complete, study in shared))


def _add_up(known: list[int], total: int | None, complete: bool, shared: bool) -> tuple[str, str]:
    if total is None:
        return "the number of the whole study is not stated", UNCHECKED
    if max(known) > total:
        return f"an arm of {max(known)} is larger than the study", MISFIT
    if not complete:
        return "not every arm states its number", UNCHECKED
    if shared:
        everyone = min(known) == total
        said = "everyone is in every arm" if everyone else "the same people are in several arms"
        return said, AGREES if everyone else UNCHECKED
    added = " + ".join(map(str, known)) + (f" = {sum(known)}" if len(known) > 1 else "")
    if sum(known) > total:
        return f"{added}; arms may be phases in the same people", UNCHECKED
    if sum(known) < total:
        return f"{added}; drop-outs, or arms without a row", UNCHECKED
    return added, AGREES


def _shared_sizes(review: Review) -> dict[str, int]:
    """Return the one number that holds for every arm, where everybody had every treatment."""
    same = review.package.flagged("studies.design", "same_participants")
    studies = review.studies[review.studies["design"].isin(same)]
    sizes = _sizes(review)
    totals = zip(studies["study"], _counts(studies["n_total"]), strict=True)
    return {study: n for study, n in totals if n is not None and {*sizes.get(study, ())} == {n}}


def _sizes(review: Review) -> dict[str, list[int | None]]:
    """Return by study the number of people in each of its arms, None where it is not stated."""
    sizes = dict[str, list[int | None]]()
    for study, n in zip(review.arms["study"].to_numpy(), _counts(review.arms["n"]), strict=True):
        sizes.setdefault(study, []).append(n)
    return sizes


def _counts(column: pd.Series) -> list[int | None]:
    return [None if count is pd.NA else int(count) for count in column]


def _numbers(rows: pd.DataFrame, names: Sequence[str]) -> list[Numbers]:
    return [rows[name].to_numpy(dtype="float64") for name in names]


def _whole(row: Row, shared: dict[str, int]) -> int | None:
    stated = [row[name] for name in ("n", "n_control") if not pd.isna(row[name])]
    if not stated:
        return shared.get(row["study"])
    return int(stated[0]) if len(stated) == 2 and stated[0] == stated[1] else None


def _against(stated: str, possible: Range, test: str) -> tuple[str, str]:
    low, high = possible
    least = f"from {_shown(low)} to" if low >= LEAST else "at most"
    follows = f"p {least} {_shown(max(high, LEAST))} ({test})"
    printed = p_value(stated)
    if printed is None:
        return f"{follows}; the stated p is not one plain value", UNCHECKED
    if high < printed[0] / TOLERANCE or low > printed[1] * TOLERANCE:
        return follows, MISFIT
    if high < printed[0] or low > printed[1]:
        return f"{follows}; another test may have been used", UNCHECKED
    return follows, AGREES


def _shown(p: float) -> str:
    return f"{Decimal(f'{p:.2g}'):f}"


def _group(mean: float, sd: float) -> str:
    return f"{mean:g} ({sd:g})"


def _p(row: Row) -> str:
    text = str(row["p_value"]).strip()
    return f"p {text}" if text[:1] in "<>=≤≥" else f"p = {text}"


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
