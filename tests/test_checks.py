"""What holds between rows, tables and references.bib is checked."""

import pytest

from review.selection import FIELDS
from tests.conftest import Copy

STUDIES, BIB = "data/studies.csv", "references.bib"
Edit = tuple[str, int, str, str]
FAULTS: dict[str, tuple[Edit, str]] = {
    "doubled key": (
        ("data/outcomes.csv", 3, "outcome", "1"),
        "data/outcomes.csv, row 3, study, outcome: 'abbasi2012', '1' stands in row 2 already; "
        "a key stands once",
    ),
    "doubled key of one column": (
        ("data/funnel.csv", 4, "step", "2"),
        "data/funnel.csv, row 4, step: '2' stands in row 3 already; a key stands once",
    ),
    "outcome of an unknown study": (
        ("data/outcomes.csv", 2, "study", "nobody2000"),
        "data/outcomes.csv, row 2, study: 'nobody2000' is not in data/studies.csv",
    ),
    "arm of an unknown study": (
        ("data/arms.csv", 2, "study", "nobody2000"),
        "data/arms.csv, row 2, study: 'nobody2000' is not in data/studies.csv",
    ),
    "source of an unknown study": (
        ("data/sources.csv", 2, "study", "nobody2000"),
        "data/sources.csv, row 2, study: 'nobody2000' is not in data/studies.csv",
    ),
    "arm with an unknown compound": (
        ("data/arms.csv", 2, "compound", "unobtainium"),
        "data/arms.csv, row 2, compound: 'unobtainium' is not in data/compounds.csv",
    ),
    "compound of an unknown form": (
        ("data/compounds.csv", 4, "form_of", "unobtainium"),
        "data/compounds.csv, row 4, form_of: 'unobtainium' is not in data/compounds.csv",
    ),
    "unknown claim in a list": (
        ("data/facts.csv", 2, "claims", "B11;B99"),
        "data/facts.csv, row 2, claims: 'B99' is not in data/claims.csv",
    ),
    "citation without an entry": (
        ("data/facts.csv", 2, "references", "teitelbaum2010;nobody2000"),
        "data/facts.csv, row 2, references: 'nobody2000' has no entry in references.bib; add one",
    ),
    "parts above their total": (
        (STUDIES, 3, "n_control", "26"),
        "data/studies.csv, row 3, n_total: n_magnesium 25 + n_control 26 is more than n_total 50",
    ),
    "one part above the total": (
        (STUDIES, 2, "n_control", "47"),
        "data/studies.csv, row 2, n_total: n_control 47 is more than n_total 46",
    ),
    "crossover with more people in one part than in all": (
        (STUDIES, 11, "n_control", "8"),
        "data/studies.csv, row 11, n_total: n_magnesium 7 or n_control 8 is more than n_total 7",
    ),
}


@pytest.mark.parametrize(("edit", "text"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_between_rows_is_refused(copy: Copy, edit: Edit, text: str) -> None:
    copy.cell(*edit)
    assert copy.refusal() == text


def test_crossover_counts_the_same_people_in_each_part(copy: Copy) -> None:
    study = copy.load().studies.loc[9]
    assert (study["study"], study["design"]) == ("brill2002", "randomised_crossover")
    assert (study["n_magnesium"], study["n_control"], study["n_total"]) == (7, 7, 7)


def test_parts_may_be_fewer_than_their_total(copy: Copy) -> None:
    copy.cell(STUDIES, 3, "n_control", "24")
    assert copy.load().studies["n_control"][1] == 24


AHMED = "@article{ahmed2020,"
IN_BIB: dict[str, tuple[tuple[str, str], str]] = {
    "study without an entry, entry without a study": (
        (AHMED, "@article{ahmed2021,"),
        "data/studies.csv, row 3, study: 'ahmed2020' has no entry in references.bib; add one\n"
        "references.bib, line 20, ahmed2021: is neither a study nor cited by a table; "
        "add its row or remove the entry",
    ),
    "entry that nobody cites": (
        (AHMED, "@misc{nobody2000,\n  title = {Nothing},\n}\n\n" + AHMED),
        "references.bib, line 20, nobody2000: is neither a study nor cited by a table; "
        "add its row or remove the entry",
    ),
    "year 1899": (
        ("{2020}", "{1899}"),
        "references.bib, line 20, ahmed2020, year: '1899' is impossible, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)",
    ),
    "year 2028": (
        ("{2020}", "{2028}"),
        "references.bib, line 20, ahmed2020, year: '2028' is impossible, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)",
    ),
    "study without a year": (
        ("  year         = {2020},\n", ""),
        "references.bib, line 20, ahmed2020, year: is missing, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)",
    ),
    "one DOI, other letters": (
        ("{10.2174/2589645802014010035}", "{10.1016/s0014-2999(03)01719-9}"),
        "references.bib, line 31, alloui2003, doi: '10.1016/S0014-2999(03)01719-9' "
        "is also that of ahmed2020; two studies cannot share one",
    ),
    "one PMID": (
        (AHMED, AHMED + "\n  pmid = {23853635},"),
        "references.bib, line 20, ahmed2020, pmid: '23853635' "
        "is also that of abbasi2012; two studies cannot share one",
    ),
}


@pytest.mark.parametrize(("edit", "text"), IN_BIB.values(), ids=IN_BIB.keys())
def test_fault_between_tables_and_bibliography_is_refused(
    copy: Copy, edit: tuple[str, str], text: str
) -> None:
    copy.replace(BIB, *edit)
    assert copy.refusal() == text


def test_year_of_a_background_work_is_checked(copy: Copy) -> None:
    entry = "@misc{future,\n  title = {Not yet},\n  year = {2210},\n}\n\n"
    copy.replace(BIB, AHMED, entry + AHMED)
    copy.cell("data/facts.csv", 2, "references", "future")
    assert copy.refusal() == (
        "references.bib, line 20, future, year: '2210' is impossible, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)"
    )


@pytest.mark.parametrize("year", [1900, 2027])
def test_year_at_the_bounds_is_fine(copy: Copy, year: int) -> None:
    copy.replace(BIB, "{2020}", f"{{{year}}}")
    assert copy.load().studies["year"][1] == year


def test_table_that_cannot_be_read_brings_no_faults_in_others(copy: Copy) -> None:
    copy.replace("data/studies.csv", "study,", "name,")
    copy.cell("data/outcomes.csv", 3, "outcome", "1")
    faults = copy.refusal().split("\n")
    assert faults[0] == "data/studies.csv, row 1, study: column is missing"
    assert faults[1].startswith("data/studies.csv, row 1: column 'name' is not known; expected ")
    assert [fault.partition(":")[0] for fault in faults[2:]] == [
        "data/outcomes.csv, row 3, study, outcome"
    ]


PACKAGE = "data/datapackage.json"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param(
            ', "participants": "people"',
            "",
            f'{PACKAGE}, studies.subject: no word has "participants": "people", '
            "which the figures count by",
            id="nobody is people",
        ),
        pytest.param(
            ', "pure": true',
            "",
            f'{PACKAGE}, arms.dose_basis: no word has "pure": true, which the figures count by',
            id="nothing is weighed",
        ),
        pytest.param(
            '"value": "in_vitro", "label": "In vitro"',
            '"value": "in_vitro", "label": "Direct human"',
            f"{PACKAGE}, studies.subject: 'Direct human' is a class of evidence; "
            "call the subject otherwise",
            id="a label that figures have",
        ),
        pytest.param(
            '"value": "sd", "label"',
            '"value": "spread", "label"',
            "data/limits.csv, row 6, use: 'sd' is not one of upper_level, difference, spread, "
            f"alpha, power\n{PACKAGE}, limits.use: expected the words upper_level, difference, sd, "
            "alpha, power, in this order",
            id="a word that figures know",
        ),
    ],
)
def test_vocabulary_that_figures_cannot_count_by_is_refused(
    copy: Copy, old: str, new: str, text: str
) -> None:
    copy.replace(PACKAGE, old, new)
    assert copy.refusal() == text


