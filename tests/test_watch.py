"""The sign of life of a kernel: each question comes back, and nothing else does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go
import pytest

from review import panels
from review.live import LiveFigure
from review.watch import Watch
from tests.real import real


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        pytest.param({"alive": 0.25}, [{"alive": 0.25}], id="question"),
        pytest.param({"need": "something else"}, [], id="other"),
    ],
)
def test_a_question_comes_back(
    monkeypatch: pytest.MonkeyPatch, message: dict[str, Any], expected: list[Any]
) -> None:
    watch, sent = Watch(LiveFigure(), lambda act: act()), list[Any]()
    monkeypatch.setattr(watch, "send", sent.append)
    watch._handle_custom_msg(message, [])
    assert sent == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        pytest.param(2, ["alone", "let go"], id="the last"),
        pytest.param(1, ["alone", 2, "let go"], id="one before"),
        pytest.param(None, ["alone", "let go"], id="none yet"),
    ],
)
def test_a_figure_that_was_lost_is_sent_again(
    monkeypatch: pytest.MonkeyPatch, shown: int | None, expected: list[Any]
) -> None:
    figure, sent = LiveFigure(), list[Any]()

    def alone(act: Callable[[], None]) -> None:
        sent.append("alone")
        act()
        sent.append("let go")

    for name in ("funnel", "dots"):
        figure.show(name, go.Figure(), "")
    monkeypatch.setattr(figure, "send_state", lambda: sent.append(figure.shown))
    Watch(figure, alone)._handle_custom_msg({"alive": 1, "shown": shown}, [])
    assert sent == expected


def test_it_stands_at_the_top_of_each_panel() -> None:
    first = panels.explore(real(), "funnel")
    tops = [first.children[0], panels.explore(real(), "funnel", link=first).children[0]]
    assert all(isinstance(top, Watch) for top in tops)
    assert tops[0] is not tops[1]
    assert "review-watch" in tops[0]._dom_classes
