"""Stored text as HTML, XML, Markdown and labels, read back with parsers that are not ours."""

from __future__ import annotations

from html import unescape
from xml.etree import ElementTree

import mistune
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from review import markup
from tests.read_back import tags

SIGNS = st.text(st.sampled_from("<>&\"'$\\`*_[]()|~#+-=.!:/@%{}1 ax\n\t\u05d0\u2028"), max_size=12)
# As nbconvert reads Markdown; JupyterLab is seen in the tests with a browser.
MISTUNE = mistune.create_markdown(
    escape=False, plugins=["strikethrough", "table", "url", "task_lists", "def_list"]
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("fee $5 for A and $10", "fee <span>$</span>5 for A and <span>$</span>10"),
        ("\\(x\\)", "<span>\\</span>(x<span>\\</span>)"),
        ("\\begin{equation}", "<span>\\</span>begin{equation}"),
        ("\"'", "&quot;&#x27;"),
    ],
)
def test_html(text: str, html: str) -> None:
    assert markup.html(text) == html


@given(SIGNS)
def test_any_text_is_one_text_of_html(text: str) -> None:
    page = BeautifulSoup(f"<p>{markup.html(text)}</p>", "html.parser")
    assert page.get_text() == text
    assert tags(markup.html(text)) <= {"span"}
    # A page joins the texts of an element, and reads no mathematics across two of them.
    for piece in page.find_all(string=True):
        assert piece in ("$", "\\") or not set("$\\") & set(piece)


@given(SIGNS)
def test_any_text_is_one_text_of_xml(text: str) -> None:
    # A parser of XML makes a blank of a line break in an attribute, and keeps it in an element.
    root = ElementTree.fromstring(f'<t a="{markup.xml(text)}">{markup.xml(text)}</t>')
    assert (root.text or "") == text
    assert root.get("a", "").split() == text.split()


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("fee $5", "fee <span>&#36;</span>5"),
        ("\\(x\\)", "<span>&#92;</span>(x<span>&#92;</span>)"),
        ("a <b> & c", "a &#60;b&#62; &#38; c"),
        ("[l](u)", "\\[l\\](u)"),
        ("a | b", "a \\| b"),
        ("n_total, _so_", "n_total, \\_so\\_"),
        ("one\n\n# two", "one # two"),
        ("- item", "\\- item"),
        ("# head", "\\# head"),
        ("12. item", "12\\. item"),
        ("1) item", "1\\) item"),
        ("3.5 mg", "3.5 mg"),
        ("12 of 30", "12 of 30"),
        ("see https://x.org", "see https&#58;//x.org"),
        ("www.x.org", "www&#46;x.org"),
        ("me@x.org", "me&#64;x.org"),
    ],
)
def test_markdown(text: str, markdown: str) -> None:
    assert markup.markdown(text) == markdown


@given(SIGNS)
def test_any_text_is_one_line_of_markdown(text: str) -> None:
    for before in ("", "> ", "- ", "word "):
        page = MISTUNE(f"{before}{markup.markdown(text)}\n")
        told = BeautifulSoup(str(page), "html.parser").get_text()
        assert told.split() == f"{before.strip('> -')} {text}".split()
        assert tags(str(page)) <= {"p", "span", "blockquote", "ul", "li"}


@given(SIGNS)
def test_any_text_is_bold_and_in_a_table_as_it_stands(text: str) -> None:
    cell = markup.markdown(f"a {text} z")
    page = MISTUNE(f"| one | two |\n|---|---|\n| **{cell}** | {cell} |\n")
    found = BeautifulSoup(str(page), "html.parser").find_all("td")
    assert [told.get_text().split() for told in found] == [f"a {text} z".split()] * 2
    assert tags(str(page)) <= {"table", "thead", "tbody", "tr", "th", "td", "strong", "span"}


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("n_total", "`n_total`"),
        (";", "`;`"),
        ("a`b", "<code>a\\`b</code>"),
        ("$x$", "<code><span>&#36;</span>x<span>&#36;</span></code>"),
        ("<b>", "<code>&#60;b&#62;</code>"),
    ],
)
def test_code(text: str, markdown: str) -> None:
    assert markup.code(text) == markdown


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("<a href='x'>", "&lt;a href='x'&gt;"),
        ("&lt;", "&amp;lt;"),
        ("%{x}", "&#37;{x}"),
        ("50% {x}", "50% {x}"),
        ("$x$", "&#36;x&#36;"),
    ],
)
def test_label(text: str, label: str) -> None:
    assert markup.label(text) == label


