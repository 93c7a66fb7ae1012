"""What the widgets share: their scripts, and large ones of other packages, sent packed and once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import anywidget
from plotly.offline import get_plotlyjs

HERE = Path(__file__).parent
SCRIPTS: Mapping[str, Callable[[], str]] = {
    "plotly": get_plotlyjs,
    "table": lambda: (files("itables") / "html" / "dt_bundle.js").read_text("utf-8"),
}


class Scripted(anywidget.AnyWidget):
    """A widget with a script of ours, whose file a subclass names, and with what all share."""

    _own: ClassVar[str]

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.on_msg(_send_script)

    @property
    def _esm(self) -> str:
        return "".join((HERE / name).read_text("utf-8") for name in ("scripts.js", self._own))


def _send_script(widget: Scripted, message: Mapping[str, Any], _: list[bytes]) -> None:
    name = str(message.get("need"))
    if name in SCRIPTS:
        packed = gzip.compress(SCRIPTS[name]().encode("utf-8"), mtime=0)
        widget.send({"script": name}, buffers=[packed])
