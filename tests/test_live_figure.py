"""The live figure without a page: what it holds, what it is told, what it sends when."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from review.live import CONFIG, PLOTLY, LiveFigure, Picture, still

FIGURE = go.Figure(go.Bar(x=[0, 3], y=["none", "some"]), go.Layout(title="Three"))


def shown(figure: dict[str, Any]) -> tuple[Any, ...]:
    (trace,) = figure["data"]
    return figure["name"], figure["alt"], trace["x"], figure["layout"]["title"]["text"]


def test_a_new_one_is_empty() -> None:
    live = LiveFigure()
    assert (live.figure, live.status) == ({}, [])
    assert live.config == {
        "displaylogo": False, "displayModeBar": False, "showSendToCloud": False,
        "typesetMath": False,
    }  # fmt: skip


def test_show_replaces_the_figure_in_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    live, messages = LiveFigure(), list[set[str]]()
    monkeypatch.setattr(live, "send_state", lambda key: messages.append(set(key)))
    live.show("three", FIGURE, "None, then some.")
    assert messages == [{"figure", "shown"}]
    assert shown(live.figure) == ("three", "None, then some.", [0, 3], "Three")
    live.show("four", go.Figure(go.Bar(x=[4]), go.Layout(title="Four")), "Four.")
    assert messages == [{"figure", "shown"}] * 2
    assert shown(live.figure) == ("four", "Four.", [4], "Four")


def test_the_figure_is_plain_data() -> None:
    live = LiveFigure()
    live.show("three", FIGURE, "None, then some.")
    assert json.loads(json.dumps(live.figure)) == live.figure


def test_the_status_is_a_message_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    live, messages = LiveFigure(), list[object]()
    monkeypatch.setattr(live, "send_state", lambda key: messages.append(key))
    live.status = ["2 of 3", "<b>"]
    assert messages == ["status"]


def test_a_pick_reaches_everyone_who_asked() -> None:
    live, one, other = LiveFigure(), list[str](), list[str]()
    live.on_pick(one.append)
    live.on_pick(other.append)
    live._handle_custom_msg({"pick": "abbasi2012"}, [])
    assert (one, other) == (["abbasi2012"], ["abbasi2012"])


@pytest.mark.parametrize(
    "message",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"pick": None}, id="a mark that names no study"),
        pytest.param({"pick": ["2 votes"]}, id="a cell"),
        pytest.param({"pick": 7}, id="a number"),
        pytest.param({"need": "something else"}, id="another need"),
    ],
)
def test_other_messages_are_left_alone(
    message: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    live, picked, sent = LiveFigure(), list[str](), list[object]()
    live.on_pick(picked.append)
    monkeypatch.setattr(live, "send", lambda *args, **named: sent.append(args))
    live._handle_custom_msg(message, [])
    assert (picked, sent) == ([], [])


def test_a_new_figure_sends_no_script() -> None:
    live = LiveFigure()
    live.show("three", FIGURE, "None, then some.")
    assert len(json.dumps(live.get_state())) < 20_000


def test_a_picture_says_itself_without_a_kernel() -> None:
    picture = Picture("three", FIGURE, "None, then some.")
    data, _ = picture._repr_mimebundle_()
    assert data["text/plain"] == "None, then some."
    assert data[PLOTLY] == still(picture.figure)
    assert set(data[PLOTLY]) == {"data", "layout", "config"}
    assert data[PLOTLY]["config"] == CONFIG
    assert data[PLOTLY]["data"][0]["x"] == [0, 3]
