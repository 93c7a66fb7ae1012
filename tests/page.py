"""What a page sends to the filters, for tests without a page."""

from __future__ import annotations

import json

from review.filters import Filters
from review.selection import FIELDS, Selection

OPEN = dict.fromkeys(FIELDS)


def choose(filters: Filters, selection: Selection, turn: tuple[str, int] = ("page", 1)) -> None:
    """Send what a person ticked and typed, with the page and how often it has chosen."""
    given = dict(selection.given())
    past = [*filters.past, filters.chosen]
    filters.set_state(json.loads(json.dumps({"chosen": OPEN | given, "past": past, "turn": turn})))


def rests(filters: Filters) -> None:
    """Send that the charts are drawn and no other change came."""
    filters._handle_custom_msg({"rest": True}, [])