@given(SIGNS)
def test_any_text_is_one_label(text: str) -> None:
    label = markup.label(text)
    assert unescape(label) == text
    assert not set("<>$") & set(label)
    assert "%{" not in label


def test_a_long_label_is_cut_before_it_is_escaped() -> None:
    assert markup.wrapped("aa <bb> cc & dd", 7) == "aa &lt;bb&gt;<br>cc &amp; dd"


WEB = [
    ("https://example.org/a?b=1&c=2#d", "example.org", "https://example.org/a?b=1&c=2#d"),
    ("HTTP://Example.org:80/", "example.org", "HTTP://Example.org:80/"),
    ("https://x/%41", "x", "https://x/%41"),
    ('https://x/"><img/src=x/onerror=alert(1)>', "x",
     "https://x/%22%3E%3Cimg/src=x/onerror=alert(1)%3E"),
    ("https://x/$a$*_`[]{}|~^", "x", "https://x/%24a%24%2A_%60%5B%5D%7B%7D%7C~%5E"),
    ("https://x/\u05d0", "x", "https://x/%D7%90"),
]  # fmt: skip
NOT_WEB = [
    "", "word", "//x", "https:", "https://", "https:///x", "ftp://x", "mailto:a@x",
    "data:text/html,x", "javascript:alert(1)", "JavaScript:alert(1)//https://x", " https://x",
    "https://x y", "https://x\ty", "https://x>)<script>alert(1)</script>", "https://%78.org",
    "ht\ntps://x", "https://x\n", "\x01https://x", "https://x\u00a0y", "https://x\u200by",
    "https://x\u202ey", "https://good.org@evil.org", "https://good.org:x@evil.org/",
    "https://good.org\\@evil.org", "https:\\\\x", "https://[", "https://x\ud800",
]  # fmt: skip


@pytest.mark.parametrize(("url", "host", "address"), WEB)
def test_a_web_address_is_a_link(url: str, host: str, address: str) -> None:
    assert markup.host(url) == host
    (link,) = BeautifulSoup(markup.link(url, url), "html.parser").find_all("a")
    assert link.attrs == {"href": address, "target": "_blank", "rel": ["noopener", "noreferrer"]}
    assert link.get_text() == url
    told = MISTUNE(f"- **{markup.link(url, url, markup.markdown)}**: words")
    (link,) = BeautifulSoup(str(told), "html.parser").find_all("a")
    assert (link["href"], link.get_text()) == (address, url)
    assert tags(str(told)) <= {"ul", "li", "strong", "a", "span"}


@pytest.mark.parametrize("url", NOT_WEB, ids=ascii)
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert markup.host(url) == ""
    assert markup.link(url, "a & b") == "a &amp; b"
    assert markup.link(url, "a & b", markup.markdown) == "a &#38; b"


def test_a_table_with_its_addresses() -> None:
    frame = pd.DataFrame({"<A>": ["$<b>", 3], "B": ["https://x.org/y", "javascript:alert(1)"]})
    assert markup.table(frame) == (
        '<table class="dataframe">\n<thead><tr><th scope="col">&lt;A&gt;</th>'
        '<th scope="col">B</th></tr></thead>\n<tbody>\n'
        "<tr><td><span>$</span>&lt;b&gt;</td>"
        '<td><a href="https://x.org/y" target="_blank" rel="noopener noreferrer">x.org</a></td>'
        "</tr>\n<tr><td>3</td><td>javascript:alert(1)</td></tr>\n</tbody>\n</table>"
    )
