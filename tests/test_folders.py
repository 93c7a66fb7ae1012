"""Files are written whole or not at all, and those of one export together."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from review import folders, scratch
from review.folders import ExportError


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_come_together_and_replace_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"old")
    (tmp_path / "mine").write_bytes(b"kept")
    with folders.folder(tmp_path) as staging:
        folders.write(staging / "one", b"new")
        folders.write(staging / "two", b"new")
        assert files(staging) == {"one": b"new", "two": b"new"}
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
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The rights of a folder stop everybody but the one user who may do everything.
    monkeypatch.setattr(Path, "mkdir", refuse)
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
        moved.append(str(path.parent))
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
    # Each moves its own files in, and all but the first the 40 of another out before that.
    assert [len(list(run)) for _, run in groupby(moved)] == [40] * 7
    assert len(set(files(tmp_path).values())) == 1


def test_another_export_that_does_not_end_is_not_waited_for_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LOCK_SECONDS", 0.1)
    with (
        scratch.held(tmp_path / ".export"),
        pytest.raises(ExportError) as caught,
        folders.folder(tmp_path),
    ):
        pass
    assert str(caught.value) == (
        f"Another export has been writing into {tmp_path.name} for 0.1 s; "
        "wait for it, or choose another folder."
    )
    assert files(tmp_path) == {}


# Does one step less each time before the process is gone, as SIGKILL and a power cut end it.
KILLED = """
import json, os, sys
from pathlib import Path
from review import folders

STEPS = ("replace", "mkdir", "unlink", "rmdir", "fsync", "write")

def export(out, names, mark):
    with folders.folder(out) as staging:
        for name in names:
            folders.write(staging / name, mark)

def killed(out, left):
    def stepped(plain):
        def step(*given, **named):
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)
            return plain(*given, **named)
        return step
    for name in STEPS:
        setattr(os, name, stepped(getattr(os, name)))
    export(out, sys.argv[2:], b"new")

def seen(out):
    return {path.name: path.read_text() for path in out.iterdir() if path.is_file()}

root, found, code, number = Path(sys.argv[1]), [], 9, 0
while code == 9:
    out = root / str(number)
    export(out, sys.argv[2:], b"old")
    (out / "mine").write_text("kept")
    child = os.fork()
    if not child:
        killed(out, number)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    before = seen(out)
    export(out, ["next"], b"next")
    found.append([before, sorted(path.name for path in out.iterdir()), seen(out)])
    number += 1
print(json.dumps(found))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed at a chosen step")
@pytest.mark.parametrize("names", [["one", "two"], ["one"]], ids=["several", "one"])
def test_a_kill_at_any_step_leaves_old_or_new_and_nothing_else(
    tmp_path: Path, names: list[str]
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), *names]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    ends = set[str]()
    for before, left, after in found:
        right_away = {before[name] for name in names if name in before}
        assert len(right_away) <= 1, "old and new beside each other"
        if len(names) == 1:
            assert right_away
        assert left == sorted(["mine", "next", *names])
        (end,) = {after[name] for name in names}
        ends.add(end)
        assert (after["mine"], after["next"]) == ("kept", "next")
    assert ends == {"old", "new"}
    assert len(found) > 10
    assert found[-1][0] == {"mine": "kept"} | dict.fromkeys(names, "new")


@pytest.mark.parametrize("failing", ["one", "two"])
@pytest.mark.parametrize("source", ["old", "new"])
def test_what_fails_while_files_are_exchanged_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, source: str
) -> None:
    plain, refused = Path.replace, list[str]()

    def replace(path: Path, to: Path) -> Path:
        # As where another program has the file open, on Windows.
        if path.name == failing and (path.parent == tmp_path) == (source == "old") and not refused:
            refused.append(path.name)
            raise PermissionError(13, "Permission denied")
        return plain(path, to)

    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"old")
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(ExportError, match="no permission"), folders.folder(tmp_path) as staging:
        for name in ("one", "two"):
            folders.write(staging / name, b"new")
    assert files(tmp_path) == {"one": b"old", "two": b"old"}


def test_what_can_not_even_be_undone_is_kept_for_the_next_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, moved = Path.replace, list[str]()

    def replace(path: Path, to: Path) -> Path:
        if moved:
            raise OSError(5, "Input/output error")
        moved.append(path.name)
        return plain(path, to)

    for name in ("one", "two"):
        (tmp_path / name).write_bytes(b"old")
    with monkeypatch.context() as broken:
        with pytest.raises(ExportError) as caught, folders.folder(tmp_path) as staging:
            for name in ("one", "two"):
                folders.write(staging / name, b"new")
            broken.setattr(Path, "replace", replace)
        left = staging.parent.name
    assert str(caught.value) == (
        f"{tmp_path} cannot be written to: Input/output error. What it lacks is in {left}; "
        "the next export puts it back."
    )
    assert names(tmp_path) == [left, "two"]
    folders.recover(tmp_path)
    assert files(tmp_path) == {"one": b"new", "two": b"new"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs something that is neither")
def test_a_device_in_the_place_of_a_file_stops_all_of_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "one")
    with pytest.raises(ExportError) as caught, folders.folder(tmp_path) as staging:
        folders.write(staging / "one", b"new")
    assert str(caught.value) == f"{tmp_path.name}/one is a device, expected a file."
    assert (tmp_path / "one").is_fifo()
