"""references.bib: refused where it is broken, decoded, cited and written again."""

import logging
from pathlib import Path

import pytest

from review import bibliography
from review.bibliography import Reference
from tests.conftest import ROOT, Copy

BIB = "references.bib"
YEARS = range(1900, 2028)
AHMED = "@article{ahmed2020,"
DOI = "10.2174/2589645802014010035"
UNREADABLE = (
    "references.bib, line 20: the entry '@article{ahmed2020,' cannot be read; "
    "is a brace or a comma missing in it?"
)
FAULTS = {
    "brace of a field not closed": (("{Dexamethasone", "{{Dexamethasone"), UNREADABLE),
    "brace of the entry not closed": ((f"{DOI}}},\n}}", f"{DOI}}},\n"), UNREADABLE),
    "one brace too many": (
        (f"{DOI}}},\n}}", f"{DOI}}},\n}}}}"),
        "references.bib, line 29: '}' belongs to no entry; start comments with %",
    ),
    "doubled key": (
        (AHMED, "@article{abbasi2012,"),
        "references.bib, line 20: the key 'abbasi2012' stands twice; rename one",
    ),
    "key in capital letters": (
        (AHMED, "@article{Ahmed2020,"),
        "data/studies.csv, row 3, study: 'ahmed2020' has no entry in references.bib; add one\n"
        "references.bib, line 20, Ahmed2020: is neither a study nor cited by a table; "
        "add its row or remove the entry",
    ),
    "doubled field": (
        ("year         = {2020},", "volume = {14},\n  volume = {14},\n  volume = {14},"),
        "references.bib, line 20: the entry has a field twice: volume; remove one",
    ),
    "doubled field in other letters": (
        (AHMED, AHMED + "\n  Volume = {14},"),
        "references.bib, line 20: the entry has a field twice: volume; remove one",
    ),
    "field in capital letters": (
        (f"doi          = {{{DOI}}}", "DOI = {banana}"),
        "references.bib, line 20, ahmed2020, doi: 'banana' is not a DOI such as 10.1000/182",
    ),
    "comma missing after a field": (
        (
            "{14},\n  number       = {1},\n  pages        = {35",
            "{14}\n  number = {1},\n  pages = {35",
        ),
        "references.bib, line 20, ahmed2020, volume: '{14}\\n  number = {1}' is not one value; "
        "is a comma missing after it?",
    ),
    "comma missing after the authors": (
        ("author       = {Ahmed, M. A. A.},", "author = {Ahmed, M. A. A.}"),
        "references.bib, line 20, ahmed2020, author: '{Ahmed, M. A. A.}\\n  title        = "
        "{Dexamethasone Versus Ma…' is not one value; is a comma missing after it?",
    ),
    "stray text": (
        (AHMED, "stray words\n" + AHMED),
        "references.bib, line 20: 'stray words' belongs to no entry; start comments with %",
    ),
    "stray text below a comment": (
        (AHMED, "% comment\nstray words\n" + AHMED),
        "references.bib, line 20: '% comment' belongs to no entry; start comments with %",
    ),
    "sign @ missing": (
        (AHMED, AHMED[1:]),
        "references.bib, line 20: 'article{ahmed2020,' belongs to no entry; start comments with %",
    ),
    "authors between commas": (
        ("{Ahmed, M. A. A.}", "{Ahmed, M., Lee, J., Kim, P.}"),
        "references.bib, line 20, ahmed2020, author: 'Ahmed, M., Lee, J., Kim, P.' "
        "is not one name; put 'and' between the authors",
    ),
    "no title": (
        ("title        = {Dexa", "note = {Dexa"),
        "references.bib, line 20, ahmed2020, title: is missing",
    ),
    "words for a DOI": (
        (DOI, "banana"),
        "references.bib, line 20, ahmed2020, doi: 'banana' is not a DOI such as 10.1000/182",
    ),
    "address without a DOI": (
        (DOI, "https://doi.org/about"),
        "references.bib, line 20, ahmed2020, doi: 'about' is not a DOI such as 10.1000/182",
    ),
    "space in a DOI": (
        (DOI, "10.2174/1 2"),
        "references.bib, line 20, ahmed2020, doi: '10.2174/1 2' is not a DOI such as 10.1000/182",
    ),
    "PMID with letters": (
        ("{23853635}", "{PMC3703169}"),
        "references.bib, line 3, abbasi2012, pmid: 'PMC3703169' "
        "is not a PubMed number of at most eight digits",
    ),
    "PMID of nine digits": (
        ("{23853635}", "{123456789}"),
        "references.bib, line 3, abbasi2012, pmid: '123456789' "
        "is not a PubMed number of at most eight digits",
    ),
    "year of two digits": (
        ("{2020}", "{20}"),
        "references.bib, line 20, ahmed2020, year: '20' is not a year of four digits; "
        "write one, or leave the field out of what is not a study",
    ),
    "year in words": (
        ("{2020}", "{in press}"),
        "references.bib, line 20, ahmed2020, year: 'in press' is not a year of four digits; "
        "write one, or leave the field out of what is not a study",
    ),
    "year in other digits": (
        ("{2020}", "{²}"),
        "references.bib, line 20, ahmed2020, year: '²' is not a year of four digits; "
        "write one, or leave the field out of what is not a study",
    ),
    "year in Arabic digits": (
        ("{2020}", "{٢٠٢٠}"),
        "references.bib, line 20, ahmed2020, year: '٢٠٢٠' is not a year of four digits; "
        "write one, or leave the field out of what is not a study",
    ),
    "date of another century": (
        ("year         = {2020}", "date = {1320-05-03}"),
        "references.bib, line 20, ahmed2020, date: '1320-05-03' is impossible, "
        "expected 1900 to 2027 (the year after 'searched' in datapackage.json)",
    ),
    "authors in one name": (
        ("{Ahmed, M. A. A.}", "{Smith J, Doe J, Roe R}"),
        "references.bib, line 20, ahmed2020, author: 'Smith J, Doe J, Roe R' "
        "is not one name; put 'and' between the authors",
    ),
    "comma missing before a name": (
        (AHMED, AHMED + "\n  yes"),
        "references.bib, line 20, ahmed2020: 'yes\\n  author' is not the name of a field; "
        "is a comma or a = missing in it?",
    ),
    "two words for a name": (
        ("author       = {Ahmed", "author x = {Ahmed"),
        "references.bib, line 20, ahmed2020: 'author x' is not the name of a field; "
        "is a comma or a = missing in it?",
    ),
    "no name": (
        ("author       = {Ahmed", "= {Ahmed"),
        "references.bib, line 20, ahmed2020: a field has no name; write one before its =",
    ),
    "comment in an entry": (
        ("author       = {Ahmed", "% author = {Ahmed"),
        "references.bib, line 20, ahmed2020: '% author' is not the name of a field; "
        "take comments out of the entry",
    ),
    "macro that is not defined": (
        ("journal      = {The Open Anesthesiology Journal}", "journal = toaj"),
        "references.bib, line 20, ahmed2020, journal: no @string above defines 'toaj'; "
        "put it in braces, or write @string{toaj = {…}} above",
    ),
    "macro in a macro": (
        (AHMED, "@string{toaj = {The } # oaj}\n" + AHMED),
        "references.bib, line 20, @string toaj: no @string above defines 'oaj'; "
        "put it in braces, or write @string{oaj = {…}} above",
    ),
    "several words without braces": (
        ("{14}", "14 to 15"),
        "references.bib, line 20, ahmed2020, volume: '14 to 15' is not one value; put it in braces",
    ),
    "brace with a backslash alone": (
        ("{Dexamethasone", "{\\{Dexamethasone"),
        "references.bib, line 20, ahmed2020, title: '{\\\\{Dexamethasone Versus Magnesium "
        "Sulfate as an Adjuvant to…' has a brace without its other; BibTeX counts \\{ and \\} too",
    ),
    "accent in quotation marks": (
        ("{The Open Anesthesiology Journal}", '"Das \\"Offene"'),
        'references.bib, line 20, ahmed2020, journal: \'"Das \\\\"Offene"\' ends at its '
        '\\" already, as BibTeX reads it; put it in braces',
    ),
    "no key": (
        (AHMED, "@article{,"),
        "references.bib, line 20: '' is not a key; write one word, without commas and braces",
    ),
    "key of two words": (
        (AHMED, "@article{ahmed 2020,"),
        "references.bib, line 20: 'ahmed 2020' is not a key; "
        "write one word, without commas and braces",
    ),
    "no type": (
        (AHMED, "@{ahmed2020,"),
        "references.bib, line 20: the entry 'ahmed2020' has no type; write one such as @article",
    ),
    "type that begins like a command": (
        (AHMED, "@commentary{ahmed2020,"),
        "references.bib, line 20: the type of '@commentary{ahmed2020,' "
        "begins like a command of BibTeX; write @misc",
    ),
    "long field": (
        ("{Dexamethasone", f"{{{'x' * 9_828} Dexamethasone"),
        "references.bib, line 20, ahmed2020, title: has 10001 characters, expected at most 10000",
    ),
}


