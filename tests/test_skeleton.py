"""`python -m review new`: what it writes loads, checks, draws and runs at once; or nothing is."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from review import Review, evidence, panels, schema, skeleton, tables
from review.__main__ import main
from review.charts.sizes import NO_LINE
from review.charts.statements import NO_STATEMENT
from review.dictionary import dictionary
from review.figures import NAMES, draw
from review.schema import Field, Package
from review.style import PAGE, SCREEN, TALK, Look
from review.tables import ROOT
from tests.real import real
from tools.notebooks import run

EACH = pytest.mark.parametrize("name", NAMES)
OPTIONAL = (
    "sources", "claims", "articles", "compounds", "species", "limits", "facts", "left_out",
)  # fmt: skip
# The words that a question has of its own; the words of every other vocabulary are shared.
OWN_WORDS = (
    "studies.condition", "studies.cited_by", "arms.role", "arms.route", "arms.dose_basis",
    "outcomes.domain", "facts.topic",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("skeleton") / "deep" / "review"
    skeleton.write(made)
    return made


@pytest.fixture(scope="module")
def written(folder: Path) -> Review:
    return tables.load(folder / "data")


def test_what_is_written(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "README.md", "data", "notebooks", "references.bib",
    ]  # fmt: skip
    said = (folder / "data" / "README.md").read_text(encoding="utf-8")
    assert said == dictionary(schema.read(folder / "data"))


def test_examples_are_marked(written: Review) -> None:
    assert list(written.studies["study"]) == ["example_animals", "example_trial"]
    assert set(written.studies["remarks"]) == {"EXAMPLE: replace this row"}
    for name, table in written.tables.items():
        # Steps and factors are no examples; addresses are those of a domain that nobody can own.
        if name not in ("funnel", "species"):
            for _, row in table.iterrows():
                said = " ".join(map(str, row))
                assert "xample" in said, f"{name}: {said}"
    assert all(text.startswith("[Example] ") for text in written.studies["title"])
    assert written.package.title.startswith("[Example] ")
    assert set(written.studies["authors"].isna()) == {True}


def test_check_finds_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(folder / "data")]) == 0
    assert capsys.readouterr().out.startswith("2 studies: 1 human, 1 animal, 0 in vitro, 0 review;")


@EACH
@pytest.mark.parametrize("look", [SCREEN, PAGE, TALK], ids=["screen", "page", "talk"])
def test_every_figure_draws(written: Review, name: str, look: Look) -> None:
    figure, said = draw(written, name, evidence.state(written), look)
    assert "2 of 2 studies" in figure.layout.title.text.replace("<br>", " ")
    # Every figure has something to show, and nothing of the first review.
    shown = (figure.to_json() + said).lower()
    assert not [word for word in ("magnesium", "sciatica", "no study matches") if word in shown]


def test_the_panel_shows_it(written: Review) -> None:
    assert "2 of 2 studies" in panels.explore(written)._repr_mimebundle_()["text/html"]


def test_the_notebook_runs_on_this_folders_data(folder: Path) -> None:
    (path,) = (folder / "notebooks").glob("*.ipynb")
    ran = run(path, pictures=False)
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    texts = [output["data"].get("text/plain", "") for output in outputs]
    assert not [output for output in outputs if output["output_type"] == "error"]
    # The panel says it twice: beside its picture and beside its table.
    assert sum("2 of 2 studies" in text for text in texts) == 2
    markdown = [output["data"].get("text/markdown", "") for output in outputs]
    assert any(text.startswith("> **\\[Example\\] Does the substance help") for text in markdown)


def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["new", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        f"{tmp_path}: is not empty, expected a new or an empty folder; give another name\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert main(["new", str(tmp_path / "mine.txt")]) == 1
    assert capsys.readouterr().out == (
        f"{tmp_path / 'mine.txt'}: is a file, expected a new or an empty folder; "
        "give another name\n"
    )


def test_an_empty_folder_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "."]) == 0
    assert capsys.readouterr().out == "wrote .; README.md says what to fill in\n"
    assert tables.load(tmp_path / "data").whole == 2


def test_nothing_is_left_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Package) -> str:
        raise OSError("no space left")

    monkeypatch.setattr(skeleton, "dictionary", full)
    with pytest.raises(OSError, match="no space left"):
        skeleton.write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_its_tables_are_those_of_this_project() -> None:
    ours, theirs = real().package, schema.read(skeleton.TEMPLATE / "data")
    assert list(theirs.tables) == list(ours.tables)
    for name, table in ours.tables.items():
        other = theirs.tables[name]
        assert [_structure(column) for column in other.fields] == [
            _structure(column) for column in table.fields
        ]
        assert (other.path, other.key, other.links) == (table.path, table.key, table.links)
    (rule,), (our_rule,) = theirs.tables["studies"].totals, ours.tables["studies"].totals
    assert _plain(rule.parts) == _plain(our_rule.parts)


def _structure(column: Field) -> tuple[Any, ...]:
    return (
        _plain((column.name,)), column.type, column.unit, column.constraints, column.delimiter,
        column.words_of, column.items_from, column.in_bibliography,
    )  # fmt: skip


def _plain(names: tuple[str, ...]) -> list[str]:
    # Both name columns after what was given.
    return [name.replace("_magnesium", "_treated") for name in names]


@pytest.mark.parametrize(
    "place",
    [
        f"{table.name}.{column.name}"
        for table in real().package.tables.values()
        for column in table.fields
        if column.words and not column.words_of
    ],
)
def test_its_shared_words_are_those_of_this_project(place: str) -> None:
    ours = real().package.column(place).words
    theirs = schema.read(skeleton.TEMPLATE / "data").column(place).words
    if place not in OWN_WORDS:
        assert [(word.value, word.flags) for word in theirs] == [
            (word.value, word.flags) for word in ours
        ]


@pytest.fixture
def bare(tmp_path: Path) -> Review:
    """Return a skeleton in which every table that may be empty is empty."""
    skeleton.write(tmp_path)
    data = tmp_path / "data"
    for name in OPTIONAL:
        _keep_header(data / f"{name}.csv")
    for name, old, new in (
        ("arms", ",example_compound,", ",,"),
        ("studies", "human,human", "human,"),
        ("studies", "animal,rat", "animal,"),
    ):
        path = data / f"{name}.csv"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return tables.load(data)


def _keep_header(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")


@EACH
def test_figures_draw_without_the_tables_that_may_be_empty(bare: Review, name: str) -> None:
    assert all(bare.tables[empty].empty for empty in OPTIONAL)
    figure, said = draw(bare, name, evidence.state(bare))
    assert figure.layout.title.text
    assert said.endswith(".")
    panels.explore(bare, name)


def test_figures_say_which_table_they_miss(bare: Review) -> None:
    for look in (SCREEN, TALK):
        (note,) = draw(bare, "claims", look=look)[0].layout.annotations
        assert note.text == NO_STATEMENT
    whole, part = (draw(review, "claims")[0].data for review in (real(), bare))
    assert [trace.name for trace in part] == [trace.name for trace in whole]
    assert draw(bare, "information_size")[0].data[1].text == (NO_LINE,)
    assert draw(bare, "claims")[1] == "0 statements of articles to hold against the evidence."
    # One dose is in the pure substance; the other compound is unknown.
    assert draw(bare, "doses")[1].startswith("1 of 2 arms have a comparable dose")


def test_a_review_without_a_study_draws(tmp_path: Path) -> None:
    skeleton.write(tmp_path)
    for name in ("studies", "arms", "outcomes", "sources"):
        _keep_header(tmp_path / "data" / f"{name}.csv")
    (tmp_path / "references.bib").write_text("% none yet\n", encoding="utf-8")
    empty = tables.load(tmp_path / "data")
    for name in NAMES:
        draw(empty, name, evidence.state(empty))
        panels.explore(empty, name)
    assert "0 of 0 studies" in panels.explore(empty)._repr_mimebundle_()["text/html"]
    assert evidence.headline(empty) == "None of the 0 cited studies is selected."


def test_the_installed_package_works_alone(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "installed")
    code = (
        "import json, sys, review; from review.__main__ import main; "
        "codes = [main(['new', 'r']), main(['check', '--data', 'r/data'])]; "
        "print(json.dumps([review.__file__, codes]))"
    )
    environment = {"PYTHONPATH": str(tmp_path / "installed"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    place, codes = json.loads(done.stdout.splitlines()[-1])
    assert codes == [0, 0]
    assert Path(place).is_relative_to(tmp_path / "installed")
