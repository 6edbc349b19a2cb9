from datetime import UTC, time, timedelta
from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals import weeks
from rituals.model import ONE, TWO, Anchor, Kind, Needs, Size, Window
from rituals.placement import Placed, Unplaced, Wanted, place, share_somebody
from rituals.spans import Span, Spans
from tests.notation import (
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

LONG_AGO = an_instant("Mon 00:00", WEEK + -52)
AWAY = (Kind.ALONE, Kind.OUT)
NOT_AT_ONCE = {*product(AWAY, AWAY), (Kind.SOLO, Kind.SOLO)}  # while there are children


def wanted(ritual, partner=None, times=1):
    return [Wanted(ritual, partner, number, times) for number in range(1, times + 1)]


def placed(some, *standing, household=None, week=WEEK, since=LONG_AGO):
    return place(some, standing, household or a_household(), week, since)


def found(results):
    """The spans of what was placed, in the order of time."""
    return sorted(r.span for r in results if isinstance(r, Placed))


def reasons(results):
    return [r.reason for r in results if isinstance(r, Unplaced)]


def test_nothing_wanted_gives_nothing():
    assert () == placed([])


def test_a_ritual_lies_inside_its_window():
    (slot,) = found(placed(wanted(a_ritual(window="Thu 20:00-21:00", minutes=60))))

    assert a_span("Thu 20:00-21:00") == slot


def test_a_ritual_may_lie_over_midnight():
    (slot,) = found(placed(wanted(a_ritual(window="Sun 23:00-02:00", minutes=180))))

    assert a_span("Sun 23:00-02:00") == slot


@pytest.mark.parametrize(("week", "minutes"), [(SPRING, 120), (AUTUMN, 240)])
def test_a_ritual_lasts_its_minutes_in_the_night_of_the_clocks(week, minutes):
    ritual = a_ritual(window="Sun 01:00-04:00", minutes=minutes)
    (slot,) = found(placed(wanted(ritual), week=week))

    assert a_span("Sun 01:00-04:00", week) == slot
    assert timedelta(minutes=minutes) == slot.length


@pytest.mark.parametrize(
    ("partner", "reason"),
    [
        (None, "No shared free 90 minutes in its hours this week."),
        (ONE, "No free 90 minutes in its hours this week."),
    ],
)
def test_a_ritual_without_a_slot_says_why_in_a_sentence(partner, reason):
    ritual = a_ritual(window="Thu 20:00-21:00", minutes=90)

    assert [reason] == reasons(placed(wanted(ritual, partner)))


def test_a_ritual_without_a_window_has_no_slot():
    assert 1 == len(reasons(placed(wanted(a_ritual(window="")))))


def test_each_wanted_ritual_gets_one_answer():
    some = wanted(a_ritual("send-off", window="Mon 07:00-08:00"), times=3)
    results = placed(some)

    assert [want.number for want in some] == sorted(r.wanted.number for r in results)
    assert (1, 2) == (len(found(results)), len(reasons(results)))


def test_nothing_lies_before_now():
    ritual = a_ritual(window="Mon,Thu 20:00-21:00", minutes=60)
    since = an_instant("Tue 12:00")

    assert [a_span("Thu 20:00-21:00")] == found(placed(wanted(ritual), since=since))


def test_a_window_that_has_begun_still_holds_its_rest():
    ritual = a_ritual(window="Thu 20:00-22:00", minutes=60)
    (slot,) = found(placed(wanted(ritual), since=an_instant("Thu 20:31")))

    assert slot.start >= an_instant("Thu 20:31")
    assert slot.end <= an_instant("Thu 22:00")


def test_a_week_that_is_over_has_no_room():
    results = placed(wanted(a_ritual()), since=an_instant("Mon 00:00", WEEK + 1))

    assert 1 == len(reasons(results))


@pytest.mark.parametrize("zone", [BERLIN, "Asia/Kathmandu", "Australia/Lord_Howe"])
def test_a_slot_begins_at_a_quarter(zone):
    ritual = a_ritual(window="Thu 20:05-22:00", minutes=50)
    (slot,) = found(placed(wanted(ritual), household=a_household(zone)))

    assert slot.start.astimezone(a_household(zone).tz).minute in {0, 15, 30, 45}


def test_the_least_minutes_are_enough():
    ritual = a_ritual(window="Thu 20:00-20:45", minutes=(45, 120))

    assert [a_span("Thu 20:00-20:45")] == found(placed(wanted(ritual)))


@pytest.mark.parametrize(
    ("standing", "partner"), [(None, None), (None, ONE), (ONE, None), (ONE, ONE), (TWO, TWO)]
)
def test_nobody_is_in_two_places(standing, partner):
    taken = an_occurrence("Thu 20:00-21:00", partner=standing)
    ritual = a_ritual("quiet-hour", window="Thu 20:00-21:30", minutes=60)

    assert 1 == len(reasons(placed(wanted(ritual, partner), taken)))


def test_what_ends_makes_room_for_what_begins():
    taken = an_occurrence("Thu 20:00-21:00")
    ritual = a_ritual("quiet-hour", window="Thu 20:00-22:00", minutes=60)

    assert [a_span("Thu 21:00-22:00")] == found(placed(wanted(ritual), taken))


def test_one_partner_s_time_does_not_take_the_other_s():
    household = a_household(children=False)
    taken = an_occurrence("Thu 20:00-21:00", partner=TWO, kind=Kind.ALONE)
    ritual = a_ritual("quiet-hour", window="Thu 20:00-21:00", kind=Kind.ALONE)

    assert [a_span("Thu 20:00-21:00")] == found(
        placed(wanted(ritual, ONE), taken, household=household)
    )


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (None, None, True),
        (None, ONE, True),
        (TWO, None, True),
        (ONE, ONE, True),
        (ONE, TWO, False),
    ],
)
def test_what_both_take_part_in_asks_for_either(one, other, shared):
    assert shared is share_somebody(one, other)


