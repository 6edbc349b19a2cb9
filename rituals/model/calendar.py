"""Calendars read from outside, and calendars that are told of a week."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from rituals.model.household import ONE, TWO
from rituals.model.span import Span
from rituals.model.week import Week

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"  # what stands, and what somebody called off
TENTATIVE = "TENTATIVE"  # what is a proposal still


class Origin(StrEnum):
    """Where a calendar is read from."""

    FILE = "file"  # added once, by hand
    PATH = "path"  # on this machine, read again on request
    ADDRESS = "address"  # on the internet or at home


@dataclass(frozen=True)
class Calendar:
    """An outside calendar of one partner; of what is in it only busy times are kept.

    Titles are kept where the partner asked for them, and are for that partner's own eyes.
    """

    id: str
    partner: str
    name: str
    origin: Origin
    where: str  # the file's name, the path or the address
    titles: bool = False
    whole_days: bool = False  # whole days that are marked as busy take the day
    on_opening: bool = False  # an address is also asked whenever Sunday opens
    read: datetime | None = None
    skipped: tuple[str, ...] = ()  # sentences


@dataclass(frozen=True)
class Busy:
    """A stretch that is taken in an outside calendar."""

    span: Span
    title: str = ""
    whole_day: bool = False


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
class ExportedEvent:
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
class RemoteEvent:
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
class RemoteObject:
    """An object as it lies in a calendar; `seen` is None where it is no single event with hours."""

    name: str
    etag: str
    seen: RemoteEvent | None
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


def content(title: str, start: datetime, end: datetime, *, stands: bool = True) -> str:
    """What people see of an event, as a short word that changes whenever that does."""
    times = (instant.astimezone(UTC).isoformat(timespec="seconds") for instant in (start, end))
    status = CONFIRMED if stands else CANCELLED
    return hashlib.sha256("\n".join((*times, title, status)).encode()).hexdigest()[:32]
