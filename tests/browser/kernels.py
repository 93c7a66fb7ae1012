"""The kernel behind a notebook: what it holds, asked beside the page, and its process."""

from __future__ import annotations

import ast
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client.blocking import BlockingKernelClient

from tests.browser.lab import Lab

SECONDS = 30
ID = """async (name) => {
  const sessions = await (await fetch("/api/sessions")).json();
  return sessions.find(({ path }) => path.endsWith(name)).kernel.id;
}"""


@dataclass(frozen=True)
class Kernel:
    """One kernel, through a connection of its own."""

    client: BlockingKernelClient

    def value(self, expression: str) -> Any:
        """Return what an expression comes to in the notebook, as far as Python can write it."""
        asked = {"it": expression}
        request = self.client.execute("", silent=True, user_expressions=asked)
        while (reply := self.client.get_shell_msg(timeout=SECONDS))["parent_header"].get(
            "msg_id"
        ) != request:
            continue
        return ast.literal_eval(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])

    def kill(self) -> None:
        """End the process, as a system does that has no memory left."""
        os.kill(self.value("__import__('os').getpid()"), signal.SIGKILL)


@contextmanager
def kernel_of(lab: Lab, base: Path) -> Iterator[Kernel]:
    """Connect to the kernel of this notebook, whose server has its settings below this folder."""
    name = lab.page.evaluate(ID, lab.notebook.name)
    (file,) = base.glob(f"settings[0-9]*/runtime/kernel-{name}.json")
    client = BlockingKernelClient(connection_file=str(file))
    client.load_connection_file()
    client.start_channels()
    yield Kernel(client)
    client.stop_channels()
