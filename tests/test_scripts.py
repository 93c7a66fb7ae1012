"""Large scripts: sent when a page asks, compressed, and not before."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from plotly.offline import get_plotlyjs

from review.downloads import Saver
from review.live import LiveFigure
from review.scripts import HERE, Scripted

# Scripted sizes in bytes: plotly.js itself is almost 5 MB, the table with all it can do 0.6.
MOST = {"plotly": 1_600_000, "table": 200_000}


def answers(widget: Scripted, monkeypatch: pytest.MonkeyPatch, message: Any) -> list[Any]:
    sent = list[Any]()
    monkeypatch.setattr(widget, "send", lambda content, buffers: sent.append((content, buffers)))
    widget._handle_custom_msg(message, [])
    return sent


@pytest.mark.parametrize("name", MOST)
def test_a_script_is_sent_compressed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ((content, (script,)),) = answers(LiveFigure(), monkeypatch, {"need": name})
    assert content == {"script": name}
    assert len(script) < MOST[name]
    # The same bytes each time, so that nothing is sent that depends on the clock.
    assert answers(LiveFigure(), monkeypatch, {"need": name})[0][1] == [script]


def test_a_script_arrives_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    ((_, (script,)),) = answers(Saver(), monkeypatch, {"need": "plotly"})
    assert gzip.decompress(script).decode("utf-8") == get_plotlyjs()


def test_the_table_is_that_of_datatables(monkeypatch: pytest.MonkeyPatch) -> None:
    ((_, (script,)),) = answers(Saver(), monkeypatch, {"need": "table"})
    text = gzip.decompress(script).decode("utf-8")
    # What listing.js takes from the bundle.
    assert "as default" in text and "as set_or_remove_dark_class" in text
    assert "Select for DataTables" in text


@pytest.mark.parametrize("message", [{}, {"need": None}, {"need": "something else"}])
def test_other_messages_are_left_alone(message: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(LiveFigure(), monkeypatch, message) == []


def test_every_widget_has_the_shared_script_before_its_own() -> None:
    shared = (HERE / "scripts.js").read_text(encoding="utf-8")
    own = (HERE / "live.js").read_text(encoding="utf-8")
    assert LiveFigure().get_state(["_esm"])["_esm"] == shared + own