@pytest.mark.parametrize("partner", [None, ONE])
def test_nothing_lies_within_work(partner):
    household = a_household(hours=hours_of(work="Thu 09:00-17:00"))
    ritual = a_ritual(window="Thu 16:00-18:00", minutes=60)

    assert [a_span("Thu 17:00-18:00")] == found(
        placed(wanted(ritual, partner), household=household)
    )


def test_the_other_partner_s_work_leaves_one_free():
    household = a_household(hours=hours_of(his_work="Thu 09:00-17:00"), children=False)
    ritual = a_ritual(window="Thu 10:00-11:00", kind=Kind.ALONE)

    assert [a_span("Thu 10:00-11:00")] == found(placed(wanted(ritual, ONE), household=household))


def test_a_ritual_of_both_waits_until_both_are_free():
    hours = hours_of(work="Thu 09:00-12:00", his_work="Thu 12:00-17:00")
    ritual = a_ritual(window="Thu 09:00-18:00")

    assert [a_span("Thu 17:00-18:00")] == found(
        placed(wanted(ritual), household=a_household(hours=hours))
    )


def test_small_moments_may_lie_within_work():
    household = a_household(hours=hours_of(work="daily 08:00-18:00", his_work="daily 08:00-18:00"))
    ritual = a_ritual("unexpected-text", window="Thu 12:00-12:05", minutes=5, size=Size.SMALL)

    assert [a_span("Thu 12:00-12:05")] == found(placed(wanted(ritual, ONE), household=household))


def test_a_night_shift_that_began_before_the_week_is_work():
    household = a_household(hours=hours_of(work="Sun 22:00-07:00"))
    ritual = a_ritual(window="Mon 06:00-08:00", minutes=60)

    assert [a_span("Mon 07:00-08:00")] == found(placed(wanted(ritual), household=household))


def test_work_that_begins_after_the_week_is_work():
    household = a_household(hours=hours_of(work="Mon 00:00-08:00"))
    ritual = a_ritual(window="Sun 22:00-02:00", minutes=180)

    assert 1 == len(reasons(placed(wanted(ritual), household=household)))


