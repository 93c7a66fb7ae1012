"""What was exported and how, as a file from which the same can be made again."""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from review import evidence
from review.export.frames import BACKGROUNDS
from review.faults import LONGEST_QUOTE, Refusal
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
NUMBERS = {"difference": (0, 10**9), "sd": (0, 10**9), "power": (0, 1)}
SAID = {"difference": "difference to find", "sd": "standard deviation", "power": "power"}
SIZE = "information_size"
SETTINGS = {"directions": (COMPARATORS,), SIZE: tuple(NUMBERS)}
WORDS = {"scale": SCALES, "shape": tuple(SHAPES), "background": BACKGROUNDS}

# By the name of a figure, what its question is asked beside the review.
Settings = Mapping[str, Mapping[str, Any]]


class ViewError(Refusal, ValueError):
    """A view that cannot be meant; says every fault and what was expected."""

    code = 2


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
            *(fault for name, known in LISTS.items() for fault in _unlisted(self, name, known)),
            *_unsettled(self.settings),
            *(
                f"{name}: {_short(getattr(self, name))} is not one of {', '.join(map(str, known))}"
                for name, known in WORDS.items()
                if not _known(getattr(self, name), known)
            ),
        ]
        if not isinstance(self.selection, str):
            faults.append(f"selection: {_short(self.selection)} is not a text")
        if faults:
            raise ViewError("\n".join(faults))
        for name in LISTS:
            # What is asked for twice is made once.
            object.__setattr__(self, name, tuple(dict.fromkeys(getattr(self, name))))
        Selection.parse(self.selection)

    def asked(self, review: Review, name: str) -> str:
        """Return in words what is set for this figure, "" where nothing is."""
        return "; ".join(
            _compared(review, value) if setting == COMPARATORS else f"{SAID[setting]} {value:g}"
            for setting, value in self.settings.get(name, {}).items()
            if value is not None
        )

    def check(self, review: Review) -> None:
        """Raise ViewError, naming each, where a setting cannot be meant for this review."""
        known = review.package.column("outcomes.comparator").values
        faults = [
            f"settings: {name}.{COMPARATORS}: {word!r} is not one of {', '.join(known)}"
            for name, asked in self.settings.items()
            for word in asked.get(COMPARATORS, ())
            if word not in known
        ]
        if SIZE in self.figures and SIZE in self.settings:
            faults += _unplanned(review, self.settings[SIZE])
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
    except RecursionError:
        problem = "is nested too deeply; expected a file that an export wrote"
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


def _unlisted(view: View, name: str, known: tuple[str, ...]) -> Iterator[str]:
    words = getattr(view, name)
    if not isinstance(words, list | tuple):
        yield f"{name}: {_short(words)} is not a list of words"
        return
    for word in words:
        if word not in known:
            yield f"{name}: {_short(word)} is not one of {', '.join(known)}"


def _known(value: Any, known: Iterable[Any]) -> bool:
    # Python takes true and 1.0 for 1.
    return any(type(value) is type(word) and value == word for word in known)


def _unplanned(review: Review, asked: Mapping[str, Any]) -> Iterator[str]:
    try:
        evidence.information_size(review, **asked)
    except ValueError as error:
        yield f"settings: {SIZE}.{error}"


def _short(value: Any) -> str:
    """Return a value as it stands in the file, cut where it is long or deep."""
    shown = reprlib.Repr()
    shown.maxstring = shown.maxother = LONGEST_QUOTE
    return shown.repr(value)


def _unsettled(settings: Any) -> Iterator[str]:
    if not isinstance(settings, Mapping):
        yield f"settings: {_short(settings)} is not a list of settings by the name of a figure"
        return
    for name, asked in settings.items():
        if name not in SETTINGS:
            yield f"settings: {name!r} is not one of {', '.join(SETTINGS)}"
        elif not isinstance(asked, Mapping):
            expected = ", ".join(SETTINGS[name])
            yield f"settings: {name}: {_short(asked)} has no name; expected {expected}"
        else:
            yield from _unset(name, asked)


def _unset(name: str, asked: Mapping[str, Any]) -> Iterator[str]:
    for setting, value in asked.items():
        place = f"settings: {name}.{setting}"
        if setting not in SETTINGS[name]:
            yield f"{place} is not one of {', '.join(SETTINGS[name])}"
        elif setting == COMPARATORS:
            if not (isinstance(value, list | tuple) and all(isinstance(w, str) for w in value)):
                yield f"{place}: {_short(value)} is not a list of words"
        elif value is not None and not _between(value, *NUMBERS[setting]):
            low, high = NUMBERS[setting]
            yield f"{place}: {_short(value)} is not a number between {low} and {high:,}"


def _between(value: Any, low: float, high: float) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and low < value < high


def _version(found: dict[str, Any]) -> str:
    return str(found["data_version"])


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
