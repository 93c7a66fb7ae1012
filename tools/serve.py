"""Show the notebooks without code: Voila, with a browser that has the token it asks for."""

from __future__ import annotations

import webbrowser
from html import escape
from pathlib import Path

from voila.app import Voila

OPENED = '<meta http-equiv="refresh" content="0; url={}">'


class Served(Voila):
    """Voila opens its address without the token, which ends at a question for it."""

    def launch_browser(self) -> None:
        """Open the list of notebooks in a browser, where there is one."""
        # By a file in a folder of this user, since everybody can see what a browser is called with.
        page = Path(self.connection_dir) / "open.html"
        page.write_text(OPENED.format(escape(self.display_url)), encoding="utf-8")
        webbrowser.open(page.as_uri())


if __name__ == "__main__":
    Served.launch_instance()
