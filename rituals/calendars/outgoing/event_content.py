"""Content of an event as calendars are given it: all of it but its UID and its version.

Two events with the same content differ in nothing that a calendar shows; whether one is to be
given out anew is asked of this alone.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from rituals import text
from rituals.model import wording
from rituals.model.calendar import CONFIRMED, TENTATIVE, Audience
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual, Size
from rituals.text import single_line

COLORS = {
    Kind.TOGETHER: "firebrick",
    Kind.ALONE: "steelblue",
    Kind.SOLO: "goldenrod",
    Kind.OUT: "indigo",
}  # names of CSS, which is all that RFC 7986 allows
TIMES = ("start", "end", "created")
A_PROPOSAL = "Not agreed yet: not both of you have said yes to it."
NO_SITTER_YET = "Open until a sitter is found."


@dataclass(frozen=True)
class EventContent:
    """All that an event holds but its UID, its SEQUENCE and the instants of its last change.

    `start` and `end` have the zone in which they are written; `alarm` is in minutes before.
    """

    title: str
    start: datetime
    end: datetime
    created: datetime
    description: str
    status: str
    transparency: str
    category: str
    color: str
    alarm: int | None
    alarm_text: str

    def as_json(self) -> str:
        """Text of the content, the same for the same content, as the ledger keeps it."""
        times = {name: _written(getattr(self, name)) for name in TIMES}
        return json.dumps(asdict(self) | times, ensure_ascii=False, sort_keys=True)


def content_of(
    occurrence: Occurrence,
    household: Household,
    audience: Audience,
    ritual: Ritual | None = None,
    *,
    why_tentative: str = "",
) -> EventContent:
    """Content of an occurrence's event; its ritual may add an alarm.

    `why_tentative` says why it is tentative, "" where it is settled.
    """
    start, end = _local(occurrence, household)
    way = text.cleaned(occurrence.way)
    alarm = None if ritual is None else ritual.alarm
    return EventContent(
        title=event_title(occurrence, household, audience),
        start=start,
        end=end,
        created=whole_second(occurrence.created),
        description="\n".join(filter(None, (why_tentative, way))),
        status=TENTATIVE if why_tentative else CONFIRMED,
        transparency="TRANSPARENT" if occurrence.size is Size.SMALL else "OPAQUE",
        category=wording.KINDS[occurrence.kind],
        color=COLORS[occurrence.kind],
        alarm=alarm,
        alarm_text="" if alarm is None else single_line(occurrence.title),
    )


@lru_cache(4096)
def body_of(
    occurrence: Occurrence,
    household: Household,
    audience: Audience,
    ritual: Ritual | None = None,
    *,
    why_tentative: str = "",
) -> str:
    """JSON of the content of an occurrence's event.

    Cached: a feed compares all of its events each time that a calendar asks.
    """
    return content_of(
        occurrence, household, audience, ritual, why_tentative=why_tentative
    ).as_json()


def read_content(written: str) -> EventContent:
    """Content from its JSON."""
    fields = json.loads(written)
    times = {name: _read(fields[name]) for name in TIMES}
    return EventContent(**fields | times)


def with_hours(written: str, title: str, start: datetime, end: datetime) -> str:
    """JSON of a content with another title and other hours; "" of ""."""
    if not written:
        return ""
    before = read_content(written)
    tz = before.start.tzinfo
    moved = replace(before, title=title, start=start.astimezone(tz), end=end.astimezone(tz))
    return moved.as_json()


def event_title(occurrence: Occurrence, household: Household, audience: Audience) -> str:
    """The title of an occurrence in a calendar; without the partner's name in their own."""
    shared = audience is Audience.SHARED
    return single_line(wording.title(occurrence, household) if shared else occurrence.title)


def whole_second(instant: datetime) -> datetime:
    """An instant as calendars write it, in UTC and without fractions."""
    return instant.astimezone(UTC).replace(microsecond=0)


def _local(occurrence: Occurrence, household: Household) -> tuple[datetime, datetime]:
    """Start and end at home, or in UTC where the clock shows one of them twice.

    Of a time that comes twice, ical.js and libical take the second and other readers the first.
    """
    local = [t.astimezone(household.tz) for t in (occurrence.start, occurrence.end)]
    if any(t.replace(fold=0).utcoffset() != t.replace(fold=1).utcoffset() for t in local):
        return occurrence.start.astimezone(UTC), occurrence.end.astimezone(UTC)
    return local[0], local[1]


def _written(moment: datetime) -> str:
    return f"{moment.replace(tzinfo=None).isoformat()} {moment.tzinfo}"


def _read(written: str) -> datetime:
    local, zone = written.split(" ")
    tz = UTC if zone == "UTC" else ZoneInfo(zone)
    return datetime.fromisoformat(local).replace(tzinfo=tz)
