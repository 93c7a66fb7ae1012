"""Notebooks in JupyterLab after Run All, one at a time; modules with the same cells share one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from playwright.sync_api import Browser

from tests.browser.lab import Lab

FIRST = "1_the_answer"
LOADED = "import review\nfrom review import panels\ndata = review.load()"
Cells = tuple[str, ...]


@dataclass
class Labs:
    """The notebook that is open in this browser, at a server with this folder."""

    browser: Browser
    address: str
    folder: Path
    _cells: Cells | None = None
    _lab: Lab | None = None

    def opened(self, name: str, cells: Cells) -> Lab:
        """Return a notebook with these cells; without any, the first at the address of `make lab`.

        It is the one that is open if its cells are the same; any other is closed.
        """
        if self._lab and cells == self._cells:
            return self._lab
        self.close()
        self._cells, self._lab = cells, self._open(name if cells else FIRST, cells)
        return self._lab

    def close(self) -> None:
        """Close the page that is open, if there is one."""
        if self._lab:
            self._lab.page.close()
            self._lab = None

    def _open(self, name: str, cells: Cells) -> Lab:
        notebook, address = self.folder / "notebooks" / f"{name}.ipynb", self.address
        if cells:
            _write(notebook, LOADED, *cells)
            # In a workspace of its own, lest JupyterLab opens the notebook of another test too.
            place = f"/lab/workspaces/{name}/tree/notebooks/{name}.ipynb"
            address = re.sub(r"/lab/tree/[^?]*", place, address)
        lab = Lab(self.browser.new_page(viewport={"width": 1400, "height": 1000}), notebook)
        lab.open(address)
        lab.run()
        return lab


def _write(path: Path, *cells: str) -> None:
    # The metadata name the kernel, lest JupyterLab asks which.
    notebook = nbformat.read(path.with_name(f"{FIRST}.ipynb"), as_version=4)
    notebook["cells"] = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, path)
