from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.model import childcare, local_time
from rituals.model.childcare import (
    Absence,
    absence,
    children,
    handed_over,
    open_for_a_sitter,
    uncovered,
)
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Spans
from tests.support.notation import (
    AUTUMN,
    SPRING,
    WEEK,
    a_household,
    a_ritual,
    a_span,
    an_occurrence,
    hours_of,
    spans,
)

HOUR = timedelta(hours=1)
SCHOOL = hours_of(wake="06:30", bedtime="19:30", away="Mon-Fri 08:00-15:00")
WORK = hours_of("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00", "Mon-Fri 08:00-15:00")


def at_home(text, hours=SCHOOL, week=WEEK):
    """When the children are awake and asleep at home within "Mon 00:00-20:00"."""
    found, there = children(week, a_household(hours=hours)), spans(text, week)
    return found.awake & there, found.asleep & there


def handed(*lying, partner=ONE, sitter="", household=None, week=WEEK):
    found = handed_over(
        partner, lying, spans(sitter, week), week, household or a_household(hours=SCHOOL)
    )
    return list(found.values())


def open_hours(*lying, busy="", his_busy="", sitter="", household=None, hours=SCHOOL):
    calendars = {ONE: spans(busy), TWO: spans(his_busy)}
    return uncovered(lying, calendars, spans(sitter), WEEK, household or a_household(hours=hours))


def his(when, kind=Kind.ALONE, **more):
    return an_occurrence(when, ritual=f"his {when}", partner=TWO, kind=kind, **more)


def hers(when, kind=Kind.ALONE, **more):
    return an_occurrence(when, ritual=f"hers {when}", partner=ONE, kind=kind, **more)


def test_the_children_are_awake_asleep_or_away():
    awake, asleep = at_home("Mon 00:00-23:59")

    assert spans("Mon 06:30-08:00, Mon 15:00-19:30") == awake
    assert spans("Mon 00:00-06:30, Mon 19:30-23:59") == asleep


def test_the_nights_around_the_week_are_known():
    found = children(WEEK, a_household(hours=SCHOOL))

    assert spans("Sun 20:00-05:00", WEEK - 1) == found.asleep & spans("Sun 20:00-05:00", WEEK - 1)
    assert spans("Sun 20:00-05:00") == found.asleep & spans("Sun 20:00-05:00")


def test_children_who_are_away_for_the_night_do_not_sleep_at_home():
    awake, asleep = at_home("Fri 12:00-23:59", hours_of(away="Fri 17:00-10:00", bedtime="19:30"))

    assert spans("Fri 12:00-17:00") == awake
    assert Spans() == asleep


@pytest.mark.parametrize(("week", "hours"), [(WEEK, 24), (SPRING, 23), (AUTUMN, 25)])
def test_the_night_of_the_clocks_is_as_long_as_it_is(week, hours):
    awake, asleep = at_home("Sun 00:00-00:00", week=week)

    assert 13 * HOUR == awake.length
    assert (hours - 13) * HOUR == asleep.length


@pytest.mark.parametrize("week_starts", local_time.WEEK_STARTS)
def test_awake_and_asleep_never_overlap(week_starts):
    found = children(WEEK, a_household(hours=SCHOOL, week_starts=week_starts))

    assert Spans() == found.awake & found.asleep
    assert found.awake
    assert found.asleep


def test_without_children_nobody_has_to_be_there():
    household = a_household(children=False, hours=SCHOOL)
    both = his("Thu 16:00-17:00"), hers("Thu 16:00-17:00", Kind.OUT)

    assert childcare.Children(Spans(), Spans()) == children(WEEK, household)
    assert [] == handed(*both, household=household)
    assert Spans() == open_hours(*both, household=household)


@pytest.mark.parametrize(
    ("kind", "size", "leaves", "awake", "asleep"),
    [
        (Kind.ALONE, Size.USUAL, False, True, False),
        (Kind.ALONE, Size.USUAL, True, True, True),
        (Kind.OUT, Size.EVENING, True, True, True),
        (Kind.OUT, Size.EVENING, False, True, False),  # friends who come over
        (Kind.OUT, Size.SMALL, False, False, False),
        (Kind.ALONE, Size.SMALL, True, True, True),  # to the letter box
        (Kind.TOGETHER, Size.EVENING, False, False, False),
        (Kind.TOGETHER, Size.EVENING, True, True, True),
    ],
)
def test_who_is_alone_out_or_leaves_is_not_there_and_small_moments_leave_room(
    kind, size, leaves, awake, asleep
):
    lying = his("Thu 16:00-17:00", kind, size=size, leaves=leaves)

    assert Absence(awake, asleep) == absence(lying)
    assert ([60] if awake else []) == handed(lying)


