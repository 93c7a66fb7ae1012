"""Each statement of the articles against the studies that bear on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from review.evidence.controlled import controlled, in_people
from review.evidence.findings import NOT_SEEN, between_groups
from review.facets import studied_arms
from review.tables import Review

DIRECT, INDIRECT = "direct", "indirect"
NO_EVIDENCE = "none"
COLUMNS = [
    "claim",
    "article",
    "statement",
    "stance",
    "evidence",
    "evidence_label",
    "studies",
    "keys",
]


def claims(review: Review) -> pd.DataFrame:
    """Return one row per statement on the topic and class of evidence, zeros included.

    Columns: claim, article, statement, stance, evidence (direct or indirect human, then the
    other subjects that sum up no papers), evidence_label (an ordered category), studies, keys (of
    those studies, separated by spaces) and nearest, the first class that has a study, or `none`.
    A study bears on a statement by an outcome whose result was seen, in one of the statement's
    domains, compared between groups; and by a studied arm with one of its routes, where it names
    any. No study bears on a statement that names no outcome. Direct evidence is a controlled trial
    in people with the first condition of the vocabulary; bearing on a statement is not supporting
    it.
    """
    classes, results, arms = _classes(review), _results(review), studied_arms(review)
    statements = review.tables["claims"]
    labels, rows = _labels(review), list[dict[str, Any]]()
    for claim in statements[statements["on_topic"]].to_dict("records"):
        keys = _bearing(claim, results, arms)
        found = {name: sorted(keys & studies) for name, studies in classes.items()}
        nearest = next((name for name in labels if found[name]), NO_EVIDENCE)
        rows += [_row(claim, name, found[name]) | {"nearest": nearest} for name in labels]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "nearest"])
    kind = pd.CategoricalDtype(list(labels.values()), ordered=True)
    return frame.assign(evidence_label=frame["evidence"].map(labels).astype(kind))


def describe_claims(frame: pd.DataFrame) -> str:
    """Return how many statements of each article have direct human evidence, and of what kind."""
    if frame.empty:
        return "0 statements of articles to hold against the evidence."
    said = []
    for article, rows in frame.groupby("article"):
        nearest = rows.drop_duplicates("claim")["nearest"]
        direct, none = (nearest == DIRECT).sum(), (nearest == NO_EVIDENCE).sum()
        said.append(
            f"Article {article}: {direct} of {len(nearest)} statements have direct human "
            f"evidence, {none} have none of any kind"
        )
    return f"{'; '.join(said)}. Evidence that bears on a statement may speak for or against it."


def _classes(review: Review) -> dict[str, set[str]]:
    studies, package = review.studies, review.package
    nearest = studies["condition"] == package.column("studies.condition").values[0]
    direct = nearest & controlled(review)
    masks = {DIRECT: direct, INDIRECT: in_people(review) & ~direct}
    masks |= {name: studies["subject"] == name for name in _others(review)}
    return {name: set(studies.loc[mask, "study"].to_list()) for name, mask in masks.items()}


def _labels(review: Review) -> dict[str, str]:
    # Nearest to the question first.
    subjects = review.package.labels("studies.subject")
    others = {name: subjects[name] for name in _others(review)}
    return {DIRECT: "Direct human", INDIRECT: "Indirect human"} | others


def _others(review: Review) -> list[str]:
    people = review.package.flagged("studies.subject", "participants", "people")
    summaries = review.package.flagged("studies.subject", "summary")
    words = review.package.column("studies.subject").values
    return [word for word in words if word not in (*people, *summaries)]


def _results(review: Review) -> pd.DataFrame:
    outcomes = review.outcomes
    seen = outcomes["direction"] != NOT_SEEN
    return outcomes[seen & outcomes["comparator"].isin(between_groups(review))]


def _bearing(claim: Mapping[Any, Any], results: pd.DataFrame, arms: pd.DataFrame) -> set[str]:
    domains, routes = _listed(claim["domains"]), _listed(claim["routes"])
    keys = set(results.loc[results["domain"].isin(domains), "study"].to_list())
    return keys & set(arms.loc[arms["route"].isin(routes), "study"].to_list()) if routes else keys


def _listed(cell: object) -> tuple[str, ...]:
    return cell if isinstance(cell, tuple) else ()


def _row(claim: Mapping[Any, Any], evidence: str, keys: list[str]) -> dict[str, Any]:
    plain = {name: claim[name] for name in ("claim", "article", "statement", "stance")}
    counted = {"studies": len(keys), "keys": " ".join(keys)}
    return plain | {"evidence": evidence} | counted
