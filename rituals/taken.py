"""What calendars were told of the weeks, and what they have not heard of yet.

A file and a server are told at one instant and keep what they heard; a feed is read anew each
time. What was told is never forgotten: one occurrence is one event for an audience, for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID, uuid5

from rituals import words
from rituals.model import ONE, TWO, Household, Occurrence, Week

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"  # what stands, and what somebody called off
TENTATIVE = "TENTATIVE"  # what is a proposal still


class Audience(StrEnum):
    """Who a calendar is for: the two of them, or one partner, who finds their own rituals there."""

    SHARED = "shared"
    ONE = ONE
    TWO = TWO


class Route(StrEnum):
    """How a week goes into a calendar."""

    FILE = "file"
    FEED = "feed"  # an address or a folder that a calendar reads again and again
    SERVER = "server"  # CalDAV


@dataclass(frozen=True)
class Taken:
    """An occurrence as a calendar knows it.

    `content` is what people see there, in short; `sequence` that of the occurrence it was told of,
    None where it lies there though nothing was told: so whatever is here differs from it. A
    server's own names for it are `name` and `etag`; `sent` is the content that is on its way.
    """

    occurrence: str
    week: Week
    audience: Audience
    route: Route
    uid: str
    sequence: int | None
    title: str
    start: datetime
    end: datetime
    content: str
    at: datetime
    revision: int = 0  # how often it began anew, under a fresh UID
    gone: bool = False  # let go, and the calendar knows or was to be told by hand
    name: str = ""
    etag: str = ""
    sent: str = ""


@dataclass(frozen=True)
class Seen:
    """An event as a calendar shows it."""

    uid: str
    title: str
    start: datetime
    end: datetime
    sequence: int = 0
    stands: bool = True  # not cancelled

    @property
    def content(self) -> str:
        """What people see of it, in short."""
        return content(self.title, self.start, self.end, stands=self.stands)


@dataclass(frozen=True)
class There:
    """An object as it lies in a calendar; `seen` is None where it is no single event with hours."""

    name: str
    etag: str
    seen: Seen | None
    uid: str = ""
    written: str = ""


@dataclass(frozen=True)
class Feed:
    """What an audience's calendars read again and again: at an address, in a folder, or both."""

    audience: Audience
    token: str = field(
        default="", repr=False
    )  # the secret part of its address; "" as long as there is none
    folder: str = ""  # "" as long as there is none


@dataclass(frozen=True)
class Server:
    """A calendar on a CalDAV server into which an audience's weeks are published."""

    audience: Audience
    url: str  # of the server, as typed
    login: str
    calendar: str  # the address of the calendar itself
    name: str


@dataclass(frozen=True)
class Moved:
    """An occurrence that lies elsewhere, or is called otherwise, than a calendar was told."""

    was: Taken
    now: Occurrence


@dataclass(frozen=True)
class News:
    """What a calendar has not heard of yet."""

    new: tuple[Occurrence, ...] = ()
    moved: tuple[Moved, ...] = ()
    let_go: tuple[Taken, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.let_go)


@dataclass(frozen=True)
class Ledger:
    """What one audience's calendars were told by one route."""

    household: Household
    audience: Audience
    route: Route
    told: Mapping[str, Taken] = field(default_factory=dict)  # by occurrence

    @classmethod
    def of(
        cls, household: Household, audience: Audience, route: Route, taken: Iterable[Taken]
    ) -> Ledger:
        """The entries that are this audience's by this route."""
        own = (t for t in taken if (t.audience, t.route) == (audience, route))
        return cls(household, audience, route, {t.occurrence: t for t in own})

    def news(self, meant: Iterable[Occurrence], now: datetime) -> News:
        """What is new, moved or let go; nothing is asked of what was let go and is over."""
        known = {id: t for id, t in self.told.items() if not t.gone}
        there = {o.id: o for o in meant}
        pairs = [Moved(known[id], o) for id, o in there.items() if id in known]
        return News(
            tuple(o for id, o in there.items() if id not in known),
            tuple(pair for pair in pairs if self._differs(pair)),
            tuple(t for id, t in known.items() if id not in there and t.end > now),
        )

    def tell(
        self, week: Week, occurrences: Iterable[Occurrence], now: datetime, *, anew: bool = False
    ) -> tuple[Taken, ...]:
        """The entries once these are told; what is known goes on under its UID.

        `anew` gives each a UID that no calendar has seen; so does coming back after it had gone.
        """
        return tuple(self.entry(week, o, now, anew=anew) for o in occurrences)

    def entry(
        self, week: Week, occurrence: Occurrence, now: datetime, *, anew: bool = False
    ) -> Taken:
        """The entry of one occurrence once it is told."""
        before = self.told.get(occurrence.id)
        revision = 0 if before is None else before.revision + (anew or before.gone)
        named = title(occurrence, self.household, self.audience)
        return Taken(
            occurrence=occurrence.id,
            week=week,
            audience=self.audience,
            route=self.route,
            uid=uid(occurrence.id, self.household, self.audience, revision),
            sequence=occurrence.sequence,
            title=named,
            start=occurrence.start,
            end=occurrence.end,
            content=content(named, occurrence.start, occurrence.end),
            at=now,
            revision=revision,
        )

    def _differs(self, pair: Moved) -> bool:
        named = title(pair.now, self.household, self.audience)
        now = named, pair.now.start, pair.now.end
        return now != (pair.was.title, pair.was.start, pair.was.end)


def meant_for(occurrences: Iterable[Occurrence], audience: Audience) -> tuple[Occurrence, ...]:
    """Those an audience has in its calendar: all of it where it is shared, or a partner's own."""
    if audience is Audience.SHARED:
        return tuple(occurrences)
    return tuple(o for o in occurrences if o.partner == audience)


def let_go(entries: Iterable[Taken], now: datetime) -> tuple[Taken, ...]:
    """Entries once the calendar knows that they are let go."""
    return tuple(replace(t, gone=True, at=now, sent="") for t in entries)


def title(occurrence: Occurrence, household: Household, audience: Audience) -> str:
    """What a calendar calls an occurrence; in one's own there is no need for the name."""
    shared = audience is Audience.SHARED
    return words.line(words.title(occurrence, household) if shared else occurrence.title)


def uid(occurrence: str, household: Household, audience: Audience, revision: int = 0) -> str:
    """The name under which an audience's calendars know an occurrence."""
    again = f"|{revision}" if revision else ""
    return f"{uuid5(UUID(household.id), f'{occurrence}|{audience}{again}')}@leavewell"


def content(title: str, start: datetime, end: datetime, *, stands: bool = True) -> str:
    """What people see of an event, as a short word that changes whenever that does."""
    times = (instant.astimezone(UTC).isoformat(timespec="seconds") for instant in (start, end))
    status = CONFIRMED if stands else CANCELLED
    return hashlib.sha256("\n".join((*times, title, status)).encode()).hexdigest()[:32]
