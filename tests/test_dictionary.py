"""The data dictionary says all that datapackage.json says, and is not stale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review import schema
from review.dictionary import dictionary
from review.schema import Word
from review.tables import ROOT

PACKAGE = schema.read(ROOT / "data")
TEXT = dictionary(PACKAGE)


def test_committed_dictionary_is_fresh() -> None:
    committed = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert committed == TEXT, "data/README.md is stale: run `make dictionary`"


@pytest.mark.parametrize("name", PACKAGE.tables)
def test_every_column_and_word_is_described(name: str) -> None:
    table = PACKAGE.tables[name]
    section = TEXT.split(f'<a id="{name}"></a>')[1].split('<a id="')[0]
    for column in table.fields:
        (line,) = [row for row in section.splitlines() if row.startswith(f"| `{column.name}` |")]
        assert column.description in line
        assert ("never empty" in line) == column.required
        assert column.unit in line
        for word in () if column.words_of else column.words:
            assert f"- `{word.value}`, {word.label}: {word.description}" in section


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            "| `km` | **Km factor.** Body weight divided by body surface, used to turn an animal "
            "dose per kilogram into a human-equivalent dose. Empty: not in the sources read. | "
            "number, kg/m2 |",
            "unit",
        ),
        (
            "| `domains` | **Domains.** Outcome domains that the statement touches. Words of "
            "`outcomes.domain`. | list, separated by `;` |",
            "shared words",
        ),
        (
            "| `form_of` | **Form of.** Compound that this is one form of, where a source can "
            "leave the form open: its magnesium content is then a range over its forms. "
            "A `compound` of [compounds](#compounds). | text |",
            "link",
        ),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)
def test_lines(line: str, why: str) -> None:
    assert line in TEXT.splitlines()


def test_a_description_cannot_break_out_of_its_cell() -> None:
    studies = PACKAGE.tables["studies"]
    column = replace(studies["study"], title="a | b", description="one\n\n# two | <b>", unit="$")
    word = Word("`x`", "*y*", "<b>", {})
    tables = {"studies": replace(studies, fields=(column, replace(column, words=(word,))))}
    text = dictionary(replace(PACKAGE, title="A\n# B", tables=tables)).splitlines()
    assert text[1] == "# A # B"
    row = "**a \\| b.** one # two \\| &#60;b&#62; A key of `references.bib`."
    assert text.count(f"| `study` | {row} | text, <span>&#36;</span>, never empty |") == 2
    assert "- <code>\\`x\\`</code>, \\*y\\*: &#60;b&#62;" in text
