"""Files that are no UTF-8 text are refused; a byte order mark or CRLF is no fault."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from review import DataError, files
from tests.conftest import Copy

IN_A_SPREADSHEET = " (in a spreadsheet: 'CSV UTF-8')"
FILES = ("data/arms.csv", "data/datapackage.json", "references.bib")


def make_directory(copy: Copy, name: str) -> None:
    copy.remove(name)
    (copy.root / name).mkdir()


def link(copy: Copy, name: str, to: str) -> None:
    copy.remove(name)
    (copy.root / name).symlink_to(to)


def insert(copy: Copy, name: str, raw: bytes) -> None:
    """Put bytes at the start of the second line."""
    first, rest = copy.read(name).split(b"\n", 1)
    copy.write(name, first + b"\n" + raw + rest)


def encode(copy: Copy, name: str, encoding: str) -> None:
    copy.write(name, ("\ufeff" + copy.read(name).decode()).encode(encoding))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(Copy.remove, ": file not found", id="missing"),
        pytest.param(make_directory, ": is a folder, expected a file", id="directory"),
        pytest.param(
            lambda copy, name: copy.write(name, b""), ": is empty, expected text", id="empty"
        ),
        pytest.param(
            lambda copy, name: copy.write(name, b"\xef\xbb\xbf \r\n\n"),
            ": is empty, expected text",
            id="blank",
        ),
        pytest.param(
            lambda copy, name: link(copy, name, name.rpartition("/")[2]),
            ": is a link that leads back to itself, expected a file",
            id="loop of links",
        ),
        pytest.param(
            lambda copy, name: link(copy, name, "nowhere"), ": file not found", id="dead link"
        ),
        pytest.param(
            lambda copy, name: (copy.remove(name), os.mkfifo(copy.root / name)),
            ": is a device or a pipe, expected a file",
            id="pipe",
        ),
        pytest.param(
            lambda copy, name: copy.write(name, b"PK\x03\x04\0\0"),
            ": is a packed file such as .xlsx or .ods, expected text; save it as UTF-8",
            id="spreadsheet",
        ),
        pytest.param(
            lambda copy, name: insert(copy, name, b"a\0"),
            ", line 2: holds a NUL byte, expected text; remove it",
            id="NUL",
        ),
    ],
)
def test_file_without_text_is_refused(
    copy: Copy, name: str, spoil: Callable[[Copy, str], None], problem: str
) -> None:
    spoil(copy, name)
    # A table is also told how a spreadsheet saves it.
    said = copy.refusal().replace(IN_A_SPREADSHEET, "").splitlines()
    assert said[0] == name + problem
    assert len(said) == 1


SIGNS = {
    "\x01": "U+0001 (control)",
    "\x1b": "U+001B (control)",
    "\x7f": "U+007F (control)",
    "\x85": "U+0085 (control)",
    "\u2028": "U+2028 (line separator)",
    "\u202e": "U+202E (right-to-left override)",
    "\u2066": "U+2066 (left-to-right isolate)",
    "\ufffe": "U+FFFE (no character)",
    "\U0010ffff": "U+10FFFF (no character)",
}


@pytest.mark.parametrize("sign", SIGNS, ids=SIGNS.values())
def test_sign_that_nobody_sees_is_refused(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.bib").write_bytes(f"a\na{sign}".encode())
    with pytest.raises(DataError) as caught:
        files.read_text(tmp_path / "a.bib")
    said = f"a.bib, line 2: holds {SIGNS[sign]}, which nobody sees; remove it"
    assert str(caught.value) == said


@pytest.mark.parametrize("name", FILES)
def test_sign_that_nobody_sees_is_refused_in_every_file(copy: Copy, name: str) -> None:
    insert(copy, name, b"a\x01")
    said = f"{name}, line 2: holds U+0001 (control), which nobody sees; remove it"
    assert copy.refusal() == said


def test_lines_are_counted_however_they_end(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("1\r2\r\n3\n4\u202a".encode())
    with pytest.raises(DataError, match=r"a\.csv, line 4: holds U\+202A"):
        files.read_text(tmp_path / "a.csv")


@pytest.mark.parametrize("sign", ["\t", "\u00a0", "\u200d", "\u200f", "é", "\U0001f600"])
def test_signs_that_people_write_are_fine(tmp_path: Path, sign: str) -> None:
    (tmp_path / "a.bib").write_bytes(f"a{sign}b".encode())
    assert files.read_text(tmp_path / "a.bib") == f"a{sign}b"


LONG = "has a longer name than this system knows; give a shorter one"
RIGHTS = "cannot be read: this user has no permission; change the rights of the file"


@pytest.mark.parametrize(
    ("name", "problem"),
    [("x" * 300, LONG), ("x/" * 3000 + "x", LONG), ("a\0b", "file not found")],
    ids=["long name", "long path", "NUL"],
)
def test_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        files.read_text(tmp_path / name)
    assert caught.value.faults[0].problem == problem


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.EACCES, RIGHTS),
        (errno.EPERM, RIGHTS),
        (errno.ENOENT, "file not found"),
        (errno.EIO, "cannot be read: Input/output error"),
    ],
    ids=["no permission", "not permitted", "vanished meanwhile", "broken disk"],
)
def test_file_that_the_system_does_not_give_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: str
) -> None:
    def read_bytes(path: Path) -> bytes:
        raise OSError(number, os.strerror(number))

    # As root, who may read everything, no file is without permission.
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    (tmp_path / "arms.csv").write_text("study", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        files.read_text(tmp_path / "arms.csv")
    assert str(caught.value) == f"{tmp_path.name}/arms.csv: {problem}"


@pytest.mark.parametrize(
    ("name", "size", "problem"),
    [
        ("a.csv", 200_000_001, "has 200 MB, expected at most 200"),
        ("a.json", 3_000_000, "has 3 MB, expected at most 1"),
    ],
)
def test_file_too_large_is_refused(tmp_path: Path, name: str, size: int, problem: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    with pytest.raises(DataError) as caught:
        files.read_text(tmp_path / name)
    assert caught.value.faults[0].problem == problem


def test_device_is_refused() -> None:
    with pytest.raises(DataError, match="zero: is a device or a pipe, expected a file"):
        files.read_text(Path("/dev/zero"))


def test_file_that_vanishes_before_its_digest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.csv: file not found"):
        files.digest([("gone.csv", tmp_path / "gone.csv")])


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        pytest.param(FILES[0], "save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')", id="csv"),
        pytest.param(FILES[1], "save it as UTF-8", id="json"),
        pytest.param(FILES[2], "save it as UTF-8", id="bib"),
    ],
)
@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        pytest.param(
            lambda copy, name: insert(copy, name, "Ü".encode("latin-1")),
            ", line 2: byte 0xdc is not UTF-8; ",
            id="Latin-1",
        ),
        pytest.param(
            lambda copy, name: encode(copy, name, "utf-16-le"),
            ": is UTF-16, expected UTF-8; ",
            id="UTF-16 little-endian",
        ),
        pytest.param(
            lambda copy, name: encode(copy, name, "utf-16-be"),
            ": is UTF-16, expected UTF-8; ",
            id="UTF-16 big-endian",
        ),
    ],
)
def test_other_encoding_is_refused(
    copy: Copy, name: str, advice: str, spoil: Callable[[Copy, str], None], problem: str
) -> None:
    spoil(copy, name)
    assert copy.refusal() == name + problem + advice


def test_missing_data_folder_is_refused(copy: Copy) -> None:
    (copy.root / "data").rename(copy.root / "elsewhere")
    assert copy.refusal() == "data/datapackage.json: file not found"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="byte order mark"),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), id="CRLF"),
    ],
)
def test_mark_and_line_ends_of_windows_change_nothing(
    copy: Copy, name: str, change: Callable[[bytes], bytes]
) -> None:
    before = copy.load()
    copy.write(name, change(copy.read(name)))
    after = copy.load()
    assert after.package == before.package
    assert all(after.tables[table].equals(before.tables[table]) for table in before.tables)
    for key, reference in before.references.items():
        assert after.references[key].cite() == reference.cite()
        assert after.references[key].title == reference.title
        assert after.references[key].source.splitlines() == reference.source.splitlines()
