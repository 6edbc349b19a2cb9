"""The words of Leavewell as frozen values: what a household is, plans and lives.

Instants are aware and in UTC; local hours live in `Window` and `Hours`
and become instants in `weeks.py` alone. `minutes` is always an int; Monday is 0.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import overload
from zoneinfo import ZoneInfo

from rituals.quotes import quoted
from rituals.spans import Span
from rituals.windows import NotationError, Window

ONE, TWO = "one", "two"  # the two partners' keys: left and right on every screen
BOTH = ""  # whose yes it is where both said the same


class Kind(StrEnum):
    """The four kinds of time."""

    TOGETHER = "together"
    ALONE = "alone"
    SOLO = "solo"
    OUT = "out"


class Season(StrEnum):
    """How much a week may ask; grace pauses everything."""

    CALM = "calm"
    USUAL = "usual"
    HARD = "hard"
    GRACE = "grace"


class TakesPart(StrEnum):
    """Who is in an occurrence: both at once, either one of the two, or each in their own."""

    BOTH = "both"
    EITHER = "either"
    EACH = "each"


class Needs(StrEnum):
    """What has to be so before a ritual can happen."""

    NOTHING = ""
    CHILDREN = "children"
    ASLEEP = "children asleep"
    SITTER = "sitter"


class Size(StrEnum):
    """How much of a day a ritual takes: a few minutes, its own time, or the whole evening."""

    SMALL = "small"
    USUAL = "usual"
    EVENING = "evening"


class Said(StrEnum):
    """What somebody said of an occurrence when looking back. Unsaid is None, never one of these."""

    AS_PLANNED = "as planned"
    A_LITTLE = "a little"
    LET_GO = "let it go"


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week, written 2026-W48. Which seven days it shows is decided in `weeks.py`."""

    year: int
    number: int

    @classmethod
    def read(cls, text: str) -> Week:
        """The week written as 2026-W48; raises NotationError for anything else."""
        return _read_week(text)

    @classmethod
    def of_monday(cls, monday: date) -> Week:
        """The ISO week that a day lies in."""
        year, number, _ = monday.isocalendar()
        return cls(year, number)

    @cached_property
    def monday(self) -> date:
        """Its ISO Monday."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def ordinal(self) -> int:
        """The number of weeks since the first of the calendar: no year's end breaks its row."""
        return self.monday.toordinal() // 7

    def __add__(self, weeks: int) -> Week:
        return Week.of_monday(self.monday + timedelta(weeks=weeks))

    @overload
    def __sub__(self, other: Week) -> int: ...

    @overload
    def __sub__(self, other: int) -> Week: ...

    def __sub__(self, other: Week | int) -> int | Week:
        return self + -other if isinstance(other, int) else self.ordinal - other.ordinal

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"


@dataclass(frozen=True)
class Rhythm:
    """How many times a week, from-to."""

    least: int
    most: int


@dataclass(frozen=True)
class Partner:
    """One of the two people."""

    key: str
    name: str


@dataclass(frozen=True)
class Hours:
    """The usual hours of a household: local clock times, all of them a proposal."""

    wake: time = time(6, 30)
    sleep: time = time(22, 30)
    bedtime: time = time(19, 30)  # the children's; without children: when the evening begins
    work: Mapping[str, tuple[Window, ...]] = field(default_factory=dict, hash=False)
    children_away: tuple[Window, ...] = ()


@dataclass(frozen=True)
class Household:
    """Two partners, their children or none, their time zone and usual hours."""

    id: str
    partners: tuple[Partner, Partner]
    children: bool
    zone: str
    week_starts: int = 0
    hours: Hours = Hours()

    @cached_property
    def tz(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.zone)

    def name(self, partner: str) -> str:
        """The name of the partner with this key."""
        return next(p.name for p in self.partners if p.key == partner)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of time this household has: all four, or three without children."""
        return tuple(kind for kind in Kind if self.children or kind is not Kind.SOLO)

    def strands(self) -> tuple[Strand, ...]:
        """The strands this household has: seven, or five without children."""
        together, *kinds = self.kinds()
        own = (Strand(kind, p.key) for p in self.partners for kind in kinds)
        return (Strand(together), *own)


@dataclass(frozen=True, order=True)
class Strand:
    """A kind of time and whose it is; nobody's alone for together."""

    kind: Kind
    partner: str | None = None

    @classmethod
    def of(cls, kind: Kind, partner: str | None) -> Strand:
        """The strand that time of this kind counts for; together it is nobody's alone."""
        return cls(kind, None if kind is Kind.TOGETHER else partner)


