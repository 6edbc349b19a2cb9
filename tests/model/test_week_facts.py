"""What is true of a week: from what is usual, what is different, and the public holidays."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.usual import DayHours, Elsewhere, Holidays, Usual
from rituals.model.week_facts import differences_in, named_days, week_facts
from tests.support.notation import AUTUMN, SPRING, WEEK, a_household, a_span, hours_of, spans

TOLD = datetime(2026, 11, 1, tzinfo=UTC)
WORK = "Mon-Fri 09:00-17:00"
SCHOOL = "Mon-Fri 08:00-15:00"
HOURS = hours_of(WORK, WORK, SCHOOL, wake="06:30", bedtime="19:30", sleep="22:30")


def a_difference(what, first, last=None, partner="", told=TOLD, **more):
    """What is different: `a_difference(What.AWAY, "2026-11-24", "2026-11-26", TWO)`."""
    days = (date.fromisoformat(day) for day in (first, last or first))
    return Difference(f"{what} {first} {told}", what, *days, told, partner, **more)


def facts(*different, week=WEEK, hours=HOURS, children=True, week_starts=0, **usual):
    household = a_household(hours=hours, children=children, week_starts=week_starts)
    household = replace(household, usual=Usual(**usual), differences=different)
    return week_facts(week, household)


def recurring(text):
    return (Recurrence.read(text),)


def within(found, when, week=WEEK):
    return found & spans(when, week)


@pytest.mark.parametrize(("week", "length"), [(SPRING, 10), (WEEK, 11), (AUTUMN, 12)])
def test_the_night_of_the_clocks_is_an_hour_shorter_or_longer(week, length):
    found = facts(week=week).children.asleep

    assert timedelta(hours=length) == within(found, "Sat 18:00-12:00", week).length


def test_later_weekends_are_later_for_all_that_hangs_on_them():
    later = (
        DayHours.read("Fri,Sat bedtime 20:30 sleep 00:30"),
        DayHours.read("Sat,Sun wake 08:00"),
    )
    found = facts(days=later)

    assert spans("Fri 00:00-06:30, Sat 00:30-08:00") == within(
        found.asleep[ONE], "Fri 00:00-00:00, Sat 00:00-12:00"
    )
    assert spans("Fri 20:30-08:00") == within(found.children.asleep, "Fri 18:00-12:00")


def test_one_of_the_two_sleeps_at_other_hours():
    found = facts(days=(DayHours.read("daily wake 09:00 sleep 00:30", TWO),))

    assert spans("Wed 22:30-06:30") == within(found.asleep[ONE], "Wed 18:00-12:00")
    assert spans("Thu 00:30-09:00") == within(found.asleep[TWO], "Thu 00:00-12:00")


def test_after_a_night_shift_one_sleeps_by_day_in_that_week_of_the_turn_alone():
    nights = "2026-11-23T22:00/2026-11-24T06:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TU"
    sleep = "2026-11-24T08:00/2026-11-24T15:00 FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,WE"
    usual = {"work": {ONE: recurring(nights)}, "asleep": {ONE: recurring(sleep)}}
    hours = hours_of("", WORK, SCHOOL)

    assert spans("Mon 22:00-06:00, Tue 22:00-06:00") == facts(hours=hours, **usual).work[ONE]
    assert spans("Tue 08:00-15:00") == facts(hours=hours, **usual).asleep_by_day[ONE] & spans(
        "Tue 00:00-00:00"
    )
    assert Spans() == facts(week=WEEK + 1, hours=hours, **usual).asleep_by_day[ONE]
    assert facts(week=WEEK + 3, hours=hours, **usual).asleep_by_day[ONE]


@pytest.mark.parametrize(
    ("what", "more", "work", "away"),
    [
        (What.OFF, {}, "", ""),
        (What.HOME, {}, "", ""),
        (What.AWAY, {}, "", "Tue 06:30-22:30, Wed 06:30-22:30"),
        (What.AWAY, {"nights": True}, "", "Tue 06:30-22:30, Wed 06:30-22:30, Tue 22:30-06:30"),
        (
            What.WORK,
            {"start": time(14), "end": time(22)},
            "Tue 14:00-22:00, Wed 14:00-22:00",
            "",
        ),
    ],
)
def test_what_is_different_for_one_changes_their_days_alone(what, more, work, away):
    found = facts(a_difference(what, "2026-11-24", "2026-11-25", TWO, **more))
    days = "Tue 00:00-00:00, Wed 00:00-00:00"

    assert spans(work) == within(found.work[TWO], days)
    assert spans(away) == within(found.away[TWO], days)
    assert spans("Tue 09:00-17:00, Wed 09:00-17:00") == within(found.work[ONE], days)
    assert spans("Thu 09:00-17:00") == within(found.work[TWO], "Thu 00:00-00:00")


def test_who_is_away_until_an_hour_of_the_last_day_is_home_from_then_on():
    trip = a_difference(
        What.AWAY, "2026-11-24", "2026-11-26", ONE, start=time(7), end=time(18), nights=True
    )

    assert (
        Spans([a_span("Tue 07:00-00:00"), *spans("Wed 00:00-00:00, Thu 00:00-18:00")])
        == facts(trip).away[ONE]
    )


def test_without_school_the_children_are_home():
    found = facts(a_difference(What.NO_SCHOOL, "2026-11-25"))

    assert spans("Wed 06:30-19:30") == within(found.children.awake, "Wed 06:00-20:00")
    assert spans("Thu 06:30-08:00, Thu 15:00-19:30") == within(
        found.children.awake, "Thu 06:00-20:00"
    )


def test_children_at_their_grandparents_are_neither_awake_nor_asleep_at_home():
    weekend = a_difference(
        What.CHILDREN_AWAY, "2026-11-28", "2026-11-29", start=time(10), end=time(18), nights=True
    )
    found = facts(weekend)

    assert spans("Sat 06:30-10:00, Sun 18:00-19:30") == within(
        found.children.awake, "Sat 00:00-00:00, Sun 00:00-00:00"
    )
    assert spans("Sat 00:00-06:30, Sun 19:30-00:00") == within(
        found.children.asleep, "Sat 00:00-00:00, Sun 00:00-00:00"
    )


def test_children_away_by_day_sleep_at_home():
    found = facts(a_difference(What.CHILDREN_AWAY, "2026-11-28", "2026-11-29"))

    assert Spans() == within(found.children.awake, "Sat 00:00-00:00, Sun 00:00-00:00")
    assert spans("Sat 19:30-06:30") == within(found.children.asleep, "Sat 12:00-12:00")


@pytest.mark.parametrize(
    ("lines", "nights_home"),
    [
        (["2026-11-27T16:00/2026-11-30T08:00 FREQ=WEEKLY;INTERVAL=2"], "1111000 1111111"),
        (  # 2-2-3: two days here, two there, the weekend here; and the other way
            [
                "2026-11-25T08:00/2026-11-27T08:00 FREQ=WEEKLY;INTERVAL=2",
                "2026-11-30T08:00/2026-12-02T08:00 FREQ=WEEKLY;INTERVAL=2",
                "2026-12-04T08:00/2026-12-07T08:00 FREQ=WEEKLY;INTERVAL=2",
            ],
            "1100111 0011000",
        ),
        (["2026-11-27T16:00/2026-12-04T16:00 FREQ=WEEKLY;INTERVAL=2"], "1111000 0000111"),
    ],
    ids=["every second weekend", "2-2-3", "week on, week off"],
)
def test_nights_at_another_home_come_in_turns(lines, nights_home):
    elsewhere = tuple(Elsewhere(Recurrence.read(line)) for line in lines)
    nights = [
        bool(
            within(
                facts(week=week, elsewhere=elsewhere).children.asleep, f"{day} 23:00-23:30", week
            )
        )
        for week in (WEEK, WEEK + 1)
        for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    ]

    assert [n == "1" for n in nights_home.replace(" ", "")] == nights


def test_a_baby_is_never_counted_on_to_sleep():
    found = facts(no_bedtime=True)

    assert Spans() == found.children.asleep
    assert spans("Wed 00:00-08:00, Wed 15:00-00:00") == within(
        found.children.awake, "Wed 00:00-00:00"
    )


def test_another_bedtime_counts_for_its_day():
    found = facts(a_difference(What.BEDTIME, "2026-11-27", start=time(21)))

    assert spans("Fri 21:00-23:00") == within(found.children.asleep, "Fri 12:00-23:00")
    assert spans("Thu 19:30-23:00") == within(found.children.asleep, "Thu 12:00-23:00")


def test_a_bedtime_after_midnight_is_that_of_the_evening_before():
    found = facts(a_difference(What.BEDTIME, "2026-11-27", start=time(0, 30)))

    assert spans("Sat 00:30-06:30") == within(found.children.asleep, "Fri 12:00-12:00")
    assert spans("Fri 00:00-06:30") == within(found.children.asleep, "Fri 00:00-12:00")


def test_a_sitter_comes_every_second_friday_unless_she_cannot():
    usual = {"sitter": recurring("2026-11-27T19:00/2026-11-27T23:00 FREQ=WEEKLY;INTERVAL=2")}
    cancelled = a_difference(What.NO_SITTER, "2026-11-27")

    assert spans("Fri 19:00-23:00") == facts(**usual).sitter
    assert Spans() == facts(week=WEEK + 1, **usual).sitter
    assert Spans() == facts(cancelled, **usual).sitter


def test_a_sitter_who_was_found_stays_until_after_midnight():
    found = a_difference(What.SITTER, "2026-11-27", "2026-11-28", start=time(19), end=time(0, 30))

    assert spans("Fri 19:00-00:30") == facts(found).sitter


@pytest.mark.parametrize(
    ("holidays", "at_work", "at_home"),
    [
        (Holidays("DE", (ONE, TWO)), [], True),
        (Holidays("DE", (ONE,)), [TWO], True),
        (Holidays("DE", (ONE, TWO), no_school=False), [], False),
        (Holidays(), [ONE, TWO], False),
    ],
)
def test_a_public_holiday_means_what_was_told_of_it(holidays, at_work, at_home):
    christmas = Week(2026, 53)  # Friday is New Year's Day, in the year after
    found = facts(week=christmas, holidays=holidays)

    assert at_work == [p for p in (ONE, TWO) if within(found.work[p], "Fri 10:00-11:00", christmas)]
    assert at_home == bool(within(found.children.awake, "Fri 10:00-11:00", christmas))


def test_a_public_holiday_is_named():
    household = replace(a_household(), usual=Usual(holidays=Holidays("DE-BY")))

    assert {date(2027, 1, 1): "New Year's Day"} == named_days(Week(2026, 53), household)
    assert {} == named_days(WEEK, household)


def test_a_region_that_nobody_knows_has_no_holidays():
    assert spans("Fri 09:00-17:00", Week(2026, 53)) == within(
        facts(week=Week(2026, 53), holidays=Holidays("XX", (ONE,))).work[ONE],
        "Fri 00:00-00:00",
        Week(2026, 53),
    )


def test_where_two_contradict_each_other_the_later_one_holds():
    trip = a_difference(What.AWAY, "2026-11-24", "2026-11-26", TWO, nights=True)
    home = a_difference(What.HOME, "2026-11-25", partner=TWO, told=TOLD + timedelta(days=1))

    assert Spans() == within(facts(trip, home).away[TWO], "Wed 00:00-00:00")
    assert within(facts(trip, home).away[TWO], "Tue 12:00-13:00")
    assert spans("Wed 00:00-00:00") == within(
        facts(replace(trip, told=home.told + timedelta(days=1)), home).away[TWO], "Wed 00:00-00:00"
    )


@pytest.mark.parametrize(("leaves", "meets"), [(time(3), True), (time(6), False), (None, False)])
def test_a_night_shift_contradicts_what_begins_before_its_morning_ends(leaves, meets):
    shift = a_difference(
        What.WORK, "2026-11-24", partner=ONE, start=time(22), end=time(6), told=TOLD
    )
    trip = a_difference(What.AWAY, "2026-11-25", "2026-11-26", ONE, start=leaves, nights=True)
    later = TOLD + timedelta(days=1)

    assert meets is shift.contradicts(trip) is trip.contradicts(shift)
    assert meets is not (
        facts(replace(shift, told=later), trip) == facts(shift, replace(trip, told=later))
    )


def test_usual_work_of_both_is_covered_until_something_is_different():
    late = "Mon-Fri 08:00-12:00"  # the children come home while both work
    hours = hours_of(WORK, WORK, late)
    away = a_difference(What.AWAY, "2026-11-25", partner=ONE)
    off = a_difference(What.OFF, "2026-11-25", partner=ONE)
    no_school = a_difference(What.NO_SCHOOL, "2026-11-25")

    assert spans("Wed 12:00-17:00") == within(facts(hours=hours).covered, "Wed 00:00-00:00")
    assert spans("Wed 12:00-17:00") == within(facts(away, hours=hours).covered, "Wed 00:00-00:00")
    assert Spans() == within(facts(off, hours=hours).covered, "Wed 00:00-00:00")
    assert spans("Wed 12:00-17:00") == within(
        facts(no_school, hours=hours).covered, "Wed 00:00-00:00"
    )


def test_without_children_nobody_needs_a_sitter():
    usual = {"sitter": recurring("2026-11-27T19:00/2026-11-27T23:00 FREQ=WEEKLY")}
    found = facts(children=False, **usual)

    assert (Spans(), Spans(), Spans()) == (
        found.children.awake,
        found.children.asleep,
        found.sitter,
    )


def test_only_what_touches_the_week_is_different_in_it():
    before = a_difference(What.OFF, "2026-11-22", partner=ONE)
    asked = a_difference(What.NOTHING, "2026-11-24", partner=ONE)
    within_it = a_difference(What.OFF, "2026-11-20", "2026-11-23", ONE)
    household = replace(a_household(), differences=(before, asked, within_it))

    assert [within_it] == differences_in(WEEK, household)


days = st.integers(-3, 9).map(lambda n: WEEK.monday + timedelta(days=n))
hours = st.one_of(st.none(), st.integers(0, 23).map(time))


@st.composite
def told(draw):
    """Up to six differences, told at six instants."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        what = draw(st.sampled_from([w for w in What if w is not What.NOTHING]))
        first = draw(days)
        last = first + timedelta(days=draw(st.integers(0, 4)))
        start, end = draw(hours), draw(hours)
        if last == first and start and end and end <= start:
            end = None
        partner = draw(st.sampled_from([ONE, TWO])) if what.value in OF_ONE else ""
        found.append(
            Difference(
                str(number), what, first, last, TOLD + timedelta(hours=number), partner, start, end,
                nights=draw(st.booleans()),
            )
        )  # fmt: skip
    return found


