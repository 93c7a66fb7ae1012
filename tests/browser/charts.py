"""What the charts and the line above them must show, counted from studies of the files."""

from __future__ import annotations

from itertools import accumulate

from tests import recount
from tests.recount import Row

RANDOMISED = ("randomised_parallel", "randomised_crossover")


def trials(some: list[Row]) -> tuple[int, int, bool]:
    """Return the randomised trials, their participants, and whether any gave no number."""
    numbers = [study["n_total"] for study in some if study["design"] in RANDOMISED]
    return len(numbers), sum(int(number or 0) for number in numbers), "" in numbers


def _detail(some: list[Row]) -> str:
    randomised, people, unknown = trials(some)
    return f"{randomised} randomised, {'≥ ' if unknown else ''}{people:,} people"


def coverage(some: list[Row]) -> list[list[object]]:
    """Return subject, condition, number of studies and their trials for each cell of the map."""
    return [
        [subject, condition, len(cell), _detail(cell)]
        for subject_word, subject in recount.labels("subject").items()
        for condition_word, condition in recount.labels("condition").items()
        for cell in [
            [
                study
                for study in some
                if (study["subject"], study["condition"]) == (subject_word, condition_word)
            ]
        ]
    ]


def funnel(some: list[Row]) -> list[list[object]]:
    """Return label, number of studies and what its bar says for each step."""
    steps = recount.rows("funnel")
    adds = ({name: tuple(value.split(",")) for name, value in _pairs(step)} for step in steps)
    said: list[list[object]] = []
    for step, words in zip(
        steps, accumulate(adds, lambda so_far, more: so_far | more), strict=True
    ):
        of_step = [study for study in recount.left(words) if study in some]
        bar = f"{len(of_step)} {'study' if len(of_step) == 1 else 'studies'}"
        bar += f", {_detail(of_step)}" if of_step else ""
        said.append([step["label"], len(of_step), bar])
    return said


def _pairs(step: Row) -> list[list[str]]:
    return [part.split("=") for part in step["adds"].split("&") if part]


def dots(some: list[Row]) -> list[list[object]]:
    """Return for each subject the condition and key of its marks."""
    conditions = recount.labels("condition")
    return [
        [
            label,
            [
                [conditions[study["condition"]], study["study"]]
                for study in some
                if study["subject"] == word
            ],
        ]
        for word, label in recount.labels("subject").items()
    ]


def state(some: list[Row]) -> str:
    """Return the line above the chart."""
    parts = []
    for word, label in recount.labels("subject").items():
        of_subject = [study for study in some if study["subject"] == word]
        part = f"{len(of_subject)} {label.lower()}"
        if word == "human":
            randomised, people, unknown = trials(of_subject)
            part += (
                f" ({'at least ' if unknown else ''}{people:,} people in "
                f"{randomised} randomised trial{'' if randomised == 1 else 's'})"
            )
        parts.append(part)
    return f"{len(some)} of {len(recount.STUDIES)} studies: {', '.join(parts)}"
