"""Sentences and what chosen studies did and found, as Markdown straight from the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote as quoted

import pandas as pd

from review import markup
from review.evidence.counts import lower
from review.facets import studied_arms
from review.facts.rows import read_in_short
from review.facts.study import PUBMED
from review.markup import markdown
from review.style import NOT_REPORTED
from review.tables import Review

Row = dict[str, Any]


def told(review: Review, studies: Iterable[str]) -> str:
    """Return Markdown with one bullet per study, in this order, and under it what it did and found.

    What is empty in the tables is called not reported. Raises KeyError for a key that no study has.
    """
    return "\n".join(_study(review, key) for key in studies)


def remarked(review: Review, studies: Iterable[str]) -> pd.DataFrame:
    """Return the remarks on these studies, in this order; columns Study and Remarks.

    Raises KeyError for a key that no study has.
    """
    rows = [_row(review, key) for key in studies]
    return pd.DataFrame(
        {"Study": [row["citation"] for row in rows], "Remarks": [row["remarks"] for row in rows]}
    )


def _row(review: Review, key: str) -> Row:
    if key not in set(review.studies["study"]):
        raise KeyError(
            f"{key!r} is not the key of one of the {len(review.studies)} studies here; take one "
            "from the column study of facts.table(review), or widen the selection"
        )
    (row,) = _of(review.studies, key)
    return row


def opening(review: Review, *sentences: str, more: str = "") -> str:
    """Return Markdown for the top of a notebook: these sentences, and how the review was made.

    That is when evidence was searched and `more`, by default what was read of the studies.
    """
    below = _ended(f"Evidence searched {review.package.searched}", more or read_in_short(review))
    return f"> **{_ended(*sentences)}**\n\n{below}"


def said(sentence: str) -> str:
    """Return a sentence as Markdown that ends in a full stop."""
    return _ended(sentence)


def _ended(*sentences: str) -> str:
    ends = (text if text.endswith((".", "?", "!")) else f"{text}." for text in sentences)
    return markdown(" ".join(ends))


def _study(review: Review, key: str) -> str:
    row = _row(review, key)
    studied = set(studied_arms(review).query("study == @key")["arm"])
    arms = _of(review.arms, key)
    given = [_arm(review, arm) for arm in arms if arm["arm"] in studied]
    others = [_arm(review, arm) for arm in arms if arm["arm"] not in studied]
    found = [_outcome(review, outcome) for outcome in _of(review.outcomes, key)]
    lines = (
        f"- **{_cited(review, key)}**: {_design(review, row)}",
        markdown(f"Given: {'; '.join(given) or NOT_REPORTED}"),
        markdown(f"Compared with: {'; '.join(others) or 'no other group'}"),
        *(found or [f"Results: {NOT_REPORTED}"]),
        markdown(f"Remarks: {_said(row['remarks'])}"),
    )
    return "\n    - ".join(lines)


def _cited(review: Review, key: str) -> str:
    reference = review.references[key]
    pages = review.tables["sources"].query("study == @key")["url"].tolist()
    ways = (
        reference.doi and f"https://doi.org/{quoted(reference.doi)}",
        reference.pmid and f"{PUBMED}/{quoted(reference.pmid)}/",
        reference.url,
        *pages,
    )
    address = next((way for way in ways if way), "")
    return markup.link(address, reference.cite(), markdown)


def _design(review: Review, row: Row) -> str:
    condition = lower(review.package.label("studies.condition", row["condition"]))
    named = _plain(row["condition_as_named"])
    whom = f"{condition} ({named})" if named else condition
    design = review.package.label("studies.design", row["design"])
    return markdown(f"{design}; {whom}; number studied: {_said(row['n_total'])}")


def _arm(review: Review, arm: Row) -> str:
    route = _plain(arm["route"])
    how = lower(review.package.label("arms.route", route)) if route else NOT_REPORTED
    name = _plain(arm["label"]) or review.package.label("arms.role", arm["role"])
    parts = (f"route: {how}", f"dose: {_said(arm['dose_as_reported'])}", f"n: {_said(arm['n'])}")
    return f"{name} ({', '.join(parts)})"


def _outcome(review: Review, row: Row) -> str:
    label = review.package.label
    domain = label("outcomes.domain", row["domain"])
    compared = lower(label("outcomes.comparator", row["comparator"]))
    direction = lower(label("outcomes.direction", row["direction"]))
    when = f"{_said(row['measure'])}, at {_said(row['timepoint'])}, comparison: {compared}"
    words = f"in words: {_said(row['effect'])}; p: {_said(row['p_value'])}"
    return f"{markdown(f'{domain} ({when})')}: **{markdown(direction)}**; {markdown(words)}"


def _of(frame: pd.DataFrame, key: str) -> list[Row]:
    rows = frame[frame["study"] == key].to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def _plain(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)


def _said(cell: Any) -> str:
    return _plain(cell) or NOT_REPORTED
