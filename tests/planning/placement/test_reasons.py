"""Reasons for what lies in a plan are worked out anew, so none outlives what it says."""

from datetime import UTC, datetime, timedelta

from rituals.model.context import PlanningContext
from rituals.model.household import ONE
from rituals.model.plan import Choice, Plan, standing
from rituals.planning import catalogue, changes, scheduling
from rituals.planning.placement import reasons
from tests.support.notation import WEEK, a_household, a_ritual, a_span, hours_of, spans

NOW = datetime(2026, 11, 22, 19, tzinfo=UTC)
HOME = a_household(children=False)
TALK = a_ritual(window="Thu-Sat 20:00-21:00")
TAKEN = "Fri 19:00-22:00, Sat 19:00-22:00"  # so it is on Thursday
RUN = a_ritual("run", window="Thu-Fri 20:00-21:00")


def a_life(busy="", his=""):
    rituals = {TALK.id: TALK, RUN.id: RUN}
    return PlanningContext(HOME, rituals, {"one": spans(busy), "two": spans(his)})


def planned(*rituals, life):
    choices = tuple(Choice(ritual, None, 1) for ritual in rituals)
    return scheduling.scheduled(Plan(WEEK, choices=choices), life, NOW)


def told(plan, life, now=NOW):
    return list(reasons.reasons(plan, life, now).values())


def test_of_a_week_just_placed_they_are_those_that_were_found():
    rituals = catalogue.load(catalogue.SUGGESTED)
    home = a_household(hours=hours_of("Mon-Fri 09:00-17:00", "Mon-Thu 08:00-16:00"))
    usual = [r for r in rituals.values() if r.ages is None][:24]
    chosen = tuple(Choice(r.id, ONE if r.takes_part != "both" else None, 1) for r in usual)
    life = PlanningContext(home, rituals)
    plan = scheduling.scheduled(Plan(WEEK, choices=chosen), life, NOW)

    assert {o.id: o.reason for o in standing(plan)} == reasons.reasons(plan, life, NOW)


def test_the_only_evening_is_no_longer_the_only_one_once_another_is_free():
    before, after = a_life(TAKEN), a_life("Sat 19:00-22:00")
    plan = planned(TALK.id, life=before)

    assert ["The only time you are both free for it."] == told(plan, before)
    assert ["The first evening you are both free for it."] == told(plan, after)


def test_what_meets_something_now_has_no_reason():
    plan = planned(TALK.id, life=a_life(TAKEN))

    assert [] == told(plan, a_life("Thu 19:00-20:30"))


def test_a_hand_s_move_changes_what_is_true_of_the_rest():
    life = a_life("Sat 19:00-22:00")
    plan = planned(TALK.id, RUN.id, life=life)
    (first, second) = standing(plan)
    away = changes.move(plan, first.id, a_span("Mon 10:00-11:00"), True, NOW)

    assert ["The only time you are both free for it."] * 2 == told(plan, life)
    assert [(second.id, "You are both free then.")] == [*reasons.reasons(away, life, NOW).items()]


def test_what_a_hand_put_somewhere_and_what_is_over_have_none():
    life = a_life()
    plan = planned(TALK.id, life=life)
    (talk,) = standing(plan)
    by_hand = changes.move(plan, talk.id, a_span("Mon 20:00-21:00"), True, NOW)

    assert [] == told(by_hand, life)
    assert [] == told(plan, life, now=talk.start + timedelta(minutes=1))


def test_a_reason_that_is_no_longer_true_is_blank_in_what_is_shown():
    plan = planned(TALK.id, life=a_life(TAKEN))
    busy = a_life("Thu 19:00-20:30")

    assert [""] == [o.reason for o in scheduling.explained(plan, busy, NOW).occurrences]
    assert plan == scheduling.explained(plan, a_life(TAKEN), NOW)
