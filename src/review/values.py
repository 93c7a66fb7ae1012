"""Values of a .bib file: texts, numbers and macros joined by #, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from review.faults import LONGEST_QUOTE, quote

MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
}  # fmt: skip
NAME = re.compile(r"(?![0-9])[^\s\"#%'(),={}]+")
BARE = re.compile(rf"[0-9]+|{NAME.pattern}")
FLAT = re.compile(r"\{[^{}]*\}|[0-9]+")
MARK, JOINED = re.compile(r"[{}\"]"), re.compile(r"\s*(#\s*|\Z)")
CLOSING, NUMBERS = {"{": "}", '"': '"'}, "0123456789"


def word(name: str) -> str:
    """Return a key or a name as messages show it: as it is, or quoted where that is unsafe."""
    return name if name.isprintable() and len(name) <= LONGEST_QUOTE else quote(name)


def problem(value: str, macros: Mapping[str, str], longest: int | None) -> str:
    """Return what is wrong with a value as a sentence, or nothing.

    Its length and its macros count only where a longest length is given, as for what is read.
    """
    if FLAT.fullmatch(value) and len(value) <= (longest or len(value)):
        return ""
    parts = split(value)
    if not parts:
        return _syntax(value)
    if longest is None:
        return ""
    unknown = next((part for part in parts if not _is_known(part, macros)), "")
    if unknown:
        said = f"no @string above defines {quote(unknown)}"
        return f"{said}; put it in braces, or write @string{{{word(unknown)} = {{…}}}} above"
    length = sum(len(_said(part, macros)) for part in parts)
    return f"has {length} characters, expected at most {longest}" if length > longest else ""


def text(value: str, macros: Mapping[str, str]) -> str:
    """Return the text of a value that has no problem, its macros filled in."""
    if FLAT.fullmatch(value):
        return value.strip("{}")
    return "".join(_said(part, macros) for part in split(value))


def used(values: Iterable[str], macros: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the names and texts of the macros in these values that BibTeX itself lacks."""
    bare = (value for value in values if value[0] not in CLOSING or "#" in value)
    names = {part.lower() for value in bare for part in split(value)} & macros.keys()
    return tuple((name, macros[name]) for name in sorted(names) if macros[name] != MONTHS.get(name))


def _syntax(value: str) -> str:
    said = quote(value)
    if value.count("{") != value.count("}"):
        return f"{said} has a brace without its other; BibTeX counts \\{{ and \\}} too"
    if value.startswith('"') and '\\"' in value:
        return f'{said} ends at its \\" already, as BibTeX reads it; put it in braces'
    if value[:1] in {"{", '"'} or "\n" in value:
        return f"{said} is not one value; is a comma missing after it?"
    return f"{said} is not one value; put it in braces"


def split(value: str) -> list[str]:
    """Return what # joins: texts in braces or quotation marks, numbers and names of macros.

    Nothing where the value is not just that.
    """
    if FLAT.fullmatch(value):
        return [value]
    parts, at = list[str](), 0
    while (end := _end(value, at)) and (joined := JOINED.match(value, end)):
        parts.append(value[at:end])
        if not joined[1]:
            return parts
        at = joined.end()
    return []


def _end(value: str, at: int) -> int:
    """Return where the part of a value ends that begins here, or 0 where none does.

    Braces count as in BibTeX, with a backslash or without: so no other program finds an entry
    where this one found text.
    """
    if value[at : at + 1] not in CLOSING:
        bare = BARE.match(value, at)
        return bare.end() if bare else 0
    depth = 0
    for mark in MARK.finditer(value, at + 1):
        if depth == 0 and mark[0] == CLOSING[value[at]]:
            return mark.end()
        depth += (mark[0] == "{") - (mark[0] == "}")
        if depth < 0:
            return 0
    return 0


def _said(part: str, macros: Mapping[str, str]) -> str:
    return part[1:-1] if part[0] in CLOSING else macros.get(part.lower(), part)


def _is_known(part: str, macros: Mapping[str, str]) -> bool:
    return part[0] in CLOSING or part[0] in NUMBERS or part.lower() in macros
