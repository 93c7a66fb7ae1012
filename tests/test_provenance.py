"""Where a figure comes from, and the version of the data that any machine finds alike."""

from __future__ import annotations

import hashlib
import json
from dataclasses import FrozenInstanceError, replace

import pytest

from review import Selection, SelectionError, provenance, select
from review.tables import ROOT
from tests.conftest import Copy
from tests.real import real, selected

EVERY = "143 of 143 studies (64 human, 53 animal, 3 in vitro, 23 review)"
FILES = ("datapackage.json", *(f"{name}.csv" for name in real().package.tables))


def test_every_study() -> None:
    assert provenance.of(real()).lines == (
        "Shown: Every cited study",
        EVERY,
        f"Data version {real().version}",
        "Evidence searched 2026-11",
        "Licence CC-BY-4.0",
        "Findings are as reported by the authors",
    )


def test_a_selection_in_words_and_as_text() -> None:
    found = provenance.of(real(), Selection.parse("subject=human&condition=sciatica"))
    assert found.lines[:2] == (
        "Shown: Subject: Human; Condition: Sciatica",
        "6 of 143 studies (6 human, 0 animal, 0 in vitro, 0 review)",
    )
    assert found.text == "subject=human&condition=sciatica"
    assert found.question == "Does magnesium relieve sciatica?"
    assert found.title == "Magnesium for sciatica: the cited studies"
    assert found.licence_url == "https://creativecommons.org/licenses/by/4.0/"


def test_nothing_selected_counts_zeros() -> None:
    found = provenance.of(real(), Selection.parse("subject="))
    assert found.counts == "0 of 143 studies (0 human, 0 animal, 0 in vitro, 0 review)"


def test_one_line_holds_them_all() -> None:
    found = provenance.of(real())
    assert found.line.split(" · ") == list(found.lines)


def test_the_whole_review_and_its_part_say_the_same() -> None:
    selection = Selection.parse("route=oral")
    part = select(real(), selection)
    assert provenance.of(part, selection) == provenance.of(real(), selection)


def test_a_part_does_not_pass_for_the_whole() -> None:
    with pytest.raises(SelectionError) as caught:
        provenance.of(selected("subject=human"))
    assert str(caught.value) == (
        "The review was narrowed before, so a figure could not say what it shows: give the whole "
        "review and the selection."
    )


def test_it_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        provenance.of(real()).version = "1"  # type: ignore[misc]


def test_version_is_a_digest_of_the_files_in_order() -> None:
    whole = hashlib.sha256()
    paths = [*(ROOT / "data" / name for name in FILES), ROOT / "references.bib"]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        whole.update(f"{path.name} {len(text.encode())}\n{text}".encode())
    assert real().version == whole.hexdigest()[:10]


def test_version_is_kept_by_a_selection() -> None:
    assert selected("subject=human").version == real().version


def test_version_is_the_same_in_any_place_and_with_other_line_ends(copy: Copy) -> None:
    for name in (*(f"data/{name}" for name in FILES), "references.bib"):
        copy.write(name, copy.read(name).replace(b"\n", b"\r\n"))
    assert copy.load().version == real().version


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/studies.csv", ",human,", ",animal,"),
        ("data/datapackage.json", "Does magnesium", "Will magnesium"),
        ("references.bib", "title", "title "),
    ],
    ids=["table", "descriptor", "references"],
)
def test_version_changes_with_a_character(copy: Copy, name: str, old: str, new: str) -> None:
    copy.replace(name, old, new)
    assert copy.load().version != real().version


def test_descriptor_without_a_licence_is_refused(copy: Copy) -> None:
    spec = json.loads(copy.read("data/datapackage.json"))
    del spec["licenses"]
    copy.write("data/datapackage.json", json.dumps(spec).encode())
    assert copy.refusal() == "data/datapackage.json: property 'licenses' is missing"


def test_other_words_are_counted_in_their_order() -> None:
    label = {"human": "People", "animal": "Rats"}
    column = real().package.column("studies.subject")
    words = tuple(replace(word, label=label.get(word.value, word.label)) for word in column.words)
    table = real().package.tables["studies"]
    fields = tuple(replace(f, words=words) if f.name == "subject" else f for f in table.fields)
    tables = {**real().package.tables, "studies": replace(table, fields=fields)}
    review = replace(real(), package=replace(real().package, tables=tables))
    said = provenance.of(review).counts
    assert said == "143 of 143 studies (64 people, 53 rats, 3 in vitro, 23 review)"
