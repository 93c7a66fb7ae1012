"""How many studies there are: by condition and subject, step by step, by study, by year."""

from __future__ import annotations

import pandas as pd

from review.facets import Facets
from review.selection import Selection
from review.tables import Review

COUNTS = ("studies", "randomised_trials", "participants", "without_number")


def coverage(review: Review) -> pd.DataFrame:
    """Return one row per condition and subject of the vocabularies, zeros included.

    Columns: condition, condition_label, subject, subject_label and `COUNTS`: studies,
    randomised trials among them, participants of those trials (each person once), and how
    many of those trials gave no number. Participants of other designs are never added in.
    """
    by = ["condition", "subject"]
    grid = pd.concat([review.studies[by], _counted(review)], axis=1)
    counts = grid.groupby(by, observed=False)[list(COUNTS)].sum().reset_index()
    for name in by:
        labels = review.package.labels(f"studies.{name}")
        counts[f"{name}_label"] = counts[name].astype("str").map(labels)
    return counts[["condition", "condition_label", "subject", "subject_label", *COUNTS]]


def by_subject(review: Review) -> pd.DataFrame:
    """Return `COUNTS`, as in `coverage`, for each subject of the vocabulary."""
    table = pd.concat([review.studies["subject"], _counted(review)], axis=1)
    return table.groupby("subject", observed=False)[list(COUNTS)].sum()


def funnel(review: Review) -> pd.DataFrame:
    """Return one row per step of the review's funnel table, each narrowing the one before.

    Columns: step, label, selection (text form), `COUNTS` as in `coverage`, `whole`, the
    number of studies before any selection, and `target`, what the last step leaves in words.
    """
    facets, rows, text = Facets(review), [], ""
    for step in review.tables["funnel"].to_dict("records"):
        adds = step["adds"] if isinstance(step["adds"], str) else ""
        text = "&".join(part for part in (text, adds) if part)
        left = _counts(facets.select(Selection.parse(text)))
        rows.append({"step": step["step"], "label": step["label"], "selection": text, **left})
    steps = pd.DataFrame(rows, columns=["step", "label", "selection", *COUNTS])
    return steps.assign(whole=review.whole, target=review.package.target)


def dots(review: Review) -> pd.DataFrame:
    """Return one row per study, in display order of condition and subject, then by year.

    Columns: study, citation, year, condition, condition_label, subject, subject_label and slot,
    the place of the study among those of its condition, from 0.
    """
    order = ["condition", "subject", "year", "study"]
    studies = review.studies.sort_values(order, kind="stable").reset_index(drop=True)
    for name in ("condition", "subject"):
        labels = review.package.labels(f"studies.{name}")
        words = pd.CategoricalDtype(list(labels.values()), ordered=True)
        studies[f"{name}_label"] = studies[name].astype("str").map(labels).astype(words)
    studies["slot"] = studies.groupby("condition", observed=True).cumcount()
    columns = ["study", "citation", "year", "condition", "condition_label"]
    return studies[[*columns, "subject", "subject_label", "slot"]]


def timeline(review: Review) -> pd.DataFrame:
    """Return one row per year and subject: studies of that year, and cumulative since the first.

    The years run without a gap from that of the first study to that of the search, or of the
    last study where that is later: a study can be printed after it was found.
    """
    searched, found = int(review.package.searched[:4]), review.studies["year"].astype("int64")
    first, last = min(found, default=searched), max([searched, *found])
    years = pd.CategoricalDtype([*range(first, last + 1)])
    dated = review.studies.assign(year=found.astype(years))
    counts = dated.groupby(["year", "subject"], observed=False).size().rename("studies")
    frame = counts.reset_index()
    frame["cumulative"] = frame.groupby("subject")["studies"].cumsum()
    frame["subject_label"] = (
        frame["subject"].astype("str").map(review.package.labels("studies.subject"))
    )
    return frame.astype({"year": "int64"})[
        ["year", "subject", "subject_label", "studies", "cumulative"]
    ]


def people(row: pd.Series) -> str:
    """Return the participants of a row of counts in words, with the trials they were in."""
    trials = row["randomised_trials"]
    at_least = "at least " if row["without_number"] else ""
    plural = "trial" if trials == 1 else "trials"
    return f"{at_least}{row['participants']:,} people in {trials:,} randomised {plural}"


def _counts(review: Review) -> dict[str, int]:
    totals = _counted(review).sum()
    return {name: int(totals[name]) for name in COUNTS}


def _counted(review: Review) -> pd.DataFrame:
    designs = review.package.flagged("studies.design", "group", "randomised_trial")
    trials, number = review.studies["design"].isin(designs), review.studies["n_total"]
    columns = {
        "studies": trials | True,
        "randomised_trials": trials,
        "participants": number.where(trials, 0).fillna(0),
        "without_number": trials & number.isna(),
    }
    return pd.DataFrame(columns).astype("int64")


def describe_coverage(frame: pd.DataFrame) -> str:
    """Return what the coverage figure shows."""
    first = frame[frame["condition"] == frame["condition"].iloc[0]]
    pairs = zip(first["studies"], first["subject_label"], strict=True)
    counts = [f"{studies} {lower(label)}" for studies, label in pairs]
    empty = int((frame["studies"] == 0).sum())
    return (
        f"{frame['studies'].sum()} studies by condition and subject. "
        f"{first['condition_label'].iloc[0]}: {', '.join(counts)}. "
        f"{empty} of {len(frame)} cells are empty."
    )


def describe_funnel(frame: pd.DataFrame) -> str:
    """Return what the funnel figure shows."""
    return f"Studies left after each step: {', '.join(chain(frame))}."


def describe_dots(frame: pd.DataFrame) -> str:
    """Return what the dots figure shows."""
    counts = frame["condition_label"].value_counts()
    said = f" Most: {lower(str(counts.index[0]))}, {counts.iloc[0]}." if len(frame) else ""
    return f"One mark for each of {len(frame)} studies, by condition and subject.{said}"


def describe_timeline(frame: pd.DataFrame) -> str:
    """Return what the timeline figure shows."""
    last = frame[frame["year"] == frame["year"].max()]
    pairs = zip(last["cumulative"], last["subject_label"], strict=True)
    counts = ", ".join(f"{studies} {lower(label)}" for studies, label in pairs)
    return f"Cumulative studies by year, {frame['year'].min()} to {frame['year'].max()}: {counts}."


def chain(steps: pd.DataFrame) -> list[str]:
    """Return each step of a funnel with its number of studies."""
    pairs = zip(steps["label"], steps["studies"], strict=True)
    return [f"{lower(label)} {studies}" for label, studies in pairs]


def lower(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[0].lower() + label[1:]
