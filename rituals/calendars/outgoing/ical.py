"""Occurrences as an iCalendar file that other programs read right.

Single events, no RRULE, no METHOD, nobody invited; the zone comes before the events, and
the same occurrences give the same bytes. What an audience may not know is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from rituals.calendars.outgoing.event_content import EventContent, content_of, read_content
from rituals.calendars.outgoing.ledger import (
    NOTHING,
    EventVersion,
    event_uid,
    first_version,
    version_of,
)
from rituals.model import wording
from rituals.model.calendar import CANCELLED, Audience, ExportedEvent, RemoteEvent
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
from rituals.text import single_line

if TYPE_CHECKING:
    from icalendar import (
        Alarm,
        Calendar,
        Component,
        Event,
        Timezone,
        TimezoneDaylight,
        TimezoneStandard,
    )

PRODID = "-//Leavewell//Leavewell//EN"
MARGIN = timedelta(days=366)  # so that an event moved by some months is still in its zone
MOST_DIGITS = 9  # of a SEQUENCE that a store can hold and count on
ALWAYS_OURS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS")
UNLESS_CHANGED = ("DESCRIPTION", "TRANSP", "CATEGORIES", "COLOR")


def calendar(  # noqa: PLR0913 - a file follows from all of these, and most have a default
    occurrences: Iterable[Occurrence],
    household: Household,
    audience: Audience = Audience.SHARED,
    *,
    uids: Mapping[str, str] = NOTHING,
    versions: Mapping[str, EventVersion] = NOTHING,
    rituals: Mapping[str, Ritual] = NOTHING,
    why_tentative: Mapping[str, str] = NOTHING,
) -> bytes:
    """The .ics file that takes these occurrences into a calendar.

    `uids` and `versions`, by occurrence, are those of the ledger; without, it is the first time
    that they go out. `rituals`, by id, say what else stands in their events (an alarm);
    `why_tentative`, by occurrence, why an event is no settled one.
    """
    file = _begun(household, audience)
    chosen = sorted(occurrences, key=lambda o: (o.start, o.id))
    if chosen:
        ends = max(o.end for o in chosen)
        file.add_component(_zone(household.tz, chosen[0].start - MARGIN, ends + MARGIN))
    for occurrence in chosen:
        uid = uids.get(occurrence.id) or event_uid(occurrence.id, household, audience)
        ritual = rituals.get(occurrence.ritual or "")
        why = why_tentative.get(occurrence.id, "")
        content = content_of(occurrence, household, audience, ritual, why_tentative=why)
        version = versions.get(occurrence.id) or first_version(occurrence)
        file.add_component(_event(uid, version, content))
    return bytes(file.to_ical())


def read_event(written: str | bytes, tz: ZoneInfo) -> RemoteEvent | None:
    """The one event of an object on a server; None where it holds none with hours of its own."""
    from icalendar import Calendar

    try:
        file = Calendar.from_ical(written)
        (event,) = file.events
        begins = event.get("DTSTART")
        start = _instant(event.start, _zone_of(begins, file), tz)
        end = _instant(event.end, _zone_of(event.get("DTEND", begins), file), tz)
    except (ValueError, OverflowError, OSError):  # OSError: a zone is called like a folder of zones
        return None
    if start is None or end is None or end <= start or "RRULE" in event:
        return None
    title = single_line(_text(event, "SUMMARY"))
    stands = _text(event, "STATUS").upper() != CANCELLED
    version = _sequence(event), stands, _modified(event, tz)
    return RemoteEvent(_text(event, "UID"), title, start, end, *version)


def uid_in(written: str | bytes) -> str:
    """The UID of an object's event, also of one that is a series or a whole day; "" without one."""
    from icalendar import Calendar

    try:
        events = Calendar.from_ical(written).events
    except (ValueError, OSError):
        return ""
    return _text(events[0], "UID") if events else ""


