"""How large the differences between groups are, where enough numbers were reported to say so."""

from __future__ import annotations

from math import inf

import pandas as pd

from review.tables import Review

COLUMNS = ["study", "outcome", "domain", "measure", "g", "low", "high"]
NEEDED = ["mean", "sd", "n", "mean_control", "sd_control", "n_control"]
# Two-sided 95% of the normal distribution.
REACH = 1.96


def hedges(review: Review) -> pd.DataFrame:
    """Return Hedges' g per outcome that states mean, SD and number of both groups.

    Columns: `COLUMNS`; low and high are the ends of the 95% interval, g ± 1.96 standard
    errors. In standard deviations; positive means better with the studied substance. Only
    outcomes of the substance given, against a comparator that isolates it. Left out: numbers
    that the outcome itself does not state, measures of which nobody says whether higher is
    better, designs in which the same participants had every treatment, because g for
    independent groups would be wrong there, and numbers so far apart that g has no end. Formula
    with the small-sample correction: statsmodels `effectsize_smd`, after Borenstein 2009,
    Introduction to Meta-Analysis,
    https://www.statsmodels.org/stable/generated/statsmodels.stats.meta_analysis.effectsize_smd.html
    """
    from statsmodels.stats.meta_analysis import effectsize_smd

    rows = _comparable(review)
    g, variance = effectsize_smd(*(rows[name].astype("float64") for name in NEEDED))
    g = g.where(rows["higher_is_better"].astype("bool"), -g)
    reach = REACH * variance**0.5
    sizes = rows.assign(g=g, low=g - reach, high=g + reach)[COLUMNS]
    return sizes[sizes["high"].abs() < inf].reset_index(drop=True)


def summaries(review: Review) -> pd.DataFrame:
    """Return the outcomes with the treated group's columns as mean, sd and n.

    The other columns keep their names, so mean_control, sd_control and n_control are the
    other group. `paired` is true where the same participants had every treatment, and
    `within` where one group is compared with itself.
    """
    same = review.package.flagged("studies.design", "same_participants")
    paired = review.studies.loc[review.studies["design"].isin(same), "study"]
    # The tables name these columns after the studied substance.
    columns = review.package.tables["outcomes"].columns
    treated = next(
        name.removeprefix("mean_")
        for name in columns
        if name.startswith("mean_") and name != "mean_control"
    )
    names = {f"{number}_{treated}": number for number in ("mean", "sd", "n")}
    outcomes = review.outcomes.rename(columns=names)
    within = review.package.flagged("outcomes.comparator", "within")
    return outcomes.assign(
        paired=outcomes["study"].isin(paired), within=outcomes["comparator"].isin(within)
    )


def _comparable(review: Review) -> pd.DataFrame:
    rows = summaries(review)
    isolating = review.package.flagged("outcomes.comparator", "isolates")
    given = review.package.column("outcomes.exposure").values[0]
    rows = rows[
        rows["comparator"].isin(isolating)
        & (rows["exposure"] == given)
        & ~rows["paired"]
        & rows[[*NEEDED, "higher_is_better"]].notna().all(axis=1)
    ]
    several = (rows["n"] > 1) & (rows["n_control"] > 1)
    return rows[several & ((rows["sd"] > 0) | (rows["sd_control"] > 0))]
