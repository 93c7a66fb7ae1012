"""The files that describe the environment must agree with each other."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.browser.servers import arguments

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
DEPENDENCIES = [
    Requirement(line) for line in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
]
LOCK = [
    Requirement(line)
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    if not line.lstrip().startswith("#")
]


def read_yaml(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("dependency", DEPENDENCIES, ids=lambda dependency: dependency.name)
def test_lock_pins_dependency(dependency: Requirement) -> None:
    name = canonicalize_name(dependency.name)
    pins = [pin for pin in LOCK if canonicalize_name(pin.name) == name]
    # A second pin is for another Python, and says so.
    assert len(pins) == 1 or (pins and all(pin.marker for pin in pins))
    for pinned in pins:
        (pin,) = pinned.specifier
        assert pin.operator == "=="
        assert dependency.specifier.contains(pin.version)


BUILD = [
    Requirement(line)
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
        "build-system"
    ]["requires"]
]


@pytest.mark.parametrize("dependency", [*DEPENDENCIES, *BUILD], ids=str)
def test_the_next_major_is_not_let_in(dependency: Requirement) -> None:
    installed = Version(version(dependency.name))
    assert dependency.specifier.contains(installed)
    for later in (installed.major + 1, 9999):
        assert not dependency.specifier.contains(f"{later}.0")


@pytest.mark.parametrize("target", ["lab", "serve"])
def test_servers_are_for_this_machine_and_ask_for_a_token(target: str) -> None:
    flags = " ".join(arguments(target))
    assert re.findall(r"\S*\bip=(\S+)", flags) == ["localhost"]
    # JupyterLab has a token unless it is told otherwise, Voila only if it is told to.
    assert ("--token" in flags.split()) == (target == "serve")
    loosened = r"token=|password|allow_(origin|remote|unauth|credentials)|xsrf|disable|0\.0\.0\.0"
    assert not re.search(loosened, flags)
    root = hasattr(os, "getuid") and os.getuid() == 0
    assert ("--allow-root" in flags.split()) == (root and target == "lab")


@pytest.mark.parametrize(("user", "found"), [("0", 1), ("1000", 0)])
def test_root_is_let_in_only_as_root(tmp_path: Path, user: str, found: int) -> None:
    (tmp_path / "id").write_text(f"#!/bin/sh\necho {user}\n", encoding="utf-8")
    (tmp_path / "id").chmod(0o755)
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    env["PATH"] = f"{tmp_path}{os.pathsep}{env['PATH']}"
    printed = subprocess.run(
        ["make", "--dry-run", "lab"], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    ).stdout
    assert printed.count("--allow-root") == found


def test_conda_environment_repeats_no_version_but_python() -> None:
    assert read_yaml("environment.yml")["dependencies"] == [
        f"python {PROJECT['requires-python']}",
        "pip",
        {"pip": ["-r requirements.lock", "-e ."]},
    ]


def test_makefile_checks_the_python_version_of_the_project() -> None:
    bounds = re.fullmatch(r">=3\.(\d+),<3\.(\d+)", PROJECT["requires-python"])
    assert bounds
    low, high = bounds.groups()
    assert f"(3, {low}) <= v < (3, {high})" in MAKEFILE
    assert f"--python-version 3.{low} " in MAKEFILE


def test_make_help_lists_every_target() -> None:
    # Under "make test", make would pass its own options on.
    env = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    ).stdout
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert re.findall(r"^make (\w+) +\w", shown, re.MULTILINE) == phony[1].split()


def test_ci_runs_all_tests_with_a_browser_a_spreadsheet_and_node() -> None:
    path = ROOT / ".ci" / "run"
    assert os.access(path, os.X_OK)
    assert path.read_text(encoding="utf-8").splitlines()[-4:] == [
        "export REQUIRE_BROWSER=1",
        "export REQUIRE_NODE=1",
        "export REQUIRE_OFFICE=1",
        "make test",
    ]


ADVICE = "no node found; install node and npm (Debian: apt-get install nodejs npm)"


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        ({}, 0, f"The scripts of the pages are not checked: {ADVICE}\n"),
        ({"REQUIRE_NODE": "0"}, 0, f"The scripts of the pages are not checked: {ADVICE}\n"),
        ({"REQUIRE_NODE": "1"}, 2, f"REQUIRE_NODE is set, but {ADVICE}\n"),
    ],
    ids=str,
)
def test_scripts_without_node(tmp_path: Path, given: dict[str, str], code: int, said: str) -> None:
    done = subprocess.run(
        [shutil.which("make") or "make", "scripts"],
        cwd=ROOT, env={"PATH": str(tmp_path), **given}, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (code, said)


def test_checks_include_the_scripts() -> None:
    check = MAKEFILE.split("\ncheck: ")[1].split("\n\n")[0]
    assert check.endswith("@$(MAKE) --no-print-directory scripts")


def test_the_tools_for_scripts_are_pinned_and_not_tied_to_a_place() -> None:
    wanted = read_json("package.json")["devDependencies"]
    locked = read_json("package-lock.json")["packages"]
    assert locked[""]["devDependencies"] == wanted
    pins = [found for place, found in locked.items() if place]
    assert len(pins) > len(wanted)
    for pin in pins:
        assert pin["dev"] and pin["version"] and pin["integrity"].startswith("sha512-")
        assert "resolved" not in pin


def read_json(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((ROOT / "tools/scripts" / name).read_text("utf-8"))
    return content


def test_citation_has_the_version_of_the_project() -> None:
    assert read_yaml("CITATION.cff")["version"] == PROJECT["version"]
