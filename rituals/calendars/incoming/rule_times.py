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
    told: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """Times of a rule on the wall's clock that lie from `since` to `until`, in order.

    Its start is the first of them and counts as such, also where the rule would not come then.
    Raises ImpatientError where that takes too much work.
    """
    if since <= start <= until:
        yield start
    if told.is_plain:
        found = _steps(told, start, since, until)
    else:
        found = _counted(told, start, _later(told, start, since, until, patience))
    for at in found:
        if at > until:
            return
        if at >= since:
            patience.spend(OF_A_TIME)
            yield at


def _steps(told: Rule, start: datetime, since: datetime, until: datetime) -> Iterator[datetime]:
    """The times after the start of a rule that only steps on."""
    step = STEPS[told.every] * told.interval
    number = max(1, -((start - since) // step))
    last = (until - start) // step
    if told.count is not None:
        last = min(last, told.count - 1)
    return (start + n * step for n in range(number, last + 1))


def _counted(told: Rule, start: datetime, found: Iterable[datetime]) -> Iterator[datetime]:
    """The times after the start, up to as many as there may be."""
    number = 1
    for at in found:
        if at > start:
            number += 1
            if told.count is not None and number > told.count:
                return
            yield at


def _later(
    told: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """The times of a rule, in order; those before `since` only where they have to be counted."""
    full = _with_what_the_start_says(told, start)
    since = max(start, since) if told.count is None else start
    if until < since:
        return
    if told.every in SUB_DAILY:
        yield from _within_days(full, start, since, until, patience)
        return
    fits, clock = _day_test(full), _clock(full)
    for days in _periods(full, start.date(), since.date(), until.date()):
        patience.spend(A_DAY * len(days))
        moments = (datetime.combine(day, at) for day in days if fits(day) for at in clock)
        yield from _placed(full, moments)


def _with_what_the_start_says(told: Rule, start: datetime) -> Rule:
    """The rule with the parts that it leaves to its start."""
    unit = SUB_DAILY.get(told.every, 86_400)
    full = replace(
        told,
        hours=told.hours or ((start.hour,) if unit > 3_600 else ()),
        minutes=told.minutes or ((start.minute,) if unit > 60 else ()),
        seconds=told.seconds or ((start.second,) if unit > 1 else ()),
    )
    if told.weekdays or told.month_days or told.year_days or told.every not in PERIODS[:3]:
        return full
    if told.every == "WEEKLY" or told.weeks:
        return replace(full, weekdays=((0, start.weekday()),))
    months = told.months or ((start.month,) if told.every == "YEARLY" else ())
    return replace(full, months=months, month_days=(start.day,))


def _clock(told: Rule) -> list[time]:
    return [time(*parts) for parts in product(told.hours, told.minutes, told.seconds)]


def _placed(told: Rule, moments: Iterable[datetime]) -> Iterator[datetime]:
    """The moments of one period, or those at the places that a rule names."""
    if not told.places:
        yield from moments
        return
    found = list(moments)
    size = len(found)
    places = {at - 1 if at > 0 else size + at for at in told.places}
    yield from (found[place] for place in sorted(places) if 0 <= place < size)


def _periods(told: Rule, start: date, since: date, until: date) -> Iterator[list[date]]:
    """The days of each period that a rule comes in, from one that begins before `since`."""
    number, first, last = (_number(told, day) for day in (start, since, until))
    early, late = (1, 1) if told.weeks else (0, 0)  # a year's first week begins in the year before
    number += max(0, first - early - number) // told.interval * told.interval
    for period in range(number, last + late + 1, told.interval):
        yield _days(told, period)


def _number(told: Rule, day: date) -> int:
    """The number of the period in which a day lies, counted from the year 1."""
    match told.every:
        case "YEARLY":
            return day.year
        case "MONTHLY":
            return day.year * 12 + day.month - 1
        case "WEEKLY":
            return (day.toordinal() - 1 - told.week_begins) // 7
        case _:
            return day.toordinal()


def _days(told: Rule, period: int) -> list[date]:
    match told.every:
        case "YEARLY" if told.weeks:
            first, after = (_first_week(period + n, told.week_begins) for n in (0, 1))
            return [date.fromordinal(n) for n in range(first, after)]
        case "YEARLY":
            months = told.months or range(1, 13)
            return [day for month in months for day in _days_of_month(period, month)]
        case "MONTHLY":
            year, month = divmod(period, 12)
            fits = not told.months or month + 1 in told.months
            return _days_of_month(year, month + 1) if fits else []
        case "WEEKLY":
            monday = period * 7 + 1 + told.week_begins
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


def _day_test(told: Rule) -> Callable[[date], bool]:
    """A test that the days of a rule pass: each of its parts leaves some out."""
    tests = [test for given, test in _tests(told) if given]

    def passes(day: date) -> bool:
        return all(test(day) for test in tests)

    return passes


def _tests(told: Rule) -> Iterator[tuple[bool, Callable[[date], bool]]]:
    in_month = told.every == "MONTHLY" or bool(told.months)
    numbered = {pair for pair in told.weekdays if pair[0]}
    plain = {weekday for number, weekday in told.weekdays if not number}

    def on_a_weekday(day: date) -> bool:
        weekday = day.weekday()
        if weekday in plain:
            return True
        at, size = _of_month(day) if in_month else _of_year(day)
        numbers = (at - 1) // 7 + 1, -((size - at) // 7 + 1)
        return any((number, weekday) in numbered for number in numbers)

    yield bool(told.months), lambda day: day.month in told.months
    yield bool(told.month_days), lambda day: _is_among(_of_month(day), told.month_days)
    yield bool(told.year_days), lambda day: _is_among(_of_year(day), told.year_days)
    yield bool(told.weeks), lambda day: _is_among(_of_weeks(day, told), told.weeks)
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


def _of_weeks(day: date, told: Rule) -> tuple[int, int]:
    at = day.toordinal()
    year = next(y for y in (day.year + 1, day.year, day.year - 1) if _week_one(y, told) <= at)
    first, after = _week_one(year, told), _week_one(year + 1, told)
    return (at - first) // 7 + 1, (after - first) // 7


def _week_one(year: int, told: Rule) -> int:
    return _first_week(year, told.week_begins)


def _within_days(
    told: Rule, start: datetime, since: datetime, until: datetime, patience: Patience
) -> Iterator[datetime]:
    """The times of a rule that comes every so many hours, minutes or seconds."""
    unit = SUB_DAILY[told.every]
    step, fits = unit * told.interval, _day_test(told)
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
            yield from _placed(told, _of_tick(told, midnight, tick, unit))


def _of_tick(told: Rule, midnight: datetime, tick: int, unit: int) -> Iterator[datetime]:
    """The times in one hour, minute or second."""
    hour, minute, second = tick // 3_600, tick // 60 % 60, tick % 60
    if told.hours and hour not in told.hours:
        return
    if unit == 1 and told.seconds and second not in told.seconds:
        return
    if unit <= 60 and told.minutes and minute not in told.minutes:
        return
    minutes = told.minutes if unit > 60 else (minute,)
    seconds = told.seconds if unit > 1 else (second,)
    for m, s in product(minutes, seconds):
        yield midnight.replace(hour=hour, minute=m, second=s)
