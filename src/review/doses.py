"""What an arm was given per day, in mg of the pure substance, or why no number can be given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd

from review.schema import Package
from review.tables import Review

ADULT_KG = 60.0
REASONS = (
    "no_number", "salt_unknown", "concentration", "local_route", "unknown_species", "several_doses",
)  # fmt: skip
# The row of the species that doses are turned into.
HUMAN = "human"
MG = {"g": 1000.0, "mg": 1.0, "ug": 0.001}
MMOL = "mmol"
PER = {"kg", "day"}
Amount = TypeVar("Amount", float, pd.Series)


def daily(review: Review) -> pd.DataFrame:
    """Return one row per arm that had the studied substance: how much of it per day.

    Columns: study, arm, low and high (mg of the pure substance per day for an adult of 60 kg,
    equal where nothing is left open; for animals the human-equivalent dose) and reason, empty
    where there is a number and otherwise the first of these that holds, in the order of `REASONS`:
    local_route, several_doses (a unit but no one value), no_number, concentration, salt_unknown,
    unknown_species, and no_number again for animals whose dose is not per kg of body weight and
    for a dose of zero.

    Where nobody says how often a dose was given, it counts as one: the amount of one day of
    treatment, which need not come every day. Where nobody says whether a number weighs the
    compound or the pure substance, the range goes from the one to the other.
    """
    arms = _given(review)
    low, high = _shares(review, arms)
    factor = _per_day(review, arms)
    reason = _reasons(review, arms, low * factor)
    placed = reason == ""
    return pd.DataFrame(
        {
            "study": arms["study"],
            "arm": arms["arm"],
            "low": (low * factor).where(placed),
            "high": (high * factor).where(placed),
            "reason": pd.Categorical(reason, categories=["", *REASONS]),
        }
    )


def elemental_mg(value: float, unit: str, fraction: float, molar_mass: float) -> float:
    """Return the element in an amount, in mg; per kg or per day where the unit is.

    `fraction` is the element's share of what the number weighs, and `molar_mass` its own in
    g/mol. Millimoles are those of the element, so the fraction does not matter to them.
    Raises ValueError for a unit that is no amount, such as a concentration.
    """
    if not is_amount(unit):
        raise ValueError(f"{unit!r} is not an amount")
    quantity = unit.partition("/")[0]
    return value * (molar_mass if quantity == MMOL else MG[quantity] * fraction)


def is_amount(unit: str) -> bool:
    """Return whether a unit is one of weight or moles, at most per kg of body and per day."""
    quantity, *per = unit.split("/")
    return quantity in (*MG, MMOL) and set(per) <= PER


def human_equivalent(mg_per_kg: Amount, km: Amount, km_human: float) -> Amount:
    """Return the human-equivalent dose in mg/kg: animal dose x Km of the animal / Km of the human.

    Km, in kg/m2, is body weight divided by body surface. Formula: Nair & Jacob 2016, doi
    10.4103/0976-0105.177703, after the guidance of the FDA of July 2005. It was made for safe
    first doses in people; it is no evidence that the converted dose does anything.
    """
    return mg_per_kg * km / km_human


def animals(package: Package) -> tuple[str, ...]:
    """Return the subjects whose doses are turned into human-equivalent ones."""
    return package.flagged("studies.subject", "participants", "animals")


def fractions(compounds: pd.DataFrame) -> pd.DataFrame:
    """Return the lowest and highest elemental fraction per compound, columns low and high.

    A name that leaves the form open has those of its forms; missing where none is known.
    """
    table = compounds.assign(fraction=compounds["elemental_fraction"].astype("float64"))
    own = table.set_index("compound")["fraction"]
    forms = table.groupby("form_of")["fraction"]
    low, high = (own.fillna(bound) for bound in (forms.min(), forms.max()))
    return pd.DataFrame({"low": low, "high": high})


def molar_mass(compounds: pd.DataFrame) -> float:
    """Return the molar mass of the element in g/mol: that of the compound with fraction 1."""
    element = compounds.loc[compounds["elemental_fraction"] == 1, "molar_mass"].dropna()
    return float(element.iloc[0]) if len(element) else float("nan")


def _given(review: Review) -> pd.DataFrame:
    # Of the flagged roles the first was given the substance; the others were deprived of it.
    given = review.package.flagged("arms.role", "studied")[:1]
    arms = review.arms[review.arms["role"].isin(given)]
    return arms.merge(review.studies[["study", "subject", "species"]], on="study")


def _shares(review: Review, arms: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    known = fractions(review.tables["compounds"])
    low, high = (arms["compound"].map(known[name]).astype("float64") for name in known)
    moles = _unit(arms, lambda word: word.partition("/")[0] == MMOL)
    pure = review.package.flagged("arms.dose_basis", "pure")
    element = arms["dose_basis"].isin(pure) | moles
    unsaid = arms["dose_basis"].isna() & high.notna()
    return low.mask(element, 1.0), high.mask(element | unsaid, 1.0)


def _per_day(review: Review, arms: pd.DataFrame) -> pd.Series:
    unit, mass = arms["dose_unit"], molar_mass(review.tables["compounds"])
    amounts = filter(is_amount, unit.cat.categories)
    factors = {word: elemental_mg(1.0, word, 1.0, mass) for word in amounts}
    mg = arms["dose_value"].astype("float64") * unit.map(factors).astype("float64")
    times = arms["times_per_day"].astype("float64").fillna(1.0)
    return mg * times.mask(_per(arms, "day"), 1.0) * _body(review, arms)


def _unit(arms: pd.DataFrame, test: Callable[[str], bool]) -> pd.Series:
    return arms["dose_unit"].isin([*filter(test, arms["dose_unit"].cat.categories)])


def _per(arms: pd.DataFrame, what: str) -> pd.Series:
    return _unit(arms, lambda word: what in word.split("/")[1:])


def _body(review: Review, arms: pd.DataFrame) -> pd.Series:
    km = _km(review, arms)
    one = pd.Series(1.0, index=arms.index)
    scaled = human_equivalent(one, km, _km_human(review)) * ADULT_KG
    per_kg = scaled.mask(_people(review, arms), ADULT_KG)
    return per_kg.where(_per(arms, "kg"), one)


def _people(review: Review, arms: pd.DataFrame) -> pd.Series:
    return arms["subject"].isin(review.package.flagged("studies.subject", "participants", "people"))


def _km(review: Review, arms: pd.DataFrame) -> pd.Series:
    factors = review.tables["species"].set_index("species")["km"].astype("float64")
    km: pd.Series = arms["species"].map(factors).astype("float64")
    # Cells and summaries have no body, whatever species they name.
    return km.where(arms["subject"].isin(animals(review.package)))


def _km_human(review: Review) -> float:
    species = review.tables["species"]
    km = species.loc[species["species"] == HUMAN, "km"].dropna()
    return float(km.iloc[0]) if len(km) else float("nan")


def _reasons(review: Review, arms: pd.DataFrame, low: pd.Series) -> pd.Series:
    people, per_kg = _people(review, arms), _per(arms, "kg")
    no_value, unit = arms["dose_value"].isna(), arms["dose_unit"]
    share, _ = _shares(review, arms)
    no_km = _km(review, arms).isna() | np.isnan(_km_human(review))
    rules = [
        ("local_route", arms["route"].isin(review.package.flagged("arms.route", "local"))),
        ("several_doses", no_value & unit.notna()),
        ("no_number", no_value | unit.isna()),
        ("concentration", ~_unit(arms, is_amount)),
        ("salt_unknown", share.isna()),
        ("unknown_species", ~people & per_kg & no_km),
        ("no_number", ~people & ~per_kg),
        # What is left: moles where no molar mass is known, and doses of zero.
        ("salt_unknown", low.isna()),
        ("no_number", low <= 0),
    ]
    words, masks = zip(*rules, strict=True)
    found = np.select(masks, words, default="")
    return pd.Series(found, index=arms.index, dtype="str")