@pytest.mark.parametrize(
    ("children", "slot"), [(True, "Thu 20:00-21:00"), (False, "Thu 19:00-20:00")]
)
def test_what_needs_sleeping_children_waits_for_bedtime(children, slot):
    household = a_household(hours=hours_of(bedtime="20:00"), children=children)
    ritual = a_ritual(window="Thu 19:00-21:00", minutes=60, needs=Needs.ASLEEP)

    assert [a_span(slot)] == found(placed(wanted(ritual), household=household))


def test_children_sleep_before_they_wake():
    household = a_household(hours=hours_of(wake="06:30"))
    ritual = a_ritual(window="Mon 06:00-07:30", minutes=30, needs=Needs.ASLEEP)

    assert [a_span("Mon 06:00-06:30")] == found(placed(wanted(ritual), household=household))


@pytest.mark.parametrize(
    ("kind", "needs"),
    [
        (Kind.SOLO, Needs.CHILDREN),
        (Kind.SOLO, Needs.NOTHING),
        (Kind.TOGETHER, Needs.CHILDREN),
    ],
)
@pytest.mark.parametrize(
    ("window", "slot"),
    [
        ("Thu 18:30-21:00", "Thu 18:30-19:30"),
        ("Thu 05:00-07:30", "Thu 06:30-07:30"),
        ("Thu 12:00-16:00", "Thu 15:00-16:00"),
    ],
)
def test_time_with_children_finds_them_awake_and_at_home(kind, needs, window, slot):
    hours = hours_of(bedtime="19:30", wake="06:30", away="Mon-Fri 08:00-15:00")
    ritual = a_ritual(window=window, minutes=60, kind=kind, needs=needs)
    partner = ONE if kind is Kind.SOLO else None

    assert [a_span(slot)] == found(
        placed(wanted(ritual, partner), household=a_household(hours=hours))
    )


@pytest.mark.parametrize("window", ["Thu 20:00-23:00", "Thu 09:00-14:00"])
def test_time_with_children_has_no_slot_while_they_sleep_or_are_away(window):
    hours = hours_of(bedtime="19:30", wake="06:30", away="Mon-Fri 08:00-15:00")
    ritual = a_ritual(window=window, minutes=60, kind=Kind.SOLO, needs=Needs.CHILDREN)

    assert 1 == len(reasons(placed(wanted(ritual, ONE), household=a_household(hours=hours))))


@given(st.integers(1, 7), st.sampled_from(weeks.WEEK_STARTS))
def test_repeats_lie_on_different_days(times, week_starts):
    household = a_household(week_starts=week_starts)
    results = placed(wanted(a_ritual(), times=times), household=household)
    days = {weeks.local_day(span.start, household) for span in found(results)}

    assert times == len(days)


def test_a_repeat_takes_another_day_even_if_it_is_shorter_there():
    ritual = a_ritual(window="Mon 18:00-23:00; Tue 20:00-20:45", minutes=(45, 120))
    first, second = found(placed(wanted(ritual, times=2)))

    assert ("Mon", "Tue") == (f"{first.start:%a}", f"{second.start:%a}")


def test_a_repeat_lies_on_another_day_than_the_one_that_stands():
    stands = an_occurrence("Thu 19:00-20:00", ritual="late-talk")
    ritual = a_ritual("late-talk", window="Wed,Thu 19:00-23:00")
    (slot,) = found(placed(wanted(ritual), stands))

    assert "Wed" == f"{slot.start:%a}"


@pytest.mark.parametrize(("hers", "his"), sorted(NOT_AT_ONCE))
def test_somebody_has_the_children_and_one_of_the_two_at_a_time(hers, his):
    taken = an_occurrence("Thu 16:00-17:00", partner=ONE, kind=hers)
    ritual = a_ritual("his-hour", window="Thu 16:00-18:00", kind=his)
    alone = a_ritual("his-hour", window="Thu 16:00-17:00", kind=his)

    assert [a_span("Thu 17:00-18:00")] == found(placed(wanted(ritual, TWO), taken))
    assert 1 == len(reasons(placed(wanted(alone, TWO), taken)))


