"""Nothing in the data runs: one module turns stored text into markup, and nothing gets past it."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from review import Review, charts, evidence, facts, markup, panels, provenance
from review.dictionary import dictionary
from review.export import pages
from review.export.files import drawn
from review.export.stamps import Stamp
from review.export.views import View
from review.figures import NAMES, draw
from review.schema import Field, Package
from review.style import SCREEN, TALK, Look
from review.tables import ROOT
from tests.read_back import elements, tags
from tests.real import real
from tests.test_markup import MISTUNE
from tools.notebooks import PATHS

SOURCE = ROOT / "src" / "review"

# What makes markup of text in Python, with the places that may and why.
WAYS = re.compile(
    r"\b(escape|to_html|to_markdown|render_links|Styler|HTML|Markdown|SVG|Javascript|IFrame"
    r"|HTMLMath|Template)\b"
)
MAY = {
    "markup.py: escape": "this is the one place",
    "scratch.py: escape": "of a pattern, not of text for people",
    "export/pages.py: to_html": "plotly's own, which writes < > and / of its data as numbers",
}
# A tag or a link that stands in the code, with gaps for text.
TAG = re.compile(r"(?<!P)</?[a-z]|\bhref=|\]\((?!\?)")
BUILD = {
    "markup.py": "this is the one place",
    "facts/pieces.py": "pieces of the card of a study",
    "facts/study.py": "the card of a study",
    "facts/rows.py": "the frame of a table",
    "panels.py": "the words of a panel without a kernel",
    "dictionary.py": "the data dictionary, in Markdown",
    "export/pages.py": "the page of figures",
    "export/stamps.py": "the description in an SVG",
    "style.py": "the title of a chart, in plotly's own tags",
    "charts/amounts.py": "labels, in plotly's own tags",
    "charts/asides.py": "labels, in plotly's own tags",
    "charts/findings.py": "labels, in plotly's own tags",
    "charts/maps.py": "labels, in plotly's own tags",
    "charts/statements.py": "labels, in plotly's own tags",
    "charts/parts.py": "a note, in plotly's own tags",
}
# The same in a page.
JS_WAYS = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|createContextualFragment|DOMParser"
    r"|srcdoc|document\.write\w*|eval\(|new Function|javascript:|on\w+\s*=\s*[\"'])"
)
JS_MAY = {
    'listing.js: card.innerHTML = model.get("html");': "the card of a study, see the test below",
    'live.js: new Function("module", "exports", "define", text)(own, own.exports, undefined);': (
        "plotly's script, which the kernel sends from its package"
    ),
}
# What gives Markdown or HTML that is safe, to notebooks.
SAFE = {"facts.opening", "facts.said", "facts.told", "facts.whole", "guide.read"}


def strings(tree: ast.AST) -> Iterator[str]:
    """Return the literal parts of texts with gaps."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.Constant):
                    yield str(part.value)


