"""Times of a recurrence rule by the clock on the wall.

Each period of a rule is looked at day by day (RFC 5545, 3.3.10), from shortly before the times
wanted where no COUNT has to be counted. The work is limited by Patience, and so always ends.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import product

from rituals.calendars.incoming.recurrence import PERIODS, STEPS, SUB_DAILY, Rule

A_DAY, OF_A_TIME = 1, 4  # what they take of somebody's patience: about a microsecond is 1


class ImpatientError(Exception):
    """Refusal to go on working a rule out."""


class Patience:
    """The work that may still go into working rules out."""

    def __init__(self, amount: int) -> None:
        self._left = amount

    def spend(self, amount: int) -> None:
        """Less is left; raises ImpatientError where nothing is."""
        self._left -= amount
        if self._left < 0:
            raise ImpatientError

    @contextmanager
    def for_one(self, amount: int) -> Iterator[None]:
        """Runs its body with no more than an amount of what is left."""
        aside = max(0, self._left - amount)
        self._left -= aside
        try:
            yield
        finally:
            self._left = aside + max(0, self._left)


def times(
    repeat: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """Times of a rule on the wall's clock that lie from `since` to `until`, in order.

    Its start is the first of them and counts as such, also where the rule would not come then.
    Raises ImpatientError where that takes too much work.
    """
    if since <= start <= until:
        yield start
    if repeat.is_plain:
        found = _steps(repeat, start, since, until)
    else:
        found = _counted(repeat, start, _later(repeat, start, since, until, patience))
    for at in found:
        if at > until:
            return
        if at >= since:
            patience.spend(OF_A_TIME)
            yield at


def _steps(repeat: Rule, start: datetime, since: datetime, until: datetime) -> Iterator[datetime]:
    """The times after the start of a rule that only steps on."""
    step = STEPS[repeat.every] * repeat.interval
    number = max(1, -((start - since) // step))
    last = (until - start) // step
    if repeat.count is not None:
        last = min(last, repeat.count - 1)
    return (start + n * step for n in range(number, last + 1))


def _counted(repeat: Rule, start: datetime, found: Iterable[datetime]) -> Iterator[datetime]:
    """The times after the start, up to as many as there may be."""
    number = 1
    for at in found:
        if at > start:
            number += 1
            if repeat.count is not None and number > repeat.count:
                return
            yield at


def _later(
    repeat: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """The times of a rule, in order; those before `since` only where they have to be counted."""
    full = _with_what_the_start_says(repeat, start)
    since = max(start, since) if repeat.count is None else start
    if until < since:
        return
    if repeat.every in SUB_DAILY:
        yield from _within_days(full, start, since, until, patience)
        return
    fits, clock = _day_test(full), _clock(full)
    for days in _periods(full, start.date(), since.date(), until.date()):
        patience.spend(A_DAY * len(days))
        moments = (datetime.combine(day, at) for day in days if fits(day) for at in clock)
        yield from _placed(full, moments)


def _with_what_the_start_says(repeat: Rule, start: datetime) -> Rule:
    """The rule with the parts that it leaves to its start."""
    unit = SUB_DAILY.get(repeat.every, 86_400)
    full = replace(
        repeat,
        hours=repeat.hours or ((start.hour,) if unit > 3_600 else ()),
        minutes=repeat.minutes or ((start.minute,) if unit > 60 else ()),
        seconds=repeat.seconds or ((start.second,) if unit > 1 else ()),
    )
    if repeat.weekdays or repeat.month_days or repeat.year_days or repeat.every not in PERIODS[:3]:
        return full
    if repeat.every == "WEEKLY" or repeat.weeks:
        return replace(full, weekdays=((0, start.weekday()),))
    months = repeat.months or ((start.month,) if repeat.every == "YEARLY" else ())
    return replace(full, months=months, month_days=(start.day,))


def _clock(repeat: Rule) -> list[time]:
    return [time(*parts) for parts in product(repeat.hours, repeat.minutes, repeat.seconds)]


def _placed(repeat: Rule, moments: Iterable[datetime]) -> Iterator[datetime]:
    """The moments of one period, or those at the places that a rule names."""
    if not repeat.places:
        yield from moments
        return
    found = list(moments)
    size = len(found)
    places = {at - 1 if at > 0 else size + at for at in repeat.places}
    yield from (found[place] for place in sorted(places) if 0 <= place < size)


def _periods(repeat: Rule, start: date, since: date, until: date) -> Iterator[list[date]]:
    """The days of each period that a rule comes in, from one that begins before `since`."""
    number, first, last = (_number(repeat, day) for day in (start, since, until))
    early, late = (
        (1, 1) if repeat.weeks else (0, 0)
    )  # a year's first week begins in the year before
    number += max(0, first - early - number) // repeat.interval * repeat.interval
    for period in range(number, last + late + 1, repeat.interval):
        yield _days(repeat, period)


def _number(repeat: Rule, day: date) -> int:
    """The number of the period in which a day lies, counted from the year 1."""
    match repeat.every:
        case "YEARLY":
            return day.year
        case "MONTHLY":
            return day.year * 12 + day.month - 1
        case "WEEKLY":
            return (day.toordinal() - 1 - repeat.week_begins) // 7
        case _:
            return day.toordinal()


def _days(repeat: Rule, period: int) -> list[date]:
    match repeat.every:
        case "YEARLY" if repeat.weeks:
            first, after = (_first_week(period + n, repeat.week_begins) for n in (0, 1))
            return [date.fromordinal(n) for n in range(first, after)]
        case "YEARLY":
            months = repeat.months or range(1, 13)
            return [day for month in months for day in _days_of_month(period, month)]
        case "MONTHLY":
            year, month = divmod(period, 12)
            fits = not repeat.months or month + 1 in repeat.months
            return _days_of_month(year, month + 1) if fits else []
        case "WEEKLY":
            monday = period * 7 + 1 + repeat.week_begins
            return [date.fromordinal(n) for n in range(monday, monday + 7)]
        case _:
            return [date.fromordinal(period)]


@lru_cache(1_024)
def _days_of_month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


@lru_cache(1_024)
def _first_week(year: int, week_begins: int) -> int:
    """The ordinal on which a year's first week begins: the first with four days in that year."""
    fourth = date(year, 1, 4).toordinal()
    return fourth - (fourth - 1 - week_begins) % 7


