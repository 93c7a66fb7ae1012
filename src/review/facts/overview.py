"""All studies in short: who, how many, which dose, which finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pandas as pd

from review.doses import animals, daily
from review.evidence.amounts import REASONS, amount, weighed
from review.evidence.counts import lower
from review.evidence.findings import NOT_SEEN, between_groups, votes
from review.facets import studied_arms
from review.style import NOT_REPORTED
from review.tables import Review

LONGEST_DOSE = 60
COLUMNS = ["study", "citation", "subject_label", "condition_label", "n", "dose", "finding"]
Texts = dict[str, dict[str, None]]


def table(review: Review) -> pd.DataFrame:
    """Return one row per study, by condition, subject and year; columns `COLUMNS`.

    n is the number studied, missing where nobody says. dose joins what the studied arms had:
    mg of the substance per day, or the words of the source where no such number can be given.
    finding has one vote per domain over every comparison between groups, as in
    `evidence.trials`; where there is none, results that were seen are named as not counted.
    """
    studies = in_order(review).studies
    keys = studies["study"].tolist()
    subjects, conditions = (
        studies[name].cat.rename_categories(review.package.labels(f"studies.{name}"))
        for name in ("subject", "condition")
    )
    doses, findings = (
        ["; ".join(texts.get(key, [NOT_REPORTED.capitalize()])) for key in keys]
        for texts in (_doses(review), _findings(review))
    )
    said = (keys, studies["citation"].array, subjects, conditions)
    cells = (*said, studies["n_total"].array, doses, findings)
    return pd.DataFrame(dict(zip(COLUMNS, cells, strict=True)))


def in_order(review: Review) -> Review:
    """Return the review with its studies by condition, subject, year and key."""
    studies = review.studies.sort_values(["condition", "subject", "year", "study"])
    return replace(review, tables={**review.tables, "studies": studies.reset_index(drop=True)})


def per_day(review: Review) -> dict[tuple[str, int], tuple[str, str]]:
    """Return by study and arm the dose per day in words, or "" and why there is none."""
    bodies = review.studies["subject"].isin(animals(review.package))
    scaled = set(review.studies.loc[bodies, "study"])
    rows, name = daily(review), lower(weighed(review))
    return {
        (study, arm): ("", REASONS[reason])
        if reason
        else (_span(low, high, name, study in scaled), "")
        for study, arm, low, high, reason in _rows(rows, *rows)
    }


def _span(low: float, high: float, name: str, scaled: bool) -> str:
    ends = " to ".join(dict.fromkeys((amount(low), amount(high))))
    return f"{ends} mg/day {name}{' (human-equivalent)' if scaled else ''}"


def _doses(review: Review) -> Texts:
    known, texts = per_day(review), Texts()
    arms = studied_arms(review)
    for study, arm, words in _rows(arms, "study", "arm", "dose_as_reported"):
        text, _ = known.get((study, arm), ("", ""))
        if not text and isinstance(words, str):
            text = _short(words)
        if text:
            texts.setdefault(study, {})[text] = None
    return texts


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_DOSE else text[: LONGEST_DOSE - 1].rstrip() + "…"


def _findings(review: Review) -> Texts:
    domains, directions = (
        review.package.labels(f"outcomes.{name}") for name in ("domain", "direction")
    )
    order = {word: place for place, word in enumerate(domains)}
    cast = [*_rows(votes(review, between_groups(review)), "study", "domain", "direction")]
    seen = {study for study, _, direction in cast if direction != NOT_SEEN}
    texts = _uncounted(review, seen)
    for study, domain, direction in sorted(cast, key=lambda vote: order[vote[1]]):
        if study in seen:
            texts.setdefault(study, {})[f"{domains[domain]}: {lower(directions[direction])}"] = None
    return texts


def _uncounted(review: Review, counted: set[str]) -> Texts:
    exposures, comparators = (
        review.package.labels(f"outcomes.{name}") for name in ("exposure", "comparator")
    )
    given, texts = next(iter(exposures)), Texts()
    columns = ("study", "exposure", "comparator", "direction")
    for study, exposure, comparator, direction in _rows(review.outcomes, *columns):
        if study not in counted and direction != NOT_SEEN:
            why = comparators[comparator] if exposure == given else exposures[exposure]
            texts.setdefault(study, {})[f"Not counted: {lower(why)}"] = None
    return texts


def _rows(frame: pd.DataFrame, *names: str) -> Iterable[tuple[Any, ...]]:
    return zip(*(frame[name].tolist() for name in names), strict=True)
