"""Habits: the weekdays and hours at which a ritual lay in the last weeks.

What a hand moved counts double, and a week fades to half in four. One week alone says nothing.
Weekdays and weekends have hours of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.time.week import Week
from rituals.planning.placement.grid import WEEKEND

HALF_LIFE = 4  # weeks
BY_HAND = 2.0  # of what lay there by itself
ENOUGH = 2  # weeks
MOST_OF_THEM = 0.6  # of the weeks in which it took place
HOUR = 60  # minutes


@dataclass(frozen=True)
class Habit:
    """The weekdays and hours that a ritual has come to have, each empty without one.

    `hours` are minutes of the day by weekday or, where that says nothing, by weekday or weekend;
    `by_hand` the weekdays that were chosen by hand, `let_go` those on which it is let go again
    and again.
    """

    weekdays: frozenset[int] = frozenset()
    by_hand: frozenset[int] = frozenset()
    let_go: frozenset[int] = frozenset()
    hours: Mapping[int, int] = field(default_factory=dict)  # by weekday
    last: Mapping[int, int] = field(default_factory=dict)  # by weekday, how many weeks ago


@dataclass(frozen=True)
class _Time:
    """One time that it took place: how many weeks ago, when, and what that counts."""

    weeks_ago: int
    weekday: int
    minute: int
    weight: float
    by_hand: bool
    let_go: bool


def habit(
    past: Iterable[Occurrence],
    week: Week,
    household: Household,
    *,
    times: int = 1,
    has_hour: bool = False,
) -> Habit:
    """The habit that the past occurrences of one ritual make; `times` a week it is wanted now.

    One that has its hour by itself gets another by hand only: a good night comes before sleep.
    """
    every = [_time(o, week, household) for o in past]
    took_place = [one for one in every if not one.let_go]
    let_go = _again_and_again([one for one in every if one.let_go])
    shown = [one for one in took_place if one.by_hand or not has_hour]
    hours = {day: at for day in range(7) if (at := _hour(shown, day)) is not None}
    last = {one.weekday: one.weeks_ago for one in sorted(took_place, key=lambda t: -t.weeks_ago)}
    weekdays = _weekdays(took_place) - let_go if times <= ENOUGH else frozenset()
    by_hand = frozenset(one.weekday for one in took_place if one.by_hand)
    return Habit(weekdays, weekdays & by_hand, let_go, hours, last)


def _time(o: Occurrence, week: Week, household: Household) -> _Time:
    day = local_time.local_day(o.start, household)
    at = household.clock(o.start)
    night = at.time() < local_time.SMALL_HOURS  # it belongs to the evening before
    counts = day - timedelta(days=night)
    ago = max(week - local_time.week_of(counts, household), 1)
    faded = 0.5 ** (ago / HALF_LIFE)
    weight = faded * (BY_HAND if o.fixed else 1.0)
    minute = at.hour * HOUR + at.minute + night * 24 * HOUR
    return _Time(ago, counts.weekday(), minute, weight, o.fixed, o.let_go)


def _weekdays(times: Sequence[_Time]) -> frozenset[int]:
    """The weekdays on which it lay in most of the weeks."""
    weeks: dict[int, float] = {}
    for one in times:
        weeks[one.weeks_ago] = max(weeks.get(one.weeks_ago, 0.0), one.weight)
    whole = sum(weeks.values())
    return frozenset(
        day
        for day in range(7)
        if len({t.weeks_ago for t in times if t.weekday == day}) >= ENOUGH
        and _weight_on(times, day) >= MOST_OF_THEM * whole
    )


def _weight_on(times: Iterable[_Time], day: int) -> float:
    by_week: dict[int, float] = {}
    for one in times:
        if one.weekday == day:
            by_week[one.weeks_ago] = max(by_week.get(one.weeks_ago, 0.0), one.weight)
    return sum(by_week.values())


def _again_and_again(times: Sequence[_Time]) -> frozenset[int]:
    return frozenset(
        day for day in range(7) if len({t.weeks_ago for t in times if t.weekday == day}) >= ENOUGH
    )


def _hour(times: Sequence[_Time], day: int) -> int | None:
    """The minute of that day at which it begins: of the weekday itself, else of days like it."""
    own = [t for t in times if t.weekday == day]
    alike = [t for t in times if (t.weekday in WEEKEND) == (day in WEEKEND)]
    return next((_middle(some) for some in (own, alike) if _says_something(some)), None)


def _says_something(times: Collection[_Time]) -> bool:
    return len({t.weeks_ago for t in times}) >= ENOUGH


def _middle(times: Sequence[_Time]) -> int:
    """The weighted median of their minutes, the earlier one of two."""
    ordered = sorted(times, key=lambda t: t.minute)
    half, passed = sum(t.weight for t in ordered) / 2, 0.0
    for one in ordered:
        passed += one.weight
        if passed >= half - 1e-9:
            return one.minute
    return ordered[-1].minute
