"""Rows of the tables as people read them: words for codes, every text in full."""

from __future__ import annotations

import pandas as pd

from review import markup
from review.evidence.consistency import MISFIT, consistency
from review.evidence.counts import lower
from review.evidence.statements import claims
from review.style import NOT_REPORTED
from review.tables import Review

CHECKS = {
    "two_groups": "Two groups",
    "before_after": "Before and after",
    "interval": "Interval",
    "percentage": "Percentage",
    "arms": "Arms",
}
# Notebook pages set every cell to the right and every column to one width.
LEFT = (
    "<style>.review-rows.review-rows table.dataframe { table-layout: auto; } "
    ".review-rows.review-rows table.dataframe :is(th, td) "
    "{ text-align: left; vertical-align: top; overflow-wrap: break-word; }</style>"
)


def whole(frame: pd.DataFrame) -> str:
    """Return a table as HTML with every text in full; a web address is a link with its host."""
    plain = frame.astype("object").fillna(NOT_REPORTED)
    return f'{LEFT}<div class="review-rows">{markup.table(plain)}</div>'


def listed(review: Review, name: str) -> pd.DataFrame:
    """Return a stored table under its titles, with labels for words and a row per list item."""
    frame, columns = review.tables[name], review.package.tables[name].fields
    for column in columns:
        if column.delimiter:
            frame = frame.explode(column.name)
        if column.words:
            labels = {word.value: word.label for word in column.words}
            frame = frame.assign(**{column.name: frame[column.name].astype("object").map(labels)})
    titles = {column.name: column.title for column in columns}
    return frame.rename(columns=titles).reset_index(drop=True)


def statements(review: Review) -> pd.DataFrame:
    """Return one row per statement on the topic, with the nearest evidence that bears on it.

    Columns: Article, Statement, Stance, Nearest evidence, Studies (of that kind, 0 where there
    is none of any kind). Bearing on a statement is not supporting it; see `evidence.claims`.
    """
    counted = claims(review)
    near = counted[counted["evidence"] == counted["nearest"]].set_index("claim")
    frame = counted.drop_duplicates("claim").set_index("claim")
    kinds = near["evidence_label"].astype("object").reindex(frame.index, fill_value="None")
    stances = review.package.labels("claims.stance")
    return pd.DataFrame(
        {
            "Article": frame["article"],
            "Statement": frame["statement"],
            "Stance": frame["stance"].astype("object").map(stances),
            "Nearest evidence": kinds,
            "Studies": near["studies"].reindex(frame.index, fill_value=0),
        }
    ).reset_index(drop=True)


def against_sources(review: Review, topic: str) -> pd.DataFrame:
    """Return statements beside what a source says itself: a row per fact of a topic and statement.

    Columns: Article, Statement, Stance, The source itself, In short, Remarks (may be empty), Read
    in, Address. Facts that belong to no statement have no row. In the order of the statements.
    """
    facts = review.tables["facts"]
    pairs = facts[facts["topic"] == topic].explode("claims").dropna(subset="claims")
    known = review.tables["claims"][["claim", "article", "statement", "stance"]]
    rows = known.merge(pairs, left_on="claim", right_on="claims", suffixes=("", "_itself"))
    labels = review.package.labels
    return pd.DataFrame(
        {
            "Article": rows["article"],
            "Statement": rows["statement"],
            "Stance": rows["stance"].astype("object").map(labels("claims.stance")),
            "The source itself": rows["statement_itself"],
            "In short": rows["value"] + (" " + rows["unit"]).fillna(""),
            "Remarks": rows["remarks"].fillna(""),
            "Read in": rows["source_level"].astype("object").map(labels("facts.source_level")),
            "Address": rows["url"],
        }
    )


def reading(review: Review) -> pd.DataFrame:
    """Return the number of studies by what was read (rows) and how often (columns), zeros too."""
    studies = review.studies
    counted = pd.crosstab(studies["source_level"], studies["extraction"], dropna=False)
    levels, often = (
        review.package.labels(f"studies.{name}") for name in ("source_level", "extraction")
    )
    counted = counted.reindex(index=list(levels), columns=list(often), fill_value=0)
    table = counted.rename(index=levels, columns=often).rename_axis(index="Read in", columns=None)
    return table.reset_index()


def misfits(review: Review) -> pd.DataFrame:
    """Return the reported statistics that do not fit the numbers beside them, a row for each.

    Columns: Study, Measured (missing for a whole study), Check, Reported, Follows from its
    numbers; see `evidence.consistency`.
    """
    checked = consistency(review)
    found = checked[checked["verdict"] == MISFIT]
    labels = review.package.labels("outcomes.domain")
    measured = review.outcomes.assign(
        measured=review.outcomes["domain"].astype("object").map(labels)
    )[["study", "outcome", "measured"]]
    cited = review.studies[["study", "citation"]]
    rows = found.merge(cited, on="study").merge(measured, on=["study", "outcome"], how="left")
    named = {"citation": "Study", "measured": "Measured", "check": "Check"}
    named |= {"reported": "Reported", "follows": "Follows from its numbers"}
    return rows.assign(check=rows["check"].map(CHECKS))[list(named)].rename(columns=named)


def read_in_short(review: Review) -> str:
    """Return in one sentence, without a full stop, what was read of the studies and how often."""
    table = reading(review).set_index("Read in")
    where, often = (
        ", ".join(f"{lower(str(name))} {total}" for name, total in totals.items())
        for totals in (table.sum(axis=1), table.sum())
    )
    return f"What was read of the {len(review.studies)} studies: {where}; read {often}"
