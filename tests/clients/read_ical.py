"""ical: what Home Assistant sees.

It goes by a zone's IANA name: a VTIMEZONE of five hours more under the name Europe/Berlin changed
nothing. Made to take the VTIMEZONE, it passes over every onset that has no RRULE, as all of ours,
and reads the file in UTC. So all that is asked of the file's zone is that it is there.
"""

from datetime import UTC

from ical.calendar_stream import CalendarStream
from telling import tell, unix_seconds


def events_in(text):
    """Every event of the file's one calendar."""
    (calendar,) = CalendarStream.from_ics(text).calendars
    zones = {zone.tz_id for zone in calendar.timezones}
    for event in calendar.events:
        yield _seen(event, zones)


def _seen(event, zones):
    if event.rrule or event.rdate:
        raise ValueError("the file holds an event which repeats")
    start, end = (_seconds(moment, zones) for moment in (event.dtstart, event.dtend))
    return event.uid, start, end, event.summary


def _seconds(moment, zones):
    seconds = unix_seconds(moment)
    if moment.tzinfo is not UTC and str(moment.tzinfo) not in zones:
        raise ValueError(f"{moment} lies in a zone the file does not hold")
    return seconds


tell(events_in)
