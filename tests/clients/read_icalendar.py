"""icalendar with recurring-ical-events: what busy calendars in Python see."""

from datetime import timedelta

import recurring_ical_events
from icalendar import Calendar
from icalendar.timezone import tzp
from icalendar.timezone.zoneinfo import ZONEINFO
from telling import tell, unix_seconds


class FileZones(ZONEINFO):
    """Zones from the file only: by default icalendar goes by the name and ignores a VTIMEZONE."""

    def knows_timezone_id(self, tzid):  # noqa: ARG002 - icalendar's signature
        """No name is known before the file explains it."""
        return False

    def timezone(self, name):  # noqa: ARG002 - icalendar's signature
        """No name stands for a zone of its own."""
        return None


def events_in(text):
    """Every event of the file's one calendar."""
    tzp.use(FileZones())  # anew for each file: icalendar keeps the zones of the one before
    calendar = Calendar.from_ical(text)
    for event in _occurrences(calendar):
        yield (
            str(event["UID"]),
            unix_seconds(event["DTSTART"].dt),
            unix_seconds(event["DTEND"].dt),
            str(event["SUMMARY"]),
        )


def _occurrences(calendar):
    events = calendar.walk("VEVENT")
    if not all(_is_single(event) for event in events):
        raise ValueError("the file holds an event which repeats, or has no end")
    if not events:
        return []
    moments = [moment for event in events for moment in (event.start, event.end)]
    last = max(moments, key=unix_seconds) + timedelta(seconds=1)
    found = recurring_ical_events.of(calendar).between(min(moments, key=unix_seconds), last)
    # Of two events with one UID it shows one.
    if len(found) != len(events):
        raise ValueError(f"{len(found)} of {len(events)} events are shown")
    return found


def _is_single(event):
    return "DTEND" in event and not {"RRULE", "RDATE"} & event.keys()


tell(events_in)
