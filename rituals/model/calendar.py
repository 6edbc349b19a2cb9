"""Outside calendars, in and out: busy times that are read, and events that are exported."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from rituals.model.household import ONE, TWO
from rituals.model.time.span import Span
from rituals.model.time.week import Week

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"  # it takes place, or somebody called it off
TENTATIVE = "TENTATIVE"  # what is a proposal still


class Origin(StrEnum):
    """The source from which a calendar is read."""

    FILE = "file"  # added once, by hand
    PATH = "path"  # on this machine, read again on request
    ADDRESS = "address"  # on the internet or at home


@dataclass(frozen=True)
class Calendar:
    """An outside calendar of one partner or of the children; of it only busy times are kept.

    Titles are kept where the partner wishes it, and are for that partner's own eyes. In the
    children's, whole days mean no school where `whole_days` is set.
    """

    id: str
    partner: str  # a partner's key, or CHILDREN
    name: str
    origin: Origin
    where: str  # the file's name, the path or the address
    titles: bool = False
    whole_days: bool = False  # whole days that are marked as busy take the day
    on_opening: bool = False  # an address is also asked whenever Sunday opens
    read: datetime | None = None
    skipped: tuple[str, ...] = ()  # sentences
    away: bool = False  # the children's: what has hours in it takes them from home, by day
    addresses: tuple[str, ...] | None = None  # of its partner, as invited; None: not proposed yet
    open_is_busy: bool = True  # invitations that are not accepted yet take their time


@dataclass(frozen=True)
class Busy:
    """A busy time of an outside calendar; a `free` one is a whole day that takes no time.

    It is kept for what it may mean: no school, or a partner away.
    """

    span: Span
    title: str = ""
    whole_day: bool = False
    free: bool = False


@dataclass(frozen=True)
class WholeDays:
    """Whole days in a row in a partner's calendar, from a first to a last one."""

    calendar: str  # its id
    partner: str
    first: date
    last: date


class Audience(StrEnum):
    """The readers of a calendar: both partners, or one who finds their own rituals in it."""

    SHARED = "shared"
    ONE = ONE
    TWO = TWO


class Route(StrEnum):
    """The route by which a week goes into a calendar."""

    FILE = "file"
    FEED = "feed"  # an address or a folder that a calendar reads again and again
    SERVER = "server"  # CalDAV


@dataclass(frozen=True)
class ExportedEvent:
    """An entry of the ledger: an occurrence as one audience's calendar has it.

    `content` is a digest of what people see in it, `body` the JSON of all that it holds, "" where
    an older program or somebody else wrote it: so whatever the plan has differs from it.
    `sequence` and `modified` are those that the calendar was given last, which count for the event
    alone and not for the plan; `sequence` is None where it lies in the calendar though the ledger
    never exported it. A server's own names for it are `name` and `etag`; `sent` and
    `sent_body` are the content and body on their way.
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
    gone: bool = False  # let go, and taken out of the calendar or left to the couple's hands
    name: str = ""
    etag: str = ""
    sent: str = ""
    modified: datetime | None = None  # None where an older program wrote it
    body: str = ""
    sent_body: str = ""


@dataclass(frozen=True)
class RemoteEvent:
    """An event as an outside calendar shows it."""

    uid: str
    title: str
    start: datetime
    end: datetime
    sequence: int = 0
    stands: bool = True  # not cancelled
    modified: datetime | None = None

    @property
    def content(self) -> str:
        """Digest of what people see of it, as in ExportedEvent."""
        return content_digest(self.title, self.start, self.end, stands=self.stands)


@dataclass(frozen=True)
class RemoteObject:
    """An object on a CalDAV server; `event` is None where it is no single event with hours."""

    name: str
    etag: str
    event: RemoteEvent | None
    uid: str = ""
    text: str = ""  # its iCalendar text


@dataclass(frozen=True)
class Feed:
    """The feed that an audience's calendars read again and again: an address, a folder, or both."""

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


def content_digest(title: str, start: datetime, end: datetime, *, stands: bool = True) -> str:
    """Digest of what people see of an event: another one whenever title, hours or status change."""
    times = (instant.astimezone(UTC).isoformat(timespec="seconds") for instant in (start, end))
    status = CONFIRMED if stands else CANCELLED
    return hashlib.sha256("\n".join((*times, title, status)).encode()).hexdigest()[:32]
