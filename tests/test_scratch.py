"""Folders for a while: gone after use, and those of a killed owner gone with the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from review import scratch

PREFIX = "made-"
OWNER = """
import sys, time
from pathlib import Path
from review import scratch
with scratch.folder(Path(sys.argv[1]), "made-") as made:
    (made / "file").write_text("in use")
    print(made.name, flush=True)
    time.sleep(60)
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_is_there_for_the_block(tmp_path: Path) -> None:
    with scratch.folder(tmp_path, PREFIX) as made:
        (made / "within").mkdir()
        assert names(tmp_path) == [made.name, f"{made.name}.lock"]
        assert os.name == "nt" or made.stat().st_mode & 0o777 == 0o700
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_it_is_gone_after_a_failure(tmp_path: Path, error: type[BaseException]) -> None:
    with pytest.raises(error), scratch.folder(tmp_path, PREFIX):
        raise error
    assert names(tmp_path) == []


def test_what_is_unfinished_stays_and_is_finished_by_the_next(tmp_path: Path) -> None:
    seen = list[str]()
    with scratch.folder(tmp_path, PREFIX) as made:
        (made / "ready").touch()
    assert names(tmp_path) == [made.name]
    scratch.sweep(tmp_path, PREFIX, lambda left: seen.extend(names(left)))
    assert (seen, names(tmp_path)) == (["ready"], [])


def test_what_cannot_be_finished_stays(tmp_path: Path) -> None:
    def fail(_: Path) -> None:
        raise ValueError("no")

    with scratch.folder(tmp_path, PREFIX) as made:
        (made / "ready").touch()
    with pytest.raises(ValueError, match="no"):
        scratch.sweep(tmp_path, PREFIX, fail)
    assert names(tmp_path) == [made.name]


def test_the_living_keep_theirs_and_the_killed_do_not(tmp_path: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout
    made = owner.stdout.readline().strip()
    before = names(tmp_path)
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path) == before == [made, f"{made}.lock"]
    owner.kill()
    owner.communicate()
    assert names(tmp_path) == before
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path) == []


def test_a_lock_without_its_folder_is_removed(tmp_path: Path) -> None:
    (tmp_path / "made-0123abcd.lock").touch()
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path) == []


def test_names_of_others_are_left_alone(tmp_path: Path) -> None:
    mine = ["made-", "made-by me", "made-0123abcd.txt", "made-0123abcde", "other-0123abcd"]
    for name in mine:
        (tmp_path / name).mkdir()
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path) == sorted(mine)


def test_folders_of_another_user_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made-0123abcd").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: -1, raising=False)
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path) == ["made-0123abcd"]


def test_a_link_laid_out_by_others_removes_nothing_behind_it(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").touch()
    (tmp_path / "made-0123abcd").symlink_to(tmp_path / "precious")
    scratch.sweep(tmp_path, PREFIX)
    assert names(tmp_path / "precious") == ["file"]


def test_a_folder_that_cannot_be_listed_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    scratch.sweep(tmp_path, PREFIX)
    with scratch.folder(tmp_path, PREFIX) as made:
        assert made.is_dir()
