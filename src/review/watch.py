"""Whether the kernel behind a panel is there, and the panel has drawn what it sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from review.live import LiveFigure
from review.scripts import Scripted


class Watch(Scripted):
    """Says at the top of a panel that its kernel is busy, out of reach or gone; else nothing.

    The page hears of most of it from the kernel's connection. What that cannot tell, such as a
    kernel that was started anew while the connection was down, it learns by a question: `alive`
    with a number, which comes back. With it the page says which figure it has drawn last; where
    that is not the last of `figure`, because a message was lost, the figure is sent again, `alone`.
    """

    _own = ("watch.js",)

    def __init__(self, figure: LiveFigure, alone: Callable[[Callable[[], None]], None]) -> None:
        super().__init__()
        self._figure, self._alone = figure, alone
        self.add_class("review-watch")
        self.on_msg(self._answer)

    def _answer(self, _: object, message: Mapping[str, Any], __: list[bytes]) -> None:
        if "alive" in message:
            self.send({"alive": message["alive"]})
            # Alone, lest a figure that is drawn meanwhile goes out before this one.
            self._alone(lambda: self._send_again(message.get("shown")))

    def _send_again(self, shown: int | None) -> None:
        if shown not in (None, self._figure.shown):
            self._figure.send_state()
