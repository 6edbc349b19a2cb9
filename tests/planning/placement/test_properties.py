"""What holds of every placement, whatever the household and its week."""

from dataclasses import replace
from datetime import time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from rituals.model import local_time
from rituals.model.household import ONE, TWO, Kind
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window
from rituals.planning.placement.place import Placement, place
from rituals.planning.placement.request import Request, Surroundings
from tests.support.legality import faults
from tests.support.notation import (
    AUTUMN,
    BERLIN,
    SPRING,
    WEEK,
    a_household,
    a_ritual,
    an_occurrence,
    hours_of,
)

NEW_YORK = "America/New_York"
FALL = Week(2026, 44)  # its Sunday, 1 November, has 25 hours in New York
ZONES = (BERLIN, NEW_YORK, "Australia/Lord_Howe", "Asia/Kathmandu")
WHOLE_WEEK = 7 * 24 * 60  # minutes

clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 50]))
some_days = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))
some_window = st.builds(
    Window,
    some_days,
    st.one_of(clocks, st.sampled_from(Anchor)),
    st.one_of(clocks, st.sampled_from(Anchor)),
)
sittings = st.one_of(st.just(-180), st.integers(-600, WHOLE_WEEK))  # minutes into the week
evenings = st.builds(Window, some_days, st.just(time(17)), st.just(Anchor.SLEEP))


def written(some):
    return "; ".join(map(str, some))


some_shifts = st.lists(some_window, max_size=2).map(written)
some_windows = st.lists(st.one_of(evenings, some_window), min_size=1, max_size=2).map(written)
some_partner = st.sampled_from([None, ONE, TWO])
some_hours = st.builds(
    hours_of,
    some_shifts,
    some_shifts,
    some_shifts,
    wake=st.sampled_from(["05:30", "06:30", "07:00"]),
    sleep=st.sampled_from(["21:45", "22:30", "00:00", "00:30", "02:00"]),
    bedtime=st.sampled_from(["19:00", "19:30", "20:45"]),
)
some_household = st.builds(
    a_household,
    st.sampled_from(ZONES),
    children=st.booleans(),
    week_starts=st.sampled_from(local_time.WEEK_STARTS),
    hours=some_hours,
)
some_week = st.sampled_from([WEEK, SPRING, AUTUMN, FALL])


@st.composite
def some_wanted(draw):
    """Up to five rituals, each for somebody and some times, now and then one more than chosen."""
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
        partner, times = draw(some_partner), draw(st.integers(1, 4))
        extra = draw(st.sampled_from([False, False, True]))
        asked += [
            Request(ritual, partner, n, times, extra=extra and n == times)
            for n in range(1, times + 1)
        ]
    return tuple(asked)


@st.composite
def some_span(draw, week, household, longest=300):
    """Some minutes anywhere in a week."""
    begins = local_time.week_span(week, household).start
    start = begins + timedelta(minutes=5 * draw(st.integers(0, WHOLE_WEEK // 5)))
    return Span(start, start + timedelta(minutes=draw(st.integers(1, longest))))


def some_spans(week, household, most=6):
    return st.lists(some_span(week, household), max_size=most).map(Spans)


@st.composite
def some_occurrences(draw, week, household, most=3):
    """Occurrences of the same rituals or of another, anywhere in a week, of either or both."""
    return tuple(
        an_occurrence(
            draw(some_span(week, household)),
            week=week,
            ritual=draw(st.sampled_from(["ritual-0", "ritual-1", "standing", None])),
            number=10 + number,
            partner=draw(some_partner),
            kind=draw(st.sampled_from(Kind)),
            size=draw(st.sampled_from(Size)),
            title="Standing",
        )
        for number in range(draw(st.integers(0, most)))
    )


@st.composite
def some_around(draw, week, household):
    """What stands, who is busy, who has the children, what is hoped, and what was."""
    begins = local_time.week_span(week, household).start
    return Surroundings(
        since=begins + timedelta(minutes=draw(sittings)),
        standing=draw(some_occurrences(week, household)),
        busy={key: draw(some_spans(week, household)) for key in (ONE, TWO)},
        sitter=draw(some_spans(week, household, most=2)),
        hopes={strand: draw(st.integers(0, 20)) * 30 for strand in household.strands()},
        past=draw(some_occurrences(week - 1, household, most=4)),
    )


@st.composite
def some_case(draw):
    """A household, its week, and what is wanted around what."""
    household, week = draw(some_household), draw(some_week)
    return draw(some_wanted()), draw(some_around(week, household)), household, week


def where(placement: Placement) -> dict[tuple[str, str | None, int], Span]:
    """Where each ritual of a placement lies."""
    return {key(placed.wanted): placed.span for placed in placement.placed}


def key(want: Request) -> tuple[str, str | None, int]:
    return want.ritual.id, want.partner, want.number


def lying(wanted, placement: Placement):
    """The same wanted, each where it was placed."""
    spans = where(placement)
    return tuple(replace(want, lay=spans.get(key(want))) for want in wanted)


@given(some_case())
def test_every_placement_is_legal(case):
    wanted, around, household, week = case

    assert [] == faults(place(*case), wanted, around, household, week)


@given(some_case())
def test_every_answer_has_its_reason(case):
    placement = place(*case)

    assert all(one.reason for one in (*placement.placed, *placement.unplaced))


@given(some_case())
def test_an_unchanged_week_stays_as_it_is(case):
    wanted, *rest = case
    placement = place(*case)

    assert where(placement) == where(place(lying(wanted, placement), *rest))


@given(some_case())
def test_the_same_week_has_the_same_plan(case):
    assert place(*case) == place(*case)


@given(some_case(), st.randoms(use_true_random=False))
def test_the_order_of_asking_does_not_matter(case, chance):
    wanted, around, household, week = case
    asked, standing, past = (
        tuple(chance.sample(some, len(some))) for some in (wanted, around.standing, around.past)
    )
    busy = dict(reversed(around.busy.items()))
    shuffled = replace(around, standing=standing, past=past, busy=busy)

    assert place(*case) == place(asked, shuffled, household, week)


@given(st.data(), some_case())
def test_what_is_fixed_stays_and_the_rest_gives_way(data, case):
    wanted, around, household, week = case
    placement = place(*case)
    assume(placement.placed)
    fixed = data.draw(st.sampled_from(placement.placed))
    want, span = fixed.wanted, fixed.span
    stands = an_occurrence(
        span,
        week=week,
        ritual=want.ritual.id,
        partner=want.partner,
        number=want.number,
        kind=want.ritual.kind,
        size=want.ritual.size,
        fixed=True,
    )
    others = tuple(w for w in lying(wanted, placement) if key(w) != key(want))
    beside = replace(around, standing=(*around.standing, stands))
    again = place(others, beside, household, week)

    assert key(want) not in where(again)
    assert [] == faults(again, others, beside, household, week)


@given(st.data(), some_case())
def test_a_new_appointment_leaves_a_legal_week(data, case):
    wanted, around, household, week = case
    partner = data.draw(st.sampled_from([ONE, TWO]))
    now = around.busy[partner] | Spans([data.draw(some_span(week, household))])
    changed = replace(around, busy={**around.busy, partner: now})
    asked = lying(wanted, place(*case))

    assert [] == faults(place(asked, changed, household, week), asked, changed, household, week)
