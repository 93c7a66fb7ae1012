"""Numbers as authors print them: p values, intervals beside an estimate, shares of a count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Up to nine digits: no study counts further, and what cannot be computed with is no number.
NUMBER, UNSIGNED = r"[-+]?\d{1,9}(?:\.\d+)?", r"\d{1,9}(?:\.\d+)?"
# A share of nobody is none.
COUNTED, GROUP = r"(?P<count>\d{1,9})", r"(?P<n>[1-9]\d{0,8})"
# A remark means that the value is of another test, except for a remark on the print.
P_VALUE = re.compile(r"(<=|>=|[<>=])?\s*([01]?\.\d+|[01])(?: \(as printed\))?")
# Behind a minus a hyphen could be a second minus, so a range with a hyphen has no signs.
INTERVAL = re.compile(
    rf"(?<![\w.,-])(?P<estimate>{NUMBER})(?:\s?%|\s[A-Za-zµ/]+)?\s?[(\[]"
    rf"(?:(?P<kind>(?:{UNSIGNED}% )?CI|{UNSIGNED}%-{UNSIGNED}% quantile)[:,]?\s)?"
    rf"(?:(?P<low>{NUMBER}) to (?P<high>{NUMBER})|(?P<from>{UNSIGNED}) ?- ?(?P<to>{UNSIGNED}))[)\]]"
)
PERCENTAGE = rf"\((?P<percent>{UNSIGNED})\s?%\)"
FRACTION = re.compile(rf"(?<![\w./-]){COUNTED}(?:/| of | out of ){GROUP}\s?{PERCENTAGE}")
COUNT = re.compile(rf"(?<![\w./-])(?<!of ){COUNTED}\s?{PERCENTAGE}")
# A weight or volume behind the number makes it an amount and no group.
SHARE = re.compile(
    rf"(?<![\w.,-])(?P<percent>{UNSIGNED})% of {GROUP}\b"
    r"(?![.,]\d|\s?[%/]|\s?(?:[mµk]?g|m?[lL]|m?mol)\b)"
)


@dataclass(frozen=True)
class Interval:
    """An estimate with its limits; `named` where the text says what kind of interval it is."""

    text: str
    estimate: float
    low: float
    high: float
    named: bool


@dataclass(frozen=True)
class Share:
    """A percentage of a group; count or n is None where the text does not state it."""

    text: str
    percent: str
    count: int | None
    n: int | None


def p_value(text: str) -> tuple[float, float] | None:
    """Return the lowest and highest p that a printed value can mean, rounding included.

    None where the text is not one plain value: several values, or a remark on the test.
    """
    found = P_VALUE.fullmatch(text.strip().replace("≤", "<=").replace("≥", ">="))
    if not found or (value := float(found[2])) > 1:
        return None
    if (sign := found[1] or "=") != "=":
        return (0.0, value) if sign[0] == "<" else (value, 1.0)
    half = half_unit(found[2])
    return max(0.0, value - half), min(1.0, value + half)


def intervals(text: str) -> Iterator[Interval]:
    """Yield each estimate with its interval, such as `1.23 (95% CI 1.07-1.42)`.

    An interval that the text does not name is taken only in the form `(-0.84 to 0.49)`.
    """
    for found in INTERVAL.finditer(_plain(text)):
        low, high = found["low"] or found["from"], found["high"] or found["to"]
        if found["kind"] or found["low"]:
            least, most = sorted((float(low), float(high)))
            yield Interval(found[0], float(found["estimate"]), least, most, bool(found["kind"]))


def shares(text: str) -> Iterator[Share]:
    """Yield each percentage with its count or group: `15/48 (31%)`, `36 (78%)`, `74% of 66`."""
    plain = _plain(text)
    for pattern in (FRACTION, COUNT, SHARE):
        for found in pattern.finditer(plain):
            parts = found.groupdict()
            count, n = (int(parts[name]) if name in parts else None for name in ("count", "n"))
            yield Share(found[0], parts["percent"], count, n)


def half_unit(number: str | float) -> float:
    """Return half a unit of the last decimal, which rounding can have hidden.

    A number that came through a table has lost its final zeros, which only widens this.
    """
    value = Decimal(str(number))
    exponent = (value if isinstance(number, str) else value.normalize()).as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)


def _plain(text: str) -> str:
    return text.replace("\N{MINUS SIGN}", "-").replace("\N{EN DASH}", "-")
