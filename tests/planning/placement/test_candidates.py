"""The bits of a scene against the algebra of spans: two ways to the same free hours."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model import childcare, local_time, week_facts
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Span, Spans
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.grid import SLOT, fits, slots
from rituals.planning.placement.request import Request, Surroundings
from tests.support.notation import (
    AUTUMN,
    BERLIN,
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


def a_space(*rituals, partner=None, household=None, week=WEEK, since=LONG_AGO, **around):
    asked = [Request(ritual, partner, 1, 1) for ritual in rituals]
    return search_space(asked, Surroundings(since, **around), household or a_household(), week)


def as_spans(space, bits):
    """The instants of the slots of one lane."""
    start, length = space.grid.origin, bits.bit_length()
    return Spans(
        Span(start + n * SLOT, start + (n + 1) * SLOT) for n in range(length) if bits >> n & 1
    )


def test_a_free_evening_is_free_slot_by_slot():
    space = a_space(a_ritual(window="Thu 19:30-22:00"), busy={ONE: spans("Thu 20:00-20:30")})

    assert spans("Thu 19:30-20:00, Thu 20:30-22:00") == as_spans(space, space.free(space.groups[0]))


def test_what_touches_a_slot_takes_it_and_a_window_gives_whole_slots_only():
    space = a_space(a_ritual(window="Thu 20:02-21:58"), busy={ONE: spans("Thu 20:33-20:34")})

    assert spans("Thu 20:05-20:30, Thu 20:35-21:55") == as_spans(space, space.free(space.groups[0]))


def test_a_slot_that_has_begun_is_over():
    space = a_space(a_ritual(window="Thu 20:00-22:00"), since=an_instant("Thu 20:31"))

    assert spans("Thu 20:35-22:00") == as_spans(space, space.windows(space.groups[0]))
    assert spans("Thu 20:00-22:00") == as_spans(space, space.windows(space.groups[0], past=True))


@pytest.mark.parametrize(("minutes", "count"), [(5, 1), (6, 2), (10, 2), (60, 12), (61, 13)])
def test_minutes_touch_so_many_slots(minutes, count):
    assert count == slots(minutes)


@given(st.integers(0, 2**40 - 1), st.integers(1, 12))
def test_fitting_starts_have_all_their_slots_free(free, length):
    own = [n for n in range(40) if all(free >> n + k & 1 for k in range(length))]

    assert own == [n for n in range(41) if fits(free, length) >> n & 1]


def starts(minutes, window, **more):
    space = a_space(a_ritual(window=window, minutes=minutes), **more)
    return [
        f"{space.span(c).start.astimezone(a_household().tz):%a %H:%M}" for c in space.candidates
    ]


def test_a_narrow_window_is_tried_at_every_quarter_and_a_wide_one_less_often():
    assert ["Thu 20:00", "Thu 20:15", "Thu 20:30"] == starts(60, "Thu 20:00-21:30")
    assert ["Thu 19:30", "Thu 20:00", "Thu 20:30"] == starts(30, "Thu 19:30-21:30")[:3]
    assert ["Thu 19:30", "Thu 20:00", "Thu 21:00"] == starts(30, "Thu 19:30-22:30")[:3]
    assert ["Thu 07:00", "Thu 08:00", "Thu 10:00"] == starts(60, "Thu 07:00-22:00")[:3]


def test_where_something_ends_a_place_begins():
    assert "Thu 14:45" in starts(60, "Thu 07:00-22:00", busy={ONE: spans("Thu 14:00-14:40")})


def test_a_close_look_tries_every_quarter_of_what_it_is_about():
    asked = [
        Request(a_ritual(key, window="Thu 07:00-22:00"), None, 1, 1) for key in ("tea", "walk")
    ]
    usual = search_space(asked, Surroundings(LONG_AGO), a_household(), WEEK)
    close = replace(usual, close={"tea/0"})

    assert {0: 8, 1: 8} == count(usual)
    assert {0: 57, 1: 15} == count(close)


def count(space):
    numbers = [c.group for c in space.candidates]
    return {number: numbers.count(number) for number in set(numbers)}


@pytest.mark.parametrize("zone", [BERLIN, "Asia/Kathmandu", "Australia/Lord_Howe"])
@pytest.mark.parametrize("week", [WEEK, SPRING, AUTUMN])
def test_a_candidate_is_the_span_of_its_slots_and_lies_on_its_day(zone, week):
    household = a_household(zone)
    space = a_space(a_ritual(), household=household, week=week, since=LONG_AGO - timedelta(400))
    days = local_time.days(week, household)

    assert space.candidates
    for candidate in space.candidates:
        span = space.span(candidate)

        assert timedelta(minutes=60) == span.length
        assert days[candidate.day] == local_time.local_day(span.start, household)
        assert candidate.start == space.grid.slot_of(span.start)


def clash(one, other):
    return bool(one.mask & other.mask)


@pytest.mark.parametrize(
    ("hers", "his", "when", "clashing"),
    [
        (Kind.ALONE, Kind.ALONE, "Thu 16:00", True),  # who has the children?
        (Kind.ALONE, Kind.OUT, "Thu 20:00", False),
        (Kind.OUT, Kind.OUT, "Thu 20:00", True),
        (Kind.SOLO, Kind.SOLO, "Thu 16:00", True),
        (Kind.SOLO, Kind.ALONE, "Thu 16:00", False),
    ],
)
def test_two_candidates_clash_exactly_if_they_cannot_both_be(hers, his, when, clashing):
    asked = [
        Request(a_ritual("hers", kind=hers), ONE, 1, 1),
        Request(a_ritual("his", kind=his), TWO, 1, 1),
    ]
    space = search_space(asked, Surroundings(LONG_AGO), a_household(), WEEK)
    at = space.grid.slot_of(an_instant(when))

    assert clashing is clash(space.at(0, at, 60), space.at(1, at, 60))
    assert not clash(space.at(0, at, 60), space.at(1, at + slots(60), 60))


def test_a_candidate_knows_how_long_the_other_has_the_children():
    space = a_space(a_ritual(kind=Kind.ALONE), partner=ONE)
    cover = [
        space.at(0, space.grid.slot_of(an_instant(when)), 60).cover
        for when in ("Thu 16:00", "Thu 19:00", "Thu 20:00")
    ]

    assert [12, 6, 0] == cover


# Any household, any calendars: what is free is what the spans say.

whole_slots = st.builds(
    lambda start, length: Span(
        a_span("Mon 00:00-00:05").start + start * SLOT,
        a_span("Mon 00:00-00:05").start + (start + length) * SLOT,
    ),
    st.integers(0, 2015),
    st.integers(1, 120),
)
some_spans = st.lists(whole_slots, max_size=5).map(Spans)
shifts = st.sampled_from(["", "Mon-Fri 09:00-17:00", "Wed,Sun 22:00-06:00", "Mon 00:00-08:00"])
windows = st.sampled_from(
    [
        "daily 19:30-22:30",
        "Mon-Fri wake-sleep",
        "Sun 20:00-02:00",
        "Sat,Sun 06:00-12:00; Thu 17:00-bedtime",
    ]
)
households = st.builds(
    a_household,
    children=st.booleans(),
    week_starts=st.sampled_from(local_time.WEEK_STARTS),
    hours=st.builds(
        hours_of,
        shifts,
        shifts,
        st.sampled_from(["", "Mon-Fri 08:00-15:00", "Fri 17:00-10:00"]),
        sleep=st.sampled_from(["22:30", "00:30"]),
    ),
)


@given(
    households,
    windows,
    st.tuples(some_spans, some_spans),
    some_spans,
    st.sampled_from([None, ONE, TWO]),
    st.tuples(st.sampled_from(Kind), st.sampled_from(Needs), st.sampled_from(Size)),
)
def test_what_is_free_is_what_the_spans_say(  # noqa: PLR0913 - all that a free hour hangs on
    household, window, calendars, sitter, partner, sort
):
    kind, needs, size = sort
    ritual = a_ritual(window=window, kind=kind, needs=needs, size=size)
    busy = dict(zip((ONE, TWO), calendars, strict=True))
    space = a_space(ritual, partner=partner, household=household, busy=busy, sitter=sitter)
    expected = free_hours(ritual, partner, household, busy, sitter)

    assert expected == as_spans(space, space.free(space.groups[0]))


def asleep(household):
    """The nights of both; nobody here sleeps by day."""
    return week_facts.week_facts(WEEK, household).asleep[ONE]


def free_hours(ritual, partner, household, busy, sitter):
    """Windows less sleep, calendars, work, and what the children ask for."""
    work = week_facts.week_facts(WEEK, household).work
    left = local_time.window_spans(ritual.windows, WEEK, household) - asleep(household)
    for key in (ONE, TWO) if partner is None else (partner,):
        left -= busy[key]
        left -= Spans() if ritual.size is Size.SMALL and not ritual.in_person else work[key]
    at_home = childcare.children(WEEK, household)
    if household.children and ritual.needs is Needs.ASLEEP:
        left &= at_home.asleep | week_facts.week_facts(WEEK, household).elsewhere
    if household.children and (ritual.kind is Kind.SOLO or ritual.needs is Needs.CHILDREN):
        left &= at_home.awake
    absent = childcare.absence(ritual)
    if ritual.needs is Needs.SITTER or not absent.awake:
        return left
    needed = (at_home.awake | at_home.asleep if absent.asleep else at_home.awake) - sitter
    if partner is None:
        return left - needed
    other = childcare.OTHER[partner]
    return left - (needed & (busy[other] | work[other]))


@given(whole_slots, st.sampled_from([None, ONE, TWO]), st.sampled_from(Kind))
def test_what_stands_takes_its_people(span, partner, kind):
    stands = an_occurrence(span, ritual="film", partner=partner, kind=kind)
    space = a_space(a_ritual(window="daily 00:00-00:00"), partner=ONE, standing=(stands,))
    hers = as_spans(space, space.free(space.groups[0]))
    household = a_household()
    open_ = Spans([local_time.week_span(WEEK, household)]) - asleep(household)

    assert hers == (open_ if partner == TWO else open_ - Spans([span]))
