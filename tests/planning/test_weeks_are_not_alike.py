"""What can be told of a week, and that its plan goes by it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rituals.model import local_time
from rituals.model.context import PlanningContext
from rituals.model.difference import FARTHEST, Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Choice, Plan
from rituals.model.ritual import Needs, Size, TakesPart
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.usual import DayHours, Elsewhere, Holidays, Usual
from rituals.planning import scheduling
from tests.support.notation import SPRING, WEEK, a_household, a_ritual, hours_of

NOW = datetime(2026, 1, 4, 20, tzinfo=UTC)
NEW_YEAR = Week(2026, 53)
WORK = "Mon-Fri 09:00-17:00"
SCHOOL = "Mon-Fri 08:00-15:00"
BOTH_WORK = hours_of(WORK, WORK, SCHOOL)
TALK = {"needs": Needs.ASLEEP}
BESIDE = {"takes_part": TakesPart.EITHER, "in_person": False}


def a_life(*different, hours=None, children=True, week_starts=0, **usual):
    household = a_household(hours=hours, children=children, week_starts=week_starts)
    return replace(household, usual=Usual(**usual), differences=different)


def turn(*texts):
    return tuple(Recurrence.read(text) for text in texts)


def told(what, first, last=None, partner="", hours="", **more):
    """What is different: `told(What.AWAY, "2026-11-24", "2026-11-25", TWO, "14:00-11:00")`."""
    days = [date.fromisoformat(day) for day in (first, last or first)]
    start, end = map(time.fromisoformat, hours.split("-")) if hours else (None, None)
    return Difference(f"{what} {first}", what, *days, NOW, partner, start, end, **more)


def planned(household, window, partner=None, *, week=WEEK, times=1, lay=None, **ritual):  # noqa: PLR0913
    """When a ritual lies in the plan of a week, as "Fri 20:00-21:00", and why."""
    ritual = a_ritual(window=window, **ritual)
    plan = lay or Plan(week, choices=(Choice(ritual.id, partner, times),))
    context = PlanningContext(household, {ritual.id: ritual})
    return scheduling.scheduled(plan, context, NOW)


def lies(*args, **more):
    """When a ritual lies in the plan of a week, as "Fri 20:00-21:00"."""
    tz = args[0].tz
    return [
        f"{o.start.astimezone(tz):%a %H:%M}-{o.end.astimezone(tz):%H:%M}"
        for o in planned(*args, **more).occurrences
        if o.chosen
    ]


def reasons(*args, **more):
    return [o.reason for o in planned(*args, **more).occurrences]


NIGHTS = {
    "work": {ONE: turn("2026-11-23T22:00/2026-11-24T06:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,WE")},
    "asleep": {
        ONE: turn("2026-11-24T08:00/2026-11-24T14:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,WE,TH")
    },
}


def test_after_a_night_shift_she_sleeps_by_day_and_he_has_the_children():
    nights = a_life(hours=hours_of(away="Mon-Fri 08:00-12:00"), **NIGHTS)
    tuesday = {"window": "Tue 11:00-15:00", "minutes": 60}

    assert ["Tue 14:00-15:00"] == lies(nights, partner=ONE, **tuesday)
    assert ["Tue 11:00-12:00"] == lies(nights, partner=TWO, kind=Kind.ALONE, **tuesday)
    assert ["Tue 11:00-12:00"] == lies(nights, "Tue 11:00-12:00", ONE, week=WEEK + 1)
    assert [] == lies(nights, "Tue 11:00-12:00", ONE)


def test_with_a_night_shift_the_evening_ends_before_it_and_nobody_else_leaves():
    nights = a_life(hours=hours_of(sleep="23:30"), **NIGHTS)

    assert ["Mon 21:00-22:00"] == lies(nights, "Mon 21:00-23:00", **TALK)
    assert [] == lies(nights, "Mon 22:00-23:30", TWO, kind=Kind.OUT)
    assert ["Mon 22:00-23:00"] == lies(nights, "Mon 22:00-23:00", TWO, kind=Kind.ALONE)


CYCLE = turn(
    "2026-11-23T06:00/2026-11-23T14:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR",
    "2026-11-30T14:00/2026-11-30T22:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR",
    "2026-12-07T22:00/2026-12-08T06:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR",
)


@pytest.mark.parametrize(
    ("week", "afternoon", "evening"),
    [(0, 1, 1), (1, 0, 0), (2, 1, 1), (3, 1, 1), (4, 0, 0), (5, 1, 1)],
)
def test_early_late_and_night_shifts_come_in_turns(week, afternoon, evening):
    shifts = a_life(work={ONE: CYCLE})

    assert afternoon == len(lies(shifts, "Wed 15:00-16:00", week=WEEK + week))
    assert evening == len(lies(shifts, "Wed 20:00-21:00", week=WEEK + week))
    assert (week % 3 == 0) == ([] == lies(shifts, "Wed 07:00-08:00", ONE, week=WEEK + week))


def test_both_are_off_on_a_public_holiday():
    off = a_life(hours=BOTH_WORK, holidays=Holidays("DE", (ONE, TWO)))
    morning = {"window": "Fri 10:00-12:00", "minutes": 120, "week": NEW_YEAR}

    assert ["Fri 10:00-12:00"] == lies(off, **morning)
    assert ["Fri 10:00-12:00"] == lies(off, needs=Needs.CHILDREN, **morning)
    assert [] == lies(a_life(hours=BOTH_WORK), **morning)


TRIP = told(What.AWAY, "2026-11-23", "2026-11-27", TWO, nights=True)


def test_while_one_is_away_from_monday_to_friday_the_other_is_at_home():
    away = a_life(TRIP)
    class_ = {"kind": Kind.OUT, "partner": ONE}

    assert ["Sat 20:00-21:00"] == lies(away, "Mon-Sat 20:00-21:00", **TALK)
    assert [] == lies(away, "Mon-Thu 20:00-21:00", **class_)
    assert ["Mon 20:00-21:00"] == lies(away, "Mon 20:00-21:00", ONE, kind=Kind.ALONE)
    assert [] == lies(away, "Mon 16:00-17:00", ONE, kind=Kind.ALONE)
    assert 1 == len(lies(a_life(), "Mon-Thu 20:00-21:00", **class_))


def test_on_a_trip_there_is_a_text_but_no_kiss():
    small = {"size": Size.SMALL, "minutes": 5, "partner": TWO}

    assert ["Wed 12:00-12:05"] == lies(a_life(TRIP), "Wed 12:00-12:05", **small, **BESIDE)
    assert [] == lies(a_life(TRIP), "Wed 22:00-22:30", size=Size.SMALL, minutes=5)


def test_one_night_away_takes_that_evening_and_that_morning():
    night = told(What.AWAY, "2026-11-24", "2026-11-25", TWO, "14:00-11:00", nights=True)
    talk = lies(a_life(night), "Tue,Wed 20:00-21:00", times=2, **TALK)

    assert ["Wed 20:00-21:00"] == talk
    assert ["Tue 13:00-14:00"] == lies(a_life(night), "Tue 13:00-18:00")
    assert ["Wed 11:00-12:00"] == lies(a_life(night), "Wed 09:00-12:00")
    assert [] == lies(a_life(night), "Tue 20:00-21:00", ONE, leaves=True, kind=Kind.ALONE)


def test_while_the_children_are_with_their_grandparents_both_may_leave():
    weekend = told(What.CHILDREN_AWAY, "2026-11-28", "2026-11-29", hours="10:00-18:00", nights=True)
    out = {"window": "Sat,Sun 09:00-22:00", "minutes": 120, "leaves": True, "times": 2}
    found = lies(a_life(weekend), **out)

    assert ["Sat", "Sun"] == [when[:3] for when in found]
    assert found[0][4:9] >= "10:00"
    assert found[1][10:] <= "18:00"
    assert [] == lies(a_life(), **out)
    assert "While the children are away" in reasons(a_life(weekend), **out)[0]
    assert [] == lies(a_life(weekend), "Sat 11:00-18:00", needs=Needs.CHILDREN)
    assert ["Sat 17:00-18:00"] == lies(a_life(weekend), "Sat 17:00-18:00", **TALK)


def elsewhere(*texts):
    return a_life(elsewhere=tuple(Elsewhere(t) for t in turn(*texts)))


@pytest.mark.parametrize(("week", "both"), [(0, True), (1, False), (2, True), (-2, True)])
def test_every_second_weekend_they_are_at_their_other_parent_s(week, both):
    family = elsewhere("2026-11-27T16:00/2026-11-30T08:00 FREQ=WEEKLY;INTERVAL=2")
    saturday = {"window": "Sat 14:00-15:00", "week": WEEK + week}

    assert both is bool(lies(family, leaves=True, **saturday))
    assert both is not bool(lies(family, partner=ONE, kind=Kind.SOLO, **saturday))


@pytest.mark.parametrize(("week", "days"), [(0, "Mon Tue Sat Sun"), (1, "Wed Thu")])
def test_two_two_three_the_time_with_them_lies_on_the_days_here(week, days):
    family = elsewhere(
        "2026-11-25T08:00/2026-11-27T18:00 FREQ=WEEKLY;INTERVAL=2",
        "2026-11-30T08:00/2026-12-02T08:00 FREQ=WEEKLY;INTERVAL=2",
        "2026-12-04T08:00/2026-12-07T08:00 FREQ=WEEKLY;INTERVAL=2",
    )
    found = lies(family, "daily 16:00-17:00", ONE, times=7, kind=Kind.SOLO, week=WEEK + week)

    assert days == " ".join(when[:3] for when in found)


@pytest.mark.parametrize("week", [0, 1, 2, 3])
def test_week_on_week_off(week):
    family = elsewhere("2026-11-23T00:00/2026-11-30T00:00 FREQ=WEEKLY;INTERVAL=2")
    off = week % 2 == 0

    assert off is not bool(lies(family, "Wed 16:00-17:00", ONE, kind=Kind.SOLO, week=WEEK + week))
    assert off is bool(lies(family, "Wed 17:00-18:00", week=WEEK + week, **TALK))
    assert off is bool(lies(family, "Wed 20:00-21:00", week=WEEK + week, leaves=True))


def test_with_a_newborn_one_of_the_two_is_there_at_any_hour():
    baby = a_life(no_bedtime=True)
    late = {"window": "Wed 21:00-22:00", "kind": Kind.ALONE}

    assert ["Wed 21:00-22:00"] == lies(baby, partner=ONE, **late)
    assert "While Jonas is with the children" in reasons(baby, partner=ONE, **late)[0]
    assert "After the children sleep" in reasons(a_life(), partner=ONE, **late)[0]
    assert ["Wed 20:00-21:00"] == lies(baby, "Wed 20:00-21:00", needs=Needs.CHILDREN)


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("week_starts", [0, 5, 6])
def test_the_weeks_ahead_are_all_of_which_something_can_be_told(day, week_starts):
    household, today = a_life(week_starts=week_starts), WEEK.monday + timedelta(days=day)
    ahead = scheduling.weeks_ahead(today, household)
    farthest = today + FARTHEST

    assert local_time.week_of(today, household) == ahead[0]
    assert local_time.week_of(farthest, household) in ahead[-2:]


def test_with_a_newborn_what_waits_for_sleep_has_the_evening_after_supper():
    baby = a_life(no_bedtime=True, hours=hours_of(supper="18:00", sleep="22:00"))
    evening, noon = "Wed 17:00-22:00", "Wed 12:00-16:00"

    assert ["Wed 21:00-22:00"] == lies(baby, "Wed 21:00-23:00", **TALK)
    assert ["Wed 18:00-22:00"] == lies(baby, evening, minutes=240, **TALK)
    assert [] == lies(baby, evening, minutes=255, **TALK)
    assert [] == lies(baby, noon, **TALK)
    assert reasons(baby, evening, **TALK)[0].startswith("When the baby sleeps, if it does;")
    assert [] == lies(baby, evening, leaves=True, **TALK)
    alone = {"kind": Kind.ALONE, **TALK}
    assert "While Jonas is with the children" in reasons(baby, evening, ONE, **alone)[0]


def test_a_teenager_is_up_until_half_past_ten():
    teen = a_life(hours=hours_of(bedtime="22:30", sleep="23:30"))

    assert ["Wed 21:00-22:00"] == lies(teen, "Wed 21:00-22:00", needs=Needs.CHILDREN)
    assert ["Wed 22:30-23:30"] == lies(teen, "Wed 20:00-23:30", **TALK)
    assert ["Wed 22:30-23:30"] == lies(teen, "Wed bedtime-sleep")
    assert [] == lies(a_life(hours=hours_of(bedtime="22:30", sleep="22:30")), "Wed bedtime-sleep")


FRIDAYS = turn("2026-11-27T19:00/2026-11-27T23:00 FREQ=WEEKLY;INTERVAL=2")
DATE = {
    "window": "Wed-Fri 18:00-23:00",
    "minutes": (120, 180),
    "kind": Kind.TOGETHER,
    "needs": Needs.SITTER,
    "leaves": True,
}
HOPED_FOR = "If somebody is with the children"


@pytest.mark.parametrize(("week", "known"), [(0, True), (1, False), (2, True)])
def test_every_second_friday_there_is_a_sitter_and_the_evening_out(week, known):
    family = a_life(sitter=FRIDAYS)
    (when,), (why,) = (f(family, week=WEEK + week, **DATE) for f in (lies, reasons))

    assert known is why.startswith("With a sitter")
    assert known is not why.startswith(HOPED_FOR)
    assert known is when.startswith("Fri 19:")


def test_an_evening_out_moves_to_a_sitter_who_was_found():
    found = told(What.SITTER, "2026-11-25", hours="18:30-22:00")
    before = planned(a_life(), **DATE)

    assert ["Wed 18:45"] == [when[:9] for when in lies(a_life(found), lay=before, **DATE)]


def test_a_sitter_who_cannot_come_draws_nothing_any_more():
    cancelled = told(What.NO_SITTER, "2026-11-27")
    family = a_life(cancelled, sitter=FRIDAYS)

    assert lies(a_life(), **DATE) == lies(family, **DATE)
    assert [HOPED_FOR] == [why.split(";")[0] for why in reasons(family, **DATE)]
    assert [] == lies(family, "Fri 20:00-21:00", leaves=True)
    assert ["Fri 20:00-21:00"] == lies(a_life(sitter=FRIDAYS), "Fri 20:00-21:00", leaves=True)


def test_later_weekends_can_be_reached():
    later = a_life(days=(DayHours.read("Fri,Sat sleep 00:30"),))
    night = {"window": "Fri 18:00-00:30", "minutes": 390, "needs": Needs.SITTER}

    assert ["Fri 18:00-00:30"] == lies(later, **night)
    assert [] == lies(a_life(), **night)


def test_without_children_nobody_has_to_be_at_home():
    two = a_life(TRIP, children=False)

    assert ["Mon 20:00-21:00"] == lies(two, "Mon 20:00-21:00", ONE, kind=Kind.OUT)
    assert ["Sat 20:00-21:00"] == lies(two, "Mon-Sat 20:00-21:00", leaves=True)
    assert ["Sat 20:00-21:00"] == lies(two, "Sat 20:00-21:00", **TALK)


def test_in_the_week_of_summer_time_a_trip_and_a_shift_end_by_the_clock_at_home():
    trip = told(What.AWAY, "2026-03-27", "2026-03-29", TWO, "18:00-09:00", nights=True)
    shift = turn("2026-03-28T22:00/2026-03-29T07:00 FREQ=WEEKLY;INTERVAL=4")

    assert ["Sun 09:00-10:00"] == lies(a_life(trip), "Sun 07:00-10:00", week=SPRING)
    assert ["Sun 07:00-08:00"] == lies(a_life(work={ONE: shift}), "Sun 06:30-08:00", week=SPRING)


def test_a_week_that_begins_on_sunday_knows_what_is_different_on_that_sunday():
    sunday = WEEK.monday - timedelta(days=1)
    trip = told(What.AWAY, f"{sunday}", partner=TWO)
    talk = {"window": "Sun 20:00-21:00", **TALK}

    assert [] == lies(a_life(trip, week_starts=6), **talk)
    assert ["Sun 20:00-21:00"] == lies(a_life(trip), **talk)