@pytest.mark.parametrize(
    ("hers", "his"), [(Kind.ALONE, Kind.SOLO), (Kind.SOLO, Kind.OUT), (Kind.OUT, Kind.SOLO)]
)
def test_one_is_away_while_the_other_has_the_children(hers, his):
    taken = an_occurrence("Thu 16:00-17:00", partner=ONE, kind=hers)
    ritual = a_ritual("his-hour", window="Thu 16:00-17:00", kind=his)

    assert [a_span("Thu 16:00-17:00")] == found(placed(wanted(ritual, TWO), taken))


def test_without_children_both_may_be_away_at_once():
    taken = an_occurrence("Thu 16:00-17:00", partner=ONE, kind=Kind.OUT)
    ritual = a_ritual("his-hour", window="Thu 16:00-17:00", kind=Kind.ALONE)
    household = a_household(children=False)

    assert [a_span("Thu 16:00-17:00")] == found(
        placed(wanted(ritual, TWO), taken, household=household)
    )


def test_a_ritual_with_room_lasts_longer_than_the_least():
    (slot,) = found(placed(wanted(a_ritual(window="Thu 18:00-23:00", minutes=(45, 120)))))

    assert timedelta(minutes=45) < slot.length <= timedelta(minutes=120)


def test_a_ritual_with_one_possible_evening_gets_it_whoever_asks_first():
    short = a_ritual("a-cup-of-tea", window="Thu,Fri 20:00-23:00", minutes=60)
    long = a_ritual("film-night", window="Thu 20:00-23:00", minutes=180)

    assert [a_span("Thu 20:00-23:00"), a_span("Fri 20:00-21:00")] == found(
        placed([*wanted(short), *wanted(long)])
    )


def test_small_moments_wait_until_the_evenings_have_their_slots():
    small = a_ritual("a-kiss", window="Thu 20:00-23:05", minutes=(5, 300), size=Size.SMALL)
    long = a_ritual("film-night", window="Thu 20:00-23:00", minutes=180)

    assert [a_span("Thu 20:00-23:00"), a_span("Thu 23:00-23:05")] == found(
        placed([*wanted(small), *wanted(long)])
    )


def test_two_times_lie_some_days_apart():
    first, second = found(placed(wanted(a_ritual(), times=2)))

    assert second.start - first.start >= timedelta(days=2)


def test_two_evenings_out_lie_on_two_days():
    stands = an_occurrence("Mon 18:00-19:30", size=Size.EVENING)
    ritual = a_ritual("film-night", window="Mon,Tue 20:00-23:00", size=Size.EVENING)
    (slot,) = found(placed(wanted(ritual), stands))

    assert "Tue" == f"{slot.start:%a}"


def test_the_order_of_asking_does_not_matter():
    some = [
        *wanted(a_ritual("late-talk", window="Mon-Thu 20:00-22:30", minutes=(45, 120)), times=2),
        *wanted(a_ritual("quiet-hour", window="daily 19:00-22:00", minutes=60), ONE),
        *wanted(a_ritual("send-off", window="daily 06:30-09:00", minutes=5, size=Size.SMALL)),
    ]
    standing = [an_occurrence("Mon 20:00-21:00"), an_occurrence("Tue 19:00-21:00", partner=ONE)]
    answers = {
        (placed(asked, *stands))
        for asked in permutations(some)
        for stands in permutations(standing)
    }

    assert 1 == len(answers)


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30]))
some_window = st.builds(
    Window,
    st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    st.one_of(clocks, st.sampled_from(Anchor)),
    st.one_of(clocks, st.sampled_from(Anchor)),
)
some_windows = st.lists(some_window, max_size=2).map(lambda some: "; ".join(map(str, some)))
some_partner = st.sampled_from([None, ONE, TWO])
some_household = st.builds(
    a_household,
    st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    children=st.booleans(),
    week_starts=st.sampled_from(weeks.WEEK_STARTS),
    hours=st.builds(hours_of, some_windows, some_windows, some_windows),
)


