"""A slot for each ritual, or the reason why there is none: the first that fits.

Long rituals choose first. A slot lies in the ritual's windows, after `since`, outside the work of
everybody who takes part, where the ritual's needs hold and nobody is somewhere else. A small
ritual may lie within work: a text is written between two meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from rituals import weeks
from rituals.model import ONE, TWO, Household, Kind, Needs, Occurrence, Ritual, Size, Week
from rituals.spans import Span, Spans

QUARTER = timedelta(minutes=15)


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
    lying = [_Lying(o.ritual, o.partner, o.size, Span(o.start, o.end)) for o in standing]
    results: list[Placed | Unplaced] = []
    for want in sorted(wanted, key=_choosing_order):
        span = _first_slot(want, lying, household, week, since)
        if span is None:
            results.append(Unplaced(want, _reason(want)))
        else:
            results.append(Placed(want, span))
            lying.append(_Lying(want.ritual.id, want.partner, want.ritual.size, span))
    return tuple(results)


def share_somebody(one: str | None, other: str | None) -> bool:
    """Whether two occurrences ask for the same person; None asks for both."""
    return one is None or other is None or one == other


@dataclass(frozen=True)
class _Lying:
    ritual: str | None
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
    for minutes in _lengths(want.ritual):
        for day in _days_to_try(want, lying, household, week):
            free = _free(want, lying, household, week, day)
            for span in free:
                start = _next_quarter(max(span.start, since))
                if start + minutes <= span.end:
                    return Span(start, start + minutes)
    return None


def _lengths(ritual: Ritual) -> tuple[timedelta, ...]:
    """A comfortable length first, then the least."""
    least, most = ritual.least_minutes, ritual.most_minutes
    comfortable = least + (most - least) // 2 // 15 * 15
    return tuple(timedelta(minutes=m) for m in dict.fromkeys((comfortable, least)))


def _days_to_try(
    want: Wanted, lying: Sequence[_Lying], household: Household, week: Week
) -> list[date]:
    """Days without this ritual first, then those whose evening is free, then an even spread."""
    days = weeks.days(week, household)
    ideal = (want.number - 0.5) * len(days) / want.times - 0.5

    def order(day: date) -> tuple[int, int, float, date]:
        there = [x for x in lying if weeks.local_day(x.span.start, household) == day]
        again = sum(x.ritual == want.ritual.id and x.partner == want.partner for x in there)
        evenings = sum(x.size is Size.EVENING for x in there)
        crowd = 0 if want.ritual.size is Size.SMALL else evenings
        return (again, crowd, abs(days.index(day) - ideal), day)

    return sorted(days, key=order)


def _free(
    want: Wanted, lying: Sequence[_Lying], household: Household, week: Week, day: date
) -> Spans:
    ritual = want.ritual
    free = weeks.day_spans(ritual.windows, day, household)
    free -= Spans(x.span for x in lying if share_somebody(x.partner, want.partner))
    if ritual.size is not Size.SMALL:
        free -= _at_work(want.partner, household, week)
    if household.children and ritual.needs is Needs.ASLEEP:
        free &= weeks.asleep(week, household)
    if household.children and ritual.kind is Kind.SOLO:
        free -= weeks.asleep(week, household)
        free -= weeks.window_spans(household.hours.children_away, week, household)
    return free


def _at_work(partner: str | None, household: Household, week: Week) -> Spans:
    at_work = Spans()
    for key in (partner,) if partner else (ONE, TWO):
        at_work |= weeks.window_spans(household.hours.work.get(key, ()), week, household)
    return at_work


def _next_quarter(instant: datetime) -> datetime:
    since_midnight = instant - datetime(instant.year, instant.month, instant.day, tzinfo=UTC)
    return instant + -since_midnight % QUARTER


def _reason(want: Wanted) -> str:
    shared = "shared " if want.partner is None else ""
    return f"No {shared}free {want.ritual.least_minutes} minutes in its hours this week."
