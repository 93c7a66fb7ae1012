"""What the documents say is true of the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from review.__main__ import main
from review.tables import ROOT
from tests.real import real
from tests.test_layers import FLOORS

DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "docs/modules.md",
    "benchmarks/README.md",
)  # fmt: skip


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_readme_is_short() -> None:
    assert text("README.md").count("\n") <= 100


def test_module_map_lists_the_modules_in_their_order() -> None:
    table = text("docs/modules.md").split("| module |")[1].split("\n\n")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == FLOORS


def test_list_of_scripts_is_complete() -> None:
    table = text("docs/modules.md").split("| script |")[1].split("\n\n")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert sorted(listed) == sorted(path.stem for path in (ROOT / "src/review").glob("*.js"))


def test_notebook_list_is_complete() -> None:
    table = text("README.md").split("| notebook |")[1].split("\n\n")[0]
    listed = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert listed == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_make_targets_exist(name: str) -> None:
    named = set(re.findall(r"make (\w+)", re.sub(r"(?<!`)`?make up", "", text(name))))
    targets = set(re.findall(r"^(\w+):.*##", text("Makefile"), re.MULTILINE))
    assert named <= targets | {"sure"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text(name)):
        if not link.startswith("https://"):
            assert (ROOT / Path(name).parent / link).exists(), link


def test_readme_code_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = text("README.md").split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    assert (tmp_path / "coverage.html").stat().st_size > 1000


def test_readme_commands_for_another_question_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    block = (
        text("README.md")
        .split("use it for another question")[1]
        .split("```sh\n")[1]
        .split("```")[0]
    )
    commands = [line.partition("#")[0].split() for line in block.splitlines()]
    assert [command[:4] for command in commands] == [
        [".venv/bin/python", "-m", "review", "new"],
        [".venv/bin/python", "-m", "review", "check"],
    ]
    monkeypatch.chdir(tmp_path)
    assert [main(command[3:]) for command in commands] == [0, 0]
    assert "2 studies" in capsys.readouterr().out


def test_contributing_shows_a_real_message() -> None:
    assert "data/outcomes.csv, row 12, direction: 'benifit' is not one of" in text(
        "CONTRIBUTING.md"
    )


def test_changelog_counts_are_those_of_the_data() -> None:
    log = text("CHANGELOG.md")
    sizes = {name: len(real().tables[name]) for name in ("studies", "claims", "left_out")}
    assert (
        f"{sizes['studies']} studies, {sizes['claims']} claims of two articles, "
        f"{sizes['left_out']} records left out"
    ) in log
    assert f"(38 of {len(real().outcomes)})" in log


def test_search_date_is_that_of_the_data() -> None:
    year, month = real().package.searched.split("-")
    assert (year, month) == ("2026", "11")
    assert "November 2026" in text("README.md")


def test_readme_names_commands_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    named = set(re.findall(r"-m review (\w+)", text("README.md")))
    assert named == {"figures", "slides", "new", "check"}
    for command in sorted(named):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert command in capsys.readouterr().out
