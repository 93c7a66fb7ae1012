"""The data dictionary: the tables of a package described for people, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

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
        f"- [{table.title}](#{table.name}): {table.description}"
        for table in package.tables.values()
    ]
    return [
        "<!-- Made from datapackage.json by `python -m review dictionary`; change that file. -->",
        f"# {package.title}",
        "",
        package.description,
        "",
        "Titles, authors, years, journals, DOIs and PMIDs stand in `references.bib` alone, under",
        "the same key as in the tables. Columns with a list of words take only these words.",
        "",
        *links,
        "",
    ]


def _table(table: Table) -> Iterator[str]:
    yield f'<a id="{table.name}"></a>\n\n## {table.title}: `{table.path}`\n'
    yield f"{table.description} Key: {', '.join(f'`{name}`' for name in table.key)}.\n"
    yield "| column | what it holds | type |"
    yield "|---|---|---|"
    for column in table.fields:
        meaning = f"**{column.title}.** {column.description}{_where(table, column)}"
        yield f"| `{column.name}` | {_cell(meaning)} | {_cell(_type(column))} |"
    yield ""
    for column in table.fields:
        if column.words and not column.words_of:
            yield from _words(table, column)


def _words(table: Table, column: Field) -> Iterator[str]:
    yield f"Words of `{table.name}.{column.name}`:\n"
    for word in column.words:
        yield f"- `{word.value}`, {word.label}: {word.description}"
    yield ""


def _type(column: Field) -> str:
    parts = [TYPES[column.type]]
    if column.delimiter:
        parts.append(
            "separated by a space"
            if column.delimiter == " "
            else f"separated by `{column.delimiter}`"
        )
    if column.unit:
        parts.append(column.unit)
    if column.required:
        parts.append("never empty")
    return ", ".join(parts)


def _where(table: Table, column: Field) -> str:
    if column.words_of:
        return f" Words of `{column.words_of}`."
    if column.in_bibliography:
        return " A key of `references.bib`."
    if column.name in table.links:
        other, name = table.links[column.name]
        return f" A `{name}` of [{other}](#{other})."
    return f" Each a row of `{column.items_from}`." if column.items_from else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