def _day_test(repeat: Rule) -> Callable[[date], bool]:
    """A test that the days of a rule pass: each of its parts leaves some out."""
    tests = [test for given, test in _tests(repeat) if given]

    def passes(day: date) -> bool:
        return all(test(day) for test in tests)

    return passes


def _tests(repeat: Rule) -> Iterator[tuple[bool, Callable[[date], bool]]]:
    in_month = repeat.every == "MONTHLY" or bool(repeat.months)
    numbered = {pair for pair in repeat.weekdays if pair[0]}
    plain = {weekday for number, weekday in repeat.weekdays if not number}

    def on_a_weekday(day: date) -> bool:
        weekday = day.weekday()
        if weekday in plain:
            return True
        at, size = _of_month(day) if in_month else _of_year(day)
        numbers = (at - 1) // 7 + 1, -((size - at) // 7 + 1)
        return any((number, weekday) in numbered for number in numbers)

    yield bool(repeat.months), lambda day: day.month in repeat.months
    yield bool(repeat.month_days), lambda day: _is_among(_of_month(day), repeat.month_days)
    yield bool(repeat.year_days), lambda day: _is_among(_of_year(day), repeat.year_days)
    yield bool(repeat.weeks), lambda day: _is_among(_of_weeks(day, repeat), repeat.weeks)
    yield bool(plain and not numbered), lambda day: day.weekday() in plain
    yield bool(numbered), on_a_weekday


def _is_among(place: tuple[int, int], numbers: tuple[int, ...]) -> bool:
    """True if a place, counted from the beginning or from the end, is one of the numbers."""
    at, size = place
    return at in numbers or at - size - 1 in numbers


def _of_month(day: date) -> tuple[int, int]:
    return day.day, calendar.monthrange(day.year, day.month)[1]


def _of_year(day: date) -> tuple[int, int]:
    first = date(day.year, 1, 1).toordinal()
    return day.toordinal() - first + 1, 366 if calendar.isleap(day.year) else 365


def _of_weeks(day: date, repeat: Rule) -> tuple[int, int]:
    at = day.toordinal()
    year = next(y for y in (day.year + 1, day.year, day.year - 1) if _week_one(y, repeat) <= at)
    first, after = _week_one(year, repeat), _week_one(year + 1, repeat)
    return (at - first) // 7 + 1, (after - first) // 7


def _week_one(year: int, repeat: Rule) -> int:
    return _first_week(year, repeat.week_begins)


def _within_days(
    repeat: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """The times of a rule that comes every so many hours, minutes or seconds."""
    unit = SUB_DAILY[repeat.every]
    step, fits = unit * repeat.interval, _day_test(repeat)
    begins = start - timedelta(seconds=(start.minute * 60 + start.second) % unit)
    for number in range(since.toordinal(), until.toordinal() + 1):
        midnight = datetime.combine(date.fromordinal(number), time())
        patience.spend(A_DAY)
        if not fits(midnight.date()):
            continue
        ahead = (begins - midnight) // timedelta(seconds=1) % step
        ticks = range(ahead, 86_400, step)
        patience.spend(len(ticks))
        for tick in ticks:
            yield from _placed(repeat, _of_tick(repeat, midnight, tick, unit))


def _of_tick(repeat: Rule, midnight: datetime, tick: int, unit: int) -> Iterator[datetime]:
    """The times in one hour, minute or second."""
    hour, minute, second = tick // 3_600, tick // 60 % 60, tick % 60
    if repeat.hours and hour not in repeat.hours:
        return
    if unit == 1 and repeat.seconds and second not in repeat.seconds:
        return
    if unit <= 60 and repeat.minutes and minute not in repeat.minutes:
        return
    minutes = repeat.minutes if unit > 60 else (minute,)
    seconds = repeat.seconds if unit > 1 else (second,)
    for m, s in product(minutes, seconds):
        yield midnight.replace(hour=hour, minute=m, second=s)
