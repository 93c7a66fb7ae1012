"""Files are written whole or not at all, and those of one export together."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from filelock import FileLock

from review.export import ExportError, folders


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_come_together_and_replace_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / "mine").write_bytes(b"kept")
    with folders.folder(tmp_path) as staging:
        folders.write(staging / "one", b"new")
        folders.write(staging / "two", b"new")
        assert files(tmp_path / staging.name) == {"one": b"new", "two": b"new"}
        assert (tmp_path / "one").read_bytes() == b"old"
    assert files(tmp_path) == {"one": b"new", "two": b"new", "mine": b"kept"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_changes_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "one").write_bytes(b"old")
    with pytest.raises(error), folders.folder(tmp_path) as staging:
        folders.write(staging / "one", b"new")
        raise error
    assert files(tmp_path) == {"one": b"old"}


@pytest.mark.parametrize("name", ["a/b/c", "with a space", "Übersicht – 坐骨神経痛"])
def test_a_missing_folder_is_made(tmp_path: Path, name: str) -> None:
    with folders.folder(tmp_path / name) as staging:
        folders.write(staging / "one", b"new")
    assert files(tmp_path / name) == {"one": b"new"}


@pytest.mark.parametrize("name", ["file", "file/within"])
def test_a_file_in_its_place_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(ExportError) as caught, folders.folder(tmp_path / name):
        pass
    assert str(caught.value) == (
        f"{tmp_path / name} is a file, or lies in one; expected a folder. Choose another folder."
    )
    assert files(tmp_path) == {"file": b"kept"}


def test_a_folder_in_the_place_of_a_file_stops_all_of_it(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    with pytest.raises(ExportError) as caught, folders.folder(tmp_path) as staging:
        folders.write(staging / "one", b"new")
        folders.write(staging / "two", b"new")
    assert str(caught.value) == (f"{tmp_path.name}/two is a folder, expected a file; move it away.")
    assert [path.name for path in tmp_path.iterdir()] == ["two"]


def test_a_folder_that_cannot_be_written_to_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> str:
        raise PermissionError(13, "Permission denied")

    # The rights of a folder stop everybody but the one user who may do everything.
    monkeypatch.setattr(tempfile, "mkdtemp", refuse)
    with pytest.raises(ExportError) as caught, folders.folder(tmp_path):
        pass
    assert str(caught.value) == (
        f"{tmp_path} cannot be written to: no permission. Choose another folder."
    )


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "review-test", str(disk)]
    if os.name == "nt" or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("cannot make a small disk here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_says_so_and_keeps_what_was_there(small: Path) -> None:
    (small / "one").write_bytes(b"old")
    with pytest.raises(ExportError) as caught, folders.folder(small) as staging:
        folders.write(staging / "one", b"new")
        folders.write(staging / "two", b"x" * 100_000)
    assert str(caught.value) == (
        f"{small} cannot be written to: No space left on device. Nothing in it was changed."
    )
    assert files(small) == {"one": b"old"}


def test_exports_at_once_do_not_mix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ready, moved, plain = threading.Barrier(4), list[str](), Path.replace

    def replace(path: Path, to: Path) -> Path:
        moved.append(path.parent.name)
        return plain(path, to)

    def export(mark: bytes) -> None:
        with folders.folder(tmp_path) as staging:
            for number in range(40):
                folders.write(staging / f"{number}", mark)
            ready.wait(30)

    monkeypatch.setattr(Path, "replace", replace)
    threads = [threading.Thread(target=export, args=(mark,)) for mark in (b"1", b"2", b"3", b"4")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(list(run)) for _, run in groupby(moved)] == [40] * 4
    assert len(set(files(tmp_path).values())) == 1


def test_another_export_that_does_not_end_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LOCK_SECONDS", 0.1)
    with (
        FileLock(folders._lock(tmp_path)),
        pytest.raises(ExportError) as caught,
        folders.folder(tmp_path) as staging,
    ):
        folders.write(staging / "one", b"new")
    assert str(caught.value) == (
        f"Another export has been writing into {tmp_path.name} for 0.1 s; "
        "wait for it, or choose another folder."
    )
    assert files(tmp_path) == {}
