"""How many studies there are: by condition and subject, step by step, by study, by year."""

from __future__ import annotations

import pandas as pd

from review.selection import Selection, select
from review.tables import Review

COUNTS = ("studies", "randomised_trials", "participants", "without_number")


def coverage(review: Review) -> pd.DataFrame:
    """Return one row per condition and subject of the vocabularies, zeros included.

    Columns: condition, condition_label, subject, subject_label and `COUNTS`: studies,
    randomised trials among them, participants of those trials (each person once), and how
    many of those trials gave no number. Participants of other designs are never added in.
    """
    trials = _trials(review)
    grid = review.studies.assign(
        studies=1,
        randomised_trials=trials.astype("int64"),
        participants=review.studies["n_total"].where(trials, 0).fillna(0).astype("int64"),
        without_number=(trials & review.studies["n_total"].isna()).astype("int64"),
    )
    by = ["condition", "subject"]
    counts = grid.groupby(by, observed=False)[list(COUNTS)].sum().reset_index()
    for name in by:
        counts[f"{name}_label"] = counts[name].astype("str").map(_labels(review, name))
    return counts[["condition", "condition_label", "subject", "subject_label", *COUNTS]]


def funnel(review: Review) -> pd.DataFrame:
    """Return one row per step of the review's funnel table, each narrowing the one before.

    Columns: step, label, selection (text form), `COUNTS` as in `coverage`, and `whole`, the
    number of studies before any selection.
    """
    rows, text = [], ""
    for step in review.tables["funnel"].to_dict("records"):
        adds = step["adds"] if isinstance(step["adds"], str) else ""
        text = "&".join(part for part in (text, adds) if part)
        left = _counts(select(review, Selection.parse(text)))
        rows.append({"step": step["step"], "label": step["label"], "selection": text, **left})
    steps = pd.DataFrame(rows, columns=["step", "label", "selection", *COUNTS])
    return steps.assign(whole=review.whole)


def people(row: pd.Series) -> str:
    """Return the participants of a row of counts in words, with the trials they were in."""
    trials = row["randomised_trials"]
    at_least = "at least " if row["without_number"] else ""
    plural = "trial" if trials == 1 else "trials"
    return f"{at_least}{row['participants']:,} people in {trials} randomised {plural}"


def _counts(review: Review) -> dict[str, int]:
    totals = coverage(review)[list(COUNTS)].sum()
    return {name: int(totals[name]) for name in COUNTS}


def _trials(review: Review) -> pd.Series:
    designs = review.package.flagged("studies.design", "group", "randomised_trial")
    return review.studies["design"].isin(designs)


def _labels(review: Review, name: str) -> dict[str, str]:
    return {word.value: word.label for word in review.package.column(f"studies.{name}").words}


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


def chain(steps: pd.DataFrame) -> list[str]:
    """Return each step of a funnel with its number of studies."""
    pairs = zip(steps["label"], steps["studies"], strict=True)
    return [f"{lower(label)} {studies}" for label, studies in pairs]


def lower(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[0].lower() + label[1:]
