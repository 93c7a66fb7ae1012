"""The only way from stored text to HTML, XML, Markdown and the labels of charts."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    import pandas as pd

# What begins mathematics in a notebook page, which joins neighbouring texts but no elements.
MATHS = re.compile(r"[$\\]")
# What means something in Markdown: an underline only at the edge of a word, and what a page makes
# a link of by itself.
MARKS = re.compile(r"[\\`*\[\]<>|~$&@]|(?<!\w)_|_(?!\w)|:(?=//)|(?<=www)\.", re.IGNORECASE)
ENTITIES = "<>&@:."
# At the start of a line: a heading, a list, a rule.
START = re.compile(r"^(\d+(?=[.)](?: |$))|(?=[#+=-]))(.)")
PLAIN = re.compile(r"[\w ,.:;()/-]+")
# What an address keeps; all else is written as a percent sign and a number, quotes above all.
KEPT = "%/:?#@!&()+,;='"
SCHEMES = ("http", "https")
HOST = re.compile(r"[\w.-]+")


def html(text: str) -> str:
    """Return a text for the inside of an HTML element: no tag, and no mathematics."""
    return MATHS.sub(r"<span>\g<0></span>", escape(text))


def xml(text: str) -> str:
    """Return a text for XML, or for an attribute or the title of an HTML page."""
    return escape(text)


def markdown(text: str) -> str:
    """Return a text as one line of Markdown that shows its words as they are."""
    line = folded(text)
    return START.sub(r"\1\\\2", MARKS.sub(lambda found: _marked(found[0]), line))


def _marked(sign: str) -> str:
    if MATHS.match(sign):
        return f"<span>&#{ord(sign)};</span>"
    return f"&#{ord(sign)};" if sign in ENTITIES else f"\\{sign}"


def code(text: str) -> str:
    """Return a name as Markdown in the letters of code."""
    return f"`{text}`" if PLAIN.fullmatch(text) else f"<code>{markdown(text)}</code>"


def label(text: str) -> str:
    """Return a text for plotly, which otherwise reads tags, entities, gaps and mathematics."""
    return escape(text, quote=False).replace("%{", "&#37;{").replace("$", "&#36;")


def wrapped(text: str, letters: int) -> str:
    """Return a text as a label of lines that have at most so many letters."""
    return "<br>".join(label(line) for line in wrap(text, letters))


def folded(text: str) -> str:
    """Return a text on one line, with one blank for any white space."""
    return " ".join(text.split())


def link(url: str, text: str, write: Callable[[str], str] = html) -> str:
    """Return a link that opens beside the page, or the mere text where it is no web address.

    `write` is `html`, or `markdown` for a link in Markdown.
    """
    if not host(url):
        return write(text)
    address = escape(quote(url, safe=KEPT))
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{write(text)}</a>'


def host(url: str) -> str:
    """Return the host of a web address, and "" of any other text.

    An address that hides where it leads is none: with blanks or signs that cannot be seen, with
    backslashes, which browsers take for slashes, or with a user's name before the host.
    """
    if not url.isprintable() or " " in url or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    name = parts.hostname or ""
    web = parts.scheme in SCHEMES and "@" not in parts.netloc and HOST.fullmatch(name)
    return name if web else ""


def table(frame: pd.DataFrame) -> str:
    """Return a table as HTML; of a web address it shows the host, as a link."""
    head = "".join(f'<th scope="col">{html(str(name))}</th>' for name in frame.columns)
    rows = frame.itertuples(index=False, name=None)
    body = "".join(f"<tr>{''.join(_cell(str(value)) for value in row)}</tr>\n" for row in rows)
    return (
        f'<table class="dataframe">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{body}</tbody>\n</table>"
    )


def _cell(text: str) -> str:
    return f"<td>{link(text, host(text) or text)}</td>"
