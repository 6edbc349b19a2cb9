"""What is held and meets something new is named, with three answers."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from rituals.model.context import Cover, PlanningContext
from rituals.model.difference import ALWAYS, Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import standing
from rituals.model.ritual import Size
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span, Spans
from rituals.model.usual import Usual
from rituals.planning import changes, clashes, undo
from rituals.planning.options.other_place import moved, other_place
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_occurrence,
    hours_of,
    spans,
)

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
HOME = a_household(children=False)
TALK = a_ritual(window="Thu-Fri 20:00-22:00")
HELD = an_occurrence("Thu 20:00-21:00", fixed=True)


def a_life(busy="", his="", household=HOME, **more):
    taken = {ONE: spans(busy), TWO: spans(his)}
    return PlanningContext(household, {TALK.id: TALK}, taken, **more)


def met(life, *held, now=NOW):
    """What each held occurrence meets: "busy one"."""
    found = clashes.clashes(a_plan(*(held or (HELD,))), life, now)
    return [" ".join(filter(None, (m.sort, m.partner))) for clash in found for m in clash.meets]


def sentences(life, *held, **more):
    found = clashes.clashes(a_plan(*(held or (HELD,))), life, NOW)
    return [clashes.sentence(clash, life.household, **more) for clash in found]


def away(partner, first, last=None, **more):
    days = [date.fromisoformat(day) for day in (first, last or first)]
    told = Difference("trip", What.AWAY, *days, ALWAYS, partner, nights=True, **more)
    return replace(HOME, differences=(told,))


def test_a_free_week_meets_nothing():
    assert [] == met(a_life())


def test_an_appointment_of_either_is_met_by_what_both_do():
    life = a_life("Thu 20:30-22:00", "Thu 19:00-20:15")

    assert ["busy two", "busy one"] == met(life)


def test_an_appointment_that_only_touches_is_not_met():
    assert [] == met(a_life("Thu 19:00-20:00, Thu 21:00-22:00"))


def test_what_one_does_meets_nothing_of_the_other():
    run = an_occurrence("Thu 20:00-21:00", partner=TWO, kind=Kind.ALONE)

    assert [] == met(a_life("Thu 20:00-21:00"), run)


def test_what_is_over_let_go_or_at_rest_meets_nothing():
    life = a_life("Thu 20:00-21:00")
    let_go = replace(HELD, let_go=True)

    assert [] == met(life, let_go)
    assert [] == met(life, now=HELD.start)


def test_a_trip_work_and_sleep_by_day_are_met():
    night = Recurrence.read("2026-11-26T08:00/2026-11-26T15:00 FREQ=WEEKLY")
    shifts = replace(HOME, usual=Usual(asleep={TWO: (night,)}))
    at_work = replace(HOME, hours=hours_of("Thu 19:00-23:00"))
    walk = an_occurrence("Thu 14:00-16:00")

    assert ["trip two"] == met(a_life(household=away(TWO, "2026-11-26")))
    assert ["work one"] == met(a_life(household=at_work))
    assert ["asleep two"] == met(a_life(household=shifts), walk)


def test_children_who_are_away_are_met_by_what_they_take_part_in():
    told = Difference("oma", What.CHILDREN_AWAY, *[date(2026, 11, 26)] * 2, ALWAYS)
    family = replace(a_household(), differences=(told,))
    pancakes = replace(HELD, with_children=True, start=a_span("Thu 17:00-18:00").start)

    assert ["children"] == met(a_life(household=family), pancakes)


def test_a_hint_is_met_and_no_appointment_hides_behind_it():
    cover = Cover("c", TWO, "Keep Thursday evening free", WEEK, a_span("Thu 17:00-23:00"))
    life = a_life("Thu 17:00-23:00", "Thu 17:00-23:00", covers=(cover,))
    life = replace(life, appointments={TWO: spans("Thu 20:00-21:00")})

    assert ["cover", "busy two"] == met(life)
    assert sentences(life) == [
        "Late talk, Thursday 20:00: From Jonas: keep Thursday evening free; "
        "Jonas is busy 20:00–21:00."
    ]


@pytest.mark.parametrize(("in_person", "expected"), [(True, ["work one"]), (False, [])])
def test_small_moments_that_need_nobody_near_lie_at_work(in_person, expected):
    text = a_ritual("text", size=Size.SMALL, in_person=in_person)
    small = an_occurrence("Thu 12:00-12:05", ritual="text", size=Size.SMALL, partner=ONE)
    at_work = replace(HOME, hours=hours_of("Thu 09:00-17:00"))
    life = replace(a_life(household=at_work), rituals={"text": text})

    assert expected == met(life, small)


def test_small_moments_come_last():
    small = an_occurrence("Thu 19:30-19:35", ritual="kiss", title="Kiss", size=Size.SMALL)
    life = a_life("Thu 19:00-22:00")

    assert [HELD.id, small.id] == [
        c.occurrence.id for c in clashes.clashes(a_plan(small, HELD), life, NOW)
    ]


def test_sentences_say_who_and_when():
    week_away = away(TWO, "2026-11-25", "2026-11-27")
    shift = replace(HOME, hours=hours_of("Thu 18:00-23:00"))

    assert sentences(a_life("Thu 18:00-21:00")) == [
        "Late talk, Thursday 20:00: Maya is busy 18:00–21:00."
    ]
    assert sentences(a_life(household=week_away)) == [
        "Late talk, Thursday 20:00: Jonas is away then."
    ]
    assert sentences(a_life("Wed 22:00-20:30", household=shift)) == [
        "Late talk, Thursday 20:00: Maya is busy Wednesday 22:00 to Thursday 20:30; "
        "Maya works 18:00–23:00."
    ]


def test_a_title_stands_where_its_partner_looks():
    choir = {ONE: [(a_span("Thu 18:00-21:00"), "Choir"), (a_span("Thu 07:00-08:00"), "Dentist")]}
    life = a_life("Thu 18:00-21:00, Thu 07:00-08:00")

    assert sentences(life, titles=choir) == ["Choir, Thursday 18:00–21:00, meets Late talk."]
    assert sentences(life, titles=choir, dated=True) == [
        "Choir, Thursday 26 November 18:00–21:00, meets Late talk."
    ]


def test_a_title_says_nothing_of_what_the_other_has():
    choir = {ONE: [(a_span("Thu 18:00-21:00"), "Choir")]}

    assert sentences(a_life("Thu 18:00-21:00", "Thu 20:00-20:30"), titles=choir) == [
        "Late talk, Thursday 20:00: Choir 18:00–21:00; Jonas is busy 20:00–20:30."
    ]


def answered():
    """A plan with a clash, the clash, and each answer by name."""
    plan, life = agreed_by_both(a_plan(HELD)), a_life("Thu 18:00-21:00")
    (clash,) = clashes.clashes(plan, life, NOW)
    place = other_place(plan, HELD.id, life, NOW)
    return (
        plan,
        life,
        {
            "move": moved(plan, HELD.id, place, NOW),
            "keep": clashes.kept_both(clash, plan),
            "leave out": changes.let_go(plan, HELD.id, NOW),
        },
    )


@pytest.mark.parametrize("answer", ["move", "keep", "leave out"])
def test_each_answer_is_the_end_of_the_clash_and_can_be_taken_back(answer):
    plan, life, answers = answered()
    after = answers[answer]
    back = changes.back_to(after, undo.undone(plan, after, after), NOW)

    assert () == clashes.clashes(after, life, NOW)
    assert clashes.clashes(plan, life, NOW)[0].meets == clashes.clashes(back, life, NOW)[0].meets


def test_keeping_both_is_nothing_that_a_calendar_hears_of():
    plan, _, answers = answered()
    (was,), (now,) = plan.occurrences, answers["keep"].occurrences

    assert was == replace(now, beside=())


def test_other_hours_of_an_appointment_ask_anew_where_they_are_met():
    _, _, answers = answered()
    kept = answers["keep"]

    assert () == clashes.clashes(kept, a_life("Thu 17:00-21:30"), NOW)
    assert () != clashes.clashes(kept, a_life("Thu 18:00-20:30"), NOW)
    assert () != clashes.clashes(kept, a_life("Thu 18:00-21:00", "Thu 20:30-21:00"), NOW)


def test_what_a_hand_puts_over_work_was_seen():
    at_work = a_life("Thu 20:30-21:00", household=replace(HOME, hours=hours_of("Thu 09:00-23:00")))
    plan = clashes.seen(a_plan(HELD), HELD.id, at_work)

    assert ["busy one"] == [
        m.sort + f" {m.partner}" for m in clashes.clashes(plan, at_work, NOW)[0].meets
    ]


HOLDS = (
    lambda plan, id: changes.with_occurrence(plan, id, lambda o: replace(o, fixed=True)),
    lambda plan, id: changes.with_occurrence(plan, id, lambda o: replace(o, exported=True)),
    lambda plan, _: agreed_by_both(plan),
    lambda plan, _: plan,
)


def test_two_hundred_appointments_on_what_is_held_are_all_named(full):
    plan, life = full
    chance, named = Random(17), 0  # noqa: S311 no secret
    for _ in range(200):
        o = chance.choice(standing(plan))
        partner = o.partner or chance.choice((ONE, TWO))
        start = o.start + timedelta(minutes=5 * chance.randrange(-24, max(o.minutes // 5, 1)))
        end = max(start + timedelta(minutes=chance.choice((5, 30, 90, 240))), o.start)
        span = Span(start, end + timedelta(minutes=5))
        held = chance.choice(HOLDS)(plan, o.id)
        found = clashes.clashes(held, replace(life, busy={partner: Spans([span])}), NOW)
        here = [c for c in found if c.occurrence.id == o.id]
        named += [m.span for c in here for m in c.meets] == [span]

    assert 15 < len(standing(plan))
    assert 200 == named
