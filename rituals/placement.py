"""A slot for each ritual, or the reason why there is none: the first that fits.

Long rituals choose first. A slot lies in the ritual's windows, after `since`, outside the work of
everybody who takes part, where the ritual's needs hold and nobody is somewhere else. A small
ritual may lie within work: a text is written between two meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import product

from rituals import weeks
from rituals.model import (
    ONE,
    TWO,
    Household,
    Kind,
    Needs,
    Occurrence,
    Ritual,
    Size,
    Week,
    Window,
)
from rituals.spans import Span, Spans

QUARTER = timedelta(minutes=15)
AWAY = {Kind.ALONE, Kind.OUT}  # with children at home, not both partners at once


@dataclass(frozen=True)
class Wanted:
    """A ritual that looks for its slot: for whom, and which of how many this week."""

    ritual: Ritual
    partner: str | None
    number: int
    times: int


@dataclass(frozen=True)
class Placed:
    """A ritual that has its slot."""

    wanted: Wanted
    span: Span


@dataclass(frozen=True)
class Unplaced:
    """A ritual without a slot and why, in one sentence."""

    wanted: Wanted
    reason: str


def place(
    wanted: Iterable[Wanted],
    standing: Iterable[Occurrence],
    household: Household,
    week: Week,
    since: datetime,
) -> tuple[Placed | Unplaced, ...]:
    """A slot or a reason for each wanted ritual, around the occurrences that already stand."""
    lying = [_Lying(o.ritual, o.kind, o.partner, o.size, Span(o.start, o.end)) for o in standing]
    results: list[Placed | Unplaced] = []
    for want in sorted(wanted, key=_choosing_order):
        span = _first_slot(want, lying, household, week, since)
        if span is None:
            results.append(Unplaced(want, _reason(want)))
        else:
            results.append(Placed(want, span))
            ritual = want.ritual
            lying.append(_Lying(ritual.id, ritual.kind, want.partner, ritual.size, span))
    return tuple(results)


def share_somebody(one: str | None, other: str | None) -> bool:
    """Whether two occurrences ask for the same person; None asks for both."""
    return one is None or other is None or one == other


@dataclass(frozen=True)
class _Lying:
    ritual: str | None
    kind: Kind
    partner: str | None
    size: Size
    span: Span


def _choosing_order(want: Wanted) -> tuple[bool, int, str, str, int]:
    ritual = want.ritual
    small = ritual.size is Size.SMALL
    return (small, -ritual.most_minutes, ritual.id, want.partner or "", want.number)


def _first_slot(
    want: Wanted, lying: Sequence[_Lying], household: Household, week: Week, since: datetime
) -> Span | None:
    for day, length in _tries(want, lying, household, week):
        for span in _free(want, lying, household, week, day):
            start = _next_quarter(max(span.start, since))
            if start + length <= span.end:
                return Span(start, start + length)
    return None


def _lengths(ritual: Ritual) -> tuple[timedelta, ...]:
    """A comfortable length first, then the least."""
    least, most = ritual.least_minutes, ritual.most_minutes
    comfortable = least + (most - least) // 2 // 15 * 15
    return tuple(timedelta(minutes=m) for m in dict.fromkeys((comfortable, least)))


def _tries(
    want: Wanted, lying: Sequence[_Lying], household: Household, week: Week
) -> list[tuple[date, timedelta]]:
    """Days without this ritual first, in comfort, spread evenly, then where least lies."""
    days = weeks.days(week, household)
    ideal = (want.number - 0.5) * len(days) / want.times - 0.5

    def order(of: tuple[date, timedelta]) -> tuple[int, timedelta, float, int, timedelta, date]:
        day, length = of
        there = [x for x in lying if weeks.local_day(x.span.start, household) == day]
        again = sum(x.ritual == want.ritual.id and x.partner == want.partner for x in there)
        evenings = sum(x.size is Size.EVENING for x in there)
        taken = sum((x.span.length for x in there), timedelta())
        off = abs(days.index(day) - ideal) if want.times > 1 else 0
        return (again, -length, off, evenings, taken, day)

    return sorted(product(days, _lengths(want.ritual)), key=order)


def _free(
    want: Wanted, lying: Sequence[_Lying], household: Household, week: Week, day: date
) -> Spans:
    ritual = want.ritual
    free = weeks.day_spans(ritual.windows, day, household)
    free -= Spans(x.span for x in lying if _in_the_way(x, want, household))
    if ritual.size is not Size.SMALL:
        free -= _at_work(want.partner, household, day)
    if household.children and ritual.needs is Needs.ASLEEP:
        free &= weeks.asleep(week, household)
    with_children = ritual.kind is Kind.SOLO or ritual.needs is Needs.CHILDREN
    if household.children and with_children:
        free -= weeks.asleep(week, household)
        free -= _near(day, household.hours.children_away, household)
    return free


def _in_the_way(lying: _Lying, want: Wanted, household: Household) -> bool:
    if share_somebody(lying.partner, want.partner):
        return True
    both = {lying.kind, want.ritual.kind}
    return household.children and (both == {Kind.SOLO} or both <= AWAY)


def _at_work(partner: str | None, household: Household, day: date) -> Spans:
    at_work = Spans()
    for key in (partner,) if partner else (ONE, TWO):
        at_work |= _near(day, household.hours.work.get(key, ()), household)
    return at_work


def _near(day: date, windows: Iterable[Window], household: Household) -> Spans:
    """Where windows lie that may touch what begins on a day: a night shift may, from before it."""
    near = (day - weeks.ONE_DAY, day, day + weeks.ONE_DAY)
    return Spans(span for one in near for span in weeks.day_spans(windows, one, household))


def _next_quarter(instant: datetime) -> datetime:
    since_midnight = instant - datetime(instant.year, instant.month, instant.day, tzinfo=UTC)
    return instant + -since_midnight % QUARTER


def _reason(want: Wanted) -> str:
    shared = "shared " if want.partner is None else ""
    return f"No {shared}free {want.ritual.least_minutes} minutes in its hours this week."
