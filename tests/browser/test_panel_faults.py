"""The panel when its kernel is busy, killed, restarted, shut down or out of reach."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests import recount
from tests.browser.expected import EVERY
from tests.browser.kernels import Kernel, kernel_of
from tests.browser.lab import POLL_MS, START_MS, WAIT_MS, Lab, Panel

pytestmark = pytest.mark.browser
# As a long computation that does not let another thread of Python run.
HOLD = """import ctypes, pathlib
if pathlib.Path("gate").exists():
    pathlib.Path("held").touch()
    ctypes.PyDLL(None).open(b"gate", 0)"""
NOTEBOOK = (
    "first = panels.explore(data)\nfirst",
    "panels.explore(data, figure='funnel', link=first)",
    HOLD,
)
GONE = (
    "The kernel has stopped: what you choose now changes nothing. "
    "Run the notebook again (Run, Run All Cells)."
)
AWAY = "No connection to the kernel: what you choose now shows when it is back."
BUSY = "The kernel is busy: what you choose now shows when it is done."
HUMAN = {"subject": ("human",)}
SCIATICA = {"condition": ("sciatica",)}
DIMMED = (".review-state", ".review-chart", ".dt-container", ".review-names")
DIM = """(panel, places) => places.map((place) => {
  let opacity = 1;
  for (let at = panel.querySelector(place); at !== panel; at = at.parentElement) {
    opacity *= getComputedStyle(at).opacity;
  }
  return opacity < 0.6;
})"""


@pytest.fixture
def kernel(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    with kernel_of(lab, tmp_path_factory.getbasetemp()) as kernel:
        yield kernel


def killed(lab: Lab, kernel: Kernel) -> None:
    kernel.kill()
    # JupyterLab says that it starts it again.
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()


def restarted(lab: Lab, _: Kernel) -> None:
    lab.menu("Kernel", "Restart Kernel…")
    lab.page.locator(".jp-Dialog .jp-mod-accept").click()


def shut_down(lab: Lab, _: Kernel) -> None:
    lab.menu("Kernel", "Shut Down Kernel")


def columns(panel: Panel) -> list[float]:
    """Return where the filters and the chart begin, from the left."""
    boxes = [
        panel.root.locator(place).bounding_box() for place in (".review-filters", ".review-chart")
    ]
    return [box["x"] for box in boxes if box]


@pytest.mark.parametrize(
    "end",
    [killed, *(pytest.param(end, marks=pytest.mark.long) for end in (restarted, shut_down))],
    ids=lambda end: end.__name__,
)
def test_a_kernel_that_ends_is_said_and_the_next_is_followed(
    panel: Panel, lab: Lab, kernel: Kernel, end: Callable[[Lab, Kernel], None]
) -> None:
    other = lab.panel(1)
    beside = columns(panel)
    panel.only("subject", "human").click()
    panel.shows(HUMAN)
    assert kernel.value("str(first.selection)") == "subject=human"
    assert panel.root.evaluate(DIM, DIMMED) == [False] * 4
    end(lab, kernel)
    for one in (panel, other):
        expect(one.notice).to_have_text(GONE)
        assert one.root.evaluate(DIM, DIMMED) == [True] * 4
        assert columns(one) == beside
    # Nothing can be chosen that would not be followed; what was chosen can be taken along.
    panel.box("subject", "animal").click(force=True)
    expect(panel.box("subject", "animal")).not_to_be_checked()
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    panel.button("Copy").click()
    expect(panel.button("Copied")).to_be_visible()
    assert lab.page.evaluate("navigator.clipboard.readText()") == "subject=human"
    if end is shut_down:
        # Without a kernel, JupyterLab gives a notebook one when it is opened.
        lab.save()
        lab.page.reload()
        lab.idle()
    lab.menu("Run", "Run All Cells")
    for one, figure in ((panel, "coverage"), (other, "funnel")):
        expect(one.notice).to_have_text("", timeout=START_MS)
        expect(one.chart.locator(".gtitle")).to_be_attached(timeout=START_MS)
        one.shows({}, figure)
    other.only("subject", "human").click()
    panel.shows(HUMAN)


@contextmanager
def held(lab: Lab) -> Iterator[None]:
    """Keep the kernel busy with the last cell."""
    gate, sign = (lab.notebook.with_name(name) for name in ("gate", "held"))
    os.mkfifo(gate)
    try:
        cell = lab.page.locator(".jp-CodeCell").last
        cell.locator(".cm-content").click()
        lab.page.keyboard.press("Control+Enter")
        for _ in range(WAIT_MS // POLL_MS):
            if not sign.exists():
                lab.page.wait_for_timeout(POLL_MS)
        assert sign.exists()
        yield
    finally:
        # Opens only where the cell waits for it.
        with contextlib.suppress(OSError):
            os.close(os.open(gate, os.O_WRONLY | os.O_NONBLOCK))
        gate.unlink()
        sign.unlink(missing_ok=True)


def test_a_busy_kernel_is_waited_for_and_not_called_dead(panel: Panel, lab: Lab) -> None:
    other = lab.panel(1)
    with held(lab):
        panel.only("subject", "human").click()
        expect(panel.notice).to_have_text(BUSY)
        expect(other.notice).to_have_text("")
        panel.only("condition", "sciatica").click()
    expect(panel.notice).to_have_text("")
    panel.shows({**HUMAN, "condition": ("sciatica",)})
    other.shows({**HUMAN, "condition": ("sciatica",)}, "funnel")


LOSE = """(lambda figure, comm: [
    setattr(figure, "comm", None), first._draw(), setattr(figure, "comm", comm)
])(first._figure, first._figure.comm)[2]"""


def test_a_figure_that_got_lost_on_the_way_is_drawn_all_the_same(
    panel: Panel, lab: Lab, kernel: Kernel
) -> None:
    panel.only("subject", "human").click()
    panel.shows(HUMAN)
    drawn = panel.chart.get_attribute("data-shown") or ""
    kernel.value(LOSE)
    assert panel.chart.get_attribute("data-shown") == drawn
    # It changes nothing.
    panel.root.locator(".review-state").click()
    expect(panel.chart).to_have_attribute("data-shown", f"{int(drawn) + 1}")


@pytest.mark.parametrize("name", ["text", "year_from", "n_min"])
def test_what_is_typed_in_a_field_stays_when_a_busy_kernel_answers(
    panel: Panel, lab: Lab, name: str
) -> None:
    typed = {"text": ("pa", "in"), "year_from": ("20", "12"), "n_min": ("1", "2")}[name]
    values = [word if name == "text" else int(word) for word in (typed[0], "".join(typed))]
    with held(lab):
        panel.only("subject", "human").click()
        panel.type(name, typed[0])
    # A year of two digits is none yet.
    panel.says(HUMAN if name == "year_from" else {**HUMAN, name: values[0]})
    expect(panel.field(name)).to_have_value(typed[0])
    panel.page.keyboard.type(typed[1])
    panel.shows({**HUMAN, name: values[1]})


def test_a_view_being_typed_stays_when_a_busy_kernel_answers(panel: Panel, lab: Lab) -> None:
    with held(lab):
        panel.only("subject", "human").click()
        panel.text.fill("subject=animal&n_")
    panel.says(HUMAN)
    expect(panel.text).to_have_value("subject=animal&n_")
    panel.page.keyboard.type("min=20")
    panel.page.keyboard.press("Enter")
    panel.shows({"subject": ("animal",), "n_min": 20})


def test_a_view_that_is_typed_on_after_it_was_applied_stays(panel: Panel, lab: Lab) -> None:
    with held(lab):
        panel.text.fill("subject=animal")
        panel.page.keyboard.press("Enter")
        panel.page.keyboard.type("&n_min=20")
    panel.says({"subject": ("animal",)})
    expect(panel.text).to_have_value("subject=animal&n_min=20")
    panel.page.keyboard.press("Enter")
    panel.shows({"subject": ("animal",), "n_min": 20})


def test_a_faulty_view_stays_with_its_words_when_a_busy_kernel_answers(
    panel: Panel, lab: Lab
) -> None:
    with held(lab):
        panel.only("subject", "human").click()
        panel.text.fill("subject=dog")
        panel.page.keyboard.press("Enter")
    expect(panel.root.locator(".review-problem")).to_contain_text("'dog' is not one of human")
    expect(panel.text).to_have_value("subject=dog")
    panel.press("Undo")
    panel.shows({})


def delete(lab: Lab, cell: int) -> None:
    lab.page.locator(".jp-CodeCell .jp-InputPrompt").nth(cell).click()
    lab.menu("Edit", "Delete Cell")


@pytest.mark.parametrize("left", [0, 1], ids=["first", "second"])
def test_letters_are_no_commands_after_a_linked_panel_is_closed(
    panel: Panel, lab: Lab, left: int
) -> None:
    delete(lab, 2 - left)
    expect(lab.page.locator(".review-panel")).to_have_count(1)
    cells = lab.page.locator(".jp-Notebook .jp-Cell")
    expect(cells).to_have_count(3)
    for place in (panel.field("text"), panel.button("Reset"), panel.box("subject", "human")):
        place.focus()
        for letter in "dd":
            panel.page.keyboard.press(letter)
    expect(cells).to_have_count(3)
    panel.shows({"text": "dd"}, ["coverage", "funnel"][left])
    lab.menu("Edit", "Undo Cell Operation")
    expect(cells).to_have_count(4)
    lab.menu("Run", "Run All Cells")
    expect(lab.page.locator(".review-panel")).to_have_count(2)
    lab.panel(1).shows({}, "funnel")


@pytest.fixture
def second(panel: Panel, lab: Lab, browser: Browser, address: str) -> Iterator[Lab]:
    """The same notebook in a second page."""
    lab.save()
    other = Lab(browser.new_page(viewport={"width": 1400, "height": 1000}), lab.notebook)
    place = f"/lab/workspaces/second/tree/notebooks/{lab.notebook.name}"
    other.open(re.sub(r"/lab/tree/[^?]*", place, address))
    other.drawn()
    other.panel().shows({})
    yield other
    other.page.close()


def test_two_pages_on_one_kernel_agree(panel: Panel, lab: Lab, second: Lab, kernel: Kernel) -> None:
    other = second.panel()
    panel.only("subject", "human").click()
    other.shows(HUMAN)
    other.only("condition", "sciatica").click()
    both = {**HUMAN, "condition": ("sciatica",)}
    panel.shows(both)
    panel.field("year_from").focus()
    for _ in range(9):
        lab.page.keyboard.press("ArrowUp")
    for one in (panel, other):
        one.shows({**both, "year_from": EVERY["year_from"] + 9})
    panel.names.select_option(index=2)
    cited = recount.cite(recount.left(both)[1]["study"])
    expect(other.facts.locator("h3")).to_contain_text(cited)
    expect(other.names.locator("option:checked")).to_contain_text(cited)
    # What one page did, the other takes back.
    for view in (both, HUMAN, {}):
        other.press("Undo")
        panel.shows(view)
        other.shows(view)


def test_of_changes_at_once_the_last_holds_in_both_pages(
    panel: Panel, lab: Lab, second: Lab, kernel: Kernel
) -> None:
    other = second.panel()
    with held(lab):
        panel.only("subject", "human").click()
        other.only("condition", "sciatica").click()
        # Sent when the first has been answered, thus after what the other page chose.
        panel.type("text", "pain")
    for one in (panel, other):
        one.shows({**HUMAN, "text": "pain"})
    assert kernel.value("str(first.selection)") == "subject=human&text=pain"


@pytest.fixture
def apart(lab: Lab) -> Iterator[Callable[[bool], None]]:
    """A page of which the connections can be cut: true cuts them, false lets them be."""
    page = lab.page
    lab.save()
    page.add_init_script(path=Path(__file__).parent / "cut.js")
    page.reload()
    expect(page.locator(".review-panel .review-chart:has(.main-svg)")).to_have_count(2)
    before = len(lab.errors)
    yield lambda cut: page.evaluate("(now) => cut(now)", cut)
    # Chrome names each connection that was refused.
    refused = [said for said in lab.errors[before:] if "ws://localhost:9/" in said]
    lab.errors[before:] = [said for said in lab.errors[before:] if said not in refused]


@pytest.mark.long
def test_a_kernel_out_of_reach_is_said_and_gets_what_was_chosen(
    panel: Panel, lab: Lab, apart: Callable[[bool], None]
) -> None:
    other = lab.panel(1)
    apart(True)
    for one in (panel, other):
        expect(one.notice).to_have_text(AWAY)
        assert one.root.evaluate(DIM, DIMMED) == [True] * 4
    panel.only("subject", "human").click()
    apart(False)
    for one, figure in ((panel, "coverage"), (other, "funnel")):
        expect(one.notice).to_have_text("", timeout=START_MS)
        one.shows(HUMAN, figure)
        assert one.root.evaluate(DIM, DIMMED) == [False] * 4
