"""Doses: what was given per day, by subject and route, and how many arms give no number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product

import pandas as pd

from review.doses import animals, daily, elemental_mg, is_amount, molar_mass
from review.evidence.counts import lower
from review.tables import Review

REASONS = {
    "no_number": "No number reported",
    "salt_unknown": "Compound unclear",
    "concentration": "Concentration without intake",
    "local_route": "Local or spinal route",
    "unknown_species": "Unknown species",
    "several_doses": "Several doses in one cell",
}
NO_ROUTE = "Route not reported"


def doses(review: Review) -> pd.DataFrame:
    """Return one row per arm that had the studied substance, by subject, route and low dose.

    Columns: those of `doses.daily` (mg of the pure substance per day, human-equivalent for
    animals), substance (what is weighed, one category), dose (in words), reason_label, citation,
    dose_as_reported, subject and route with their labels, group (of routes, as the vocabulary
    groups them), place ("Human, by mouth") and wide_place (the same by group). The last three are
    missing for what has no place on a common axis. Labels and places are ordered categories that
    hold the complete vocabulary.
    """
    arms = review.arms[["study", "arm", "route", "dose_as_reported"]]
    studies = review.studies[["study", "citation", "subject"]]
    frame = daily(review).merge(arms, on=["study", "arm"]).merge(studies, on="study")
    frame = frame.sort_values(["subject", "route", "low", "study", "arm"], ignore_index=True)
    name = weighed(review)
    reason, subject, route = (frame[name].astype("str") for name in ("reason", "subject", "route"))
    frame = frame.assign(
        substance=pd.Categorical([name] * len(frame), categories=[name]),
        dose=_spans(frame),
        reason_label=_labelled(reason, REASONS),
        subject_label=_labelled(subject, review.package.labels("studies.subject")),
        route_label=_labelled(
            route.fillna(""), review.package.labels("arms.route") | {"": NO_ROUTE}
        ),
    )
    keys = pd.DataFrame({"subject": subject, "route": route.fillna("")})
    return frame.join(keys.merge(_grid(review), how="left")[["group", "place", "wide_place"]])


def intake_lines(review: Review) -> pd.DataFrame:
    """Return the upper levels of intake: one row per level and place where it may be drawn.

    Columns: limit, label, value (mg of the pure substance per day), place and wide_place as in
    `doses`. They hold for the routes of supplements, never for food, infusions, injections or
    unknown routes. A level in another unit than an amount, such as a share, gives no line.
    """
    limits = review.tables["limits"]
    levels = limits[(limits["use"] == "upper_level") & limits["unit"].map(is_amount).astype("bool")]
    mass = molar_mass(review.tables["compounds"])
    pairs = zip(levels["value"], levels["unit"], strict=True)
    values = [elemental_mg(float(value), unit, 1.0, mass) for value, unit in pairs]
    levels = levels[["limit", "label"]].assign(value=values)
    grid = _grid(review)
    supplements = review.package.flagged("arms.route", "supplement")
    places = grid.loc[grid["route"].isin(supplements), ["place", "wide_place"]]
    lines = levels.sort_values("value").merge(places, how="cross")
    return lines.astype({"value": "float64"})


def describe_doses(frame: pd.DataFrame) -> str:
    """Return what the doses figure shows."""
    placed = frame["low"].notna()
    said = f"{placed.sum()} of {len(frame)} arms have a comparable dose"
    first = frame["place"].cat.categories[0]
    some = frame[placed & (frame["place"] == first)]
    if len(some):
        reach = f"{amount(some['low'].min())} to {amount(some['high'].max())}"
        of = lower(frame["substance"].cat.categories[0])
        said += f"; {lower(first)}: {len(some)}, from {reach} mg of {of} per day"
    missing = frame["reason_label"].value_counts(sort=False)
    if not missing.sum():
        return f"{said}."
    most = f"{lower(str(missing.idxmax()))} ({missing.max()})"
    return f"{said}. {missing.sum()} cannot be placed, most often: {most}."


def amount(value: float) -> str:
    """Return a dose to three significant digits, thousands separated."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def weighed(review: Review) -> str:
    """Return the name of what doses weigh: that of the studied substance without its compound."""
    pure = review.package.flagged("arms.dose_basis", "pure")
    return review.package.label("arms.dose_basis", pure[0])


def _spans(frame: pd.DataFrame) -> pd.Series:
    low, high = (frame[name].map(amount, na_action="ignore") for name in ("low", "high"))
    low, high = low.astype("str"), high.astype("str")
    return low.where(low == high, low + " to " + high) + " mg per day"


def _grid(review: Review) -> pd.DataFrame:
    package, subjects = review.package, review.package.labels("studies.subject")
    bodies = [*package.flagged("studies.subject", "participants", "people"), *animals(package)]
    ways = [word for word in package.column("arms.route").words if not word.flags.get("local")]
    routes = {way.value: way.label for way in ways} | {"": NO_ROUTE}
    groups = {way.value: way.flags.get("group", way.label) for way in ways} | {"": NO_ROUTE}
    pairs = pd.DataFrame(product(bodies, routes), columns=["subject", "route"], dtype="str")
    body, group = pairs["subject"].map(subjects), pairs["route"].map(groups)
    place = body + ", " + pairs["route"].map(routes).map(lower)
    named = dict.fromkeys(groups.values())
    wide = [f"{subjects[word]}, {lower(group)}" for word in bodies for group in named]
    return pairs.assign(
        group=_ordered(group, named),
        place=_ordered(place, place),
        wide_place=_ordered(body + ", " + group.map(lower), wide),
    )


def _labelled(words: pd.Series, labels: Mapping[str, str]) -> pd.Series:
    return _ordered(words.map(dict(labels)), labels.values())


def _ordered(values: pd.Series, categories: Iterable[str]) -> pd.Series:
    ordered = pd.Categorical(values, categories=[*dict.fromkeys(categories)], ordered=True)
    return pd.Series(ordered, index=values.index)
