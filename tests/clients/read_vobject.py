"""vobject: what Radicale and other servers in Python see."""

import sys

import vobject
from telling import tell, unix_seconds
from vobject.icalendar import registerTzid

# With pytz at hand, vobject looks up a zone's name where the file does not explain it.
sys.modules["pytz"] = None


def events_in(text):
    """Every event of the file's one calendar."""
    (calendar,) = vobject.readComponents(text, transform=False)
    zones = calendar.contents.get("vtimezone", [])
    for zone in zones:
        # Left to itself, vobject passes over a zone that equals UTC from 2000 to 2020: in a file
        # of a few weeks London does. It also keeps the first zone of a name for all later files.
        registerTzid(zone.tzid.value, zone.transformToNative().tzinfo)
    calendar.transformChildrenToNative()
    for event in calendar.contents.get("vevent", []):
        yield _seen(event)
    for zone in zones:
        registerTzid(zone.tzid.value, None)


def _seen(event):
    if "rrule" in event.contents or "rdate" in event.contents:
        raise ValueError("the file holds an event which repeats")
    return (
        event.uid.value,
        unix_seconds(event.dtstart.value),
        unix_seconds(event.dtend.value),
        event.summary.value,
    )


tell(events_in)