def amended(written: str | bytes, household: Household, entry: ExportedEvent) -> bytes:
    """An object on a server with what is on its way there; what others wrote into it stays.

    Others wrote what differs from the body of the entry. Raises ValueError where the object holds
    no single event.
    """
    from icalendar import Calendar

    file = Calendar.from_ical(written)
    (event,) = file.events
    uid, version = _text(event, "UID"), version_of(entry)
    ours = _event(uid, version, read_content(entry.sent_body))
    _amend(event, ours, _event(uid, version, read_content(entry.body)) if entry.body else None)
    zone = _zone(household.tz, entry.start - MARGIN, entry.end + MARGIN)
    others = [c for c in file.subcomponents if c.get("TZID") != household.tz.key]
    file.subcomponents = [zone, *others]
    return bytes(file.to_ical())


def file_name(
    first: date,
    weeks: int,
    household: Household,
    audience: Audience = Audience.SHARED,
    *,
    changes: bool = False,
) -> str:
    """A file's name that says for whom, for how long and from which day."""
    length = "week" if weeks == 1 else f"{weeks}-weeks"
    what = "-changes" if changes else ""
    return f"leavewell-{audience_slug(audience, household)}-{length}-from-{first}{what}.ics"


def audience_slug(audience: Audience, household: Household) -> str:
    """An audience as a part of a file's name."""
    if audience is Audience.SHARED:
        return "shared"
    slugs = [_slug(partner.name) for partner in household.partners]
    own = _slug(household.name(audience))
    is_own = own and own != Audience.SHARED and slugs.count(own) == 1
    return own if is_own else f"{own}-{audience}".strip("-")


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", single_line(name).lower()).strip("-")


def _begun(household: Household, audience: Audience) -> Calendar:
    from icalendar import Calendar, vText

    partners = [p.name for p in household.partners if audience in (Audience.SHARED, p.key)]
    name = vText(single_line(wording.listed(partners)))
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODID)
    file.add("calscale", "GREGORIAN")
    file.add("name", name)
    file.add("x-wr-calname", name)
    return file


def _event(uid: str, version: EventVersion, content: EventContent) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", version.modified)
    event.add("created", content.created)
    event.add("last-modified", version.modified)
    event.add("sequence", version.sequence)
    event.add("dtstart", content.start)
    event.add("dtend", content.end)
    event.add("summary", content.title)
    if content.description:
        event.add("description", content.description)
    event.add("status", content.status)
    event.add("transp", content.transparency)
    event.add("categories", [content.category])
    event.add("color", content.color)
    if content.alarm is not None:
        event.add_component(_alarm(content.alarm, content.alarm_text))
    return event


def _amend(event: Event, ours: Event, before: Event | None) -> None:
    """Brings an event of a server up to ours; what others wrote into it since `before` stays."""
    event.pop("DURATION", None)
    for name in ALWAYS_OURS:
        event[name] = ours[name]
    for name in UNLESS_CHANGED:
        if _property(event, name) == _property(before, name):
            event.pop(name, None)
            if name in ours:
                event[name] = ours[name]
    if before is not None:
        known = {_trigger(alarm) for alarm in before.walk("VALARM")}
        event.subcomponents = [
            c for c in event.subcomponents if c.name != "VALARM" or _trigger(c) not in known
        ]
    have = {_trigger(alarm) for alarm in event.walk("VALARM")}
    for alarm in ours.walk("VALARM"):
        if _trigger(alarm) not in have:
            event.add_component(alarm)


def _property(event: Event | None, name: str) -> bytes | None:
    held = None if event is None else event.get(name)
    if isinstance(held, list):  # two lines of CATEGORIES are as good as one
        return b"\n".join(each.to_ical() for each in held)
    return None if held is None else held.to_ical()


def _trigger(alarm: Component) -> timedelta | datetime | None:
    try:
        return getattr(_first(alarm, "TRIGGER"), "dt", None)
    except ValueError:
        return None


def _text(event: Component, name: str) -> str:
    return str(_first(event, name) or "")


def _first(event: Component, name: str) -> Any:
    """The first line of a name: other programs write some twice."""
    held = event.get(name)
    return held[0] if isinstance(held, list) else held


