"""The command line: `python -m review` with `check`, `dictionary`, `figures`, `slides` or `new`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see `endings` for what each says."""
    try:
        # Loaded here, so that Ctrl-C while Python starts ends in a line too.
        from review import endings

        return endings.ended(lambda: _run(arguments))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _run(arguments: Sequence[str] | None) -> int:
    # Takes a second, in which a person can already change their mind.
    from review import commands

    return commands.run(arguments)


if __name__ == "__main__":
    sys.exit(main())
