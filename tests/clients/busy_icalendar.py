"""icalendar with recurring-ical-events: what calendars in Python show."""

from datetime import timedelta

import recurring_ical_events
from icalendar import Calendar
from telling_busy import is_busy, tell

PAD = timedelta(days=3)


def times_in(text, since, until):
    """Each time of each calendar of the file."""
    for calendar in Calendar.from_ical(text, multiple=True):
        for event in recurring_ical_events.of(calendar).between(since - PAD, until + PAD):
            start = event["DTSTART"].dt
            if is_busy(event.get("STATUS"), event.get("TRANSP"), start):
                yield start, event["DTEND"].dt


tell(times_in)
