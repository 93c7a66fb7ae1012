"""Files that are no UTF-8 text are refused; a byte order mark or CRLF is no fault."""

from collections.abc import Callable

import pytest

from tests.conftest import Copy

FILES = ("data/arms.csv", "data/datapackage.json", "references.bib")


def make_directory(copy: Copy, name: str) -> None:
    copy.remove(name)
    (copy.root / name).mkdir()


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
    assert copy.refusal() == name + problem


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
