"""Made-up reviews of any size: real studies drawn at random, under new keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from review import Review
from tests.real import real


def of_rows(rows: Sequence[int]) -> Review:
    """Return a review whose studies are those in these rows of the real one, repeats included."""
    drawn = real().studies.iloc[list(rows)].reset_index(drop=True)
    new = pd.Series([f"s{number:06d}" for number in range(len(drawn))], dtype="str")
    keys = pd.DataFrame({"study": drawn["study"], "new": new})
    tables = {**real().tables, "studies": drawn.assign(study=new)}
    for name in ("arms", "outcomes", "sources"):
        joined = keys.merge(real().tables[name], on="study", how="inner")
        tables[name] = joined.assign(study=joined["new"]).drop(columns="new")
    references = dict(zip(new, (real().references[key] for key in drawn["study"]), strict=True))
    return replace(real(), tables=tables, references=references, whole=len(drawn))


def of_size(size: int) -> Review:
    """Return a review of this many studies, the same each time."""
    return of_rows(np.random.default_rng(1).integers(0, len(real().studies), size).tolist())
