"""What the widgets share: their scripts, and large ones of other packages, sent packed and once."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, ClassVar

import anywidget
from plotly.offline import get_plotlyjs

HERE = Path(__file__).parent
SCRIPTS: Mapping[str, Callable[[], str]] = {
    "plotly": get_plotlyjs,
    "table": lambda: of_table("dt_bundle.js"),
}
# A higher level takes twice as long, and saves a twentieth.
LEVEL = 4


class Scripted(anywidget.AnyWidget):
    """A widget with a script of ours, whose files a subclass names, after what all share.

    The files are joined, so that an earlier one gives its names to those after it.
    """

    _own: ClassVar[tuple[str, ...]]

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.on_msg(_send_script)

    @property
    def _esm(self) -> str:
        return "".join((HERE / name).read_text("utf-8") for name in ("scripts.js", *self._own))


def of_table(name: str) -> str:
    """Return the text of a file of DataTables, as itables brings it."""
    # Found without importing the package, which takes a quarter of a second.
    path = distribution("itables").locate_file(f"itables/html/{name}")
    return Path(str(path)).read_text(encoding="utf-8")


def _send_script(widget: Scripted, message: Mapping[str, Any], _: list[bytes]) -> None:
    name = str(message.get("need"))
    if name in SCRIPTS:
        packed = gzip.compress(SCRIPTS[name]().encode("utf-8"), LEVEL, mtime=0)
        widget.send({"script": name}, buffers=[packed])
