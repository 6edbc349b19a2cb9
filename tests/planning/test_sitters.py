"""What waits for a sitter: one question an evening, and until one is found it stays at home."""

from dataclasses import replace

import pytest

from rituals.model.context import PlanningContext
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, Said
from rituals.model.ritual import Needs, TakesPart
from rituals.model.time.span import Spans
from rituals.planning import catalogue, changes, scheduling, sitters
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

HOME = a_household(hours=hours_of(bedtime="19:30", away="Mon-Fri 08:00-15:00"))
NOW = an_instant("Sun 20:00", WEEK - 1)
DATE = an_occurrence("Fri 19:00-22:00", ritual="date", title="Date", kind=Kind.OUT)
TALK = an_occurrence("Thu 20:00-21:00")
EVENINGS = a_ritual(
    "date", minutes=180, window="daily 18:00-23:00", kind=Kind.OUT, needs=Needs.SITTER
)
LIFE = PlanningContext(HOME, {"date": EVENINGS})


def different(what, when):
    span = a_span(when)
    start, end = (at.astimezone(HOME.tz).replace(tzinfo=None) for at in (span.start, span.end))
    days = start.date(), end.date()
    return Difference("1", what, *days, NOW, start=start.time(), end=end.time(), nights=False)


def titles(occurrences):
    return [o.title for o in occurrences]


def waiting(plan, now=NOW, rituals=()):
    return titles(o for o, _ in sitters.waiting(plan, HOME, {r.id: r for r in rituals}, now))


def settled(plan):
    return titles(sitters.settled(plan, HOME, {}, NOW))


def asked(plan, busy=None, now=NOW):
    found = sitters.questions(plan, busy or {}, HOME, now, {})
    return [(q.span, titles(q.waiting)) for q in found]


def test_what_waits_for_a_sitter_is_not_settled_though_both_said_yes():
    plan = agreed_by_both(a_plan(TALK, DATE))

    assert ["Late talk"] == settled(plan)
    assert ["Date"] == waiting(plan)


def test_a_sitter_who_is_found_settles_it_and_one_who_cancels_opens_it_again():
    plan = agreed_by_both(a_plan(TALK, DATE))
    (question,) = sitters.questions(plan, {}, HOME, NOW, {})
    found = changes.with_sitter(plan, question.span)

    assert ["Late talk", "Date"] == settled(found)
    assert [] == asked(found)
    assert ["Late talk"] == settled(changes.without_sitter(found, question.span))


def test_the_hours_that_both_agreed_on_decide_what_leaves_the_house():
    agreed = changes.with_sitter(agreed_by_both(a_plan(DATE)), a_span("Fri 18:30-22:30"))
    moved = changes.move(agreed, DATE.id, a_span("Sat 19:00-22:00"), True, NOW)

    assert ["Date"] == settled(moved)
    assert ["Date"] == waiting(moved)


def test_nothing_that_is_over_or_answered_waits():
    plan = a_plan(DATE)

    assert [] == waiting(plan, an_instant("Fri 22:00"))
    assert ["Date"] == waiting(plan, an_instant("Fri 21:59"))
    assert [] == waiting(a_plan(replace(DATE, said=Said.AS_PLANNED)))


def test_a_ritual_that_says_so_waits_though_nobody_leaves():
    plan = a_plan(an_occurrence("Fri 17:00-18:00", ritual="date", title="Dinner"))

    assert ["Dinner"] == waiting(plan, rituals=[EVENINGS])
    assert [] == waiting(plan)


def test_each_evening_is_asked_about_once():
    hers = an_occurrence("Sat 19:00-21:00", ritual="hers", partner=ONE, kind=Kind.OUT)
    his = an_occurrence("Sat 20:00-22:00", ritual="his", partner=TWO, kind=Kind.OUT)

    assert [(a_span("Fri 18:30-22:30"), ["Date"])] == asked(a_plan(DATE))
    assert [(a_span("Sat 20:00-21:00"), [])] == asked(a_plan(hers, his))
    assert [
        (a_span("Fri 18:30-22:30"), ["Date"]),
        (a_span("Sat 20:00-21:00"), []),
    ] == asked(a_plan(DATE, hers, his))


def test_what_takes_both_away_within_an_hour_of_it_is_the_same_question():
    busy = {ONE: spans("Fri 17:00-18:00"), TWO: spans("Fri 16:00-18:00")}

    assert [(a_span("Fri 17:00-22:30"), ["Date"])] == asked(a_plan(DATE), busy)


def test_without_children_and_once_the_week_is_over_nothing_is_asked():
    without = a_household(children=False)

    assert () == sitters.questions(a_plan(DATE), {}, without, NOW, {})
    assert [] == asked(a_plan(DATE), now=an_instant("Mon 08:00", WEEK + 1))


@pytest.mark.parametrize("sitter", ["", "Fri 18:30-23:00"])
def test_a_reason_names_a_sitter_only_where_one_covers_all_of_it(sitter):
    plan = replace(a_plan(), choices=(Choice("date", None, 1),), sitter=tuple(spans(sitter)))
    (placed,) = scheduling.scheduled(plan, LIFE, NOW).occurrences

    reason = "With a sitter" if sitter else "If somebody is with the children"

    assert placed.reason.startswith(reason)
    assert bool(sitter) == (not waiting(replace(plan, occurrences=(placed,))))


@pytest.mark.parametrize(
    ("lies", "unused"),
    [
        ((TALK,), [(True, "Fri 19:00-22:30")]),
        ((TALK, DATE), []),
        (
            (an_occurrence("Fri 19:00-22:00", kind=Kind.ALONE, partner=ONE),),
            [(True, "Fri 19:00-22:30")],
        ),
        ((an_occurrence("Fri 22:00-23:00"),), []),
        ((), []),
    ],
)
def test_an_evening_with_a_sitter_that_holds_nothing_is_known(lies, unused):
    home = replace(HOME, differences=(different(What.SITTER, "Fri 19:00-23:00"),))
    expected = tuple((by_sitter, a_span(when)) for by_sitter, when in unused)

    assert expected == sitters.unused(a_plan(*lies), home, Spans(), NOW)


def test_hours_that_a_hint_keeps_free_hold_something():
    home = replace(HOME, differences=(different(What.SITTER, "Fri 19:00-23:00"),))

    assert () == sitters.unused(a_plan(TALK), home, spans("Fri 18:00-23:59"), NOW)
    assert () == sitters.unused(a_plan(TALK), home, Spans(), an_instant("Fri 19:30"))


def test_a_saturday_without_the_children_is_known_from_its_first_shared_hour_on():
    away = different(What.CHILDREN_AWAY, "Sat 10:00-22:00")
    home = replace(HOME, differences=(away,))
    ((by_sitter, span),) = sitters.unused(a_plan(TALK), home, Spans(), NOW)
    walk = an_occurrence("Sat 14:00-16:00")

    assert (False, a_span("Sat 10:00-22:00").start) == (by_sitter, span.start)
    assert () == sitters.unused(a_plan(walk), home, Spans(), NOW)


def test_every_suggested_ritual_that_needs_a_sitter_takes_both_out_of_the_house():
    """A feed knows the couple's own rituals alone, and of these the marks of what is planned."""
    suggested = catalogue.load(catalogue.SUGGESTED).values()

    assert [] == [
        r.id
        for r in suggested
        if r.needs is Needs.SITTER and not (r.leaves and r.takes_part is TakesPart.BOTH)
    ]
