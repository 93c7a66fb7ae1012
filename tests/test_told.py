"""What chosen studies did and found, as told from the tables; values read off the CSV files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from review import Review, facts
from tests.real import real, selected

SEQUENCE = ["rapm49a144", "pickering2011"]


def test_a_study_is_told_in_full() -> None:
    assert facts.told(real(), ["pickering2011"]).splitlines() == [
        '- **<a href="https://doi.org/10.1684/mrh.2011.0282" target="_blank" rel="noopener '
        'noreferrer">Pickering et al. 2011</a>**: Randomised trial, parallel groups; neuropathic '
        "pain (neuropathic pain (mixed)); number studied: 45",
        "    - Given: oral Mg chloride (route: by mouth, dose: 6x419 mg Mg chloride/capsule per "
        "day for a month, n: not reported)",
        "    - Compared with: lactose (route: by mouth, dose: lactose capsules, n: not reported)",
        "    - Pain intensity (Neuropathic Pain Symptom Inventory (NPSI), at 4 weeks, comparison: "
        "placebo): **no difference**; in words: not different between groups; p: not reported",
        "    - Pain intensity (numerical scale, at 4 weeks, comparison: placebo): **no "
        "difference**; in words: not different between groups; large placebo response; p: not "
        "reported",
        "    - Quality of life (quality of life indicators, at 4 weeks, comparison: placebo): **no "
        "difference**; in words: not different between groups; p: not reported",
        "    - Pain intensity (frequency of pain paroxysms, at 4 weeks, comparison: before and "
        "after): **benefit**; in words: diminished in Mg group compared to baseline; p: not "
        "reported",
        "    - Remarks: The key placebo-controlled trial of ORAL magnesium for neuropathic pain; "
        "negative on pain and quality of life versus placebo. Daily total 2514 mg of the salt is "
        "6 x 419 mg (computed here); elemental dose not stated in the abstract. Per-arm n not in "
        "abstract.",
    ]


def test_one_bullet_per_study_in_the_order_asked() -> None:
    heads = [line for line in facts.told(real(), SEQUENCE).splitlines() if line.startswith("- ")]
    # Without DOI and PubMed number, the link leads to the page that was read.
    assert heads[0].startswith(
        '- **<a href="https://rapm.bmj.com/content/49/Suppl_1/A144.1" target="_blank" '
        'rel="noopener noreferrer">\\[Conference abstract A144.1: transforam… 2024</a>**: '
        "Non-randomised controlled trial; "
    )
    assert heads[1].endswith("number studied: 45") and "Pickering et al. 2011</a>" in heads[1]
    assert len(heads) == 2


def test_signs_that_mean_something_in_markdown_are_marked() -> None:
    told = facts.told(real(), ["imani2024"])
    # Pain and disability at <0.001; no p value for adverse events.
    assert told.count("p: &#60;0.001") == 2
    assert told.count("p: not reported") == 1
    # Neither arm has a dose or a number.
    assert told.count("dose: not reported, n: not reported") == 2


@pytest.mark.parametrize(
    ("table", "said"),
    [("arms", "Given: not reported"), ("outcomes", "    - Results: not reported")],
)
def test_a_study_without_rows_says_so(table: str, said: str) -> None:
    empty = replace(real(), tables={**real().tables, table: real().tables[table].head(0)})
    assert said in facts.told(empty, ["imani2024"])


def test_remarks_stand_in_the_order_asked_for() -> None:
    table = facts.remarked(real(), ["pan2011", "athavale2023", "feria1993"])
    assert table["Study"].tolist() == [
        "Pan et al. 2011",
        "Athavale et al. 2023",
        "Feria et al. 1993",
    ]
    assert table["Remarks"][0].startswith("The mouse study cited by article B.")
    assert table["Remarks"][1].startswith("Single-arm open-label pilot")
    assert facts.remarked(real(), []).columns.tolist() == ["Study", "Remarks"]


@pytest.mark.parametrize("tell", [facts.told, facts.remarked], ids=["told", "remarked"])
def test_a_key_that_no_study_has_is_refused(tell: Callable[[Review, list[str]], object]) -> None:
    with pytest.raises(KeyError) as caught:
        tell(selected("subject=human&condition=sciatica"), ["pickering2011"])
    assert caught.value.args == (
        "'pickering2011' is not the key of one of the 6 studies here; take one from the column "
        "study of facts.table(review), or widen the selection",
    )


def test_a_notebook_opens_with_its_answer_and_how_it_was_made() -> None:
    assert facts.opening(real(), "Fee $5 for A & $10", "Is that all?") == (
        "> **Fee <span>&#36;</span>5 for A &#38; <span>&#36;</span>10. Is that all?**\n\n"
        "Evidence searched 2026-11. What was read of the 143 studies: full text 0, abstract 137, "
        "secondary page 4, registry 2; read twice 69, once 74."
    )
    assert facts.opening(real(), "One.", more="Two") == (
        "> **One.**\n\nEvidence searched 2026-11. Two."
    )


def test_a_sentence_ends_once() -> None:
    assert [facts.said(text) for text in ("No *one*", "Done.")] == ["No \\*one\\*.", "Done."]
