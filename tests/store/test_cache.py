"""What a store remembers of what was read is never older than what is in it."""

import shutil
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rituals.model.household import Kind, Strand
from rituals.model.plan import Season
from rituals.planning import changes
from rituals.store import aggregates, engines, location
from rituals.store.cache import MOST_ENTRIES, RevisionCache
from rituals.store.store import Store, open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_occurrence

TOGETHER = Strand(Kind.TOGETHER, None)
IN_MEMORY = "sqlite:///:memory:"
THREE = [WEEK, WEEK + 1, WEEK + 2]


@pytest.fixture
def two(new_file, tmp_path):
    """The same store, opened by two programs."""
    url = location.sqlite_url(shutil.copy2(new_file, tmp_path / "two.db"))
    return open_store(url), open_store(url)


def test_what_has_not_changed_is_not_read_again(two):
    store, _ = two
    store.fill(a_household(), (a_ritual(),), [a_plan(week=week) for week in THREE])
    known = store.load_plans(THREE)
    store.change_plan(known[WEEK], lambda plan: replace(plan, season=Season.HARD))

    assert store.load_plan(WEEK + 1) is known[WEEK + 1]
    assert store.load_plan(WEEK) is not known[WEEK]
    assert store.load_household() is store.load_household()


def test_what_another_program_changes_is_read_again(two):
    one, other = two
    one.fill(a_household(), (a_ritual(),), [a_plan()])
    one.load_plan(WEEK), one.load_rituals(), one.load_household()
    other.change_plan(a_plan(), lambda plan: replace(plan, season=Season.HARD))
    other.save_ritual(a_ritual(title="Lake"))
    other.save_household(a_household(names=("Ana", "Ben")))

    assert Season.HARD is one.load_plan(WEEK).season
    assert ["Lake"] == [ritual.title for ritual in one.load_rituals().values()]
    assert "Ana" == one.load_household().name("one")


def test_what_comes_between_two_changes_is_read_again(two):
    one, other = two
    one.fill(a_household(), (), [a_plan(week=week) for week in THREE])
    one.load_plans(THREE)
    other.change_plan(a_plan(week=WEEK + 1), lambda plan: replace(plan, season=Season.HARD))
    one.change_plan(a_plan(), lambda plan: replace(plan, season=Season.CALM))

    assert Season.HARD is one.load_plan(WEEK + 1).season


def test_figures_are_counted_again_for_the_week_that_changed_alone(two):
    store, _ = two
    store.fill(a_household(), (), [a_plan(week=week) for week in THREE])
    counted = []

    def count(week, plan):
        counted.append(week)
        return plan.season

    aggregates.figures_of_weeks(store, THREE, "seasons", count)
    store.change_plan(a_plan(), lambda plan: replace(plan, season=Season.HARD))
    counted.clear()
    seasons = aggregates.figures_of_weeks(store, THREE, "seasons", count)

    assert [WEEK] == counted
    assert [Season.HARD, Season.USUAL, Season.USUAL] == list(seasons.values())


def test_figures_are_counted_again_where_another_program_changed_anything(two):
    store, other = two
    store.fill(a_household(), (), [a_plan(week=week) for week in THREE])
    counted = []
    aggregates.figures_of_weeks(store, THREE, "weeks", lambda week, _: counted.append(week))
    other.save_household(a_household(names=("Ana", "Ben")))
    aggregates.figures_of_weeks(store, THREE, "weeks", lambda week, _: counted.append(week))

    assert [*THREE, *THREE] == counted


def test_a_week_without_a_plan_has_figures_of_none(two):
    store, _ = two

    assert {WEEK: None} == aggregates.figures_of_weeks(store, [WEEK], "plan", lambda _, plan: plan)


def test_a_change_that_is_refused_leaves_what_was_known(two):
    store, _ = two
    store.fill(a_household(), (), [a_plan()])
    known = store.load_plan(WEEK)
    with pytest.raises(ZeroDivisionError):
        store.change_plan(known, lambda _: 1 / 0)

    assert store.load_plan(WEEK) is known


def test_what_is_given_out_may_be_changed_by_whoever_has_it(two):
    store, _ = two
    store.fill(a_household(), (a_ritual(),), [a_plan()])
    store.load_rituals().clear()
    store.load_plans([WEEK]).clear()

    assert store.load_rituals()
    assert store.load_plans([WEEK])


def test_no_more_is_known_than_pages_show():
    cache = RevisionCache()
    cache.values_at(1).update(dict.fromkeys(range(MOST_ENTRIES + 1)))

    assert {} == cache.values_at(1)


@cache
def new_store():
    """A store in memory with nothing in it: far quicker to copy than to make."""
    with open_store(IN_MEMORY).engine.connect() as at:
        return at.connection.driver_connection.serialize()


class TwoPrograms(RuleBasedStateMachine):
    """Two programs that change and read the same store by turns."""

    @initialize()
    def opened(self):
        self.engine = engines.engine(location.parsed(IN_MEMORY))
        with self.engine.connect() as at:
            at.connection.driver_connection.deserialize(new_store())
        self.stores = [Store(self.engine), Store(self.engine)]
        self.stores[0].fill(a_household(), (a_ritual(),), [a_plan(an_occurrence())])

    @rule(who=st.integers(0, 1), week=st.sampled_from(THREE), hours=st.integers(0, 20))
    def hopes(self, who, week, hours):
        begun = a_plan(week=week)
        self.stores[who].change_plan(
            begun, lambda plan: changes.with_hope(plan, TOGETHER, hours * 30)
        )

    @rule(who=st.integers(0, 1), title=st.sampled_from(["Lake", "Walk", "Tea"]))
    def names(self, who, title):
        self.stores[who].save_ritual(a_ritual(title=title))

    @rule(who=st.integers(0, 1), name=st.sampled_from(["Ana", "Maya"]))
    def are_called(self, who, name):
        self.stores[who].save_household(a_household(names=(name, "Jonas")))

    @rule(who=st.integers(0, 1), weeks=st.lists(st.sampled_from(THREE), max_size=3))
    def reads(self, who, weeks):
        assert Store(self.engine).load_plans(weeks) == self.stores[who].load_plans(weeks)

    @invariant()
    def all_is_as_it_is(self):
        fresh = Store(self.engine)
        for store in self.stores:
            assert fresh.load_household() == store.load_household()
            assert fresh.load_rituals() == store.load_rituals()


TestTwoPrograms = TwoPrograms.TestCase
TestTwoPrograms.settings = settings(max_examples=40, stateful_step_count=12, deadline=None)
