"""People of a .bib file: as BibTeX and biblatex mean them, or a sentence on each unclear one."""

import pytest

from review.names import people

NAMES = {
    "last, first": ("Ahmed, M. A. A.", ["Ahmed, M. A. A."]),
    "first last": ("Claude Dubray", ["Dubray, Claude"]),
    "von": ("van der Plas, A. and Ludwig van Beethoven",
            ["van der Plas, A.", "van Beethoven, Ludwig"]),
    "junior": ("King, Jr., Martin Luther", ["King, Jr., Martin Luther"]),
    "three parts": ("Stevenson, III, Adlai E.", ["Stevenson, III, Adlai E."]),
    "roman number": ("Logan IV, Robert L", ["Logan IV, Robert L"]),
    "comma at the end": ("X, and Doe, J.", ["X", "Doe, J."]),
    "body": ("{Institute of Pain and Joy}", ["Institute of Pain and Joy"]),
    "body in two braces": ("{{World Health Organization}}", ["World Health Organization"]),
    "braces that are signs": (r"\{\{", ["{{"]),
    "accents": (r"Garc{\'\i}a, Jos\'e and \O stergaard, S{\o}ren",
                ["García, José", "Østergaard, Søren"]),
    "and in braces": ("{Barnes and Noble} and {a}and{b}", ["Barnes and Noble", "aandb"]),
    "ties": ("Knuth, D.~E. and Donald~E. Knuth", ["Knuth, D. E.", "Knuth, Donald E."]),
    "others": ("Doe, J. and others", ["Doe, J.", "others"]),
    "et al.": ("Doe, J. and et al.", ["Doe, J.", "others"]),
    "AND": ("Doe, J.\n AND Roe, R.", ["Doe, J.", "Roe, R."]),
    "initials alone": ("Doe JA and Roe R", ["JA, Doe", "R, Roe"]),
    "extended": (
        "family=Zaanen, given=Menno, prefix=van and family={Doe, Inc}, given=\"J. A.\", suffix=Jr",
        ["van Zaanen, Menno", "Doe, Inc, Jr, J. A."],
    ),
    "more parts than are read": ("family=Yu, given=IJsbrand, given-i={{IJ}}", ["Yu, IJsbrand"]),
    "blanks": ("A" + " " * 200_000 + "B", ["B, A"]),
    "none": ("{}", []),
}  # fmt: skip
UNCLEAR = {
    "initials": ("Smith J, Doe J, Roe R", "put 'and' between the authors"),
    "two with initials": ("Smith J, Doe J", "put 'and' between the authors"),
    "first names": ("Ann Lee, Bo Kim, Cy Poe", "put 'and' between the authors"),
    "four": ("Ahmed, M., Lee, J.", "put 'and' between the authors"),
    "semicolons": ("Ahmed, M.; Lee, J.", "put 'and' between the authors"),
}


@pytest.mark.parametrize(("written", "read"), NAMES.values(), ids=NAMES.keys())
def test_names_are_read(written: str, read: list[str]) -> None:
    assert people(written) == (read, [])


@pytest.mark.parametrize(("written", "remedy"), UNCLEAR.values(), ids=UNCLEAR.keys())
def test_several_people_in_one_name_are_told(written: str, remedy: str) -> None:
    assert people(f"{written} and Roe, R.") == (
        ["Roe, R."], [f"{written!r} is not one name; {remedy}"],
    )  # fmt: skip


def test_what_is_no_name_is_told() -> None:
    assert people("and Doe, J. and and , and family=Doe, Jane") == (
        [],
        [
            "'and Doe, J.' is not one name; an 'and' stands there without a name",
            "'' is not one name; an 'and' stands there without a name",
            "',' is not a name; remove it or write one",
            "'family=Doe, Jane' is not a name such as family=Doe, given=Jane",
        ],
    )
    assert people(",") == ([], ["',' is not a name; remove it or write one"])
    long = "A " * 5001
    assert people(long) == (
        [],
        [f"{long[:59] + '…'!r} has 10001 characters, expected at most 10000"],
    )
