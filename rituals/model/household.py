"""The couple and their strands: partners, children, time zone, usual hours.

Local hours become instants in `local_time.py` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from rituals.model.difference import Difference, What, in_order
from rituals.model.time.formats import STANDARD, Formats, Paper
from rituals.model.time.window import Window
from rituals.model.usual import NOTHING, Usual

ONE, TWO = "one", "two"  # the two partners' keys: left and right on every screen
CHILDREN = "children"  # whose hours and calendars are neither partner's
BOTH = ""  # whose yes it is where both said the same
LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")


class Kind(StrEnum):
    """The four kinds of time."""

    TOGETHER = "together"
    ALONE = "alone"
    SOLO = "solo"
    OUT = "out"


class Shade(StrEnum):
    """The two shades of together where there are children: without them, and with them."""

    TWO_OF_US = "two of us"
    ALL_OF_US = "all of us"


Tone = Kind | Shade  # a kind of time as charts and paper tell it apart: together by its shades


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
    supper: time = time(18)


@dataclass(frozen=True)
class Household:
    """Two partners, their children or none, their time zone and usual hours.

    `differences` is what was told by hand; `from_calendars` what the children's calendars say, in
    rows that each go on in time, as difference.touching wants them. It is kept nowhere else.
    """

    id: str
    partners: tuple[Partner, Partner]
    children: bool
    zone: str
    week_starts: int = 0
    hours: Hours = Hours()
    usual: Usual = field(default=NOTHING, hash=False)
    differences: tuple[Difference, ...] = field(default=(), hash=False, repr=False)
    from_calendars: tuple[tuple[Difference, ...], ...] = field(default=(), hash=False, repr=False)
    formats: Formats = STANDARD

    @cached_property
    def tz(self) -> ZoneInfo:
        """The time zone itself; UTC where nobody knows one of this name."""
        try:
            return ZoneInfo(self.zone)
        except (OSError, ValueError, LookupError):  # OSError: the name of a folder of zones
            return ZoneInfo("UTC")

    @cached_property
    def other_bedtimes(self) -> tuple[Difference, ...]:
        """Other bedtimes of its children, in the order in which they were told."""
        differences = in_order(self.differences) if self.children else ()
        return tuple(d for d in differences if d.what is What.BEDTIME and d.start)

    @property
    def zone_is_known(self) -> bool:
        """True if there is a time zone of this name: by another nothing is planned."""
        return self.tz.key == self.zone

    @property
    def paper(self) -> Paper:
        """The size of paper that was told, or else what printers most likely hold in the zone."""
        usual = Paper.LETTER if self.zone.startswith(LETTER_ZONES) else Paper.A4
        return self.formats.paper or usual

    def name(self, partner: str) -> str:
        """The name of the partner with this key."""
        return next(p.name for p in self.partners if p.key == partner)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of time this household has: all four, or three without children."""
        return tuple(kind for kind in Kind if self.children or kind is not Kind.SOLO)

    def tones(self) -> tuple[Tone, ...]:
        """The kinds of time this household has; with children together is in its two shades."""
        together, *kinds = self.kinds()
        return (*(Shade if self.children else (together,)), *kinds)

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
