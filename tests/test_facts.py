"""The facts of one study and the short table: values read by hand from the CSV files."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest

from review import Review, evidence, facts
from review.facts.pieces import missing
from review.facts.pieces import pairs as listed
from review.style import GRID, NONE
from tests.real import real, selected
from tests.synthetic import of_size

HOSTILE = "<script>alert('x')</script> & \"y\""
TAGS = {
    "article", "h3", "h4", "p", "dl", "div", "dt", "dd", "span", "strong", "a", "ul", "li",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def page(study: str, review: Review | None = None) -> ElementTree.Element:
    # Strict XML, so that a tag left open or a sign left bare fails here.
    return ElementTree.fromstring(facts.html(review or real(), study))


def text(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def pairs(element: ElementTree.Element) -> dict[str, str]:
    divs = (div for div in element.iter("div") if div.find("dt") is not None)
    return {text(div[0]): text(div[1]) for div in divs}


def grid(study: str, title: str) -> list[list[ElementTree.Element]]:
    (found,) = (t for t in page(study).iter("table") if t.findtext("caption") == title)
    return [list(row) for row in found.iter("tr")]


def changed(table: str, study: str, **cells: object) -> Review:
    rows = real().tables[table].copy()
    for name, value in cells.items():
        rows[name] = rows[name].mask(rows["study"] == study, value)
    return replace(real(), tables={**real().tables, table: rows})


STUDIES = {
    "imani2024": {
        "Study": "imani2024",
        "Subject": "Human",
        "Species": "Human",
        "Strain": "Not reported",
        "Design": "Randomised trial, parallel groups",
        "Condition": "Sciatica",
        "Condition as named": "radicular back pain",
        "Randomised": "Yes",
        "Blinding": "Double",
        "Placebo-controlled": "No",
        "Number studied (people or animals)": "30",
        "Number with magnesium (people or animals)": "Not reported",
        "Number without magnesium (people or animals)": "Not reported",
        "Country": "Iran",
        "Follow-up (days)": "180",
        "Cited by": "Our search",
        "Retracted": "No",
        "Source level": "Abstract: The authors' abstract.",
        "Extraction": "Twice: Read again by a second reader who had not seen the first record; "
        "differences were settled.",
    },
    "pickering2011": {
        "Design": "Randomised trial, parallel groups",
        "Condition as named": "neuropathic pain (mixed)",
        "Number studied (people or animals)": "45",
        "Country": "France",
        "Follow-up (days)": "28",
    },
    "pan2011": {
        "Subject": "Animal",
        "Species": "Mouse",
        "Design": "Controlled animal experiment",
        "Blinding": "Not reported",
        "Placebo-controlled": "Not reported",
        "Number studied (people or animals)": "Not reported",
        "Cited by": "Article B",
    },
}


@pytest.mark.parametrize("study", STUDIES)
def test_who_and_how(study: str) -> None:
    found = pairs(page(study))
    assert {name: found[name] for name in STUDIES[study]} == STUDIES[study]


def test_heading_and_citation() -> None:
    title = (
        "A double-blinded randomised controlled study of the value of sequential intravenous and "
        "oral magnesium therapy in patients with chronic low back pain with a neuropathic component"
    )
    article = page("yousef2013")
    assert article.attrib == {"class": "review-facts"}
    assert article.findtext("h3") == f"Yousef & Al-deeb 2013: {title}"
    said = [text(p) for p in article.findall("p")[:2]]
    assert said == [
        f"Yousef, A. A.; Al-deeb, A. E. {title}. Anaesthesia, 2013.",
        "DOI 10.1111/anae.12107 · PubMed 23384256",
    ]


def test_links_open_beside_the_page() -> None:
    links = [a.attrib for a in page("imani2024").iter("a")]
    assert [link.pop("href") for link in links] == [
        "https://doi.org/10.5812/aapm-148739",
        "https://pubmed.ncbi.nlm.nih.gov/40078471/",
        "https://brieflands.com/articles/aapm-148739",
        "https://brieflands.com/journals/aapm/articles/148739",
        "https://www.litmetric.com/detail/40078471/Comparison-of-Transforaminal-Magnesium-Sulfate-"
        "with-Steroid-Injection-in-the-Management-of-Radicular",
    ]
    assert links == [{"target": "_blank", "rel": "noopener noreferrer"}] * 5


def test_nothing_is_linked_that_is_not_known() -> None:
    article = page("nct04532775")
    assert text(article.findall("p")[1]) == "No DOI or PMID is known"
    bare = replace(real().references["imani2024"], authors=(), title="", container="", year=None)
    review = replace(real(), references={**real().references, "imani2024": bare})
    assert page("imani2024", review).findtext("h3") == " no year: Not reported"
    assert text(page("imani2024", review).findall("p")[0]) == (
        "Authors not reported. Title not reported. Journal not reported, no year."
    )


def test_further_authors() -> None:
    reference = replace(real().references["imani2024"], authors=("Imani, F.", "others"), doi="a<b")
    review = replace(real(), references={**real().references, "imani2024": reference})
    article = page("imani2024", review)
    assert text(article.findall("p")[0]).startswith("Imani, F.; and others. Comparison of")
    assert next(article.iter("a")).attrib["href"] == "https://doi.org/a%3Cb"


def test_arms() -> None:
    head, first, second, third = grid("yousef2013", "Arms")
    assert [text(cell) for cell in head] == [
        "Arm", "The arm", "What was given", "Dose", "How long, how many",
    ]  # fmt: skip
    assert {cell.attrib["scope"] for cell in head} == {"col"}
    assert (first[0].tag, first[0].attrib, first[0].text) == ("th", {"scope": "row"}, "1")
    assert [pairs(cell) for cell in first[2:]] == [
        {
            "Compound": "Magnesium sulfate, hydrate not stated",
            "Route": "Into a vein",
            "Magnesium alone": "Yes",
        },
        {
            "Dose as reported": "1 g magnesium sulfate in 250 ml 0.9% saline over 4 hours every "
            "day for 2 weeks",
            "Dose": "1",
            "Dose unit": "g",
            "Dose basis": "Compound",
            "Times per day": "1",
            # 1,000 mg x 0.0986 (heptahydrate) to x 0.2019 (anhydrous).
            "Per day": "98.6 to 202 mg/day elemental magnesium",
        },
        {"Duration (days)": "14", "Number in the arm (people or animals)": "40"},
    ]
    assert pairs(second[3])["Per day"] == "No comparable dose: compound unclear"
    assert text(third[2]) == (
        "Compound no magnesium, or not stated"
        "Magnesium alone not stated, or no magnesium in the armNot reported: Route"
    )
    assert "Per day" not in pairs(third[3])


@pytest.mark.parametrize(
    ("study", "expected"),
    [
        # 2,514 mg x 0.1196 to x 0.2553.
        pytest.param("pickering2011", "301 to 642 mg/day elemental magnesium", id="human"),
        # 10 mg/kg x 3 / 37 x 60 kg x 0.0986 to x 0.2019.
        pytest.param(
            "gonzalez2020", "4.8 to 9.82 mg/day elemental magnesium (human-equivalent)", id="animal"
        ),
        pytest.param("imani2024", "No comparable dose: local or spinal route", id="spinal"),
        pytest.param("pan2011", "No comparable dose: concentration without intake", id="diet"),
    ],
)
def test_dose_per_day_or_the_reason(study: str, expected: str) -> None:
    head, first, *_ = grid(study, "Arms")
    place = [text(cell) for cell in head].index("Dose")
    assert pairs(first[place])["Per day"] == expected


def test_outcomes() -> None:
    head, *rows = grid("yousef2013", "Outcomes")
    assert [text(cell) for cell in head] == [
        "Outcome", "What was measured", "What was compared", "Reported by the authors", "Numbers",
    ]  # fmt: skip
    assert [pairs(cell) for cell in rows[2][1:]] == [
        {
            "Domain": "Pain intensity",
            "Measure": "NRS 0-10",
            "Time point": "6 months",
            "Higher is better": "No",
        },
        {"Comparison": "vs placebo", "Comparator": "Placebo", "Exposure": "Magnesium given"},
        {
            "Direction": "Benefit",
            "Effect as reported": "Mg 7.5 to 4.7, placebo 7.4 to 7.2; p < 0.03 for the difference "
            "in the change between groups (secondary page)",
            "p value as reported": "<0.03",
        },
        {
            "Mean, magnesium": "4.7",
            "SD, magnesium": "1.8",
            "Number, magnesium (people or animals)": "40",
            "Mean, control": "7.2",
            "Number, control (people or animals)": "40",
            "Mean before": "7.5",
        },
    ]
    assert text(rows[2][4]).endswith("7.5Not reported: SD before")
    assert text(rows[0][3]).endswith("groupsNot reported: p value as reported")
    assert len(rows) == 6


def test_columns_left_out_are_named() -> None:
    said = [text(p) for p in page("imani2024").iter("p")]
    assert said[-2:] == [
        "Not reported for any arm: Magnesium alone; Dose as reported; Dose; Dose unit; "
        "Dose basis; Times per day; Duration; Number in the arm",
        "Not reported for any outcome: Mean, magnesium; SD, magnesium; Number, magnesium; "
        "Mean, control; SD, control; Number, control; Mean before; SD before",
    ]
    missing = page("imani2024").iter("span")
    assert {span.attrib["class"] for span in missing} == {"review-missing"}


def test_a_study_without_arms_and_outcomes() -> None:
    article = page("urits2021")
    assert [text(h) for h in article.iter("h4")][-3:] == [
        "Arms", "Outcomes", "Pages on which it was read",
    ]  # fmt: skip
    assert [text(p) for p in article.iter("p")][-2:] == ["Not reported or none"] * 2


def test_remarks() -> None:
    said = "Narrative review; only the head of the abstract was read, so no conclusion is recorded."
    assert said in [text(p) for p in page("urits2021").iter("p")]
    bare = page("urits2021", changed("studies", "urits2021", remarks=None))
    assert text(bare.findall("p")[2]) == "Not reported"


def test_background_facts_and_the_statements_they_bear_on() -> None:
    lists = [[text(item) for item in found] for found in page("pan2011").iter("ul")]
    assert lists[0] == [
        "The 2011 Magnesium Research study crushed the left sciatic nerve of mice and fed three "
        "magnesium levels. Value: 10 / 100 / 200 % of basal diet Mg.",
        "Result of the 2011 mouse study as its authors sum it up. "
        "Value: benefit of high-Mg diet in mice.",
    ]
    assert [said.partition(":")[0] for said in lists[1]] == [
        "B14, article B", "B15, article B", "A25, article A",
    ]  # fmt: skip
    assert len(list(page("imani2024").iter("ul"))) == 1


def test_retraction_is_told_first() -> None:
    article = page("imani2024", changed("studies", "imani2024", retracted=True))
    assert (article[1].attrib["class"], text(article[1])) == (
        "review-retracted",
        "Retracted. A page that was read says that this study was withdrawn.",
    )
    assert not page("imani2024").findall("p[@class='review-retracted']")


def test_every_text_is_escaped() -> None:
    review = changed("studies", "imani2024", remarks=HOSTILE, country=HOSTILE)
    outcomes = changed("outcomes", "imani2024", effect=HOSTILE).outcomes
    arms = changed("arms", "imani2024", label=HOSTILE, dose_as_reported=HOSTILE).arms
    sources = changed("sources", "imani2024", url="javascript:alert(1)").tables["sources"]
    named = real().tables["facts"].head(1)
    named = named.assign(references=[("imani2024",)], statement=HOSTILE, value=HOSTILE)
    told = {"outcomes": outcomes, "arms": arms, "sources": sources, "facts": named}
    reference = replace(
        real().references["imani2024"], title=HOSTILE, doi='"><b>', url=f"https://x/{HOSTILE}"
    )
    references = {**review.references, "imani2024": reference}
    review = replace(review, tables={**review.tables, **told}, references=references)
    article = page("imani2024", review)
    assert {element.tag for element in article.iter()} <= TAGS
    # Heading, citation, country, remarks, 2 arms with label and dose, 3 outcomes, fact and value,
    # and the address of the reference.
    assert text(article).count(HOSTILE) == 14
    assert [a.attrib["href"] for a in article.iter("a")] == [
        "https://doi.org/%22%3E%3Cb%3E",
        "https://pubmed.ncbi.nlm.nih.gov/40078471/",
    ]
    # An address with blanks is none.
    assert f"Address https://x/{HOSTILE}" in text(article)
    assert text(list(article.iter("ul"))[-1]) == "javascript:alert(1)" * 3


def test_words_of_the_package_are_escaped() -> None:
    assert missing("a<b") == '<span class="review-missing">a&lt;b</span>'
    assert listed([("a<b", "<b>c</b>")]) == (
        "<dl><div><dt>a&lt;b</dt> <dd><b>c</b></dd></div></dl>"
    )
    assert listed([]) == ""


@pytest.mark.parametrize("study", real().studies["study"])
def test_every_study_gives_sound_html_with_its_sources(study: str) -> None:
    article = page(study)
    assert {element.tag for element in article.iter()} <= TAGS
    sources = real().tables["sources"]
    urls = sources.loc[sources["study"] == study, "url"].tolist()
    assert [text(item) for item in list(article.iter("ul"))[-1]] == urls
    assert not re.search(r"<NA>|\bnan\b|\bNone\b", text(article))


def test_an_unknown_study_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        facts.html(real(), "imani2023")
    assert str(caught.value) == (
        "'imani2023' is not the key of one of the 143 studies here, of 143 in all; keys most like "
        "it: imani2024, ni2023, jain2023. Take a key from the column study of "
        "facts.table(review), or widen the selection."
    )
    with pytest.raises(ValueError) as caught:
        facts.html(selected("condition=sciatica"), "yousef2013")
    assert str(caught.value) == (
        "'yousef2013' is not the key of one of the 7 studies here, of 143 in all; keys most like "
        "it: none. Take a key from the column study of facts.table(review), or widen the "
        "selection."
    )


def test_the_look_has_no_colour_of_its_own() -> None:
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", facts.STYLE)) == {GRID, NONE}
    assert "currentcolor" not in facts.STYLE and "background" not in facts.STYLE
    used = set(re.findall(r'class="([^"]+)"', facts.html(real(), "imani2024")))
    assert all(name in facts.STYLE for name in used)


TABLE = {
    "imani2024": (
        "Imani et al. 2024", "Human", "Sciatica", 30, "Not reported",
        "Pain intensity: benefit; Disability: benefit; Adverse events: no difference",
    ),
    "yousef2013": (
        "Yousef & Al-deeb 2013", "Human", "Low back pain", 80,
        "98.6 to 202 mg/day elemental magnesium; "
        "oral magnesium 245 mg twice a day for 4 weeks (a second pag…",
        "Pain intensity: mixed",
    ),
    "pickering2011": (
        "Pickering et al. 2011", "Human", "Neuropathic pain", 45,
        "301 to 642 mg/day elemental magnesium",
        "Pain intensity: no difference; Quality of life: no difference",
    ),
    "pan2011": (
        "Pan et al. 2011", "Animal", "Sciatic nerve injury", None,
        "high-Mg diet, 200% Mg of the basal diet; low-Mg diet, 10% Mg of the basal diet",
        "Nerve function: benefit; Motor function: benefit; Nerve regeneration: benefit; "
        "Inflammation: benefit; Magnesium status: benefit; Mechanism: benefit",
    ),
    "fathy2022": (
        "Fathy et al. 2022", "Human", "Sciatica", 135, "Not reported",
        "Not counted: before and after",
    ),
    "tarleton2020": (
        "Tarleton et al. 2020", "Human", "Other pain", 13434, "Not reported",
        "Not counted: magnesium measured",
    ),
    "jain2023": (
        "Jain et al. 2023", "Human", "Low back pain", 60, "Not reported", "Not reported",
    ),
    "vennemeyer2015": (
        "Vennemeyer et al. 2015", "Animal", "Sciatic nerve injury", 24,
        "magnesium filaments (0.25 mm diameter, 10 mm length) inside…",
        "Motor function: mixed; Nerve regeneration: not reported; "
        "Inflammation: not reported; Mechanism: not reported",
    ),
}  # fmt: skip


@pytest.mark.parametrize("study", TABLE)
def test_a_row_of_the_table(study: str) -> None:
    frame = facts.table(real()).set_index("study")
    row = [None if pd.isna(cell) else cell for cell in frame.loc[study]]
    assert tuple(row) == TABLE[study]


def test_the_table_holds_every_study_in_order() -> None:
    frame = facts.table(real())
    assert frame.columns.tolist() == [
        "study", "citation", "subject_label", "condition_label", "n", "dose", "finding",
    ]  # fmt: skip
    assert len(frame) == frame["study"].nunique() == 143
    # Sciatica: people by year and key, then animals, then nerve injury.
    assert frame["study"].tolist()[:8] == [
        "cabreales2008", "nct04532775", "fathy2022", "imani2024", "rapm49a144", "raouf2025",
        "li2024", "feria1993",
    ]  # fmt: skip
    assert frame["n"].dtype == "Int64"
    # 59 empty cells of n_total in studies.csv.
    assert frame["n"].isna().sum() == 59
    assert not frame.drop(columns="n").isna().any(axis=None)


@pytest.mark.parametrize(
    ("selection", "studies"),
    [("condition=sciatica", 7), ("condition=sciatica&subject=human", 6), ("subject=", 0)],
    ids=["condition", "two fields", "none left"],
)
def test_the_table_of_a_selection(selection: str, studies: int) -> None:
    frame = facts.table(selected(selection))
    assert len(frame) == studies
    assert frame["n"].dtype == "Int64"
    whole = facts.table(real())
    left = whole[whole["study"].isin(frame["study"])].reset_index(drop=True)
    assert frame.to_dict("records") == left.to_dict("records")


def test_findings_are_those_of_the_trials_figure() -> None:
    trials = evidence.trials(real())
    seen = trials[trials["direction"].notna() & (trials["direction"] != "not_reported")]
    findings = facts.table(real()).set_index("study")["finding"]
    assert len(seen) > 50
    for study, domain, label in zip(
        seen["study"], seen["domain_label"], seen["direction_label"], strict=True
    ):
        assert f"{domain}: {label.lower()}" in findings[study].split("; ")


def test_a_made_up_review_has_a_row_for_each_study() -> None:
    review = of_size(300)
    frame = facts.table(review)
    assert sorted(frame["study"]) == sorted(review.studies["study"])
    assert page("s000007", review).findtext("h3")
