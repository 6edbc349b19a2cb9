"""Both say yes: what is ours stays as both said it, and what one changes asks the other again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Season, standing
from rituals.planning import agreement, changes, scheduling
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
NOW = an_instant("Sun 20:00", WEEK - 1)
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)
PLAN = a_plan(TALK, WALK)


def moved(plan, when="Sat 20:00-21:00", id=TALK.id):
    return changes.move(plan, id, a_span(when), True, NOW)


def changed(plan, how, *sitting):
    """A change made by those who sit here."""
    return agreement.with_own_yes(plan, how(plan), sitting)


def ids(occurrences):
    return [o.id for o in occurrences]


def when(plan):
    """By id, when what is ours begins."""
    return {o.id: o.start for o in agreement.ours(plan)}


# -- what is ours


def test_a_new_plan_is_a_proposal():
    assert () == agreement.ours(PLAN)
    assert PLAN.occurrences == agreement.proposals(PLAN)
    assert not agreement.is_ours(PLAN)


def test_one_yes_is_not_both():
    plan = agreement.say_yes(PLAN, ONE)

    assert () == agreement.ours(plan)
    assert ([], ids(PLAN.occurrences)) == (
        ids(agreement.awaiting_yes(plan, ONE)),
        ids(agreement.awaiting_yes(plan, TWO)),
    )


@pytest.mark.parametrize("order", [(ONE, TWO), (TWO, ONE)])
def test_a_week_is_ours_once_both_said_yes_in_any_order(order):
    plan = PLAN
    for partner in order:
        plan = agreement.say_yes(plan, partner)

    assert agreement.is_ours(plan)
    assert ids(PLAN.occurrences) == ids(agreement.ours(plan))
    assert () == agreement.proposals(plan)


def test_an_empty_week_and_one_of_grace_are_nobody_s():
    rests = replace(agreed_by_both(PLAN), season=Season.GRACE)

    assert [False, False] == [agreement.is_ours(plan) for plan in (a_plan(), rests)]
    assert () == agreement.ours(rests)


def test_what_is_let_go_is_ours_no_more_and_what_comes_back_as_it_was_is_again():
    plan = changes.let_go(agreed_by_both(PLAN), TALK.id, NOW)
    back = moved(plan, "Thu 20:00-21:00")

    assert [WALK.id] == ids(agreement.ours(plan))
    assert [TALK.id, WALK.id] == ids(agreement.ours(back))


def test_a_yes_that_is_taken_back_takes_the_week_back():
    plan = agreement.withdraw_yes(agreed_by_both(PLAN), ONE)

    assert () == agreement.ours(plan)
    assert [] == ids(agreement.awaiting_yes(plan, TWO))
    assert agreement.is_ours(agreement.say_yes(plan, ONE))


# -- what is changed


def test_what_one_changes_asks_the_other_again_for_that_one_alone():
    plan = changed(agreed_by_both(PLAN), moved, ONE)

    assert [] == ids(agreement.awaiting_yes(plan, ONE))
    assert [TALK.id] == ids(agreement.awaiting_yes(plan, TWO))
    assert [(TALK.start, a_span("Sat 20:00-21:00").start)] == [
        (asked.was.start, asked.now.start) for asked in agreement.changed_since_agreed(plan, TWO)
    ]


def test_until_the_other_says_yes_it_is_ours_as_both_said_it():
    plan = changed(agreed_by_both(PLAN), moved, ONE)
    agrees = agreement.say_yes(plan, TWO, [TALK.id])

    assert {TALK.id: TALK.start, WALK.id: WALK.start} == when(plan)
    assert [TALK.id] == ids(agreement.proposals(plan))
    assert a_span("Sat 20:00-21:00").start == when(agrees)[TALK.id]
    assert agreement.is_ours(agrees)


def test_what_both_change_is_ours_at_once():
    assert agreement.is_ours(changed(agreed_by_both(PLAN), moved, ONE, TWO))


def test_what_is_moved_back_asks_nobody_but_who_moved_it():
    plan = changed(agreed_by_both(PLAN), moved, ONE)
    back = changed(plan, lambda p: moved(p, "Thu 20:00-21:00"), ONE)

    assert agreement.is_ours(back)


def test_what_the_other_moves_on_is_asked_of_the_first():
    plan = changed(agreed_by_both(PLAN), moved, ONE)
    plan = agreement.say_yes(plan, TWO)
    plan = changed(plan, lambda p: moved(p, "Sun 20:00-21:00"), TWO)

    assert ([TALK.id], []) == (
        ids(agreement.awaiting_yes(plan, ONE)),
        ids(agreement.awaiting_yes(plan, TWO)),
    )
    assert a_span("Sat 20:00-21:00").start == when(plan)[TALK.id]


def test_what_is_as_it_was_is_asked_of_nobody():
    plan = changed(agreed_by_both(PLAN), moved, ONE)
    plan = changed(plan, lambda p: agreement.moved_back(p, TALK.id, NOW), TWO)

    assert ([], []) == (
        ids(agreement.awaiting_yes(plan, ONE)),
        ids(agreement.awaiting_yes(plan, TWO)),
    )
    assert TALK.start == when(plan)[TALK.id]
    assert agreement.is_ours(plan)


def test_who_moves_on_what_the_other_moved_has_said_yes_to_that():
    plan = changed(agreed_by_both(PLAN), moved, TWO)
    plan = changed(plan, lambda p: moved(p, "Sun 20:00-21:00"), ONE)

    assert ([], [TALK.id]) == (
        ids(agreement.awaiting_yes(plan, ONE)),
        ids(agreement.awaiting_yes(plan, TWO)),
    )
    assert agreement.is_ours(agreement.say_yes(plan, TWO, [TALK.id]))


def test_a_change_says_no_yes_to_what_one_had_said_none_to():
    plan = changed(PLAN, moved, ONE)

    assert ids(plan.occurrences) == ids(agreement.awaiting_yes(plan, ONE))


def test_what_is_new_has_the_yes_of_who_put_it_there_and_asks_the_other():
    film = an_occurrence("Sun 20:00-22:00", ritual="film", title="Film")
    before = agreed_by_both(PLAN)
    plan = agreement.with_own_yes(
        before, replace(before, occurrences=(*before.occurrences, film)), [TWO]
    )

    assert ([film.id], []) == (
        ids(agreement.awaiting_yes(plan, ONE)),
        ids(agreement.awaiting_yes(plan, TWO)),
    )
    assert [] == [one for one in agreement.changed_since_agreed(plan, ONE) if one.now.id == film.id]
    assert [TALK.id, WALK.id] == ids(agreement.ours(plan))


def test_what_came_from_a_calendar_is_in_it_for_both():
    plan = agreement.agreed_in_calendar(moved(agreed_by_both(PLAN)), TALK.id)

    assert agreement.is_ours(plan)
    assert a_span("Sat 20:00-21:00").start == when(plan)[TALK.id]


def test_what_is_ours_stays_when_the_week_is_laid_again():
    life = PlanningContext(HOME, {"late-talk": a_ritual(window="Mon 18:00-22:00")})
    plan = agreed_by_both(changes.choose(a_plan(TALK), "late-talk", None, 1))

    assert TALK.start == scheduling.scheduled(plan, life, NOW).occurrences[0].start
    assert (
        TALK.start
        != scheduling.scheduled(agreement.withdraw_yes(plan, ONE), life, NOW).occurrences[0].start
    )


def test_a_step_back_forgets_no_yes_said_since():
    before = agreed_by_both(PLAN)
    after = changed(before, moved, ONE)
    back = changed(agreement.say_yes(after, TWO), lambda p: changes.back_to(p, before, NOW), ONE)

    assert [TALK.id] == ids(agreement.awaiting_yes(back, TWO))
    assert a_span("Sat 20:00-21:00").start == when(back)[TALK.id]


# -- in words

SAID_YES = "both of you said yes to"


@pytest.mark.parametrize(
    ("when", "title", "sentence"),
    [
        ("Sat 20:30-21:30", "Late talk", f"is on Saturday 20:30 now; {SAID_YES} Thursday 20:00."),
        ("Thu 20:00-21:30", "Late talk", f"is 1 h 30 long now; {SAID_YES} 1 h."),
        ("Thu 20:00-21:00", "Tea", "now Tea, is still on Thursday 20:00."),
    ],
)
def test_it_says_what_is_asked_again(when, title, sentence):
    span = a_span(when)
    (lying,) = agreed_by_both(a_plan(TALK)).occurrences
    now = replace(lying, title=title, start=span.start, end=span.end)
    (asked,) = agreement.changed_since_agreed(a_plan(now), TWO)

    assert sentence == agreement.changed_sentence(asked, HOME).removeprefix("Late talk").lstrip(
        ", "
    )


# -- whatever happens

HOURS = [f"Sat {hour}:00-{hour + 1}:00" for hour in range(10, 16)]
WHO = st.sampled_from([(ONE,), (TWO,), (ONE, TWO)])
ACTS = st.one_of(
    st.tuples(st.just("move"), WHO, st.integers(0, 5), st.sampled_from([TALK.id, WALK.id])),
    st.tuples(st.just("let go"), WHO, st.just(0), st.sampled_from([TALK.id, WALK.id])),
    st.tuples(st.just("yes"), WHO, st.just(0), st.sampled_from([TALK.id, WALK.id, None])),
    st.tuples(st.just("take back"), WHO, st.just(0), st.none()),
)


def act(plan, what, sitting, n, id):
    if what == "yes":
        for partner in sitting:
            plan = agreement.say_yes(plan, partner, None if id is None else [id])
        return plan
    if what == "take back":
        return agreement.withdraw_yes(plan, sitting[0])
    if what == "let go":
        return changed(plan, lambda p: changes.let_go(p, id, NOW), *sitting)
    return changed(plan, lambda p: moved(p, HOURS[n], id), *sitting)


@settings(max_examples=300)
@given(st.lists(ACTS, max_size=12))
def test_nothing_is_ours_that_each_of_the_two_has_not_said_yes_to(acts):
    """A slow, obvious ledger of yeses beside it: a set of versions for each partner."""
    plan, said = PLAN, {ONE: set(), TWO: set()}

    def version(o):
        return o.id, o.title, o.start, o.end

    for what, sitting, n, id in acts:
        before, plan = plan, act(plan, what, sitting, n, id)
        there = [version(o) for o in standing(plan)]
        known = {version(o) for o in standing(before)}
        if what == "yes":
            for partner in sitting:
                said[partner] |= {v for v in there if id in (None, v[0])}
        elif what == "move":  # one's own change has one's yes; either it had it, or it is new to it
            for partner in sitting:
                said[partner] |= {v for v in there if v not in known}
        for o in agreement.ours(plan):
            assert {ONE, TWO} == {partner for partner in (ONE, TWO) if version(o) in said[partner]}
