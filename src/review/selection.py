"""Which studies to look at: a frozen selection, its text form, and the review it leaves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from review.schema import Field, Package

if TYPE_CHECKING:
    import pandas as pd

    from review.tables import Review

NOT_REPORTED = "not_reported"
NOT_REPORTED_LABEL = "Not reported or none"
Words = tuple[str, ...] | None
PLACES = {
    "subject": "studies.subject",
    "condition": "studies.condition",
    "design": "studies.design",
    "placebo_controlled": "studies.placebo_controlled",
    "route": "arms.route",
    "alone": "arms.alone",
    "domain": "outcomes.domain",
}
YEARS = ("year_from", "year_to")


class SelectionError(ValueError):
    """A selection, or its text form, that cannot be meant; says what was expected."""


@dataclass(frozen=True)
class Selection:
    """Words per field: any of them within a field, all fields together; None leaves a field open.

    The text form, for example `subject=human&route=oral,diet&year_from=2000`, is what `str`
    gives and `Selection.parse` reads. The word `not_reported` stands for an empty cell, and
    for a study that has no arm or outcome at all.
    """

    subject: Words = None
    condition: Words = None
    design: Words = None
    placebo_controlled: Words = None
    route: Words = None
    alone: Words = None
    domain: Words = None
    year_from: int | None = None
    year_to: int | None = None

    @classmethod
    def parse(cls, text: str) -> Selection:
        """Return the selection with this text form; raises SelectionError naming what is wrong."""
        values: dict[str, Any] = {}
        for part in text.strip().split("&") if text.strip() else []:
            name, equals, value = part.partition("=")
            if not equals or name not in (*PLACES, *YEARS):
                expected = ", ".join((*PLACES, *YEARS))
                raise SelectionError(f"{part!r}: expected FIELD=WORDS with a field of {expected}")
            if name in values:
                raise SelectionError(f"{name}: stands twice; put its words in one list with commas")
            values[name] = _year(name, value) if name in YEARS else _words(value)
        return cls(**values)

    def __str__(self) -> str:
        return "&".join(
            f"{name}={','.join(value) if isinstance(value, tuple) else value}"
            for name, value in self._given()
        )

    def describe(self, package: Package) -> str:
        """Return the selection in words for people."""
        said = [self._said(package, name, value) for name, value in self._given()]
        return "; ".join(said) if said else "Every cited study"

    def _given(self) -> Iterator[tuple[str, Any]]:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None:
                yield field.name, value

    @staticmethod
    def _said(package: Package, name: str, value: Any) -> str:
        if name in YEARS:
            return f"{value} or {'later' if name == 'year_from' else 'earlier'}"
        labels = dict(options(package, name))
        words = " or ".join(labels.get(word, word) for word in value)
        return f"{package.column(PLACES[name]).title}: {words or 'none'}"


def options(package: Package, name: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a field of a selection can have, each with its label, in order."""
    column = package.column(PLACES[name])
    if column.type == "boolean":
        words: tuple[tuple[str, str], ...] = (("yes", "Yes"), ("no", "No"))
    else:
        words = tuple((word.value, word.label) for word in column.words)
    in_every_study = PLACES[name].startswith("studies.") and column.required
    return words if in_every_study else (*words, (NOT_REPORTED, NOT_REPORTED_LABEL))


def select(review: Review, selection: Selection) -> Review:
    """Return the review narrowed to the selected studies and all that belongs to them.

    Route and `alone` look at the arms that had the studied substance, and must hold for one
    and the same arm. Raises SelectionError for a word that the vocabulary lacks.
    """
    _check(review.package, selection)
    studies = review.studies[_mask(review.studies, review.package, selection, "studies")]
    years = studies["year"]
    studies = studies[
        (years >= (selection.year_from if selection.year_from is not None else -1))
        & (years <= (selection.year_to if selection.year_to is not None else 9999))
    ]
    for table, rows in (("arms", studied_arms(review)), ("outcomes", review.outcomes)):
        studies = _with_matching_rows(studies, rows, review.package, selection, table)
    return _narrowed(review, studies)


def studied_arms(review: Review) -> pd.DataFrame:
    """Return the arms that had, or were deprived of, the studied substance."""
    return review.arms[review.arms["role"].isin(review.package.flagged("arms.role", "studied"))]


def _with_matching_rows(
    studies: pd.DataFrame, rows: pd.DataFrame, package: Package, selection: Selection, table: str
) -> pd.DataFrame:
    if not _asked(selection, table):
        return studies
    joined = studies[["study"]].merge(rows, on="study", how="left")
    matching = joined.loc[_mask(joined, package, selection, table), "study"]
    return studies[studies["study"].isin(matching)]


def _asked(selection: Selection, table: str) -> dict[str, tuple[str, ...]]:
    return {
        name: words
        for name, place in PLACES.items()
        if place.startswith(f"{table}.") and (words := getattr(selection, name)) is not None
    }


def _mask(rows: pd.DataFrame, package: Package, selection: Selection, table: str) -> pd.Series:
    mask = rows["study"].notna()
    for name, words in _asked(selection, table).items():
        column = package.column(PLACES[name])
        mask &= _matches(rows[column.name], column, words)
    return mask


def _matches(cells: pd.Series, column: Field, words: tuple[str, ...]) -> pd.Series:
    values: list[object] = list(words)
    if column.type == "boolean":
        values = [word == "yes" for word in words if word in ("yes", "no")]
    found = cells.isin(values)
    return found | cells.isna() if NOT_REPORTED in words else found


def _narrowed(review: Review, studies: pd.DataFrame) -> Review:
    tables: dict[str, pd.DataFrame] = {**review.tables, "studies": studies.reset_index(drop=True)}
    for name, table in review.package.tables.items():
        if table.links.get("study"):
            rows = review.tables[name]
            tables[name] = rows[rows["study"].isin(studies["study"])].reset_index(drop=True)
    references = {key: review.references[key] for key in studies["study"]}
    return replace(review, tables=tables, references=references)


def _check(package: Package, selection: Selection) -> None:
    problems = [
        f"{name}: {word!r} is not one of {', '.join(known)}"
        for name in PLACES
        for known in [dict(options(package, name))]
        for word in getattr(selection, name) or ()
        if word not in known
    ]
    if problems:
        raise SelectionError("\n".join(problems))


def _year(name: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise SelectionError(f"{name}: {value!r} is not a year of four digits")
    return int(value)


def _words(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in value.split(",") if word))