def names(tree: ast.AST) -> Iterator[str]:
    """Return every name and keyword that is used, but for calls of mere literals."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    plain = {
        call.func for call in calls if all(isinstance(part, ast.Constant) for part in call.args)
    }
    for node in ast.walk(tree):
        if node in plain:
            continue
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.keyword | ast.alias):
            yield str(node.arg if isinstance(node, ast.keyword) else node.name)


def python() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def test_no_other_python_makes_markup_of_text() -> None:
    found = {f"{path}: {n}" for path, tree in python() for n in names(tree) if WAYS.fullmatch(n)}
    assert found == set(MAY)


def test_markup_is_put_together_in_few_places() -> None:
    found = {path for path, tree in python() for text in strings(tree) if TAG.search(text)}
    assert found == set(BUILD)


def test_no_other_script_makes_markup_of_text() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in SOURCE.glob("*.js")}
    lines = [(name, line.strip()) for name, text in texts.items() for line in text.splitlines()]
    found = [f"{name}: {line}" for name, line in lines if JS_WAYS.search(line)]
    assert sorted(found) == sorted(JS_MAY)


def test_the_card_of_a_study_is_made_by_facts_alone() -> None:
    given = [
        ast.unparse(node)
        for _, tree in python()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).endswith(".html")
    ]
    made = "facts.STYLE + facts.html(self._review, self.opened)"
    assert given == [f"self.html = {made} if self.opened else ''"]


@pytest.mark.parametrize(
    "line",
    ["x.innerHTML = a", "eval(a)", "new Function(a)", "document.write(a)", "a.outerHTML += b",
     "p.insertAdjacentHTML('x', a)", "f.srcdoc = a", "a.href = 'javascript:' + b"],
)  # fmt: skip
def test_a_way_out_of_a_script_is_found(line: str) -> None:
    assert JS_WAYS.search(line)


@pytest.mark.parametrize("path", PATHS, ids=[p.stem for p in PATHS[:-1]] + ["new"])
def test_notebooks_show_only_what_is_safe(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    shown = [
        argument
        for text in code
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("HTML", "Markdown")
        for argument in node.args
    ]
    assert shown
    assert {made for argument in shown for made in makers(argument)} <= SAFE


def makers(node: ast.expr) -> list[str]:
    """Return the names of the functions that give a text, or the text of another expression."""
    if isinstance(node, ast.BinOp):
        return [*makers(node.left), *makers(node.right)]
    return [ast.unparse(node.func if isinstance(node, ast.Call) else node)]


# One text of everything that could mean more than its letters, without line breaks.
HOSTILE = (
    '<img src=x onerror=alert(1)> "><script>alert(1)</script> <svg onload=alert(1)> '
    '<a href="javascript:alert(1)">a</a> ](javascript:alert(1)) [b](https://evil.example) '
    "https://evil.example www.evil.example me@evil.example <https://evil.example> "
    "$x$ $$y$$ \\(z\\) \\[z\\] \\begin{equation} %{x} %{y:.2f} &lt;b&gt; <b>c</b> <br> "
    "**d** _e_ `f` | ~~g~~ ]]> -- </textarea> {{h}} \u05e9\u05dc\u05d5\u05dd"
)
ADDRESS = 'https://evil.example/"><img/src=x/onerror=alert(1)>'


def hostile_field(column: Field) -> Field:
    words = tuple(
        replace(word, label=f"{HOSTILE} {word.value}", description=HOSTILE) for word in column.words
    )
    unit = HOSTILE if column.unit else ""
    told = f"Empty: {HOSTILE} or {HOSTILE}."
    return replace(column, title=HOSTILE, description=told, unit=unit, words=words)


def hostile_package(package: Package) -> Package:
    tables = {
        name: replace(
            table,
            title=HOSTILE,
            description=HOSTILE,
            fields=tuple(map(hostile_field, table.fields)),
        )
        for name, table in package.tables.items()
    }
    told = dict.fromkeys(("title", "description", "question", "target", "licence"), HOSTILE)
    return replace(package, **told, licence_url=ADDRESS, tables=tables)


def hostile_table(package: Package, name: str, frame: pd.DataFrame) -> pd.DataFrame:
    table, changed = package.tables[name], {}
    keys = {*table.key, *table.links}
    for column in table.fields:
        if column.type == "string" and not column.words and column.name not in keys:
            web = "http" in str(column.constraints.get("pattern"))
            changed[column.name] = ADDRESS if web else HOSTILE
    # The steps of the funnel select by words, which are no text for people.
    changed.pop("adds", None)
    if "citation" in frame:
        changed |= {"citation": HOSTILE, "title": HOSTILE, "authors": HOSTILE, "journal": HOSTILE}
    return frame.assign(**changed)


@cache
def hostile() -> Review:
    """Return the review with every text changed; the keys and the words in cells stay."""
    plain = real()
    said = {"title": HOSTILE, "container": HOSTILE, "doi": HOSTILE, "pmid": HOSTILE, "url": ADDRESS}
    return replace(
        plain,
        package=hostile_package(plain.package),
        tables={n: hostile_table(plain.package, n, frame) for n, frame in plain.tables.items()},
        references={
            key: replace(reference, authors=(HOSTILE,), **said)
            for key, reference in plain.references.items()
        },
    )


LINK = {"href", "target", "rel"}
MAY_HAVE = {
    "a": LINK, "article": {"class"}, "caption": set(), "dd": set(), "div": {"class"}, "dl": set(),
    "dt": set(), "h3": set(), "h4": set(), "li": set(), "p": {"class"}, "span": {"class"},
    "style": set(), "table": {"class"}, "tbody": set(), "td": set(), "th": {"scope"},
    "thead": set(), "tr": set(), "ul": set(),
}  # fmt: skip


def check(html: str, **more: set[str]) -> None:
    """Fail where HTML has an element, an attribute or an address that it may not have."""
    for tag, attributes in elements(html):
        assert set(attributes) <= (MAY_HAVE | more)[tag], (tag, attributes)
        if tag == "a":
            assert markup.host(attributes["href"]), attributes
            assert attributes["rel"] == "noopener noreferrer"
    # No mathematics: what begins it stands alone in its element.
    assert not re.search(
        r"[^>][$\\]|[$\\][^<]", re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    )


@pytest.mark.parametrize("study", ["imani2024", "yousef2013", "pan2011"])
def test_the_card_of_a_study(study: str) -> None:
    card = facts.html(hostile(), study)
    assert "&lt;img src=x onerror=alert(1)&gt;" in card
    check(card)


@pytest.mark.parametrize("name", list(real().tables))
def test_every_stored_table(name: str) -> None:
    html = facts.whole(facts.listed(hostile(), name).head(20))
    assert "onerror" in html or name == "species"
    check(html)


def test_the_tables_of_the_notebooks() -> None:
    review = hostile()
    for frame in (
        facts.table(review).head(20),
        facts.statements(review),
        facts.against_sources(review, "source_named_by_b"),
        facts.reading(review),
        facts.misfits(review),
        facts.remarked(review, ["pan2011"]),
    ):
        check(facts.whole(frame))


def test_what_a_panel_says_without_a_kernel() -> None:
    # The line of the state has bold words.
    check(panels._face(panels.explore(hostile())), b=set(), br=set())


def test_markdown_of_sentences_and_studies() -> None:
    review = hostile()
    for text in (
        facts.opening(review, review.package.question, evidence.headline(review)),
        *(facts.said(evidence.takeaway(n, getattr(evidence, n)(review))) for n in NAMES),
        facts.told(review, ["imani2024", "pickering2011"]),
    ):
        page = str(MISTUNE(text))
        check(page, blockquote=set(), strong=set())


def test_the_dictionary() -> None:
    page = str(MISTUNE(dictionary(hostile().package)))
    inside = [(tag, held) for tag, held in elements(page) if tag != "a"]
    assert {tag for tag, _ in inside} == {
        "h1", "h2", "p", "ul", "li", "strong", "code", "span", "table", "thead", "tbody", "tr",
        "th", "td",
    }  # fmt: skip
    assert not any(held for _, held in inside)
    links = [held for tag, held in elements(page) if tag == "a"]
    assert {place for held in links for place in held} == {"id", "href"}
    assert all(held.get("href", "#").startswith("#") for held in links)


# What plotly reads in a label, and what our own labels have of it.
READ = re.compile(r"<[^<>]*>|%\{[^}]*\}|\$|&(?!(?:#\d+|[a-z]+);)")
OURS = re.compile(
    r"</?b>|<br>|<span style='font-size:\d+px'>|</span>|</?extra>"
    r"|%\{(?:x|y|text|customdata|x:\.2f)\}"
)


def texts(part: Any) -> Iterator[str]:
    """Return every text in the data of a figure."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from texts(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value)


