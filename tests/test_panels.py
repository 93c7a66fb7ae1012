"""The panel without a browser: filters to figure, table and facts, linked, and as a face."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from review import evidence, facts, panels
from review.figures import NAMES, draw
from review.live import PLOTLY
from review.selection import Selection, SelectionError
from tests import page
from tests.real import real, selected

VIEW = "application/vnd.jupyter.widget-view+json"
SCIATICA = "subject=human&condition=sciatica"
FUNNEL = [143, 64, 6, 3, 1, 0, 0]


@pytest.fixture
def panel() -> panels.Panel:
    return panels.explore(real(), "funnel")


def steps(panel: panels.Panel) -> list[int]:
    return list(panel._figure.figure["data"][0]["x"])


def choose(panel: panels.Panel, selection: Selection) -> None:
    """Choose, and say what a page says when it has drawn the figure."""
    page.choose(panel.shared.filters, selection)
    page.rests(panel.shared.filters)


def changes(panel: panels.Panel) -> list[str]:
    """Return a list to which the panel adds the name of each part that changes."""
    parts = list[str]()
    panel._figure.observe(lambda _: parts.append("figure"), "figure")
    panel.shared.filters.observe(lambda _: parts.append("counts"), "counts")
    panel._figure.observe(lambda _: parts.append("status"), "status")
    panel._listing.observe(lambda _: parts.append("table"), "rows")
    return parts


def test_at_first_everything_is_shown() -> None:
    panel = panels.explore(real())
    assert (panel.selection, len(panel.selected.studies)) == (Selection(), 143)
    assert panel._figure.figure["name"] == "coverage"
    assert panel._figure.status == [evidence.state(real()), "Every cited study"]
    assert len(panel._listing.rows) == 143
    assert panel.review is real()


@pytest.mark.parametrize(
    "selection",
    [
        pytest.param(SCIATICA, id="text"),
        pytest.param(Selection(subject=("human",), condition=("sciatica",)), id="selection"),
    ],
)
def test_it_starts_with_a_selection(selection: Selection | str) -> None:
    panel = panels.explore(real(), "funnel", selection)
    assert str(panel.selection) == panel.shared.filters.text == SCIATICA
    assert steps(panel) == [6, 6, 6, 3, 1, 0, 0]
    assert panel._figure.status == [
        evidence.state(selected(SCIATICA)),
        "Subject: Human; Condition: Sciatica",
    ]


def test_a_change_reaches_every_part_once(panel: panels.Panel) -> None:
    parts = changes(panel)
    choose(panel, Selection(subject=("animal", "in_vitro", "review")))
    assert parts == ["figure", "counts", "status", "table"]
    assert steps(panel) == [79, 0, 0, 0, 0, 0, 0]
    assert "79 of 143 studies" in panel._figure.figure["layout"]["title"]["text"]
    assert panel._figure.status[0].startswith("79 of 143 studies: 0 human")
    assert len(panel._listing.rows) == 79


@pytest.mark.parametrize("name", NAMES)
def test_the_chosen_figure_follows_the_filters(name: str) -> None:
    panel = panels.explore(real(), name)
    choose(panel, Selection.parse(SCIATICA))
    _, alt = draw(selected(SCIATICA), name)
    assert (panel._figure.figure["name"], panel._figure.figure["alt"]) == (name, alt)


def test_picking_a_figure_draws_it_and_nothing_else(panel: panels.Panel) -> None:
    parts = changes(panel)
    panel._picker._names.value = "timeline"
    assert (panel._figure.figure["name"], parts) == ("timeline", ["figure"])


def test_a_setting_draws_the_figure_anew() -> None:
    panel = panels.explore(real(), "directions")
    panel._picker._settings["directions"].box.children[1].value = False
    _, alt = draw(real(), "directions", comparators=["untreated", "diet"])
    assert panel._figure.figure["alt"] == alt


def test_a_mark_opens_the_facts(panel: panels.Panel) -> None:
    panel._figure._handle_custom_msg({"pick": "imani2024"}, [])
    assert panel._listing.opened == "imani2024"
    assert panel._listing.html == facts.STYLE + facts.html(real(), "imani2024")


def test_words_typed_by_a_person_are_no_markup() -> None:
    panel = panels.explore(real(), "funnel", Selection(text="<i>&"))
    # The page takes it as text; the static face is HTML.
    assert panel._figure.status[1] == "With the words “<i>&”"
    face = panel._repr_mimebundle_()["text/html"]
    assert "With the words “&lt;i&gt;&amp;”" in face
    assert "<i>" not in face


def test_asking_for_a_text_changes_nothing(panel: panels.Panel) -> None:
    parts = changes(panel)
    for text in ("subject=man", SCIATICA):
        panel.shared.filters._handle_custom_msg({"apply": text}, [])
    assert (parts, panel.selection) == ([], Selection())


def test_linked_panels_share_filters_and_nothing_else(panel: panels.Panel) -> None:
    other = panels.explore(real(), "timeline", link=panel)
    assert other.shared.filters is panel.shared.filters
    choose(other, Selection.parse(SCIATICA))
    assert steps(panel) == [6, 6, 6, 3, 1, 0, 0]
    assert other._figure.figure["alt"] == draw(selected(SCIATICA), "timeline")[1]
    assert panel._figure.status == other._figure.status
    other._picker._names.value = "claims"
    other._listing.opened = "raouf2025"
    assert panel._figure.figure["name"] == "funnel"
    assert panel._listing.opened == ""


def test_a_linked_panel_starts_with_what_is_chosen(panel: panels.Panel) -> None:
    choose(panel, Selection.parse(SCIATICA))
    other = panels.explore(real(), "funnel", link=panel)
    assert (str(other.selection), steps(other)) == (SCIATICA, [6, 6, 6, 3, 1, 0, 0])


def test_panels_that_are_not_linked_go_their_own_ways(panel: panels.Panel) -> None:
    other = panels.explore(real(), "funnel")
    choose(other, Selection(subject=()))
    assert (steps(panel), panel.selection) == (FUNNEL, Selection())


def refusal(*args: Any, **named: Any) -> str:
    with pytest.raises(ValueError) as caught:
        panels.explore(*args, **named)
    return str(caught.value)


def test_an_unknown_figure_is_refused() -> None:
    assert refusal(real(), "pie") == (
        "figure: 'pie' is not one of funnel, coverage, dots, directions, trials, doses, timeline, "
        "claims, information_size"
    )


def test_a_link_with_a_selection_is_refused(panel: panels.Panel) -> None:
    assert refusal(real(), selection=SCIATICA, link=panel) == (
        "selection: a linked panel has the selection of the other; leave it out"
    )


def test_a_link_to_another_review_is_refused(panel: panels.Panel) -> None:
    assert refusal(selected(SCIATICA), link=panel) == (
        "link: the other panel shows another review; give both the same one"
    )


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        pytest.param(
            "subject=man&cited_by=C",
            "subject: 'man' is not one of human, animal, in_vitro, review\n"
            "cited_by: 'C' is not one of A, B, search",
            id="unknown words",
        ),
        pytest.param("n_min=many", "n_min: 'many' is not a whole number", id="no text form"),
    ],
)
def test_a_bad_selection_is_refused(selection: str, message: str) -> None:
    with pytest.raises(SelectionError) as caught:
        panels.explore(real(), selection=selection)
    assert str(caught.value) == message


@pytest.mark.parametrize("name", NAMES)
def test_a_review_without_studies_can_be_explored(name: str) -> None:
    panel = panels.explore(selected("subject="), name)
    assert panel._figure.status[0].startswith("0 of 143 studies")
    choose(panel, Selection(text="pain", n_min=1, route=("oral",)))
    assert panel.selected.studies.empty


class Cells(HTMLParser):
    """The rows of a table, each a list of texts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows = list[list[str]]()
        self.feed(html)

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if data.strip() and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def test_static_face_speaks_without_a_kernel(panel: panels.Panel) -> None:
    choose(panel, Selection.parse(SCIATICA))
    bundle = panel._repr_mimebundle_()
    state = evidence.state(selected(SCIATICA))
    assert (VIEW in bundle, bundle["text/plain"]) == (True, state)
    face = bundle["text/html"]
    assert face.startswith(f"<p><b>{state}</b><br>Subject: Human; Condition: Sciatica</p>")
    assert face.endswith(
        "<p>The first 6 of 6 studies.</p>"
        "<p>Run the notebook (Run, Run All Cells) to filter the studies.</p>"
    )
    assert bundle[PLOTLY]["data"] == panel._figure.figure["data"]
    assert bundle[PLOTLY]["data"][0]["x"] == [6, 6, 6, 3, 1, 0, 0]
    assert bundle[PLOTLY]["config"]["showSendToCloud"] is False


