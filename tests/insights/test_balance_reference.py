"""The balance held to a slow reference that walks list by list and minute by minute.

The reference knows nothing of sets of spans, of windows or coverage: it asks, for every minute that
passes, what the clock on the wall says and who is where.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from math import isnan
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rituals.insights import balance
from rituals.model import local_time, totals
from rituals.model.household import ONE, TWO, Kind, Strand
from rituals.model.plan import Hope, Said, Season
from rituals.model.ritual import Size
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning import review as looking_back
from tests.support.notation import (
    AUTUMN,
    SPRING,
    WEEK,
    a_household,
    a_plan,
    an_occurrence,
    hours_of,
)

OTHER = {ONE: TWO, TWO: ONE}
A_MINUTE = timedelta(minutes=1)
PLACES = [
    ("Europe/Berlin", WEEK),
    ("Europe/Berlin", SPRING),
    ("Europe/Berlin", AUTUMN),
    ("Europe/Dublin", SPRING),  # its summer is the usual time, its winter the exception
    ("America/New_York", Week(2026, 10)),  # forward on 8 March
    ("America/New_York", Week(2026, 44)),  # back on 1 November
    ("America/Havana", Week(2026, 10)),  # forward at midnight: a day that begins at one
    ("Australia/Lord_Howe", Week(2026, 40)),  # forward by half an hour
    ("Australia/Lord_Howe", Week(2026, 14)),  # and back
    ("Asia/Kathmandu", Week(2026, 53)),  # a quarter of an hour beside the others
    ("Europe/Berlin", Week(2026, 53)),
    ("Europe/Berlin", Week(2027, 1)),
    ("Pacific/Auckland", Week(2027, 1)),
]
LENGTHS = {  # hours by how often the clocks are changed in such a week, and which way
    ("Europe/Berlin", WEEK): 168,
    ("Europe/Berlin", SPRING): 167,
    ("Europe/Berlin", AUTUMN): 169,
    ("Europe/Dublin", SPRING): 167,
    ("America/New_York", Week(2026, 10)): 167,
    ("America/New_York", Week(2026, 44)): 169,
    ("America/Havana", Week(2026, 10)): 167,
    ("Australia/Lord_Howe", Week(2026, 40)): 167.5,
    ("Australia/Lord_Howe", Week(2026, 14)): 168.5,
    ("Europe/Berlin", Week(2026, 53)): 168,
    ("Europe/Berlin", Week(2027, 1)): 168,
}
AWAY = "Mon-Fri 08:00-16:00"
NIGHT_SHIFT = "Mon,Thu 22:00-07:00; Sat 20:00-02:30"
HOURS = [
    hours_of(away=AWAY),
    hours_of(away=NIGHT_SHIFT, wake="05:45", bedtime="20:15", sleep="00:30"),
    hours_of(wake="07:00", bedtime="18:00"),
]


@st.composite
def a_week(draw):
    """A household and a plan of it in which anything may lie, over each other and past the week."""
    zone, week = draw(st.sampled_from(PLACES))
    household = a_household(
        zone,
        children=draw(st.booleans()),
        week_starts=draw(st.sampled_from([0, 0, 5, 6])),
        hours=draw(st.sampled_from(HOURS)),
    )
    lying = draw(st.lists(an_hour(household, week), max_size=9))
    occurrences = tuple(replace(o, id=str(n)) for n, o in enumerate(lying))
    season = draw(st.sampled_from([*Season, Season.USUAL, Season.USUAL]))
    hopes = draw(st.dictionaries(st.sampled_from(household.strands()), some_hopes(), max_size=7))
    plan = a_plan(*occurrences, week=week, season=season, hopes=hopes)
    for span in draw(st.lists(a_stretch(household, week), max_size=2)):
        plan = changes.with_sitter(plan, span)
    for occurrence in occurrences:
        plan = looking_back.answer(plan, occurrence.id, draw(st.sampled_from([None, *Said])))
    as_a_whole = st.dictionaries(
        st.sampled_from(household.strands()), st.integers(0, 1200), max_size=2
    )
    return household, replace(plan, lived=draw(st.just({}) | as_a_whole))


def some_hopes():
    by_hand = st.none() | st.integers(0, 1200)
    return st.builds(Hope, st.integers(0, 1200), by_hand)


@st.composite
def a_stretch(draw, household, week):
    """Some minutes in a week or at its edges."""
    first = week.monday - timedelta(days={0: 0, 5: 2, 6: 1}[household.week_starts])
    begins = datetime.combine(first, time(), household.tz).astimezone(UTC)
    start = begins + A_MINUTE * draw(st.integers(-600, 7 * 1440 + 200))
    return Span(start, start + A_MINUTE * draw(st.integers(1, 400)))


@st.composite
def an_hour(draw, household, week):
    strand = draw(st.sampled_from(household.strands()))
    return replace(
        an_occurrence(
            draw(a_stretch(household, week)), kind=strand.kind, partner=strand.partner, week=week
        ),
        size=draw(st.sampled_from([*Size, Size.USUAL, Size.USUAL])),
        let_go=draw(st.sampled_from([False, False, False, True])),
        chosen=draw(st.sampled_from([True, True, True, False])),
        spontaneous=draw(st.sampled_from([False, False, False, True])),
    )


# -- the slow reference


def minutes_of(span):
    found, at = [], span.start
    while at < span.end:
        found.append(at)
        at += A_MINUTE
    return found


def is_awake_at_home(instant, household):
    """What the clock on the wall says of the children in this minute."""
    if not household.children:
        return False
    local = instant.astimezone(ZoneInfo(household.zone))
    hours = household.hours
    awake = hours.wake <= local.time() < hours.bedtime
    away = any(is_within(window, local) for window in hours.children_away)
    return awake and not away


def is_within(window, local):
    day, clock = local.weekday(), local.time()
    if window.start < window.end:
        return day in window.days and window.start <= clock < window.end
    late = day in window.days and clock >= window.start
    early = (day - 1) % 7 in window.days and clock < window.end
    return late or early


def is_in_the_plan(o, plan):
    if plan.season is Season.GRACE or o.let_go or o.spontaneous:
        return False
    return o.chosen


def handed(plan, partner, household):
    """By occurrence of the other, the minutes in which this partner has the children for it."""
    found = {}
    own = [
        o
        for o in plan.occurrences
        if o.kind is Kind.SOLO and o.partner == partner and is_in_the_plan(o, plan)
    ]
    for o in plan.occurrences:
        alone = o.kind in {Kind.ALONE, Kind.OUT} and o.size is not Size.SMALL
        away = alone or (o.leaves and o.kind is not Kind.SOLO)
        if o.partner != OTHER[partner] or not away or not is_in_the_plan(o, plan):
            continue
        for minute in minutes_of(Span(o.start, o.end)):
            covered = any(s.start <= minute < s.end for s in plan.sitter)
            counted = any(mine.start <= minute < mine.end for mine in own)
            if is_awake_at_home(minute, household) and not covered and not counted:
                found[o.id] = found.get(o.id, 0) + 1
    return found


def planned(plan, strand, household):
    total = 0
    for o in plan.occurrences:
        if o.kind is strand.kind and o.partner == strand.partner and is_in_the_plan(o, plan):
            total += len(minutes_of(Span(o.start, o.end)))
    if strand.kind is Kind.SOLO:
        total += sum(handed(plan, strand.partner, household).values())
    return total


def lived(plan, strand, household):
    """The lived minutes of a strand, and whether anybody can tell."""
    if plan.season is Season.GRACE:
        return None
    if strand in plan.lived:
        return plan.lived[strand]
    over = handed(plan, strand.partner, household) if strand.kind is Kind.SOLO else {}
    total, heard, unheard = 0.0, 0, 0
    for o in plan.occurrences:
        own = o.kind is strand.kind and o.partner == strand.partner
        was_there = o.said is not None or (o.chosen and not o.let_go)
        if (own and was_there) or o.id in over:
            heard, unheard = heard + (o.said is not None), unheard + (o.said is None)
        if own and o.said is not None:
            total += o.lived
        if o.id in over and o.said is not None:
            total += over[o.id] * o.lived / o.minutes
    if heard or unheard:
        return total if heard else None
    return 0 if is_all_told(plan) else None


def is_all_told(plan):
    """Whether something was planned, and all of it said; some of it one by one."""
    one_by_one = 0
    for o in plan.occurrences:
        if is_in_the_plan(o, plan):
            if o.said is None and Strand(o.kind, o.partner) not in plan.lived:
                return False
            one_by_one += o.said is not None
    return one_by_one > 0


def hoped(plan, strand):
    hope = plan.hopes[strand]
    if hope.by_hand is not None:
        return hope.by_hand
    part = {Season.CALM: 5, Season.USUAL: 4, Season.HARD: 2, Season.GRACE: 0}[plan.season]
    return min(range(0, 1201, 30), key=lambda step: (abs(step - hope.usual * part / 4), step % 60))


# -- what is held to it


@given(a_week())
def test_hoped_planned_and_lived_are_what_the_slow_walk_finds(drawn):
    household, plan = drawn
    for row in balance.rows({plan.week: plan}, [plan.week], household):
        strand = Strand(Kind(row.kind), row.partner or None)
        if plan.season is Season.GRACE:
            assert all(isnan(n) for n in (row.hoped, row.planned, row.lived))
            continue

        assert planned(plan, strand, household) == pytest.approx(row.planned * 60)
        assert (strand not in plan.hopes) == isnan(row.hoped)
        if strand in plan.hopes:
            assert hoped(plan, strand) == pytest.approx(row.hoped * 60)
        slow = lived(plan, strand, household)
        assert (slow is None) == isnan(row.lived)
        if slow is not None:
            assert slow == pytest.approx(row.lived * 60, abs=0.5 + 1e-9)


@given(a_week())
def test_time_handed_over_is_what_the_slow_walk_finds(drawn):
    household, plan = drawn
    for partner in (ONE, TWO):
        strand = Strand(Kind.SOLO, partner)

        assert handed(plan, partner, household) == totals.handed_over(plan, strand, household)


@given(a_week())
def test_what_bars_add_up_to_is_what_the_rows_hold(drawn):
    household, plan = drawn
    rows = balance.rows({plan.week: plan}, [plan.week], household)
    for kind in Kind:
        for state in ("planned", "hoped"):
            bars = [
                b
                for b in balance.stacked_bars(rows, plan.week)
                if (b.kind, b.state) == (kind, state)
            ]
            told = [getattr(r, state) for r in rows if r.kind == kind]
            known = sum(hours for hours in told if not isnan(hours))

            assert known == pytest.approx(sum(b.hours for b in bars))
            assert (known > 0) == len([b for b in bars if b.hours])


# -- a week is as long as it is


@pytest.mark.parametrize(("place", "hours"), LENGTHS.items())
def test_a_week_has_as_many_hours_as_the_clock_on_the_wall_ticks(place, hours):
    zone, week = place
    household = a_household(zone)
    at = datetime.combine(week.monday, time(), UTC) - timedelta(days=2)
    shown = set(local_time.days(week, household))
    ticked = sum(
        (at + A_MINUTE * n).astimezone(household.tz).date() in shown for n in range(11 * 1440)
    )

    assert hours * 60 == ticked
    assert timedelta(hours=hours) == local_time.week_span(week, household).length


@st.composite
def a_cut_week(draw):
    """A week whose two people are each somewhere in every minute that is not the rest."""
    zone, week = draw(st.sampled_from(list(LENGTHS)))
    household = a_household(zone)
    whole = local_time.week_span(week, household)
    long = int(whole.length / A_MINUTE)
    cuts = sorted(draw(st.sets(st.integers(1, long - 1), min_size=2, max_size=12)))
    edges = [whole.start, *(whole.start + A_MINUTE * cut for cut in cuts), whole.end]
    lying = []
    for number, (start, end) in enumerate(pairwise(edges)):
        strand = draw(st.sampled_from([None, *household.strands()]))
        if strand is not None:
            made = an_occurrence(
                Span(start, end), kind=strand.kind, partner=strand.partner, id=str(number)
            )
            lying.append(made)
    return household, a_plan(*lying, week=week)


@given(a_cut_week(), st.sampled_from([ONE, TWO]))
@settings(max_examples=25)  # each walks some ten thousand minutes
def test_the_strands_of_one_partner_and_the_rest_make_the_whole_week(drawn, partner):
    household, plan = drawn
    mine = [s for s in household.strands() if s.partner in (None, partner)]
    in_strands = sum(totals.planned(plan, strand, household) for strand in mine)
    whole = minutes_of(local_time.week_span(plan.week, household))
    rest = sum(1 for minute in whole if not is_busy(plan, minute, partner, household))

    assert LENGTHS[household.zone, plan.week] * 60 == in_strands + rest


def is_busy(plan, minute, partner, household):
    """Whether a partner is in something, or has the children while the other is away."""
    there = [o for o in plan.occurrences if o.start <= minute < o.end]
    if any(o.partner in (None, partner) for o in there):
        return True
    gone = any(o.kind in {Kind.ALONE, Kind.OUT} for o in there if o.partner == OTHER[partner])
    return gone and is_awake_at_home(minute, household)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles"])
def test_the_last_and_the_first_week_of_a_year_share_no_minute_and_leave_none_out(zone):
    household = a_household(zone)
    last, first = (local_time.week_span(w, household) for w in (Week(2026, 53), Week(2027, 1)))

    assert last.end == first.start
    assert Week(2027, 1) == Week(2026, 53) + 1
    nights = an_occurrence(
        Span(last.end - timedelta(hours=2), last.end + timedelta(hours=1)), week=Week(2026, 53)
    )
    told = balance.rows(
        {Week(2026, 53): a_plan(nights, week=Week(2026, 53))},
        [Week(2026, 53), Week(2027, 1)],
        household,
    )
    together = [row.planned for row in told if row.kind == Kind.TOGETHER]

    assert 3 == together[0]
    assert isnan(together[1])
