"""Occurrences as an iCalendar file that other programs read right.

Single events, no RRULE, no METHOD, nobody invited; the zone comes before the events and its
onsets are in the wall time before the change (RFC 5545, 3.6.5). The same occurrences give the
same bytes. What an audience may not know is not written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes

from rituals import words
from rituals.model import Household, Kind, Occurrence, Size

PRODID = "-//Leavewell//Leavewell//EN"
MARGIN = timedelta(days=366)  # so that a zone's blocks hold the onset before the first event
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
    name = line(words.listed([partner.name for partner in household.partners]))
    file = Calendar()
    file.add("version", "2.0")
    file.add("prodid", PRODID)
    file.add("calscale", "GREGORIAN")
    file.add("name", name)
    file.add("x-wr-calname", name)
    chosen = sorted(occurrences, key=lambda o: (o.start, o.id))
    for occurrence in chosen:
        file.add_component(_event(occurrence, household, audience))
    if chosen:
        _add_zone(file, chosen[0].start.date(), chosen[-1].end.date())
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
    return "".join(kept)


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
    """Start and end at home, or in UTC where the clock shows one of them for the second time."""
    start, end = (t.astimezone(household.tz) for t in (occurrence.start, occurrence.end))
    return (occurrence.start, occurrence.end) if start.fold or end.fold else (start, end)


def _whole_second(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)


def _add_zone(file: Calendar, first: date, last: date) -> None:
    file.add_missing_timezones(first - MARGIN, last + MARGIN)
    for zone in file.timezones:
        zone.pop("COMMENT", None)
        for block in zone.walk():
            if isinstance(block, TimezoneStandard | TimezoneDaylight):
                _move_onsets(block)
    file.subcomponents.sort(key=lambda part: not isinstance(part, Timezone))


def _move_onsets(block: TimezoneStandard | TimezoneDaylight) -> None:
    """icalendar 7.3 writes the onset of a forward jump in the time after it, not before."""
    change = block.TZOFFSETFROM - block.TZOFFSETTO
    if change >= timedelta():
        return
    moved = block.DTSTART + change
    del block["DTSTART"]
    block.add("dtstart", moved)
    dates = block.pop("RDATE", None)
    if dates is not None:
        lists = dates if isinstance(dates, list) else [dates]
        for listed in lists:
            block.add("rdate", [vDDDTypes(one.dt + change).dt for one in listed.dts])
