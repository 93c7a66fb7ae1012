"""The review as tables: complete, typed, frozen; refused as a whole where anything is wrong."""

import csv
import dataclasses
import gc
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import review
from review import skeleton
from review.schema import Field
from review.schema.descriptor import JOINED
from review.tables import _series
from tests.conftest import ROOT, Copy


def test_all_faults_are_reported_at_once(copy: Copy) -> None:
    copy.cell("data/studies.csv", 3, "n_control", "26")
    copy.cell("data/arms.csv", 2, "dose_value", "much")
    copy.cell("data/arms.csv", 4, "n", "-1")
    copy.cell("data/outcomes.csv", 12, "direction", "benifit")
    copy.cell("data/sources.csv", 2, "study", "nobody2000")
    copy.remove("data/funnel.csv")
    copy.replace("references.bib", "{23853635}", "{0}")
    copy.replace("references.bib", "{2020}", "{1899}")
    text = copy.refusal()
    assert text == (
        "data/arms.csv, row 2, dose_value: 'much' is not a number "
        "(a point for decimals, no unit)\n"
        "data/arms.csv, row 4, n: '-1' is below the least allowed, 0\n"
        "data/outcomes.csv, row 12, direction: 'benifit' is not one of benefit, no_difference, "
        "harm, mixed, not_reported\n"
        "data/funnel.csv: file not found\n"
        "data/studies.csv, row 3, n_total: n_magnesium 25 + n_control 26 "
        "is more than n_total 50\n"
        "data/sources.csv, row 2, study: 'nobody2000' is not in data/studies.csv\n"
        "references.bib, line 3, abbasi2012, pmid: '0' "
        "is not a PubMed number of at most eight digits\n"
        "references.bib, line 20, ahmed2020, year: '1899' is impossible, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)"
    )


def test_error_holds_the_faults_in_parts(copy: Copy) -> None:
    copy.cell("data/arms.csv", 4, "n", "-1")
    with pytest.raises(ValueError, match="row 4") as caught:
        copy.load()
    assert isinstance(caught.value, review.DataError)
    (fault,) = caught.value.faults
    assert dataclasses.astuple(fault) == (
        "data/arms.csv",
        "row 4",
        "n",
        "'-1' is below the least allowed, 0",
    )


ROWS = {
    **{"studies": 143, "arms": 264, "outcomes": 373, "sources": 220, "claims": 49, "articles": 2},
    **{"compounds": 34, "species": 7, "limits": 7, "facts": 74, "left_out": 10, "funnel": 7},
}
TYPED: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "number": float,
    "boolean": {"yes": True, "no": False}.__getitem__,
    "string": str,
}