@st.composite
def some_wanted(draw):
    """Up to five rituals, each for somebody and some times."""
    asked = []
    for number in range(draw(st.integers(1, 5))):
        least = draw(st.sampled_from([5, 30, 50, 60, 90, 180]))
        ritual = a_ritual(
            f"ritual-{number}",
            minutes=(least, least + draw(st.sampled_from([0, 20, 60]))),
            window=draw(some_windows),
            kind=draw(st.sampled_from(Kind)),
            needs=draw(st.sampled_from(Needs)),
            size=draw(st.sampled_from(Size)),
        )
        asked += wanted(ritual, draw(some_partner), draw(st.integers(1, 4)))
    return asked


@st.composite
def some_standing(draw, household, week):
    """Up to three occurrences anywhere in a week, of either or both."""
    begins = weeks.week_span(week, household).start
    standing = []
    for number in range(draw(st.integers(0, 3))):
        start = begins + timedelta(minutes=draw(st.integers(0, 7 * 24 * 60)))
        span = Span(start, start + timedelta(minutes=draw(st.integers(1, 300))))
        standing.append(
            an_occurrence(
                span,
                ritual="standing",
                number=number,
                partner=draw(some_partner),
                kind=draw(st.sampled_from(Kind)),
            )
        )
    return standing


@given(st.data(), some_household, st.sampled_from([WEEK, SPRING, AUTUMN]), some_wanted())
def test_nobody_is_in_two_places_and_everything_in_its_windows(data, household, week, asked):
    standing = data.draw(some_standing(household, week))
    begins = weeks.week_span(week, household).start
    since = begins + timedelta(minutes=data.draw(st.integers(-600, 7 * 24 * 60)))
    results = place(asked, standing, household, week, since)
    new = [r for r in results if isinstance(r, Placed)]
    lying = [(r.wanted.partner, r.wanted.ritual.kind, r.span) for r in new]
    there = [(o.partner, o.kind, Span(o.start, o.end)) for o in standing]

    assert sorted(asked, key=repr) == sorted((r.wanted for r in results), key=repr)
    for (one, kind, span), (other, another_kind, another) in [
        *combinations(lying, 2),
        *((mine, theirs) for mine in lying for theirs in there),
    ]:
        at_once = span.overlaps(another)

        assert not (at_once and share_somebody(one, other))
        assert not (at_once and household.children and (kind, another_kind) in NOT_AT_ONCE)
    for result in new:
        ritual, slot = result.wanted.ritual, Spans([result.span])
        least, most = ritual.least_minutes, ritual.most_minutes

        assert Spans() == slot - weeks.window_spans(ritual.windows, week, household)
        assert timedelta(minutes=least) <= slot.length <= timedelta(minutes=most)
        assert since <= result.span.start
        assert UTC is result.span.start.tzinfo
        assert ritual.size is Size.SMALL or not slot & at_work(result, week, household)
        assert with_children_as_needed(ritual, slot, week, household)


def at_work(result, week, household):
    """The work of all who take part, in this week and those around it."""
    partner = result.wanted.partner
    work = Spans()
    for key in (ONE, TWO) if partner is None else (partner,):
        work |= in_weeks_around(household.hours.work.get(key, ()), week, household)
    return work


def in_weeks_around(some, week, household):
    """Where windows lie in a week, the one before it and the one after it."""
    around = Spans()
    for near in (week + -1, week, week + 1):
        around |= weeks.window_spans(some, near, household)
    return around


def with_children_as_needed(ritual, slot, week, household):
    """Whether the children sleep, or are awake and at home, as a ritual needs it."""
    if not household.children:
        return True
    asleep = weeks.asleep(week, household)
    if ritual.needs is Needs.ASLEEP and slot - asleep:
        return False
    away = in_weeks_around(household.hours.children_away, week, household)
    about_children = ritual.kind is Kind.SOLO or ritual.needs is Needs.CHILDREN
    return not (about_children and slot & (asleep | away))


def test_the_check_above_sees_a_night_at_work():
    household = a_household(hours=hours_of(work="Sun 22:00-07:00"))
    result = Placed(wanted(a_ritual())[0], a_span("Mon 06:00-07:00"))

    assert spans("Mon 06:00-07:00") == Spans([result.span]) & at_work(result, WEEK, household)
