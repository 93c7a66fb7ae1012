"""What was exported and how, as a file from which the same can be made again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from math import inf
from pathlib import Path
from typing import Any

from review.export.frames import BACKGROUNDS
from review.figures import NAMES
from review.files import read_text
from review.provenance import Provenance
from review.selection import Selection
from review.style import SHAPES
from review.tables import Review

FORMATS = ("svg", "png", "pdf", "html")
SCALES = (1, 2, 4)
LISTS = {"figures": NAMES, "formats": FORMATS}
COMPARATORS = "comparators"
# Numbers lie between the two, with neither of them; None stands for what the limits say.
NUMBERS = {"difference": (0, inf), "sd": (0, inf), "power": (0, 1)}
SAID = {"difference": "difference to find", "sd": "standard deviation", "power": "power"}
SETTINGS = {"directions": (COMPARATORS,), "information_size": tuple(NUMBERS)}
WORDS = {"scale": SCALES, "shape": tuple(SHAPES), "background": BACKGROUNDS}

# By the name of a figure, what its question is asked beside the review.
Settings = Mapping[str, Mapping[str, Any]]


class ViewError(ValueError):
    """A view that cannot be meant; says every fault and what was expected."""


@dataclass(frozen=True)
class View:
    """Which figures of which selection (its text form), in which formats, size and colours.

    `scale` multiplies the pixels of a png; `settings` says for a figure what its question is
    asked beside the review, such as `comparators` for the directions. Raises ViewError for a
    word that is not known.
    """

    figures: tuple[str, ...] = NAMES
    selection: str = ""
    formats: tuple[str, ...] = FORMATS
    scale: int = 1
    shape: str = "16:9"
    background: str = "white"
    settings: Settings = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = [
            f"{name}: {word!r} is not one of {', '.join(known)}"
            for name, known in LISTS.items()
            for word in getattr(self, name)
            if word not in known
        ]
        faults += _unsettled(self.settings)
        faults += [
            f"{name}: {getattr(self, name)!r} is not one of {', '.join(map(str, known))}"
            for name, known in WORDS.items()
            if getattr(self, name) not in known
        ]
        if faults:
            raise ViewError("\n".join(faults))
        Selection.parse(self.selection)

    def asked(self, review: Review, name: str) -> str:
        """Return in words what is set for this figure, "" where nothing is."""
        return "; ".join(
            _compared(review, value) if setting == COMPARATORS else f"{SAID[setting]} {value:g}"
            for setting, value in self.settings.get(name, {}).items()
            if value is not None
        )

    def check(self, review: Review) -> None:
        """Raise ViewError, naming each, where a setting has a word that the review lacks."""
        known = review.package.column("outcomes.comparator").values
        faults = [
            f"settings: {name}.{COMPARATORS}: {word!r} is not one of {', '.join(known)}"
            for name, asked in self.settings.items()
            for word in asked.get(COMPARATORS, ())
            if word not in known
        ]
        if faults:
            raise ViewError("\n".join(faults))


def written(view: View, provenance: Provenance) -> str:
    """Return the text of the file, with what the view showed of which data for a reader."""
    said = {
        "shows": provenance.selection,
        "counts": provenance.counts,
        "data_version": provenance.version,
        "searched": provenance.searched,
        "licence": provenance.licence,
    }
    return json.dumps(asdict(view) | said, indent=2, ensure_ascii=False) + "\n"


def read(path: Path) -> tuple[View, str]:
    """Return the view in a file, and the version of the data that it was made from.

    Raises DataError for a file that cannot be read, and ViewError for one that holds no view.
    """
    text = read_text(path)
    try:
        found = json.loads(text)
        given = {part.name: found[part.name] for part in fields(View)}
        return View(**{name: _frozen(value) for name, value in given.items()}), _version(found)
    except json.JSONDecodeError as error:
        problem = f"line {error.lineno}: is not JSON: {error.msg}"
    except KeyError as error:
        problem = f"property {error} is missing"
    except TypeError:
        problem = "holds no view; expected a file that an export wrote"
    except ValueError as error:
        problem = str(error)
    raise ViewError(f"{path.name}: {problem}")


def outdated(version: str, now: str) -> str:
    """Return what to say of a view of other data than there are now, or nothing."""
    if version == now:
        return ""
    return (
        f"The view was made from data version {version} and the data are now version {now}: "
        "the figures may show other numbers."
    )


def _compared(review: Review, words: Iterable[str]) -> str:
    labels = review.package.labels("outcomes.comparator")
    return f"compared with {' or '.join(labels[word] for word in words) or 'nothing'}"


def _unsettled(settings: Any) -> Iterator[str]:
    if not isinstance(settings, Mapping):
        yield f"settings: {settings!r} is not a list of settings by the name of a figure"
        return
    for name, asked in settings.items():
        if name not in SETTINGS:
            yield f"settings: {name!r} is not one of {', '.join(SETTINGS)}"
        elif not isinstance(asked, Mapping):
            yield f"settings: {name}: {asked!r} has no name; expected {', '.join(SETTINGS[name])}"
        else:
            yield from _unset(name, asked)


def _unset(name: str, asked: Mapping[str, Any]) -> Iterator[str]:
    for setting, value in asked.items():
        place = f"settings: {name}.{setting}"
        if setting not in SETTINGS[name]:
            yield f"{place} is not one of {', '.join(SETTINGS[name])}"
        elif setting == COMPARATORS:
            if not (isinstance(value, list | tuple) and all(isinstance(w, str) for w in value)):
                yield f"{place}: {value!r} is not a list of words"
        elif value is not None and not _between(value, *NUMBERS[setting]):
            low, high = NUMBERS[setting]
            expected = f"between {low} and {high}" if high < inf else f"above {low}"
            yield f"{place}: {value!r} is not a number {expected}"


def _between(value: Any, low: float, high: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and low < value < high


def _version(found: dict[str, Any]) -> str:
    return str(found["data_version"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
