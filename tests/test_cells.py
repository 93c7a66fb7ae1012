"""Cells, rows and headers of the CSV files: refused with their place, or read as they stand."""

import csv

import pytest

from tests.conftest import Copy

ARMS, CLAIMS, OUTCOMES = "data/arms.csv", "data/claims.csv", "data/outcomes.csv"
DOMAINS = (
    "pain_intensity, pain_hypersensitivity, disability, nerve_function, motor_function, "
    "nerve_regeneration, muscle_spasm_or_cramp, range_of_motion, quality_of_life, "
    "sleep_or_stress, analgesic_use, inflammation, magnesium_status, bone_health, mechanism, "
    "adverse_events"
)
NUMBER = "is not a number (a point for decimals, no unit)"
SIZE = "is too large or too near 0, expected 1e-15 to 1e+15 in size"
IN_COMMAS = (
    "expected commas; in LibreOffice tick 'Edit filter settings' when saving and choose the comma, "
    "in Excel set the list separator of the system to a comma and save as 'CSV UTF-8'"
)
BAD_CELLS = {
    "unknown word": (
        (OUTCOMES, 12, "direction", "benifit"),
        "data/outcomes.csv, row 12, direction: 'benifit' is not one of benefit, no_difference, "
        "harm, mixed, not_reported",
    ),
    "unknown word in a list": (
        (CLAIMS, 2, "domains", "disability;pain"),
        f"data/claims.csv, row 2, domains: 'pain' is not one of {DOMAINS}",
    ),
    "two unknown words in a list": (
        (CLAIMS, 2, "domains", "pain;disability;Sleep"),
        f"data/claims.csv, row 2, domains: 'pain' is not one of {DOMAINS}; "
        f"'Sleep' is not one of {DOMAINS}",
    ),
    "list that ends in its separator": (
        (CLAIMS, 2, "domains", "disability;"),
        "data/claims.csv, row 2, domains: 'disability;' has an empty item; remove the spare ';'",
    ),
    "list of rows that ends in its separator": (
        ("data/facts.csv", 2, "claims", "B11;"),
        "data/facts.csv, row 2, claims: 'B11;' has an empty item; remove the spare ';'",
    ),
    "word for a number": (
        (ARMS, 2, "dose_value", "much"),
        f"data/arms.csv, row 2, dose_value: 'much' {NUMBER}",
    ),
    "number with a unit": (
        (ARMS, 2, "dose_value", "5 mg"),
        f"data/arms.csv, row 2, dose_value: '5 mg' {NUMBER}",
    ),
    "decimal comma": (
        (ARMS, 2, "dose_value", "1,5"),
        f"data/arms.csv, row 2, dose_value: '1,5' {NUMBER}",
    ),
    "number of Python": (
        (ARMS, 2, "dose_value", "1_000"),
        f"data/arms.csv, row 2, dose_value: '1_000' {NUMBER}",
    ),
    "NaN": ((ARMS, 2, "dose_value", "NaN"), f"data/arms.csv, row 2, dose_value: 'NaN' {NUMBER}"),
    "signalling NaN": (
        (ARMS, 2, "dose_value", "sNaN"),
        f"data/arms.csv, row 2, dose_value: 'sNaN' {NUMBER}",
    ),
    "beyond the largest number": (
        (ARMS, 2, "dose_value", "1e400"),
        f"data/arms.csv, row 2, dose_value: '1e400' {SIZE}",
    ),
    "infinity": (
        (OUTCOMES, 2, "mean_control", "inf"),
        f"data/outcomes.csv, row 2, mean_control: 'inf' {NUMBER}",
    ),
    "minus infinity": (
        (OUTCOMES, 2, "mean_control", "-Infinity"),
        f"data/outcomes.csv, row 2, mean_control: '-Infinity' {NUMBER}",
    ),
    "fraction for an integer": (
        (ARMS, 4, "n", "1.5"),
        "data/arms.csv, row 4, n: '1.5' is not a whole number",
    ),
    "NaN for an integer": (
        (ARMS, 4, "n", "NaN"),
        "data/arms.csv, row 4, n: 'NaN' is not a whole number",
    ),
    "integer beyond 64 bits": (
        (ARMS, 4, "n", "99999999999999999999"),
        f"data/arms.csv, row 4, n: '99999999999999999999' {SIZE}",
    ),
    "integer that sums cannot hold": (
        (ARMS, 4, "n", "1000000000001"),
        "data/arms.csv, row 4, n: '1000000000001' is above the most allowed, 1000000000000",
    ),
    "not 0, but read as 0": (
        (ARMS, 2, "dose_value", "1e-400"),
        f"data/arms.csv, row 2, dose_value: '1e-400' {SIZE}",
    ),
    "number of 5,000 digits": (
        (ARMS, 2, "dose_value", "9" * 5000),
        f"data/arms.csv, row 2, dose_value: '{'9' * 59}…' {SIZE}",
    ),
    "integer of 5,000 digits": (
        (ARMS, 4, "n", "9" * 5000),
        f"data/arms.csv, row 4, n: '{'9' * 59}…' {SIZE}",
    ),
    "number of many digits and a letter": (
        (ARMS, 2, "dose_value", "1" * 9999 + "x"),
        f"data/arms.csv, row 2, dose_value: '{'1' * 59}…' {NUMBER}",
    ),
    "Arabic digits": (
        (ARMS, 4, "n", "٢٠١٢"),
        "data/arms.csv, row 4, n: '٢٠١٢' is not a whole number",
    ),
    "full-width digits": (
        (ARMS, 4, "n", "\uff12\uff10\uff11\uff12"),
        "data/arms.csv, row 4, n: '\uff12\uff10\uff11\uff12' is not a whole number",
    ),
    "line break behind a number": (
        (ARMS, 4, "n", "12\n"),
        "data/arms.csv, row 4, n: '12\\n' is not a whole number",
    ),
    "line break behind a pattern": (
        ("data/sources.csv", 2, "url", "https://example.org\n"),
        "data/sources.csv, row 2, url: 'https://example.org\\n' "
        "does not fit the pattern https?://\\S+",
    ),
    "Km of 0": (
        ("data/species.csv", 2, "km", "0"),
        "data/species.csv, row 2, km: '0' is below the least allowed, 0.001",
    ),
    "Km beyond any animal": (
        ("data/species.csv", 2, "km", "1e12"),
        "data/species.csv, row 2, km: '1e12' is above the most allowed, 1000",
    ),
    "molar mass of 0": (
        ("data/compounds.csv", 2, "molar_mass", "0"),
        "data/compounds.csv, row 2, molar_mass: '0' is below the least allowed, 1",
    ),
    "limit of 0": (
        ("data/limits.csv", 2, "value", "0"),
        "data/limits.csv, row 2, value: '0' is below the least allowed, 1e-06",
    ),
    "negative limit": (
        ("data/limits.csv", 2, "value", "-250"),
        "data/limits.csv, row 2, value: '-250' is below the least allowed, 1e-06",
    ),
    "truth in another language": (
        ("data/studies.csv", 2, "randomised", "JA"),
        "data/studies.csv, row 2, randomised: 'JA' is not yes or no",
    ),
    "decimal comma and thousands": (
        (ARMS, 2, "dose_value", "1.234,5"),
        f"data/arms.csv, row 2, dose_value: '1.234,5' {NUMBER}",
    ),
    "negative dose": (
        (ARMS, 2, "dose_value", "-0.5"),
        "data/arms.csv, row 2, dose_value: '-0.5' is below the least allowed, 0",
    ),
    "negative n": (
        (ARMS, 4, "n", "-25"),
        "data/arms.csv, row 4, n: '-25' is below the least allowed, 0",
    ),
    "negative duration": (
        (ARMS, 2, "duration_days", "-56"),
        "data/arms.csv, row 2, duration_days: '-56' is below the least allowed, 0",
    ),
    "fraction above 1": (
        ("data/compounds.csv", 2, "elemental_fraction", "1.2"),
        "data/compounds.csv, row 2, elemental_fraction: '1.2' is above the most allowed, 1",
    ),
    "neither yes nor no": (
        ("data/studies.csv", 2, "randomised", "true"),
        "data/studies.csv, row 2, randomised: 'true' is not yes or no",
    ),
    "empty required word": (
        (OUTCOMES, 12, "direction", ""),
        "data/outcomes.csv, row 12, direction: is empty, expected a value",
    ),
    "empty required truth": (
        ("data/studies.csv", 2, "retracted", ""),
        "data/studies.csv, row 2, retracted: is empty, expected a value",
    ),
    "empty required list": (
        ("data/left_out.csv", 2, "addresses", ""),
        "data/left_out.csv, row 2, addresses: is empty, expected a value",
    ),
    "blanks in a required cell": (
        (CLAIMS, 2, "statement", "  "),
        "data/claims.csv, row 2, statement: is empty, expected a value",
    ),
    "address of another kind": (
        ("data/sources.csv", 2, "url", "ftp://example.org"),
        "data/sources.csv, row 2, url: 'ftp://example.org' does not fit the pattern https?://\\S+",
    ),
    "long cell": (
        (OUTCOMES, 2, "effect", "x" * 10_001),
        "data/outcomes.csv, row 2, effect: has 10001 characters, expected at most 10000",
    ),
    "long wrong word is cut in the message": (
        ("data/sources.csv", 2, "url", "x" * 61),
        f"data/sources.csv, row 2, url: '{'x' * 59}…' does not fit the pattern https?://\\S+",
    ),
}


