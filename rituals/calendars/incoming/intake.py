"""Intake of an outside calendar's file: it is read, and its busy times are saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from rituals.calendars.incoming import busy_times, invitations
from rituals.model.calendar import Audience, Calendar
from rituals.model.household import CHILDREN, Household
from rituals.model.local_time import local_day
from rituals.store.store import Store

DAYS_BACK = timedelta(days=7)  # the week one looks back on
DAYS_IN_A_ROW = 2  # that ask what they mean in a partner's calendar, though they take no time
KEPT_AHEAD = timedelta(weeks=60)  # a year, and the weeks that a plan may be ahead of it


def take_in(
    store: Store, calendar: Calendar, data: bytes, household: Household, now: datetime
) -> Calendar:
    """Saves the busy times of a file; returns the calendar with `read` and `skipped` set.

    Of the children's, each whole day is kept: school holidays rarely say that they take time.
    The first time, the addresses of its owner are proposed.
    Raises decode.CalendarError for what is no calendar; the store is then as it was.
    """
    free_days = 1 if calendar.partner == CHILDREN else DAYS_IN_A_ROW
    addresses = calendar.addresses
    if addresses is None and calendar.partner != CHILDREN:
        addresses = invitations.proposed(data, _logins(store, calendar.partner))
    invited = invitations.Invited(addresses or (), calendar.open_is_busy)
    days = kept_days(local_day(now, household))
    reading = busy_times.read(data, household, *days, free_days, invited)
    taken = replace(calendar, read=now, skipped=reading.skipped, addresses=addresses)
    store.save_calendar(taken, reading.busy)
    return taken


def _logins(store: Store, partner: str) -> Iterator[str]:
    """The login of a partner's own calendar server, often an address."""
    server = store.load_servers().get(Audience(partner))
    if server:
        yield server.login


def already_added(store: Store, new: Calendar) -> Calendar:
    """The stored calendar of the same partner, origin and place, or else this new one."""
    same = (new.partner, new.origin, new.where)
    calendars = store.load_calendars()
    return next((c for c in calendars if (c.partner, c.origin, c.where) == same), new)


def kept_days(today: date) -> tuple[date, date]:
    """The days whose busy times are kept: from the first up to, not including, the second."""
    return today - DAYS_BACK, today + KEPT_AHEAD
