"""Print how many small changes of the code no test noticed, after `mutmut run`, by module."""

from __future__ import annotations

import sys
from collections import Counter

from mutmut.mutation.data import SourceFileMutationData
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

NOTICED = ("killed", "timeout", "segfault")


def main() -> int:
    """Print a row per module, and a last one for all of them; return 0."""
    whole = Counter[bool]()
    print(f"{'module':40}{'changes':>8}{'noticed':>8}{'share':>8}")
    for path in sorted(walk_mutatable_files()):
        data = SourceFileMutationData(path=path)
        data.load()
        codes = [code for code in data.exit_code_by_key.values() if code is not None]
        found = Counter(status_by_exit_code[code] in NOTICED for code in codes)
        whole += found
        _row(str(path), found)
    _row("all", whole)
    return 0


def _row(name: str, found: Counter[bool]) -> None:
    if found.total():
        share = found[True] / found.total()
        print(f"{name:40}{found.total():8,}{found[True]:8,}{share:8.1%}")


if __name__ == "__main__":
    sys.exit(main())
