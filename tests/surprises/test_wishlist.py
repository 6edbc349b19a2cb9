"""What each would love: kept apart, and told only where both would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, TakesPart
from rituals.planning.choices import suggestions
from rituals.store.store import open_store
from rituals.surprises import wishlist
from tests.support.notation import a_household, a_ritual

TALK, DINNER, LAKE = a_ritual("late-talk"), a_ritual("dinner-out"), a_ritual("lake")
ALL = (TALK, DINNER, LAKE)


@pytest.fixture
def store(url):
    """A store of a household that has marked nothing, on either database."""
    opened = open_store(url)
    opened.save_household(a_household())
    yield opened
    opened.engine.dispose()


def both_mark(store, ritual):
    wishlist.mark(store, ONE, ritual.id)
    wishlist.mark(store, TWO, ritual.id)


def common(store, rituals, household):
    one, two = (wishlist.load(store, partner.key) for partner in household.partners)
    return suggestions.choosable_by_both(one, two, rituals, household)


def test_a_mark_is_its_partner_s_own(store):
    wishlist.mark(store, ONE, TALK.id)

    assert {TALK.id} == wishlist.load(store, ONE)
    assert set() == wishlist.load(store, TWO)


def test_what_one_alone_marked_is_in_no_common_list(store):
    wishlist.mark(store, ONE, TALK.id)
    wishlist.mark(store, TWO, DINNER.id)

    assert [] == common(store, ALL, a_household())


def test_what_both_marked_is_told_in_the_order_of_the_rituals(store):
    both_mark(store, LAKE)
    both_mark(store, TALK)

    assert [TALK, LAKE] == common(store, ALL, a_household())


def test_a_mark_taken_back_leaves_the_common_list(store):
    both_mark(store, TALK)
    wishlist.unmark(store, TWO, TALK.id)

    assert [] == common(store, ALL, a_household())
    assert {TALK.id} == wishlist.load(store, ONE)


def test_marked_twice_is_marked_once_and_taken_back_twice_is_taken_back(store):
    for keep in (wishlist.mark, wishlist.mark, wishlist.unmark, wishlist.unmark):
        keep(store, ONE, TALK.id)

    assert set() == wishlist.load(store, ONE)


def test_a_mark_tells_another_screen_that_something_changed(store):
    before = store.revision()
    wishlist.mark(store, ONE, TALK.id)

    assert before < store.revision()


def test_a_retired_ritual_and_one_for_children_who_are_not_there_are_left_out(store):
    retired = a_ritual("old", retired=True)
    with_them = a_ritual("tower", kind=Kind.SOLO, takes_part=TakesPart.EITHER, needs=Needs.CHILDREN)
    for ritual in (retired, with_them, TALK):
        both_mark(store, ritual)
    rituals = (retired, with_them, TALK)

    assert [TALK] == common(store, rituals, a_household(children=False))
    assert [with_them, TALK] == common(store, rituals, a_household())


def test_marks_of_a_ritual_that_is_gone_tell_nothing(store):
    both_mark(store, a_ritual("gone"))

    assert [] == common(store, ALL, a_household())


MARKS = st.frozensets(st.sampled_from([ritual.id for ritual in ALL]))


@given(MARKS, MARKS)
def test_both_is_the_same_whoever_comes_first_and_never_more_than_each(one, two):
    there = suggestions.marked_by_both(one, two, ALL)

    assert there == suggestions.marked_by_both(two, one, ALL)
    assert one & two == {ritual.id for ritual in there}
