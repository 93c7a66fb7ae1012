"""What a page sends to the filters, for tests without a page."""

from __future__ import annotations

import json

from review.filters import Filters
from review.selection import FIELDS, Selection

OPEN = dict.fromkeys(FIELDS)


def choose(filters: Filters, selection: Selection) -> None:
    """Send what a person ticked and typed."""
    given = dict(selection.given())
    past = [*filters.past, filters.chosen]
    filters.set_state(json.loads(json.dumps({"chosen": OPEN | given, "past": past})))


def rests(filters: Filters) -> None:
    """Send that the charts are drawn and no other change came."""
    filters._handle_custom_msg({"rest": True}, [])
