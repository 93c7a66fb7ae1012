"""The Save row: what goes to the browser is what an export writes, and faults are words."""

from __future__ import annotations

import contextlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from PIL import Image
from pptx import Presentation

from review import Selection, export, provenance
from review.downloads import STOPPED, Downloads, Saver
from review.export import View, pictures
from review.export.files import drawn
from review.figures import NAMES
from review.narrowing import first
from review.picker import Picker
from review.shared import Shared
from review.tables import Review
from tests.real import real, selected

HUMAN = "subject=human&condition=sciatica"
VERSION = real().version
NAMED = "magnesium-sciatica-review"
NARROWED = (
    "Nothing was saved: The review was narrowed before, so a figure could not say what it shows: "
    "give the whole review and the selection."
)
KERNEL = ("This figure", "All figures", "Slides", "Studies")
ALL = ("PNG", "SVG", *KERNEL)


class Row:
    """A Save row on a page that notes what it is sent, and the words and the bar meanwhile."""

    def __init__(self, review: Review, text: str = "", figure: str = "coverage") -> None:
        self.shared = Shared(review, Selection.parse(text))
        self.picker = Picker(review, figure, lambda: None)
        self.downloads = Downloads(self.shared, self.picker)
        self.sent = list[tuple[dict[str, Any], bytes]]()
        self.told = list[str]()
        self.downloads._saver.send = self._note
        self.downloads._saver.observe(lambda change: self.told.append(change["new"]), "said")

    def _note(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        assert json.loads(json.dumps(message)) == message
        self.sent.append((message, (buffers or [b""])[0]))

    @property
    def said(self) -> str:
        """The words in the row."""
        return str(self.downloads._saver.said)

    @property
    def bar(self) -> Any:
        """The bar of progress."""
        return self.downloads._bar

    def click(self, text: str) -> Row:
        """Click a button."""
        (button,) = [one for one in self.buttons() if one.description == text]
        button.click()
        assert self.bar.layout.display == "none"
        return self

    def buttons(self) -> list[Any]:
        """Return the buttons in their order."""
        return list(self.downloads.box.children[0].children[1:])

    def set(self, label: str, value: object) -> None:
        """Set what the shown figure is asked."""
        (box,) = self.picker._place.children
        (field,) = [one for one in box.children if one.description == label]
        field.value = value

    def offered(self) -> tuple[str, str, bytes]:
        """Return the name, type and bytes of the one file that was offered."""
        ((message, content),) = self.sent
        return message["offer"]["name"], message["offer"]["type"], content

    def files(self) -> dict[str, bytes]:
        """Return what is in the one archive that was offered."""
        name, type, content = self.offered()
        assert (type, name[-4:]) == ("application/zip", ".zip")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.testzip() is None
            return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(autouse=True)
def chrome(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for Chrome."""

    def render(figure: go.Figure, format: str, scale: float = 1) -> bytes:
        if format == "svg":
            return b"<svg ></svg>"
        out = io.BytesIO()
        size = (int(figure.layout.width * scale), int(figure.layout.height * scale))
        Image.new("L", size).save(out, "PDF" if format == "pdf" else "PNG")
        return out.getvalue()

    @contextlib.contextmanager
    def renderer() -> Iterator[pictures.Render]:
        yield render

    monkeypatch.setattr(pictures, "renderer", renderer)


@pytest.fixture
def no_chrome(monkeypatch: pytest.MonkeyPatch) -> str:
    words = f"no Chrome or Chromium found; {pictures.ADVICE}"

    def renderer() -> None:
        raise pictures.NoChromeError(words)

    monkeypatch.setattr(pictures, "renderer", renderer)
    return words


def written(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def without_pdf(files: dict[str, bytes]) -> dict[str, bytes]:
    # The stand-in's PDF has the time in it; Chrome's is taken out by the stamp.
    return {name: content for name, content in files.items() if not name.endswith(".pdf")}


def test_the_row_says_what_it_saves() -> None:
    row = Row(real())
    assert [button.description for button in row.buttons()] == list(ALL)
    assert all(button.tooltip for button in row.buttons())
    assert (row.said, row.bar.layout.display) == ("", "none")


@pytest.mark.parametrize("text", ["", HUMAN, "subject="], ids=["all", "people", "none"])
def test_this_figure_is_what_an_export_writes(tmp_path: Path, text: str) -> None:
    row = Row(real(), text, "trials").click("This figure")
    export.figures(real(), tmp_path, only=["trials"], selection=Selection.parse(text))
    assert without_pdf(row.files()) == without_pdf(written(tmp_path))
    assert set(row.files()) == set(written(tmp_path))
    assert row.said == ""


@pytest.mark.parametrize("text", [HUMAN, "subject="], ids=["people", "none"])
def test_all_figures_are_what_an_export_writes(tmp_path: Path, text: str) -> None:
    row = Row(real(), text).click("All figures")
    export.figures(real(), tmp_path, selection=Selection.parse(text))
    assert without_pdf(row.files()) == without_pdf(written(tmp_path))
    assert {f"{name}.pdf" for name in NAMES} <= set(row.files())


@pytest.mark.parametrize(
    ("text", "lines"), [("", 144), (HUMAN, 7), ("subject=", 1)], ids=["all", "people", "none"]
)
def test_studies_are_what_an_export_writes(tmp_path: Path, text: str, lines: int) -> None:
    files = Row(real(), text).click("Studies").files()
    export.figures(real(), tmp_path, only=[], formats=[], selection=Selection.parse(text))
    assert files == written(tmp_path)
    assert list(files) == ["studies.csv", "references.bib", "references.ris", "view.json"]
    assert len(files["studies.csv"].decode().splitlines()) == lines


def test_the_kernels_command_makes_it_again(tmp_path: Path) -> None:
    row = Row(real(), HUMAN, "information_size")
    row.set("Difference to find", 3.0)
    files = row.click("This figure").files()
    (tmp_path / "view.json").write_bytes(files["view.json"])
    view, version = export.views.read(tmp_path / "view.json")
    assert (view.settings, version) == ({"information_size": {"difference": 3.0}}, VERSION)
    export.make(real(), tmp_path / "again", view)
    assert without_pdf(written(tmp_path / "again")) == without_pdf(files)
    assert b",3.0,3 points," in files["information_size.csv"]


def test_all_figures_have_what_was_set_for_each() -> None:
    row = Row(real(), figure="directions")
    row.set("Diet", False)
    row.picker._names.value = "funnel"
    spec = json.loads(row.click("All figures").files()["view.json"])
    assert spec["settings"] == {"directions": {"comparators": ["placebo", "untreated"]}}
    row.sent.clear()
    assert json.loads(row.click("This figure").files()["view.json"])["settings"] == {}


def test_slides_show_what_was_set(tmp_path: Path) -> None:
    row = Row(real(), figure="directions")
    row.set("Diet", False)
    _, _, content = row.click("Slides").offered()
    settings = {"directions": {"comparators": ["placebo", "untreated"]}}
    path = export.slides(real(), tmp_path / "talk.pptx", settings=settings)
    assert content == path.read_bytes()


@pytest.mark.parametrize("text", ["", HUMAN, "subject="], ids=["all", "people", "none"])
def test_slides_are_what_an_export_writes(tmp_path: Path, text: str) -> None:
    row = Row(real(), text).click("Slides")
    name, type, content = row.offered()
    path = export.slides(real(), tmp_path / "talk.pptx", selection=Selection.parse(text))
    assert content == path.read_bytes()
    assert len(Presentation(io.BytesIO(content)).slides) == 11
    assert name.endswith(f"-data-{VERSION}.pptx")
    assert type.endswith("presentationml.presentation")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format", ["png", "svg"])
def test_the_browser_draws_the_figure_of_an_export(name: str, format: str) -> None:
    row = Row(real(), HUMAN, name).click(format.upper())
    ((message, _),) = row.sent
    source = provenance.of(real(), Selection.parse(HUMAN))
    figure, _ = drawn(selected(HUMAN), source, name, View(selection=HUMAN))
    said = name.replace("_", "-")
    assert message == {
        "draw": {
            "figure": json.loads(figure.to_json()),
            "format": format,
            "name": f"{NAMED}-{said}-subject-human-condition-sciatica-data-{VERSION}",
        }
    }
    assert "Data version" in message["draw"]["figure"]["layout"]["legend2"]["title"]["text"]


def test_the_browser_draws_what_was_set() -> None:
    row = Row(real(), figure="information_size")
    row.set("Difference to find", 3.0)
    row.click("SVG")
    ((message, _),) = row.sent
    assert "3 points" in json.dumps(message["draw"]["figure"])
    assert message["draw"]["name"] == (
        f"{NAMED}-information-size-difference-3-0-data-{VERSION}"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("", "", id="all"),
        pytest.param("text=..%2F..%2Fetc%2Fpasswd", "-text-etc-passwd", id="a path"),
        pytest.param("text=nerf%20d%C3%A9chir%C3%A9", "-text-nerf-dechire", id="accents"),
        pytest.param("text=坐骨神経痛", "-text", id="no letter of ours"),
        pytest.param(
            "route=oral,diet,topical&domain=pain,function,sleep&year_from=2000&year_to=2020",
            "-route-oral-diet-topical-domain-pain-function-sleep-year",
            id="cut after a word",
        ),
        pytest.param(f"text={'x' * 200}", f"-text-{'x' * 51}", id="one long word"),
    ],
)
def test_names_speak_and_any_system_takes_them(text: str, said: str) -> None:
    row = Row(real())
    row.shared.selection = Selection.parse(text)
    name = row.downloads._name("studies")
    assert name == f"{NAMED}-studies{said}-data-{VERSION}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 110


@pytest.mark.parametrize(
    ("package", "said"),
    [
        pytest.param("../../../etc/passwd", "etc-passwd-studies", id="a path"),
        pytest.param("C:\\temp\\x", "c-temp-x-studies", id="a path of Windows"),
        pytest.param("con", "con-studies", id="a device of Windows"),
        pytest.param(".hidden", "hidden-studies", id="hidden"),
        pytest.param("-rf *", "rf-studies", id="an option"),
        pytest.param("a\u202egnp.exe\x00\n", "agnp-exe-studies", id="turned around"),
        pytest.param("坐骨神経痛", "studies", id="no letter of ours"),
        pytest.param("", "studies", id="empty"),
        pytest.param("x" * 300, "x" * 90, id="long"),
    ],
)
def test_the_name_of_a_review_cannot_lead_elsewhere(package: str, said: str) -> None:
    row = Row(replace(real(), package=replace(real().package, name=package)))
    name = row.downloads._name("studies")
    assert name == f"{said}-data-{VERSION}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)


@pytest.mark.parametrize("text", ["", HUMAN], ids=["all of it", "selected once more"])
@pytest.mark.parametrize("button", ALL)
def test_a_part_of_a_review_is_refused_in_words(button: str, text: str) -> None:
    row = Row(first(real(), 20), text).click(button)
    assert (row.said, row.sent) == (NARROWED, [])


@pytest.mark.parametrize("button", ["This figure", "All figures"])
def test_without_chrome_the_rest_is_offered(button: str, no_chrome: str) -> None:
    row = Row(real(), HUMAN, "dots").click(button)
    assert row.said == (
        "Left out svg, png, pdf: no Chrome or Chromium found; install one (Debian: apt-get "
        "install chromium fonts-liberation; anywhere: plotly_get_chrome) or name it in "
        "BROWSER_PATH"
    )
    assert {name.partition(".")[2] for name in row.files()} == {"csv", "html", "bib", "ris", "json"}


def test_without_chrome_there_are_no_slides(no_chrome: str) -> None:
    row = Row(real()).click("Slides")
    assert row.sent == []
    assert row.said == (
        "Nothing was saved: no Chrome or Chromium found; install one (Debian: apt-get install "
        "chromium fonts-liberation; anywhere: plotly_get_chrome) or name it in BROWSER_PATH"
    )


@pytest.mark.parametrize("button", ["PNG", "SVG", "Studies"])
def test_what_needs_no_chrome_works_without(button: str, no_chrome: str) -> None:
    row = Row(real()).click(button)
    assert (row.said, len(row.sent)) == ("", 1)


def test_progress_is_shown_and_gone_afterwards() -> None:
    row, shown = Row(real()), list[tuple[str, int, int]]()
    row.downloads._saver.observe(
        lambda _: shown.append((row.bar.layout.display, row.bar.value, row.bar.max)), "said"
    )
    row.click("Studies")
    assert row.told == [
        "studies.csv, 0 of 4", "references.bib, 1 of 4", "references.ris, 2 of 4",
        "view.json, 3 of 4", "view.json, 4 of 4", "",
    ]  # fmt: skip
    assert shown == [("", done, 4) for done in (0, 1, 2, 3, 4, 4)]
    row.click("Slides")
    assert row.told[6:8] == ["funnel, 0 of 9", "coverage, 1 of 9"]
    assert shown[6:8] == [("", 0, 9), ("", 1, 9)]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (pictures.PictureError("Chrome hung."), "Nothing was saved: Chrome hung."),
        (KeyError("x"), "Nothing was saved: KeyError('x')"),
        (
            OSError(28, "No space left on device", "/secret/place"),
            "Nothing was saved: the folder for temporary files cannot be written to: "
            "No space left on device.",
        ),
        (KeyboardInterrupt(), STOPPED),
    ],
    ids=["picture", "defect", "full disk", "interrupt"],
)
@pytest.mark.parametrize("button", ["This figure", "Slides"])
def test_what_goes_wrong_on_the_way_is_said_and_the_next_click_works(
    monkeypatch: pytest.MonkeyPatch, button: str, error: BaseException, said: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    row = Row(real())
    with monkeypatch.context() as broken:
        broken.setattr("review.folders.write", fail)
        row.click(button)
    assert (row.said, row.sent) == (said, [])
    row.click(button)
    assert (row.said, len(row.sent)) == ("", 1)


def test_no_folder_for_temporary_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "/secret/place")

    monkeypatch.setattr("review.scratch.folder", fail)
    assert Row(real()).click("Studies").said == (
        "Nothing was saved: the folder for temporary files cannot be written to: Permission denied."
    )


def test_two_clicks_give_the_same_twice() -> None:
    row = Row(real(), HUMAN).click("Studies").click("Studies")
    once, twice = row.sent
    assert once == twice


def test_a_click_saves_what_is_selected_then() -> None:
    row = Row(real())
    row.shared.filters.chosen = {"subject": ["human"], "condition": ["sciatica"]}
    name, _, _ = row.click("Studies").offered()
    assert name == f"{NAMED}-studies-subject-human-condition-sciatica-data-{VERSION}.zip"
    assert len(row.files()["studies.csv"].decode().splitlines()) == 7


def test_no_place_stays_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    # Of a kernel that was killed.
    (tmp_path / "review-save-0123abcd").mkdir()
    row = Row(real()).click("Studies").click("Slides")
    assert len(row.sent) == 2
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == []
    for _, content in row.sent:
        assert str(tmp_path).encode() not in content


def test_the_script_is_beside_the_module() -> None:
    assert "downloadImage" in Saver()._esm
