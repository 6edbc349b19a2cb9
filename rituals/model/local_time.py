"""Weeks, days and local hours as instants. Summer time lives here and nowhere else.

A week keeps its ISO name and shows seven days from the day the household chose: from its Monday,
or from the Saturday or Sunday before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from rituals.model.household import Household
from rituals.model.time.formats import WEEK_STARTS as WEEK_STARTS
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window

YEARS = range(1970, 3000)  # what time zones are known for, with room on both sides
ONE_DAY = timedelta(days=1)
SMALL_HOURS = time(4)  # an hour before it belongs to the night before


class HoursOfDay(NamedTuple):
    """The usual hours of one day, as local clock times."""

    wake: time
    supper: time
    bedtime: time
    sleep: time


def first_day(week: Week, household: Household) -> date:
    """The day on which a week begins in this household."""
    return household.first_day(week)


def days(week: Week, household: Household) -> tuple[date, ...]:
    """The days of a week in their order: seven, but where weeks come to begin on another day."""
    first = first_day(week, household)
    return tuple(first + ONE_DAY * n for n in range((first_day(week + 1, household) - first).days))


def week_of(day: date, household: Household) -> Week:
    """The week in which this household sees a day."""
    week = Week.of_monday(day + timedelta(days=(7 - household.on_day(day).week_starts) % 7))
    return week + 1 if first_day(week + 1, household) <= day else week


def week_to_plan(today: date, household: Household) -> Week:
    """The week a sitting is about: this one, or from its last day on the next.

    What is told to be usual holds from it on: the one before is lived, and looked back on.
    """
    return week_of(today + ONE_DAY, household)


def local_day(instant: datetime, household: Household) -> date:
    """The calendar day an instant falls on at home."""
    return household.clock(instant).date()


def instant(day: date, hour: time, household: Household) -> datetime:
    """The instant, in UTC, of a local clock time; one that summer time skips moves past the gap."""
    return datetime.combine(day, hour, household.on_day(day).tz).astimezone(UTC)


def week_span(week: Week, household: Household) -> Span:
    """A week from local midnight to local midnight: 168 hours, or 167 or 169 of seven days."""
    return _whole_days(week, household, 0)


def window_spans(
    windows: Iterable[Window], week: Week, household: Household, partner: str = ""
) -> Spans:
    """Spans of windows in a week; one that begins on its last evening may run past it.

    Hours that they name are those of the household, or of one partner.
    """
    then = household.in_week(week)
    shown = days(week, then)
    return Spans(span for day in shown for span in day_spans(windows, day, then, partner))


def day_spans(
    windows: Iterable[Window], day: date, household: Household, partner: str = ""
) -> Spans:
    """Spans of the windows that begin on one day."""
    then = household.on_day(day)
    return Spans(
        span
        for window in windows
        if day.weekday() in window.days
        for span in _window_span(window, day, then, partner)
    )


def span_with_nights(week: Week, household: Household) -> Span:
    """A week with the whole day before it and the one after it, which its evenings run into."""
    return _whole_days(week, household, 1)


def hours_on(day: date, household: Household, partner: str = "") -> HoursOfDay:
    """The usual hours of a day, of the household or of one partner."""
    return _hours(day.weekday(), household.on_day(day), partner)


def hours_told(day: date, household: Household, partner: str = "") -> HoursOfDay:
    """The hours of a day as they are told: the usual ones, but for another bedtime."""
    hours = hours_on(day, household, partner)
    own = [d.start for d in household.on_day(day).other_bedtimes if d.touches(day, day)]
    return hours._replace(bedtime=own[-1] or hours.bedtime) if own else hours


def bedtime(day: date, household: Household) -> datetime:
    """The instant at which the evening of a day begins: after midnight where it was told so."""
    hours = hours_told(day, household)
    return instant(day + ONE_DAY * _is_late(hours), hours.bedtime, household)


def clock_time(value: time | Anchor, hours: HoursOfDay) -> time:
    """The clock time of an hour in a window, the household's own where it is named."""
    return getattr(hours, value) if isinstance(value, Anchor) else value


def _whole_days(week: Week, household: Household, beside: int) -> Span:
    """A week by the clock of that week, with so many days on both sides of it."""
    then = household.in_week(week)
    begins = first_day(week, household) - ONE_DAY * beside
    ends = first_day(week + 1, household) + ONE_DAY * beside
    return Span(instant(begins, time(), then), instant(ends, time(), then))


@lru_cache(256)
def _hours(weekday: int, household: Household, partner: str) -> HoursOfDay:
    usual = household.hours
    found = HoursOfDay(usual.wake, usual.supper, usual.bedtime, usual.sleep)
    for whose in dict.fromkeys(("", partner)):  # a partner's own hours are nearer
        for line in household.usual.days:
            if line.partner == whose and weekday in line.days:
                own = (line.wake, line.supper, line.bedtime, line.sleep)
                found = HoursOfDay(*(new or old for new, old in zip(own, found, strict=True)))
    return found


def _window_span(window: Window, day: date, household: Household, partner: str) -> Iterable[Span]:
    hours = hours_told(day, household, partner)
    start, end = clock_time(window.start, hours), clock_time(window.end, hours)
    if _is_closed(window, start, end, hours):
        return ()
    first = day + ONE_DAY * (window.start is Anchor.BEDTIME and _is_late(hours))
    last = first if end > start else first + ONE_DAY
    begins, ends = instant(first, start, household), instant(last, end, household)
    return (Span(begins, ends),) if begins < ends else ()


def _is_closed(window: Window, start: time, end: time, hours: HoursOfDay) -> bool:
    """True where the hours that a window names leave nothing of it on a day."""
    if window.start is Anchor.BEDTIME and _is_late(hours):
        return not start < end <= hours.wake
    if window.end is Anchor.BEDTIME:
        return hours.wake < end <= start
    if window.end is Anchor.SLEEP and _is_over(start, hours):
        return True
    # "wake-09:00" of somebody who gets up at ten
    return (
        window.start is Anchor.WAKE and window.end not in set(Anchor) and SMALL_HOURS < end <= start
    )


def _is_late(hours: HoursOfDay) -> bool:
    """True for a bedtime after midnight, as on the last night of the year."""
    return hours.bedtime <= hours.wake


def _is_over(start: time, hours: HoursOfDay) -> bool:
    """True where something would begin after the two went to sleep: an older child's bedtime."""
    return hours.wake < hours.sleep <= start
