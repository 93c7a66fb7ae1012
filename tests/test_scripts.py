"""Large scripts: sent when a page asks, compressed, and not before."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from plotly.offline import get_plotlyjs

from review.downloads import Saver
from review.filters import Filters
from review.listing import Listing
from review.live import LiveFigure
from review.scripts import HERE, Scripted
from review.selection import Selection
from review.tables import ROOT
from review.watch import Watch
from tests.real import real

WIDGETS = (Filters, LiveFigure, Listing, Saver, Watch)
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
    shared, own = read("scripts.js"), read("live.js")
    assert LiveFigure().get_state(["_esm"])["_esm"] == shared + own


def test_pieces_are_joined_in_their_order() -> None:
    script = Filters(real(), Selection()).get_state(["_esm"])["_esm"]
    named = ("scripts", "history", "pacing", "choices", "fields", "groups", "viewtext", "filters")
    assert script == "".join(read(f"{name}.js") for name in named)


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.__name__)
def test_only_the_last_piece_is_a_module(widget: type[Scripted]) -> None:
    # Joined, they are one module, in which no name may be given twice.
    texts = [read(name) for name in ("scripts.js", *widget._own)]
    assert [text.count("\nexport ") for text in texts] == [0] * (len(texts) - 1) + [1]
    assert not re.search(r"^import ", "\n".join(texts), re.M)
    given = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", "\n".join(texts), re.M)
    assert sorted(given) == sorted(set(given))


def test_every_script_is_sent_with_some_widget() -> None:
    own = {name for widget in WIDGETS for name in widget._own}
    assert {path.name for path in HERE.glob("*.js")} == own | {"scripts.js"}


def read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


TYPES = (ROOT / "tools" / "scripts" / "types.js").read_text(encoding="utf-8")


def typed(name: str) -> set[str]:
    """Return the names in the type of a state, as tools/scripts/types.js has it."""
    if found := re.search(rf"@typedef \{{\{{(.*?)\}}\}} {name} ", TYPES):
        return set(re.findall(r"(\w+):", found[1]))
    (found,) = re.finditer(rf"@typedef \{{object\}} {name}\n((?: \* @property .*\n)+)", TYPES)
    return set(re.findall(r"(\w+)$", found[1], re.MULTILINE))


@pytest.mark.parametrize(
    ("widget", "names"),
    [
        pytest.param(Filters, ("Shown", "FiltersOwn"), id="filters"),
        pytest.param(LiveFigure, ("FigureState",), id="figure"),
        pytest.param(Listing, ("ListingState",), id="listing"),
        pytest.param(Saver, ("SaverState",), id="saver"),
        pytest.param(Watch, ("WatchState",), id="watch"),
    ],
)
def test_the_types_of_the_scripts_name_what_a_widget_shares(
    widget: type[Scripted], names: tuple[str, ...]
) -> None:
    shared = set(widget.class_trait_names(sync=True)) - set(Scripted.class_trait_names())
    assert set[str]().union(*map(typed, names)) == shared