@pytest.mark.parametrize(("edit", "text"), BAD_CELLS.values(), ids=BAD_CELLS.keys())
def test_bad_cell_is_refused(copy: Copy, edit: tuple[str, int, str, str], text: str) -> None:
    copy.cell(*edit)
    assert copy.refusal() == text


def test_cell_beyond_the_limit_of_the_csv_module_is_refused(copy: Copy) -> None:
    copy.cell(OUTCOMES, 2, "effect", "x" * 200_001)
    # Frictionless raises the limit once it is imported, which a fresh process has not done.
    before = csv.field_size_limit(131_072)
    try:
        text = copy.refusal()
    finally:
        csv.field_size_limit(before)
    assert text == "data/outcomes.csv, row 2, effect: has 200001 characters, expected at most 10000"


FUNNEL, KNOWN = "data/funnel.csv", "expected step, label, adds"
BAD_TABLES = {
    "missing column": (
        (FUNNEL, "step,label,adds\n", "step,label\n"),
        "data/funnel.csv, row 1, adds: column is missing",
    ),
    "extra column": (
        (FUNNEL, "step,label,adds\n", "step,label,more,adds\n"),
        f"data/funnel.csv, row 1: column 'more' is not known; {KNOWN}",
    ),
    "renamed column": (
        (FUNNEL, "step,label,adds\n", "step,Label,adds\n"),
        "data/funnel.csv, row 1, label: column is missing\n"
        f"data/funnel.csv, row 1: column 'Label' is not known; {KNOWN}",
    ),
    "doubled column": (
        (FUNNEL, "step,label,adds\n", "step,label,adds,label,label\n"),
        "data/funnel.csv, row 1, label: column stands 3 times, expected once",
    ),
    "semicolons": (
        (FUNNEL, "step,label,adds\n", "step;label;adds\n"),
        f"data/funnel.csv, row 1: has semicolons between the columns, {IN_COMMAS}",
    ),
    "semicolons and quotation marks": (
        (FUNNEL, "step,label,adds\n", '"step";"label";"adds"\n'),
        f"data/funnel.csv, row 1: has semicolons between the columns, {IN_COMMAS}",
    ),
    "tabs": (
        (FUNNEL, "step,label,adds\n", "step\tlabel\tadds\n"),
        f"data/funnel.csv, row 1: has tabs between the columns, {IN_COMMAS}",
    ),
    "a line for Excel": (
        (FUNNEL, "step,label,adds\n", "sep=,\nstep,label,adds\n"),
        "data/funnel.csv, row 1: says which sign is between the columns, expected their names; "
        "remove the line",
    ),
    "row of too few cells": (
        (ARMS, "abbasi2012,1,", "abbasi2012,"),
        "data/arms.csv, row 2: has 13 cells, expected 14; "
        "put a cell that holds a comma in quotation marks",
    ),
    "row of too many cells": (
        (ARMS, "abbasi2012,1,", "abbasi2012,1,1,"),
        "data/arms.csv, row 2: has 15 cells, expected 14; "
        "put a cell that holds a comma in quotation marks",
    ),
    "row of too many cells that others refer to": (
        ("data/studies.csv", "abbasi2012,human,", "abbasi2012,human,,"),
        "data/studies.csv, row 2: has 21 cells, expected 20; "
        "put a cell that holds a comma in quotation marks",
    ),
    "empty line": (
        (ARMS, "\nabbasi2012,2,", "\n\nabbasi2012,2,"),
        "data/arms.csv, row 3: is an empty line; remove it",
    ),
    "empty line at the start": (
        (FUNNEL, "step,label,adds\n", "\nstep,label,adds\n"),
        "data/funnel.csv, row 1: is an empty line; remove it",
    ),
    "quotation mark never closed": (
        ("data/articles.csv", "[Promotional", '"[Promotional'),
        "data/articles.csv, row 2: is not CSV: unexpected end of data; "
        "is a quotation mark missing?",
    ),
    "quotation mark closed by the next one": (
        (ARMS, ', 8 weeks"', ", 8 weeks"),
        "data/arms.csv, row 2: is not CSV: ',' expected after '\"'; is a quotation mark missing?",
    ),
}


