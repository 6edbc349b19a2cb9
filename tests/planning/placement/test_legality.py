"""For every rule of a week: its smallest breach is found, and its legal twin is none."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.usual import DayHours, Elsewhere, Holidays, Usual
from rituals.planning.placement.place import Placed, Placement, Unplaced
from rituals.planning.placement.request import Request, Surroundings
from tests.support.legality import broken, faults
from tests.support.notation import (
    AUTUMN,
    SPRING,
    WEEK,
    a_household,
    a_ritual,
    a_span,
    an_instant,
    an_occurrence,
    hours_of,
    spans,
)

LONG_AGO = an_instant("Mon 00:00", WEEK - 52)
HERS = {"partner": ONE, "window": "daily 00:00-00:00"}
HIS = {"id": "quiet-hour", "partner": TWO, "window": "daily 00:00-00:00"}


def at(  # noqa: PLR0913 - a builder has a default for everything
    when, id="late-talk", partner=None, *, lay="", week=WEEK, minutes=(5, 600), **ritual
):
    """A ritual that was placed; "Thu 20:00-21:00" says where."""
    wanted = Request(a_ritual(id, minutes=minutes, **ritual), partner, 1, 1)
    if lay:
        wanted = replace(wanted, lay=a_span(lay, week))
    return Placed(wanted, a_span(when, week) if isinstance(when, str) else when, "It is free.")


def judged(*placed, household=None, week=WEEK, since=LONG_AGO, busy="", his_busy="", **around):
    """What is said of a placement that answers just what was asked."""
    calendars = {ONE: spans(busy, week), TWO: spans(his_busy, week)}
    return faults(
        Placement(placed, (), True, 0),
        [one.wanted for one in placed],
        Surroundings(since, busy=calendars, **around),
        household or a_household(),
        week,
    )


def test_nothing_placed_is_legal():
    assert [] == judged()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("Thu 20:00-22:00", []),
        ("Thu 20:00-22:15", ["Late talk of both, Thu 20:00, lies outside its windows."]),
        ("Thu 19:45-21:00", ["Late talk of both, Thu 19:45, lies outside its windows."]),
        ("Fri 20:00-22:00", ["Late talk of both, Fri 20:00, lies outside its windows."]),
    ],
)
def test_a_ritual_lies_within_its_windows(when, said):
    assert said == judged(at(when, window="Thu 20:00-22:00"))


def test_two_windows_that_touch_are_one():
    assert [] == judged(at("Thu 20:00-22:00", window="Thu 20:00-21:00; Thu 21:00-22:00"))


def test_a_window_may_name_the_household_s_hours():
    late = a_household(hours=hours_of(bedtime="20:00"))
    late_talk = at("Thu 19:30-20:30", window="daily bedtime-sleep")

    assert [] == judged(late_talk)
    assert ["Late talk of both, Thu 19:30, lies outside its windows."] == judged(
        late_talk, household=late
    )


def test_windows_are_those_of_the_week_as_this_household_sees_it():
    from_sunday = a_household(week_starts=6)
    talk = at("Sun 20:00-21:00", window="Sun 20:00-21:00")
    before = at("Sun 20:00-21:00", window="Sun 20:00-21:00", week=WEEK - 1)
    said = "Late talk of both, Sun 20:00, lies outside its windows."

    assert [] == judged(talk)
    assert [said] == judged(before)
    assert [said] == judged(talk, household=from_sunday)
    assert [] == judged(before, household=from_sunday)


def test_a_window_of_the_last_evening_runs_past_the_week():
    late = a_household(hours=hours_of(sleep="02:00", wake="08:00"))

    assert [] == judged(at("Sun 23:00-01:00", window="Sun 23:00-01:00"), household=late)


@pytest.mark.parametrize(("week", "minutes"), [(WEEK, 180), (SPRING, 120), (AUTUMN, 240)])
def test_a_window_is_as_long_as_its_night(week, minutes):
    awake = a_household(hours=hours_of(sleep="12:00", wake="13:00"), children=False)
    night = a_span("Sun 01:00-04:00", week)
    whole = at(night, week=week, window="Sun 01:00-04:00", minutes=minutes)
    more = Span(night.start, night.end + timedelta(minutes=15))

    assert [] == judged(whole, household=awake, week=week)
    assert 2 == len(judged(replace(whole, span=more), household=awake, week=week))


@pytest.mark.parametrize(
    ("since", "said"),
    [("Thu 20:00", []), ("Thu 20:01", ["Late talk of both, Thu 20:00, begins in the past."])],
)
def test_nothing_begins_in_the_past(since, said):
    assert said == judged(at("Thu 20:00-21:00"), since=an_instant(since))


def test_a_ritual_begins_at_a_quarter_or_where_something_ends():
    odd = at("Thu 20:05-21:00")
    said = "Late talk of both, Thu 20:05, begins neither at a quarter nor where something ends."

    assert [said] == judged(odd)
    assert [] == judged(at("Thu 20:15-21:00"))
    assert [] == judged(odd, busy="Thu 19:00-20:05")
    assert [] == judged(odd, his_busy="Thu 19:00-20:05")
    assert [] == judged(odd, standing=(an_occurrence("Thu 19:00-20:05", ritual="walk"),))
    assert [] == judged(at("Thu 20:05-21:00", lay="Thu 20:05-21:00"))
    assert [said] == judged(at("Thu 20:05-21:00", lay="Thu 20:10-21:00"))


def test_quarters_are_those_of_the_clock_at_home():
    kathmandu = a_household("Asia/Kathmandu", children=False)
    quarter = Span(
        datetime(2026, 11, 26, 12, 0, tzinfo=UTC), datetime(2026, 11, 26, 13, tzinfo=UTC)
    )
    odd = Span(quarter.start + timedelta(minutes=5), quarter.end)

    assert [] == judged(at(quarter), household=kathmandu)
    assert 1 == len(judged(at(odd), household=kathmandu))


@pytest.mark.parametrize(
    ("when", "minutes", "said"),
    [
        ("Thu 20:00-20:45", (45, 60), []),
        ("Thu 20:00-20:50", (45, 60), []),
        ("Thu 20:00-21:00", (45, 60), []),
        ("Thu 20:00-20:40", (45, 60), ["lasts other minutes than it may"]),
        ("Thu 20:00-21:05", (45, 60), ["lasts other minutes than it may"]),
        ("Thu 20:00-20:48", (45, 60), ["lasts other minutes than it may"]),
    ],
)
def test_a_ritual_lasts_its_minutes_in_steps_of_five(when, minutes, said):
    assert [f"Late talk of both, Thu 20:00, {what}." for what in said] == judged(
        at(when, minutes=minutes)
    )


def test_a_ritual_may_last_as_long_as_it_did():
    assert [] == judged(at("Thu 20:00-21:12", lay="Wed 20:00-21:12", minutes=(45, 60)))


@pytest.mark.parametrize(
    ("one", "other", "legal"),
    [
        (None, None, False),
        (None, TWO, False),
        (ONE, None, False),
        (ONE, ONE, False),
        (ONE, TWO, True),
    ],
)
def test_nobody_is_in_two_places(one, other, legal):
    talk, walk = at("Thu 20:00-21:00", partner=one), at("Thu 20:45-22:00", "walk", other)
    stands = an_occurrence("Thu 20:45-22:00", ritual="walk", title="Walk", partner=other)
    who = {None: "both"}
    said = [
        f"Late talk of {who.get(one, one)}, Thu 20:00, asks for the same person as "
        f"Walk of {who.get(other, other)}, Thu 20:45."
    ]

    assert ([] if legal else said) == judged(talk, walk)
    assert ([] if legal else said) == judged(talk, standing=(stands,))


def test_what_touches_is_not_at_once():
    assert [] == judged(at("Thu 20:00-21:00"), at("Thu 21:00-22:00", "walk"))


def test_what_stands_is_not_judged():
    standing = an_occurrence("Thu 03:00-23:59", kind=Kind.OUT, partner=ONE, number=1)
    another = an_occurrence("Thu 03:07-23:59", kind=Kind.OUT, partner=None, number=2)

    assert [] == judged(standing=(standing, another, another), busy="Thu 01:00-22:00")


def test_small_moments_are_somewhere_too():
    small = at("Thu 20:00-20:05", size=Size.SMALL)

    assert 1 == len(judged(small, at("Thu 20:00-21:00", "walk")))


@pytest.mark.parametrize(
    ("partner", "calendar", "legal"),
    [
        (ONE, "busy", False),
        (TWO, "busy", True),
        (None, "busy", False),
        (ONE, "his_busy", True),
        (None, "his_busy", False),
    ],
)
@pytest.mark.parametrize("size", Size)
def test_nobody_is_taken_out_of_their_calendar(partner, calendar, legal, size):
    talk = at("Thu 20:00-21:00", partner=partner, size=size)

    assert legal is not bool(judged(talk, **{calendar: "Thu 20:59-22:00"}))
    assert [] == judged(talk, **{calendar: "Thu 21:00-22:00, Thu 19:00-20:00"})


@pytest.mark.parametrize(
    ("partner", "size", "legal"),
    [
        (ONE, Size.USUAL, False),
        (None, Size.EVENING, False),
        (TWO, Size.USUAL, True),
        (ONE, Size.SMALL, True),
        (None, Size.SMALL, True),
    ],
)
def test_only_small_moments_lie_within_work(partner, size, legal):
    household = a_household(hours=hours_of(work="Thu 09:00-17:00"))
    moment = at("Thu 16:45-17:45", partner=partner, size=size, in_person=False)
    near = at("Thu 16:45-17:45", partner=partner, size=size, in_person=True)

    assert legal is not bool(judged(moment, household=household))
    assert (partner == TWO) is not bool(judged(near, household=household))
    assert [] == judged(at("Thu 17:00-18:00", partner=partner, size=size), household=household)


@pytest.mark.parametrize(
    ("work", "when"),
    [("Sun 22:00-07:30", "Mon 07:00-08:00"), ("Mon 00:00-08:00", "Sun 23:30-00:30")],
)
def test_work_of_the_days_beside_the_week_is_work(work, when):
    hours = hours_of(work=work, sleep="02:00", wake="06:30")
    without = hours_of(sleep="02:00", wake="06:30")
    talk = at(when, window="daily 07:00-06:00")

    assert 1 == len(judged(talk, household=a_household(hours=hours)))
    assert [] == judged(talk, household=a_household(hours=without))


@pytest.mark.parametrize(
    ("when", "legal"),
    [
        ("Thu 21:30-22:30", True),
        ("Thu 21:30-22:35", False),
        ("Fri 06:15-07:15", False),
        ("Fri 06:30-07:30", True),
        ("Mon 06:15-06:45", False),  # the night before the week
        ("Sun 22:15-23:00", False),
    ],
)
@pytest.mark.parametrize("size", Size)
def test_everybody_sleeps(when, legal, size):
    assert legal is not bool(judged(at(when, window="daily 00:00-00:00", size=size)))


@pytest.mark.parametrize(
    ("when", "legal"),
    [
        ("Thu 23:00-00:30", True),
        ("Thu 23:00-00:45", False),
        ("Fri 00:30-00:45", False),
        ("Mon 00:15-00:30", True),
        ("Mon 00:30-00:45", False),
        ("Mon 06:45-07:30", False),
        ("Mon 07:00-07:30", True),
        ("Sun 23:30-00:30", True),
        ("Sun 23:30-01:00", False),
    ],
)
def test_the_night_may_begin_after_midnight(when, legal):
    late = a_household(hours=hours_of(sleep="00:30", wake="07:00"))
    talk = at(when, window="daily 00:00-12:00; daily 12:00-11:00")

    assert legal is not bool(judged(talk, household=late))


@pytest.mark.parametrize(("other", "legal"), [("late-talk", False), ("walk", True)])
def test_a_ritual_comes_once_a_day(other, legal):
    morning, evening = at("Thu 07:00-08:00"), at("Thu 20:00-21:00", other)
    stands = an_occurrence("Thu 20:00-21:00", ritual=other)

    assert legal is not bool(judged(morning, evening))
    assert legal is not bool(judged(morning, standing=(stands,)))


def test_a_ritual_comes_again_on_another_day_or_to_the_other():
    household = a_household(children=False)
    hers, his = at("Thu 07:00-08:00", partner=ONE), at("Thu 20:00-21:00", partner=TWO)

    assert [] == judged(hers, his, household=household)
    assert [] == judged(hers, at("Fri 07:00-08:00", partner=ONE), household=household)


def test_the_day_is_the_one_at_home_on_which_it_begins():
    late = a_household(hours=hours_of(sleep="02:00", wake="08:00"))
    over_midnight = at("Thu 23:30-00:30", window="daily 00:00-00:00")
    next_evening = at("Fri 20:00-21:00", window="daily 00:00-00:00")
    after_midnight = at("Fri 00:45-01:30", window="daily 00:00-00:00")

    assert [] == judged(over_midnight, next_evening, household=late)
    assert [] == judged(over_midnight, after_midnight, household=late)
    assert 1 == len(judged(after_midnight, next_evening, household=late))


# -- Somebody has the children -------------------------------------------------------------

CHILDREN_AWAY = hours_of(away="Thu 15:00-17:00")


@pytest.mark.parametrize("hers", [Kind.ALONE, Kind.OUT])
@pytest.mark.parametrize(
    ("his", "legal"),
    [(Kind.ALONE, False), (Kind.OUT, False), (Kind.SOLO, True), (Kind.TOGETHER, True)],
)
def test_one_of_the_two_has_the_children(hers, his, legal):
    away = at("Thu 16:00-17:00", kind=hers, **HERS)
    other = at("Thu 16:45-18:00", kind=his, **HIS)
    stands = an_occurrence("Thu 16:45-18:00", ritual="walk", kind=his, partner=TWO)

    assert legal is not bool(judged(away, other))
    assert legal is not bool(judged(away, standing=(stands,)))
    assert [] == judged(away, other, household=a_household(children=False))
    assert [] == judged(away, standing=(stands,), household=a_household(children=False))


@pytest.mark.parametrize("kind", [Kind.ALONE, Kind.OUT])
def test_who_is_at_work_or_busy_has_no_children_beside(kind):
    away = at("Thu 16:00-17:00", kind=kind, **HERS)
    at_work = a_household(hours=hours_of(his_work="Thu 09:00-16:15"))
    said = ["Late talk of one, Thu 16:00, leaves the children without anybody, as two is away."]

    assert said == judged(away, household=at_work)
    assert said == judged(away, his_busy="Thu 16:50-18:00")
    assert [] == judged(away, his_busy="Thu 17:00-18:00")
    assert [] == judged(away, household=a_household(hours=hours_of(his_work="Thu 09:00-16:00")))


@pytest.mark.parametrize("kind", [Kind.TOGETHER, Kind.SOLO])
def test_who_is_at_home_leaves_nobody(kind):
    assert [] == judged(at("Thu 16:00-17:00", kind=kind, **HERS), his_busy="Thu 16:00-17:00")


def test_somebody_else_may_have_the_children():
    hers = at("Thu 16:00-17:00", kind=Kind.OUT, **HERS)
    his = at("Thu 16:00-17:00", kind=Kind.OUT, **HIS)

    assert [] == judged(hers, his, sitter=spans("Thu 16:00-17:00"))
    assert 2 == len(judged(hers, his, sitter=spans("Thu 16:00-16:59")))


def test_a_ritual_may_bring_its_sitter():
    hers = at("Thu 16:00-17:00", kind=Kind.OUT, needs=Needs.SITTER, **HERS)
    his = at("Thu 16:00-17:00", kind=Kind.OUT, **HIS)
    longer = at("Thu 16:00-17:05", kind=Kind.OUT, **HIS)

    assert [] == judged(hers, his)
    assert [] == judged(hers, his_busy="Thu 16:00-17:00")
    assert [] == judged(hers, longer)
    assert 1 == len(judged(hers, longer, busy="Thu 17:00-17:05"))


def test_children_who_are_away_need_nobody():
    hers = at("Thu 16:00-17:00", kind=Kind.OUT, **HERS)
    his = at("Thu 16:00-17:00", kind=Kind.OUT, **HIS)

    assert [] == judged(hers, his, household=a_household(hours=CHILDREN_AWAY))
    assert 2 == len(
        judged(hers, his, household=a_household(hours=hours_of(away="Thu 15:00-16:59")))
    )


def test_both_out_at_once_leave_nobody():
    assert 2 == len(judged(at("Thu 16:00-17:00", kind=Kind.OUT)))
    assert [] == judged(at("Thu 16:00-17:00", kind=Kind.OUT, needs=Needs.SITTER))


@pytest.mark.parametrize(
    ("hers", "his", "legal"),
    [
        (Kind.OUT, Kind.OUT, False),
        (Kind.OUT, Kind.ALONE, True),
        (Kind.ALONE, Kind.OUT, True),
        (Kind.ALONE, Kind.ALONE, True),
        (Kind.OUT, Kind.TOGETHER, True),
    ],
)
def test_somebody_is_at_home_while_the_children_sleep(hers, his, legal):
    away = at("Thu 20:00-21:00", kind=hers, **HERS)
    other = at("Thu 20:45-22:00", kind=his, **HIS)
    stands = an_occurrence("Thu 20:45-22:00", ritual="walk", kind=his, partner=TWO)

    assert legal is not bool(judged(away, other))
    assert legal is not bool(judged(away, standing=(stands,)))


@pytest.mark.parametrize(("kind", "legal"), [(Kind.OUT, False), (Kind.ALONE, True)])
def test_who_is_busy_at_night_does_not_hear_the_children(kind, legal):
    away = at("Thu 20:00-21:00", kind=kind, **HERS)
    at_work = a_household(hours=hours_of(his_work="Thu 20:30-06:00"))

    assert legal is not bool(judged(away, household=at_work))
    assert legal is not bool(judged(away, his_busy="Thu 20:30-22:00"))
    assert [] == judged(away, his_busy="Thu 20:30-22:00", sitter=spans("Thu 20:00-21:00"))
    assert [] == judged(
        away,
        his_busy="Thu 20:30-22:00",
        household=a_household(hours=hours_of(away="Thu 15:00-09:00")),
    )


def test_small_moments_make_nobody_away():
    small = at("Thu 16:00-16:05", kind=Kind.ALONE, size=Size.SMALL, **HERS)
    his = at("Thu 16:00-17:00", kind=Kind.OUT, **HIS)
    stands = an_occurrence(
        "Thu 16:00-16:05", kind=Kind.OUT, size=Size.SMALL, partner=ONE, leaves=False
    )

    assert [] == judged(small, his)
    assert [] == judged(small, his_busy="Thu 15:00-17:00")
    assert [] == judged(his, standing=(stands,))


@pytest.mark.parametrize(
    ("kind", "needs"),
    [(Kind.SOLO, Needs.NOTHING), (Kind.SOLO, Needs.CHILDREN), (Kind.TOGETHER, Needs.CHILDREN)],
)
@pytest.mark.parametrize(
    ("when", "legal"),
    [
        ("Thu 18:30-19:30", True),
        ("Thu 18:30-19:35", False),
        ("Thu 16:45-17:15", False),
        ("Thu 17:00-18:00", True),
        ("Thu 15:30-16:00", False),
    ],
)
def test_time_with_the_children_finds_them_awake_and_at_home(kind, needs, when, legal):
    household = a_household(hours=CHILDREN_AWAY)
    ritual = at(when, partner=ONE, kind=kind, needs=needs)

    assert legal is not bool(judged(ritual, household=household))
    assert [] == judged(ritual, household=a_household(children=False))


@pytest.mark.parametrize(
    ("when", "legal"),
    [("Thu 19:30-20:30", True), ("Thu 19:15-20:30", False), ("Fri 06:00-06:30", True)],
)
def test_what_needs_sleeping_children_finds_them_asleep(when, legal):
    early = a_household(hours=hours_of(sleep="00:00", wake="06:30"))
    ritual = at(when, needs=Needs.ASLEEP, window="daily 05:00-23:00")
    said = judged(ritual, household=early)

    assert legal is not any("awake" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("hers", "his", "legal"),
    [
        ((Kind.SOLO, Needs.NOTHING), (Kind.SOLO, Needs.NOTHING), False),
        ((Kind.SOLO, Needs.NOTHING), (Kind.TOGETHER, Needs.CHILDREN), False),
        ((Kind.TOGETHER, Needs.CHILDREN), (Kind.SOLO, Needs.NOTHING), False),
        ((Kind.TOGETHER, Needs.CHILDREN), (Kind.TOGETHER, Needs.CHILDREN), True),
        ((Kind.SOLO, Needs.NOTHING), (Kind.TOGETHER, Needs.NOTHING), True),
    ],
)
def test_one_at_a_time_has_the_children_alone(hers, his, legal):
    one = at("Thu 17:00-18:00", kind=hers[0], needs=hers[1], **HERS)
    other = at("Thu 17:45-19:00", kind=his[0], needs=his[1], **HIS)

    assert legal is not bool(judged(one, other))
    assert [] == judged(one, other, household=a_household(children=False))


def test_nobody_joins_the_one_who_stands_with_the_children():
    stands = an_occurrence("Thu 17:00-18:00", ritual="walk", kind=Kind.SOLO, partner=TWO)

    assert 1 == len(judged(at("Thu 17:45-18:30", kind=Kind.SOLO, **HERS), standing=(stands,)))
    assert 1 == len(judged(at("Thu 17:45-18:30", needs=Needs.CHILDREN, **HERS), standing=(stands,)))
    assert [] == judged(at("Thu 17:45-18:30", kind=Kind.OUT, **HERS), standing=(stands,))


# -- Weeks are not alike -------------------------------------------------------------------

TOLD = datetime(2026, 11, 22, 20, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)
AT_WORK = hours_of("Mon-Fri 09:00-17:00", "Mon-Fri 09:00-17:00", "Mon-Fri 08:00-15:00")
SHIFTS = hours_of("Wed,Thu 22:00-06:00")
NIGHTS = {ONE: (Recurrence.read("2026-11-26T08:00/2026-11-26T14:00 FREQ=WEEKLY;BYDAY=TH,FR"),)}


def told(what, partner="", last=THURSDAY, *, hours="", nights=False):
    """What is different from Thursday on; "19:00-23:00" says from when until when."""
    start, end = map(time.fromisoformat, hours.split("-")) if hours else (None, None)
    return Difference("told", what, THURSDAY, last, TOLD, partner, start, end, nights)


def living(*different, hours=None, children=True, **usual):
    household = a_household(hours=hours, children=children)
    return replace(household, usual=Usual(**usual), differences=different)


def turn(text):
    return (Recurrence.read(text),)


@pytest.mark.parametrize(
    ("when", "partner", "legal"),
    [
        ("Thu 07:30-08:30", ONE, False),
        ("Thu 07:30-08:00", ONE, True),
        ("Thu 07:30-08:30", None, False),
        ("Thu 07:30-08:30", TWO, True),
        ("Thu 14:00-15:00", ONE, True),
    ],
)
def test_who_sleeps_by_day_is_not_taken_out_of_it(when, partner, legal):
    asleep = living(hours=SHIFTS, children=False, asleep=NIGHTS)
    talk = at(when, partner=partner)

    assert legal is not bool(judged(talk, household=asleep))


@pytest.mark.parametrize(("kind", "legal"), [(Kind.ALONE, False), (Kind.TOGETHER, True)])
def test_who_sleeps_by_day_has_no_children_meanwhile(kind, legal):
    his = at("Thu 13:00-14:15", kind=kind, **HIS)
    asleep = living(hours=SHIFTS, asleep=NIGHTS)

    assert legal is not bool(judged(his, household=asleep))
    assert [] == judged(at("Thu 14:00-14:45", kind=kind, **HIS), household=asleep)


def test_after_a_shift_that_is_not_worked_nobody_sleeps_by_day():
    talk = at("Thu 08:00-09:00", partner=ONE)
    wednesday = THURSDAY - timedelta(days=1)
    off = replace(told(What.OFF, ONE), first=wednesday, last=wednesday)

    assert 1 == len(judged(talk, household=living(hours=SHIFTS, asleep=NIGHTS)))
    assert [] == judged(talk, household=living(off, hours=SHIFTS, asleep=NIGHTS))


@pytest.mark.parametrize(("first", "legal"), [("2026-11-24", False), ("2026-11-17", True)])
def test_shifts_come_in_turns(first, legal):
    late = {ONE: turn(f"{first}T14:00/{first}T22:00 FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")}
    talk = at("Thu 20:00-21:00")

    assert legal is not bool(judged(talk, household=living(work=late)))


@pytest.mark.parametrize(
    ("trip", "when", "legal"),
    [
        (told(What.AWAY, ONE), "Thu 20:00-21:00", False),
        (told(What.AWAY, ONE), "Fri 07:00-08:00", True),
        (told(What.AWAY, TWO), "Thu 20:00-21:00", True),
        (told(What.AWAY, ONE, hours="09:00-20:00"), "Thu 20:00-21:00", True),
        (told(What.AWAY, ONE, hours="09:00-20:01"), "Thu 20:00-21:00", False),
    ],
)
def test_who_is_on_a_trip_takes_part_in_nothing(trip, when, legal):
    household = living(trip, children=False)

    assert legal is not bool(judged(at(when, partner=ONE), household=household))


@pytest.mark.parametrize(
    ("size", "in_person", "legal"),
    [(Size.SMALL, False, True), (Size.SMALL, True, False), (Size.USUAL, False, False)],
)
def test_on_a_trip_there_is_room_for_small_things_that_need_nobody_near(size, in_person, legal):
    moment = at("Thu 12:00-12:05", size=size, in_person=in_person)

    assert legal is not bool(judged(moment, household=living(told(What.AWAY, ONE))))


@pytest.mark.parametrize(
    ("when", "kind", "nights", "legal"),
    [
        ("Thu 16:00-17:00", Kind.ALONE, False, False),
        ("Thu 20:00-21:00", Kind.ALONE, False, True),
        ("Thu 20:00-21:00", Kind.OUT, False, False),
        ("Thu 23:00-23:30", Kind.OUT, True, False),
        ("Thu 23:00-23:30", Kind.OUT, False, True),
    ],
)
def test_who_is_on_a_trip_has_no_children_meanwhile(when, kind, nights, legal):
    friday = THURSDAY + timedelta(days=1)
    trip = told(What.AWAY, TWO, last=friday if nights else THURSDAY, nights=nights)
    late = hours_of(sleep="00:30")
    days = (DayHours.read("daily sleep 22:30", TWO),)
    household = living(trip, hours=late, days=days)

    assert legal is not bool(judged(at(when, kind=kind, **HERS), household=household))


def test_a_day_off_is_free_of_work_and_so_is_a_public_holiday():
    talk, new_year = at("Thu 10:00-11:00"), Week(2026, 53)
    there = at("Fri 10:00-11:00", week=new_year)
    off = [told(What.OFF, ONE), told(What.OFF, TWO)]
    closed = Holidays("DE", (ONE, TWO))

    assert 2 == len(judged(talk, household=living(hours=AT_WORK)))
    assert 1 == len(judged(talk, household=living(off[0], hours=AT_WORK)))
    assert [] == judged(talk, household=living(*off, hours=AT_WORK))
    assert 2 == len(judged(there, week=new_year, household=living(hours=AT_WORK)))
    assert [] == judged(there, week=new_year, household=living(hours=AT_WORK, holidays=closed))


def test_other_hours_of_work_take_the_place_of_the_usual_ones():
    late = living(told(What.WORK, ONE, hours="14:00-22:00"), hours=AT_WORK)

    assert [] == judged(at("Thu 10:00-11:00", partner=ONE), household=late)
    assert 1 == len(judged(at("Thu 20:00-21:00", partner=ONE), household=late))


@pytest.mark.parametrize("what", [What.NO_SCHOOL, What.CHILDREN_HOME])
def test_without_school_the_children_need_somebody(what):
    home = living(told(what), hours=hours_of(his_work="Thu 09:00-17:00", away="Thu 08:00-15:00"))
    run = at("Thu 10:00-11:00", kind=Kind.ALONE, **HERS)
    with_them = at("Thu 10:00-11:00", kind=Kind.SOLO, **HERS)
    school = replace(home, differences=())

    assert (1, 0) == (len(judged(run, household=home)), len(judged(run, household=school)))
    assert (0, 1) == (
        len(judged(with_them, household=home)),
        len(judged(with_them, household=school)),
    )


@pytest.mark.parametrize(
    ("different", "elsewhere"),
    [
        ((told(What.CHILDREN_AWAY, last=THURSDAY + timedelta(days=1), nights=True),), ()),
        ((), (Elsewhere(*turn("2026-11-26T15:00/2026-11-28T18:00 FREQ=WEEKLY;INTERVAL=2")),)),
    ],
    ids=["told", "in turns"],
)
def test_children_who_are_elsewhere_need_nobody_and_find_nobody(different, elsewhere):
    away, home = living(*different, elsewhere=elsewhere), living()
    out = at("Thu 20:00-22:00", kind=Kind.OUT)
    supper = at("Fri 17:00-18:00", needs=Needs.CHILDREN)
    talk = at("Fri 17:00-18:00", needs=Needs.ASLEEP)

    assert (0, 2) == (len(judged(out, household=away)), len(judged(out, household=home)))
    assert (1, 0) == (len(judged(supper, household=away)), len(judged(supper, household=home)))
    assert (0, 1) == (len(judged(talk, household=away)), len(judged(talk, household=home)))


def test_a_sitter_is_there_as_usual_as_told_and_not_where_it_was_cancelled():
    out = at("Thu 20:00-22:00", kind=Kind.OUT)
    usual = {"sitter": turn("2026-11-26T20:00/2026-11-26T22:00 FREQ=WEEKLY;INTERVAL=2")}
    found, shorter = (told(What.SITTER, hours=f"19:00-{end}") for end in ("22:00", "21:59"))

    assert [] == judged(out, household=living(**usual))
    assert 2 == len(judged(out, household=living(told(What.NO_SITTER), **usual)))
    assert [] == judged(out, household=living(found))
    assert 2 == len(judged(out, household=living(shorter)))


def test_another_bedtime_counts_for_its_day():
    late = living(told(What.BEDTIME, hours="21:00-21:00"))
    talk, supper = (at("Thu 20:00-21:00", needs=n) for n in (Needs.ASLEEP, Needs.CHILDREN))

    assert (1, 0) == (len(judged(talk, household=late)), len(judged(talk)))
    assert (0, 1) == (len(judged(supper, household=late)), len(judged(supper)))
    assert [] == judged(at("Wed 20:00-21:00", needs=Needs.ASLEEP), household=late)


def test_a_baby_without_a_bedtime_is_never_counted_on_to_sleep():
    baby = living(no_bedtime=True)
    hers, his = (at("Thu 20:00-21:00", kind=Kind.ALONE, **who) for who in (HERS, HIS))

    assert [] == judged(hers, his)
    assert 2 == len(judged(hers, his, household=baby))
    assert [] == judged(hers, household=baby)


@pytest.mark.parametrize(("when", "faults"), [("Thu 20:00-21:00", 0), ("Thu 13:00-14:00", 1)])
def test_in_the_evening_a_baby_may_sleep(when, faults):
    talk = at(when, needs=Needs.ASLEEP)

    assert faults == len(judged(talk, household=living(no_bedtime=True)))


@pytest.mark.parametrize("kind", [Kind.TOGETHER, Kind.ALONE])
@pytest.mark.parametrize("when", ["Thu 16:00-17:00", "Thu 20:00-21:00"], ids=["awake", "asleep"])
def test_who_leaves_the_house_leaves_it_whatever_the_kind_of_time(kind, when):
    run = at(when, kind=kind, leaves=True, **HERS)

    assert [] == judged(run)
    assert 1 == len(judged(run, his_busy=when))
    assert 2 == len(judged(at(when, kind=kind, leaves=True)))
    assert [] == judged(at(when, kind=kind, leaves=True), household=a_household(children=False))


@pytest.mark.parametrize(("leaves", "legal"), [(True, False), (False, True)])
def test_a_small_moment_may_leave_the_house_too(leaves, legal):
    small = at("Thu 20:00-20:10", size=Size.SMALL, leaves=leaves, **HERS)

    assert legal is not bool(judged(small, his_busy="Thu 19:00-21:00"))


def test_the_children_may_come_along_out_of_the_house():
    outing = at("Thu 16:00-17:00", needs=Needs.CHILDREN, leaves=True)

    assert [] == judged(outing)


@pytest.mark.parametrize(
    ("when", "partner", "legal"),
    [
        ("Fri 23:00-00:30", None, True),
        ("Fri 23:00-00:35", None, False),
        ("Thu 22:00-23:00", None, False),
        ("Thu 22:00-23:00", TWO, True),
    ],
)
def test_hours_differ_by_day_and_by_partner(when, partner, legal):
    days = (DayHours.read("Fri,Sat sleep 00:30"), DayHours.read("Thu sleep 23:30", TWO))
    talk = at(when, partner=partner, window="daily bedtime-sleep; Fri bedtime-02:00")

    assert legal is not bool(judged(talk, household=living(days=days)))


# -- One answer for each -------------------------------------------------------------------


def answered(*placed, unplaced=(), wanted):
    placement = Placement(placed, tuple(Unplaced(w, "No room.", ()) for w in unplaced), True, 0)
    return faults(placement, wanted, Surroundings(LONG_AGO), a_household(), WEEK)


def test_each_wanted_ritual_has_one_answer():
    slot = at("Thu 20:00-21:00")
    want, other = slot.wanted, Request(a_ritual("walk"), None, 1, 1)

    assert [] == answered(slot, unplaced=[other], wanted=[want, other])
    assert ["Walk 1 of both has no answer."] == answered(slot, wanted=[want, other])
    assert ["Late talk 1 of both has more answers than it was asked for."] == answered(
        slot, unplaced=[want], wanted=[want]
    )
    assert ["Walk 1 of both has more answers than it was asked for."] == answered(
        slot, unplaced=[other], wanted=[want]
    )


def test_what_is_extra_may_go_without_an_answer():
    extra = Request(a_ritual("walk"), None, 1, 1, extra=True)

    assert [] == answered(wanted=[extra])
    assert [] == answered(unplaced=[extra], wanted=[extra])
    assert 1 == len(answered(unplaced=[extra, extra], wanted=[extra]))


def test_a_fault_names_whose_it_is():
    talk, walk = at("Thu 20:00-21:00"), at("Thu 20:45-22:00", "walk")
    found = broken(
        Placement((talk, walk), (), True, 0),
        [talk.wanted, walk.wanted],
        Surroundings(LONG_AGO),
        a_household(),
        WEEK,
    )

    assert [(talk, walk)] == [fault.of for fault in found]
