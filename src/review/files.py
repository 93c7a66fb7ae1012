"""Files: read strictly as UTF-8, or a fault that says what the file is instead; their digest."""

from __future__ import annotations

import codecs
import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from review.faults import DataError, Fault

UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SAVE_AS = "save it as UTF-8"
IN_A_SPREADSHEET = " (in a spreadsheet: 'CSV UTF-8')"
# Of .xlsx, .ods and whatever else is packed.
ZIP = b"PK\x03\x04"
MEGABYTE = 1_000_000
# In MB; a description of tables is read by people.
LARGEST = {".json": 1}
LARGEST_OTHER = 200
UNREADABLE = {
    errno.ENOENT: "file not found",
    errno.ENOTDIR: "file not found",
    errno.EACCES: "cannot be read: this user has no permission; change the rights of the file",
    errno.EPERM: "cannot be read: this user has no permission; change the rights of the file",
    errno.ELOOP: "is a link that leads back to itself, expected a file",
    errno.ENAMETOOLONG: "has a longer name than this system knows; give a shorter one",
}
# What no program shows, or what makes text stand in another order than it is stored: control
# characters, line and paragraph separators, overrides of the writing direction, halves of a pair
# (surrogates) and code points that are no characters.
UNSEEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 2**16))
    + "]"
)
LINE_END = re.compile("\r\n?|\n")
# Most of a text is of these, which `UNSEEN` would take long to look at one by one.
SEEN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


def shown(path: Path) -> str:
    """Return the name of a file as the messages show it: its folder and its own name."""
    folder = Path(os.path.abspath(path)).parent.name
    return f"{folder}/{path.name}" if path.suffix in {".csv", ".json"} else path.name


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Raises DataError for a file that is missing, no file, too large or without permission, empty,
    in another encoding, or that holds a character of `UNSEEN`.
    """
    place, problem, text = _decoded(read_bytes(path))
    if problem.endswith(SAVE_AS) and path.suffix == ".csv":
        problem += IN_A_SPREADSHEET
    if problem:
        raise DataError([Fault(shown(path), place, "", problem)])
    return text


def read_bytes(path: Path) -> bytes:
    """Return what a file holds; raises DataError where it cannot be read, or is too large."""
    try:
        problem = _unfit(path, path.stat())
        if not problem:
            return path.read_bytes()
    except ValueError:
        problem = UNREADABLE[errno.ENOENT]
    except OSError as error:
        problem = UNREADABLE.get(error.errno or 0, f"cannot be read: {error.strerror}")
    raise DataError([Fault(shown(path), "", "", problem)])


def unseen(sign: str) -> str:
    """Return what is wrong with a character of `UNSEEN`."""
    kind = {"Cc": "control", "Cs": "surrogate"}.get(unicodedata.category(sign), "no character")
    name = unicodedata.name(sign, kind)
    return f"holds U+{ord(sign):04X} ({name.lower()}), which nobody sees; remove it"


def digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return ten hexadecimal digits that stand for these named files, in this order.

    They are the same however a machine ends its lines, and change with any other character.
    Raises DataError as `read_bytes` does.
    """
    whole = hashlib.sha256()
    for name, path in files:
        raw = read_bytes(path).replace(b"\r\n", b"\n")
        whole.update(f"{name} {len(raw)}\n".encode() + raw)
    return whole.hexdigest()[:10]


def _unfit(path: Path, found: os.stat_result) -> str:
    if stat.S_ISDIR(found.st_mode):
        return "is a folder, expected a file"
    if not stat.S_ISREG(found.st_mode):
        return "is a device or a pipe, expected a file"
    most = LARGEST.get(path.suffix, LARGEST_OTHER)
    if found.st_size > most * MEGABYTE:
        return f"has {found.st_size / MEGABYTE:,.0f} MB, expected at most {most}"
    return ""


def _decoded(raw: bytes) -> tuple[str, str, str]:
    if raw.startswith(ZIP):
        return "", f"is a packed file such as .xlsx or .ods, expected text; {SAVE_AS}", ""
    if raw.startswith(UTF_16):
        return "", f"is UTF-16, expected UTF-8; {SAVE_AS}", ""
    if b"\0" in raw:
        return _line(raw, raw.index(b"\0")), "holds a NUL byte, expected text; remove it", ""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = f"byte 0x{raw[error.start]:02x} is not UTF-8; {SAVE_AS}"
        return _line(raw, error.start), problem, ""
    rest = raw.translate(None, SEEN).decode("utf-8")
    if UNSEEN.search(rest) and (found := UNSEEN.search(text)):
        lines_before = len(LINE_END.findall(text, 0, found.start()))
        return f"line {lines_before + 1}", unseen(found[0]), ""
    return "", "" if text.strip() else "is empty, expected text", text


def _line(raw: bytes, position: int) -> str:
    lines_before = raw.count(b"\n", 0, position)
    return f"line {lines_before + 1}"
