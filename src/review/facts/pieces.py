"""Small pieces of HTML and the look they have."""

from __future__ import annotations

from collections.abc import Iterable

from review.markup import html
from review.style import GRID, NONE

COLOURS = f".review-facts {{ --review-line: {GRID}; --review-alarm: {NONE}; }}"
# Font and ink are those of the page, so that it reads on a light and on a dark one.
STYLE = (
    f"<style>\n{COLOURS}"
    + """
.review-facts { font-size: 14px; line-height: 1.45; overflow-wrap: anywhere; }
.review-facts a { color: inherit; text-decoration: underline; }
.review-facts h3 { font-size: 18px; line-height: 1.3; margin: 0 0 6px; }
.review-facts h4, .review-facts caption {
  font-size: 15px; font-weight: 600; line-height: 1.3; text-align: left; }
.review-facts h4 { margin: 18px 0 6px; }
.review-facts caption { margin: 0; padding: 18px 0 6px; }
.review-facts p, .review-facts li { line-height: 1.45; margin: 0 0 4px; }
.review-facts ul { margin: 0; padding-left: 20px; }
.review-facts .review-retracted { border: 2px solid var(--review-alarm); padding: 8px 12px; }
.review-facts .review-missing { font-style: italic; }
.review-facts dl { display: grid; gap: 6px 20px; margin: 0;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr)); }
.review-facts dt, .review-facts dd {
  float: none; width: auto; margin: 0; padding: 0; line-height: 1.4; }
.review-facts dt { font-size: 12px; font-weight: 600; }
.review-facts .review-scroll { overflow-x: auto; }
.review-facts table { border-collapse: collapse; font-size: 13px; margin: 0 0 4px; width: 100%; }
.review-facts th, .review-facts td {
  border-top: 1px solid var(--review-line); line-height: 1.4; max-width: none; min-width: 90px;
  overflow-wrap: break-word; padding: 6px 12px 6px 4px; text-align: left; vertical-align: top;
  white-space: normal; }
.review-facts th:first-child { min-width: 0; }
.review-facts td dl { display: block; }
.review-facts td dt, .review-facts td dd { display: inline; }
.review-facts td dt::after { content: ":"; }
</style>"""
)


def pairs(said: Iterable[tuple[str, str]]) -> str:
    """Return a list of names, escaped here, with what is said of each, as HTML."""
    lines = [f"<div><dt>{html(name)}</dt> <dd>{inner}</dd></div>" for name, inner in said]
    return f"<dl>{''.join(lines)}</dl>" if lines else ""


def items(inner: Iterable[str]) -> str:
    """Return a list of pieces of HTML."""
    return f"<ul>{''.join(f'<li>{piece}</li>' for piece in inner)}</ul>"


def missing(text: str) -> str:
    """Return the text in the look of what was not reported."""
    return f'<span class="review-missing">{html(text)}</span>'
