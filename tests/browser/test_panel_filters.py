"""Every filter of the panel, alone and in pairs, against the data files."""

from __future__ import annotations

from functools import cache
from itertools import combinations, product
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import recount
from tests.browser.expected import expectation
from tests.browser.lab import SHOWN, Lab, Panel
from tests.recount import FIELDS, View

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("one_panel")]
OTHERS: dict[str, tuple[Any, ...]] = {
    "year_from": (2012, 2020),
    "year_to": (2012, 2005),
    "n_min": (60, 20),
    "text": ("rat", "double blind", "GONZÁLEZ"),
}
EVERYTHING = (*FIELDS, *OTHERS)
# Fields of an arm, of an outcome and of a box; `make long` pairs the others too.
SHORT = ("route", "domain", "year_from")

APPLY_AND_CLICK = """(panel, word) => {
  panel.querySelector(".review-view button:last-of-type").click();
  panel.querySelector(`input[value=${word}]`).click();
}"""


def without(name: str, *words: str) -> View:
    """Return the view that has every word of a field but these."""
    return {name: tuple(word for word in recount.labels(name) if word not in words)}


@pytest.mark.parametrize("name", FIELDS)
def test_each_group_filters_by_box_and_button(panel: Panel, name: str) -> None:
    words = list(recount.labels(name))
    panel.box(name, words[1]).uncheck()
    panel.shows(without(name, words[1]))
    panel.only(name, words[len(words) // 2]).click()
    panel.shows({name: (words[len(words) // 2],)})
    panel.every(name, "None").click()
    panel.shows({name: ()})
    # In the order of the boxes, whatever the order of the clicks.
    panel.box(name, words[-1]).check()
    panel.box(name, words[0]).check()
    panel.shows({name: (words[0], words[-1])})
    panel.every(name, "All").click()
    panel.shows({})


def test_ticking_the_last_box_opens_the_group(panel: Panel) -> None:
    for tick in (False, True):
        panel.box("subject", "human").set_checked(tick)
        panel.shows({} if tick else without("subject", "human"))


@pytest.mark.parametrize("name", OTHERS)
def test_each_box_alone(panel: Panel, name: str) -> None:
    for value in OTHERS[name]:
        panel.type(name, value)
        panel.shows({name: value})
    assert 0 < len(recount.left({name: OTHERS[name][-1]})) < len(recount.STUDIES)


@pytest.mark.parametrize(
    "first",
    [
        pytest.param(name, marks=[pytest.mark.long] * (name not in SHORT))
        for name in EVERYTHING[:-1]
    ],
)
def test_pairs_hold_together(lab: Lab, first: str) -> None:
    for second in EVERYTHING[EVERYTHING.index(first) + 1 :]:
        view = telling(first, second)
        lab.panel().apply(view)
        lab.panel().shows(view)


def telling(first: str, second: str) -> View:
    """Return a view of both fields that leaves some studies, and fewer than either field."""
    pairs = product(_values(first), _values(second))
    return max(({first: one, second: other} for one, other in pairs), key=_tells)


def _values(name: str) -> list[Any]:
    return [(word,) for word in recount.labels(name)] if name in FIELDS else [*OTHERS[name]]


@cache
def _keys(*view: tuple[str, Any]) -> frozenset[str]:
    return frozenset(study["study"] for study in recount.left(dict(view)))


def _tells(view: View) -> tuple[bool, int]:
    one, other = (_keys(pair) for pair in view.items())
    same_table = len({FIELDS.get(name, name) for name in view}) == 1
    both = _keys(*view.items()) if same_table else one & other
    # That both must hold for one and the same arm or outcome is seen where this is more than 0.
    return 0 < len(both) < min(len(one), len(other)), len(one & other) - len(both)


def test_pairs_tell_whether_one_arm_or_outcome_has_both() -> None:
    pairs = [("route", "compound"), ("compound", "alone"), ("domain", "direction")]
    assert all(_tells(telling(*pair))[1] > 0 for pair in pairs)
    silent = [pair for pair in combinations(EVERYTHING, 2) if not _tells(telling(*pair))[0]]
    # A design belongs to one subject, and no study of the articles says how many it had.
    assert silent == [("subject", "design"), ("cited_by", "n_min")]


def test_groups_hold_together_by_click_and_reset_opens_them_all(panel: Panel) -> None:
    panel.box("subject", "human").uncheck()
    panel.box("design", "animal_experiment").uncheck()
    panel.only("route", "oral").click()
    panel.type("year_from", 2001)
    panel.type("text", "pain")
    panel.shows(
        without("subject", "human")
        | without("design", "animal_experiment")
        | {"route": ("oral",), "year_from": 2001, "text": "pain"}
    )
    expect(panel.button("Reset")).to_have_attribute("aria-disabled", "false")
    panel.reset()
    expect(panel.button("Reset")).to_have_attribute("aria-disabled", "true")


def test_undo_takes_back_one_change_after_the_other(panel: Panel) -> None:
    panel.only("subject", "animal").click()
    panel.type("n_min", 24)
    panel.type("text", "rat model")
    typed = {"subject": ("animal",), "n_min": 24, "text": "rat model"}
    panel.shows(typed)
    panel.apply({"cited_by": ("B",)})
    panel.shows({"cited_by": ("B",)})
    panel.press("Undo")
    panel.shows(typed)
    # All letters of a field are one change.
    for name in ("text", "n_min", "subject"):
        panel.press("Undo")
        del typed[name]
        panel.shows(typed)


def test_undo_brings_back_what_reset_opened(panel: Panel) -> None:
    panel.box("condition", "sciatica").uncheck()
    panel.reset()
    panel.press("Undo")
    panel.shows(without("condition", "sciatica"))


def test_number_that_cannot_be_meant_changes_nothing(panel: Panel) -> None:
    panel.type("year_from", 1800)
    panel.page.keyboard.press("Tab")
    panel.shows({})
    panel.type("n_min", "-5")
    panel.page.keyboard.press("Tab")
    panel.shows({})


def test_view_is_typed_and_applied_with_enter(panel: Panel) -> None:
    panel.text.press("Control+a")
    panel.text.press_sequentially("subject=animal,human&text=double%20blind")
    panel.text.press("Enter")
    panel.shows({"subject": ("animal", "human"), "text": "double blind"})


def test_copied_view_is_pasted_back(panel: Panel) -> None:
    panel.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    view = {"domain": ("pain_intensity", "sleep_or_stress"), "year_to": 2015, "text": "50%"}
    panel.apply(view)
    panel.shows(view)
    panel.button("Copy").click()
    expect(panel.button("Copied")).to_be_visible()
    assert panel.page.evaluate("navigator.clipboard.readText()") == recount.written(view)
    panel.reset()
    panel.text.press("Control+a")
    panel.text.press("Control+v")
    panel.button("Apply").click()
    panel.shows(view)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("subject=dog", "subject: 'dog' is not one of human, animal, in_vitro, review"),
        ("year_from=early", "year_from: 'early' is not a year of four digits"),
        ("route=oral&route=diet", "route: stands twice; put its words in one list with commas"),
    ],
    ids=["word", "number", "twice"],
)
def test_bad_view_is_explained_and_changes_nothing(panel: Panel, text: str, problem: str) -> None:
    panel.only("subject", "animal").click()
    panel.shows({"subject": ("animal",)})
    panel.apply(text)
    expect(panel.root.locator(".review-problem[role=alert]")).to_have_text(
        f"Not applied. {problem}"
    )
    same = expectation({"subject": ("animal",)}) | {"problem": f"Not applied. {problem}"}
    assert panel.page.evaluate(SHOWN, 0) == same | {"view": text}
    panel.only("subject", "human").click()
    panel.shows({"subject": ("human",)})


def test_a_bad_view_goes_when_nothing_is_to_be_reset(panel: Panel) -> None:
    panel.apply("nonsense")
    expect(panel.root.get_by_role("alert")).to_contain_text("Not applied. 'nonsense'")
    panel.press("Reset")
    panel.shows({})


def test_a_click_while_a_view_is_applied_is_one_change_before_it(panel: Panel) -> None:
    panel.text.fill("subject=human")
    panel.root.evaluate(APPLY_AND_CLICK, "sciatica")
    panel.shows({"subject": ("human",)})
    panel.press("Undo")
    panel.shows(without("condition", "sciatica"))
    panel.press("Undo")
    panel.shows({})


def test_page_reported_no_error(lab: Lab) -> None:
    assert lab.errors == []
