"""Folders that are used for a while; what a killed owner left is removed by whoever comes next."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# A folder that holds a file of this name has work in it that is still to be finished.
UNFINISHED = "ready"
LOCK = ".lock"
LETTERS = 8


@contextmanager
def folder(parent: Path, prefix: str) -> Iterator[Path]:
    """Give a new folder in `parent`, for this user alone, that is gone after the block.

    Its owner holds the lock of a file beside it. The system takes that lock from a process that
    ends in any way, so it says who lives also where process numbers are given out again.
    Raises OSError where the folder cannot be made.
    """
    path = parent / f"{prefix}{secrets.token_hex(LETTERS // 2)}"
    # Locked before there is a folder, so that nobody finds it without its owner.
    with held(path):
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            if not (path / UNFINISHED).exists():
                shutil.rmtree(path, ignore_errors=True)


def sweep(parent: Path, prefix: str, finish: Callable[[Path], None] | None = None) -> None:
    """Remove every such folder in `parent` whose owner is gone; an unfinished one after `finish`.

    What belongs to another user is left alone. Raises what `finish` raises; its folder stays.
    """
    from filelock import Timeout

    for path in _found(parent, prefix):
        # An owner who lives keeps the lock; what cannot be removed today is left for tomorrow.
        with suppress(Timeout, PermissionError), held(path, seconds=0):
            if finish and (path / UNFINISHED).exists():
                finish(path)
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def held(path: Path, seconds: float = -1) -> Iterator[None]:
    """Hold the lock that stands beside a path, waiting for it so long, or for ever below 0.

    Raises filelock's Timeout when another holds it still, and OSError where it cannot be made.
    """
    # Takes 0.1 s to import, which no other command needs.
    from filelock import FileLock

    lock = FileLock(f"{path}{LOCK}", timeout=seconds)
    with lock:
        try:
            yield
        finally:
            # While it is held: afterwards it may be the lock of the next. On Windows, where an
            # open file cannot be removed, filelock removes it itself.
            with suppress(OSError):
                os.unlink(lock.lock_file)


def _found(parent: Path, prefix: str) -> list[Path]:
    name = re.compile(rf"({re.escape(prefix)}\w{{{LETTERS}}})(?:{re.escape(LOCK)})?")
    found = set[str]()
    # What cannot be listed hides what is left in it, and may be used all the same.
    with suppress(PermissionError):
        for path in parent.iterdir():
            match = name.fullmatch(path.name)
            if match and _ours(path):
                found.add(match[1])
    return [parent / own for own in sorted(found)]


def _ours(path: Path) -> bool:
    # In a folder for everybody, others could lay out names of this kind.
    with suppress(OSError):
        return not hasattr(os, "getuid") or path.lstat().st_uid == os.getuid()
    return False
