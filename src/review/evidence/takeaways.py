"""What each figure comes to in one sentence, short enough to be the title of a slide."""

from __future__ import annotations

import pandas as pd

from review.evidence.counts import lower
from review.evidence.findings import NOT_SEEN
from review.evidence.statements import NO_EVIDENCE

NOTHING = "No study is selected"
# How many of the last years the timeline's takeaway counts.
LAST_YEARS = 10


def takeaway(name: str, frame: pd.DataFrame) -> str:
    """Return what the figure of this name comes to: one sentence without a full stop.

    `frame` is that of the question of this name, for any selection.
    """
    return TAKEAWAYS[name](frame)


def answer(steps: pd.DataFrame) -> str:
    """Return how many studies are what the review looks for; `steps` is that of `funnel`."""
    first, last, whole = (
        int(steps[name].iloc[at]) for name, at in (("studies", 0), ("studies", -1), ("whole", 0))
    )
    if not first:
        return f"None of the {whole} cited studies is selected"
    which, target = "cited" if first == whole else "selected", steps["target"].iloc[0]
    if first == 1:
        return f"The only {which} study is {'' if last else 'not '}a {target}"
    verb = "are each" if last > 1 else "is"
    return f"{last or 'None'} of the {first} {which} studies {verb} a {target}"


def _coverage(frame: pd.DataFrame) -> str:
    if not frame["studies"].sum():
        return NOTHING
    first = frame[frame["condition"] == frame["condition"].iloc[0]]
    near, total = int(first["studies"].sum()), int(frame["studies"].sum())
    label = lower(str(first["condition_label"].iloc[0]))
    return f"{_share(near, total)} about {label}{_by_subject(first)}"


def _dots(frame: pd.DataFrame) -> str:
    if not len(frame):
        return NOTHING
    nearest = frame["condition"].cat.categories[0]
    label = lower(str(frame["condition_label"].cat.categories[0]))
    other = int((frame["condition"] != nearest).sum())
    if not other:
        return f"{_share(len(frame), len(frame))} about {label}"
    return f"{_share(other, len(frame))} about something other than {label}"


def _directions(frame: pd.DataFrame) -> str:
    seen = frame[frame["direction"] != NOT_SEEN]
    if not seen["studies"].sum():
        return "No selected study reports a result that this figure counts"
    first = seen["direction_label"].iloc[0]
    parts = []
    for at, (subject, rows) in enumerate(seen.groupby("subject_label", sort=False)):
        hits, votes = rows.loc[rows["direction_label"] == first], int(rows["studies"].sum())
        unit = "" if at else f"{_plural(votes, 'vote', 'votes')} "
        parts.append(f"{hits['studies'].sum()} of {votes} {unit}{lower(str(subject))}")
    return f"Reported {lower(str(first))}: {', '.join(parts)}"


def _trials(frame: pd.DataFrame) -> str:
    trials = frame["study"].nunique()
    if not trials:
        return "No selected study is a controlled trial in people"
    label = frame["condition_label"].iloc[0]
    near = frame.loc[frame["condition_label"] == label, "study"].nunique()
    sized = frame.dropna(subset="g")["study"].nunique()
    return (
        f"Of {trials} controlled {_plural(trials, 'trial', 'trials')} in people, {near} "
        f"{_plural(near, 'is', 'are')} about {lower(label)}; {sized} "
        f"{_plural(sized, 'gives', 'give')} a standardised difference"
    )


def _doses(frame: pd.DataFrame) -> str:
    if not len(frame):
        return "No selected study has an arm that was given the substance"
    comparable = frame[frame["low"].notna()]
    place = frame["place"].cat.categories[0]
    there = int((comparable["place"] == place).sum())
    verb = _plural(len(comparable), "has", "have")
    return (
        f"{len(comparable)} of {len(frame)} {_plural(len(frame), 'arm', 'arms')} {verb} a dose "
        f"per day that can be compared, {there} of them {lower(place)}"
    )


def _timeline(frame: pd.DataFrame) -> str:
    total, last = int(frame["studies"].sum()), int(frame["year"].max())
    if not total:
        return NOTHING
    recent = frame[frame["year"] > last - LAST_YEARS]
    counts = recent.groupby("subject_label", sort=False)["studies"].sum().reset_index()
    share = _share(int(recent["studies"].sum()), total)
    return f"{share} from {last - LAST_YEARS + 1} to {last}{_by_subject(counts)}"


def _claims(frame: pd.DataFrame) -> str:
    nearest = frame.drop_duplicates("claim")["nearest"]
    statements = f"{len(nearest)} {_plural(len(nearest), 'statement', 'statements')}"
    if not frame["studies"].sum():
        return f"No selected study bears on any of the {statements}"
    first = frame["evidence"].iloc[0]
    direct, none = int((nearest == first).sum()), int((nearest == NO_EVIDENCE).sum())
    label = lower(str(frame["evidence_label"].iloc[0]))
    return (
        f"{direct} of {statements} {_plural(direct, 'has', 'have')} {label} evidence, "
        f"for or against; {none} {_plural(none, 'has', 'have')} none of any kind"
    )


def _information_size(frame: pd.DataFrame) -> str:
    first = frame[frame["condition"] == frame["condition"].iloc[0]]
    row = first.iloc[0]
    goal = _goal(first["needed"].dropna())
    if not frame["studies"].sum():
        return f"{NOTHING}; an adequate trial needs {goal} people" if goal else NOTHING
    at_least = "at least " if row["without_number"] else ""
    people = f"{at_least}{row['participants']:,} {_plural(row['participants'], 'person', 'people')}"
    trials = f"{row['trials']} placebo-controlled {_plural(row['trials'], 'trial', 'trials')}"
    so_far = f"{row['condition_label']}: {people} in {trials}"
    return f"{so_far}; an adequate one needs {goal}" if goal else so_far


def _goal(needed: pd.Series) -> str:
    ends = [f"{end:,}" for end in sorted({needed.min(), needed.max()})] if len(needed) else []
    return " to ".join(ends)


def _share(count: int, total: int) -> str:
    if total == 1:
        return f"The only study is{'' if count else ' not'}"
    if count == total:
        return f"All {total} studies are"
    return f"{count or 'None'} of {total} studies {'are' if count > 1 else 'is'}"


def _by_subject(rows: pd.DataFrame) -> str:
    if not rows["studies"].sum():
        return ""
    pairs = zip(rows["studies"], rows["subject_label"], strict=True)
    return ": " + ", ".join(f"{studies} {lower(str(label))}" for studies, label in pairs)


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


TAKEAWAYS = {
    "funnel": answer,
    "coverage": _coverage,
    "dots": _dots,
    "directions": _directions,
    "trials": _trials,
    "doses": _doses,
    "timeline": _timeline,
    "claims": _claims,
    "information_size": _information_size,
}