@pytest.mark.parametrize(("edit", "text"), BAD_TABLES.values(), ids=BAD_TABLES.keys())
def test_bad_table_is_refused(copy: Copy, edit: tuple[str, str, str], text: str) -> None:
    copy.replace(*edit)
    assert copy.refusal() == text


def test_empty_lines_at_the_end_are_refused(copy: Copy) -> None:
    copy.write(FUNNEL, copy.read(FUNNEL) + b"\n\n")
    assert copy.refusal() == (
        "data/funnel.csv, row 9: is an empty line; remove it\n"
        "data/funnel.csv, row 10: is an empty line; remove it"
    )


def test_rows_are_counted_as_a_spreadsheet_counts_them(copy: Copy) -> None:
    copy.cell(OUTCOMES, 2, "effect", "a cell\nof three\nlines")
    copy.cell(OUTCOMES, 12, "direction", "benifit")
    assert copy.refusal().startswith("data/outcomes.csv, row 12, direction: 'benifit' is not")


@pytest.mark.parametrize(
    "value",
    ["脊柱 عرق النسا ишиас 🙂 e\u0301", "x" * 10_000, 'a "quoted", word\nand a line', "0", "NA"],
    ids=["every script", "longest", "quotation marks", "zero", "NA"],
)
def test_text_arrives_as_it_stands(copy: Copy, value: str) -> None:
    copy.cell(OUTCOMES, 2, "effect", value)
    assert copy.load().outcomes["effect"][0] == value


