"""A day in the middle of an agreed week: what is on, tonight, who has the children, what comes.

A day goes on until the small hours of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from rituals.model import childcare, local_time
from rituals.model.household import BOTH, ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence, Plan, in_order, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.model.week_facts import WeekFacts, week_facts

EVENING = time(17)
SHORTEST = timedelta(minutes=15)  # of what is told of the children
SCHOOL, AWAY, SITTER = "school", "away", "sitter"  # who has the children, beside the two
COVERED, NOBODY = "covered", "nobody"  # as every week, whoever it is; and nobody yet


class Care(NamedTuple):
    """The one who has the children in a span: a partner, BOTH, or one of the words above."""

    span: Span
    who: str


class Evening(NamedTuple):
    """An evening: its one long thing if there is one, a sitter, and who is away from it."""

    on: Occurrence | None
    sitter: Span | None
    away: Mapping[str, datetime | None]  # by partner on a trip, when it ends; None: not tonight


class DayAhead(NamedTuple):
    """A later day of the week and what lies on it."""

    day: date
    on: tuple[Occurrence, ...]
    sitter: Span | None


def opens_on_today(plan: Plan, today: date, household: Household) -> bool:
    """True from the first day of an agreed week to the one before its last.

    The last one belongs to the sitting about the next week.
    """
    days = local_time.days(plan.week, household)
    return days[0] <= today < days[-1] and any(o.agreed for o in standing(plan))


def on(plan: Plan, day: date, household: Household) -> tuple[Occurrence, ...]:
    """All that stands in the plan on a day, in the order of time."""
    return _within(plan, day_span(day, household))


def day_span(day: date, household: Household) -> Span:
    """A day, from the small hours to the small hours."""
    return _span(day, local_time.SMALL_HOURS, household)


def evening(plan: Plan, day: date, household: Household) -> Evening:
    """The evening of a day; of several long things the longest."""
    span = _span(day, EVENING, household)
    long = [o for o in _within(plan, span) if o.size is not Size.SMALL]
    trips = week_facts(plan.week, household).away
    away = {
        p: trip.end if trip.end < span.end else None
        for p in (ONE, TWO)
        for trip in trips[p]
        if trip.overlaps(span)
    }
    return Evening(
        max(long, key=lambda o: o.minutes, default=None), _sitter(plan, day, household), away
    )


def still_to_come(plan: Plan, today: date, household: Household) -> tuple[DayAhead, ...]:
    """The days of the week after this one that hold more than small moments, and what that is."""
    found = []
    for day in local_time.days(plan.week, household):
        long = tuple(o for o in on(plan, day, household) if o.size is not Size.SMALL)
        if day > today and long:
            found.append(DayAhead(day, long, _sitter(plan, day, household)))
    return tuple(found)


def children(
    plan: Plan, busy: Mapping[str, Spans], day: date, household: Household
) -> tuple[Care, ...]:
    """The children's day, by who has them, from getting up until they sleep or a sitter leaves.

    `busy` is by partner. Without children there is nothing to tell.
    """
    if not household.in_week(plan.week).children:
        return ()
    whole = Spans([day_span(day, household)])
    layers = _layers(plan, busy, week_facts(plan.week, household), household)
    return tuple(_one_after_another(layers, whole))


def _layers(
    plan: Plan, busy: Mapping[str, Spans], facts: WeekFacts, household: Household
) -> Iterator[tuple[str, Spans]]:
    """Spans by who has the children; what comes first counts."""
    lying, awake = standing(plan), facts.children.awake
    gone = {p: _gone(p, lying, busy, facts) for p in (ONE, TWO)}
    yield AWAY, facts.other_home
    yield SCHOOL, facts.elsewhere
    at_home = awake | facts.children.asleep
    yield SITTER, childcare.sitter(plan.sitter, plan.week, household) & at_home
    for partner in (ONE, TWO):
        own = (o for o in lying if o.kind is Kind.SOLO and o.partner == partner)
        yield partner, _spans(own) & awake
    yield BOTH, awake - gone[ONE] - gone[TWO]
    yield ONE, awake - gone[ONE]
    yield TWO, awake - gone[TWO]
    yield COVERED, awake & facts.covered
    yield NOBODY, awake


def _gone(
    partner: str, lying: Iterable[Occurrence], busy: Mapping[str, Spans], facts: WeekFacts
) -> Spans:
    """When a partner cannot be with the children while they are up."""
    own = (o for o in lying if o.partner in (None, partner) and childcare.absence(o).awake)
    return _spans(own) | busy.get(partner, Spans()) | facts.not_there(partner)


def _one_after_another(layers: Iterable[tuple[str, Spans]], whole: Spans) -> Iterator[Care]:
    """The layers as spans in a row; equal neighbours are one."""
    found, left = list[Care](), whole
    for who, spans in layers:
        found += (Care(span, who) for span in spans & left)
        left -= spans
    row: list[Care] = []
    for care in sorted(c for c in found if c.span.end - c.span.start >= SHORTEST):
        if row and row[-1].who == care.who and care.span.start - row[-1].span.end < SHORTEST:
            row[-1] = Care(Span(row[-1].span.start, care.span.end), care.who)
        else:
            row.append(care)
    yield from row


def _sitter(plan: Plan, day: date, household: Household) -> Span | None:
    there = childcare.sitter(plan.sitter, plan.week, household)
    spans = list(there & Spans([_span(day, EVENING, household)]))
    return spans[0] if spans else None


def _within(plan: Plan, span: Span) -> tuple[Occurrence, ...]:
    return in_order(o for o in standing(plan) if span.start <= o.start < span.end)


def _spans(occurrences: Iterable[Occurrence]) -> Spans:
    return Spans(Span(o.start, o.end) for o in occurrences)


def _span(day: date, begins: time, household: Household) -> Span:
    """From an hour of a day to the small hours of the next one."""
    next_day = day + local_time.ONE_DAY
    return Span(
        local_time.instant(day, begins, household),
        local_time.instant(next_day, local_time.SMALL_HOURS, household),
    )