OF_ONE = ("off", "away", "home", "work")


@given(told(), st.randoms(use_true_random=False))
def test_the_order_in_the_store_does_not_matter(different, chance):
    shuffled = list(different)
    chance.shuffle(shuffled)

    assert facts(*different) == facts(*shuffled)


@st.composite
def two_of_one(draw):
    """Two differences of the same partner, or of the children, that lie close to each other."""
    kinds = draw(st.sampled_from([OF_ONE, [w.value for w in CHILDRENS]]))
    found = []
    for number in range(2):
        what = What(draw(st.sampled_from(kinds)))
        first = WEEK.monday + timedelta(days=draw(st.integers(0, 2)))
        last = first + timedelta(days=draw(st.integers(0, 2)))
        start, end = draw(hours), draw(hours)
        if last == first and start and end and end <= start:
            end = None
        partner = ONE if what.value in OF_ONE else ""
        told_at = TOLD + timedelta(hours=number)
        nights = draw(st.booleans())
        found.append(
            Difference(str(number), what, first, last, told_at, partner, start, end, nights=nights)
        )
    return found


CHILDRENS = [w for w in What if w.value not in OF_ONE and w is not What.NOTHING]


@settings(max_examples=200)
@given(two_of_one())
def test_which_of_two_was_told_first_matters_only_where_they_contradict_each_other(both):
    one, other = both
    one_later = replace(one, told=other.told + timedelta(hours=1))

    assert one.contradicts(other) or facts(one, other) == facts(one_later, other)


@pytest.mark.parametrize("week_starts", [0, 5, 6])
@given(told())
def test_awake_asleep_and_elsewhere_never_overlap(week_starts, different):
    found = facts(*different, week_starts=week_starts)

    assert Spans() == found.children.awake & found.children.asleep
    assert Spans() == (found.children.awake | found.children.asleep) & found.elsewhere