def test_columns_may_stand_in_another_order(copy: Copy) -> None:
    before = copy.load()
    copy.write_rows(ARMS, [row[::-1] for row in copy.rows(ARMS)])
    assert copy.rows(ARMS)[0][0] == "n"
    assert copy.load().arms.equals(before.arms)


def test_rows_may_stand_in_another_order(copy: Copy) -> None:
    before = copy.load()
    header, *rows = copy.rows("data/studies.csv")
    copy.write_rows("data/studies.csv", [header, *rows[::-1]])
    assert copy.load().studies.equals(before.studies[::-1].reset_index(drop=True))


def test_rows_may_end_as_on_an_old_mac(copy: Copy) -> None:
    before = copy.load()
    copy.write(FUNNEL, copy.read(FUNNEL).replace(b"\n", b"\r"))
    assert copy.load().tables["funnel"].equals(before.tables["funnel"])


def test_carriage_return_within_a_cell_is_refused(copy: Copy) -> None:
    copy.replace(FUNNEL, "2,In people,", '2,"In\rpeople",')
    assert copy.refusal() == (
        "data/funnel.csv, row 3, label: holds a carriage return that ends no line; remove it"
    )


def test_label_that_no_figure_has_room_for_is_refused(copy: Copy) -> None:
    copy.cell("data/funnel.csv", 3, "label", "x" * 61)
    assert copy.refusal() == (
        f"data/funnel.csv, row 3, label: '{'x' * 59}…' has 61 characters, expected at most 60"
    )
