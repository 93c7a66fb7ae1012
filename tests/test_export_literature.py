"""References of an export, read back with libraries that are not ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from review.bibliography import Reference, bib, read
from review.export import literature
from tests.real import real

REFERENCES = list(real().references.values())


def reference(**changed: object) -> Reference:
    plain: dict[str, object] = {
        "key": "doe2000", "type": "article", "authors": ("Doe, J.", "Roe, K."),
        "title": "=1+1 & <b>", "container": "Journal", "year": 2000, "doi": "10.1000/1",
        "pmid": "123", "url": "https://example.org/1", "line": 1, "source": "",
    }  # fmt: skip
    return Reference(**plain | changed)  # type: ignore[arg-type]


def test_a_reference_in_full() -> None:
    assert literature.ris([reference()]) == (
        "TY  - JOUR\nID  - doe2000\nAU  - Doe, J.\nAU  - Roe, K.\nTI  - =1+1 & <b>\n"
        "JO  - Journal\nPY  - 2000\nDO  - 10.1000/1\nAN  - PMID 123\n"
        "UR  - https://example.org/1\nER  - \n"
    )


@pytest.mark.parametrize(
    ("kind", "ris", "tag"),
    [
        ("article", "JOUR", "JO"),
        ("techreport", "RPRT", "PB"),
        ("incollection", "CHAP", "T2"),
        ("inproceedings", "CPAPER", "T2"),
        ("misc", "GEN", "T2"),
        ("thesis", "THES", "T2"),
        ("report", "RPRT", "PB"),
        ("software", "COMP", "T2"),
        ("dataset", "DATA", "T2"),
        ("inbook", "CHAP", "T2"),
        ("unknown", "GEN", "T2"),
    ],
)
def test_kinds(kind: str, ris: str, tag: str) -> None:
    text = literature.ris([reference(type=kind)])
    assert text.startswith(f"TY  - {ris}\n")
    assert f"\n{tag}  - Journal\n" in text


def test_what_is_not_known_is_left_out() -> None:
    unknown = reference(authors=(), container="", year=None, doi="", pmid="", url="")
    assert literature.ris([unknown]) == "TY  - JOUR\nID  - doe2000\nTI  - =1+1 & <b>\nER  - \n"


def test_every_reference_comes_back_from_ris() -> None:
    found = rispy.loads(literature.ris(REFERENCES))
    assert [entry["id"] for entry in found] == [each.key for each in REFERENCES]
    assert [entry["title"] for entry in found] == [each.title for each in REFERENCES]
    assert [tuple(entry.get("authors", ())) for entry in found] == [r.authors for r in REFERENCES]
    assert [entry.get("doi", "") for entry in found] == [each.doi for each in REFERENCES]


def test_every_kind_of_the_real_references_is_known() -> None:
    assert {each.type for each in REFERENCES} <= set(literature.KINDS)


def test_every_kind_is_one_that_ris_knows() -> None:
    assert set(literature.KINDS.values()) <= set(TYPE_OF_REFERENCE_MAPPING)


def test_every_reference_comes_back_from_bibtex() -> None:
    library = bibtexparser.parse_string(bib(REFERENCES))
    assert [entry.key for entry in library.entries] == [each.key for each in REFERENCES]
    assert library.failed_blocks == []


def test_no_reference_is_an_empty_file() -> None:
    assert literature.ris([]) == ""


BREAKS = ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
@pytest.mark.parametrize("field", ["key", "authors", "title", "container", "doi", "pmid", "url"])
def test_no_line_break_forges_a_reference(field: str, sign: str) -> None:
    forged = f"one{sign}ER  - {sign}TY  - BOOK{sign}TI  - Forged"
    changed = reference(**{field: (forged, "Roe, K.") if field == "authors" else forged})
    text = literature.ris([changed, reference(key="second")])
    assert "one ER - TY - BOOK TI - Forged" in text
    found = rispy.loads(text)
    assert [entry["type_of_reference"] for entry in found] == ["JOUR", "JOUR"]
    # Python, other than the format, ends lines at all of them.
    assert [line[:6] for line in text.splitlines() if line] == [
        *("TY  - ", "ID  - ", "AU  - ", "AU  - ", "TI  - ", "JO  - ", "PY  - ", "DO  - "),
        *("AN  - ", "UR  - ", "ER  - "),
    ] * 2


def test_a_selection_of_references_reads_back_the_same(tmp_path: Path) -> None:
    some = {each.key: each for each in REFERENCES[::3]}
    path = tmp_path / "references.bib"
    path.write_bytes(bib(some.values()).encode())
    found, faults = read(path)
    assert faults == []
    # Only the place in the file is another.
    assert {key: replace(each, line=0) for key, each in found.items()} == {
        key: replace(each, line=0) for key, each in some.items()
    }
