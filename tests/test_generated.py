"""What loads, draws: reviews made by dice are loaded, asked, drawn, told and exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from review import Review, evidence, export, facts, load, panels
from review.figures import NAMES, draw
from review.provenance import of
from review.style import PAGE, SCREEN, TALK
from tests import generated

SEEDS = [pytest.param(seed, marks=[pytest.mark.long] * (seed > 3)) for seed in range(12)]
LOOKS = (SCREEN, PAGE, TALK)
EVERY = pytest.mark.parametrize("seed", SEEDS)


@pytest.fixture
def made(seed: int, tmp_path: Path) -> Review:
    return load(generated.write(tmp_path / "review", seed))


@EVERY
def test_every_figure_is_drawn_and_described(made: Review, seed: int) -> None:
    look = LOOKS[seed % len(LOOKS)]
    for name in NAMES:
        figure, said = draw(made, name, evidence.state(made), look)
        assert figure.to_json()
        taken = evidence.takeaway(name, getattr(evidence, name)(made))
        for sentence in (said, taken, evidence.headline(made)):
            assert sentence
            assert not {"nan", "<na>", "none,"} & set(sentence.lower().split())


@EVERY
def test_every_study_and_table_is_told(made: Review, seed: int) -> None:
    studies = made.studies["study"].tolist()
    assert facts.told(made, studies).count("\n- ") == max(len(studies) - 1, 0)
    assert all(facts.html(made, study) for study in studies)
    assert len(facts.table(made)) == len(studies)
    assert all(facts.whole(facts.listed(made, name)) for name in made.tables)
    assert list(facts.misfits(made))[:2] == ["Study", "Measured"]
    assert of(made).counts.startswith(f"{len(studies)} of {len(studies)} studies")


@EVERY
def test_every_figure_is_in_a_panel_and_an_export(made: Review, seed: int, tmp_path: Path) -> None:
    for name in NAMES:
        shown = panels.explore(made, name).selected.studies["study"]
        assert sorted(shown) == sorted(made.studies["study"])
    done = export.figures(made, tmp_path / "out", formats=["html"])
    assert len(done.files) == 1 + len(NAMES) + 4