@pytest.mark.parametrize(("edit", "text"), FAULTS.values(), ids=FAULTS.keys())
def test_fault_in_bibliography_is_refused(copy: Copy, edit: tuple[str, str], text: str) -> None:
    copy.replace(BIB, *edit)
    assert copy.refusal() == text


def test_every_fault_of_the_bibliography_is_reported(copy: Copy) -> None:
    copy.replace(BIB, AHMED, "@article{abbasi2012,")
    copy.replace(BIB, "@article{alloui2003,", "stray words\n@article{alloui2003,")
    copy.replace(BIB, "@article{ao2012,", "@article{abbasi2012,")
    copy.replace(BIB, "{23853635}", "{0}")
    assert copy.refusal() == (
        "references.bib, line 20: the key 'abbasi2012' stands twice; rename one\n"
        "references.bib, line 31: 'stray words' belongs to no entry; start comments with %\n"
        "references.bib, line 61: the key 'abbasi2012' stands twice; rename one\n"
        "references.bib, line 3, abbasi2012, pmid: '0' "
        "is not a PubMed number of at most eight digits"
    )


@pytest.mark.parametrize(
    "comment", ["% comment\n%\n\n% two", "@comment{comment}", "@Comment jabref-meta: a{b}=c"]
)
def test_comments_are_no_fault(copy: Copy, comment: str) -> None:
    copy.replace(BIB, AHMED, f"{comment}\n{AHMED}")
    assert copy.load().whole == 143