@pytest.mark.parametrize("kind", Kind)
def test_what_the_children_come_along_to_takes_nobody_from_them(kind):
    lying = his("Thu 16:00-17:00", kind, leaves=True, with_children=True)

    assert Absence(awake=False, asleep=False) == absence(lying)


@pytest.mark.parametrize(
    ("when", "minutes"),
    [
        ("Thu 16:00-18:00", [120]),
        ("Thu 18:30-21:00", [60]),  # until they sleep
        ("Thu 20:00-21:00", []),
        ("Thu 14:00-16:00", [60]),  # from when they are home
        ("Thu 10:00-12:00", []),
        ("Sat 10:00-12:00", [120]),
    ],
)
def test_the_other_has_the_children_while_they_are_awake_and_at_home(when, minutes):
    assert minutes == handed(his(when))
    assert minutes == handed(hers(when), partner=TWO)


def test_nobody_hands_the_children_to_themselves():
    assert [] == handed(hers("Thu 16:00-18:00"))


def test_what_is_handed_over_is_said_of_each_occurrence():
    one, other = his("Thu 16:00-17:00"), his("Sat 10:00-12:00", Kind.OUT)
    found = handed_over(ONE, [one, other], Spans(), WEEK, a_household(hours=SCHOOL))

    assert {one.id: 60, other.id: 120} == found


def test_own_time_with_the_children_does_not_count_twice():
    solo = hers("Thu 16:30-17:30", Kind.SOLO)

    assert [60] == handed(his("Thu 15:30-17:30"), solo)
    assert [] == handed(his("Thu 16:30-17:30"), solo)


def test_a_sitter_takes_from_what_is_handed_over():
    assert [45] == handed(his("Thu 16:00-18:00"), sitter="Thu 16:45-19:00")
    assert [] == handed(his("Thu 16:00-18:00"), sitter="Thu 15:00-19:00")


@pytest.mark.parametrize("week", [SPRING, AUTUMN])
def test_a_week_in_which_the_clocks_change_hands_over_as_many_minutes(week):
    away = an_occurrence(a_span("Sun 10:00-12:30", week), week=week, partner=TWO, kind=Kind.OUT)

    assert [150] == handed(away, week=week)


def test_a_week_is_worked_out_once_for_equal_households_and_anew_for_other_hours():
    home = a_household(hours=SCHOOL)

    assert children(WEEK, home) is children(WEEK, replace(home, hours=replace(SCHOOL)))
    assert children(WEEK, home) != children(WEEK, replace(home, hours=hours_of(bedtime="20:00")))
    assert children(WEEK, home) != children(WEEK, replace(home, zone="Asia/Tokyo"))


def test_while_one_is_there_nobody_is_missed():
    assert Spans() == open_hours(his("Thu 16:00-18:00"), hers("Thu 18:00-19:00"))
    assert Spans() == open_hours(his("Thu 16:00-18:00"), hers("Thu 16:00-18:00", Kind.SOLO))


def test_both_away_leave_the_children_with_nobody():
    away = his("Thu 16:00-18:00"), hers("Thu 17:00-19:00", Kind.OUT)

    assert spans("Thu 17:00-18:00") == open_hours(*away)
    assert spans("Thu 17:00-17:30") == open_hours(*away, sitter="Thu 17:30-20:00")


def test_while_the_children_sleep_only_both_out_of_the_house_leave_them():
    assert Spans() == open_hours(his("Thu 20:00-22:00"), hers("Thu 20:00-22:00", Kind.OUT))
    assert spans("Thu 20:00-22:00") == open_hours(
        his("Thu 20:00-22:00", Kind.OUT), hers("Thu 20:00-22:00", Kind.OUT)
    )


def test_a_calendar_takes_somebody_from_the_children():
    assert spans("Thu 16:00-17:00") == open_hours(his("Thu 15:30-17:00"), busy="Thu 16:00-18:00")
    assert spans("Thu 16:00-17:00") == open_hours(
        busy="Thu 16:00-18:00", his_busy="Thu 15:30-17:00"
    )


