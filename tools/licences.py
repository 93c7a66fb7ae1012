"""List the licences of all that runs with this project, scripts in its pages included."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, metadata, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
# Where packages bring scripts of others, whose first comment names them: `/*! NAME 1.2.3`.
SCRIPTS = (
    ("plotly", "plotly/package_data/plotly.min.js"),
    ("itables", "itables/html/dt_bundle.js"),
)
NAMED = re.compile(
    r"[/(]\*[*!]\s+(?:\* )?((?:jQuery|plotly\.js|[A-Z])[\w. ]*?) v?(\d+(?:\.\d+)+)\s(.*?)\*[/)]",
    re.S,
)
MIT = re.compile(r"MIT|datatables\.net/license")


def packages() -> list[str]:
    """Return the names of all packages that the project runs with, in order."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    found, waiting = set[str](), list(map(Requirement, project["dependencies"]))
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name not in found and (wanted.marker is None or wanted.marker.evaluate({"extra": ""})):
            waiting += _requirements(name, found)
    return sorted(found)


def licence(name: str) -> str:
    """Return the licence that an installed package states, a long one by its first line."""
    about = metadata(name)
    stated = [text for text in about.get_all("Classifier", []) if text.startswith("License ::")]
    known = "; ".join(text.rpartition(" :: ")[2] for text in stated)
    return (
        about["License-Expression"] or known or (about["License"] or "not stated").splitlines()[0]
    )


def scripts() -> list[tuple[str, str, str]]:
    """Return name, version and licence of each script that a package brings for pages."""
    found = {
        (name, version, "MIT" if MIT.search(rest) else "see the file")
        for package, path in SCRIPTS
        for name, version, rest in NAMED.findall(_read(package, path))
    }
    return sorted(found)


def main() -> int:
    """Print name, version and licence of all packages, then of all scripts; return 0."""
    for listed in [*((name, version(name), licence(name)) for name in packages()), *scripts()]:
        print("{:35} {:12} {}".format(*listed))
    return 0


def _requirements(name: str, found: set[str]) -> list[Requirement]:
    try:
        required = distribution(name).requires or []
    except PackageNotFoundError:
        # For another system or another Python.
        return []
    found.add(name)
    return [Requirement(text) for text in required]


def _read(package: str, path: str) -> str:
    return Path(str(distribution(package).locate_file(path))).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
