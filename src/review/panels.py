"""Filters and figures in a notebook: controls to a selection, to evidence, to charts."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets as widgets

from review import controls, evidence
from review.figures import draw
from review.live import LiveFigures, Picture
from review.selection import Selection, select
from review.tables import Review

FILTERS = ("subject", "condition", "design", "route", "domain")
ALWAYS_OPEN = ("subject", "condition")
FIGURES = ("funnel", "coverage")
RULE = "Ticked boxes of one group: any of them. Different groups: all together."
STYLE = """<style>
.review-panel { flex-flow: row wrap; gap: 20px; align-items: flex-start; }
.review-filters { flex: 1 1 250px; min-width: 230px; overflow: visible; }
.review-shown { flex: 20 1 460px; min-width: 0; overflow: visible; }
.review-filters .widget-checkbox { height: auto; min-height: 24px; width: 100%; margin: 0 2px; }
.review-filters .widget-checkbox .widget-label-basic {
  align-items: flex-start; line-height: 1.3; white-space: normal; }
.review-ticks { display: grid; grid-template-columns: repeat(auto-fill, minmax(185px, 1fr)); }
.review-head .widget-html { flex: 1 1 auto; }
.review-head button { width: 54px; }
.review-filters .jupyter-widget-accordion .review-head b { display: none; }
.review-filters button { height: 26px; line-height: 24px; }
.review-panel :focus-visible { outline: 2px solid #0072b2; outline-offset: 2px; }
.review-state .widget-html-content { font-size: 15px; line-height: 1.45; white-space: normal; }
.review-rule .widget-html-content { font-size: 12px; line-height: 1.35; white-space: normal; }
.review-chart { width: 100%; }
</style>"""


def explore(review: Review) -> Panel:
    """Return the panel that filters this review; show it as the last line of a cell."""
    return Panel(review)


def picture(review: Review, name: str) -> Picture:
    """Return the figure of this name for a cell of its own, with the counts as its subtitle."""
    return Picture(name, *draw(review, name, evidence.state(review)))


class Panel(widgets.Box):  # type: ignore[misc]  # ipywidgets has no types
    """Filters beside the figures that follow them; `selection` is what is chosen now."""

    def __init__(self, review: Review) -> None:
        self.review = self.selected = review
        self.selection = Selection()
        self._groups = {name: controls.Ticks(review, name, self._follow) for name in FILTERS}
        self._years = controls.Years(review, self._follow)
        self._state = widgets.HTML().add_class("review-state")
        self._figures = LiveFigures()
        super().__init__([self._filters(), self._shown()])
        self.add_class("review-panel")
        self._follow()

    def reset(self, *_: object) -> None:
        """Tick every box and open the years again."""
        for group in self._groups.values():
            group.tick(everything=True)
        self._years.open()
        self._follow()

    def _filters(self) -> widgets.VBox:
        reset = widgets.Button(description="Reset", tooltip="Tick every box, open the years")
        reset.on_click(self.reset)
        folded = [self._groups[name] for name in FILTERS if name not in ALWAYS_OPEN]
        accordion = widgets.Accordion(
            [widgets.VBox(group.parts) for group in folded],
            titles=tuple(group.title for group in folded),
        )
        rule = widgets.HTML(RULE).add_class("review-rule")
        shown = [part for name in ALWAYS_OPEN for part in self._groups[name].parts]
        parts = [widgets.HTML(STYLE), reset, rule, *shown, self._years.box, accordion]
        return widgets.VBox(parts).add_class("review-filters")

    def _shown(self) -> widgets.VBox:
        return widgets.VBox([self._state, self._figures]).add_class("review-shown")

    def _follow(self) -> None:
        chosen: dict[str, Any] = {name: group.words for name, group in self._groups.items()}
        self.selection = Selection(**(chosen | self._years.chosen))
        self.selected = select(self.review, self.selection)
        self._state.value = _state_html(self)
        subtitle = f"{len(self.selected.studies)} of {self.review.whole} studies"
        self._figures.show({name: draw(self.selected, name, subtitle) for name in FIGURES})

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return the live view, and text and tables for readers without a kernel."""
        bundle: dict[str, Any] = dict(super()._repr_mimebundle_(**options) or {})
        return bundle | {"text/html": _face(self), "text/plain": evidence.state(self.selected)}


def _state_html(panel: Panel) -> str:
    words = escape(panel.selection.describe(panel.review.package))
    return f"<b>{escape(evidence.state(panel.selected))}</b><br>{words}"


def _face(panel: Panel) -> str:
    steps = evidence.funnel(panel.selected)
    steps["people"] = [evidence.people(row) for _, row in steps.iterrows()]
    steps = steps[["label", "studies", "people"]].set_axis(["Step", "Studies", "People"], axis=1)
    cells = evidence.coverage(panel.selected)
    grid = cells.pivot(index="condition_label", columns="subject_label", values="studies")
    order = [cells[name].drop_duplicates() for name in ("condition_label", "subject_label")]
    grid = grid.loc[order[0], order[1]].rename_axis(index=None, columns=None)
    return (
        f"<p>{_state_html(panel)}</p>"
        f"{steps.to_html(index=False, border=0)}<br>{grid.to_html(border=0)}"
        "<p>Run the notebook (Run, Run All Cells) to filter the studies.</p>"
    )