def test_many_authors_are_no_fault(copy: Copy) -> None:
    names = [f"Family{number}, Given" for number in range(200)]
    copy.replace(BIB, "{Ahmed, M. A. A.}", "{" + " and ".join(names) + "}")
    assert copy.load().references["ahmed2020"].authors == tuple(names)


def reference(folder: Path, fields: str) -> Reference:
    """Return the one reference of a .bib file with these fields."""
    path = folder / BIB
    path.write_text(f"@article{{one,\n{fields}\n}}\n", encoding="utf-8")
    references, faults = bibliography.read(path, YEARS)
    assert faults == []
    return references["one"]


CITATIONS = {
    "one author": ("Ahmed, M. A. A.", "Ahmed 2020"),
    "given name first": ("Claude Dubray", "Dubray 2020"),
    "two authors": ("Mah, J. and Pitre, T.", "Mah & Pitre 2020"),
    "three authors": ("Fan, Lihong and Cheng, Bin and Li, Yong", "Fan et al. 2020"),
    "one author and others": ("Gröber and others", "Gröber et al. 2020"),
    "von part": ("van der Plas, A. A.", "van der Plas 2020"),
    "von part, given name first": ("Ludwig van Beethoven", "van Beethoven 2020"),
    "name of a body": ("{Institute of Pain and Joy}", "Institute of Pain and Joy 2020"),
    "accents in LaTeX": (r"S{\"u}zer, T. and Valb{\o}, A.", "Süzer & Valbø 2020"),
    "accents in Unicode": ("Żyżyńska-Granica, Barbara", "Żyżyńska-Granica 2020"),
}


@pytest.mark.parametrize(("authors", "cited"), CITATIONS.values(), ids=CITATIONS.keys())
def test_short_citation(tmp_path: Path, authors: str, cited: str) -> None:
    fields = f"  author = {{{authors}}},\n  title = {{A title}},\n  year = {{2020}},"
    assert reference(tmp_path, fields).cite() == cited


