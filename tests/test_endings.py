"""However a command is called, and wherever it runs, it ends with a code and a line."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

import pytest

from review import endings, provenance
from review.__main__ import main
from review.export import View, views
from review.export.pictures import PictureError
from review.faults import DataError, Fault, Refusal
from tests.real import real

LONG = "x" * 300
NAME = "python -m review"
FIGURES = "figures --out out --only funnel --formats html"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with what the commands below are pointed at."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    return tmp_path


# What is asked, the exit code, and all that is said.
LINES: list[tuple[list[str], int, str]] = [
    *(
        ([*command.split(), option, ""], 2, f"argument {option}: is empty, expected a path")
        for command, option in [
            ("check", "--data"), ("check", "--bib"), ("dictionary", "--data"),
            ("figures", "--out"), ("figures --out out", "--from"), ("slides", "--out"),
        ]
    ),
    (["new", ""], 2, "argument DIR: is empty, expected a path"),
    (["figures", "--out", "-"], 2, "argument --out: '-' is no path; one of this name is ./-"),
    (["new", "a\0b"], 2, r"argument DIR: 'a\x00b' holds what no path can"),
    (["check", "--data", "\ud800"], 2, r"argument --data: '\ud800' holds what no path can"),
    (["new", LONG], 1, f"{LONG} cannot be used: File name too long. "
        "Choose another place, or mend this one."),
    (["new", "file/within"], 1, "file/within is a file, or lies in one; expected a folder. "
        "Choose another folder."),
    (["new", "nowhere"], 1, "nowhere is a link to nothing; expected a folder. "
        "Choose another folder."),
    (["new", "loop"], 1, "loop is a link to nothing; expected a folder. Choose another folder."),
    (["new", "full"], 1, "full: is not empty, expected a new or an empty folder; "
        "give another name"),
    ([*FIGURES.split(), "--out", LONG], 1, f"{LONG} cannot be written to: File name too long. "
        "Nothing in it was changed."),
    ([*FIGURES.split(), "--out", "file"], 1, "file is a file, or lies in one; expected a folder. "
        "Choose another folder."),
    (["slides", "--out", "full", "--only", "funnel"], 1, "full is a folder, expected a file; "
        "name one such as talk.pptx."),
    (["slides", "--out", "..", "--only", "funnel"], 1, ".. is a folder, expected a file; "
        "name one such as talk.pptx."),
    ([*FIGURES.split(), "--scale", "9" * 31], 2, f"scale: {'9' * 31} is not one of 1, 2, 4"),
    ([*FIGURES.split(), "--scale", "9" * 5000], 2,
        f"argument --scale: invalid int value: '{'9' * 262}"),
    ([*FIGURES.split(), "--select", "text=\udcff"], 2,
        r"text: '\udcff' holds half a sign; type it again"),
    ([*FIGURES.split(), "--select", "subject=\u202e\n"], 2,
        r"subject: '\u202e' is not one of human, animal, in_vitro, review"),
    ([*FIGURES.split(), "--shape", "\udcff\n"], 2,
        r"shape: '\udcff\n' is not one of 16:9, 4:3, 1:1"),
    ([*FIGURES.split(), "--background", "\x1b[31m"], 2,
        r"background: '\x1b[31m' is not one of white, transparent, dark"),
    ([], 2, "the following arguments are required: COMMAND"),
    (["check", "a\nb\u202e"], 2, r"unrecognized arguments: a b\u202e"),
    (["draw"], 2, "argument COMMAND: invalid choice: 'draw' (choose from 'check', 'dictionary', "
        "'figures', 'slides', 'new')"),
]  # fmt: skip


def called(arguments: list[str]) -> str:
    return ascii(" ".join(arguments))[:60]


@pytest.mark.parametrize(
    ("arguments", "code", "said"), LINES, ids=[called(line[0]) for line in LINES]
)
def test_a_command_that_cannot_be_done_says_why_in_a_line(
    place: Path, arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name for path in place.iterdir()}
    try:
        ended = main(arguments)
    except SystemExit as end:
        ended = end.code
        prog = " ".join([NAME, *arguments[:1]]) if "argument DIR" in said or "--" in said else NAME
        said = f"{prog}: {said}; see {prog} --help"
    shown = capsys.readouterr()
    assert (ended, shown.out + shown.err) == (code, f"{said}\n")
    assert {path.name for path in place.iterdir()} == before


def view_file(place: Path, **changed: Any) -> None:
    spec = json.loads(views.written(View(("information_size",)), provenance.of(real())))
    (place / "view.json").write_text(json.dumps(spec | changed), encoding="utf-8")


def sizes(**asked: Any) -> dict[str, Any]:
    return {"settings": {"information_size": asked}}


EFFECT = "is not between 0.001 and 1,000 times the standard deviation"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"figures": 1}, "figures: 1 is not a list of words"),
        ({"figures": "funnel"}, "figures: 'funnel' is not a list of words"),
        ({"figures": {"funnel": 1}}, "figures: {'funnel': 1} is not a list of words"),
        ({"figures": None}, "figures: None is not a list of words"),
        ({"figures": [["funnel"]]}, "figures: ['funnel'] is not one of funnel, "),
        ({"formats": [1]}, "formats: 1 is not one of svg, png, pdf, html"),
        ({"formats": [{}]}, "formats: {} is not one of svg, png, pdf, html"),
        ({"selection": 5}, "selection: 5 is not a text"),
        ({"selection": None}, "selection: None is not a text"),
        ({"selection": ["subject"]}, "selection: ('subject',) is not a text"),
        ({"selection": "text=\ud800"}, r"text: '\ud800' holds half a sign; type it again"),
        ({"scale": True}, "scale: True is not one of 1, 2, 4"),
        ({"scale": 1.0}, "scale: 1.0 is not one of 1, 2, 4"),
        ({"scale": "1"}, "scale: '1' is not one of 1, 2, 4"),
        ({"scale": {}}, "scale: {} is not one of 1, 2, 4"),
        ({"shape": []}, "shape: () is not one of 16:9, 4:3, 1:1"),
        ({"shape": "\ud800\n"}, r"shape: '\ud800\n' is not one of 16:9, 4:3, 1:1"),
        ({"background": {"white": 1}}, "background: {'white': 1} is not one of white, "),
        ({"settings": 1}, "settings: 1 is not a list of settings by the name of a figure"),
        ({"settings": {"funnel": {}}}, "settings: 'funnel' is not one of directions, "),
        (sizes(power=float("nan")), "settings: information_size.power: nan is not a number"),
        (sizes(sd=float("inf")), "settings: information_size.sd: inf is not a number between 0"),
        (sizes(sd=-1e308), "settings: information_size.sd: -1e+308 is not a number between 0"),
        (sizes(difference=10**400), "settings: information_size.difference: 1000000000000000"),
        (sizes(difference=1e308), "settings: information_size.difference: 1e+308 is not a number"),
        (sizes(difference=1e-300), f"settings: information_size.difference: 1e-300 {EFFECT}, 2.2"),
        (sizes(sd=1e-300), f"settings: information_size.difference: 2 {EFFECT}, 1e-300"),
        (sizes(sd=1e8), f"settings: information_size.difference: 2 {EFFECT}, 1e+08"),
        (sizes(power=[0.5]), "settings: information_size.power: [0.5] is not a number between 0"),
    ],
    ids=lambda value: ascii(value)[:50] if isinstance(value, dict) else "",
)
def test_a_view_that_cannot_be_meant(
    place: Path, changed: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    view_file(place, **changed)
    assert main(["figures", "--out", "out", "--from", "view.json", "--formats", "html"]) == 2
    shown = capsys.readouterr()
    # What is wrong with a word for this review is found after the file has been read.
    assert shown.err.removeprefix("view.json: ").startswith(said)
    assert (shown.out, shown.err.count("\n")) == ("", 1)
    assert not (place / "out").exists()


@pytest.mark.parametrize(
    "asked",
    [
        {"power": 1e-300}, {"power": 1 - 1e-16}, {"difference": 1000, "sd": 1},
        {"difference": 0.001, "sd": 1}, {"difference": 999_999_999, "sd": 1_000_000},
        {"difference": 1e-300, "sd": 1e-300},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_extreme_and_can_be_meant_is_drawn(place: Path, asked: dict[str, Any]) -> None:
    view_file(place, **sizes(**asked), formats=["html"])
    assert main(["figures", "--out", "out", "--from", "view.json"]) == 0
    assert (place / "out" / "figures.html").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "is nested too deeply; expected a file that an export wrote"),
        ('{"figures": ' + "9" * 5000 + "}", "Exceeds the limit"),
        ("null", "holds no view; expected a file that an export wrote"),
        ("1e999", "holds no view; expected a file that an export wrote"),
    ],
    ids=["deep", "digits", "null", "number"],
)
def test_a_file_that_is_no_view(
    place: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "view.json").write_text(text, encoding="utf-8")
    assert main(["figures", "--out", "out", "--from", "view.json"]) == 2
    assert capsys.readouterr().err.startswith(f"view.json: {said}")


def test_what_is_asked_for_twice_is_made_once(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    twice = ["--only", "coverage", "coverage", "--formats", "html", "html"]
    assert main(["figures", "--out", "out", *twice]) == 0
    assert capsys.readouterr().out.startswith("wrote 6 files to out: ")
    page = (place / "out" / "figures.html").read_text(encoding="utf-8")
    assert page.count('<div id="coverage"') == 1


@pytest.mark.parametrize("command", ["figures", "new", "dictionary"])
def test_a_place_that_cannot_be_written_to(
    place: Path, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system", "deep/within")

    main(["new", "mine"])
    capsys.readouterr()
    monkeypatch.setattr("review.scratch.folder", refuse)
    asked = {
        "figures": [*FIGURES.split()],
        "new": ["new", "out"],
        "dictionary": ["dictionary", "--data", "mine/data"],
    }
    out = "mine/data" if command == "dictionary" else "out"
    assert main(asked[command]) == 1
    assert capsys.readouterr().err == (
        f"{out} cannot be written to: Read-only file system. Nothing in it was changed.\n"
    )


def test_a_dictionary_that_cannot_be_replaced(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", "mine"])
    (place / "mine" / "data" / "README.md").unlink()
    (place / "mine" / "data" / "README.md").mkdir()
    capsys.readouterr()
    assert main(["dictionary", "--data", "mine/data"]) == 1
    assert capsys.readouterr().err == (
        "data/README.md is a folder, expected a file; move it away.\n"
    )


def test_no_folder_for_temporary_files(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", missing)
    assert main(["figures", "--out", "out", "--only", "funnel", "--formats", "png"]) == 1
    assert capsys.readouterr().err == (
        "Chrome needs the folder for temporary files, which cannot be used: No usable temporary "
        "directory found. Make room in it, or name another in TMPDIR.\n"
    )


def raising(error: BaseException) -> Callable[[], int]:
    def command() -> int:
        raise error

    return command


class Odd(Refusal):
    code = 7


@pytest.mark.parametrize(
    ("error", "code", "out", "err"),
    [
        (DataError([Fault("a.csv", "row 2", "x", "odd")]), 1, "a.csv, row 2, x: odd\n", ""),
        (Odd("no"), 7, "", "no\n"),
        (PictureError("no"), 1, "", "no\n"),
        (KeyboardInterrupt(), 130, "", "Stopped.\n"),
        (endings.Stopped(signal.SIGTERM), 143, "", "Stopped.\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, "", ""),
        (
            PermissionError(13, "Permission denied", "a\nb\x1b"),
            1,
            "",
            "a\nb\\x1b cannot be used: Permission denied. Choose another place, or mend this "
            "one.\n",
        ),
        (
            OSError("odd"),
            1,
            "",
            "The system refused: odd. Choose another place, or mend this one.\n",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_is_no_fault_of_the_program_is_a_line(
    error: BaseException, code: int, out: str, err: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert endings.ended(raising(error)) == code
    assert capsys.readouterr() == (out, err)


@pytest.mark.parametrize("error", [TypeError, KeyError, ValueError, RecursionError, UnicodeError])
def test_a_fault_of_the_program_keeps_its_traceback(error: type[Exception]) -> None:
    with pytest.raises(error):
        endings.ended(raising(error("ours")))


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("cp1252", b"\\u5750\xfc\\u2265 \\udcff\n"),
        ("ascii", b"\\u5750\\xfc\\u2265 \\udcff\n"),
        ("utf-8", "坐ü≥ \\udcff\n".encode()),
    ],
)
@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_a_console_that_lacks_a_sign_shows_its_code(
    monkeypatch: pytest.MonkeyPatch, encoding: str, shown: bytes, name: str
) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    monkeypatch.setattr(sys, name, stream)

    def command() -> int:
        print("坐ü≥ \udcff", file=stream)
        return 0

    assert endings.ended(command) == 0
    stream.flush()
    assert raw.getvalue() == shown
    assert stream.errors == "strict"


def full() -> TextIO:
    """Return a stream to a disk that is always full."""
    return Path("/dev/full").open("w")


def unread() -> TextIO:
    """Return a stream of which nobody reads the other end."""
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only")
@pytest.mark.parametrize(
    ("opened", "code", "said"),
    [
        (unread, 141, ""),
        (
            full,
            1,
            "The system refused: No space left on device. Choose another place, or mend this "
            "one.\n",
        ),
    ],
    ids=["nobody reads", "full disk"],
)
def test_an_answer_that_cannot_be_given(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    opened: Callable[[], TextIO],
    code: int,
    said: str,
) -> None:
    with opened() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["check"]) == code
    assert capsys.readouterr().err == said


@pytest.mark.parametrize("names", [["stdout"], ["stderr"], ["stdout", "stderr"]], ids=" ".join)
@pytest.mark.parametrize("command", [["check"], ["draw"], ["new", "file"], FIGURES.split()])
def test_without_a_console_it_works_all_the_same(
    monkeypatch: pytest.MonkeyPatch, names: list[str], command: list[str]
) -> None:
    for name in names:
        monkeypatch.setattr(sys, name, None)
    try:
        code = main(command)
    except SystemExit as end:
        code = int(str(end.code))
    assert code == {"check": 0, "draw": 2, "new": 1, "figures": 0}[command[0]]


def test_signals_are_heeded_while_a_command_runs_and_only_then(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def command() -> int:
        os.kill(os.getpid(), signal.SIGTERM)
        return 0

    assert endings.ended(command) == 143
    assert capsys.readouterr().err == "Stopped.\n"
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_signals_that_are_ignored_stay_so() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        assert endings.ended(lambda: signal.getsignal(signal.SIGTERM)) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_outside_the_main_thread_signals_are_left_alone() -> None:
    codes = list[int]()
    thread = threading.Thread(target=lambda: codes.append(endings.ended(lambda: 0)))
    thread.start()
    thread.join()
    assert codes == [0]


# Waits while the files of an export are being made, until it is stopped.
WAITING = """
import sys, time
from review import folders
from review.__main__ import main
from review.export import files

