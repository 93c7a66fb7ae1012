"""LaTeX in the text of a .bib file, decoded where it stands; everything else stays as it is."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The combining character of each accent: LaTeX's signs and letters, then the names in formulas.
ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "G": "\u030f",
    "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
    "grave": "\u0300", "acute": "\u0301", "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304",
    "breve": "\u0306", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "vec": "\u20d7",
    "overline": "\u0305",
}  # fmt: skip
# A backslash before one of these stands for the sign, for a space, or for nothing.
SIGNS, SPACES, NOTHING = "{}%&$#_", " ,;:\\\t\n", "-/!@"
# Names that pylatexenc's table lacks, or has for another use than in a title.
NAMES = {
    "LaTeX": "LaTeX", "P": "¶", "S": "§", "TeX": "TeX", "copyright": "©", "dag": "†", "ddag": "‡",
    "degree": "°", "euro": "€", "guillemetleft": "«", "guillemetright": "»", "lbrace": "{",
    "lq": "‘", "micro": "µ", "newline": " ", "par": " ", "pounds": "£", "rbrace": "}", "rq": "’",
    "slash": "/", "sqrt": "√", "textasciicircum": "^", "textbar": "|", "textbraceleft": "{",
    "textbraceright": "}", "textdollar": "$", "textgreater": ">", "textless": "<",
    "textordfeminine": "ª", "textordmasculine": "º", "textperiodcentered": "·",
    "textunderscore": "_",
}  # fmt: skip
# Names that only say how the text behind them looks.
LOOKS = {
    "aftergroup", "bf", "bfseries", "displaystyle", "em", "ignorespaces", "it", "itshape", "left",
    "limits", "mathrm", "mbox", "noindent", "normalfont", "protect", "relax", "right", "rm", "sc",
    "scshape", "sf", "sl", "small", "tt", "ttfamily", "up", "upshape",
}  # fmt: skip
DASHES = {"---": "—", "--": "–"}
RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
CODED = re.compile(r"[\\{}$~]|--|``")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LETTERS = "|".join(sorted(filter(str.isalpha, ACCENTS), key=len, reverse=True))
_SIGN = rf"\\(?:[`'^~=.\"]|(?:{_LETTERS})(?![A-Za-z]))\s*"
_BASE = r"(?:\\[ij](?![A-Za-z])\s*|[^\W_]|\{\s*(?:\\[ij]\s*|[^\W_]{0,2})\s*\})"
_TWICE = rf"{_SIGN}{_BASE}"
_GROUP = r"\s*\{[^{}]*\}"
_DEEP = r"\s*\{(?:[^{}]|\{[^{}]*\})*\}"
CODES = {
    "accent": rf"{_SIGN}(?:{_BASE}|{_TWICE}|\{{{_TWICE}\s*\}})",
    "formula": rf"\$(?=\S)(?:\\.|[^$\\]){{1,500}}?\$|\\ensuremath{_DEEP}",
    "gone": r"\\(?:[hv]?phantom|[hv]space\*?|noopsort|label)\s*\{(?:\\.|[^{}\\])*\}"
    rf"|\\[hv]?phantom\s*\\[{{}}]|\\href{_GROUP}",
    "address": rf"\\(?:url|path){_GROUP}",
    "script": rf"\\text(?:super|sub)script{_GROUP}",
    "fraction": rf"\\[dt]?frac(?:{_GROUP}|\s*[0-9A-Za-z]){{2}}",
    "quoted": rf"``(?:[^`']|'(?!'))+''|\\(?:mkbibquote|enquote){_GROUP}",
    "sign": r"\\[^A-Za-z]",
    "name": r"\\[A-Za-z]+(?:\{\}|\s+)?",
    "tilde": r"\{~\}",
    "brace": r"[{}]",
    "tie": r"(?<=[\w.,;:)}\]])~(?=[\w({\\$'\"-])",
    "dash": r"(?<!-)---?(?!-)",
}
CODE = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in CODES.items()))
SCRIPT = re.compile(r"([\^_])\s*(\{[^{}]*\}|\\[A-Za-z]+|[^\s{}\\])")
# How programs write signs in addresses that LaTeX could not print: {\_}, \_, {~}, \~{} and such.
ESCAPE = re.compile(
    r"\{\\?[~_%&#$]\}|\\~\{\}|\\[_%&#$~{}]|\$\\sim\$"
    r"|\{?\\text(?:asciitilde|less|greater|underscore)(?:\{\}|\}|(?![A-Za-z]))"
)


def plain(text: str) -> str:
    """Return the text in one line as it is to be read: accents, signs and formulas decoded.

    What begins with a backslash and is not known to LaTeX stays, as do %, & and ~ as signs.
    """
    return one_line(_decoded(text) if CODED.search(text) else text)


def address(text: str) -> str:
    """Return an address or identifier in one line; nothing in it is decoded but escaped signs."""
    if not CODED.search(text):
        return one_line(text)
    inner = re.sub(rf"^\\url{_GROUP}$", lambda found: _inside(found[0]), text.strip())
    return one_line(ESCAPE.sub(_unescaped, inner))


def one_line(text: str) -> str:
    """Return the text with single blanks for all white space, and without control characters."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return CONTROL.sub("", " ".join(text.split()))


