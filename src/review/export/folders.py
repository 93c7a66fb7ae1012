"""Files that are written whole or not at all, and all of an export together."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

LOCK_SECONDS = 10.0
STAGING = ".export-"


class ExportError(RuntimeError):
    """Why nothing could be written, and what to do."""


@contextlib.contextmanager
def folder(out: Path) -> Iterator[Path]:
    """Give a folder to write into, whose files go to `out` together when all is well.

    `out` is made where it is missing. When anything fails, no file of it has changed. Raises
    ExportError where `out` is a file, cannot be written to, is full, or another export is
    putting its files there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=out))
    except OSError as error:
        raise ExportError(_said(out, error)) from error
    try:
        yield staging
        _move(staging, out)
    except OSError as error:
        raise ExportError(_said(out, error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _move(staging: Path, out: Path) -> None:
    from filelock import FileLock, Timeout

    files = sorted(staging.iterdir())
    blocked = [file.name for file in files if (out / file.name).is_dir()]
    if blocked:
        raise ExportError(f"{out.name}/{blocked[0]} is a folder, expected a file; move it away.")
    try:
        with FileLock(_lock(out), timeout=LOCK_SECONDS):
            for file in files:
                file.replace(out / file.name)
    except Timeout as error:
        raise ExportError(
            f"Another export has been writing into {out.name} for {LOCK_SECONDS:g} s; "
            "wait for it, or choose another folder."
        ) from error


def _lock(out: Path) -> Path:
    # Outside the folder, which is to hold the export and nothing else.
    place = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"review-export-{place}.lock"


def _said(out: Path, error: OSError) -> str:
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"{out} is a file, or lies in one; expected a folder. Choose another folder."
    if isinstance(error, PermissionError):
        return f"{out} cannot be written to: no permission. Choose another folder."
    return f"{out} cannot be written to: {error.strerror}. Nothing in it was changed."
