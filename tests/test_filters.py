"""The filters without a page: to a selection and back, undo, and texts that mean nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from review.filters import Filters
from review.selection import PLACES, Selection, SelectionError
from tests.page import OPEN, choose, rests
from tests.real import real, selected
from tests.test_selection import SELECTIONS

HUMAN = Selection(subject=("human",))
EXPECTED = (
    "expected FIELD=WORDS with a field of subject, species, condition, design, randomised, "
    "placebo_controlled, route, compound, alone, domain, direction, source_level, cited_by, "
    "year_from, year_to, n_min, text"
)


@pytest.fixture
def filters() -> Filters:
    return Filters(real(), Selection())


def sent(filters: Filters, monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    messages: list[set[str]] = []

    def send_state(key: set[str] | str) -> None:
        messages.append({key} if isinstance(key, str) else set(key))

    monkeypatch.setattr(filters, "send_state", send_state)
    return messages


def test_at_first_every_field_is_open(filters: Filters) -> None:
    assert (filters.chosen, filters.past) == (OPEN, [])
    assert filters.text == ""
    assert filters.selection == Selection()


def test_it_starts_with_a_selection() -> None:
    chosen = Selection(subject=(), year_from=2000, text="100% é")
    filters = Filters(real(), chosen)
    assert filters.chosen == {**OPEN, "subject": [], "year_from": 2000, "text": "100% é"}
    assert (filters.selection, filters.past) == (chosen, [])
    assert filters.text == "subject=&year_from=2000&text=100%25%20é"


def test_it_refuses_to_start_with_unknown_words() -> None:
    with pytest.raises(SelectionError) as caught:
        Filters(real(), Selection(subject=("man",), cited_by=("C",)))
    assert str(caught.value) == (
        "subject: 'man' is not one of human, animal, in_vitro, review\n"
        "cited_by: 'C' is not one of A, B, search"
    )


def test_groups_are_the_fields_with_words(filters: Filters) -> None:
    assert [group["name"] for group in filters.groups] == list(PLACES)
    unfolded = [group["name"] for group in filters.groups if group["unfolded"]]
    assert unfolded == ["subject", "condition"]
    titles = {group["name"]: group["title"] for group in filters.groups}
    assert titles["alone"] == "Magnesium alone"
    (cited,) = (group["options"] for group in filters.groups if group["name"] == "cited_by")
    assert cited == [["A", "Article A"], ["B", "Article B"], ["search", "Our search"]]


# Years and numbers read in references.bib and studies.csv.
@pytest.mark.parametrize(
    ("text", "years", "largest"),
    [
        pytest.param("", (1993, 2025), 73684, id="everything"),
        pytest.param("cited_by=B", (2011, 2021), 0, id="two studies"),
        pytest.param("subject=", (0, 0), 0, id="no study"),
    ],
)
def test_bounds(text: str, years: tuple[int, int], largest: int) -> None:
    assert Filters(selected(text), Selection()).numbers == [
        {"name": "year_from", "title": "From year", "bounds": years, "open": years[0]},
        {"name": "year_to", "title": "To year", "bounds": years, "open": years[1]},
        {"name": "n_min", "title": "Smallest number studied", "bounds": (0, largest), "open": 0},
    ]


@given(SELECTIONS)
def test_a_page_sends_a_selection(selection: Selection) -> None:
    filters = Filters(real(), Selection())
    choose(filters, selection)
    assert (filters.selection, filters.past) == (selection, [OPEN])


def test_what_a_page_sends_is_not_sent_back(
    filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    messages = sent(filters, monkeypatch)
    choose(filters, HUMAN)
    assert messages == []


@given(SELECTIONS)
def test_a_page_is_told_what_a_text_chooses(selection: Selection) -> None:
    answer = Filters(real(), Selection()).read(str(selection))
    # As it starts with that selection.
    assert answer == {"choose": Filters(real(), selection).chosen}


def test_a_text_may_have_space_around_it(filters: Filters) -> None:
    chosen = {**OPEN, "route": ["oral", "diet"], "n_min": 30, "text": "a&b"}
    assert filters.read(" route=oral,diet&n_min=30&text=a%26b \n") == {"choose": chosen}
    assert filters.read("") == {"choose": OPEN}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "colour=red&year_from=soon",
            f"Not applied. 'colour=red': {EXPECTED}\n"
            "year_from: 'soon' is not a year of four digits",
            id="no text form",
        ),
        pytest.param(
            "subject=man&cited_by=A,C",
            "Not applied. subject: 'man' is not one of human, animal, in_vitro, review\n"
            "cited_by: 'C' is not one of A, B, search",
            id="unknown words",
        ),
        pytest.param("<b>&", f"Not applied. '<b>': {EXPECTED}\n'': {EXPECTED}", id="markup"),
    ],
)
def test_a_bad_text_is_explained(filters: Filters, text: str, problem: str) -> None:
    assert filters.read(text) == {"problem": problem}


@pytest.mark.parametrize("text", ["subject=human", "nonsense"])
def test_a_page_that_asks_is_answered_and_nothing_changes(
    filters: Filters, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    answers: list[object] = []
    monkeypatch.setattr(filters, "send", answers.append)
    before = filters.get_state()
    filters._handle_custom_msg({"apply": text, "number": 0.5}, [])
    assert answers == [{**filters.read(text), "number": 0.5}]
    assert filters.get_state() == before


def test_an_answer_is_one_message_and_each_can_be_told(
    filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(filters, HUMAN)
    messages = sent(filters, monkeypatch)
    counts = {"subject": {"human": 64, "animal": 0}}
    filters.answer(counts)
    assert (filters.counts, filters.text) == (counts, "subject=human")
    # The same counts once more: the page must still learn that its change was answered.
    filters.answer(counts)
    assert messages == [{"counts", "text", "answered"}, {"answered"}]
    assert filters.answered == 2


def test_pages_are_told_what_was_chosen_and_which_choices_were_heard(filters: Filters) -> None:
    assert filters.agreed == {}
    choose(filters, HUMAN, ("one", 1))
    choose(filters, Selection(n_min=9), ("other", 1))
    choose(filters, HUMAN, ("one", 3))
    filters.agree()
    chosen = {**OPEN, "subject": ["human"]}
    assert filters.agreed == {
        "heard": {"one": 3, "other": 1},
        "chosen": chosen,
        "past": [OPEN, chosen, {**OPEN, "n_min": 9}],
    }


def test_rest_is_told_to_those_who_asked(filters: Filters) -> None:
    told = list[str]()
    filters.on_rest(lambda: told.append("one"))
    filters.on_rest(lambda: told.append("other"))
    choose(filters, HUMAN)
    filters._handle_custom_msg({"something": "else"}, [])
    assert told == []
    rests(filters)
    assert told == ["one", "other"]


def test_other_messages_are_left_alone(filters: Filters) -> None:
    filters._handle_custom_msg({"something": "else"}, [])
    assert filters.chosen == OPEN
