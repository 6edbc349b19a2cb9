"""Who thinks of a week's rituals."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui import markdown
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Season
from rituals.model.time.week import Week
from rituals.planning import responsibility
from tests.support.notation import WEEK, a_household, a_plan, a_ritual

HOME = a_household()
RITUALS = {id: a_ritual(id) for id in ("dinner-out", "late-talk", "walk", "lake", "cinema")}
WEEKS = st.integers(0, 3000).map(lambda n: Week(2000, 1) + n)


def a_week(*ids, week=WEEK, **more):
    return replace(a_plan(week=week, choices=tuple(Choice(id, None, 1) for id in ids)), **more)


def who(plan, rituals=RITUALS):
    """By ritual, the one who thinks of it."""
    thoughts = responsibility.of_week(plan, rituals, HOME)
    return {ritual.id: key for key, those in thoughts.items() for ritual in those}


@given(WEEKS, st.permutations(list(RITUALS)), st.integers(1, 5))
def test_each_alternates_from_week_to_week_and_the_thoughts_are_spread(week, order, count):
    here, next_week = (who(a_week(*order[:count], week=week + n)) for n in (0, 1))
    hers, his = (list(here.values()).count(key) for key in (ONE, TWO))

    assert set(order[:count]) == set(here)
    assert all(here[id] != next_week[id] for id in here)
    assert 1 >= abs(hers - his)


def test_a_year_of_53_weeks_ends_without_a_break():
    last, first = Week(2026, 53), Week(2027, 1)

    assert last + 1 == first
    assert who(a_week("walk", week=last)) != who(a_week("walk", week=first))


def test_what_is_chosen_later_changes_nothing_before_it():
    before = who(a_week("walk", "lake"))
    after = who(a_week("walk", "lake", "cinema"))

    assert before.items() <= after.items()


@pytest.mark.parametrize("key", [ONE, TWO])
def test_a_ritual_with_one_who_always_thinks_of_it_stays_with_that_one(key):
    rituals = {**RITUALS, "walk": replace(RITUALS["walk"], thinks=key)}
    weeks = [WEEK + n for n in range(4)]

    assert [key] * 4 == [who(a_week("lake", "walk", week=w), rituals)["walk"] for w in weeks]


def test_what_has_its_own_one_takes_nobody_else_s_turn():
    fixed = {**RITUALS, "walk": replace(RITUALS["walk"], thinks=ONE)}
    with_it, without = (who(a_week(*ids), fixed) for ids in (("walk", "lake"), ("lake",)))

    assert with_it["lake"] == without["lake"]


def test_a_partner_s_own_time_is_not_said():
    own = a_plan(choices=(Choice("walk", ONE, 2), Choice("lake", TWO, 1)))

    assert "" == responsibility.line(own, RITUALS, HOME)


def test_nothing_is_said_where_nothing_is_chosen_or_everything_rests():
    assert "" == responsibility.line(a_plan(), RITUALS, HOME)
    assert "" == responsibility.line(a_week("walk", season=Season.GRACE), RITUALS, HOME)
    assert "" == responsibility.line(a_week("a-ritual-that-is-gone"), RITUALS, HOME)


def test_the_line_says_who_thinks_of_what():
    rituals = {
        "dinner-out": a_ritual("dinner-out", title="Dinner out", thinks=ONE),
        "late-talk": a_ritual("late-talk", title="Late talk", thinks=ONE),
        "walk": a_ritual("walk", title="A walk", thinks=TWO),
    }
    both = a_week("dinner-out", "walk", "late-talk")

    assert "Maya looks after Dinner out and Late talk, Jonas after A walk." == responsibility.line(
        both, rituals, HOME
    )
    assert "Jonas looks after A walk." == responsibility.line(a_week("walk"), rituals, HOME)


def test_names_and_titles_are_shown_as_they_are_written():
    home = a_household(names=("*Maya*", "Jonas"))
    rituals = {"x": a_ritual("x", title=":red[x]", thinks=ONE)}
    line = responsibility.line(a_week("x"), rituals, home, markdown.plain)

    assert f"{markdown.plain('*Maya*')} looks after {markdown.plain(':red[x]')}." == line
