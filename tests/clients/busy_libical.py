"""libical through GObject: what Evolution, GNOME and KDE show.

libical works a rule out and knows the zones; which occurrences are excepted or changed is said by
its own function for that, beside the times that other events of the same UID name.
"""

from datetime import datetime

import gi
from telling_busy import tell

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version has to be chosen first

EVENT = ICalGLib.ComponentKind.VEVENT_COMPONENT
FREE = "TRANSPARENT"


def times_in(text, since, until):
    """Each time of each event."""
    whole = ICalGLib.Parser.parse_string(text)
    events = list(_events(whole))
    changed = {
        (event.get_uid(), event.get_recurrenceid().as_ical_string())
        for event in events
        if _said(event, ICalGLib.PropertyKind.RECURRENCEID_PROPERTY)
    }
    first, last = (
        ICalGLib.Time.new_from_timet_with_zone(int(at.timestamp()), 0, _utc())
        for at in (since, until)
    )
    for event in events:
        yield from _times(event, changed, first, last)


def _events(component):
    if component.isa() == EVENT:
        yield component
        return
    child = component.get_first_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    children = []
    while child is not None:
        children.append(child)
        child = component.get_next_component(ICalGLib.ComponentKind.ANY_COMPONENT)
    for child in children:
        yield from _events(child)


def _said(event, kind):
    line = event.get_first_property(kind)
    return line.get_value_as_string() if line else ""


def _times(event, changed, first, last):
    transparency = _said(event, ICalGLib.PropertyKind.TRANSP_PROPERTY)
    status = _said(event, ICalGLib.PropertyKind.STATUS_PROPERTY)
    start = event.get_dtstart()
    if status == "CANCELLED" or transparency == FREE:
        return
    if start.is_date() and transparency != "OPAQUE":
        return
    found = []
    event.foreach_recurrence(first, last, lambda _, span, __: found.append(_span(span)), None)
    is_change = _said(event, ICalGLib.PropertyKind.RECURRENCEID_PROPERTY)
    gone = {at for uid, at in changed if uid == event.get_uid() and not is_change}
    for begins, ends in found:
        if not _is_among(begins, start, gone):
            yield (
                datetime.fromtimestamp(begins).astimezone(),
                datetime.fromtimestamp(ends).astimezone(),
            )


def _span(span):
    return span.get_start(), span.get_end()


def _is_among(begins, start, gone):
    zone = start.get_timezone() or _home()
    at = ICalGLib.Time.new_from_timet_with_zone(begins, start.is_date(), zone)
    return at.as_ical_string() in gone


def _utc():
    return ICalGLib.Timezone.get_utc_timezone()


def _home():
    return ICalGLib.Timezone.get_builtin_timezone("Europe/Berlin")


tell(times_in)