def test_static_face_has_the_head_of_the_table() -> None:
    face = panels.explore(real())._repr_mimebundle_()["text/html"]
    head, *rows = Cells(face.partition("</table>")[0]).rows
    assert head == ["Study", "Subject", "Condition", "n", "Dose", "Reported finding"]
    assert len(rows) == 8
    # As in studies.csv; the second is a registration and gives no number.
    assert [row[3] for row in rows[:6]] == ["60", "not reported", "135", "30", "60", "90"]
    assert "<NA>" not in face and "&lt;NA&gt;" not in face
    assert "<p>The first 8 of 143 studies.</p>" in face


def test_static_face_of_no_study() -> None:
    face = panels.explore(real(), selection="subject=")._repr_mimebundle_()["text/html"]
    assert "0 of 143 studies" in face
    assert "<p>The first 0 of 0 studies.</p>" in face


@pytest.mark.parametrize("name", NAMES)
def test_picture_holds_the_figure_for_pages_without_a_kernel(name: str) -> None:
    picture = panels.picture(real(), name)
    data, _ = picture._repr_mimebundle_()
    assert VIEW in data
    assert data[PLOTLY]["data"] == picture.figure["data"]
    assert evidence.state(real()) in data[PLOTLY]["layout"]["title"]["text"].replace("<br>", " ")
    assert data["text/plain"] == draw(real(), name)[1]
