"""The hostile review loads as data, every text as it was; what no text may hold is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import review
from review import Review, skeleton
from tests import hostile
from tests.hostile import REFUSED, Hostile

# A lone surrogate as a file would hold it.
LONE = ("utf-8", "surrogatepass")
CELL = re.compile(r"(\w+)\.(\w+), row (\d+)")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    return hostile.write(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def loaded(made: Hostile) -> Review:
    return review.load(made.folder / "data")


def test_every_attack_has_a_place(made: Hostile) -> None:
    put = "\0".join(made.texts.values())
    attacks = hostile.armed(hostile.ATTACKS | hostile.ADDRESSES | hostile.NO_WEB)
    assert [name for name, text in attacks.items() if text not in put] == []


def test_every_cell_comes_back_as_printed(made: Hostile, loaded: Review) -> None:
    places = {CELL.fullmatch(place): text for place, text in made.texts.items()}
    cells = {found.groups(): text for found, text in places.items() if found}
    assert len(cells) > 3000
    for (table, column, row), text in cells.items():
        cell = loaded.tables[table][column].iloc[int(row) - 2]
        delimiter = loaded.package.tables[table][column].delimiter
        assert (delimiter.join(cell) if delimiter else cell) == text


def test_every_word_comes_back_as_printed(made: Hostile, loaded: Review) -> None:
    package, texts = loaded.package, made.texts
    for name in hostile.TOP:
        assert getattr(package, name) == texts[f"package, {name}"]
    assert package.licence_url == texts["licence, path"]
    for table in package.tables.values():
        assert table.title == texts[f"{table.name}, title"]
        for column in table.fields:
            place = f"{table.name}.{column.name}"
            assert column.description == texts[f"{place}, description"]
            for word in () if column.words_of else column.words:
                assert word.label == texts[f"{place}={word.value}, label"]


def test_every_title_of_a_reference_shows_its_attack(made: Hostile, loaded: Review) -> None:
    titles = [text for place, text in made.texts.items() if re.search(r", \d+ title$", place)]
    found = [reference.title for reference in loaded.references.values()]
    pairs = zip(found, titles, strict=True)
    # Mathematics is decoded, as LaTeX.
    told = [(title, shown(text)) for title, text in pairs if "$$" not in text]
    assert [title for title, _ in told] == [text for _, text in told]


def shown(title: str) -> str:
    """Return a title without BibTeX's own signs."""
    plain = re.sub("[{}]", "", " ".join(title.split())).replace(r"\&", "&")
    return plain.replace("---", "—").replace("--", "–")


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """A new review with its two examples, which loads quickly."""
    skeleton.write(tmp_path / "new")
    return tmp_path / "new"


def refusal(folder: Path) -> str:
    with pytest.raises(review.DataError) as caught:
        review.load(folder / "data")
    return str(caught.value)


@pytest.mark.parametrize("name", REFUSED)
def test_a_cell_with_no_readable_text_is_refused(new: Path, name: str) -> None:
    path = new / "data" / "studies.csv"
    raw = path.read_bytes().replace(b"[Example]", f"[Example]{REFUSED[name]}".encode(*LONE), 1)
    path.write_bytes(raw)
    assert refusal(new).startswith("data/studies.csv, ")


@pytest.mark.parametrize("name", REFUSED)
def test_a_label_with_no_readable_text_is_refused(new: Path, name: str) -> None:
    path = new / "data" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"][1]["categories"][0]["label"] += REFUSED[name]
    path.write_text(json.dumps(package), encoding="utf-8")
    assert refusal(new).startswith("data/datapackage.json, ")


# White space in a .bib file, as any other.
@pytest.mark.parametrize("name", [name for name in REFUSED if name != "return"])
def test_a_reference_with_no_readable_text_is_refused(new: Path, name: str) -> None:
    path = new / "references.bib"
    raw = path.read_bytes().replace(b"[Example]", f"[Example]{REFUSED[name]}".encode(*LONE), 1)
    path.write_bytes(raw)
    assert refusal(new).startswith("references.bib, ")


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("name",), "../../con"),
        (("searched",), "2026-11 <img src=x>"),
        (("licenses", 0, "path"), "javascript:alert(1)"),
        (("resources", 0, "path"), "../studies.csv"),
        (("resources", 0, "title"), "Studies\n\n# one more"),
        (("resources", 0, "schema", "fields", 0, "name"), "study\u202e"),
    ],
    ids=lambda given: str(given[-1]) if isinstance(given, tuple) else "",
)
def test_a_description_that_leads_elsewhere_is_refused(
    new: Path, place: tuple[str | int, ...], value: str
) -> None:
    path = new / "data" / "datapackage.json"
    package = part = json.loads(path.read_text(encoding="utf-8"))
    *way, last = place
    for step in way:
        part = part[step]
    part[last] = value
    path.write_text(json.dumps(package), encoding="utf-8")
    assert refusal(new).startswith("data/datapackage.json, ")
