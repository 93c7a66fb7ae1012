"""Everything stored about one study as HTML, with what is not reported named as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote as quoted

import pandas as pd

from review import markup
from review.bibliography import OTHERS, Reference
from review.evidence.counts import lower
from review.facts.overview import per_day
from review.facts.pieces import items, missing, pairs
from review.faults import quote
from review.schema import Field
from review.style import NOT_REPORTED
from review.tables import Review

CAPITALISED = NOT_REPORTED.capitalize()
HOW_READ = ("source_level", "extraction")
DOSE = "Dose"
# What stands together in a cell, so that a row fits a narrow page; the last takes what is left.
LAYOUTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "arms": {
        "The arm": ("label", "role"),
        "What was given": ("compound", "route", "alone"),
        DOSE: ("dose_as_reported", "dose_value", "dose_unit", "dose_basis", "times_per_day"),
        "How long, how many": (),
    },
    "outcomes": {
        "What was measured": ("domain", "measure", "timepoint", "higher_is_better"),
        "What was compared": ("comparison", "comparator", "exposure"),
        "Reported by the authors": ("direction", "effect", "p_value"),
        "Numbers": (),
    },
}
PUBMED = "https://pubmed.ncbi.nlm.nih.gov"
Row = dict[str, Any]


def html(review: Review, study: str) -> str:
    """Return everything stored about one study as an HTML fragment; `STYLE` is its look.

    What is empty is named as not reported. Raises ValueError for a key that no study has.
    """
    keys = review.studies["study"].tolist()
    if study not in keys:
        raise ValueError(_unknown(review, study, keys))
    one = _narrowed(review, study)
    row, reference = _records(one.studies)[0], review.references[study]
    pages = items(markup.link(url, url) for url in one.tables["sources"]["url"])
    title = f"{reference.cite()}: {reference.title or CAPITALISED}"
    parts = (
        f"<h3>{markup.html(title)}</h3>",
        _retraction(row),
        _citation(reference),
        f"<h4>Who and how</h4>{_study(one, row)}",
        f"<h4>How it was read</h4>{_reading(one, row)}",
        f"<h4>Remarks</h4><p>{markup.html(_known(row['remarks'])) or missing(CAPITALISED)}</p>",
        *(_grid(one, name) for name in LAYOUTS),
        *_named(one, study),
        f"<h4>Pages on which it was read</h4>{pages}",
    )
    return f'<article class="review-facts">{"".join(parts)}</article>'


def _unknown(review: Review, study: str, keys: Sequence[str]) -> str:
    near = ", ".join(get_close_matches(study, keys, n=3)) or "none"
    return (
        f"{quote(study)} is not the key of one of the {len(keys)} studies here, of "
        f"{review.whole} in all; keys most like it: {near}. "
        "Take a key from the column study of facts.table(review), or widen the selection."
    )


def _narrowed(review: Review, study: str) -> Review:
    tables = {
        name: rows[rows["study"] == study] if "study" in rows else rows
        for name, rows in review.tables.items()
    }
    return replace(review, tables=tables)


def _retraction(row: Row) -> str:
    if not row["retracted"]:
        return ""
    said = "A page that was read says that this study was withdrawn."
    return f'<p class="review-retracted" role="note"><strong>Retracted.</strong> {said}</p>'


def _citation(reference: Reference) -> str:
    names = ["and others" if name == OTHERS else name for name in reference.authors]
    said = (
        "; ".join(names) or f"Authors {NOT_REPORTED}",
        reference.title or f"Title {NOT_REPORTED}",
        f"{reference.container or f'Journal {NOT_REPORTED}'}, {reference.year or 'no year'}",
    )
    ways = (
        ("DOI", reference.doi, f"https://doi.org/{quoted(reference.doi)}"),
        ("PubMed", reference.pmid, f"{PUBMED}/{quoted(reference.pmid)}/"),
        ("Address", reference.url, reference.url),
    )
    links = [f"{name} {markup.link(url, text)}" for name, text, url in ways if text]
    text = " ".join(f"{part.removesuffix('.')}." for part in said)
    known = " · ".join(links) or missing("No DOI or PMID is known")
    return f"<p>{markup.html(text)}</p><p>{known}</p>"


def _study(review: Review, row: Row) -> str:
    name = "studies"
    columns = review.package.tables[name].fields
    plain = [column for column in columns if column.name not in (*HOW_READ, "remarks")]
    return pairs(
        (_title(column), markup.html(_text(review, name, column, row)) or missing(CAPITALISED))
        for column in plain
    )


def _reading(review: Review, row: Row) -> str:
    columns = [review.package.column(f"studies.{name}") for name in HOW_READ]
    return pairs(
        (column.title, markup.html(f"{word.label}: {word.description}"))
        for column in columns
        for word in column.words
        if word.value == row[column.name]
    )


def _grid(review: Review, name: str) -> str:
    spec, rows = review.package.tables[name], _records(review.tables[name])
    if not rows:
        return f"<h4>{markup.html(spec.title)}</h4><p>{missing(f'{CAPITALISED} or none')}</p>"
    number = spec.key[-1]
    columns = [column for column in spec.fields if column.name not in spec.key]
    told = [column for column in columns if any(_known(row[column.name]) for row in rows)]
    empty = "; ".join(column.title for column in columns if column not in told)
    note = f"<p>{missing(f'{CAPITALISED} for any {number}: {empty}')}</p>" if empty else ""
    cells = _cells(review, name, told, rows)
    heads = [spec[number].title, *cells]
    head = "".join(f'<th scope="col">{markup.html(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{markup.html(str(row[number]))}</th>'
        f"{''.join(f'<td>{texts[place]}</td>' for texts in cells.values())}</tr>"
        for place, row in enumerate(rows)
    )
    return (
        f'<div class="review-scroll"><table><caption>{markup.html(spec.title)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}"
    )


def _cells(
    review: Review, name: str, told: Sequence[Field], rows: Sequence[Row]
) -> dict[str, list[str]]:
    layout = LAYOUTS[name]
    placed = {column for names in layout.values() for column in names}
    cells = dict[str, list[str]]()
    for head, names in layout.items():
        wanted = [c for c in told if (c.name in names if names else c.name not in placed)]
        cells[head] = [_cell(review, name, wanted, row) for row in rows]
    if DOSE in cells:
        amounts = per_day(review)
        more = [_per_day(*amounts.get((row["study"], row["arm"]), ("", ""))) for row in rows]
        cells[DOSE] = [text + said for text, said in zip(cells[DOSE], more, strict=True)]
    return {head: texts for head, texts in cells.items() if any(texts)}


def _cell(review: Review, name: str, columns: Sequence[Field], row: Row) -> str:
    texts = [(column, _text(review, name, column, row)) for column in columns]
    said = [
        (_title(column), markup.html(text) or missing(_absent(column)))
        for column, text in texts
        if text or _absent(column)
    ]
    silent = "; ".join(column.title for column, text in texts if not text and not _absent(column))
    return pairs(said) + (missing(f"{CAPITALISED}: {silent}") if silent else "")


def _per_day(text: str, reason: str) -> str:
    if not text and not reason:
        return ""
    said = markup.html(text) or missing(f"No comparable dose: {lower(reason)}")
    return pairs([("Per day", said)])


def _absent(column: Field) -> str:
    # An empty cell can mean something else than silence; the description then says what.
    meaning = column.description.partition("Empty: ")[2].rstrip(".")
    return meaning if " or " in meaning else ""


def _title(column: Field) -> str:
    named = column.unit and column.unit not in column.title.lower()
    return f"{column.title} ({column.unit})" if named else column.title


def _text(review: Review, name: str, column: Field, row: Row) -> str:
    text = _known(row[column.name])
    labels = {word.value: word.label for word in column.words}
    if column.name in review.package.tables[name].links:
        other, key = review.package.tables[name].links[column.name]
        rows = review.tables[other]
        labels = dict(zip(rows[key], rows["label"], strict=True))
    return labels.get(text, text)


def _known(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    return str(cell)


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]


def _named(review: Review, study: str) -> Iterator[str]:
    facts = review.tables["facts"]
    facts = facts[[study in (keys or ()) for keys in facts["references"]]]
    if facts.empty:
        return
    yield "<h4>Background facts that name it</h4>"
    yield items(markup.html(_fact(row)) for row in _records(facts))
    known = review.tables["claims"].set_index("claim")
    named = dict.fromkeys(claim for claims in facts["claims"] for claim in claims or ())
    if named:
        yield "<h4>Statements of the articles that these facts bear on</h4>"
        rows = [(claim, known.loc[claim]) for claim in named]
        yield items(
            markup.html(f"{c}, article {row['article']}: {row['statement']}") for c, row in rows
        )


def _fact(row: Row) -> str:
    value = " ".join(part for part in (_known(row["value"]), _known(row["unit"])) if part)
    return f"{row['statement']}{f' Value: {value}.' if value else ''}"
