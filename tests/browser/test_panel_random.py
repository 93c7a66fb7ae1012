"""Many actions in a row, from a fixed seed: after each, panels, kernel and data files agree.

`make walk` does 2,000 of them.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from playwright.sync_api import Error as PageError

from tests.browser.kernels import kernel_of
from tests.browser.lab import Lab
from tests.browser.person import SHARES, Person

pytestmark = pytest.mark.browser
NOTEBOOK = (
    "first = panels.explore(data)\nfirst",
    "second = panels.explore(data, figure='funnel', link=first)\nsecond",
)
ACTIONS = int(os.environ.get("ACTIONS", "24"))


def test_everything_agrees_after_each_of_many_actions(
    lab: Lab, tmp_path_factory: pytest.TempPathFactory
) -> None:
    person = Person(lab, Random(4))
    plan = person.plans(ACTIONS)
    assert set(plan) == set(SHARES)
    with kernel_of(lab, tmp_path_factory.getbasetemp()) as kernel:
        for at, name in enumerate(plan):
            last = f"action {at + 1}, the last of {', '.join(plan[max(0, at - 9) : at + 1])}"
            try:
                person.act(name)
                person.sees(kernel)
            except (AssertionError, PageError, pytest.fail.Exception) as error:
                pytest.fail(f"{last}:\n{error}\n{lab.errors}", pytrace=False)
            assert lab.errors == [], last
