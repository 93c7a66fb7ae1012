"""How a command ends: with an exit code, and a line for people where it could not do its work.

Only what is no fault of this program ends in a line. Anything else is one, and keeps its
traceback, by which it can be found.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from types import FrameType
from typing import NoReturn, TextIO

from review.faults import DataError, Refusal

FAILED, STOPPED, UNREAD = 1, 128 + signal.SIGINT, 141
SIGNALS = ("SIGTERM", "SIGHUP")
CODES = """exit codes:
  0    done
  1    the data has faults, or something could not be read, drawn or written
  2    what was asked for cannot be meant
  3    there is no Chrome, so pictures are missing
  130  stopped by Ctrl-C; by the system: 143, or 129 when its window is closed
  141  nobody read on, as in `... | head`
"""


class Stopped(KeyboardInterrupt):
    """The system asks the program to end, which it does as for Ctrl-C."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def ended(command: Callable[[], int]) -> int:
    """Return the exit code of a command, one of `CODES`, after a line on what stopped it.

    Faults of the data are an answer and go to the standard output, all else to the standard
    error. Signs that cannot be shown are written as codes. While it runs, SIGTERM and SIGHUP
    are answered by cleaning up; before and after, they are as the caller has set them.
    """
    with _showable(sys.stdout), _showable(sys.stderr):
        try:
            with _heeding():
                return _answered(command)
        except KeyboardInterrupt as error:
            return _last("Stopped.", getattr(error, "code", STOPPED))
        except BrokenPipeError:
            return _last("", UNREAD)
        except OSError as error:
            return _last(_reason(error), FAILED)


def say(text: object, file: TextIO | None = None) -> None:
    """Print a text, by default to the standard output, with nothing in it that drives a screen."""
    shown = (sign if sign.isprintable() or sign == "\n" else repr(sign)[1:-1] for sign in str(text))
    print("".join(shown), file=file)


def _answered(command: Callable[[], int]) -> int:
    try:
        return command()
    except DataError as error:
        say(error)
        return FAILED
    except Refusal as error:
        say(error, sys.stderr)
        return error.code
    finally:
        # At the end of the program it would be too late to say that this failed.
        if sys.stdout:
            sys.stdout.flush()


def _reason(error: OSError) -> str:
    place = f"{error.filename} cannot be used" if error.filename else "The system refused"
    return f"{place}: {error.strerror or error}. Choose another place, or mend this one."


def _last(text: str, code: int) -> int:
    # What is still to be printed would fail once more when Python ends.
    for stream in (sys.stdout, sys.stderr):
        _flushed(stream)
    with suppress(OSError):
        if text:
            say(text, sys.stderr)
    _flushed(sys.stderr)
    return code


def _flushed(stream: TextIO | None) -> None:
    if stream is None:
        return
    try:
        stream.flush()
    except OSError:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)


@contextmanager
def _showable(stream: TextIO | None) -> Iterator[None]:
    """Let a console that lacks a sign print its code instead of failing."""
    if not isinstance(stream, TextIOWrapper):
        yield
        return
    before = stream.errors
    stream.reconfigure(errors="backslashreplace")
    try:
        yield
    finally:
        with suppress(OSError, ValueError):
            stream.reconfigure(errors=before)


@contextmanager
def _heeding() -> Iterator[None]:
    """Turn signals to end into an exception, so that what is open is closed and removed."""
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    in_main = threading.current_thread() is threading.main_thread()
    # One that somebody ignores, such as nohup, or answers already is left to them.
    heeded = [n for n in numbers if in_main and signal.getsignal(n) is signal.SIG_DFL]
    for number in heeded:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    raise Stopped(number)
