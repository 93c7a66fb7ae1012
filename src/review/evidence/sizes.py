"""How many people were in trials, and how many one adequate trial would need."""

from __future__ import annotations

from itertools import product
from math import ceil, isfinite

import pandas as pd

from review.evidence.controlled import controlled
from review.tables import Review

COUNTS = ["studies", "trials", "participants", "without_number"]
GOAL = ["difference", "goal", "needed"]
# Smaller differences would need more people than there are, and larger ones two in a group;
# statsmodels finds no number far outside.
EFFECTS = (0.001, 1000)


def information_size(
    review: Review,
    difference: float | None = None,
    sd: float | None = None,
    power: float | None = None,
    alpha: float | None = None,
) -> pd.DataFrame:
    """Return one row per condition of the vocabulary and difference to find, zeros included.

    Columns: condition, condition_label, difference, goal (the difference in words, with its
    unit), studies (of any kind), trials (placebo-controlled, in people), participants of these,
    each once, without_number (trials that gave none) and needed: participants of one adequate
    trial of two equal groups, by a two-sided t test for independent groups (statsmodels
    `TTestIndPower.solve_power`,
    https://www.statsmodels.org/stable/generated/statsmodels.stats.power.TTestIndPower.html).
    What is not given comes from the limits, each difference there in its turn; where they lack
    a number, difference and needed are missing. Raises ValueError for a number out of its range.
    """
    differences = limits(review, "difference") if difference is None else [difference]
    spreads, targets, levels = (
        limits(review, use)[:1] if given is None else [given]
        for use, given in (("sd", sd), ("power", power), ("alpha", alpha))
    )
    goals: list[tuple[float | None, str, int | None]] = [
        (float(found), goal(review, found), _needed(found, spread, target, level))
        for found in differences
        for spread, target, level in product(spreads, targets, levels)
    ]
    sizes = pd.DataFrame(goals or [(None, "", None)], columns=GOAL)
    sizes = sizes.astype({"difference": "float64", "needed": "Int64"})
    columns = ["condition", "condition_label", "difference", "goal", *COUNTS, "needed"]
    return _so_far(review).merge(sizes, how="cross")[columns]


def describe_information_size(frame: pd.DataFrame) -> str:
    """Return what the information size figure shows."""
    first = frame[frame["condition"] == frame["condition"].iloc[0]]
    label, trials = str(first["condition_label"].iloc[0]), int(first["trials"].iloc[0])
    least = "at least " if first["without_number"].iloc[0] else ""
    said = (
        f"{label}: {least}{first['participants'].iloc[0]:,} people in {trials} "
        f"placebo-controlled {'trial' if trials == 1 else 'trials'}; one adequate trial needs"
    )
    if frame["needed"].isna().all():
        return f"{said} a number that the limits do not give."
    pairs = zip(first["goal"], first["needed"], strict=True)
    goals = ", ".join(f"{needed:,} to find {goal}" for goal, needed in pairs)
    reached = [_reached(rows) for _, rows in frame.groupby("difference", sort=False)]
    return f"{said} {goals}. Trials added up, so many are reached in {', '.join(reached)}."


def _reached(rows: pd.DataFrame) -> str:
    enough = int((rows["participants"] >= rows["needed"]).sum())
    return f"{enough} of {len(rows)} conditions for {rows['goal'].iloc[0]}"


def limits(review: Review, use: str) -> list[float]:
    """Return the values of the limits with this use, none where there is no such row."""
    rows = review.tables["limits"]
    return [float(value) for value in rows.loc[rows["use"] == use, "value"]]


def goal(review: Review, difference: float) -> str:
    """Return a difference in words, with the unit that differences have in the limits."""
    rows = review.tables["limits"]
    units = [str(unit) for unit in rows.loc[rows["use"] == "difference", "unit"]]
    unit = units[0] if units else ""
    # The tables hold plurals.
    return f"{difference:g} {unit.removesuffix('s') if difference == 1 else unit}".strip()


def _needed(difference: float, sd: float, power: float, alpha: float) -> int:
    for name, value in (("difference", difference), ("sd", sd)):
        if not (isfinite(value) and value > 0):
            raise ValueError(f"{name}: {value} is not a number above 0")
    for name, value in (("power", power), ("alpha", alpha)):
        if not 0 < value < 1:
            raise ValueError(f"{name}: {value} is not between 0 and 1")
    least, most = EFFECTS
    if not least <= difference / sd <= most:
        raise ValueError(
            f"difference: {difference:g} is not between {least:g} and {most:,g} times the standard "
            f"deviation, {sd:g}"
        )
    return 2 * _per_group(difference / sd, power, alpha)


def _per_group(effect: float, power: float, alpha: float) -> int:
    from statsmodels.stats.power import TTestIndPower

    test = TTestIndPower()
    # The tail of the two-sided test on the side of the difference. The other adds nothing to any
    # useful power, but statsmodels has a wrong number for it, or none, where the level is small.
    tail = {"alpha": alpha / 2, "alternative": "larger"}
    # Two at least, since one person has no spread.
    if test.power(effect, 2, **tail) >= power:
        return 2
    return ceil(float(test.solve_power(effect, power=power, **tail)))


def _so_far(review: Review) -> pd.DataFrame:
    package, studies = review.package, review.studies
    placebo = studies["placebo_controlled"].fillna(False).astype("bool")
    is_trial = controlled(review) & placebo
    counted = studies.assign(
        studies=1,
        trials=is_trial.astype("int64"),
        participants=studies["n_total"].where(is_trial, 0).fillna(0).astype("int64"),
        without_number=(is_trial & studies["n_total"].isna()).astype("int64"),
    )
    counts = counted.groupby("condition", observed=False)[COUNTS].sum().reset_index()
    words = package.column("studies.condition").words
    return counts.assign(condition_label=[word.label for word in words])
