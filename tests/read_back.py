"""HTML as a parser reads it, to be compared with what may stand in it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements with their attributes, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def tags(html: str) -> set[str]:
    """Return the names of the elements."""
    return {tag for tag, _ in elements(html)}
