"""A spoiled review is loaded as printed, or refused with file and place; see `make fuzz`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given

from review import Review, tables
from tests.fuzz import run
from tests.mutations import BASE, CASES, MUTATIONS, Case, loaded, spoiled, write


def test_unspoiled_review_is_loaded(tmp_path: Path) -> None:
    write(spoiled([]), tmp_path)
    assert isinstance(loaded(tmp_path), Review)


@given(CASES)
def test_spoiled_review_is_loaded_as_printed_or_refused(
    tmp_path_factory: pytest.TempPathFactory, case: Case
) -> None:
    folder = tmp_path_factory.getbasetemp() / "spoiled"
    folder.mkdir(exist_ok=True)
    write(spoiled(case), folder)
    loaded(folder)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_spoils_something_the_same_each_time(name: str) -> None:
    spoilt = [spoiled([(name, number)]) for number in range(5)]
    assert any(files != BASE for files in spoilt)
    assert spoilt == [spoiled([(name, number)]) for number in range(5)]


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda frame: frame.assign(label="x"), id="changed cell"),
        pytest.param(lambda frame: frame.iloc[1:], id="lost row"),
        pytest.param(lambda frame: frame.assign(n=0), id="0 for an empty cell"),
    ],
)
def test_what_is_not_as_printed_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    write(spoiled([]), tmp_path)
    review = tables.load(tmp_path / "data")
    wrong = replace(review, tables={**review.tables, "arms": spoil(review.arms)})
    monkeypatch.setattr(tables, "load", lambda *_: wrong)
    with pytest.raises(AssertionError):
        loaded(tmp_path)


def test_the_long_run_counts(tmp_path: Path) -> None:
    said = run(tmp_path, cases=5, start=1, minutes=1)
    assert said.startswith("5 cases of seed 1: ")
    assert run(tmp_path, cases=5, start=1, minutes=0).startswith("0 cases")
