"""Files that are written whole or not at all, and all of an export together."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from review import scratch
from review.faults import Refusal

LOCK_SECONDS = 10.0
STAGING = ".export-"
NEW, OLD = "new", "old"


class ExportError(Refusal, RuntimeError):
    """Why nothing could be written, and what to do."""


@contextlib.contextmanager
def folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into, whose files go to `out` together when all is well.

    `out` is made where it is missing. What is promised, on every system: when anything fails,
    no file of `out` has changed. When the process is killed or the machine stops, every file is
    whole, and those that are written together are all old or all new, never some of each. One
    file is exchanged in a single step. Of several, all old ones are moved out before the first
    new one is moved in, since no system exchanges several at once: killed right there, some are
    missing. They are safe in a folder `.export-*` within `out`, from which the next use of
    `out` puts all the new ones into place before it begins. What was killed earlier is removed
    then, and `out` is as it was.

    Raises ExportError where `out` is a file, cannot be written to, is full, or another export is
    putting its files there.
    """
    with _reported(out):
        out.mkdir(parents=True, exist_ok=True)
        recover(out)
        with scratch.folder(out, STAGING) as staging:
            new = staging / NEW
            new.mkdir()
            yield new
            with _alone(out):
                _exchange(staging, out)


def recover(out: Path) -> None:
    """Finish what was killed while it changed a folder, and remove what was killed earlier.

    Raises ExportError as `folder` does.
    """
    with _reported(out), _alone(out):
        scratch.sweep(out, STAGING, lambda left: _move(left, out))


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextlib.contextmanager
def _reported(out: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(_said(out, error)) from error


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    from filelock import Timeout

    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(scratch.held(out / STAGING.rstrip("-"), LOCK_SECONDS))
        except Timeout as error:
            raise ExportError(
                f"Another export has been writing into {out.name} for {LOCK_SECONDS:g} s; "
                "wait for it, or choose another folder."
            ) from error
        yield


def _exchange(staging: Path, out: Path) -> None:
    files = sorted((staging / NEW).iterdir())
    marker = staging / scratch.UNFINISHED
    _sync(staging / NEW)
    # From here on a kill leaves the new files to `recover`, and before it the old ones.
    marker.touch()
    _sync(staging)
    try:
        _move(staging, out)
    except BaseException:
        _undo(files, staging, out)
        marker.unlink()
        raise
    marker.unlink()


def _move(staging: Path, out: Path) -> None:
    """Put what is new into `out`, also where a killed process has begun to."""
    files, old = sorted((staging / NEW).iterdir()), staging / OLD
    _refuse_blocked(files, out)
    old.mkdir(exist_ok=True)
    if len(files) > 1:
        for file in files:
            if os.path.lexists(out / file.name):
                (out / file.name).replace(old / file.name)
        _sync(out)
    for file in files:
        file.replace(out / file.name)
    _sync(out)


def _undo(files: Sequence[Path], staging: Path, out: Path) -> None:
    for file in files:
        if not file.exists():
            (out / file.name).replace(file)
    if (staging / OLD).exists():
        for file in (staging / OLD).iterdir():
            file.replace(out / file.name)


def _refuse_blocked(files: Sequence[Path], out: Path) -> None:
    for target in (out / file.name for file in files):
        if target.is_dir():
            raise ExportError(
                f"{out.name}/{target.name} is a folder, expected a file; move it away."
            )
        if target.exists() and not target.is_file():
            raise ExportError(f"{out.name}/{target.name} is a device, expected a file.")


def _sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can say so."""
    with contextlib.suppress(OSError):
        # Windows opens no folder, and some disks on a network refuse.
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _said(out: Path, error: OSError) -> str:
    if os.path.islink(out) and not os.path.exists(out):
        return f"{out} is a link to nothing; expected a folder. Choose another folder."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{out} is a file, or lies in one; expected a folder. Choose another folder."
    if isinstance(error, PermissionError):
        return f"{out} cannot be written to: no permission. Choose another folder."
    return f"{out} cannot be written to: {error.strerror or error}. {_changed(out)}"


def _changed(out: Path) -> str:
    with contextlib.suppress(OSError):
        for left in out.glob(f"{STAGING}*/{scratch.UNFINISHED}"):
            return f"What it lacks is in {left.parent.name}; the next export puts it back."
    return "Nothing in it was changed."
