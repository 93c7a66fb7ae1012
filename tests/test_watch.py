"""The sign of life of a kernel: each question comes back, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest

from review import panels
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
    watch, sent = Watch(), list[Any]()
    monkeypatch.setattr(watch, "send", sent.append)
    watch._handle_custom_msg(message, [])
    assert sent == expected


def test_it_stands_at_the_top_of_each_panel() -> None:
    first = panels.explore(real(), "funnel")
    tops = [first.children[0], panels.explore(real(), "funnel", link=first).children[0]]
    assert all(isinstance(top, Watch) for top in tops)
    assert tops[0] is not tops[1]
    assert "review-watch" in tops[0]._dom_classes
