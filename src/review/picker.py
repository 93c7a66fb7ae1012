"""The choice of a figure, and what can be set for the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import floor, log10
from typing import Any

import ipywidgets as widgets

from review.charts import TITLES
from review.evidence.sizes import goal, limits
from review.tables import Review

Asked = dict[str, Any]
PLANNED = ("difference", "sd", "power", "alpha")
# Of each difference that the limits name.
PARTS = (0.5, 1.0, 1.5)
POWERS = (0.8, 0.9, 0.95)
# JupyterLab typesets the label of a box as mathematics; these look alike and are none.
NO_MATHEMATICS = str.maketrans(
    {"$": "\N{FULLWIDTH DOLLAR SIGN}", "\\": "\N{FULLWIDTH REVERSE SOLIDUS}"}
)
# A list takes None for nothing chosen.
OF_THE_LIMITS = 0.0


class Picker:
    """A list of the figures by title; `name` is the one chosen and `asked` what is set for it."""

    def __init__(self, review: Review, name: str, changed: Callable[[], None]) -> None:
        self._tell = changed
        chosen = [(title, figure) for figure, title in TITLES.items()]
        self._names = widgets.Dropdown(options=chosen, value=name, description="Chart")
        self._settings: dict[str, Comparators | Sizes] = {
            "directions": Comparators(review, changed),
        }
        if all(limits(review, use) for use in PLANNED):
            self._settings["information_size"] = Sizes(review, changed)
        self._place = widgets.VBox()
        self._names.observe(self._on_name, "value")
        self.box = widgets.VBox([self._names, self._place]).add_class("review-picker")
        self._place_settings()

    @property
    def name(self) -> str:
        """The name of the chosen figure."""
        return str(self._names.value)

    @property
    def asked(self) -> Asked:
        """What is set for the chosen figure, as its question takes it."""
        settings = self._settings.get(self.name)
        return settings.asked if settings else {}

    @property
    def changed(self) -> dict[str, Asked]:
        """What was set otherwise than at first, for each figure that has such settings."""
        parts = {name: _changed(settings) for name, settings in self._settings.items()}
        return {name: asked for name, asked in parts.items() if asked}

    def _on_name(self, _: object) -> None:
        self._place_settings()
        self._tell()

    def _place_settings(self) -> None:
        settings = self._settings.get(self.name)
        self._place.children = (settings.box,) if settings else ()


class Comparators:
    """Which comparisons the directions count, at first those that isolate the substance."""

    def __init__(self, review: Review, changed: Callable[[], None]) -> None:
        at_first = review.package.flagged("outcomes.comparator", "isolates")
        self._boxes = {
            word.value: widgets.Checkbox(
                value=word.value in at_first,
                description=word.label.translate(NO_MATHEMATICS),
                tooltip=word.description,
                indent=False,
            )
            for word in review.package.column("outcomes.comparator").words
        }
        for box in self._boxes.values():
            box.observe(lambda _: changed(), "value")
        title = widgets.HTML("<b>Compared with</b>")
        self.box = widgets.HBox([title, *self._boxes.values()]).add_class("review-settings")
        self.at_first = self.asked

    @property
    def asked(self) -> Asked:
        """The comparators whose boxes are ticked."""
        return {"comparators": [word for word, box in self._boxes.items() if box.value]}


class Sizes:
    """The difference to find, its spread and the power; at first what the limits say."""

    def __init__(self, review: Review, changed: Callable[[], None]) -> None:
        given = limits(review, "difference")
        at_first = (" and ".join(goal(review, value) for value in given), OF_THE_LIMITS)
        choices = [at_first, *((goal(review, value), value) for value in _around(given))]
        power, sd = limits(review, "power")[0], limits(review, "sd")[0]
        powers = [(f"{value:.0%}", value) for value in sorted({power, *POWERS})]
        self._difference = widgets.Dropdown(options=choices, description="Difference to find")
        step = 10 ** (floor(log10(sd)) - 1)
        self._sd = widgets.BoundedFloatText(
            sd, min=step, max=1000 * step, step=step, description="Standard deviation"
        )
        self._power = widgets.Dropdown(options=powers, value=power, description="Power")
        fields = [self._difference, self._sd, self._power]
        for field in fields:
            field.style.description_width = "initial"
            field.observe(lambda _: changed(), "value")
        self.box = widgets.HBox(fields).add_class("review-settings")
        self.at_first = self.asked

    @property
    def asked(self) -> Asked:
        """The three numbers; a difference of None stands for those of the limits."""
        return {
            "difference": self._difference.value or None,
            "sd": self._sd.value,
            "power": self._power.value,
        }


def _around(given: Iterable[float]) -> list[float]:
    return sorted({part * value for value in given for part in PARTS})


def _changed(settings: Comparators | Sizes) -> Asked:
    at_first = settings.at_first
    return {key: value for key, value in settings.asked.items() if value != at_first[key]}
