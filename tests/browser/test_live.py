"""The script of the live figure on a page of its own: what it draws on a light and a dark page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from review import evidence
from review.figures import NAMES, draw
from review.live import CONFIG, LiveFigure
from tests.real import real

pytestmark = pytest.mark.browser
RENDER = """async ([source, figure, config, ink]) => {
  document.body.style.setProperty("--jp-ui-font-color1", ink);
  document.body.innerHTML = "<div id='panel' style='width: 900px'></div>";
  globalThis[Symbol.for("review.scripts")] = { plotly: Promise.resolve(Plotly) };
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: live } = await import(address);
  const state = { figure, config, status: [] };
  const model = { get: (name) => state[name], on() {}, off() {}, send() {} };
  await live.render({ model, el: document.getElementById("panel") });
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}"""
# The colour of every text that is not on a tile, and of every outline of a mark.
COLOURS = """() => {
  const texts = [...document.querySelectorAll("#panel text")]
    .filter((text) => !text.closest(".heatmap-label"))
    .map((text) => getComputedStyle(text).fill);
  const marks = [...document.querySelectorAll("#panel .points path")]
    .map((mark) => getComputedStyle(mark).stroke);
  return [...new Set([...texts, ...marks])];
}"""
INK, WHITE = "rgb(31, 35, 40)", "rgb(255, 255, 255)"


def colours(canvas: Page, name: str, ink: str) -> list[str]:
    figure, alt = draw(real(), name, evidence.state(real()))
    shown: dict[str, Any] = json.loads(figure.to_json()) | {"name": name, "alt": alt}
    canvas.evaluate(RENDER, [LiveFigure()._esm, shown, CONFIG, ink])
    canvas.wait_for_selector("#panel .main-svg")
    found: list[str] = canvas.evaluate(COLOURS)
    assert canvas.get_by_role("button").count() == 0, "a button of plotly's own, such as Share"
    assert canvas.locator(".review-chart").get_attribute("aria-label") == alt
    return found


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_in_dark_ink_on_a_dark_page(canvas: Page, name: str) -> None:
    assert INK in colours(canvas, name, "")
    dark = colours(canvas, name, "#ffffff")
    assert WHITE in dark
    assert INK not in dark
