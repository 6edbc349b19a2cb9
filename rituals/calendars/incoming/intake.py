"""An outside calendar's file taken in: read, and its busy times kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from rituals.calendars.incoming import busy_times
from rituals.model.calendar import Calendar
from rituals.model.household import Household
from rituals.model.local_time import local_day
from rituals.store.store import Store

DAYS_BACK = timedelta(days=7)  # the week one looks back on
WEEKS_AHEAD = timedelta(weeks=60)  # a year, and the weeks that a plan may be ahead of it


def take_in(
    store: Store, calendar: Calendar, data: bytes, household: Household, now: datetime
) -> Calendar:
    """The calendar as it is kept, with when it was read and what was left out of it.

    Raises received.CalendarError for what is no calendar; the store is then as it was.
    """
    reading = busy_times.read(data, household, *kept_days(local_day(now, household)))
    taken = replace(calendar, read=now, skipped=reading.skipped)
    store.save_calendar(taken, reading.busy)
    return taken


def already_added(store: Store, new: Calendar) -> Calendar:
    """The calendar as it is kept since the last time it was added, or this new one."""
    same = (new.partner, new.origin, new.where)
    there = store.load_calendars()
    return next((c for c in there if (c.partner, c.origin, c.where) == same), new)


def kept_days(today: date) -> tuple[date, date]:
    """The days whose busy times are kept: from the first up to, not including, the second."""
    return today - DAYS_BACK, today + WEEKS_AHEAD
