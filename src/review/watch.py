"""Whether the kernel behind a panel is there: a line at its top, for when it is not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from review.scripts import Scripted


class Watch(Scripted):
    """Says at the top of a panel that its kernel is busy, out of reach or gone; else nothing.

    The page hears of most of it from the kernel's connection. What that cannot tell, such as a
    kernel that was started anew while the connection was down, it learns by a question: `alive`
    with a number, which comes back.
    """

    _own = "watch.js"

    def __init__(self) -> None:
        super().__init__()
        self.add_class("review-watch")
        self.on_msg(_answer)


def _answer(widget: Watch, message: Mapping[str, Any], _: list[bytes]) -> None:
    if "alive" in message:
        widget.send({"alive": message["alive"]})
