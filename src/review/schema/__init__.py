"""What the tables are, read from `datapackage.json`, the one place that defines them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from review.schema import descriptor

PLAIN_WORD = ("value", "label", "description")


@dataclass(frozen=True)
class Word:
    """One word of a vocabulary; `flags` holds what else the descriptor says of it."""

    value: str
    label: str
    description: str
    flags: Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One column; `words` is its vocabulary in display order, empty where it has none."""

    name: str
    title: str
    description: str
    type: str
    unit: str = ""
    constraints: Mapping[str, Any] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    delimiter: str = ""
    words_of: str = ""
    items_from: str = ""
    in_bibliography: bool = False

    @property
    def required(self) -> bool:
        """Whether a cell of this column may not be empty."""
        return bool(self.constraints.get("required"))

    @property
    def values(self) -> tuple[str, ...]:
        """The words of the vocabulary as they stand in the cells, in display order."""
        return tuple(word.value for word in self.words)


@dataclass(frozen=True)
class Parts:
    """Columns that are parts of a total, unless a design has the same participants in each."""

    parts: tuple[str, ...]
    total: str
    same_participants: str


@dataclass(frozen=True)
class Table:
    """One CSV file: its columns, its key, and `links`: column -> (table, column) it refers to."""

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: Mapping[str, tuple[str, str]]
    totals: tuple[Parts, ...]

    def __getitem__(self, name: str) -> Field:
        for column in self.fields:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in the order of the file."""
        return tuple(column.name for column in self.fields)


@dataclass(frozen=True)
class Package:
    """The whole description: what the review asks, when the search was, and its tables."""

    name: str
    title: str
    description: str
    question: str
    target: str
    searched: str
    version: str
    licence: str
    licence_url: str
    tables: Mapping[str, Table]

    def column(self, address: str) -> Field:
        """Return the column at an address such as `studies.condition`."""
        table, _, column = address.partition(".")
        return self.tables[table][column]

    def flagged(self, address: str, flag: str, value: Any = True) -> tuple[str, ...]:
        """Return the words of a vocabulary whose flag has this value, in display order."""
        words = self.column(address).words
        return tuple(word.value for word in words if word.flags.get(flag) == value)

    def labels(self, address: str) -> dict[str, str]:
        """Return the label of each word of a vocabulary, in display order."""
        return {word.value: word.label for word in self.column(address).words}

    def label(self, address: str, value: str) -> str:
        """Return the label of a word, or the word itself where the vocabulary lacks it."""
        return self.labels(address).get(value, value)


def read(folder: Path) -> Package:
    """Return the description of the tables in a folder; raises DataError as `descriptor.read`."""
    spec = descriptor.read(folder)
    tables = {resource["name"]: _table(resource) for resource in spec["resources"]}
    plain = ("name", "title", "description", "question", "target", "searched", "version")
    licence = spec["licenses"][0]
    package = Package(
        **{name: spec[name] for name in plain},
        licence=licence["name"],
        licence_url=licence.get("path", ""),
        tables=tables,
    )
    shared = {name: _with_shared_words(table, package) for name, table in tables.items()}
    return replace(package, tables=shared)


def _with_shared_words(table: Table, package: Package) -> Table:
    columns = tuple(
        replace(column, words=package.column(column.words_of).words) if column.words_of else column
        for column in table.fields
    )
    return replace(table, fields=columns)


def _table(spec: Mapping[str, Any]) -> Table:
    schema = spec["schema"]
    links = {link["fields"][0]: link["reference"] for link in schema.get("foreignKeys", [])}
    return Table(
        name=spec["name"],
        path=spec["path"],
        title=spec["title"],
        description=spec["description"],
        fields=tuple(_field(column) for column in schema["fields"]),
        key=tuple(schema["primaryKey"]),
        links={column: (to["resource"], to["fields"][0]) for column, to in links.items()},
        totals=tuple(
            Parts(tuple(rule["parts"]), rule["total"], rule["sameParticipants"])
            for rule in schema.get("partsOfTotals", [])
        ),
    )


def _field(spec: Mapping[str, Any]) -> Field:
    return Field(
        name=spec["name"],
        title=spec["title"],
        description=spec["description"],
        type=spec["type"],
        unit=spec.get("unit", ""),
        constraints=spec.get("constraints", {}),
        words=tuple(_word(word) for word in spec.get("categories", [])),
        delimiter=spec.get("delimiter", ""),
        words_of=spec.get("sharedCategories", ""),
        items_from=spec.get("itemsFrom", ""),
        in_bibliography=spec.get("inBibliography", False),
    )


def _word(spec: Mapping[str, Any]) -> Word:
    flags = {name: value for name, value in spec.items() if name not in PLAIN_WORD}
    return Word(spec["value"], spec["label"], spec["description"], flags)