@dataclass(frozen=True)
class Ritual:
    """Something two people do on purpose, again and again."""

    id: str
    title: str
    kind: Kind
    takes_part: TakesPart
    least_minutes: int
    most_minutes: int
    windows: tuple[Window, ...]
    rhythm: Rhythm
    needs: Needs = Needs.NOTHING
    size: Size = Size.USUAL
    ways: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    retired: bool = False
    alarm: int | None = None  # minutes before, in calendars that ring
    thinks: str = ""  # the partner who thinks of it; none: it alternates

    @property
    def with_children(self) -> bool:
        """Whether the children are part of it."""
        return self.kind is Kind.SOLO or self.needs is Needs.CHILDREN

    @property
    def comfortable_minutes(self) -> int:
        """A length between the least and the most."""
        return self.least_minutes + (self.most_minutes - self.least_minutes) // 2 // 15 * 15


@dataclass(frozen=True)
class Hope:
    """The hoped minutes of a strand: what is usual, and what was set by hand, if anything."""

    usual: int
    by_hand: int | None = None


@dataclass(frozen=True)
class Choice:
    """A ritual chosen for a week, how many times, and by whom (None: both take part).

    Where the hopes ask for more it may come up to `most` times; 0: no oftener than chosen.
    """

    ritual: str
    partner: str | None
    times: int
    most: int = 0


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


@dataclass(frozen=True, order=True)
class Yes:
    """A partner's yes to an occurrence as it was then; that of both, where both said the same."""

    partner: str
    title: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Occurrence:
    """One dated instance of a ritual, or of something that just happened.

    `partner` is None when both take part. `said` and `lived` are None as long as nobody has
    said anything; `sequence` grows with every change that a calendar has to hear of. One that is
    no longer chosen stays in its plan unseen, so that its sequence never falls.
    """

    id: str
    title: str
    kind: Kind
    partner: str | None
    start: datetime
    end: datetime
    created: datetime
    changed: datetime
    ritual: str | None = None
    number: int = 1
    size: Size = Size.USUAL
    way: str = ""
    reason: str = ""  # why it lies there, where our placement chose the place
    fixed: bool = False
    taken: bool = False  # into a calendar: from there only a hand moves it
    let_go: bool = False
    spontaneous: bool = False
    chosen: bool = True
    said: Said | None = None
    lived: int | None = None
    sequence: int = 0
    yes: tuple[Yes, ...] = ()

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def strand(self) -> Strand:
        """The strand its minutes count for."""
        return Strand.of(self.kind, self.partner)

    @property
    def agreed(self) -> Yes | None:
        """What both said yes to last; None as long as they have not."""
        return next((yes for yes in self.yes if yes.partner == BOTH), None)


@dataclass(frozen=True)
class Plan:
    """A week's season, hopes, chosen rituals and occurrences, and when a sitter is there.

    `lived` holds the minutes that somebody said of a strand as a whole; `paused` is the season
    that comes back after grace.
    """

    week: Week
    season: Season = Season.USUAL
    hopes: Mapping[Strand, Hope] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    sitter: tuple[Span, ...] = ()
    grace: str = ""  # what a grace week is for, in a word
    lived: Mapping[Strand, int] = field(default_factory=dict)
    paused: Season = Season.USUAL


ROOM = 0.2  # of what is hoped: how far a comfortable range reaches
LEAST_ROOM = 30  # minutes


def comfortable(hoped: int) -> tuple[int, int]:
    """The range, in minutes, around what is hoped."""
    room = max(round(hoped * ROOM), LEAST_ROOM)
    return max(hoped - room, 0), hoped + room


@lru_cache(4096)  # a page of many years reads each of its weeks from more than one row
def _read_week(text: str) -> Week:
    found = re.fullmatch(r"(\d{4})-W(\d{2})", text)
    try:
        if not found:
            raise ValueError(text)
        return Week.of_monday(date.fromisocalendar(int(found[1]), int(found[2]), 1))
    except ValueError:
        raise NotationError(f"“{quoted(text)}” is not a week; write it like 2026-W48.") from None
