"""A notebook in a real JupyterLab and a real browser, for measuring."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from jupyter_client import BlockingKernelClient
from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.browsers import NoBrowser, find_browser
from tests.browser.servers import arguments

ROOT = Path(__file__).parents[1]
QUIET = ("--disable-gpu", "--disable-background-networking", "--no-first-run")
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
CODE = """import sys
sys.path.insert(0, {root!r})
import review
from review import panels
{data}
panels.explore(data)"""


@dataclass
class Lab:
    """A page with a panel, what it took to get there, and the kernel behind it."""

    page: Page
    devtools: CDPSession
    folder: Path
    seconds: float
    megabytes: float

    def ask(self, code: str) -> Any:
        """Return the value of an expression in the kernel."""
        # Not kept, or what the kernel sends to the page would pile up for it.
        with _client(self.folder) as client:
            reply = client.execute_interactive(
                "", user_expressions={"asked": code}, silent=True, timeout=60
            )
        return eval(reply["content"]["user_expressions"]["asked"]["data"]["text/plain"])

    def page_megabytes(self) -> float:
        """Return what the page's scripts hold after a collection of garbage."""
        self.devtools.send("HeapProfiler.collectGarbage")
        metrics = self.devtools.send("Performance.getMetrics")["metrics"]
        (used,) = (entry["value"] for entry in metrics if entry["name"] == "JSHeapUsedSize")
        return float(used) / 1e6

    def kernel_megabytes(self) -> float:
        """Return what the kernel's process holds after a collection of garbage."""
        code = (
            "__import__('gc').collect() and 0 or __import__('psutil').Process().memory_info().rss"
        )
        return float(self.ask(code)) / 1e6

    def widgets(self) -> int:
        """Return the number of widget models of the kernel."""
        return int(self.ask("len(__import__('ipywidgets').widgets.widget._instances)"))


@contextmanager
def lab(data: str) -> Iterator[Lab]:
    """Open a notebook that explores a review, made by the code as `data`; clock it all."""
    program = find_browser(os.environ)
    if isinstance(program, NoBrowser):
        raise SystemExit(program.reason)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        _write(Path(folder), data)
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        devtools = page.context.new_cdp_session(page)
        received = _counted(devtools)
        start = perf_counter()
        server = _server(Path(folder))
        try:
            _run(page, _address(server))
            seconds = perf_counter() - start
            page.wait_for_timeout(2_000)
            yield Lab(page, devtools, Path(folder), seconds, sum(received) / 1e6)
        finally:
            browser.close()
            server.terminate()
            server.wait(20)


def _write(folder: Path, data: str) -> None:
    code = CODE.format(root=str(ROOT), data=data)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(notebook, folder / "panel.ipynb")


def _server(folder: Path) -> subprocess.Popen[str]:
    places = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime"}
    places |= {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    return subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *arguments("lab")[1:], "--ServerApp.port=0"],
        cwd=folder,
        env=dict(os.environ) | {name: str(folder / place) for name, place in places.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _address(server: subprocess.Popen[str]) -> str:
    assert server.stderr
    for line in server.stderr:
        if "token=" in line and "localhost" in line:
            base, token = re.split(r"/lab\S*\?", line.split()[-1])
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return f"{base}/lab/tree/panel.ipynb?{token}"
    raise SystemExit("JupyterLab printed no address")


def _run(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("| Idle").wait_for(timeout=60_000)
    page.locator(".lm-MenuBar").get_by_text("Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".review-chart .main-svg").first.wait_for(state="attached", timeout=60_000)


def _counted(devtools: CDPSession) -> list[float]:
    received: list[float] = []
    devtools.send("Network.enable")
    devtools.send("Performance.enable")
    devtools.on("Network.dataReceived", lambda event: received.append(event["encodedDataLength"]))
    devtools.on(
        "Network.webSocketFrameReceived",
        lambda event: received.append(_size(event["response"])),
    )
    return received


def _size(frame: dict[str, Any]) -> float:
    # Binary frames come as base64, four letters for three bytes.
    return len(frame["payloadData"]) * (0.75 if frame["opcode"] == 2 else 1)


@contextmanager
def _client(folder: Path) -> Iterator[BlockingKernelClient]:
    (connection,) = (folder / "runtime").glob("kernel-*.json")
    client = BlockingKernelClient(connection_file=str(connection))
    client.load_connection_file()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        yield client
    finally:
        client.stop_channels()
