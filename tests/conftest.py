"""A copy of the real data that a test may spoil, and the real review."""

import csv
import shutil
from pathlib import Path

import pytest
from hypothesis import Phase, settings

import review

ROOT = Path(__file__).parent.parent

# The same examples on every machine, however slow it is.
settings.register_profile("project", derandomize=True, deadline=None, max_examples=40)
# A changed copy of the code needs few examples, and no simplest one.
settings.register_profile(
    "mutants", derandomize=True, deadline=None, max_examples=5, phases=(Phase.generate,)
)
settings.load_profile("project")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a module in one worker, and modules that use the same page."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            module = Path(item.nodeid.partition("::")[0]).stem
            item.add_marker(pytest.mark.xdist_group(module))


class Copy:
    """The data folder and references.bib in a folder of their own; files named as in messages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "data", root / "data")
        shutil.copy(ROOT / "references.bib", root)

    def read(self, name: str) -> bytes:
        return (self.root / name).read_bytes()

    def write(self, name: str, raw: bytes) -> None:
        (self.root / name).write_bytes(raw)

    def remove(self, name: str) -> None:
        (self.root / name).unlink()

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text that must be there."""
        text = self.read(name).decode()
        assert old in text
        self.write(name, text.replace(old, new, 1).encode())

    def rows(self, name: str) -> list[list[str]]:
        with (self.root / name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write_rows(self, name: str, rows: list[list[str]]) -> None:
        with (self.root / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def cell(self, name: str, row: int, column: str, value: str) -> None:
        """Set one cell; rows are numbered as in a spreadsheet, the header is row 1."""
        rows = self.rows(name)
        rows[row - 1][rows[0].index(column)] = value
        self.write_rows(name, rows)

    def load(self) -> review.Review:
        return review.load(data=self.root / "data", bib=self.root / "references.bib")

    def refusal(self) -> str:
        """Return the whole text of the error with which the copy is refused."""
        with pytest.raises(review.DataError) as caught:
            self.load()
        return str(caught.value)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture(scope="session")
def loaded() -> review.Review:
    return review.load()
