"""JupyterLab, and the pages for an audience, started as `make` starts them."""

from __future__ import annotations

import os
import queue
import re
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 15
ADDRESS = re.compile(r"http://localhost:\d+/\S*")
PLACES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "user-settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}


def arguments(target: str) -> list[str]:
    """Return what `make TARGET OPEN=0` gives to its program; that stands in the Makefile only."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    printed = subprocess.run(
        ["make", "--dry-run", target, "OPEN=0"],
        cwd=ROOT,
        env=own,
        capture_output=True,
        text=True,
        check=True,
    )
    return shlex.split(printed.stdout.splitlines()[-1])[1:]


@contextmanager
def running(
    module: str, flags: list[str], folder: Path, settings: Path, **variables: str
) -> Iterator[str]:
    """Start a server in a folder with none of the user's own settings, and give its address."""
    server = subprocess.Popen(
        [sys.executable, "-m", module, *flags],
        cwd=folder,
        env=_environment(settings, variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    lines: queue.Queue[str | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(server, lines), daemon=True)
    reader.start()
    try:
        address = _address(lines)
        _wait_for(address)
        yield address
    finally:
        _stop(server)
        reader.join(STOP_SECONDS)


@contextmanager
def serving(folder: Path, settings: Path, **variables: str) -> Iterator[str]:
    """Start `make serve` in a folder, and give the address of the list of notebooks."""
    # Voila does not say which port it took where it is asked for any.
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    _, module, *flags = [*arguments("serve"), f"--port={port}"]
    # The program is a module of this folder, which is not that of the notebooks.
    paths = os.pathsep.join([variables.get("PYTHONPATH", ""), str(ROOT)])
    places = {"JUPYTER_PATH": str(ROOT / "serve"), **variables, "PYTHONPATH": paths}
    with running(module, flags, folder, settings, **places) as address:
        yield address


def _environment(settings: Path, variables: Mapping[str, str]) -> dict[str, str]:
    places = {name: str(settings / place) for name, place in PLACES.items()}
    return {**os.environ, **places, **variables}


def _read(server: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
    assert server.stdout
    with server.stdout as output:
        for line in output:
            lines.put(line)
    lines.put(None)


def _address(lines: queue.Queue[str | None]) -> str:
    said: list[str] = []
    try:
        while (line := lines.get(timeout=START_SECONDS)) is not None:
            said.append(line)
            if found := ADDRESS.search(line):
                return found[0]
    except queue.Empty:
        said.append(f"No line for {START_SECONDS} s.")
    pytest.fail(f"The server printed no address:\n{''.join(said)}", pytrace=False)


def _wait_for(address: str) -> None:
    # A server says where it will be before it is there.
    host, port = urlsplit(address).hostname, urlsplit(address).port
    last = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection((host, port), timeout=START_SECONDS).close()
            return
        except ConnectionRefusedError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)


def _stop(server: subprocess.Popen[str]) -> None:
    """Let it end its kernels, which are in groups of their own, then end its group."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait(STOP_SECONDS)
