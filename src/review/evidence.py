"""One function per question: a review in, a tidy table or a sentence out.

Counting what authors report is not a synthesis; nothing here says that a treatment works.
"""

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


def headline(review: Review) -> str:
    """Return how many studies answer the question, and how many are left at each step."""
    steps = funnel(review)
    first, last = int(steps["studies"].iloc[0]), int(steps["studies"].iloc[-1])
    if not first:
        return f"None of the {review.whole} cited studies is selected."
    verb = "are each" if last > 1 else "is"
    which = "cited" if first == review.whole else "selected"
    answer = f"{last or 'None'} of the {first} {which} studies {verb} a {review.package.target}."
    chain = _chain(steps)[1:]
    return f"{answer} Step by step: {', of these '.join(chain)}."


def state(review: Review) -> str:
    """Return in one line how many studies are left, by subject, and how many people are in trials.

    People are counted in randomised trials only, each person once.
    """
    table = coverage(review).groupby("subject", observed=False)[list(COUNTS)].sum()
    parts = [_subject(review, str(word), row) for word, row in table.iterrows()]
    return f"{len(review.studies)} of {review.whole} studies: {', '.join(parts)}"


def describe(name: str, frame: pd.DataFrame) -> str:
    """Return what the figure of this name shows, for those who cannot see it."""
    return {"coverage": _describe_coverage, "funnel": _describe_funnel}[name](frame)


def _describe_coverage(frame: pd.DataFrame) -> str:
    first = frame[frame["condition"] == frame["condition"].iloc[0]]
    pairs = zip(first["studies"], first["subject_label"], strict=True)
    counts = [f"{studies} {_lower(label)}" for studies, label in pairs]
    empty = int((frame["studies"] == 0).sum())
    return (
        f"{frame['studies'].sum()} studies by condition and subject. "
        f"{first['condition_label'].iloc[0]}: {', '.join(counts)}. "
        f"{empty} of {len(frame)} cells are empty."
    )


def _describe_funnel(frame: pd.DataFrame) -> str:
    return f"Studies left after each step: {', '.join(_chain(frame))}."


def _chain(steps: pd.DataFrame) -> list[str]:
    pairs = zip(steps["label"], steps["studies"], strict=True)
    return [f"{_lower(label)} {studies}" for label, studies in pairs]


def _subject(review: Review, word: str, row: pd.Series) -> str:
    said = f"{row['studies']} {_lower(review.package.label('studies.subject', word))}"
    if word not in review.package.flagged("studies.subject", "participants", "people"):
        return said
    return f"{said} ({people(row)})"


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


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]
