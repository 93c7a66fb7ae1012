"""The answer in a sentence, and what is left of a review in a line."""

from __future__ import annotations

import pandas as pd

from review.evidence import amounts, counts, findings, sizes, statements
from review.evidence.counts import by_subject, chain, funnel, lower, people
from review.evidence.takeaways import answer
from review.tables import Review


def headline(review: Review) -> str:
    """Return how many studies answer the question, and how many are left at each step."""
    steps = funnel(review)
    if not len(review.studies):
        return f"{answer(steps)}."
    return f"{answer(steps)}. Step by step: {', of these '.join(chain(steps)[1:])}."


def state(review: Review) -> str:
    """Return in one line how many studies are left, by subject, and how many people are in trials.

    People are counted in randomised trials only, each person once.
    """
    table = by_subject(review)
    parts = [_subject(review, str(word), row) for word, row in table.iterrows()]
    return f"{len(review.studies):,} of {review.whole:,} studies: {', '.join(parts)}"


def _subject(review: Review, word: str, row: pd.Series) -> str:
    said = f"{row['studies']:,} {lower(review.package.label('studies.subject', word))}"
    if word not in review.package.flagged("studies.subject", "participants", "people"):
        return said
    return f"{said} ({people(row)})"


def describe(name: str, frame: pd.DataFrame) -> str:
    """Return what the figure of this name shows, for those who cannot see it."""
    return DESCRIPTIONS[name](frame)


DESCRIPTIONS = {
    "funnel": counts.describe_funnel,
    "coverage": counts.describe_coverage,
    "dots": counts.describe_dots,
    "directions": findings.describe_directions,
    "trials": findings.describe_trials,
    "doses": amounts.describe_doses,
    "timeline": counts.describe_timeline,
    "claims": statements.describe_claims,
    "information_size": sizes.describe_information_size,
}
