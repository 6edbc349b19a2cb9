"""The weeks chosen for what is rare, kept, and what they are chosen from."""

from dataclasses import replace

import pytest

from rituals.model.context import Due, RareWeek
from rituals.model.household import BOTH, ONE
from rituals.model.plan import Said, Season
from rituals.store.context import load_context, load_season_context, save_rare_weeks
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence

HOME = a_household()
MONEY = a_ritual("money", rhythm="every 4 weeks", kept=True)
ALL = {"money": MONEY, "late-talk": a_ritual()}
ROW = RareWeek("money", BOTH, WEEK)


@pytest.fixture
def store(url):
    opened = open_store(url)
    opened.save_household(HOME)
    yield opened
    opened.engine.dispose()


def keep(store, week, season=Season.USUAL, **more):
    here = an_occurrence(week=week, ritual="money", id=str(week), **more)
    store.change_plan(a_plan(here, week=week, season=season), lambda plan: plan)


def context(store):
    return load_season_context(store, [WEEK, WEEK + 1], HOME, ALL)


def test_the_weeks_are_read_as_they_were_kept(store):
    rows = (ROW, RareWeek("money", ONE, WEEK + 60, by_hand=True), replace(ROW, left_out=True))
    save_rare_weeks(store, [rows[1], rows[0]])
    assert rows[:2] == context(store).rows

    save_rare_weeks(store, rows[2:])
    assert rows[2:] == context(store).rows


def test_weeks_that_stay_are_no_change(store):
    save_rare_weeks(store, [ROW])
    before = store.revision()
    save_rare_weeks(store, [ROW])

    assert before == store.revision()


def test_the_last_time_is_in_the_newest_plan_that_had_it(store):
    keep(store, WEEK - 9)
    keep(store, WEEK - 8)
    keep(store, WEEK - 7, chosen=False)
    keep(store, WEEK - 6, season=Season.GRACE)
    keep(store, WEEK - 5, let_go=True)
    keep(store, WEEK - 4, said=Said.LET_GO)
    keep(store, WEEK)

    assert {("money", BOTH): WEEK - 8} == context(store).last
    assert {("money", BOTH): WEEK - 4} == context(store).let_go


def test_each_partner_has_a_last_time(store):
    keep(store, WEEK - 2, partner=ONE)
    keep(store, WEEK - 3)

    assert {("money", ONE): WEEK - 2, ("money", BOTH): WEEK - 3} == context(store).last


def test_a_week_is_planned_with_what_is_due_in_it(store):
    keep(store, WEEK - 5)
    save_rare_weeks(store, [ROW, RareWeek("gone", BOTH, WEEK)])

    assert (Due("money", None, WEEK - 5),) == load_context(store, WEEK, HOME, ALL).due
    assert () == load_context(store, WEEK + 1, HOME, ALL).due


def test_what_was_left_out_is_not_due(store):
    save_rare_weeks(store, [replace(ROW, left_out=True)])

    assert () == load_context(store, WEEK, HOME, ALL).due


def test_what_is_kept_no_longer_is_not_due(store):
    save_rare_weeks(store, [ROW])
    stopped = {"money": replace(MONEY, kept=False)}

    assert () == load_context(store, WEEK, HOME, stopped).due


def test_plans_are_those_of_the_weeks_ahead_and_of_rows_behind(store):
    for week in (WEEK - 3, WEEK - 2, WEEK + 1, WEEK + 2):
        keep(store, week)
    save_rare_weeks(store, [RareWeek("money", BOTH, WEEK - 2)])

    assert [WEEK - 2, WEEK + 1] == list(context(store).plans)
