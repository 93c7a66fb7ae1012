"""The description of the tables: what it says, and that a broken one is refused."""

import frictionless
import pytest

from review import schema
from review.schema import Package, Parts
from tests.conftest import ROOT, Copy

NAME = "data/datapackage.json"


@pytest.fixture(scope="module")
def package() -> Package:
    return schema.read(ROOT / "data")


def test_package_says_what_the_review_asks(package: Package) -> None:
    assert package.name == "magnesium-sciatica-review"
    assert package.question == "Does magnesium relieve sciatica?"
    assert package.searched == "2026-11"
    assert list(package.tables) == [
        *("studies", "arms", "outcomes", "sources", "claims", "articles"),
        *("compounds", "species", "limits", "facts", "left_out", "funnel"),
    ]


def test_table_knows_columns_key_links_and_totals(package: Package) -> None:
    assert package.tables["funnel"].columns == ("step", "label", "adds")
    assert package.tables["arms"].path == "arms.csv"
    assert package.tables["arms"].key == ("study", "arm")
    assert package.tables["arms"].links == {
        "study": ("studies", "study"),
        "compound": ("compounds", "compound"),
    }
    assert package.tables["arms"].totals == ()
    assert package.tables["studies"].totals == (
        Parts(("n_magnesium", "n_control"), "n_total", "design"),
    )


def test_column_knows_type_unit_and_constraints(package: Package) -> None:
    duration = package.column("arms.duration_days")
    assert (duration.type, duration.unit, duration.required) == ("integer", "days", False)
    assert duration.constraints == {"minimum": 0}
    assert duration.words == ()
    assert package.column("claims.domains").delimiter == ";"
    assert package.column("facts.claims").items_from == "claims.claim"
    assert package.column("facts.references").in_bibliography
    assert not package.column("facts.claims").in_bibliography
    assert package.column("studies.subject").required


def test_vocabulary_keeps_order_labels_and_flags(package: Package) -> None:
    assert package.column("studies.subject").values == ("human", "animal", "in_vitro", "review")
    assert package.column("studies.subject").words[2].label == "In vitro"
    assert package.column("studies.subject").words[0].flags == {"participants": "people"}
    assert package.label("studies.subject", "in_vitro") == "In vitro"
    assert package.label("studies.subject", "martian") == "martian"
    trials = ("randomised_parallel", "randomised_crossover")
    assert package.flagged("studies.design", "group", "randomised_trial") == trials
    assert package.flagged("studies.design", "same_participants") == ("randomised_crossover",)
    assert package.flagged("studies.design", "no such flag") == ()


@pytest.mark.parametrize(
    ("borrower", "lender"),
    [
        ("claims.domains", "outcomes.domain"),
        ("claims.condition", "studies.condition"),
        ("claims.routes", "arms.route"),
        ("left_out.subject", "studies.subject"),
    ],
)
def test_shared_vocabulary_is_that_of_the_other_column(
    package: Package, borrower: str, lender: str
) -> None:
    assert len(package.column(borrower).words) > 3
    assert package.column(borrower).words == package.column(lender).words


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param(
            '"version": "0.1.0",',
            '"version": "0.1.0"',
            f"{NAME}, line 10: is not JSON: Expecting ',' delimiter",
            id="no JSON",
        ),
        pytest.param(
            '"searched": "2026-11",', "", f"{NAME}: property 'searched' is missing", id="package"
        ),
        pytest.param(
            '"path": "arms.csv",', "", f"{NAME}, arms: property 'path' is missing", id="table"
        ),
        pytest.param(
            '"name": "strain", "title": "Strain",',
            '"name": "strain",',
            f"{NAME}, studies, strain: property 'title' is missing",
            id="column",
        ),
        pytest.param(
            '"sharedCategories": "outcomes.domain"',
            '"sharedCategories": "outcomes.domains"',
            f'{NAME}, claims, domains, sharedCategories: is "outcomes.domains", '
            'expected "outcomes.domain"',
            id="vocabulary of no column",
        ),
    ],
)
def test_broken_description_is_refused(copy: Copy, old: str, new: str, text: str) -> None:
    copy.replace(NAME, old, new)
    assert copy.refusal() == text


def test_description_that_is_a_list_is_refused(copy: Copy) -> None:
    copy.write(NAME, b"[]")
    assert copy.refusal() == f"{NAME}: is a list, expected an object in braces"


def test_frictionless_finds_the_real_package_valid() -> None:
    report = frictionless.Package(str(ROOT / NAME)).validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
