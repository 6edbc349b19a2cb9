"""Occurrences as an iCalendar file that other programs read right.

Single events, no RRULE, no METHOD, nobody invited; the zone comes before the events, and
the same occurrences give the same bytes. What an audience may not know is not written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from rituals import words
from rituals.model import Household, Kind, Occurrence, Size

PRODID = "-//Leavewell//Leavewell//EN"
MARGIN = timedelta(days=366)  # so that an event moved by some months is still in its zone
COLORS = {
    Kind.TOGETHER: "firebrick",
    Kind.ALONE: "steelblue",
    Kind.SOLO: "goldenrod",
    Kind.OUT: "indigo",
}  # names of CSS, which is all that RFC 7986 allows


class Audience(StrEnum):
    """Who a calendar file is for."""

    SHARED = "shared"


def calendar(
    occurrences: Iterable[Occurrence], household: Household, audience: Audience = Audience.SHARED
) -> bytes:
    """The file that takes these occurrences into a calendar."""
    name = vText(line(words.listed([partner.name for partner in household.partners])))
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODID)
    file.add("calscale", "GREGORIAN")
    file.add("name", name)
    file.add("x-wr-calname", name)
    chosen = sorted(occurrences, key=lambda o: (o.start, o.id))
    if chosen:
        ends = max(o.end for o in chosen)
        file.add_component(_zone(household.tz, chosen[0].start - MARGIN, ends + MARGIN))
    for occurrence in chosen:
        file.add_component(_event(occurrence, household, audience))
    return bytes(file.to_ical())


def uid(occurrence: Occurrence, household: Household, audience: Audience) -> str:
    """The name under which a calendar knows an occurrence, for this audience and always."""
    return f"{uuid5(UUID(household.id), f'{occurrence.id}|{audience}')}@leavewell"


def file_name(occurrences_from: date, weeks: int, audience: Audience = Audience.SHARED) -> str:
    """A file's name that says from which day, for how long and for whom."""
    length = "week" if weeks == 1 else f"{weeks}-weeks"
    return f"leavewell-{audience}-{length}-from-{occurrences_from}.ics"


def text(written: str) -> str:
    """What people wrote, without the characters that no calendar should be given."""
    kept = (c for c in written.replace("\r\n", "\n") if c in "\n\t" or not _is_harmful(c))
    return "".join(kept).strip()  # libical strips too: what is written is what is read


def line(written: str) -> str:
    """The same on one line."""
    return " ".join(text(written).split())


def _is_harmful(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def _event(occurrence: Occurrence, household: Household, audience: Audience) -> Event:
    event = Event()
    event.add("uid", uid(occurrence, household, audience))
    event.add("dtstamp", _whole_second(occurrence.changed))
    event.add("created", _whole_second(occurrence.created))
    event.add("last-modified", _whole_second(occurrence.changed))
    event.add("sequence", occurrence.sequence)
    start, end = _local(occurrence, household)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", line(words.title(occurrence, household)))
    if occurrence.way:
        event.add("description", text(occurrence.way))
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT" if occurrence.size is Size.SMALL else "OPAQUE")
    event.add("categories", [words.KINDS[occurrence.kind]])
    event.add("color", COLORS[occurrence.kind])
    return event


def _local(occurrence: Occurrence, household: Household) -> tuple[datetime, datetime]:
    """Start and end at home, or in UTC where the clock shows one of them twice.

    Of a time that comes twice, ical.js and libical take the second and other readers the first.
    """
    local = [t.astimezone(household.tz) for t in (occurrence.start, occurrence.end)]
    if any(t.replace(fold=0).utcoffset() != t.replace(fold=1).utcoffset() for t in local):
        return occurrence.start, occurrence.end
    return local[0], local[1]


def _whole_second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _zone(tz: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """What the clocks of a zone do from one instant to another, each change as its own block.

    icalendar would collect the changes in RDATE lists, of which ical.js and vobject read one value.
    """
    zone = Timezone()
    zone.add("tzid", tz.key)
    zone.add_component(_clock(first.astimezone(tz), first.astimezone(tz)))
    for change in _changes(tz, first, last):
        before = (change - timedelta(seconds=1)).astimezone(tz)
        zone.add_component(_clock(before, change.astimezone(tz)))
    return zone


def _clock(before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    """The clock that begins at `after`; its onset is told in the time before (RFC 5545, 3.6.5)."""
    offset_from, offset_to = (t.utcoffset() or timedelta() for t in (before, after))
    clock = TimezoneDaylight() if after.dst() else TimezoneStandard()
    clock.add("dtstart", after.astimezone(UTC).replace(tzinfo=None) + offset_from)
    clock.add("tzoffsetfrom", offset_from)
    clock.add("tzoffsetto", offset_to)
    clock.add("tzname", after.tzname() or "")
    return clock


def _changes(tz: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The instants, to the second, at which a zone's clocks change."""
    day = first
    while day < last:
        following = day + timedelta(days=1)
        if _shown(tz, day) != _shown(tz, following):
            yield _change_between(tz, day, following)
        day = following


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
