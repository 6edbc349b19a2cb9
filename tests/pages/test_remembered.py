"""What a page works out anew only where something it follows from is another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pages.overview import weeks
from pages.session import context, stores
from rituals.model import totals
from rituals.model.context import PlanningContext
from rituals.model.household import Kind, Strand
from rituals.planning import changes
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_instant, an_occurrence

TOGETHER = Strand(Kind.TOGETHER)
NOW = an_instant("Sun 21:05", WEEK - 1)
HOUSEHOLD = a_household()
LAST = changes.with_hope(a_plan(an_occurrence("Wed 21:00-22:00"), week=WEEK - 1), TOGETHER, 240)


@pytest.fixture
def store(monkeypatch):
    monkeypatch.setattr(stores, "now", lambda: NOW)
    store = open_store("sqlite:///:memory:")
    store.fill(HOUSEHOLD, (a_ritual(),), [LAST])
    return store


def begun(store, last=LAST):
    return context.new_plan(last, WEEK, HOUSEHOLD, store)


def test_equal_plans_are_one_key_and_changed_ones_are_not():
    assert hash(LAST) == hash(replace(LAST))
    assert {LAST} == {LAST, replace(LAST)}
    assert 2 == len({LAST, changes.with_hope(LAST, TOGETHER, 300)})
    assert 2 == len({LAST, replace(LAST, occurrences=())})
    assert hash(PlanningContext(HOUSEHOLD, {})) == hash(
        PlanningContext(HOUSEHOLD, {"late-talk": a_ritual()})
    )


def test_a_week_that_follows_from_the_same_is_begun_once(store):
    assert begun(store) is begun(store, replace(LAST))


def test_a_week_that_is_not_kept_yet_begins_another_one_after_it(store):
    changed = changes.with_hope(LAST, TOGETHER, 600)

    assert 600 == totals.hoped(begun(store, changed), TOGETHER)
    assert 240 == totals.hoped(begun(store), TOGETHER)


def test_a_week_is_begun_anew_once_what_it_is_planned_around_is_another(store):
    before = begun(store)
    store.save_ritual(a_ritual(title="Lake"))

    assert begun(store) is not before


def test_a_week_is_begun_anew_in_another_hour(store, monkeypatch):
    before = begun(store)
    monkeypatch.setattr(stores, "now", lambda: NOW + timedelta(minutes=54))
    assert begun(store) is before
    monkeypatch.setattr(stores, "now", lambda: NOW + timedelta(minutes=55))

    assert begun(store) is not before


def test_the_weeks_behind_are_worked_out_once_and_anew_for_another_plan_or_house():
    before = weeks.past_weeks({WEEK - 1: LAST}, WEEK, HOUSEHOLD)
    hard = replace(LAST, occurrences=())
    alone = a_household(children=False)

    assert before is weeks.past_weeks({WEEK - 1: replace(LAST)}, WEEK, HOUSEHOLD)
    assert before != weeks.past_weeks({WEEK - 1: hard}, WEEK, HOUSEHOLD)
    assert len(before) > len(weeks.past_weeks({WEEK - 1: LAST}, WEEK, alone))
