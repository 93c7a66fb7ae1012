"""The slides, read back as PowerPoint would: drawn by a stub, since Chrome draws the real ones."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image
from pptx import Presentation
from pptx.util import Inches, Pt

from review import Selection, SelectionError, evidence, export, guide, provenance
from review.__main__ import main
from review.bibliography import OTHERS
from review.export import ExportError, ViewError, deck, pictures
from review.figures import NAMES, draw
from review.selection import PLACES, options
from tests.real import real, selected
from tests.synthetic import of_size

PEOPLE = "subject=human&condition=sciatica"
EACH = pytest.mark.parametrize("name", NAMES)
Made = Callable[..., Any]


def png(figure: go.Figure, format: str, scale: float = 1) -> bytes:
    assert format == "png"
    size = (int(figure.layout.width * scale), int(figure.layout.height * scale))
    file = io.BytesIO()
    Image.new("L", size, 255).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def stub() -> Iterator[pictures.Render]:
        yield png

    monkeypatch.setattr(pictures, "renderer", stub)


@pytest.fixture
def make(drawn: None, tmp_path: Path) -> Made:
    def made(text: str = "", only: list[str] | None = None) -> Any:
        out = tmp_path / "talk.pptx"
        assert export.slides(real(), out, only, Selection.parse(text)) == out
        return Presentation(str(out))

    return made


def everything() -> str:
    """Return the longest selection there is: every word of every field."""
    words = {name: [word for word, _ in options(real(), name)] for name in PLACES}
    return "&".join(f"{name}={','.join(known)}" for name, known in words.items())


def titles(talk: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in talk.slides]


def notes(slide: Any) -> str:
    return str(slide.notes_slide.notes_text_frame.text)


def foot(slide: Any) -> str:
    (found,) = [shape for shape in slide.shapes if shape.name == "Provenance"]
    return str(found.text_frame.text)


def picture(slide: Any) -> Any:
    (found,) = [shape for shape in slide.shapes if hasattr(shape, "image")]
    return found


@pytest.mark.parametrize("text", ["", PEOPLE, "subject="], ids=["all", "people", "none"])
def test_titles_are_the_question_the_takeaways_and_the_methods(make: Made, text: str) -> None:
    left = selected(text)
    said = [evidence.takeaway(name, getattr(evidence, name)(left)) for name in NAMES]
    assert titles(make(text)) == ["Does magnesium relieve sciatica?", *said, "Methods and licence"]


def test_only_some_figures_in_the_order_asked_for(make: Made) -> None:
    assert [title[:6] for title in titles(make(only=["timeline", "dots"]))[1:-1]] == [
        "64 of ", "136 of",
    ]  # fmt: skip
    assert len(make(only=[]).slides) == 2


@pytest.mark.parametrize("text", ["", PEOPLE, "subject="], ids=["all", "people", "none"])
def test_pictures_say_what_they_show(make: Made, text: str) -> None:
    for slide, name in zip(list(make(text).slides)[1:-1], NAMES, strict=True):
        _, said = draw(selected(text), name)
        assert picture(slide)._element.nvPicPr.cNvPr.get("descr") == said


def test_pictures_are_sharp_undistorted_and_large(make: Made) -> None:
    for slide in list(make().slides)[1:-1]:
        shown = picture(slide)
        assert shown.image.size == (2896, 1280)
        assert shown.width / shown.height == pytest.approx(2896 / 1280, rel=0.001)
        assert shown.width > Inches(12)


def test_first_slide_says_what_is_shown_and_from_where(make: Made) -> None:
    first = make(PEOPLE).slides[0]
    origin = provenance.of(real(), Selection.parse(PEOPLE))
    assert first.placeholders[1].text_frame.text.split("\n") == list(origin.lines)
    assert notes(first) == f"{evidence.headline(selected(PEOPLE))}\n\n{origin.line}"


def test_every_figure_has_its_provenance(make: Made) -> None:
    line = provenance.of(real(), Selection.parse(PEOPLE)).line
    assert [foot(slide) for slide in list(make(PEOPLE).slides)[1:-1]] == [line] * 9


@EACH
def test_notes_say_how_to_read_it_what_it_shows_and_from_where(make: Made, name: str) -> None:
    told = notes(make(PEOPLE, [name]).slides[1])
    _, said = draw(selected(PEOPLE), name)
    origin = provenance.of(real(), Selection.parse(PEOPLE))
    assert told.startswith(f"{guide.read(name)}\n\n{said}\n\n{origin.line}\n\nComputed from ")


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        pytest.param("coverage", "", "these 143 studies", id="every study"),
        pytest.param("dots", PEOPLE, "these 6 studies", id="one mark each"),
        pytest.param("trials", PEOPLE, "these 5 studies", id="controlled trials only"),
        pytest.param("claims", PEOPLE, "these 3 studies", id="those that bear on a statement"),
        pytest.param("dots", "year_from=1993&year_to=1993", "this study", id="one"),
    ],
)
def test_notes_have_the_references_of_the_studies(
    make: Made, name: str, text: str, count: str
) -> None:
    _, listed = notes(make(text, [name]).slides[1]).split("\n\nComputed from ")
    first, *references = listed.split("\n")
    assert first == f"{count}:"
    assert len(references) == (int(count.split()[1]) if "these" in count else 1)
    assert references == sorted(references)
    known = {reference.full() for reference in selected(text).references.values()}
    assert set(references) <= known


@pytest.mark.parametrize(
    ("studies", "said"),
    [
        pytest.param(200, [], id="all"),
        pytest.param(
            201, ["and 1 more, in references.bib of an export of the figures"], id="one too many"
        ),
        pytest.param(
            1300, ["and 1,100 more, in references.bib of an export of the figures"], id="many"
        ),
    ],
)
def test_notes_name_200_references_at_most(
    drawn: None, tmp_path: Path, studies: int, said: list[str]
) -> None:
    review = of_size(studies)
    out = export.slides(review, tmp_path / "talk.pptx", ["dots"])
    listed = notes(Presentation(str(out)).slides[1]).split("\n\nComputed from ")[1].split("\n")
    every = sorted(review.references[key].full() for key in review.studies["study"])
    assert listed == [f"these {studies} studies:", *every[:200], *said]


def test_a_reference_in_full() -> None:
    references = real().references
    assert references["raouf2025"].full().endswith(f"https://doi.org/{references['raouf2025'].doi}")
    plain = replace(
        references["raouf2025"], authors=("Roe, A.", OTHERS), title="T.", container="J",
        year=2001, doi="", pmid="12", url="https://example.org",
    )  # fmt: skip
    assert plain.full() == "Roe, A.; et al. (2001) T. J. PMID 12. https://example.org"
    bare = replace(plain, authors=(), container="", year=None, pmid="", url="")
    assert bare.full() == "(no year) T."


def test_no_study_says_so_on_every_slide(make: Made) -> None:
    talk = make("subject=")
    for slide in list(talk.slides)[1:-1]:
        assert "0 of 143 studies" in foot(slide)
        assert notes(slide).endswith("No study stands behind this figure.")
        assert titles(talk)[0]
    assert "None of the 143 cited studies is selected." in notes(talk.slides[0])


def test_last_slide_has_methods_and_licence(make: Made) -> None:
    last = make().slides[-1]
    text = last.placeholders[1].text_frame.text
    package = real().package
    for part in (package.description, package.searched, real().version, package.licence_url):
        assert part in text
    assert "not a systematic review, and nothing here is medical advice" in text
    assert "Findings are those that the authors report." in text


@pytest.mark.parametrize("text", ["", everything(), "subject="], ids=["all", "longest", "none"])
def test_nothing_lies_outside_or_on_another(make: Made, text: str) -> None:
    talk = make(text)
    assert (talk.slide_width, talk.slide_height) == (12192000, 6858000)
    for slide in talk.slides:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        for left, top, right, bottom in boxes:
            assert left >= 0 and top >= 0
            assert right <= talk.slide_width and bottom <= talk.slide_height
        tops = sorted(boxes, key=lambda box: box[1])
        assert all(one[3] <= other[1] for one, other in pairwise(tops))


@pytest.mark.parametrize("text", ["", everything(), "subject="], ids=["all", "longest", "none"])
def test_text_fits_its_box_and_is_never_small(make: Made, text: str) -> None:
    for slide in make(text).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                _fits(shape)


def _fits(shape: Any) -> None:
    """Count the lines again, with letters of half the height of the font."""
    height = 0.0
    for paragraph in shape.text_frame.paragraphs:
        (size,) = {run.font.size for run in paragraph.runs}
        assert size >= Pt(12)
        assert {run.font.name for run in paragraph.runs} == {"Arial"}
        lines = -(-len(paragraph.text) * 0.5 * size // shape.width)
        height += 1.2 * lines * size + (paragraph.space_before or 0)
    assert height <= shape.height


def test_a_selection_too_long_for_the_slide_is_whole_in_the_notes(make: Made) -> None:
    talk = make(everything(), ["dots"])
    shown = provenance.of(real(), Selection.parse(everything())).lines[0]
    for text in (foot(talk.slides[1]), talk.slides[0].placeholders[1].text_frame.text):
        assert re.match(r"Shown: Subject: Human or Animal.* …", text)
        assert shown not in text
        assert "143 of 143 studies" in text
        assert f"Data version {real().version}" in text
    assert all(shown in notes(slide) for slide in talk.slides)


# 144 pt hold 12 letters of 20 pt or 25 of 10 pt, and 6 or 12 lines of them.
@pytest.mark.parametrize(
    ("paragraphs", "size"),
    [
        pytest.param(["x" * 72], 20, id="six lines"),
        pytest.param(["x" * 73], 10, id="seven lines are too many"),
        pytest.param(["x" * 36, "x" * 36], 10, id="a gap is too much"),
        pytest.param(["x" * 300], 10, id="twelve small lines"),
        pytest.param(["x" * 301], None, id="too long"),
        pytest.param([""], 20, id="empty"),
    ],
)
def test_largest_size_that_fits(paragraphs: list[str], size: int | None) -> None:
    assert deck.Box(0, 2, (20, 10), width=2).size(paragraphs) == size


def test_language_is_english_everywhere(make: Made) -> None:
    for slide in make(only=["dots"]).slides:
        for frame in (slide.notes_slide.notes_text_frame, slide.shapes.title.text_frame):
            runs = [run for paragraph in frame.paragraphs for run in paragraph.runs]
            assert {run._r.rPr.get("lang") for run in runs} == {"en-GB"}


def test_file_has_no_clock_no_person_and_no_place(make: Made, tmp_path: Path) -> None:
    properties = make(only=["dots"]).core_properties
    assert properties.created.isoformat()[:10] == "2026-11-01"
    assert properties.modified == properties.created
    assert (properties.author, properties.last_modified_by) == ("", "")
    with ZipFile(tmp_path / "talk.pptx") as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = file.namelist()
        whole = b"".join(file.read(name) for name in names).lower()
    assert not [n for n in names if "printer" in n or "thumbnail" in n or n.endswith("app.xml")]
    for word in (b"steve canny", b"macintosh", str(tmp_path).lower().encode(), b"/home/", b"/tmp"):
        assert word not in whole


def test_the_same_bytes_each_time(drawn: None, tmp_path: Path) -> None:
    first, second = (
        export.slides(real(), tmp_path / name, ["dots"]).read_bytes() for name in ("a", "b")
    )
    assert first == second


def test_progress_names_each_figure(drawn: None, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    export.slides(
        real(), tmp_path / "t.pptx", ["dots", "funnel"], progress=lambda *at: seen.append(at)
    )
    assert seen == [(0, 2, "dots"), (1, 2, "funnel"), (2, 2, "t.pptx")]


def test_settings_go_into_their_slides_and_no_other(drawn: None, tmp_path: Path) -> None:
    settings = {"directions": {"comparators": ["diet"]}, "information_size": {"difference": 3.0}}
    path = export.slides(real(), tmp_path / "talk.pptx", settings=settings)
    _, *figures, _ = Presentation(str(path)).slides
    said = dict(zip(NAMES, figures, strict=True))
    # Against a diet, 11 votes were counted in outcomes.csv, each for a benefit and in animals.
    assert said["directions"].shapes.title.text_frame.text == (
        "Reported benefit: 0 of 0 votes human, 11 of 11 animal, 0 of 0 in vitro, 0 of 0 review"
    )
    assert foot(said["directions"]).startswith("Shown: Every cited study; compared with Diet · 143")
    assert "to find 3 points" in picture(said["information_size"])._element.nvPicPr.cNvPr.get(
        "descr"
    )
    assert foot(said["information_size"]).startswith(
        "Shown: Every cited study; difference to find 3 · 143"
    )
    assert foot(said["funnel"]).startswith("Shown: Every cited study · 143")


def test_settings_with_an_unknown_word(tmp_path: Path) -> None:
    with pytest.raises(ViewError) as caught:
        export.slides(
            real(), tmp_path / "talk.pptx", settings={"directions": {"comparators": ["hope"]}}
        )
    assert str(caught.value) == (
        "settings: directions.comparators: 'hope' is not one of placebo, untreated, diet, active, "
        "dose, baseline, association, unclear"
    )


def test_unknown_figure(tmp_path: Path) -> None:
    with pytest.raises(ViewError) as caught:
        export.slides(real(), tmp_path / "talk.pptx", ["dots", "pie"])
    assert str(caught.value) == (
        "figures: 'pie' is not one of funnel, coverage, dots, directions, trials, doses, "
        "timeline, claims, information_size"
    )


def test_a_review_narrowed_before_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SelectionError) as caught:
        export.slides(selected(PEOPLE), tmp_path / "talk.pptx")
    assert str(caught.value) == provenance.NARROWED


def test_a_folder_in_its_place_is_left_alone(drawn: None, tmp_path: Path) -> None:
    (tmp_path / "talk.pptx").mkdir()
    with pytest.raises(ExportError) as caught:
        export.slides(real(), tmp_path / "talk.pptx", ["dots"])
    said = f"{tmp_path / 'talk.pptx'} is a folder, expected a file; name one such as talk.pptx."
    assert str(caught.value) == said
    assert [path.name for path in tmp_path.iterdir()] == ["talk.pptx"]


def test_a_folder_that_is_missing_is_made(drawn: None, tmp_path: Path) -> None:
    out = export.slides(real(), tmp_path / "new" / "talk.pptx", ["dots"])
    assert [path.name for path in out.parent.iterdir()] == ["talk.pptx"]


def test_name_with_spaces_and_other_letters(drawn: None, tmp_path: Path) -> None:
    out = tmp_path / "Für das Gespräch 结果.pptx"
    export.slides(real(), out, ["dots"])
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_an_existing_file_stays_when_drawing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    @contextmanager
    def dead() -> Iterator[pictures.Render]:
        raise pictures.PictureError("Chrome did not start")
        yield png

    monkeypatch.setattr(pictures, "renderer", dead)
    out = tmp_path / "talk.pptx"
    out.write_bytes(b"old")
    with pytest.raises(pictures.PictureError):
        export.slides(real(), out)
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["talk.pptx"]


def test_nothing_is_left_of_a_file_that_cannot_be_written(
    drawn: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    out = tmp_path / "talk.pptx"
    out.write_bytes(b"old")
    with pytest.raises(ExportError, match="cannot be written to: No space left on device"):
        export.slides(real(), out, ["dots"])
    assert out.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["talk.pptx"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        pytest.param(PEOPLE, "6 of 143 studies (6 human, 0 animal, 0 in vitro, 0 review)", id="6"),
        pytest.param(
            "subject=", "0 of 143 studies (0 human, 0 animal, 0 in vitro, 0 review)", id="0"
        ),
    ],
)
def test_command_line(
    drawn: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, counts: str
) -> None:
    out = tmp_path / "talk.pptx"
    assert main(["slides", "--out", str(out), "--only", "dots", "--select", text]) == 0
    assert capsys.readouterr() == (f"wrote talk.pptx: {counts}\n", "")
    assert len(Presentation(str(out)).slides) == 3


def test_without_chrome_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-chrome"))
    assert main(["slides", "--out", str(tmp_path / "new" / "talk.pptx")]) == 3
    said = f"BROWSER_PATH names no program: {tmp_path / 'no-chrome'}; {pictures.ADVICE}\n"
    assert capsys.readouterr() == ("", said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["--select", "colour=red"], "'colour=red': expected FIELD=", id="selection"),
        pytest.param(["--select", "subject=men"], "subject: 'men' is not one of", id="word"),
        pytest.param(["--only", "pie"], "figures: 'pie' is not one of funnel", id="figure"),
    ],
)
def test_command_line_refuses(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["slides", "--out", str(tmp_path / "talk.pptx"), *arguments]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith(said)


def test_a_picture_taken_from_a_slide_says_where_it_is_from(make: Made) -> None:
    taken = picture(make(PEOPLE, ["dots"]).slides[1]).image.blob
    words = Image.open(io.BytesIO(taken)).text
    assert words["Source"].endswith(provenance.of(real(), Selection.parse(PEOPLE)).line)


def test_marks_in_the_data_stay_text(drawn: None, tmp_path: Path) -> None:
    key = "feria1993"
    marked = replace(real().references[key], title="<b>&lt; a & b")
    review = replace(real(), references={**real().references, key: marked})
    out = export.slides(review, tmp_path / "t.pptx", ["dots"])
    assert "<b>&lt; a & b." in notes(Presentation(str(out)).slides[1])


def test_the_review_is_left_as_it_was(drawn: None, tmp_path: Path) -> None:
    before = real().studies.copy()
    export.slides(real(), tmp_path / "t.pptx", ["dots"])
    pd.testing.assert_frame_equal(real().studies, before)


def test_what_a_property_of_the_file_cannot_hold_is_cut() -> None:
    talk = deck.empty("Why?", "word " * 60, "2026-11")
    # Fifty words of four letters with the blanks between them, and room for the sign of the cut.
    assert talk.core_properties.subject == f"{'word ' * 50}…"
