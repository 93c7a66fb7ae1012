"""Who follows the filters is told of each change: charts at once, the rest when the page rests."""

from __future__ import annotations

from threading import Event, Thread

from review.selection import Selection
from review.shared import Shared
from tests.page import choose, rests
from tests.real import real

SUBJECTS = ("human", "animal", "in_vitro")


def only(subject: str) -> Selection:
    return Selection(subject=(subject,))


def followed(shared: Shared) -> list[tuple[str, str]]:
    """Return what is told, with the selection and the words counted at that moment."""
    told = list[tuple[str, str]]()
    shared.filters.observe(lambda _: told.append(("agreed", str(shared.selection))), "agreed")
    shared.follow(
        lambda: told.append(("chart", str(shared.selection))),
        lambda: told.append(("rest", str(shared.selection))),
    )
    shared.filters.observe(lambda _: told.append(("answer", shared.filters.text)), "answered")
    return told


def test_at_first_it_has_selected_and_counted() -> None:
    shared = Shared(real(), only("human"))
    assert len(shared.selected.studies) == 64
    assert shared.filters.counts["subject"] == {
        "human": 64, "animal": 53, "in_vitro": 3, "review": 23,
    }  # fmt: skip
    assert shared.filters.text == "subject=human"


def test_charts_come_first_then_the_counts_and_the_rest_later() -> None:
    shared = Shared(real(), Selection())
    told = followed(shared)
    choose(shared.filters, only("in_vitro"))
    assert told == [("chart", "subject=in_vitro"), ("answer", "subject=in_vitro")]
    assert shared.filters.counts["condition"]["sciatica"] == 0
    rests(shared.filters)
    assert told[2:] == [("agreed", "subject=in_vitro"), ("rest", "subject=in_vitro")]


def test_quick_changes_have_a_chart_each_and_the_rest_once() -> None:
    shared = Shared(real(), Selection())
    told = followed(shared)
    for subject in SUBJECTS:
        choose(shared.filters, only(subject))
    expected = [
        (what, f"subject={subject}") for subject in SUBJECTS for what in ("chart", "answer")
    ]
    assert told == expected
    # Two pages that show the same panel each say that they rest.
    rests(shared.filters)
    rests(shared.filters)
    assert told == [*expected, ("agreed", "subject=in_vitro"), ("rest", "subject=in_vitro")]


def test_a_page_that_opens_without_a_change_is_told_nothing() -> None:
    shared = Shared(real(), Selection())
    told = followed(shared)
    rests(shared.filters)
    choose(shared.filters, Selection())
    rests(shared.filters)
    assert told == []


def test_all_charts_come_before_all_the_rest() -> None:
    shared = Shared(real(), Selection())
    told = list[str]()
    shared.follow(lambda: told.append("chart one"), lambda: told.append("rest one"))
    shared.follow(lambda: told.append("chart two"), lambda: told.append("rest two"))
    choose(shared.filters, only("human"))
    rests(shared.filters)
    assert told == ["chart one", "chart two", "rest one", "rest two"]


def test_what_a_page_sends_counts_as_a_change() -> None:
    shared = Shared(real(), Selection())
    told = followed(shared)
    chosen = {**shared.filters.chosen, "cited_by": ["B"]}
    shared.filters.set_state({"chosen": chosen, "past": [shared.filters.chosen]})
    assert told == [("chart", "cited_by=B"), ("answer", "cited_by=B")]
    assert set(shared.selected.studies["study"]) == {"pan2011", "zhang2021"}


def test_what_comes_in_two_threads_is_done_one_after_the_other() -> None:
    shared = Shared(real(), Selection())
    told, inside, go = followed(shared), Event(), Event()

    def slow() -> None:
        inside.set()
        assert go.wait(10)
        told.append(("slow", str(shared.selection)))

    slowly = Thread(target=shared.alone, args=(slow,))
    quickly = Thread(target=choose, args=(shared.filters, only("human")))
    slowly.start()
    assert inside.wait(10)
    quickly.start()
    # Long enough to overtake, were it not held.
    quickly.join(0.2)
    go.set()
    slowly.join()
    quickly.join()
    assert told == [("slow", ""), ("chart", "subject=human"), ("answer", "subject=human")]


def test_what_two_pages_choose_at_once_is_heard_of_both() -> None:
    shared = Shared(real(), Selection())
    inside, go = Event(), Event()

    def slow(_: object) -> None:
        inside.set()
        assert go.wait(10)

    shared.filters.observe(slow, "past")
    one = Thread(target=choose, args=(shared.filters, only("human"), ("one", 1)))
    one.start()
    assert inside.wait(10)
    shared.filters.unobserve(slow, "past")
    other = Thread(target=choose, args=(shared.filters, only("animal"), ("other", 1)))
    other.start()
    # Long enough to overtake, were it not held.
    other.join(0.2)
    go.set()
    one.join()
    other.join()
    rests(shared.filters)
    assert shared.filters.agreed["heard"] == {"one": 1, "other": 1}
    assert str(shared.selection) == "subject=animal"


def test_the_selected_studies_stand_in_the_order_of_the_table() -> None:
    studies = Shared(real(), only("human")).selected.studies
    assert studies["study"].tolist()[:2] == ["cabreales2008", "nct04532775"]
    assert studies["condition"].cat.codes.is_monotonic_increasing
