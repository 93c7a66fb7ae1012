"""What was exported, written down, and made again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from review import Selection, SelectionError, evidence, provenance
from review.__main__ import main
from review.export import View, ViewError, make, views
from review.export.files import drawn
from review.faults import DataError
from review.figures import NAMES
from tests.real import real, selected

SETTINGS = {
    "directions": {"comparators": ["placebo", "diet"]},
    "information_size": {"difference": 3.0, "sd": None},
}
VIEW = View(("funnel", "doses"), "subject=human", ("png",), 4, "1:1", "dark", SETTINGS)
SET = View(("directions", "information_size"), formats=(), settings=SETTINGS)


def test_a_view_comes_back_from_its_file(tmp_path: Path) -> None:
    source = provenance.of(real(), Selection.parse(VIEW.selection))
    path = tmp_path / "view.json"
    path.write_text(views.written(VIEW, source), encoding="utf-8")
    assert views.read(path) == (VIEW, real().version)


def test_the_file_also_speaks_to_a_reader() -> None:
    source = provenance.of(real(), Selection.parse(VIEW.selection))
    assert json.loads(views.written(VIEW, source)) == {
        "figures": ["funnel", "doses"],
        "selection": "subject=human",
        "formats": ["png"],
        "scale": 4,
        "shape": "1:1",
        "background": "dark",
        "settings": {
            "directions": {"comparators": ["placebo", "diet"]},
            "information_size": {"difference": 3.0, "sd": None},
        },
        "shows": source.selection,
        "counts": "64 of 143 studies (64 human, 0 animal, 0 in vitro, 0 review)",
        "data_version": real().version,
        "searched": "2026-11",
        "licence": "CC-BY-4.0",
    }


def test_a_view_is_everything_at_first() -> None:
    assert View() == View(NAMES, "", ("svg", "png", "pdf", "html"), 1, "16:9", "white", {})


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(ViewError) as caught:
        View(
            figures=("funel",),
            formats=("gif", "svg"),
            scale=3,
            shape="3:2",
            background="pink",
            settings={"information_size": {"sd": 0, "n": 1}},
        )
    assert str(caught.value) == (
        "figures: 'funel' is not one of funnel, coverage, dots, directions, trials, doses, "
        "timeline, claims, information_size\n"
        "formats: 'gif' is not one of svg, png, pdf, html\n"
        "settings: information_size.sd: 0 is not a number between 0 and 1,000,000,000\n"
        "settings: information_size.n is not one of difference, sd, power\n"
        "scale: 3 is not one of 1, 2, 4\n"
        "shape: '3:2' is not one of 16:9, 4:3, 1:1\n"
        "background: 'pink' is not one of white, transparent, dark"
    )


def test_a_selection_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(SelectionError, match="expected FIELD=WORDS"):
        View(selection="human")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "view.json: line 1: is not JSON: Expecting property name enclosed in double quotes"),
        ("[]", "view.json: holds no view; expected a file that an export wrote"),
        ("{}", "view.json: property 'figures' is missing"),
        ('{"figures": 1}', "view.json: property 'selection' is missing"),
    ],
    ids=["no json", "list", "empty", "half"],
)
def test_a_file_that_is_no_view(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "view.json").write_text(text, encoding="utf-8")
    with pytest.raises(ViewError) as caught:
        views.read(tmp_path / "view.json")
    assert str(caught.value) == said


def test_a_view_of_a_wrong_kind_says_so(tmp_path: Path) -> None:
    source = provenance.of(real())
    spec = json.loads(views.written(View(), source)) | {"figures": 1}
    (tmp_path / "view.json").write_text(json.dumps(spec), encoding="utf-8")
    with pytest.raises(ViewError) as caught:
        views.read(tmp_path / "view.json")
    assert str(caught.value) == "view.json: figures: 1 is not a list of words"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"view.json: file not found"):
        views.read(tmp_path / "view.json")


def test_another_version_of_the_data_is_said_in_words() -> None:
    assert views.outdated("aaa", "aaa") == ""
    assert views.outdated("aaa", "bbb") == (
        "The view was made from data version aaa and the data are now version bbb: "
        "the figures may show other numbers."
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "[] is not a list of settings by the name of a figure"),
        ({"funnel": {}}, "'funnel' is not one of directions, information_size"),
        ({"directions": ["diet"]}, "directions: ['diet'] has no name; expected comparators"),
        ({"directions": {"sd": 1}}, "directions.sd is not one of comparators"),
        (
            {"directions": {"comparators": "diet"}},
            "directions.comparators: 'diet' is not a list of words",
        ),
        (
            {"directions": {"comparators": ["diet", 1]}},
            "directions.comparators: ['diet', 1] is not a list of words",
        ),
        (
            {"information_size": {"difference": "1"}},
            "information_size.difference: '1' is not a number between 0 and 1,000,000,000",
        ),
        (
            {"information_size": {"difference": float("inf")}},
            "information_size.difference: inf is not a number between 0 and 1,000,000,000",
        ),
        (
            {"information_size": {"sd": True}},
            "information_size.sd: True is not a number between 0 and 1,000,000,000",
        ),
        (
            {"information_size": {"power": 1}},
            "information_size.power: 1 is not a number between 0 and 1",
        ),
    ],
    ids=[
        "list", "figure", "no name", "setting", "word", "no word", "text", "endless", "truth",
        "certain",
    ],
)  # fmt: skip
def test_settings_that_cannot_be_meant(tmp_path: Path, settings: Any, said: str) -> None:
    with pytest.raises(ViewError) as caught:
        View(settings=tuple(settings) if settings == [] else settings)
    assert str(caught.value).replace("()", "[]") == f"settings: {said}"
    spec = json.loads(views.written(View(), provenance.of(real()))) | {"settings": settings}
    (tmp_path / "view.json").write_text(json.dumps(spec), encoding="utf-8")
    with pytest.raises(ViewError, match=r"^view\.json: settings: "):
        views.read(tmp_path / "view.json")


def test_a_comparator_that_the_review_lacks_is_refused(tmp_path: Path) -> None:
    view = View(settings={"directions": {"comparators": ["diet", "hope"]}})
    with pytest.raises(ViewError) as caught:
        make(real(), tmp_path / "out", view)
    assert str(caught.value) == (
        "settings: directions.comparators: 'hope' is not one of placebo, untreated, diet, "
        "active, dose, baseline, association, unclear"
    )
    assert not (tmp_path / "out").exists()


def rows(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(folder / f"{name}.csv")


def test_settings_go_into_the_rows(tmp_path: Path) -> None:
    make(real(), tmp_path, SET)
    # 75 votes for a benefit at first; against placebo or diet, and against those alone.
    votes = evidence.directions(real(), ["placebo", "diet"])["studies"]
    assert list(rows(tmp_path, "directions")["studies"]) == list(votes)
    assert votes.sum() < evidence.directions(real())["studies"].sum()
    sizes = rows(tmp_path, "information_size")
    # Cohen's d of 3 / 2.2 with a power of 0.9: 13 in a group; 2 * (1.96 + 1.28)^2 / d^2 is 11.3.
    assert set(sizes["difference"]) == {3.0}
    assert set(sizes["needed"]) == {26}


def test_settings_go_into_the_pictures() -> None:
    source = provenance.of(real())
    figure, stamp = drawn(real(), source, "information_size", SET)
    plain, plainly = drawn(real(), source, "information_size", View())
    assert "26 to find 3 points." in stamp.alt
    assert "3 points" not in plainly.alt
    assert "3 points" in figure.to_json()
    assert "3 points" not in plain.to_json()


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        pytest.param("directions", SETTINGS, "compared with Placebo or Diet", id="comparators"),
        pytest.param("information_size", SETTINGS, "difference to find 3", id="one number"),
        pytest.param(
            "information_size",
            {"information_size": {"difference": None, "sd": 2.5, "power": 0.8}},
            "standard deviation 2.5; power 0.8",
            id="two numbers",
        ),
        pytest.param(
            "directions", {"directions": {"comparators": []}}, "compared with nothing", id="none"
        ),
        pytest.param("funnel", SETTINGS, "", id="a figure without"),
        pytest.param("directions", {}, "", id="as usual"),
    ],
)
def test_what_is_set_is_said_in_the_picture(name: str, settings: Any, said: str) -> None:
    source = provenance.of(real(), Selection.parse("subject=human"))
    figure, stamp = drawn(selected("subject=human"), source, name, View(settings=settings))
    shown = f"Shown: Subject: Human; {said}" if said else "Shown: Subject: Human"
    assert stamp.provenance.line.startswith(f"{shown} · 64 of 143 studies")
    assert figure.layout.legend2.title.text.replace("<br>", " ").startswith(f"{shown} · 64 of")


def test_the_command_makes_settings_again_and_follows_a_changed_one(tmp_path: Path) -> None:
    make(real(), tmp_path / "1", SET)
    view = tmp_path / "1" / "view.json"

    def again(name: str) -> dict[str, bytes]:
        out = tmp_path / name
        assert main(["figures", "--out", str(out), "--from", str(view)]) == 0
        return {path.name: path.read_bytes() for path in out.iterdir()}

    first = again("2")
    assert first == {path.name: path.read_bytes() for path in (tmp_path / "1").iterdir()}
    spec = json.loads(view.read_text(encoding="utf-8"))
    spec["settings"]["information_size"]["difference"] = 1.5
    view.write_text(json.dumps(spec), encoding="utf-8")
    changed = again("3")
    assert set(rows(tmp_path / "3", "information_size")["difference"]) == {1.5}
    assert {name for name in first if first[name] != changed[name]} == {
        "information_size.csv", "view.json",
    }  # fmt: skip


def test_the_command_says_what_is_wrong_with_a_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spec = json.loads(views.written(SET, provenance.of(real())))
    spec["settings"]["information_size"]["difference"] = -1
    path = tmp_path / "view.json"
    path.write_text(json.dumps(spec), encoding="utf-8")
    assert main(["figures", "--out", str(tmp_path / "out"), "--from", str(path)]) == 2
    assert capsys.readouterr().err == (
        "view.json: settings: information_size.difference: -1 is not a number "
        "between 0 and 1,000,000,000\n"
    )