def read_as_marks(figure: go.Figure) -> set[str]:
    shown = json.loads(figure.to_json())
    return {found for text in texts(shown) for found in READ.findall(text)}


LOOKS = pytest.mark.parametrize("look", [SCREEN, TALK], ids=lambda look: look.name)


@LOOKS
@pytest.mark.parametrize("name", NAMES)
def test_every_label_of_every_chart(name: str, look: Look) -> None:
    figure, alt = draw(hostile(), name, evidence.state(hostile()), look)
    assert "onerror" in figure.to_json()
    assert [found for found in read_as_marks(figure) if not OURS.fullmatch(found)] == []
    # For people who cannot see it, plain words.
    assert "&lt;img" not in alt.replace("&lt;b&gt;", "")


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_of_its_own_is_as_safe(name: str) -> None:
    frame = getattr(evidence, name)(hostile())
    figure = getattr(charts, name)(frame, HOSTILE)
    assert [found for found in read_as_marks(figure) if not OURS.fullmatch(found)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_that_leaves(name: str) -> None:
    source = replace(provenance.of(real()), selection=HOSTILE, licence=HOSTILE, asked=HOSTILE)
    figure, _ = drawn(hostile(), source, name, View())
    assert [found for found in read_as_marks(figure) if not OURS.fullmatch(found)] == []


def test_the_page_of_figures() -> None:
    source = replace(provenance.of(real()), title=HOSTILE, selection=HOSTILE, licence=HOSTILE)
    figure, _ = draw(hostile(), "funnel", HOSTILE)
    stamp = Stamp("funnel", HOSTILE, HOSTILE, source)
    plain = Stamp("funnel", "A title", "Words.", provenance.of(real()))
    page = pages.page([(figure, stamp)], source)
    expected = pages.page([(go.Figure(), plain)], provenance.of(real()))
    # The same elements as in a page of harmless texts; the caption has spans for what is no maths.
    found = [tag for tag, _ in elements(page) if tag != "span"]
    assert found == [tag for tag, _ in elements(expected)]
    assert {name for _, held in elements(page) for name in held} == {
        name for _, held in elements(expected) for name in held
    }
    assert "default-src 'none'" in page
    assert tags(page) >= {"figcaption", "script", "meta"}
