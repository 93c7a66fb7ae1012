"""What the authors report: votes by outcome domain, and the controlled trials one by one.

A vote is one study's reported direction in one domain. Counting votes shows what was reported;
it is not a synthesis and says nothing of size (Cochrane Handbook, chapter 12).
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from review.evidence.controlled import controlled
from review.evidence.effects import hedges
from review.facets import studied_arms
from review.tables import Review

MIXED, NOT_SEEN = "mixed", "not_reported"
TRIAL_COLUMNS = [
    "study",
    "citation",
    "condition",
    "condition_label",
    "n_total",
    "routes",
    "doses",
    "comparators",
]


def directions(review: Review, comparators: Sequence[str] | None = None) -> pd.DataFrame:
    """Return one row per domain, direction and subject of the vocabularies, zeros included.

    `studies` counts votes: one per study and domain, `mixed` where its outcomes differ,
    `not_reported` where no result was seen. Only outcomes of the substance given are counted,
    against `comparators`, by default those that isolate it.
    """
    cast = votes(review, comparators)
    subjects = review.studies.set_index("study")["subject"]
    cast = cast.assign(subject=cast["study"].map(subjects).astype(subjects.dtype))
    by = ["domain", "direction", "subject"]
    counts = cast.groupby(by, observed=False).size().rename("studies").reset_index()
    for name, place in zip(
        by, ("outcomes.domain", "outcomes.direction", "studies.subject"), strict=True
    ):
        counts[f"{name}_label"] = counts[name].astype("str").map(review.package.labels(place))
    return counts[[column for name in by for column in (name, f"{name}_label")] + ["studies"]]


def trials(review: Review) -> pd.DataFrame:
    """Return one row per controlled trial in people and outcome domain of the vocabulary.

    Columns: `TRIAL_COLUMNS` (routes, doses as reported and comparators, joined), domain,
    domain_label, direction, direction_label (one vote over every comparison of the substance
    given but those within one group; missing where the domain was not looked at) and g, low,
    high: Hedges' g with its 95% interval, positive for better, missing where no full numbers
    were reported.
    Trials are sorted by condition, then size; those without a number come last.
    """
    rows, pair = _trial_rows(review), ["study", "domain"]
    domains = pd.DataFrame({"domain": list(review.package.labels("outcomes.domain"))})
    domains["domain_label"] = _labelled(domains["domain"], review, "outcomes.domain")
    cast = votes(review, between_groups(review))
    cast["direction_label"] = _labelled(cast["direction"], review, "outcomes.direction")
    sizes = hedges(review).drop_duplicates(pair)[[*pair, "g", "low", "high"]]
    known = cast.merge(sizes, on=pair, how="outer").astype({"domain": "str"})
    return rows.merge(domains, how="cross").merge(known, on=pair, how="left")


def describe_directions(frame: pd.DataFrame) -> str:
    """Return what the directions figure shows."""
    by = frame.groupby(["subject_label", "direction_label"], sort=False)["studies"].sum()
    said = [
        f"{subject.lower()}: "
        + ", ".join(f"{by[subject, word]} {word.lower()}" for word in by[subject].index)
        for subject in frame["subject_label"].unique()
    ]
    return f"Votes as reported by the authors, one per study and outcome domain. {'; '.join(said)}."


def describe_trials(frame: pd.DataFrame) -> str:
    """Return what the trials figure shows."""
    studies, sized = frame["study"].nunique(), frame.dropna(subset="g")["study"].nunique()
    first = frame["condition_label"].iloc[0] if studies else ""
    near = frame.loc[frame["condition_label"] == first, "study"].nunique()
    nearest = f" Nearest to the question: {near} in {first.lower()}." if studies else ""
    return (
        f"{studies} controlled {'trial' if studies == 1 else 'trials'} in people, nearest to the "
        f"question first.{nearest} {sized} reported the numbers that a standardised difference "
        "needs. No estimate is pooled from them."
    )


def _labelled(words: pd.Series, review: Review, place: str) -> pd.Series:
    labels = review.package.labels(place)
    kind = pd.CategoricalDtype(list(labels.values()), ordered=True)
    return words.astype("str").map(labels).astype(kind)


def votes(review: Review, comparators: Sequence[str] | None) -> pd.DataFrame:
    """Return one row per vote: study, domain and direction; see `directions` for what counts."""
    wanted = comparators
    if wanted is None:
        wanted = review.package.flagged("outcomes.comparator", "isolates")
    given = review.package.column("outcomes.exposure").values[0]
    outcomes = review.outcomes
    kept = outcomes[outcomes["comparator"].isin(wanted) & (outcomes["exposure"] == given)]
    pair = ["study", "domain"]
    seen = kept.loc[kept["direction"] != NOT_SEEN, [*pair, "direction"]].drop_duplicates()
    seen.loc[seen.duplicated(pair, keep=False), "direction"] = MIXED
    unseen = kept.loc[kept["direction"] == NOT_SEEN, [*pair, "direction"]]
    # What was seen comes first, so a result not seen counts only where there is no other.
    return pd.concat([seen, unseen]).drop_duplicates(pair).reset_index(drop=True)


def between_groups(review: Review) -> tuple[str, ...]:
    """Return the comparators that compare groups, not one group before and after."""
    words = review.package.column("outcomes.comparator").words
    return tuple(word.value for word in words if not word.flags.get("within"))


def _trial_rows(review: Review) -> pd.DataFrame:
    rows = review.studies[controlled(review)]
    labels = review.package.labels("studies.condition")
    arms = studied_arms(review)
    rows = rows.assign(
        condition_label=rows["condition"].astype("str").map(labels),
        routes=_joined(review, rows["study"], arms, "arms.route"),
        doses=_joined(review, rows["study"], arms, "arms.dose_as_reported"),
        comparators=_joined(review, rows["study"], review.outcomes, "outcomes.comparator"),
    )
    order = ["condition", "n_total", "study"]
    sizes = rows.sort_values(order, ascending=[True, False, True], na_position="last")
    return sizes[TRIAL_COLUMNS].reset_index(drop=True)


def _joined(review: Review, studies: pd.Series, rows: pd.DataFrame, place: str) -> pd.Series:
    name = place.partition(".")[2]
    told = rows.loc[rows["study"].isin(studies), ["study", name]].dropna(subset=name)
    told = told.drop_duplicates().sort_values(name)
    words = review.package.labels(place)
    text = told[name].astype("str")
    told["label"] = text.map(words) if words else text
    several = told.duplicated("study", keep=False)
    joined = told[several].groupby("study")["label"].agg(", ".join if words else "; ".join)
    labels: pd.Series = pd.concat([told[~several].set_index("study")["label"], joined])
    return studies.map(labels)
