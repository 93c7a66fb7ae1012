"""`datapackage.json`: what the tables cannot be read by is refused, all at once, in plain words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review import DataError, facts, schema, skeleton
from review.schema import descriptor
from tests import mutations, other
from tests.conftest import ROOT, Copy

NAME = "data/datapackage.json"
Spec = dict[str, Any]
KEY = '{"pattern": "[A-Za-z0-9][A-Za-z0-9_:.+/-]*", "required": true}'
TABLES = (
    "studies, arms, outcomes, sources, claims, articles, compounds, species, limits, facts, "
    "left_out, funnel"
)
STEPS = "step, label, adds"


def table(spec: Spec, name: str) -> Spec:
    found: Spec = next(table for table in spec["resources"] if table["name"] == name)
    return found


def column(spec: Spec, address: str) -> Spec:
    where, _, name = address.partition(".")
    columns = table(spec, where)["schema"]["fields"]
    found: Spec = next(column for column in columns if column["name"] == name)
    return found


def word(spec: Spec) -> Spec:
    found: Spec = column(spec, "studies.subject")["categories"][0]
    return found


def own(spec: Spec, **properties: Any) -> None:
    plain = {"name": "setting", "title": "Setting", "description": "Where.", "type": "string"}
    table(spec, "studies")["schema"]["fields"].append(plain | properties)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mutations.write(mutations.BASE, tmp_path)
    return tmp_path / "data"


def refusal(folder: Path, text: str) -> str:
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        schema.read(folder)
    return str(caught.value)


def changed(change: Callable[[Spec], object]) -> str:
    spec = json.loads(mutations.BASE[NAME])
    change(spec)
    return json.dumps(spec)


MONTH = "is not a month such as 2026-11, from 1900 to 2099"
WORD = "is not a word without blanks, commas, semicolons, & and %"
CHANGES: dict[str, tuple[Callable[[Spec], object], str]] = {
    "nothing": (lambda s: s.clear(), "\n".join(
        f"{NAME}: property {name!r} is missing"
        for name in ("name", "title", "description", "question", "target", "searched", "version",
                     "licenses", "resources")
    )),
    "year without a month": (
        lambda s: s.update(searched="2026"), f"{NAME}, searched: '2026' {MONTH}",
    ),
    "thirteenth month": (
        lambda s: s.update(searched="2026-13"), f"{NAME}, searched: '2026-13' {MONTH}",
    ),
    "month in other digits": (
        lambda s: s.update(searched="٢٠٢٦-11"), f"{NAME}, searched: '٢٠٢٦-11' {MONTH}",
    ),
    "year in which nobody searches": (
        lambda s: s.update(searched="0001-01"), f"{NAME}, searched: '0001-01' {MONTH}",
    ),
    "month as a number": (
        lambda s: s.update(searched=2026),
        f"{NAME}, searched: is a number, expected text in quotation marks",
    ),
    "line break behind a pattern": (
        lambda s: s.update(searched="2026-11\n"),
        f"{NAME}, searched: holds a line break; write one line",
    ),
    "question of 300 characters": (
        lambda s: s.update(question="x" * 300),
        f"{NAME}, question: has 300 characters, expected at most 180",
    ),
    "blank title": (
        lambda s: s.update(title="  "), f"{NAME}, title: '  ' is not a text that says something",
    ),
    "name with a path": (
        lambda s: s.update(name="../x"),
        f"{NAME}, name: '../x' is not a name: at most 80 lower-case letters, digits, points, "
        "- and _",
    ),
    "no licence": (
        lambda s: s.update(licenses=[]),
        f"{NAME}, licenses: is an empty list, expected at least one entry",
    ),
    "licence without a name": (
        lambda s: s["licenses"][0].pop("name"),
        f"{NAME}, licenses, entry 1: property 'name' is missing",
    ),
    "licence that is null": (
        lambda s: s.update(licenses=[None]),
        f"{NAME}, licenses, entry 1: is null, expected an object in braces",
    ),
    "licence that runs": (
        lambda s: s["licenses"][0].update(path="javascript:alert(1)"),
        f"{NAME}, licenses, CC-BY-4.0, path: 'javascript:alert(1)' is not an address that begins "
        "with https://",
    ),
    "no tables": (
        lambda s: s.update(resources=[]),
        f"{NAME}, resources: is an empty list, expected at least one entry",
    ),
    "tables that are a text": (
        lambda s: s.update(resources="studies"),
        f"{NAME}, resources: is text, expected a list in brackets",
    ),
    "table that is a text": (
        lambda s: s["resources"].__setitem__(11, "funnel"),
        f"{NAME}, table 12: is text, expected an object in braces",
    ),
    "no funnel": (
        lambda s: s["resources"].remove(table(s, "funnel")),
        f"{NAME}, resources: table 'funnel' is missing; expected {TABLES}",
    ),
    "table twice": (
        lambda s: s["resources"].append(table(s, "funnel")),
        f"{NAME}, resources: table 'funnel' stands 2 times, expected once",
    ),
    "table that nobody knows": (
        lambda s: table(s, "funnel").update(name="steps"),
        f"{NAME}, resources: table 'steps' is not known; expected {TABLES}\n"
        f"{NAME}, resources: table 'funnel' is missing; expected {TABLES}",
    ),
    "table without a name": (
        lambda s: table(s, "funnel").pop("name"), f"{NAME}, table 12: property 'name' is missing",
    ),
    "path out of the folder": (
        lambda s: table(s, "funnel").update(path="../../funnel.csv"),
        f'{NAME}, funnel, path: is "../../funnel.csv", expected "funnel.csv"',
    ),
    "path on the web": (
        lambda s: table(s, "funnel").update(path="https://example.org/funnel.csv"),
        f'{NAME}, funnel, path: is "https://example.org/funnel.csv", expected "funnel.csv"',
    ),
    "empty path": (
        lambda s: table(s, "funnel").update(path=""),
        f'{NAME}, funnel, path: is "", expected "funnel.csv"',
    ),
    "long path": (
        lambda s: table(s, "funnel").update(path="x" * 5000),
        f'{NAME}, funnel, path: is "{"x" * 58}…, expected "funnel.csv"',
    ),
    "paths in a list": (
        lambda s: table(s, "funnel").update(path=["funnel.csv"]),
        f"{NAME}, funnel, path: is a list, expected text in quotation marks",
    ),
    "schema elsewhere": (
        lambda s: table(s, "funnel").update(schema="schema.json"),
        f"{NAME}, funnel, schema: is text, expected an object in braces",
    ),
    "another format": (
        lambda s: table(s, "funnel").update(format="xlsx"),
        f'{NAME}, funnel, format: is "xlsx", expected "csv"; nothing else is read here',
    ),
    "another encoding": (
        lambda s: table(s, "funnel").update(encoding="latin-1"),
        f'{NAME}, funnel, encoding: is "latin-1", expected "utf-8" or "UTF-8"',
    ),
    "a dialect": (
        lambda s: table(s, "funnel").update(dialect={"delimiter": ";"}),
        f"{NAME}, funnel, dialect: is not read here; remove it",
    ),
    "size that is a text, by the standard": (
        lambda s: table(s, "funnel").update(bytes="many"),
        f"{NAME}, funnel, bytes: is text, expected a whole number",
    ),
    "keywords that are a text, by the standard": (
        lambda s: s.update(keywords="pain"),
        f"{NAME}, keywords: is text, expected a list in brackets",
    ),
    "no key": (
        lambda s: table(s, "funnel")["schema"].pop("primaryKey"),
        f"{NAME}, funnel, schema: property 'primaryKey' is missing",
    ),
    "another key": (
        lambda s: table(s, "funnel")["schema"].update(primaryKey=["label"]),
        f'{NAME}, funnel, primaryKey: is ["label"], expected ["step"]',
    ),
    "link to a table that is not there": (
        lambda s: table(s, "claims")["schema"]["foreignKeys"][0]["reference"].update(resource="x"),
        f'{NAME}, claims, foreignKeys: is [{{"fields": ["article"], "reference": {{"fields": '
        '["article"…, expected [{"fields": ["article"], "reference": {"fields": ["article"], '
        '"resource": "articles"}}]',
    ),
    "link where there is none": (
        lambda s: table(s, "funnel")["schema"].update(foreignKeys=[]),
        f"{NAME}, funnel, foreignKeys: is not read here; remove it",
    ),
    "column twice": (
        lambda s: table(s, "funnel")["schema"]["fields"].append(column(s, "funnel.adds")),
        f"{NAME}, funnel: column 'adds' stands 2 times, expected once",
    ),
    "column that nobody knows": (
        lambda s: column(s, "funnel.adds").update(name="plus"),
        f"{NAME}, funnel: column 'adds' is missing; expected {STEPS}",
    ),
    "own column with the name of one from the .bib": (
        lambda s: own(s, name="title"),
        f"{NAME}, studies, title: stands in references.bib; give the column another name",
    ),
    "own column of a type that is not read": (
        lambda s: own(s, type="list", delimiter=";"),
        f'{NAME}, studies, setting, type: is "list", expected string or boolean or integer or '
        f"number for your own column\n"
        f"{NAME}, studies, setting, delimiter: is not read in a column of your own; remove it",
    ),
    "own column with a pattern": (
        lambda s: own(s, constraints={"pattern": "(a+)+"}),
        f"{NAME}, studies, setting, constraints, pattern: is not read for a string of your own; "
        "remove it",
    ),
    "own column with a bound that is no number": (
        lambda s: own(s, type="integer", constraints={"minimum": "one"}),
        f'{NAME}, studies, setting, constraints, minimum: is "one", expected a number',
    ),
    "column of another type": (
        lambda s: column(s, "funnel.step").update(type="string"),
        f'{NAME}, funnel, step, type: is "string", expected "integer"',
    ),
    "type that nobody knows": (
        lambda s: column(s, "funnel.step").update(type="geojson"),
        f'{NAME}, funnel, step, type: is "geojson", expected "string" or "integer" or "number" '
        'or "boolean" or "list"',
    ),
    "constraint left out": (
        lambda s: column(s, "species.km").pop("constraints"),
        f"{NAME}, species, km: property 'constraints' is missing, expected "
        '{"maximum": 1000, "minimum": 0.001}',
    ),
    "truth for a number": (
        lambda s: column(s, "arms.n")["constraints"].update(minimum=False),
        f'{NAME}, arms, n, constraints: is {{"minimum": false}}, expected {{"minimum": 0}}',
    ),
    "pattern that never ends": (
        lambda s: column(s, "arms.study")["constraints"].update(pattern="(a+)+$"),
        f'{NAME}, arms, study, constraints: is {{"pattern": "(a+)+$", "required": true}}, '
        f"expected {KEY}",
    ),
    "empty delimiter": (
        lambda s: column(s, "facts.claims").update(delimiter=""),
        f'{NAME}, facts, claims, delimiter: is "", expected ";"',
    ),
    "words of a column that is not there": (
        lambda s: column(s, "claims.routes").update(sharedCategories="arms.way"),
        f'{NAME}, claims, routes, sharedCategories: is "arms.way", expected "arms.route"',
    ),
    "items from nowhere": (
        lambda s: column(s, "facts.claims").pop("itemsFrom"),
        f"{NAME}, facts, claims: property 'itemsFrom' is missing, expected \"claims.claim\"",
    ),
    "not in the bibliography": (
        lambda s: column(s, "studies.study").update(inBibliography="yes"),
        f'{NAME}, studies, study, inBibliography: is "yes", expected true',
    ),
    "other words for yes": (
        lambda s: column(s, "arms.alone").update(trueValues=["ja"]),
        f'{NAME}, arms, alone, trueValues: is ["ja"], expected ["yes"]; nothing else is read here',
    ),
    "no words": (
        lambda s: column(s, "studies.blinding").pop("categories"),
        f"{NAME}, studies, blinding: property 'categories' is missing, expected the words of "
        "this column",
    ),
    "words where there are none": (
        lambda s: column(s, "funnel.label").update(categories=[word(s)]),
        f"{NAME}, funnel, label, categories: is not read here; remove it",
    ),
    "101 words": (
        lambda s: column(s, "studies.subject").update(categories=[word(s)] * 101),
        f"{NAME}, studies, subject, categories: has 101 entries, expected at most 100",
    ),
    "word and label twice": (
        lambda s: column(s, "studies.subject")["categories"].append(word(s)),
        f"{NAME}, studies, subject, categories: the value 'human' stands 2 times, expected once\n"
        f"{NAME}, studies, subject, categories: the label 'Human' stands 2 times, expected once",
    ),
    "word that is a number": (
        lambda s: word(s).update(value=1),
        f"{NAME}, studies, subject, word 1, value: is a number, expected text in quotation marks",
    ),
    "word with a comma": (
        lambda s: word(s).update(value="a,b"),
        f"{NAME}, studies, subject, a,b, value: 'a,b' {WORD}",
    ),
    "word without a label": (
        lambda s: word(s).pop("label"),
        f"{NAME}, studies, subject, human: property 'label' is missing",
    ),
    "flag of another type": (
        lambda s: word(s).update(summary="yes"),
        f"{NAME}, studies, subject, human, summary: is text, expected true or false",
    ),
    "flag with another word": (
        lambda s: word(s).update(participants="person"),
        f'{NAME}, studies, subject, human, participants: is "person", expected "people" or '
        '"animals"',
    ),
    "flag that nobody knows": (
        lambda s: word(s).update(isolate=True),
        f"{NAME}, studies, subject, human: property 'isolate' is not known; expected value, "
        "label, description, group, participants, summary, same_participants, studied, "
        "supplement, local, pure, isolates, within",
    ),
    "control character": (
        lambda s: word(s).update(label="Hu\x01man"),
        f"{NAME}, studies, subject, human, label: holds U+0001 (control), which nobody sees; "
        "remove it",
    ),
    "half of a pair": (
        lambda s: word(s).update(label="Hu\ud800man"),
        f"{NAME}, studies, subject, human, label: holds U+D800 (surrogate), which nobody sees; "
        "remove it",
    ),
    "name that turns the line round": (
        lambda s: column(s, "funnel.adds").update(name="a\u202eb\nc"),
        f"{NAME}, funnel, a\\u202eb\\nc, name: holds U+202E (right-to-left override), which "
        f"nobody sees; remove it\n{NAME}, funnel, a\\u202eb\\nc, name: 'a\\u202eb\\nc' is not a "
        "name: at most 60 lower-case letters, digits and _",
    ),
    "key that nobody sees": (
        lambda s: s.update({"\x7f": 1}),
        f"{NAME}: holds U+007F (control), which nobody sees; remove it",
    ),
    "no number": (
        lambda s: column(s, "species.km")["constraints"].update(minimum=float("nan")),
        f"{NAME}, species, km, constraints, minimum: is no number that can be written in digits",
    ),
    "faults in several places": (
        lambda s: (s.update(searched=""), s.pop("target"), column(s, "arms.n").update(type="x"),
                   column(s, "funnel.step").update(type="number")),
        f"{NAME}: property 'target' is missing\n"
        f"{NAME}, searched: '' {MONTH}\n"
        f'{NAME}, arms, n, type: is "x", expected "string" or "integer" or "number" or '
        '"boolean" or "list"\n'
        f'{NAME}, funnel, step, type: is "number", expected "integer"',
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "text"), CHANGES.values(), ids=CHANGES.keys())
def test_description_that_is_wrong_is_refused(
    folder: Path, change: Callable[[Spec], object], text: str
) -> None:
    assert refusal(folder, changed(change)) == text


DEEP = f"{NAME}: is nested too deeply; remove what does not belong to a review"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("[]", f"{NAME}: is a list, expected an object in braces", id="list"),
        pytest.param("3", f"{NAME}: is a number, expected an object in braces", id="number"),
        pytest.param('{"a"', f"{NAME}, line 1: is not JSON: Expecting ':' delimiter", id="no JSON"),
        pytest.param('{"a": ' * 500 + "1" + "}" * 500, DEEP, id="500 braces"),
        pytest.param("[" * 100_000, DEEP, id="100,000 brackets"),
        pytest.param(
            f'{{"a": {"9" * 5000}}}',
            f"{NAME}: holds a number of more than 4,300 digits; write a shorter one",
            id="5,000 digits",
        ),
        pytest.param(
            changed(lambda s: None).replace('"version": ', '"version": "1", "version": '),
            f"{NAME}: property 'version' stands twice",
            id="a property twice",
        ),
        pytest.param(
            changed(lambda s: None).replace('"minimum": 0.001', '"minimum": 1e-3'),
            "",
            id="a number written otherwise",
        ),
        pytest.param(
            changed(lambda s: None).replace('"minimum": 0.001', '"minimum": 1e400'),
            f"{NAME}, species, km, constraints, minimum: is no number that can be written in "
            "digits",
            id="beyond the largest number",
        ),
    ],
)
def test_text_that_is_no_description_is_refused(folder: Path, text: str, said: str) -> None:
    if said:
        assert refusal(folder, text) == said
    else:
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
        assert schema.read(folder)


def test_more_faults_than_anybody_reads_are_cut(folder: Path) -> None:
    text = json.dumps(json.loads(mutations.BASE[NAME]) | {"resources": [0] * 200_000})
    said = refusal(folder, text).splitlines()
    assert said[0] == f"{NAME}, resources: has 200000 entries, expected at most 100"
    assert said[1] == f"{NAME}, table 1: is a number, expected an object in braces"
    assert len(said) == 500


def test_table_that_is_a_link_out_of_the_folder_is_refused(copy: Copy) -> None:
    outside = copy.root / "funnel.csv"
    (copy.root / "data" / "funnel.csv").rename(outside)
    (copy.root / "data" / "funnel.csv").symlink_to(outside)
    assert copy.refusal() == (
        f"{NAME}, funnel, path: is a link that leads out of the folder; put the file itself there"
    )


def test_words_texts_and_order_are_free(folder: Path, tmp_path: Path) -> None:
    spec = json.loads(mutations.BASE[NAME])
    spec["resources"].reverse()
    spec["keywords"] = ["pain"]
    column(spec, "studies.subject")["categories"].append(
        {"value": "plant", "label": "Plant", "description": "A plant.", "participants": "animals"}
    )
    for name in ("categoriesOrdered", "title"):
        column(spec, "studies.design")[name] = True if name != "title" else "How"
    (folder / "datapackage.json").write_text(json.dumps(spec), encoding="utf-8")
    package = schema.read(folder)
    assert package.column("studies.subject").values[-1] == "plant"
    assert package.column("studies.design").title == "How"
    other.write(tmp_path / "other")
    columns = schema.read(tmp_path / "other" / "data").tables["outcomes"].columns
    assert "mean_examplin" in columns


@pytest.mark.parametrize("data", [ROOT / "data", skeleton.TEMPLATE / "data"], ids=["ours", "new"])
def test_our_own_descriptions_are_fine(data: Path) -> None:
    assert descriptor.read(data)["resources"]


PLACES = len(list(mutations._places(json.loads(mutations.BASE[NAME]))))


@given(at=st.integers(0, PLACES - 1), value=st.sampled_from(mutations.VALUES))
def test_any_property_may_be_anything_and_nothing_else_is_raised(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: object
) -> None:
    spec = json.loads(mutations.BASE[NAME])
    holder, key = list(mutations._places(spec))[at]
    holder[key] = value
    folder = tmp_path_factory.getbasetemp() / "properties"
    folder.mkdir(exist_ok=True)
    mutations.write(mutations.BASE | {NAME: json.dumps(spec).encode()}, folder)
    mutations.loaded(folder)


def test_a_column_of_a_review_s_own_is_read_and_shown(copy: Copy) -> None:
    spec = json.loads(copy.read(NAME))
    own(spec, constraints={"required": True})
    own(spec, name="visits", type="integer", constraints={"minimum": 1}, unit="visits")
    copy.write(NAME, json.dumps(spec).encode())
    header, *rows = copy.rows("data/studies.csv")
    more = [["ward & <home>", str(at)] for at in range(1, len(rows) + 1)]
    added = [row + cells for row, cells in zip(rows, more, strict=True)]
    copy.write_rows("data/studies.csv", [[*header, "setting", "visits"], *added])
    review = copy.load()
    assert review.studies["visits"].tolist() == list(range(1, 144))
    assert "<dd>ward &amp; &lt;home&gt;</dd>" in facts.html(review, rows[0][0])
    copy.cell("data/studies.csv", 2, "visits", "0")
    copy.cell("data/studies.csv", 3, "setting", "")
    assert copy.refusal() == (
        "data/studies.csv, row 2, visits: '0' is below the least allowed, 1\n"
        "data/studies.csv, row 3, setting: is empty, expected a value"
    )