@pytest.mark.parametrize(
    ("fields", "cited"),
    [
        ("title = {A short title}, year = 2020", "A short title 2020"),
        (f"title = {{{'x' * 40}}}, year = 2020", f"{'x' * 40} 2020"),
        (f"title = {{{'x' * 38} yy}}, year = 2020", f"{'x' * 38}… 2020"),
        ("title = {A title}, author = {Ahmed, M.}", "Ahmed no year"),
    ],
    ids=["no author", "title of 40", "long title", "no year"],
)
def test_short_citation_of_what_there_is(tmp_path: Path, fields: str, cited: str) -> None:
    assert reference(tmp_path, fields).cite() == cited


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"Rats \& mice, 50\% {Mg} in M{\"u}nster", "Rats & mice, 50% Mg in Münster"),
        ("{{Magnesium}}", "Magnesium"),
        ("{a title\n    of two lines}", "a title of two lines"),
        ("the 0--10 scale", "the 0–10 scale"),
        (r"the 0--10 scale \& more", "the 0–10 scale & more"),
        ("中国脊柱脊髓杂志", "中国脊柱脊髓杂志"),
    ],
    ids=["LaTeX", "braces", "wrapped", "dash", "dash and LaTeX", "Chinese"],
)
def test_title_and_journal_are_decoded(tmp_path: Path, written: str, shown: str) -> None:
    found = reference(tmp_path, f"  title = {{{written}}},\n  journal = {{{written}}},")
    assert (found.title, found.container) == (shown, shown)


@pytest.mark.parametrize(
    "field",
    [
        *("journal", "journaltitle", "booktitle", "institution", "school", "organization"),
        *("howpublished", "publisher"),
    ],
)
def test_container_is_where_the_work_stands(tmp_path: Path, field: str) -> None:
    found = reference(tmp_path, f"title = {{A title}},\n  {field} = {{Place}}")
    assert found == Reference(
        key="one",
        type="article",
        authors=(),
        title="A title",
        container="Place",
        year=None,
        doi="",
        pmid="",
        url="",
        line=1,
        source=f"@article{{one,\ntitle = {{A title}},\n  {field} = {{Place}}\n}}",
    )


@pytest.fixture(scope="module")
def references() -> dict[str, Reference]:
    found, faults = bibliography.read(ROOT / BIB, YEARS)
    assert faults == []
    return found


def test_every_real_entry_is_read(references: dict[str, Reference]) -> None:
    lines = (ROOT / BIB).read_text(encoding="utf-8").splitlines()
    starts = {number: line for number, line in enumerate(lines, 1) if line.startswith("@")}
    assert {item.line: f"@{item.type}{{{item.key}," for item in references.values()} == starts


def test_no_code_is_left_in_what_is_shown(references: dict[str, Reference]) -> None:
    shown = [(item.title, item.container, *item.authors) for item in references.values()]
    coded = [text for texts in shown for text in texts if any(sign in text for sign in CODE)]
    assert coded == []


CODE = ("\\", "{", "}", "--", "$", "~", "\n")


def test_bib_of_a_subset_holds_exactly_that(
    tmp_path: Path, references: dict[str, Reference]
) -> None:
    subset = [references[key] for key in ("suzer1999", "mah2021", "fan2004") if key in references]
    assert len(subset) == 3
    text = bibliography.bib(subset)
    (tmp_path / BIB).write_text(text, encoding="utf-8")
    again, faults = bibliography.read(tmp_path / BIB, YEARS)
    assert faults == []
    assert list(again) == [item.key for item in subset]
    for item in subset:
        assert again[item.key].title == item.title
        assert again[item.key].authors == item.authors
        assert again[item.key].source == item.source
    real = (ROOT / BIB).read_text(encoding="utf-8")
    assert all(item.source in real and item.source in text for item in subset)
    assert r"Systematic Review \& Meta-Analysis" in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("level", [logging.NOTSET, logging.INFO])
@pytest.mark.parametrize("broken", [False, True], ids=["fine", "broken"])
def test_reading_logs_nothing_and_leaves_logging_alone(
    copy: Copy, caplog: pytest.LogCaptureFixture, level: int, broken: bool
) -> None:
    if broken:
        copy.replace(BIB, "{Dexamethasone", "{{Dexamethasone")
    logger = logging.getLogger("bibtexparser")
    before = logger.level
    logger.setLevel(level)
    try:
        _, faults = bibliography.read(copy.root / BIB, YEARS)
        assert logger.level == level
    finally:
        logger.setLevel(before)
    assert bool(faults) == broken
    assert caplog.records == []
    assert not logger.disabled
