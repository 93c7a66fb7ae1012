"""Colours that can be told apart with any colour vision, and text that can be read."""

from __future__ import annotations

from itertools import combinations

import colorspacious
import numpy as np
import pytest

from review import style

DEFICIENCIES = ("protanomaly", "deuteranomaly", "tritanomaly")


def _seen(colour: str, deficiency: str) -> np.ndarray:
    channels = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    space = {"name": "sRGB1+CVD", "cvd_type": deficiency, "severity": 100}
    return np.asarray(np.clip(colorspacious.cspace_convert(channels, space, "sRGB1"), 0, 1))


def distance(one: str, other: str, deficiency: str) -> float:
    """Return how far apart two colours look (CAM02-UCS; about 1 is just noticeable)."""
    seen = [_seen(colour, deficiency) for colour in (one, other)]
    return float(colorspacious.deltaE(*seen, input_space="sRGB1"))


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
@pytest.mark.parametrize(
    "palette", [style.HUES, style.DIRECTION_HUES], ids=["subjects", "directions"]
)
def test_colours_can_be_told_apart(palette: tuple[str, ...], deficiency: str) -> None:
    closest = min(distance(one, other, deficiency) for one, other in combinations(palette, 2))
    assert closest >= 10


def test_colours_that_look_alike_are_found() -> None:
    assert distance("#009e73", "#d55e00", "protanomaly") < distance(
        "#009e73", "#d55e00", "tritanomaly"
    )
    assert distance("#ff0000", "#8f6f00", "deuteranomaly") < 20


def test_every_colour_has_a_second_cue() -> None:
    assert len(set(style.SYMBOLS)) == len(style.HUES)
    assert len(set(style.DIRECTION_SYMBOLS)) == len(style.DIRECTION_HUES)


def test_a_talk_can_be_read_from_the_back_row() -> None:
    # 18 pt at 96 px per inch.
    assert min(style.TALK.font, style.TALK.note, style.TALK.title) >= 18 * 96 / 72
    assert (style.TALK.width, style.TALK.height) == (1280, 720)


def test_a_long_subtitle_is_wrapped_and_has_room() -> None:
    long = "word " * 40
    one, many = style.layout("t", "short", 400), style.layout("t", long, 400)
    assert many["title"]["text"].count("<br>") == 3
    assert many["margin"]["t"] > one["margin"]["t"] + 2 * style.SCREEN.font


def test_sixteen_words_have_marks_of_their_own() -> None:
    assert [style.mark(at) for at in range(4)] == list(zip(style.HUES, style.SYMBOLS, strict=True))
    assert len({style.mark(at) for at in range(16)}) == 16
