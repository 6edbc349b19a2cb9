"""Weeks, days and local hours as instants. Summer time lives here and nowhere else.

A week keeps its ISO name and shows seven days from the day the household chose: from its Monday,
or from the Saturday or Sunday before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from rituals.model.household import Hours, Household
from rituals.model.span import Span, Spans
from rituals.model.week import Week
from rituals.model.window import Anchor, Window

WEEK_STARTS = (0, 5, 6)  # Monday, Saturday, Sunday: the first days of the week in use in the world
YEARS = range(1970, 3000)  # what time zones are known for, with room on both sides
ONE_DAY = timedelta(days=1)


def first_day(week: Week, household: Household) -> date:
    """The day on which a week begins in this household."""
    return week.monday - timedelta(days=(7 - household.week_starts) % 7)


def days(week: Week, household: Household) -> tuple[date, ...]:
    """The seven days of a week, in the order this household sees them."""
    first = first_day(week, household)
    return tuple(first + timedelta(days=n) for n in range(7))


def week_of(day: date, household: Household) -> Week:
    """The week in which this household sees a day."""
    return Week.of_monday(day + timedelta(days=(7 - household.week_starts) % 7))


def week_to_plan(today: date, household: Household) -> Week:
    """The week a sitting is about: this one, or from its last day on the next."""
    return week_of(today + ONE_DAY, household)


def local_day(instant: datetime, household: Household) -> date:
    """The calendar day an instant falls on at home."""
    return instant.astimezone(household.tz).date()


def instant(day: date, hour: time, household: Household) -> datetime:
    """The instant, in UTC, of a local clock time; one that summer time skips moves past the gap."""
    return datetime.combine(day, hour, household.tz).astimezone(UTC)


def week_span(week: Week, household: Household) -> Span:
    """A week from local midnight to local midnight: 168 hours, or 167 or 169."""
    first = first_day(week, household)
    return Span(
        instant(first, time(), household), instant(first + timedelta(days=7), time(), household)
    )


def window_spans(windows: Iterable[Window], week: Week, household: Household) -> Spans:
    """Spans of windows in a week; one that begins on its last evening may run past it."""
    shown = days(week, household)
    return Spans(span for day in shown for span in day_spans(windows, day, household))


def day_spans(windows: Iterable[Window], day: date, household: Household) -> Spans:
    """Spans of the windows that begin on one day."""
    return Spans(
        span
        for window in windows
        if day.weekday() in window.days
        for span in _window_span(window, day, household)
    )


def children_asleep(week: Week, household: Household) -> Spans:
    """Nights of the children, from the one before the week to the one after it."""
    first, hours = first_day(week, household), household.hours
    return Spans(
        Span(instant(day, hours.bedtime, household), instant(day + ONE_DAY, hours.wake, household))
        for day in (first + timedelta(days=n) for n in range(-1, 8))
    )


def partners_asleep(week: Week, household: Household) -> Spans:
    """Nights of the two partners, from the one before the week to the one after it."""
    first, hours = first_day(week, household), household.hours
    late = timedelta(days=hours.sleep <= hours.wake)  # to bed after midnight
    nights = (
        (
            instant(day + late, hours.sleep, household),
            instant(day + ONE_DAY, hours.wake, household),
        )
        for day in (first + timedelta(days=n) for n in range(-1, 8))
    )
    return Spans(Span(start, end) for start, end in nights if start < end)


def span_with_nights(week: Week, household: Household) -> Span:
    """A week with the whole day before it and the one after it, which its evenings run into."""
    first = first_day(week, household)
    return Span(
        instant(first - ONE_DAY, time(), household),
        instant(first + timedelta(days=8), time(), household),
    )


def window_spans_around(windows: Iterable[Window], week: Week, household: Household) -> Spans:
    """Spans of windows in a week and on the days beside it: a night shift begins before it."""
    first = first_day(week, household)
    beside = [first + timedelta(days=n) for n in range(-2, 9)]
    return Spans(span for day in beside for span in day_spans(windows, day, household))


def clock_time(value: time | Anchor, hours: Hours) -> time:
    """The clock time of an hour in a window, the household's own where it is named."""
    named = {Anchor.WAKE: hours.wake, Anchor.BEDTIME: hours.bedtime, Anchor.SLEEP: hours.sleep}
    return named[value] if isinstance(value, Anchor) else value


def _window_span(window: Window, day: date, household: Household) -> Iterable[Span]:
    start, end = clock_time(window.start, household.hours), clock_time(window.end, household.hours)
    last = day if end > start else day + ONE_DAY
    begins, ends = instant(day, start, household), instant(last, end, household)
    return (Span(begins, ends),) if begins < ends else ()
