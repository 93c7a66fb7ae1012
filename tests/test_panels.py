"""The panel without a browser: boxes to a selection, to numbers, figures and a static face."""

from __future__ import annotations

from typing import Any

import pytest

from review import evidence, panels
from review.controls import Ticks, Years
from review.live import PLOTLY, LiveFigures
from review.selection import Selection
from tests.real import real, selected

VIEW = "application/vnd.jupyter.widget-view+json"


def box(ticks: Ticks, label: str) -> Any:
    return next(box for box in ticks.parts[1].children if box.description == label)


def button(ticks: Ticks, label: str) -> Any:
    return next(child for child in ticks.parts[0].children if child.description == label)


@pytest.fixture
def panel() -> panels.Panel:
    return panels.explore(real())


def shown(panel: panels.Panel, name: str) -> list[Any]:
    data: list[Any] = panel._figures.figures[name]["data"]
    return data


def test_at_first_everything_is_shown(panel: panels.Panel) -> None:
    assert panel.selection == Selection()
    assert shown(panel, "funnel")[0]["x"] == [143, 64, 6, 3, 1, 0, 0]
    assert "143 of 143 studies" in panel._state.value


def test_unticking_a_box_narrows_everything(panel: panels.Panel) -> None:
    box(panel._groups["subject"], "Human").value = False
    assert str(panel.selection) == "subject=animal,in_vitro,review"
    assert shown(panel, "funnel")[0]["x"] == [79, 0, 0, 0, 0, 0, 0]
    assert [row[0] for row in shown(panel, "coverage")[0]["text"]] == ["0"] * 14
    assert evidence.state(selected("subject=animal,in_vitro,review")) in panel._state.value
    title = panel._figures.figures["coverage"]["layout"]["title"]
    assert "79 of 143 studies" in title["text"]


def test_ticking_it_again_opens_the_field(panel: panels.Panel) -> None:
    for value in (False, True):
        box(panel._groups["subject"], "Human").value = value
    assert panel.selection == Selection()


def test_none_then_one_word(panel: panels.Panel) -> None:
    button(panel._groups["route"], "None").click()
    assert panel.selection == Selection(route=())
    assert panel.selected.studies.empty
    box(panel._groups["route"], "By mouth").value = True
    assert panel.selection == Selection(route=("oral",))
    button(panel._groups["route"], "All").click()
    assert panel.selection == Selection()


def test_years(panel: panels.Panel) -> None:
    first, last = panel._years.box.children
    assert (first.value, last.value) == (1993, 2025)
    first.value, last.value = 2000, 2010
    assert panel.selection == Selection(year_from=2000, year_to=2010)


def test_reset_opens_everything_and_tells_once(panel: panels.Panel) -> None:
    button(panel._groups["condition"], "None").click()
    panel._years.box.children[0].value = 2020
    said: list[object] = []
    panel._figures.observe(said.append, "figures")
    panel.reset()
    assert panel.selection == Selection()
    assert len(said) == 1


def test_a_review_without_studies_can_be_explored() -> None:
    empty = panels.explore(selected("subject="))
    assert "0 of 143 studies" in empty._state.value
    assert empty.selection == Selection()


def test_ticks_tell_nothing_while_they_are_set() -> None:
    told: list[None] = []
    ticks = Ticks(real(), "subject", lambda: told.append(None))
    ticks.tick(everything=False)
    assert ticks.words == ()
    assert not told


def test_years_tell_of_a_change_by_hand_only() -> None:
    told: list[None] = []
    years = Years(real(), lambda: told.append(None))
    years.box.children[0].value = 2001
    years.open()
    assert years.chosen == {"year_from": None, "year_to": None}
    assert len(told) == 1


def test_static_face_speaks_without_a_kernel(panel: panels.Panel) -> None:
    box(panel._groups["subject"], "Human").value = False
    bundle = panel._repr_mimebundle_()
    assert VIEW in bundle
    assert bundle["text/plain"] == evidence.state(panel.selected)
    face = bundle["text/html"]
    assert evidence.state(panel.selected) in face
    assert "Subject: Animal or In vitro or Review" in face
    assert face.index("<th>Sciatica</th>") < face.index("<th>Spinal or block safety</th>")
    assert "<td>0</td>" in face


def test_picture_holds_the_figure_for_pages_without_a_kernel() -> None:
    data, _ = panels.picture(real(), "funnel")._repr_mimebundle_()
    assert data[PLOTLY]["data"][0]["x"] == [143, 64, 6, 3, 1, 0, 0]
    assert data[PLOTLY]["config"]["showSendToCloud"] is False
    assert data["text/plain"] == evidence.describe("funnel", evidence.funnel(real()))


def test_script_is_sent_when_a_page_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[Any, Any]] = []
    widget = LiveFigures()
    monkeypatch.setattr(widget, "send", lambda content, buffers: sent.append((content, buffers)))
    widget._handle_custom_msg({"need": "plotly"}, [])
    widget._handle_custom_msg({"need": "something else"}, [])
    ((content, buffers),) = sent
    assert content == {"plotly": True}
    # Packed: plotly.js itself is almost 5 MB.
    assert len(buffers[0]) < 2_000_000
