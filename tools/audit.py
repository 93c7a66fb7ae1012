"""Ask for known weaknesses of the packages that `make` installs; what nobody knows is no answer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
UNREACHED = (
    "make audit: no advisory service could be reached, so nothing is known of these packages; "
    "try again with a network."
)
ASK = ("pip_audit", "--format=json", "--progress-spinner=off", "--no-deps", "--disable-pip")


def told(packages: Iterable[Mapping[str, Any]]) -> tuple[str, int]:
    """Return what pip-audit found in words, and the exit code: 0 where all are known and sound."""
    packages = list(packages)
    unknown = [package["name"] for package in packages if "skip_reason" in package]
    weak = [
        f"{package['name']} {package['version']}: {found['id']}, {_mended(found['fix_versions'])}"
        for package in packages
        for found in package.get("vulns", ())
    ]
    if len(unknown) == len(packages):
        return UNREACHED, 1
    counts = f"{len(packages)} packages, {len(weak)} known weaknesses"
    lines = [counts, *weak, *(f"{name}: unknown to the advisory service" for name in unknown)]
    return "\n".join(lines), 1 if weak or unknown else 0


def main() -> int:
    """Print what is known of the packages in requirements.lock; return the exit code of `told`."""
    command = [sys.executable, "-m", *ASK, "--requirement", str(LOCK)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except ValueError:
        packages = []
    said, code = told(packages)
    print(said, file=sys.stderr if code else sys.stdout)
    return code


def _mended(versions: Iterable[str]) -> str:
    return f"mended in {', '.join(versions)}" if versions else "not mended yet"


if __name__ == "__main__":
    sys.exit(main())
