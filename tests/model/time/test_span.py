from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rituals.model.time.span import Span, Spans
from tests.support.notation import BERLIN, a_span, an_instant, spans

BEGINNING = datetime(2026, 3, 28, 22, tzinfo=UTC)  # the evening before summer time
MINUTES = range(61)  # few, so that spans often touch


def minute(number):
    return BEGINNING + timedelta(minutes=number)


some_span = (
    st.lists(st.sampled_from(MINUTES), min_size=2, max_size=2, unique=True)
    .map(sorted)
    .map(lambda ends: Span(*map(minute, ends)))
)
some_spans = st.lists(some_span, max_size=6).map(Spans)


def instants(some):
    """The minutes that begin within spans: what the algebra is measured against."""
    return {n for n in MINUTES if any(span.start <= minute(n) < span.end for span in some)}


@given(some_spans, some_spans)
def test_joining_holds_what_either_holds(a, b):
    assert instants(a) | instants(b) == instants(a | b)


@given(some_spans, some_spans)
def test_intersecting_holds_what_both_hold(a, b):
    assert instants(a) & instants(b) == instants(a & b)


@given(some_spans, some_spans)
def test_taking_away_leaves_what_the_other_does_not_hold(a, b):
    assert instants(a) - instants(b) == instants(a - b)


@given(some_spans, some_spans)
def test_what_is_taken_away_and_what_is_shared_make_up_the_whole(a, b):
    assert a.length == (a - b).length + (a & b).length
    assert a == (a - b) | (a & b)


@given(some_spans, some_spans)
def test_lengths_add_up_but_for_what_is_shared(a, b):
    assert a.length + b.length == (a | b).length + (a & b).length


@given(some_spans)
def test_length_is_the_minutes_within(a):
    assert timedelta(minutes=len(instants(a))) == a.length


@given(some_spans, some_spans)
def test_order_does_not_matter(a, b):
    assert a | b == b | a
    assert a & b == b & a


@given(some_spans)
def test_doing_it_twice_changes_nothing(a):
    assert a == a | a
    assert a == a & a
    assert a == Spans(a)
    assert Spans() == a - a


@given(some_spans)
def test_nothing_joined_shared_or_taken_away(a):
    assert a == a | Spans()
    assert Spans() == a & Spans()
    assert a == a - Spans()
    assert Spans() == Spans() - a


@given(some_spans, some_spans)
def test_results_lie_in_order_and_neither_touch_nor_overlap(a, b):
    for some in (a | b, a & b, a - b):
        listed = list(some)

        assert all(earlier.end < later.start for earlier, later in pairwise(listed))


@given(some_spans, some_spans)
def test_equal_instants_are_equal_spans(a, b):
    assert (instants(a) == instants(b)) == (a == b)
    assert a != b or hash(a) == hash(b)


@given(some_span, some_span)
def test_spans_overlap_where_they_share_an_instant(a, b):
    assert bool(Spans([a]) & Spans([b])) == a.overlaps(b)
    assert a.overlaps(b) == b.overlaps(a)


def test_an_end_is_not_within():
    assert not a_span("Mon 18:00-20:00").overlaps(a_span("Mon 20:00-21:00"))
    assert a_span("Mon 18:00-20:00").overlaps(a_span("Mon 19:59-21:00"))


def test_spans_that_touch_become_one():
    assert [a_span("Mon 18:00-21:00")] == list(spans("Mon 18:00-20:00, Mon 20:00-21:00"))


def test_a_hole_makes_two():
    assert spans("Mon 18:00-19:00, Mon 20:00-21:00") == spans("Mon 18:00-21:00") - spans(
        "Mon 19:00-20:00"
    )


def test_nothing_is_false_and_lasts_no_time():
    assert not Spans()
    assert timedelta() == Spans().length
    assert [] == list(Spans())


def test_something_is_true():
    assert spans("Mon 18:00-20:00")


def test_spans_are_no_list():
    assert spans("Mon 18:00-20:00") != [a_span("Mon 18:00-20:00")]


def test_a_span_lasts_the_time_that_passes():
    assert timedelta(hours=2) == a_span("Mon 18:00-20:00").length


@pytest.mark.parametrize(
    "zone", [None, ZoneInfo(BERLIN), timezone(timedelta(hours=1))], ids=["naive", "Berlin", "+1"]
)
def test_only_utc_comes_through_the_door(zone):
    start = datetime(2026, 11, 23, 18, tzinfo=zone)
    inside = an_instant("Mon 18:00"), an_instant("Mon 20:00")

    with pytest.raises(ValueError, match="in UTC"):
        Span(start, start + timedelta(hours=1))
    with pytest.raises(ValueError, match="in UTC"):
        Span(inside[0], start)
    with pytest.raises(ValueError, match="in UTC"):
        Span(start, inside[1])


@pytest.mark.parametrize("end", ["Mon 18:00", "Mon 17:59"])
def test_a_span_ends_after_it_starts(end):
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(an_instant("Mon 18:00"), an_instant(end))
