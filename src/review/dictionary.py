"""The data dictionary: the tables of a package described for people, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from review.markup import code, markdown
from review.schema import Field, Package, Table

TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no",
    "list": "list",
}


def dictionary(package: Package) -> str:
    """Return the dictionary of a package: each table, its columns, units, words and meanings."""
    return "\n".join(
        [*_head(package), *(line for t in package.tables.values() for line in _table(t))]
    )


def _head(package: Package) -> list[str]:
    links = [
        f"- [{markdown(table.title)}](#{quote(table.name)}): {markdown(table.description)}"
        for table in package.tables.values()
    ]
    return [
        "<!-- Made from datapackage.json by `python -m review dictionary`; change that file. -->",
        f"# {markdown(package.title)}",
        "",
        markdown(package.description),
        "",
        "Titles, authors, years, journals, DOIs and PMIDs stand in `references.bib` alone, under",
        "the same key as in the tables. Columns with a list of words take only these words.",
        "",
        *links,
        "",
    ]


def _table(table: Table) -> Iterator[str]:
    yield f'<a id="{quote(table.name)}"></a>\n\n## {markdown(table.title)}: {code(table.path)}\n'
    yield f"{markdown(table.description)} Key: {', '.join(map(code, table.key))}.\n"
    yield "| column | what it holds | type |"
    yield "|---|---|---|"
    for column in table.fields:
        meaning = f"**{markdown(column.title)}.** {markdown(column.description)}"
        yield f"| {code(column.name)} | {meaning}{_where(table, column)} | {_type(column)} |"
    yield ""
    for column in table.fields:
        if column.words and not column.words_of:
            yield from _words(table, column)


def _words(table: Table, column: Field) -> Iterator[str]:
    yield f"Words of {code(f'{table.name}.{column.name}')}:\n"
    for word in column.words:
        yield f"- {code(word.value)}, {markdown(f'{word.label}: {word.description}')}"
    yield ""


def _type(column: Field) -> str:
    parts = [TYPES[column.type]]
    if column.delimiter:
        parts.append(
            "separated by a space"
            if column.delimiter == " "
            else f"separated by {code(column.delimiter)}"
        )
    if column.unit:
        parts.append(markdown(column.unit))
    if column.required:
        parts.append("never empty")
    return ", ".join(parts)


def _where(table: Table, column: Field) -> str:
    if column.words_of:
        return f" Words of {code(column.words_of)}."
    if column.in_bibliography:
        return " A key of `references.bib`."
    if column.name in table.links:
        other, name = table.links[column.name]
        return f" A {code(name)} of [{markdown(other)}](#{quote(other)})."
    return f" Each a row of {code(column.items_from)}." if column.items_from else ""
