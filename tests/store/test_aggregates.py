"""Sums made by the store say the same as the plans themselves, and read only their weeks."""

import re
from dataclasses import replace
from math import isnan

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from rituals.insights import balance, years
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Said, Season
from rituals.model.summary import TimesLived
from rituals.planning import review
from rituals.store import aggregates
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, an_instant, an_occurrence
from tests.support.postgres import empty

HOUSEHOLD = a_household()
TOGETHER = Strand(Kind.TOGETHER)
STRANDS = [TOGETHER, Strand(Kind.ALONE, ONE), Strand(Kind.SOLO, TWO)]
OCCURRENCE = st.tuples(
    st.sampled_from(STRANDS),
    st.sampled_from([None, *Said]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([False, False, True]),
)


def a_week(lying, season=Season.USUAL, week=WEEK):
    """A plan with these strands: what was said of each, whether let go, whether still chosen,
    and perhaps whether it just happened."""
    made = [
        an_occurrence(
            week=week, id=f"{week} {n}", kind=strand.kind, partner=strand.partner,
            let_go=let_go, chosen=chosen, number=n, spontaneous=any(chance),
        )
        for n, (strand, _, let_go, chosen, *chance) in enumerate(lying)
    ]  # fmt: skip
    plan = a_plan(*made, week=week, season=season)
    for one, (_, said, *_) in zip(made, lying, strict=True):
        plan = review.answer(plan, one.id, said)
    return plan


@pytest.fixture(scope="module")
def kept(kind, request):
    """A store with nothing but the weeks it is called with, on either database."""
    url = "sqlite://" if kind == "SQLite" else request.getfixturevalue("ready")
    store = open_store(url)

    def of(*weeks):
        empty(store.engine)
        store.fill(HOUSEHOLD, (), weeks)
        return store

    yield of
    empty(store.engine)
    store.engine.dispose()


@given(
    st.lists(OCCURRENCE, max_size=5),
    st.sampled_from(Season),
    st.dictionaries(st.sampled_from(STRANDS), st.integers(0, 600), max_size=2),
)
def test_the_sums_of_a_week_say_what_its_plan_says(kept, lying, season, whole):
    plan = replace(a_week(lying, season), lived=whole)
    sums = aggregates.sums_together(kept(plan), WEEK, WEEK)
    expected = balance.lived_minutes(plan, TOGETHER, HOUSEHOLD)

    assert expected == pytest.approx(hours_or_none(years.hours_together(sums[WEEK])))


def hours_or_none(hours):
    return None if isnan(hours) else hours * 60


def test_minutes_said_of_time_together_as_a_whole_are_those_that_count(kept):
    plan = replace(a_week([(TOGETHER, Said.AS_PLANNED, False, True)]), lived={TOGETHER: 90})
    sums = aggregates.sums_together(kept(plan), WEEK, WEEK)

    assert 1.5 == years.hours_together(sums[WEEK])


def test_only_the_weeks_that_were_asked_for_are_summed(kept):
    store = kept(*(a_week([(TOGETHER, Said.AS_PLANNED, False, True)], week=WEEK + n)
                   for n in range(4)))  # fmt: skip

    assert {WEEK + 1, WEEK + 2} == set(aggregates.sums_together(store, WEEK + 1, WEEK + 2))
    assert 2 == len(aggregates.times_together(store, WEEK + 1, WEEK + 2))
    assert {WEEK + 1, WEEK + 2} == {
        t.week for t in aggregates.times_of_rituals(store, WEEK + 1, WEEK + 2)
    }


def test_time_together_is_told_with_its_beginning_and_what_was_lived_of_it(kept):
    said = [(TOGETHER, Said.A_LITTLE, False, True), (TOGETHER, Said.LET_GO, False, True),
             (TOGETHER, None, False, True), (STRANDS[1], Said.AS_PLANNED, False, True)]  # fmt: skip
    store = kept(a_week(said))

    assert [(an_instant("Thu 20:00"), 30)] == aggregates.times_together(store, WEEK, WEEK)


def test_a_week_said_as_a_whole_tells_how_long_and_not_when(kept):
    talk = [(TOGETHER, Said.AS_PLANNED, False, True)]
    roughly = replace(a_week(talk), lived={TOGETHER: 300})
    alone = replace(a_week(talk, week=WEEK + 1), lived={STRANDS[1]: 300})
    store = kept(roughly, alone)
    known = {
        week: years.is_known_by_the_hour(sums)
        for week, sums in aggregates.sums_together(store, WEEK, WEEK + 1).items()
    }

    assert {WEEK: False, WEEK + 1: True} == known
    assert [(an_instant("Thu 20:00", WEEK + 1), 60)] == aggregates.times_together(
        store, WEEK, WEEK + 1
    )


def test_a_grace_week_is_in_no_count(kept):
    store = kept(a_week([(TOGETHER, Said.AS_PLANNED, False, True)], Season.GRACE))

    assert [] == aggregates.times_together(store, WEEK, WEEK)
    assert [] == aggregates.times_of_rituals(store, WEEK, WEEK)
    assert {} == aggregates.last_lived(store, ["late-talk"], WEEK + 1)


def test_a_ritual_is_counted_by_week_and_known_by_its_last(kept):
    said = (TOGETHER, Said.AS_PLANNED, False, True)
    store = kept(a_week([said, said], week=WEEK - 2), a_week([said], week=WEEK - 1),
                 a_week([said]))  # fmt: skip

    assert {TimesLived("late-talk", WEEK - 2, 2), TimesLived("late-talk", WEEK - 1, 1)} == set(
        aggregates.times_of_rituals(store, WEEK - 5, WEEK - 1)
    )
    assert {"late-talk": WEEK - 1} == aggregates.last_lived(store, ["dinner", "late-talk"], WEEK)
    assert {} == aggregates.last_lived(store, [], WEEK)


def test_the_sums_find_their_weeks_by_an_index(kept):
    store = kept()
    asked = aggregates.sums_query(WEEK - 52, WEEK).compile(
        store.engine, compile_kwargs={"literal_binds": True}
    )
    with store.reading() as at:
        plan = list(HOW[at.dialect.name](at, asked))

    assert any(re.search("INDEX.*ix_occurrences_week", line, re.IGNORECASE) for line in plan)
    assert not [line for line in plan if re.match("SCAN occurrences|.*Seq Scan on occ", line)]


def test_the_last_of_each_ritual_is_found_in_an_index_alone(kept):
    store = kept()
    asked = aggregates.last_lived_query(["dinner", "late-talk"], WEEK).compile(
        store.engine, compile_kwargs={"literal_binds": True}
    )
    with store.reading() as at:
        plan = list(HOW[at.dialect.name](at, asked))

    assert any(re.search("INDEX.*ix_occurrences_lived", line, re.IGNORECASE) for line in plan)
    assert not [line for line in plan if re.match("SCAN occurrences|.*Seq Scan on occ", line)]


def how_sqlite_would(at, asked):
    return (row[3] for row in at.execute(sa.text(f"EXPLAIN QUERY PLAN {asked}")))


def how_postgresql_would(at, asked):
    """Few rows are quicker read without an index, so it is told not to."""
    at.exec_driver_sql("SET LOCAL enable_seqscan = off")
    return at.execute(sa.text(f"EXPLAIN {asked}")).scalars()


HOW = {"sqlite": how_sqlite_would, "postgresql": how_postgresql_would}
