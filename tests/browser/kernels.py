"""The kernel behind a notebook: what it holds, asked beside the page, and its process."""

from __future__ import annotations

import ast
import os
import signal
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
    """One kernel, by the file that says where it listens."""

    file: Path

    def value(self, expression: str) -> Any:
        """Return what an expression comes to in the notebook, as far as Python can write it."""
        client = BlockingKernelClient(connection_file=str(self.file))
        client.load_connection_file()
        client.start_channels()
        try:
            asked = {"it": expression}
            request = client.execute("", silent=True, user_expressions=asked)
            while (reply := client.get_shell_msg(timeout=SECONDS))["parent_header"][
                "msg_id"
            ] != request:
                continue
        finally:
            client.stop_channels()
        return ast.literal_eval(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])

    def kill(self) -> None:
        """End the process, as a system does that has no memory left."""
        os.kill(self.value("__import__('os').getpid()"), signal.SIGKILL)


def kernel_of(lab: Lab, base: Path) -> Kernel:
    """Return the kernel of this notebook, whose server runs below the base of temporary folders."""
    name = lab.page.evaluate(ID, lab.notebook.name)
    (file,) = base.glob(f"settings[0-9]*/runtime/kernel-{name}.json")
    return Kernel(file)
