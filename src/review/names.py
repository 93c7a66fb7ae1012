"""The people of a .bib field, each as "von Last, Jr, First"; or what is wrong with a name."""

from __future__ import annotations

import re

from review.faults import LONGEST_CELL, quote
from review.latex import one_line, plain

OTHERS = "others"
# The parts of biblatex's extended names, "family=Beethoven, given=Ludwig, prefix=van", as shown.
PARTS = (("prefix", "family"), ("suffix",), ("given",))
EXTENDED = re.compile(r"\W*(family|given|prefix|suffix)\s*=")
PART = re.compile(r"\W*?([a-z-]+)\s*=\s*(.*)", re.DOTALL)
# What most names are: "Last, First" with nothing to decode or to doubt.
USUAL = re.compile(
    r"(?!and )(?![^,]*\s[A-Z]{1,3},)[^\W\d_][^,;{}\\$~=`]*, [^\W\d_][^,;{}\\$~=`]*(?<!\sand)"
)
AND = r"(?<=\s)(?i:and)(?=\s)"
ENTITY = re.compile(r"[&#]+\w+;")
# "Roe RA", as medical journals print a name; "Roe III" is none.
INITIALS = re.compile(r"(?=.*[a-z]).*\S\s+(?!JR$|SR$|[IVX]+$)[A-Z]{1,3}", re.DOTALL)
TOGETHER = "is not one name; put 'and' between the authors"


def people(text: str) -> tuple[list[str], list[str]]:
    """Return the names of an author or editor field, "and others" as `OTHERS`, and the problems.

    A problem is a sentence on one that cannot be told from others, or is no name.
    """
    names, problems = list[str](), list[str]()
    for name in map(one_line, _apart(text, AND) if plain(text) else ()):
        if USUAL.fullmatch(name):
            names.append(name)
            continue
        # A name that is too long is not taken to pieces.
        pieces = _apart(name[: LONGEST_CELL + 1], ",")
        problem = _problem(name, pieces)
        if problem:
            problems.append(f"{quote(name)} {problem}")
        else:
            names.append(_name(name, pieces))
    return names, problems


def _name(text: str, pieces: list[str]) -> str:
    if text.lower() in {OTHERS, "et al", "et al."}:
        return OTHERS
    if EXTENDED.match(text):
        return _extended(pieces)
    # A comma at the end says that all of it is the name of a body.
    return _joined(pieces if len(pieces) > 1 else _last_first(pieces[0]))


def _apart(text: str, sign: str) -> list[str]:
    """Return what a sign outside of braces parts; bibtexparser's own loses a leading accent."""
    if "{" not in text and "\\" not in text:
        return re.split(sign, text)
    pieces, depth = [list[str]()], 0
    for place, part in enumerate(re.split(rf"(\\.|[{{}}]|{sign})", text)):
        depth += (part == "{") - (part == "}")
        if place % 2 and depth == 0 and part[0] not in "\\{}":
            pieces.append([])
        else:
            pieces[-1].append(part)
    return ["".join(parts) for parts in pieces]


def _problem(text: str, pieces: list[str]) -> str:
    if len(text) > LONGEST_CELL:
        return f"has {len(text)} characters, expected at most {LONGEST_CELL}"
    if not text or "and" in (text.split()[0], text.split()[-1]):
        return "is not one name; an 'and' stands there without a name"
    if not any(plain(piece) for piece in pieces):
        return "is not a name; remove it or write one"
    if EXTENDED.match(text):
        parts = [PART.match(piece) for piece in pieces]
        return "" if all(parts) else "is not a name such as family=Doe, given=Jane"
    plural = ";" in ENTITY.sub("", text) and "{" not in text
    return TOGETHER if plural or _together([piece.strip() for piece in pieces]) else ""


def _together(pieces: list[str]) -> bool:
    """Tell whether commas divide people: BibTeX knows "Last, First" and "Last, Jr, First"."""
    if len(pieces) == 2:
        return all(INITIALS.fullmatch(piece) for piece in pieces)
    words = pieces[1].split() if len(pieces) == 3 else []
    return len(pieces) > 3 or (len(words) > 1 and all(word[0].isupper() for word in words))


def _last_first(text: str) -> list[str]:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    parts = parse_single_name_into_parts(text, strict=False)
    return [" ".join(words) for words in (parts.von + parts.last, parts.jr, parts.first)]


def _extended(pieces: list[str]) -> str:
    parts = {found[1]: found[2].strip('" ') for piece in pieces if (found := PART.match(piece))}
    return _joined([" ".join(parts.get(name, "") for name in names) for names in PARTS])


def _joined(pieces: list[str]) -> str:
    return ", ".join(said for piece in pieces if (said := plain(piece)))
