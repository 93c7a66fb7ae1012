"""The command line, as a person runs it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from review.__main__ import main
from review.tables import ROOT
from tests.real import real

COUNTS = (
    "143 studies: 64 human, 53 animal, 3 in vitro, 23 review; 264 arms, 373 outcomes, "
    "220 sources, 49 claims, 2 articles, 34 compounds, 7 species, 7 limits, 74 facts, "
    "10 left out, 7 funnel, 175 references\n"
    f"data version {real().version}\n"
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path


def test_check_counts_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert capsys.readouterr().out == COUNTS


def test_check_runs_as_a_module() -> None:
    command = [sys.executable, "-m", "review", "check"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == COUNTS


def test_check_prints_one_fault_per_line(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arms = copy / "data" / "arms.csv"
    arms.write_text(
        arms.read_text(encoding="utf-8")
        .replace("abbasi2012,1,magnesium,", "abbasi2012,1,magnesia,", 1)
        .replace("abbasi2012,2,placebo,", "abbasi2012,two,placebo,", 1),
        encoding="utf-8",
    )
    paths = ["--data", str(copy / "data"), "--bib", str(copy / "references.bib")]
    assert main(["check", *paths]) == 1
    assert capsys.readouterr().out == (
        "data/arms.csv, row 2, role: 'magnesia' is not one of magnesium, low_magnesium, placebo, "
        "no_treatment, active_comparator\n"
        "data/arms.csv, row 3, arm: 'two' is not a whole number\n"
    )


def test_dictionary_is_written(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / "data" / "README.md").unlink()
    assert main(["dictionary", "--data", str(copy / "data")]) == 0
    assert capsys.readouterr().out == "wrote data/README.md\n"
    written = (copy / "data" / "README.md").read_bytes()
    assert written == (ROOT / "data" / "README.md").read_bytes()


def test_without_a_command_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "python -m review" in capsys.readouterr().err
