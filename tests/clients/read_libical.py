"""libical through GObject: what Evolution, GNOME and KDE see."""

import gi
from telling import tell

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - the version has to be chosen first

COMPONENT = ICalGLib.ComponentKind
PROPERTY = ICalGLib.PropertyKind


def events_in(text):
    """Every event of the file's one calendar."""
    calendar = ICalGLib.Component.new_from_string(text)
    if calendar is None or calendar.isa() != COMPONENT.VCALENDAR_COMPONENT:
        raise ValueError("the file is not one calendar")
    if calendar.count_errors():
        raise ValueError("the file holds lines which libical does not understand")
    event = calendar.get_first_component(COMPONENT.VEVENT_COMPONENT)
    while event is not None:
        yield _seen(event, calendar)
        event = calendar.get_next_component(COMPONENT.VEVENT_COMPONENT)


def _seen(event, calendar):
    repeats = PROPERTY.RRULE_PROPERTY, PROPERTY.RDATE_PROPERTY
    if any(event.count_properties(kind) for kind in repeats):
        raise ValueError("the file holds an event which repeats")
    start = event.get_first_property(PROPERTY.DTSTART_PROPERTY)
    end = event.get_first_property(PROPERTY.DTEND_PROPERTY)
    return (
        event.get_uid(),
        _unix_seconds(start, start.get_dtstart(), calendar),
        _unix_seconds(end, end.get_dtend(), calendar),
        event.get_summary(),
    )


def _unix_seconds(line, moment, calendar):
    if moment.is_date() or not moment.is_valid_time():
        raise ValueError(f"{line.as_ical_string()} is not a time")
    if moment.is_utc():
        return moment.as_timet()
    tzid = line.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    # Never libical's own tables: it would find a zone by its name where the file holds none.
    zone = calendar.get_timezone(tzid.get_tzid()) if tzid else None
    if zone is None:
        raise ValueError(f"{line.as_ical_string()} has no zone, or one the file does not hold")
    return moment.as_timet_with_zone(zone)


tell(events_in)
