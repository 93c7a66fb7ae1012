"""Which studies are controlled trials in people, that is, compared groups of them."""

from __future__ import annotations

import pandas as pd

from review.tables import Review

GROUPS = ("randomised_trial", "controlled_trial")


def in_people(review: Review) -> pd.Series:
    """Return for each study whether it studied people, in the order of the studies."""
    subjects = review.package.flagged("studies.subject", "participants", "people")
    return review.studies["subject"].isin(subjects)


def controlled(review: Review) -> pd.Series:
    """Return for each study whether it is a controlled trial in people."""
    package = review.package
    designs = [
        word for group in GROUPS for word in package.flagged("studies.design", "group", group)
    ]
    return in_people(review) & review.studies["design"].isin(designs)
