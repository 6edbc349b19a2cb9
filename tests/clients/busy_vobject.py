"""vobject: what Radicale and other servers in Python know of a series."""

from datetime import datetime, timedelta

import vobject
from telling_busy import is_busy, tell


def times_in(text, _since, until):
    """Each time of each event, and of a series those that no other event changes."""
    for calendar in vobject.readComponents(text):
        events = calendar.contents.get("vevent", [])
        changed = {
            (event.uid.value, event.recurrence_id.value)
            for event in events
            if hasattr(event, "recurrence_id")
        }
        for event in events:
            yield from _times(event, changed, until)


def _times(event, changed, until):
    start, lasts = event.dtstart.value, _length(event)
    status, transparency = (event.getChildValue(name) for name in ("status", "transp"))
    if not is_busy(status, transparency, start):
        return
    series = event.getrruleset(addRDate=True)
    if series is None or hasattr(event, "recurrence_id"):
        yield start, start + lasts
        return
    for at in series:
        when = at if isinstance(start, datetime) else at.date()
        if isinstance(start, datetime) and at.tzinfo is None:
            when = at.replace(tzinfo=start.tzinfo)
        if when.strftime("%Y%m%d") > until.strftime("%Y%m%d"):
            return
        if (event.uid.value, when) not in changed:
            yield when, when + lasts


def _length(event):
    if hasattr(event, "dtend"):
        return event.dtend.value - event.dtstart.value
    if hasattr(event, "duration"):
        return event.duration.value
    return timedelta(days=0 if isinstance(event.dtstart.value, datetime) else 1)


tell(times_in)
