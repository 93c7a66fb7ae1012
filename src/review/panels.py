"""Filters, a figure that follows them, the studies left and the facts of each: the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ipywidgets as widgets

from review import evidence, facts, markup
from review.downloads import Downloads
from review.figures import NAMES, draw
from review.listing import HEADS, Listing
from review.live import PLOTLY, LiveFigure, Picture, still
from review.picker import Picker
from review.selection import Selection
from review.shared import Shared
from review.style import NOT_REPORTED
from review.tables import Review
from review.watch import Watch

HEAD = 8


def explore(
    review: Review,
    figure: str = "coverage",
    selection: Selection | str | None = None,
    link: Panel | None = None,
) -> Panel:
    """Return the panel that filters this review; show it as the last line of a cell.

    `selection` is what it shows at first, `link` a panel of the same review whose filters it
    shares. Raises SelectionError for an unknown word, ValueError for an unknown figure or where
    `link` comes with a selection or another review.
    """
    if faults := list(_faults(review, figure, selection, link)):
        raise ValueError("\n".join(faults))
    if link is not None:
        return Panel(link.shared, figure)
    chosen = Selection.parse(selection) if isinstance(selection, str) else selection
    return Panel(Shared(review, chosen or Selection()), figure)


def _faults(
    review: Review, figure: str, selection: Selection | str | None, link: Panel | None
) -> Iterator[str]:
    if figure not in NAMES:
        yield f"figure: {figure!r} is not one of {', '.join(NAMES)}"
    if link is not None and selection is not None:
        yield "selection: a linked panel has the selection of the other; leave it out"
    if link is not None and link.review is not review:
        yield "link: the other panel shows another review; give both the same one"


def picture(review: Review, name: str) -> Picture:
    """Return the figure of this name for a cell of its own, with the counts as its subtitle."""
    return Picture(name, *draw(review, name, evidence.state(review)))


class Panel(widgets.Box):  # type: ignore[misc]  # ipywidgets has no types
    """Filters beside the figure and the table that follow them."""

    def __init__(self, shared: Shared, figure: str) -> None:
        self.shared, self.review = shared, shared.review
        self._picker = Picker(shared.review, figure, lambda: shared.alone(self._draw))
        self._figure, self._listing = LiveFigure(), Listing(shared.review)
        self._figure.on_pick(self._listing.pick)
        self._downloads = Downloads(shared, self._picker)
        shown = [self._picker.box, self._figure, self._downloads.box, self._listing]
        columns = [shared.filters, widgets.VBox(shown).add_class("review-shown")]
        super().__init__(
            [Watch(self._figure, shared.alone), widgets.Box(columns).add_class("review-columns")]
        )
        self.add_class("review-panel")
        self._draw()
        self._tell()
        shared.follow(self._draw, self._tell)

    @property
    def selection(self) -> Selection:
        """What is chosen now."""
        return self.shared.selection

    @property
    def selected(self) -> Review:
        """The review that is left."""
        return self.shared.selected

    def _draw(self) -> None:
        name, asked = self._picker.name, self._picker.asked
        subtitle = f"{len(self.selected.studies):,} of {self.review.whole:,} studies"
        self._figure.show(name, *draw(self.selected, name, subtitle, **asked))

    def _tell(self) -> None:
        self._figure.status = _state(self)
        self._listing.show(self.selected)

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return the live view, and words, a picture's data and a table for other readers."""
        bundle: dict[str, Any] = dict(super()._repr_mimebundle_(**options) or {})
        return bundle | {
            PLOTLY: still(self._figure.figure),
            "text/html": _face(self),
            "text/plain": evidence.state(self.selected),
        }


def _state(panel: Panel) -> list[str]:
    return [evidence.state(panel.selected), panel.selection.describe(panel.review)]


def _face(panel: Panel) -> str:
    rows = facts.table(panel.selected)
    head = rows.head(HEAD)[list(HEADS)].rename(columns=HEADS)
    told = markup.table(head.astype("object").fillna(NOT_REPORTED))
    more = f"<p>The first {len(head)} of {len(rows)} studies.</p>"
    state, words = map(markup.html, _state(panel))
    return (
        f"<p><b>{state}</b><br>{words}</p>{told}{more}"
        "<p>Run the notebook (Run, Run All Cells) to filter the studies.</p>"
    )
