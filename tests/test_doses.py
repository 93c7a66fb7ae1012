"""Doses: every conversion checked against arithmetic written out here, and what is drawn of them.

Fractions, molar masses and Km factors are those of data/compounds.csv and data/species.csv.
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from review import Review, doses, style
from review.charts import amounts as charts
from review.charts.parts import WIDEN
from review.evidence import amounts as evidence
from tests.real import real, selected
from tests.synthetic import of_rows

MG = 24.305
SELECTIONS = ("", "subject=human", "condition=sciatica", "subject=")


@pytest.mark.parametrize(
    ("value", "unit", "fraction", "expected"),
    [
        # 1 g = 1000 mg; 1000 x 24.305 / 246.4764 = 98.6
        pytest.param(1, "g", 0.0986, 98.6, id="1 g sulfate heptahydrate"),
        pytest.param(98.6, "mg", 1, 98.6, id="elemental stays"),
        # 4.06 x 24.305 = 98.6783
        pytest.param(4.06, "mmol", 0.0986, 98.6783, id="4.06 mmol, whatever was weighed"),
        pytest.param(250, "ug", 0.2019, 0.050475, id="250 ug sulfate anhydrous"),
        pytest.param(30, "mmol/day", 0.603, 729.15, id="30 mmol a day"),
        pytest.param(30, "g/day", 0.2883, 8649, id="30 g carbonate a day"),
        pytest.param(0.5, "mmol/kg", 1, 12.1525, id="0.5 mmol per kg"),
        pytest.param(604, "mg/kg/day", 0.0778, 46.9912, id="604 mg per kg threonate"),
    ],
)
def test_elemental(value: float, unit: str, fraction: float, expected: float) -> None:
    assert doses.elemental_mg(value, unit, fraction, MG) == pytest.approx(expected, rel=1e-9)


def test_a_gram_of_heptahydrate_in_millimoles() -> None:
    # 98.6 / 24.305 = 4.0568
    assert doses.elemental_mg(1, "g", 0.0986, MG) / MG == pytest.approx(4.06, abs=0.005)


@pytest.mark.parametrize("unit", ["mg/L", "g/L", "percent_of_basal_diet", "percent_solution"])
def test_a_concentration_is_no_amount(unit: str) -> None:
    assert not doses.is_amount(unit)
    with pytest.raises(ValueError, match="is not an amount"):
        doses.elemental_mg(1, unit, 1, MG)


@pytest.mark.parametrize(
    ("mg_per_kg", "km", "expected"),
    [
        pytest.param(37.0, 6.0, 6.0, id="rat: 37 x 6 / 37"),
        pytest.param(74.0, 3.0, 6.0, id="mouse: 74 x 3 / 37"),
        pytest.param(18.5, 12.0, 6.0, id="rabbit: 18.5 x 12 / 37"),
        pytest.param(10.0, 37.0, 10.0, id="human stays"),
    ],
)
def test_human_equivalent(mg_per_kg: float, km: float, expected: float) -> None:
    assert doses.human_equivalent(mg_per_kg, km, 37.0) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("compound", "low", "high"),
    [
        ("magnesium_oxide", 0.603, 0.603),
        ("magnesium_sulfate", 0.0986, 0.2019),
        ("magnesium_chloride", 0.1196, 0.2553),
        ("magnesium_citrate", 0.1134, 0.1616),
        ("magnesium_l_threonate", 0.0778, 0.0825),
        ("magnesium_acetyltaurate", np.nan, np.nan),
    ],
)
def test_fractions(compound: str, low: float, high: float) -> None:
    found = doses.fractions(real().tables["compounds"]).loc[compound]
    assert found.to_list() == pytest.approx([low, high], nan_ok=True)


def test_fractions_are_the_lowest_and_the_highest() -> None:
    assert list(doses.fractions(real().tables["compounds"]).columns) == ["low", "high"]


def test_molar_mass_is_that_of_the_element() -> None:
    assert doses.molar_mass(real().tables["compounds"]) == MG


# Salt weighed, hydrate unsaid: 0.0986 to 0.2019 for the sulfate. An adult weighs 60 kg, and a
# human-equivalent dose is that of the animal x Km / 37: rat 6, mouse 3.
@pytest.mark.parametrize(
    ("study", "arm", "low", "high"),
    [
        pytest.param("abbasi2012", 1, 500, 500, id="elemental mg a day, given twice"),
        pytest.param("ahmed2020", 1, 75 * 0.0986, 75 * 0.2019, id="sulfate, times unsaid"),
        pytest.param("arai2013", 1, 1200 * 0.0986, 1200, id="salt or element unsaid"),
        pytest.param("araujo2020", 1, 300 * 0.1134, 300, id="citrate, basis unsaid"),
        pytest.param("supakatisant2015", 1, 300 * 0.141, 300, id="glycinate, basis unsaid"),
        pytest.param("brill2002", 1, 30 * 60 * 0.0986, 30 * 60 * 0.2019, id="mg/kg in people"),
        pytest.param("collins2009", 1, 414.12, 847.98, id="4200 mg sulfate"),
        pytest.param("frusso1999", 1, 1800 * 0.1134, 1800 * 0.1616, id="900 mg citrate twice"),
        pytest.param("gamelin2004", 1, 2 * 98.6, 2 * 201.9, id="1 g sulfate twice"),
        pytest.param("yousef2013", 1, 98.6, 201.9, id="1 g sulfate a day"),
        pytest.param("held2002", 1, 729.15, 729.15, id="30 mmol x 24.305"),
        pytest.param("pickering2011", 1, 300.6744, 641.8242, id="6 x 419 mg chloride"),
        pytest.param("roguinmaor2017", 1, 520, 520, id="865 mg oxide, 520 elemental"),
        pytest.param("usuhs1999", 1, 482.4, 482.4, id="800 mg oxide x 0.603"),
        pytest.param("tarleton2017", 1, 248, 248, id="elemental a day, not doubled"),
        pytest.param("nygaard2008", 1, 360, 360, id="elemental of a mixture without fraction"),
        pytest.param(
            "chen2020", 1, 604 * 0.0778 * 6 / 37 * 60, 604 * 0.0825 * 6 / 37 * 60,
            id="604 mg/kg threonate, rat: 457 to 485",
        ),
        pytest.param(
            "cavalcante2013", 1, 90 * 0.1196 * 6 / 37 * 60, 90 * 0.2553 * 6 / 37 * 60,
            id="90 mg/kg chloride a day in two doses, rat",
        ),
        pytest.param(
            "sakurai2009", 1, 0.5 * 24.305 * 6 / 37 * 60, 0.5 * 24.305 * 6 / 37 * 60,
            id="0.5 mmol/kg, salt unsaid, rat: 118",
        ),
        pytest.param(
            "kwon2009", 1, 0.254 * 24.305 * 6 / 37 * 60, 0.254 * 24.305 * 6 / 37 * 60,
            id="254 umol/kg, route unsaid, rat: 60",
        ),
        pytest.param(
            "kapoukranidou2005", 1, 5 * 24.305 * 6 / 37 * 60, 5 * 24.305 * 6 / 37 * 60,
            id="5 mmol/kg sulfate, rat: 1182",
        ),
        pytest.param(
            "gonzalez2020", 1, 10 * 0.0986 * 3 / 37 * 60, 10 * 0.2019 * 3 / 37 * 60,
            id="10 mg/kg sulfate, mouse",
        ),
        pytest.param(
            "gonzalez2020", 4, 300 * 0.0986 * 3 / 37 * 60, 300 * 0.2019 * 3 / 37 * 60,
            id="300 mg/kg sulfate, mouse",
        ),
        pytest.param(
            "srebro2014", 1, 0.5 * 0.0986 * 6 / 37 * 60, 0.5 * 0.2019 * 6 / 37 * 60,
            id="0.5 mg/kg sulfate, rat",
        ),
    ],
)  # fmt: skip
def test_arms(study: str, arm: int, low: float, high: float) -> None:
    row = of_arm(study, arm)
    assert row["reason"] == ""
    assert [row["low"], row["high"]] == pytest.approx([low, high], rel=1e-9)


@pytest.mark.parametrize(
    ("study", "arm", "reason"),
    [
        pytest.param("dahle1995", 1, "no_number", id="no number"),
        pytest.param("fan2004", 1, "no_number", id="a concentration in words, no number"),
        pytest.param("bayram2021", 1, "salt_unknown", id="salt unsaid, basis unsaid"),
        pytest.param("vormann2001", 1, "salt_unknown", id="a powder without a fraction"),
        pytest.param("barna2021", 1, "salt_unknown", id="a salt without a fraction"),
        pytest.param("hasanein2006", 1, "concentration", id="g/L to drink"),
        pytest.param("pan2011", 1, "concentration", id="share of the usual diet"),
        pytest.param("dadkhah2024", 1, "local_route", id="epidural, with a dose"),
        pytest.param("hung2007", 1, "local_route", id="local before concentration"),
        pytest.param("xiao1994", 2, "local_route", id="local before several"),
        pytest.param("fei2017", 1, "local_route", id="in cell culture"),
        pytest.param("mgmk801_2014", 1, "unknown_species", id="species unsaid"),
        pytest.param("ghaffaripour2016", 1, "several_doses", id="loading and further dose"),
        pytest.param("srebro2018", 1, "several_doses", id="a range of doses"),
    ],
)
def test_reasons(study: str, arm: int, reason: str) -> None:
    row = of_arm(study, arm)
    assert row["reason"] == reason
    assert np.isnan(row["low"])
    assert np.isnan(row["high"])


def of_arm(study: str, arm: int) -> pd.Series:
    frame = doses.daily(real())
    found = frame[(frame["study"] == study) & (frame["arm"] == arm)]
    assert len(found) == 1
    return found.iloc[0]


def changed(
    study: str, tables: dict[str, pd.DataFrame] | None = None, **cells: object
) -> pd.Series:
    """Return the first dose of a study, some cells of which are others, or whole tables."""
    review = selected("")
    arms = review.arms[(review.arms["study"] == study) & (review.arms["arm"] == 1)].copy()
    for name, value in cells.items():
        arms[name] = pd.Series([value], index=arms.index).astype(arms[name].dtype)
    others = {**review.tables, "arms": arms, **(tables or {})}
    return doses.daily(replace(review, tables=others, whole=1)).iloc[0]


def only(*studies: str) -> Review:
    """Return the review with the arms of these studies alone."""
    arms = real().arms[real().arms["study"].isin(studies)]
    return replace(real(), tables={**real().tables, "arms": arms})


def test_an_animal_dose_that_is_not_per_kg_has_no_number() -> None:
    assert changed("chen2020", dose_unit="mg/day")["reason"] == "no_number"


def test_a_dose_of_zero_is_none() -> None:
    assert changed("held2002", dose_value=0)["reason"] == "no_number"


def test_a_number_without_a_unit_is_none() -> None:
    assert changed("macian2022", dose_unit=None)["reason"] == "no_number"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        # 30 x 24.305 mg, whatever share of the compound the element is.
        pytest.param("mmol", 729.15, id="one dose"),
        pytest.param("mmol/day", 729.15, id="a day"),
        pytest.param("mmol/kg", 43749, id="per kg, 60 kg"),
    ],
)
def test_moles_are_those_of_the_element(unit: str, expected: float) -> None:
    row = changed("held2002", dose_unit=unit, dose_basis="compound", times_per_day=None)
    assert [row["low"], row["high"]] == pytest.approx([expected] * 2)


def test_moles_without_a_molar_mass_have_no_number() -> None:
    compounds = real().tables["compounds"]
    others = compounds[compounds["elemental_fraction"] != 1]
    assert changed("held2002", tables={"compounds": others})["reason"] == "salt_unknown"


@pytest.mark.parametrize("species", ["human", "rat"])
def test_an_animal_dose_needs_both_factors(species: str) -> None:
    known = real().tables["species"]
    row = changed("chen2020", tables={"species": known[known["species"] != species]})
    assert row["reason"] == "unknown_species"
    assert changed("chen2020")["reason"] == ""


def test_times_per_day_count_only_where_the_unit_is_one_dose() -> None:
    # 100 mg, elemental: once as it is, thrice as one dose.
    assert changed("macian2022", times_per_day=3)["low"] == 100
    assert changed("macian2022", times_per_day=3, dose_unit="mg")["low"] == 300


def test_every_arm_that_was_given_it_appears_once() -> None:
    arms = real().arms
    given = arms[arms["role"] == "magnesium"]
    frame = doses.daily(real())
    # awk -F, '$3 == "magnesium"' data/arms.csv | wc -l
    assert len(frame) == 152
    assert set(zip(frame["study"], frame["arm"], strict=True)) == set(
        zip(given["study"], given["arm"], strict=True)
    )
    assert not frame.duplicated(["study", "arm"]).any()


# Counted apart from this code, with the csv module alone, by the rules in words.
COUNTS = {
    "": {"": 68, "no_number": 14, "salt_unknown": 10, "concentration": 6, "local_route": 49,
         "unknown_species": 2, "several_doses": 3},
    "subject=human": {"": 34, "no_number": 3, "salt_unknown": 6, "concentration": 0,
                      "local_route": 14, "unknown_species": 0, "several_doses": 2},
    "condition=sciatica": {"": 1, "no_number": 0, "salt_unknown": 0, "concentration": 0,
                           "local_route": 6, "unknown_species": 0, "several_doses": 0},
    "subject=": dict.fromkeys(("", *doses.REASONS), 0),
}  # fmt: skip


@pytest.mark.parametrize("text", SELECTIONS)
def test_counts_per_reason(text: str) -> None:
    found = doses.daily(selected(text))["reason"].value_counts(sort=False)
    assert found.to_dict() == COUNTS[text]


@pytest.mark.parametrize("text", SELECTIONS)
def test_a_number_or_a_reason(text: str) -> None:
    frame = doses.daily(selected(text))
    assert list(frame.columns) == ["study", "arm", "low", "high", "reason"]
    given = frame["reason"] == ""
    assert (frame["low"].notna() == given).all()
    assert (frame.loc[given, "low"] <= frame.loc[given, "high"]).all()
    assert (frame.loc[given, "low"] > 0).all()


def test_input_is_not_changed() -> None:
    review = real()
    before = {name: table.copy(deep=True) for name, table in review.tables.items()}
    charts.doses(evidence.doses(review), lines=evidence.intake_lines(review))
    for name, table in before.items():
        pd.testing.assert_frame_equal(review.tables[name], table)


def test_a_row_is_told_in_words() -> None:
    frame = evidence.doses(real())
    row = frame.set_index("study").loc["araujo2020"]
    assert row.drop(["arm", "low", "high", "reason", "reason_label", "citation"]).to_dict() == {
        "route": "oral", "route_label": "By mouth", "group": "Swallowed",
        "subject": "human", "subject_label": "Human", "substance": "Elemental magnesium",
        "place": "Human, by mouth", "wide_place": "Human, swallowed",
        "dose": "34 to 300 mg per day",
        "dose_as_reported": "300 mg/day of oral Mg++ citrate, 4 weeks",
    }  # fmt: skip
    assert list(frame["subject_label"].cat.categories) == ["Human", "Animal", "In vitro", "Review"]
    labels = ("reason_label", "subject_label", "route_label", "group", "place", "wide_place")
    assert all(frame[name].cat.ordered for name in labels)
    assert evidence.doses(selected("subject="))["substance"].cat.categories.tolist() == [
        "Elemental magnesium"
    ]


def test_of_equal_reasons_the_first_of_the_list_is_named() -> None:
    labels = pd.Categorical(["Two doses", "No number"], categories=["No number", "Two doses"])
    frame = pd.DataFrame({"low": [None, None], "place": pd.Categorical([None, None], ["Human"])})
    assert evidence.describe_doses(frame.assign(reason_label=labels)) == (
        "0 of 2 arms have a comparable dose. 2 cannot be placed, most often: no number (1)."
    )


def test_frame_is_in_order_and_has_one_row_per_arm() -> None:
    frame = evidence.doses(real())
    assert len(frame) == 152
    subject, route = (frame[name].cat.codes.astype("int64") for name in ("subject", "route"))
    order = subject * 100 + route.replace(-1, 99)
    assert order.is_monotonic_increasing
    swallowed = frame[(frame["place"] == "Human, by mouth") & frame["low"].notna()]
    assert swallowed["low"].is_monotonic_increasing
    assert len(swallowed) == 14
    assert list(frame["reason_label"].cat.categories) == list(evidence.REASONS.values())
    assert tuple(evidence.REASONS) == doses.REASONS


@pytest.mark.parametrize("text", SELECTIONS)
def test_what_has_a_dose_has_a_place(text: str) -> None:
    frame = evidence.doses(selected(text))
    placed = frame[frame["low"].notna()]
    for name, places in (("place", 14), ("wide_place", 6), ("group", 3)):
        assert placed[name].notna().all()
        assert len(frame[name].cat.categories) == places
    assert frame["citation"].notna().all()


def test_a_route_of_no_group_stands_for_itself() -> None:
    package = real().package
    arms = package.tables["arms"]
    route = arms["route"]
    words = tuple(
        replace(word, flags={}) if word.value == "intravenous" else word for word in route.words
    )
    fields = [replace(route, words=words) if c.name == "route" else c for c in arms.fields]
    turned = {**package.tables, "arms": replace(arms, fields=tuple(fields))}
    review = replace(real(), package=replace(package, tables=turned))
    frame = evidence.doses(review).set_index("study")
    infused = frame[frame["route"] == "intravenous"]
    assert set(infused["group"]) == {"Into a vein"}
    assert set(infused["wide_place"].dropna()) == {"Human, into a vein", "Animal, into a vein"}


def test_local_routes_have_no_place() -> None:
    frame = evidence.doses(real())
    assert frame.loc[frame["reason"] == "local_route", "place"].isna().all()
    assert frame.loc[frame["route"].isna(), "route_label"].eq("Route not reported").all()


def test_words_for_a_dose() -> None:
    frame = evidence.doses(real()).set_index(["study", "arm"])["dose"]
    assert frame["yousef2013", 1] == "98.6 to 202 mg per day"
    assert frame["held2002", 1] == "729 mg per day"
    assert frame["srebro2014", 1] == "0.48 to 0.982 mg per day"
    assert frame["kapoukranidou2005", 1] == "1,182 mg per day"
    assert pd.isna(frame["dahle1995", 1])


def test_lines_are_for_supplements_only() -> None:
    lines = evidence.intake_lines(real())
    assert sorted(set(lines["value"])) == [250, 350]
    # The levels are for supplements; food does not count towards them.
    assert set(lines["place"]) == {"Human, by mouth", "Animal, by mouth"}
    assert set(lines["wide_place"]) == {"Human, swallowed", "Animal, swallowed"}


def test_lines_are_upper_levels_in_an_amount() -> None:
    limits = real().tables["limits"].iloc[:4].assign(
        limit=["moles", "per cent", "grams", "wish"],
        use=["upper_level", "upper_level", "upper_level", "difference"],
        value=[10.0, 40.0, 0.1, 5.0],
        unit=["mmol/day", "percent_of_basal_diet", "g/day", "mg"],
    )  # fmt: skip
    review = replace(real(), tables={**real().tables, "limits": limits})
    lines = evidence.intake_lines(review).drop_duplicates("limit")
    # 10 x 24.305 = 243.05; the lowest line first.
    assert list(zip(lines["limit"], lines["value"], strict=True)) == [
        ("grams", 100), ("moles", pytest.approx(243.05)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.04567, "0.0457"), (9.999, "10"), (99.94, "99.9"), (99.96, "100"), (100, "100"),
        (100.4, "100"), (1234.5, "1,234"), (12345.6, "12,346"),
    ],
)  # fmt: skip
def test_three_digits_of_a_dose(value: float, said: str) -> None:
    assert evidence.amount(value) == said


def test_description() -> None:
    assert evidence.describe_doses(evidence.doses(real())) == (
        "68 of 152 arms have a comparable dose; human, by mouth: 14, from 34 to 729 mg of "
        "elemental magnesium per day. 84 cannot be placed, most often: local or spinal route (49)."
    )
    # held2002 and abbasi2012, each with one arm: 30 mmol and 500 mg.
    every = evidence.describe_doses(evidence.doses(only("held2002", "abbasi2012")))
    assert every == (
        "2 of 2 arms have a comparable dose; human, by mouth: 2, from 500 to 729 mg of elemental "
        "magnesium per day."
    )
    nothing = evidence.describe_doses(evidence.doses(selected("subject=")))
    assert nothing == "0 of 0 arms have a comparable dose."


def figure(text: str = "", look: style.Look = style.SCREEN) -> go.Figure:
    review = selected(text)
    lines = evidence.intake_lines(review)
    return charts.doses(evidence.doses(review), "a subtitle", look, lines)


def arms_of(trace: go.Scatter) -> int:
    return len(trace.x) // 3


def test_traces() -> None:
    *traces, counts = figure().data
    groups = ("swallowed", "injected or infused", "route not reported")
    subjects = ("Human", "Animal", "In vitro", "Review")
    assert [trace.name for trace in traces] == [f"{s}, {g}" for s in subjects for g in groups]
    assert [arms_of(trace) for trace in traces] == [14, 20, 0, 5, 26, 3] + [0] * 6
    assert list(counts.text) == [
        "  <b>14</b>", "  0", "  <b>17</b>", "  <b>3</b>", "  0", "  0", "  0",
        "  <b>5</b>", "  0", "  <b>4</b>", "  0", "  <b>12</b>", "  <b>10</b>", "  <b>3</b>",
    ]  # fmt: skip


def test_marks_carry_the_study_and_its_dose() -> None:
    trace = figure().data[0]
    at = list(trace.customdata).index("pickering2011")
    assert list(trace.x[at : at + 2]) == pytest.approx([300.6744, 641.8242])
    assert np.isnan(trace.x[at + 2])
    assert "301 to 642 mg per day" in trace.text[at]
    assert "6x419 mg" in trace.text[at]


@pytest.mark.parametrize("look", [style.SCREEN, style.TALK], ids=lambda look: look.name)
def test_marks_keep_to_their_rows_and_apart(look: style.Look) -> None:
    frame = evidence.doses(real())
    name = "wide_place" if look is style.TALK else "place"
    placed = frame[frame["low"].notna()]
    rows = placed[name].cat.codes.groupby(placed["study"]).agg(set)
    for trace in figure(look=look).data[:-1]:
        marks = set(zip(trace.x[::3], trace.x[1::3], trace.y[::3], strict=True))
        assert len(marks) == arms_of(trace)
        for key, y in zip(trace.customdata, trace.y, strict=True):
            assert min(abs(y - row) for row in rows[key]) < 0.5


@pytest.mark.parametrize(
    ("look", "rows"),
    [(style.SCREEN, [(-0.5, 0.5), (6.5, 7.5)]), (style.TALK, [(-0.5, 0.5), (2.5, 3.5)])],
)
def test_lines_cross_only_the_rows_of_supplements(
    look: style.Look, rows: list[tuple[float, float]]
) -> None:
    dashes = [shape for shape in figure(look=look).layout.shapes if shape.type == "line"]
    assert [(dash.x0, dash.y0, dash.y1) for dash in dashes] == [
        (value, *ends) for value in (250, 350) for ends in rows
    ]


def test_without_lines_there_are_none() -> None:
    drawn = charts.doses(evidence.doses(real()))
    assert {shape.type for shape in drawn.layout.shapes} == {"rect"}
    assert not any("Dashed" in note.text for note in drawn.layout.annotations)


def words(drawn: go.Figure) -> str:
    return "<br>".join(note.text for note in drawn.layout.annotations).replace("\u2007", "")


def test_reasons_are_counted_with_zeros() -> None:
    assert (
        "<b>84 of 152 arms have no comparable dose:</b><br>14 no number reported<br>"
        "10 compound unclear<br>6 concentration without intake<br>"
        "49 local or spinal route<br>2 unknown species<br>3 several doses in one cell"
    ) in words(figure())
    assert "0 concentration without intake" in words(figure("subject=human"))


def test_caption_says_the_formula_and_the_lines() -> None:
    said = words(figure(look=style.TALK)).replace("<br>", " ")
    assert "dose per kg × Km of the animal / Km of the human, for a 60 kg adult" in said
    assert "Dashed, only where they hold: 250 mg, EU upper level" in said


@pytest.mark.parametrize("look", [style.SCREEN, style.TALK], ids=lambda look: look.name)
@pytest.mark.parametrize("text", SELECTIONS)
def test_a_filter_moves_nothing(text: str, look: style.Look) -> None:
    whole, part = figure(look=look), figure(text, look)
    assert [trace.name for trace in part.data] == [trace.name for trace in whole.data]
    assert [t.marker.color for t in part.data] == [t.marker.color for t in whole.data]
    assert [t.marker.symbol for t in part.data] == [t.marker.symbol for t in whole.data]
    assert part.layout.xaxis == whole.layout.xaxis
    assert part.layout.yaxis == whole.layout.yaxis
    assert part.layout.margin == whole.layout.margin
    assert part.layout.shapes == whole.layout.shapes


def test_nothing_left_says_so() -> None:
    drawn = figure("subject=")
    assert drawn.layout.annotations[-1].text == WIDEN
    assert drawn.layout.title.text.startswith(charts.DOSES_TITLE)
    assert all(text == "  0" for text in drawn.data[-1].text)
    assert WIDEN not in words(figure())


def test_a_dose_beyond_the_axis_widens_it() -> None:
    frame = evidence.doses(real())
    assert charts.doses(frame).layout.xaxis.range == (-0.5, 3.5)
    # 1,200 mg x 100 = 120,000 mg, below 10 to the power of 6.
    far = frame.assign(low=frame["low"] * 100, high=frame["high"] * 100)
    assert charts.doses(far).layout.xaxis.range == (-0.5, 6)


def test_arms_beyond_the_lanes_are_drawn_once_and_all_counted() -> None:
    # One arm of 301 to 642 mg in each of 40 studies, and 15 lanes of a row to hold them.
    row = int(real().studies["study"].tolist().index("pickering2011"))
    frame = evidence.doses(of_rows([row] * 40))
    first, *_, counts = charts.doses(frame).data
    assert list(first.customdata[::3]) == [f"s{number:06d}" for number in range(15)]
    assert len(set(first.y)) == 15
    assert counts.text[0] == "  <b>40</b>"


def test_text_of_a_talk_is_large_enough() -> None:
    drawn = figure(look=style.TALK)
    assert all(note.font.size >= 24 for note in drawn.layout.annotations)
    assert (drawn.layout.width, drawn.layout.height) == (1280, 720)


def test_json_is_stable() -> None:
    assert figure().to_json() == figure().to_json()
    assert json.loads(figure().to_json())