def test_while_the_children_are_away_nobody_has_to_be_there():
    assert Spans() == open_hours(busy="Thu 09:00-15:00", his_busy="Thu 10:00-14:00")


def test_usual_work_of_both_is_not_asked():
    assert Spans() == open_hours(hours=WORK)
    assert Spans() == open_hours(busy="Thu 15:30-16:30", hours=WORK)


def test_away_while_the_other_works_is_asked():
    assert spans("Thu 17:00-18:00") == open_hours(
        busy="Thu 17:00-18:00", his_busy="Thu 17:00-18:00", hours=WORK
    )
    her_day_off = hours_of("", "Mon-Fri 09:00-17:00", "Mon-Fri 08:00-15:00")
    assert spans("Thu 15:00-17:00") == open_hours(hers("Thu 14:00-18:00"), hours=her_day_off)
    assert spans("Thu 16:00-17:00") == open_hours(busy="Thu 16:00-18:00", hours=her_day_off)


# -- open until the sitter is found

DINNER = a_ritual("dinner", kind=Kind.TOGETHER, needs=Needs.SITTER)


def waiting(*lying, sitter="", hours=SCHOOL, rituals=(), household=None):
    """Each that waits: its id, and the span one is asked for."""
    by_id = {ritual.id: ritual for ritual in rituals}
    at = household or a_household(hours=hours)
    found = open_for_a_sitter(lying, spans(sitter), WEEK, at, by_id)
    return {o.ritual: span for o, span in found}


def ours(when, kind=Kind.OUT, ritual="date", **more):
    return an_occurrence(when, ritual=ritual, kind=kind, **more)


def test_both_who_leave_wait_for_a_sitter_the_way_home_included_in_whole_quarters():
    assert {"date": a_span("Fri 18:30-22:30")} == waiting(ours("Fri 19:00-22:00"))


@pytest.mark.parametrize(
    ("minutes", "asked"), [(0, "Fri 19:00-22:00"), (15, "Fri 18:45-22:15"), (40, "Fri 18:15-22:45")]
)
def test_the_way_home_is_as_long_as_the_household_says(minutes, asked):
    household = a_household(hours=SCHOOL)
    near = replace(household, usual=replace(household.usual, way_home=minutes))

    assert {"date": a_span(asked)} == waiting(ours("Fri 19:00-22:00"), household=near)


def test_what_a_sitter_covers_waits_for_nobody_though_the_way_home_lies_outside():
    assert {} == waiting(ours("Fri 19:00-22:00"), sitter="Fri 19:00-22:00")


def test_a_sitter_who_leaves_before_its_end_is_asked_for_the_rest():
    found = waiting(ours("Fri 19:00-22:00"), sitter="Fri 18:00-21:00")

    assert {"date": a_span("Fri 21:00-22:30")} == found


def test_a_ritual_that_says_so_waits_for_a_sitter_though_they_stay_and_nobody_has_a_way():
    at_home = ours("Fri 17:00-18:00", Kind.TOGETHER, "dinner")

    assert {"dinner": a_span("Fri 17:00-18:00")} == waiting(at_home, rituals=[DINNER])
    assert {} == waiting(at_home)


def test_while_the_children_are_away_nothing_waits_but_the_way_is_asked_for_where_they_are_back():
    assert {} == waiting(ours("Fri 09:00-12:00"))
    assert {"date": a_span("Fri 15:00-15:45")} == waiting(ours("Fri 12:00-15:15"))
    assert {} == waiting(ours("Fri 19:00-22:00"), household=a_household(children=False))


def test_one_of_the_two_alone_and_friends_who_come_over_wait_for_nobody():
    assert {} == waiting(
        hers("Fri 19:00-22:00", leaves=True), ours("Sat 16:00-18:00", leaves=False)
    )


@pytest.mark.parametrize("hour", range(0, 24, 2))
@pytest.mark.parametrize("sitter", ["", "Fri 06:00-10:00", "Fri 18:00-23:00"])
def test_both_who_leave_wait_exactly_where_nobody_would_be_with_the_children(hour, sitter):
    out = ours(f"Fri {hour:02}:00-{hour + 1:02}:30")

    assert bool(open_hours(out, sitter=sitter)) == bool(waiting(out, sitter=sitter))