def _sequence(event: Component) -> int:
    """The number of an event's version, 0 where nobody can read it."""
    digits = _text(event, "SEQUENCE")
    return int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else 0


def _modified(event: Component, tz: ZoneInfo) -> datetime | None:
    try:
        return _instant(getattr(_first(event, "LAST-MODIFIED"), "dt", None), None, tz)
    except (ValueError, OverflowError):
        return None


def _instant(moment: date | None, zone: tzinfo | None, tz: ZoneInfo) -> datetime | None:
    """The instant of a time, of one without a zone at home; None for a whole day."""
    if not isinstance(moment, datetime):
        return None
    return moment.replace(tzinfo=zone or moment.tzinfo or tz).astimezone(UTC)


def _zone_of(moment: Any, file: Calendar) -> tzinfo | None:
    """The zone that a property names: one of the world, else the file's own; None without either.

    A server may describe a zone of the world anew, by old rules, and has moved nothing by that.
    """
    name = str(moment.params.get("TZID", ""))
    described = (zone for zone in file.timezones if zone.tz_name == name)
    own = (zone.to_tz(lookup_tzid=False) for zone in described)  # icalendar's is the first it saw
    return _zone_of_the_world(name) or next(own, None)


def _zone_of_the_world(name: str) -> ZoneInfo | None:
    """The zone of this name, also behind a program's own: /example.org/1/Europe/Berlin."""
    parts = name.strip("/").split("/")
    ends = ("/".join(parts[n:]) for n in range(len(parts) if name.startswith("/") else 1))
    known = available_timezones()
    return next((ZoneInfo(end) for end in ends if end in known), None)


def _alarm(minutes: int, title: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", single_line(title))
    alarm.add("trigger", -timedelta(minutes=minutes))
    return alarm


def _zone(tz: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The VTIMEZONE of a zone from one instant to another, each change as its own block.

    icalendar would collect the changes in RDATE lists, of which ical.js and vobject read one value.
    """
    from icalendar import Timezone

    zone = Timezone()
    zone.add("tzid", tz.key)
    zone.add_component(_clock(first.astimezone(tz), first.astimezone(tz)))
    for change in _changes(tz, first, last):
        before = (change - timedelta(seconds=1)).astimezone(tz)
        zone.add_component(_clock(before, change.astimezone(tz)))
    return zone


def _clock(before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The clock that begins at `after`; its onset is in the time before (RFC 5545, 3.6.5)."""
    from icalendar import TimezoneDaylight, TimezoneStandard

    offset_from, offset_to = (t.utcoffset() or timedelta() for t in (before, after))
    clock = TimezoneDaylight() if after.dst() else TimezoneStandard()
    clock.add("dtstart", after.astimezone(UTC).replace(tzinfo=None) + offset_from)
    clock.add("tzoffsetfrom", offset_from)
    clock.add("tzoffsetto", offset_to)
    clock.add("tzname", after.tzname() or "")
    return clock


def _changes(tz: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants, to the second, at which a zone's clocks change."""
    for year in range(first.astimezone(UTC).year, last.astimezone(UTC).year + 1):
        yield from (change for change in _changes_of(tz, year) if first < change <= last)


@cache
def _changes_of(tz: ZoneInfo, year: int) -> tuple[datetime, ...]:
    """The changes of one year in UTC, looked for day by day."""
    begins, ends = (datetime(of, 1, 1, tzinfo=UTC) for of in (year, year + 1))
    days = [begins + timedelta(days=n) for n in range((ends - begins).days + 1)]
    clocks = pairwise((day, _shown(tz, day)) for day in days)
    return tuple(
        _change_between(tz, before, after)
        for (before, was), (after, shown) in clocks
        if was != shown
    )


def _change_between(tz: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _shown(tz, middle) == _shown(tz, before):
            before = middle
        else:
            after = middle
    return after


def _shown(tz: ZoneInfo, instant: datetime) -> tuple[timedelta | None, str | None]:
    local = instant.astimezone(tz)
    return local.utcoffset(), local.tzname()