def test_bibliography_of_comments_lacks_every_entry(copy: Copy) -> None:
    copy.write(BIB, b"% nothing yet\n")
    said = copy.refusal().splitlines()
    assert (
        "data/studies.csv, row 2, study: 'abbasi2012' has no entry in references.bib; add one"
        in (said)
    )
    assert len([line for line in said if line.startswith("data/studies.csv")]) == 143


LIMITS = "data/limits.csv"


@pytest.mark.parametrize(
    ("row", "use", "value", "text"),
    [
        (7, "alpha", "1", "'1' is no chance, expected at most 0.999999"),
        (8, "power", "1.2", "'1.2' is no chance, expected at most 0.999999"),
        (
            4, "difference", "0.001",
            "'0.001' and the standard deviation '2.2' are too far apart, "
            "expected at most 1000 times one in the other",
        ),
        (
            4, "difference", "2201",
            "'2201' and the standard deviation '2.2' are too far apart, "
            "expected at most 1000 times one in the other",
        ),
    ],
)  # fmt: skip
def test_limit_with_which_nothing_can_be_planned_is_refused(
    copy: Copy, row: int, use: str, value: str, text: str
) -> None:
    assert copy.rows(LIMITS)[row - 1][4] == use
    copy.cell(LIMITS, row, "value", value)
    assert copy.refusal() == f"{LIMITS}, row {row}, value: {text}"


@pytest.mark.parametrize(("row", "value"), [(7, "0.999999"), (4, "0.0025"), (4, "2000")])
def test_limit_at_its_bounds_is_fine(copy: Copy, row: int, value: str) -> None:
    copy.cell(LIMITS, row, "value", value)
    assert copy.load().tables["limits"]["value"][row - 2] == float(value)


STEPS: dict[str, tuple[str, str]] = {
    "unknown word": (
        "source_level=heard",
        "source_level: 'heard' is not one of full_text, abstract, secondary, registry",
    ),
    "no field": (
        "oral&how=often",
        "'oral': expected FIELD=WORDS with a field of {fields}; "
        "'how=often': expected FIELD=WORDS with a field of {fields}",
    ),
    "field of an earlier step": (
        "subject=human&condition=sciatica",
        "condition: an earlier step names this field already; a field is named once\n"
        "data/funnel.csv, row 8, adds: "
        "subject: an earlier step names this field already; a field is named once",
    ),
}


@pytest.mark.parametrize(("adds", "text"), STEPS.values(), ids=STEPS)
def test_step_that_cannot_be_asked_is_refused(copy: Copy, adds: str, text: str) -> None:
    copy.cell("data/funnel.csv", 8, "adds", adds)
    said = text.format(fields=", ".join(FIELDS))
    assert copy.refusal() == f"data/funnel.csv, row 8, adds: {said}"


def test_funnel_without_a_step_is_refused(copy: Copy) -> None:
    copy.write_rows("data/funnel.csv", copy.rows("data/funnel.csv")[:1])
    assert copy.refusal() == (
        "data/funnel.csv: has no row, expected at least the step that counts every study"
    )
