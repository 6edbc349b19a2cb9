"""A week's facts, told twice: by the algebra of spans, and minute by minute."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rituals.model import local_time
from rituals.model.difference import OF_A_PARTNER, WITH_HOURS, Difference, What
from rituals.model.household import ONE, TWO
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.week import Week
from rituals.model.usual import DayHours, Elsewhere, Holidays, Usual
from rituals.model.week_facts import week_facts
from tests.support.life_by_minute import Life, minutes_of
from tests.support.notation import AUTUMN, SPRING, WEEK, a_household, hours_of

TOLD = datetime(2026, 1, 4, 20, tzinfo=UTC)
CHRISTMAS = Week(2026, 53)
SHIFTS = ("Mon-Fri 09:00-17:00", "Mon,Thu 22:00-06:30", "Sat,Sun 14:00-23:00", "")
SCHOOLS = ("Mon-Fri 08:00-15:30", "")
HOURS_OF_DAYS = (
    DayHours.read("Fri,Sat sleep 00:30 bedtime 21:00"),
    DayHours.read("Sat,Sun wake 09:30"),
    DayHours.read("daily wake 08:00 sleep 01:00", TWO),
    DayHours.read("Sun,Mon sleep 21:30", ONE),
)
weeks = st.sampled_from([WEEK, SPRING, AUTUMN, CHRISTMAS])
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 50]))
some_hours = st.builds(
    hours_of,
    st.sampled_from(SHIFTS),
    st.sampled_from(SHIFTS),
    st.sampled_from(SCHOOLS),
    wake=st.sampled_from(["05:30", "07:00"]),
    sleep=st.sampled_from(["21:45", "00:30"]),
    bedtime=st.sampled_from(["19:30", "22:30"]),
)


@st.composite
def turns(draw, longest=36):
    """A stretch of some hours, every one to eight weeks, on one or several days."""
    start = datetime(2026, 3, 2) + timedelta(days=draw(st.integers(0, 400)))  # noqa: DTZ001
    start = datetime.combine(start.date(), draw(clocks))
    end = start + timedelta(minutes=15 * draw(st.integers(1, 4 * longest)))
    days = draw(st.sets(st.integers(0, 6), max_size=3))
    return Recurrence(start, end, draw(st.integers(1, 8)), tuple(sorted(days)))


def some_turns(longest=36):
    return st.lists(turns(longest), max_size=2).map(tuple)


by_partner = st.fixed_dictionaries({ONE: some_turns(12), TWO: some_turns(12)})
some_usual = st.builds(
    Usual,
    work=by_partner,
    asleep=by_partner,
    days=st.lists(st.sampled_from(HOURS_OF_DAYS), max_size=3).map(tuple),
    school=some_turns(8),
    elsewhere=st.lists(st.builds(Elsewhere, turns(24 * 14)), max_size=2).map(tuple),
    sitter=some_turns(6),
    holidays=st.sampled_from(
        [Holidays(), Holidays("DE-BY", (ONE,)), Holidays("US", (ONE, TWO), no_school=False)]
    ),
    no_bedtime=st.booleans(),
)


@st.composite
def differences(draw, week):
    """Up to five things that are different, told one after another."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        what = draw(st.sampled_from(What))
        first = week.monday + timedelta(days=draw(st.integers(-4, 8)))
        last = first + timedelta(days=draw(st.integers(0, 4)))
        hour = clocks if what in WITH_HOURS or what is What.BEDTIME else st.none() | clocks
        start, end = draw(hour), draw(hour)
        if last == first and start and end and end <= start:
            last += timedelta(days=1)
        partner = draw(st.sampled_from([ONE, TWO])) if what in OF_A_PARTNER else ""
        told = TOLD + timedelta(hours=number)
        nights = what in (What.AWAY, What.CHILDREN_AWAY) and draw(st.booleans())
        found.append(
            Difference(str(number), what, first, last, told, partner, start, end, nights)
        )  # fmt: skip
    return tuple(found)


@st.composite
def a_week(draw):
    week = draw(weeks)
    household = a_household(
        draw(st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe"])),
        week_starts=draw(st.sampled_from(local_time.WEEK_STARTS)),
        hours=draw(some_hours),
    )
    return week, replace(household, usual=draw(some_usual), differences=draw(differences(week)))


@given(a_week())
def test_both_accounts_of_a_week_are_the_same(case):
    week, household = case
    facts, life = week_facts(week, household), Life(household, week)
    shown = minutes_of([local_time.week_span(week, household)])

    for key in (ONE, TWO):
        assert life.work[key] & shown == minutes_of(facts.work[key]) & shown
        assert life.away[key] & shown == minutes_of(facts.away[key]) & shown
        assert life.day_sleep[key] & shown == minutes_of(facts.asleep_by_day[key]) & shown
        asleep = life.nights[key] | life.day_sleep[key]
        assert asleep & shown == minutes_of(facts.asleep[key]) & shown
    home = life.at_home & shown
    assert home & life.bed == minutes_of(facts.children.asleep) & shown
    assert home - life.bed == minutes_of(facts.children.awake) & shown
    assert life.sitter & shown == minutes_of(facts.sitter) & shown
    assert life.somebodys & shown == minutes_of(facts.covered) & shown