folders.write = lambda path, content: print(path.parent, flush=True)

def wait(*_):
    print("waiting", flush=True)
    time.sleep(60)

files._tell = wait
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", WAITING, *FIGURES.split()]
    # A shell lets what it starts in the background ignore Ctrl-C, and so would these tests.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    signal.signal(signal.SIGINT, before)
    assert process.stdout
    # Python can lose a Ctrl-C between the first file, in another thread, and the wait.
    lines = set[str]()
    while len(lines) < 2 or "waiting\n" not in lines:
        lines.add(process.stdout.readline())
    (place,) = lines - {"waiting\n"}
    assert Path(place.strip()).is_dir()
    yield process
    process.kill()
    process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to end")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_stopped_it_leaves_nothing(
    place: Path, waiting: subprocess.Popen[str], name: str, code: int
) -> None:
    waiting.send_signal(getattr(signal, name))
    _, said = waiting.communicate(timeout=30)
    assert (waiting.returncode, said) == (code, "Stopped.\n")
    assert list((place / "out").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="other shells have other pipes")
def test_nobody_reads_on() -> None:
    piped = f"{sys.executable} -m review check | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.skipif(os.name == "nt", reason="arguments are text there")
def test_arguments_that_are_no_text() -> None:
    command = [sys.executable, "-m", "review", "check", "--data", b"caf\xe9"]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr + done.stdout
    assert done.stdout == b"caf\\udce9/datapackage.json: file not found\n"


def test_help_tells_the_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    assert endings.CODES in capsys.readouterr().out


def test_ctrl_c_before_anything_is_loaded_is_a_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(endings, "ended", lambda _: raising(KeyboardInterrupt())())
    assert main(["check"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"
