"""Which studies to look at: a frozen selection, its text form and its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol
from urllib.parse import quote as coded
from urllib.parse import unquote

from review.faults import Refusal, quote
from review.schema import Package

NOT_REPORTED = "not_reported"
NOT_REPORTED_LABEL = "Not reported or none"
Words = tuple[str, ...] | None
PLACES = {
    "subject": "studies.subject",
    "species": "studies.species",
    "condition": "studies.condition",
    "design": "studies.design",
    "randomised": "studies.randomised",
    "placebo_controlled": "studies.placebo_controlled",
    "route": "arms.route",
    "compound": "arms.compound",
    "alone": "arms.alone",
    "domain": "outcomes.domain",
    "direction": "outcomes.direction",
    "source_level": "studies.source_level",
    "cited_by": "studies.cited_by",
}
NUMBERS = {
    "year_from": "a year of four digits",
    "year_to": "a year of four digits",
    "n_min": "a whole number",
}
LARGEST = {"year_from": 9999, "year_to": 9999, "n_min": 999_999_999}
TEXT = "text"
FIELDS = (*PLACES, *NUMBERS, TEXT)


class Worded(Protocol):
    """What has the words that a selection may name: a review, or its tables before they are one."""

    @property
    def package(self) -> Package:
        """The description of the tables."""

    @property
    def tables(self) -> Mapping[str, Any]:
        """The tables by name; each gives a column by its name."""


class SelectionError(Refusal, ValueError):
    """A selection, or its text form, that cannot be meant; says what was expected."""

    code = 2


@dataclass(frozen=True)
class Selection:
    """Words per field: any of them within a field, all fields together; None leaves a field open.

    The text form, for example `subject=human&route=oral,diet&year_from=2000`, is what `str`
    gives and `Selection.parse` reads. The word `not_reported` stands for an empty cell, and
    for a study that has no arm or outcome at all. `n_min` is the least number studied, and
    `text` words that must all stand in the title, authors, journal or remarks. Raises
    SelectionError for a number that has no text form, and for half a sign (a lone surrogate).
    """

    subject: Words = None
    species: Words = None
    condition: Words = None
    design: Words = None
    randomised: Words = None
    placebo_controlled: Words = None
    route: Words = None
    compound: Words = None
    alone: Words = None
    domain: Words = None
    direction: Words = None
    source_level: Words = None
    cited_by: Words = None
    year_from: int | None = None
    year_to: int | None = None
    n_min: int | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        problems = [
            f"{name}: {value} is not {said}"
            for name, said in NUMBERS.items()
            for value in [getattr(self, name)]
            if value is not None and not 0 <= value <= LARGEST[name]
        ]
        problems += [
            f"{name}: {quote(text)} holds half a sign; type it again"
            for name, value in self.given()
            for text in ([value] if name == TEXT else value if name in PLACES else [])
            if any("\ud800" <= sign <= "\udfff" for sign in text)
        ]
        if problems:
            raise SelectionError("\n".join(problems))

    @classmethod
    def parse(cls, text: str) -> Selection:
        """Return the selection with this text form; raises SelectionError naming all that is wrong.

        Whether its words are known is checked where it meets a review.
        """
        values, problems = dict[str, Any](), list[str]()
        for part in text.strip().split("&") if text.strip() else []:
            name, equals, value = part.partition("=")
            if not equals or name not in FIELDS:
                expected = ", ".join(FIELDS)
                problems.append(f"{quote(part)}: expected FIELD=WORDS with a field of {expected}")
            elif name in values:
                problems.append(f"{name}: stands twice; put its words in one list with commas")
            else:
                try:
                    values[name] = _value(name, value)
                except SelectionError as error:
                    problems.append(str(error))
        if problems:
            raise SelectionError("\n".join(problems))
        return cls(**values)

    def __str__(self) -> str:
        return "&".join(f"{name}={_written(name, value)}" for name, value in self.given())

    def describe(self, review: Worded) -> str:
        """Return the selection in words for people."""
        said = [_said(review, name, value) for name, value in self.given()]
        return "; ".join(said) if said else "Every cited study"

    def given(self) -> Iterator[tuple[str, Any]]:
        """Return each field that is not open, with its value."""
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None:
                yield field.name, value

    def check(self, review: Worded) -> None:
        """Raise SelectionError, naming each, where a word is not in the review's vocabulary."""
        problems = [
            f"{name}: {quote(word)} is not one of {', '.join(known)}"
            for name, words in self.given()
            if name in PLACES
            for known in [dict(options(review, name))]
            for word in words
            if word not in known
        ]
        if problems:
            raise SelectionError("\n".join(problems))


def options(review: Worded, name: str) -> tuple[tuple[str, str], ...]:
    """Return the words that a field of a selection can have, each with its label, in order."""
    column = review.package.column(PLACES[name])
    words = _vocabulary(review, PLACES[name])
    in_every_study = PLACES[name].startswith("studies.") and column.required
    if in_every_study or NOT_REPORTED in column.values:
        return words
    return (*words, (NOT_REPORTED, NOT_REPORTED_LABEL))


def _vocabulary(review: Worded, place: str) -> tuple[tuple[str, str], ...]:
    table, _, name = place.partition(".")
    column, link = review.package.column(place), review.package.tables[table].links.get(name)
    if column.type == "boolean":
        return (("yes", "Yes"), ("no", "No"))
    if link is None:
        return tuple((word.value, word.label) for word in column.words)
    linked = review.tables[link[0]]
    return tuple(zip(linked[link[1]], linked["label"], strict=True))


def _said(review: Worded, name: str, value: Any) -> str:
    if name == TEXT:
        return f"With the words “{value}”"
    if name == "n_min":
        return f"{review.package.column('studies.n_total').title}: {value} or more"
    if name in NUMBERS:
        return f"{value} or {'later' if name == 'year_from' else 'earlier'}"
    labels = dict(options(review, name))
    words = " or ".join(labels.get(word, word) for word in value)
    return f"{review.package.column(PLACES[name]).title}: {words or 'none'}"


def _written(name: str, value: Any) -> str:
    if isinstance(value, str):
        return _coded(value, "%& ")
    if isinstance(value, tuple):
        return ",".join(_coded(word, "%& ,") for word in value)
    return f"{value:04d}" if name != "n_min" else str(value)


def _coded(text: str, marks: str) -> str:
    # What would end the field, get lost at its end, be taken for a code itself, or not be seen.
    return "".join(coded(s, "") if s in marks or not s.isprintable() else s for s in text)


def _value(name: str, value: str) -> Any:
    if name == TEXT:
        return unquote(value)
    return _number(name, value) if name in NUMBERS else _words(value)


def _number(name: str, value: str) -> int:
    digits = len(value) == 4 if name != "n_min" else 0 < len(value) < 10
    if not (value.isascii() and value.isdigit() and digits):
        raise SelectionError(f"{name}: {quote(value)} is not {NUMBERS[name]}")
    return int(value)


def _words(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unquote(word) for word in value.split(",") if word))
