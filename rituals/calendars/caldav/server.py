"""Calendars on a server; what talks with it takes a moment to load, so the first look loads it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rituals.model.calendar import Server

if TYPE_CHECKING:
    from rituals.calendars.caldav.client import Connection, OfferedCalendar


def list_calendars(url: str, login: str, password: str) -> tuple[OfferedCalendar, ...]:
    """The calendars that a server offers to a login; raises ServerError where it offers none."""
    from rituals.calendars.caldav import client

    return client.list_calendars(url, login, password)


def opened(server: Server, password: str, tz: ZoneInfo) -> AbstractContextManager[Connection]:
    """A connection to a calendar; times without a zone are read as those of `tz`."""
    from rituals.calendars.caldav import client

    return client.opened(server, password, tz)
