"""Files: read strictly as UTF-8, or a fault that says what the file is instead; their digest."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterable
from pathlib import Path

from review.faults import DataError, Fault

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "save it as UTF-8"
IN_A_SPREADSHEET = " (in a spreadsheet: 'CSV UTF-8')"


def shown(path: Path) -> str:
    """Return the name of a file as the messages show it: its folder and its own name."""
    folder = path.resolve().parent.name
    return f"{folder}/{path.name}" if path.suffix in {".csv", ".json"} else path.name


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises DataError for a file that is missing, a folder, empty, in another encoding,
    or that holds NUL bytes.
    """
    place, problem, text = "", "", ""
    if path.is_dir():
        problem = "is a folder, expected a file"
    elif not path.is_file():
        problem = "file not found"
    else:
        place, problem, text = _decoded(path.read_bytes())
        if problem.endswith(SAVE_AS) and path.suffix == ".csv":
            problem += IN_A_SPREADSHEET
    if problem:
        raise DataError([Fault(shown(path), place, "", problem)])
    return text


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return ten hexadecimal digits that stand for these named files, in this order.

    They are the same however a machine ends its lines, and change with any other character.
    """
    whole = hashlib.sha256()
    for name, path in files:
        raw = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{name} {len(raw)}\n".encode() + raw)
    return whole.hexdigest()[:10]


def _decoded(raw: bytes) -> tuple[str, str, str]:
    if raw.startswith(UTF_16):
        return "", f"is UTF-16, expected UTF-8; {SAVE_AS}", ""
    if b"\0" in raw:
        return _line(raw, raw.index(b"\0")), "holds a NUL byte, expected text; remove it", ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte 0x{raw[error.start]:02x} is not UTF-8; {SAVE_AS}"
        return _line(raw, error.start), problem, ""
    return "", "" if text.strip() else "is empty, expected text", text


def _line(raw: bytes, position: int) -> str:
    lines_before = raw.count(b"\n", 0, position)
    return f"line {lines_before + 1}"
