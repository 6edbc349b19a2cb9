import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.household import Kind
from rituals.model.ritual import Needs, fitting, possible
from rituals.planning.choices import suggestions
from tests.support.notation import WEEK, a_household, a_ritual

some_ways = st.integers(1, 14).map(lambda n: tuple(f"way {i}" for i in range(n)))


def test_a_ritual_without_ways_has_none():
    assert "" == suggestions.way(a_ritual(ways=()), WEEK, 1)


def test_a_ritual_with_one_way_keeps_it():
    assert {"tea"} == {suggestions.way(a_ritual(ways=("tea",)), WEEK + n, 1) for n in range(9)}


@given(some_ways, st.integers(1, 7), st.integers(-300, 300))
def test_once_a_week_all_ways_come_before_the_first_comes_again(ways, most, begins):
    ritual = a_ritual(ways=ways, rhythm=(1, most))
    told = [suggestions.way(ritual, WEEK + (begins + n), 1) for n in range(2 * len(ways))]

    assert sorted(ways) == sorted(told[: len(ways)])
    assert told[: len(ways)] == told[len(ways) :]


@given(some_ways, st.integers(1, 7))
def test_within_a_week_each_time_is_another_way(ways, most):
    ritual = a_ritual(ways=ways, rhythm=(1, most))
    told = {suggestions.way(ritual, WEEK, number) for number in range(1, most + 1)}

    assert min(most, len(ways)) == len(told)


@given(some_ways.filter(lambda ways: len(ways) > 1), st.integers(1, 7))
def test_the_next_week_brings_another_way(ways, most):
    ritual = a_ritual(ways=ways, rhythm=(1, most))

    assert suggestions.way(ritual, WEEK, 1) != suggestions.way(ritual, WEEK + 1, 1)


def test_rituals_do_not_all_begin_with_their_first_way():
    ways = tuple("abcdefgh")
    told = {suggestions.way(a_ritual(f"ritual-{n}", ways=ways), WEEK, 1) for n in range(30)}

    assert len(told) > 4


@pytest.mark.parametrize("weeks", [2, 4, 13, 17, 52])
def test_a_rare_ritual_comes_with_all_its_ways_before_the_first_again(weeks):
    ritual = a_ritual(ways=tuple("abcdefgh"), rhythm=f"every {weeks} weeks")

    assert set("abcdefgh") == {suggestions.way(ritual, WEEK + n * weeks, 1) for n in range(8)}


@pytest.mark.parametrize("rhythm", ["every 2 weeks", "every 52 weeks", "yearly on 12 June"])
def test_a_rare_ritual_is_possible_and_no_choice_of_any_week(rhythm):
    talk, rare = a_ritual("late-talk"), a_ritual("where-it-began", rhythm=rhythm)

    assert [talk] == fitting([rare, talk], a_household())
    assert [rare, talk] == possible([rare, talk], a_household())


def test_nothing_fits_where_there_is_nothing():
    assert [] == fitting([], a_household())


def test_a_retired_ritual_is_not_chosen_again():
    talk, old = a_ritual("late-talk"), a_ritual("old-times", retired=True)

    assert [talk] == fitting([old, talk], a_household())


@pytest.mark.parametrize(
    ("kind", "needs", "fits"),
    [
        (Kind.SOLO, Needs.NOTHING, False),
        (Kind.SOLO, Needs.CHILDREN, False),
        (Kind.TOGETHER, Needs.CHILDREN, False),
        (Kind.TOGETHER, Needs.ASLEEP, True),
        (Kind.TOGETHER, Needs.SITTER, True),
        (Kind.ALONE, Needs.NOTHING, True),
    ],
)
def test_without_children_no_ritual_is_about_them(kind, needs, fits):
    ritual = a_ritual(kind=kind, needs=needs)

    assert ([ritual] if fits else []) == fitting([ritual], a_household(children=False))
    assert [ritual] == fitting([ritual], a_household(children=True))


def test_where_nothing_is_there_nothing_is_new():
    assert (None, None) == suggestions.something_new([], {}, WEEK)


@pytest.mark.parametrize(
    ("weeks_ago", "rested"), [(0, False), (1, False), (4, False), (5, True), (40, True)]
)
def test_a_ritual_has_rested_after_four_weeks_without_it(weeks_ago, rested):
    ritual = a_ritual()
    expected = (ritual if rested else None, None)

    assert expected == suggestions.something_new([ritual], {ritual.id: WEEK - weeks_ago}, WEEK)


def test_one_never_chosen_is_new():
    ritual = a_ritual()

    assert (None, ritual) == suggestions.something_new([ritual], {}, WEEK)


def test_each_week_another_one_is_new_until_all_have_been():
    rituals = [a_ritual(f"ritual-{n}") for n in range(5)]
    new = [suggestions.something_new(rituals, {}, WEEK + n)[1] for n in range(5)]

    assert {r.id for r in rituals} == {r.id for r in new}


def test_the_same_week_has_the_same_news_in_whatever_order():
    rituals = [a_ritual(f"ritual-{n}") for n in range(5)]
    lived = {"ritual-1": WEEK - 9, "ritual-3": WEEK - 9}
    forwards = suggestions.something_new(rituals, lived, WEEK)

    assert forwards == suggestions.something_new(rituals[::-1], lived, WEEK)
    assert forwards[0].id in lived
    assert forwards[1].id not in lived


@pytest.mark.parametrize(
    ("present", "used", "expected"),
    [("a", {"a"}, "b"), ("c", {"c"}, "a"), ("a", {"a", "b"}, "c"), ("gone", set(), "a")],
)
def test_another_idea_is_the_next_that_the_week_does_not_hold(present, used, expected):
    ritual = a_ritual("talk", ways=("a", "b", "c"))

    assert expected == suggestions.next_way(ritual, present, used)


def test_where_all_ideas_are_used_the_next_one_comes():
    assert "b" == suggestions.next_way(a_ritual("talk", ways=("a", "b")), "a", {"a", "b"})