def _decoded(text: str) -> str:
    return CODE.sub(_said, text)


def _said(found: re.Match[str]) -> str:
    code = found[0]
    match found.lastgroup:
        case "accent":
            return _accented(code)
        case "formula":
            return _formula(code, found.string[found.end() : found.end() + 1])
        case "address":
            return address(_inside(code))
        case "script":
            shapes = RAISED if code.startswith("\\textsuper") else LOWERED
            return _shaped(_decoded(_inside(code)), shapes, "")
        case "fraction":
            return "/".join(map(_decoded, re.findall(r"\{[^{}]*\}|[0-9A-Za-z]", code[5:])))
        case "sign":
            return _sign(code)
        case "name":
            return _named(code, found.string[found.end() : found.end() + 1])
        case "quoted":
            return f"“{_decoded(code[2:-2] if code.startswith('`') else _inside(code))}”"
        case "tie":
            return _tie(found)
        case "tilde":
            return "~"
        case "dash":
            return DASHES[code]
    return ""


def _inside(code: str) -> str:
    return code[code.index("{") + 1 : -1]


def _accented(code: str) -> str:
    sign = re.match(_SIGN, code)
    assert sign
    name = sign[0].strip()[1:]
    base = _decoded(code[sign.end() :]).translate({0x131: "i", 0x237: "j"}).strip()
    if not base:
        return code if name.isalpha() else name
    return unicodedata.normalize("NFC", base[0] + ACCENTS[name] + base[1:])


def _formula(code: str, following: str) -> str:
    if code.startswith("\\"):
        return _typeset(_inside(code))
    # A rule of pandoc's (extension tex_math_dollars): $5 and $10 are money.
    money = (following.isdigit() or code[-2].isspace()) and not set(code) & set("\\^_")
    return f"${_decoded(code[1:-1])}$" if money else _typeset(code[1:-1])


def _typeset(code: str) -> str:
    return _decoded(SCRIPT.sub(_scripted, code))


def _scripted(found: re.Match[str]) -> str:
    sign, code = found.groups()
    text = _decoded(code)
    if sign == "^" and text == "∘":
        return "°"
    # The th of an n-th is no power.
    mark = "" if sign == "^" and len(text) > 1 and text.isalpha() else sign
    return _shaped(text, RAISED if sign == "^" else LOWERED, mark)


def _shaped(text: str, shapes: dict[int, int], sign: str) -> str:
    """Return the text as raised or lowered characters, or behind the sign where one has none."""
    return text.translate(shapes) if all(ord(letter) in shapes for letter in text) else sign + text


def _sign(code: str) -> str:
    if code[1] in SIGNS:
        return code[1]
    if code[1] in NOTHING:
        return ""
    return " " if code[1] in SPACES else code


def _named(code: str, following: str) -> str:
    name = code[1:].rstrip("{} \t\n")
    if name in _names():
        return _names()[name]
    return "" if name in LOOKS or following == "{" or code.endswith("}") else code


@cache
def _names() -> dict[str, str]:
    from pylatexenc.latex2text import get_default_latex_context_db

    specs = get_default_latex_context_db().iter_macro_specs()
    known = {spec.macroname: spec.simplify_repl for spec in specs}
    # A name of more than six characters stands for words, such as today's date.
    signs = {name: said for name, said in known.items() if isinstance(said, str)}
    return {
        n: said for n, said in signs.items() if len(said) <= 6 and not set(said) & {*"%<"}
    } | NAMES


def _tie(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    # Between two numbers it says "to" in East Asian titles.
    return "~" if before.isdigit() and after.isdigit() else " "


def _unescaped(found: re.Match[str]) -> str:
    code = found[0]
    signs = {"tilde": "~", "sim": "~", "less": "<", "greater": ">", "underscore": "_"}
    named = next((sign for name, sign in signs.items() if name in code), "")
    return named or code.strip("{}\\") or code.strip("\\")
