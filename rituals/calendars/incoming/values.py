"""Values of a calendar file's lines: days, times, periods and lengths, as lenient as may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from rituals.calendars.incoming.zones import Zones

DAY = re.compile(rb"\d{8}")
MOMENT = re.compile(rb"(\d{8})(?:[Tt](\d\d)(\d\d)(\d\d)?([Zz])?)?")
DURATION = re.compile(
    rb"([+-])?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?"
    rb"(?:T(?:(\d{1,5})W)?(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)
TZID = re.compile(rb';[ \t]*TZID[ \t]*=[ \t]*("[^"]*"|[^;"]*)', re.IGNORECASE)
DATE_ONLY = re.compile(rb';[ \t]*VALUE[ \t]*=[ \t]*"?DATE"?[ \t]*(?:;|$)', re.IGNORECASE)
ONE_DAY = timedelta(days=1)
# "For ever" is often 9999-12-31; what is added to that day has to be a day as well.
FIRST_YEAR, LAST_DAY = 2, date(9000, 1, 1)


class Property(NamedTuple):
    """One line of an event: `DTSTART;TZID=Europe/Berlin:20261122T200000` in its three parts."""

    name: str
    parameters: bytes
    value: bytes
    calendar: int = 0  # of which calendar of its file, counted from 1


class Moment(NamedTuple):
    """A day, as its midnight, or a time on the wall of a zone; without one it floats."""

    wall: datetime
    zone: tzinfo | None = None
    whole_day: bool = False

    def instant(self, floating: tzinfo) -> datetime:
        """The instant in UTC where what floats lies in a zone."""
        return in_utc(self.wall, self.zone or floating)


class Length(NamedTuple):
    """A length in days of the calendar, and in exact time besides."""

    days: timedelta
    exact: timedelta

    @property
    def most(self) -> timedelta:
        """As long as it can get in any zone."""
        return self.days + self.exact + ONE_DAY


NO_LENGTH = Length(timedelta(), timedelta())
WHOLE_DAY = Length(ONE_DAY, timedelta())


def in_utc(wall: datetime, zone: tzinfo) -> datetime:
    """The instant of a time on a zone's wall, the first one where there are two."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def moment(line: Property, zones: Zones) -> Moment:
    """The day or time of a line; raises ValueError where it cannot be read."""
    return _moment(line.value, line, zones)


def each(line: Property) -> Iterator[Property]:
    """A line with several values as lines with one."""
    values = filter(None, map(bytes.strip, line.value.split(b",")))
    return (line._replace(value=value) for value in values)


def period(line: Property, zones: Zones) -> tuple[Moment, Length | Moment | None]:
    """The day, time or period of a line, with a period's length or end; raises ValueError."""
    start, slash, end = line.value.partition(b"/")
    first = _moment(start, line, zones)
    if not slash:
        return first, None
    if end.lstrip().upper().startswith((b"P", b"+P", b"-P")):
        return first, duration(end)
    return first, _moment(end, line, zones)


def duration(value: bytes) -> Length:
    """A DURATION: its weeks and days are those of the calendar (RFC 5545, 3.3.6).

    Raises ValueError for anything else.
    """
    found = DURATION.fullmatch(value.strip().upper())
    if not found:
        raise ValueError("not a duration")
    if found[1] == b"-":
        return NO_LENGTH
    weeks, days, more, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    of_the_calendar = timedelta(weeks=weeks + more, days=days)
    return Length(of_the_calendar, timedelta(hours=hours, minutes=minutes, seconds=seconds))


def day(value: bytes) -> date:
    """The day that a day or a time begins with; raises ValueError if it does not."""
    digits = DAY.match(value.strip())
    if not digits:
        raise ValueError("not a date")
    return date.fromisoformat(digits[0].decode())


def _moment(value: bytes, line: Property, zones: Zones) -> Moment:
    written = MOMENT.fullmatch(value.strip())
    if not written:
        raise ValueError("not a date")
    midnight = datetime.combine(min(day(written[1]), LAST_DAY), time())
    if midnight.year < FIRST_YEAR:
        raise ValueError("not a date of a calendar")
    if written[2] is None or DATE_ONLY.search(line.parameters):
        return Moment(midnight, whole_day=True)
    wall = midnight + _clock(int(written[2]), int(written[3]), int(written[4] or 0))
    if written[5]:
        return Moment(wall, UTC)
    zone = TZID.search(line.parameters) if line.parameters else None
    # A blank name is one, too, where the file defines it; b"" is no name at all.
    return Moment(wall, zones.named(zone[1] or b" ", line.calendar) if zone else None)


def _clock(hours: int, minutes: int, seconds: int) -> timedelta:
    """The time since midnight; 24:00 is the end of the day, and a leap second the one before."""
    if hours > 24 or minutes > 59 or seconds > 60 or (hours == 24 and minutes + seconds):
        raise ValueError("not a time")
    return timedelta(hours=hours, minutes=minutes, seconds=min(seconds, 59))