def cells(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", ROWS)
def test_every_row_and_cell_arrives(loaded: review.Review, name: str) -> None:
    rows, frame = cells(name), loaded.tables[name]
    assert len(frame) == len(rows) == ROWS[name]
    assert [column for column in frame if column not in JOINED or name != "studies"] == list(
        rows[0]
    )
    for column in loaded.package.tables[name].fields:
        written = [row[column.name] for row in rows]
        values = [
            None if value is None or value is pd.NA else value for value in frame[column.name]
        ]
        missing = frame[column.name].isna().tolist()
        assert missing == [cell == "" for cell in written]
        if column.type == "list":
            typed: list[Any] = [tuple(cell.split(column.delimiter)) for cell in written]
        else:
            typed = [cell and TYPED[column.type](cell) for cell in written]
        assert [value for value, gone in zip(values, missing, strict=True) if not gone] == [
            value for value, gone in zip(typed, missing, strict=True) if not gone
        ]


def test_no_table_is_left_out(loaded: review.Review) -> None:
    assert list(loaded.tables) == list(ROWS)
    assert {path.stem for path in (ROOT / "data").glob("*.csv")} == set(ROWS)


@pytest.mark.parametrize(
    ("table", "column", "dtype"),
    [
        ("studies", "study", "str"),
        ("studies", "remarks", "str"),
        ("studies", "subject", "category"),
        ("studies", "randomised", "boolean"),
        ("studies", "n_total", "Int64"),
        ("studies", "year", "Int64"),
        ("studies", "citation", "str"),
        ("arms", "dose_value", "Float64"),
        ("arms", "dose_unit", "category"),
        ("claims", "condition", "category"),
        ("claims", "domains", "object"),
        ("facts", "references", "object"),
    ],
)
def test_column_has_its_type(loaded: review.Review, table: str, column: str, dtype: str) -> None:
    assert str(loaded.tables[table][column].dtype) == dtype


@pytest.mark.parametrize(
    ("table", "column", "words"),
    [
        ("studies", "subject", ["human", "animal", "in_vitro", "review"]),
        ("left_out", "subject", ["human", "animal", "in_vitro", "review"]),
        ("studies", "blinding", ["double", "single", "open"]),
        ("outcomes", "direction", ["benefit", "no_difference", "harm", "mixed", "not_reported"]),
    ],
)
def test_vocabulary_is_an_ordered_category(
    loaded: review.Review, table: str, column: str, words: list[str]
) -> None:
    series = loaded.tables[table][column]
    assert list(series.cat.categories) == words
    assert series.cat.ordered


def test_a_column_of_texts_without_any_is_one_of_texts() -> None:
    assert str(_series(Field("note", "Note", "", "string"), [None, None]).dtype) == "str"


def test_missing_is_missing_and_zero_is_zero(loaded: review.Review) -> None:
    studies = loaded.studies.set_index("study")
    assert studies.loc["abbasi2012", "n_magnesium"] is pd.NA
    assert studies.loc["arai2013", "n_control"] == 0
    assert studies.loc["amcsnn2019203", "blinding"] is not False
    assert pd.isna(studies.loc["amcsnn2019203", "placebo_controlled"])
    assert not studies.loc["arai2013", "placebo_controlled"]
    assert pd.isna(studies.loc["abbasi2012", "strain"])
    assert loaded.arms["dose_value"][1] is pd.NA


def test_lists_are_tuples(loaded: review.Review) -> None:
    claims = loaded.tables["claims"].set_index("claim")
    assert claims.loc["A06", "domains"] == ("inflammation", "pain_intensity")
    assert claims.loc["A01", "domains"] == ("pain_intensity",)
    assert pd.isna(claims.loc["A02", "domains"])
    addresses = loaded.tables["left_out"].set_index("record").loc["irct71594", "addresses"]
    assert addresses == (
        "https://immunopathol.com/Article/ipp-43996",
        "https://irct.behdasht.gov.ir/trial/71594",
    )


def test_studies_have_the_columns_of_their_references(loaded: review.Review) -> None:
    studies = loaded.studies.set_index("study")
    mah, fan, amcsnn = (studies.loc[key] for key in ("mah2021", "fan2004", "amcsnn2019203"))
    assert mah["citation"] == "Mah & Pitre 2021"
    assert mah["authors"] == "Mah, J.; Pitre, T."
    assert mah["title"] == (
        "Oral magnesium supplementation for insomnia in older adults: "
        "a Systematic Review & Meta-Analysis"
    )
    assert fan["journal"] == "中国脊柱脊髓杂志"
    assert fan["doi"] == "10.3969/j.issn.1004-406X.2004.11.011"
    assert fan["year"] == 2004
    assert studies.loc["abbasi2012", "pmid"] == "23853635"
    assert pd.isna(studies.loc["abbasi2012", "doi"])
    assert pd.isna(amcsnn["authors"])


def test_review_is_frozen_and_describes_itself(loaded: review.Review) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        loaded.whole = 0  # type: ignore[misc]
    assert loaded.whole == 143
    assert loaded.arms is loaded.tables["arms"]
    assert loaded.outcomes is loaded.tables["outcomes"]
    assert set(loaded.references) >= set(loaded.studies["study"])
    assert set(loaded.version) <= set("0123456789abcdef")
    assert repr(loaded) == (
        "Review('Magnesium for sciatica: the cited studies': 143 studies, 264 arms, "
        "373 outcomes, 220 sources, 49 claims, 2 articles, 34 compounds, 7 species, 7 limits, "
        "74 facts, 10 left_out, 7 funnel)"
    )


def test_bibliography_stands_beside_the_data_folder(
    copy: Copy, tmp_path: Path, loaded: review.Review
) -> None:
    beside = review.load(data=str(copy.root / "data"))
    assert beside.references == loaded.references
    assert beside.studies.equals(loaded.studies)
    (copy.root / "references.bib").rename(tmp_path / "other.bib")
    assert review.load(copy.root / "data", tmp_path / "other.bib").whole == 143
    with pytest.raises(review.DataError, match=r"\Areferences.bib: file not found\Z"):
        review.load(data=copy.root / "data")


def test_import_alone_loads_nothing_heavy() -> None:
    heavy = "{'pandas', 'plotly', 'ipywidgets', 'frictionless', 'bibtexparser'}"
    code = f"import sys, review; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "key", ["Smith2020", "smithPain2020", "smith_double-blind_2020", "Smith:2020aa", "DBLP:j/x/S20"]
)
def test_keys_of_reference_managers_are_keys_of_studies(copy: Copy, key: str) -> None:
    for path in (copy.root / "references.bib", *(copy.root / "data").glob("*.csv")):
        path.write_bytes(path.read_bytes().replace(b"yousef2013", key.encode()))
    assert key in copy.load().studies["study"].tolist()


@pytest.mark.parametrize("collects", [True, False], ids=["on", "off"])
def test_loading_leaves_the_garbage_collector_as_it_was(copy: Copy, collects: bool) -> None:
    switches = {True: gc.enable, False: gc.disable}
    try:
        switches[collects]()
        copy.load()
        kept = [gc.isenabled()]
        copy.remove("data/funnel.csv")
        copy.refusal()
        assert [*kept, gc.isenabled()] == [collects, collects]
    finally:
        gc.enable()


def test_what_no_reference_has_is_a_column_of_texts(tmp_path: Path) -> None:
    skeleton.write(tmp_path / "new")
    studies = review.load(tmp_path / "new" / "data").studies
    assert {name: str(studies[name].dtype) for name in JOINED if name != "year"} == dict.fromkeys(
        ("citation", "title", "authors", "journal", "doi", "pmid"), "str"
    )
    assert studies[["authors", "journal", "doi", "pmid"]].isna().all().all()
