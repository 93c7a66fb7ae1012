"""Where a figure comes from, said so that it can go with the figure anywhere."""

from __future__ import annotations

from dataclasses import dataclass

from review.facets import select
from review.selection import Selection, SelectionError
from review.tables import Review

NARROWED = (
    "The review was narrowed before, so a figure could not say what it shows: give the whole "
    "review and the selection."
)
SEPARATOR = " · "
AS_REPORTED = "Findings are as reported by the authors"


@dataclass(frozen=True)
class Provenance:
    """What is shown, of what, in which version, from when, under which licence.

    `selection` is in words and `text` its text form, empty for every study; `searched` is the
    month of the search for evidence, and `asked` what was set for a figure otherwise than usual.
    """

    title: str
    question: str
    selection: str
    text: str
    counts: str
    version: str
    searched: str
    licence: str
    licence_url: str
    asked: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """Short texts without an end mark: what is shown, how much of what, from where."""
        return (
            "; ".join(part for part in (f"Shown: {self.selection}", self.asked) if part),
            self.counts,
            f"Data version {self.version}",
            f"Evidence searched {self.searched}",
            f"Licence {self.licence}",
            AS_REPORTED,
        )

    @property
    def line(self) -> str:
        """The lines as one text."""
        return SEPARATOR.join(self.lines)


def of(review: Review, selection: Selection | None = None) -> Provenance:
    """Return where the figures of a selection come from; without one, those of every study.

    Raises SelectionError for a word that the vocabulary lacks, and for a part of a review of
    which nobody says how it was selected.
    """
    chosen, package = selection or Selection(), review.package
    selected = select(review, chosen)
    if not str(chosen) and len(selected.studies) != review.whole:
        raise SelectionError(NARROWED)
    return Provenance(
        title=package.title,
        question=package.question,
        selection=chosen.describe(review),
        text=str(chosen),
        counts=_counts(selected),
        version=review.version,
        searched=package.searched,
        licence=package.licence,
        licence_url=package.licence_url,
    )


def _counts(review: Review) -> str:
    found = review.studies["subject"].value_counts(sort=False)
    labels = review.package.labels("studies.subject").items()
    said = ", ".join(f"{found[word]} {label.lower()}" for word, label in labels)
    return f"{len(review.studies)} of {review.whole} studies ({said})"
