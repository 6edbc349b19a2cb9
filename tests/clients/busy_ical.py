"""ical: what Home Assistant shows."""

from ical.calendar_stream import CalendarStream
from telling_busy import HOME, is_busy, tell


def times_in(text, since, until):
    """Each time on the timeline of each calendar."""
    for calendar in CalendarStream.from_ics(text).calendars:
        for event in calendar.timeline_tz(HOME).overlapping(since, until):
            if is_busy(event.status and event.status.value, event.transparency, event.dtstart):
                yield event.dtstart, event.end


tell(times_in)
