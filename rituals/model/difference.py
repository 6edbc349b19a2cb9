"""Differences of a day or a stretch of days: a trip, a day off, a sitter, no school.

Days and hours are local. Where two contradict each other, the one told later wins.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from operator import attrgetter

FARTHEST = timedelta(days=366)  # how far ahead a difference can be told
LONGEST = timedelta(days=366)
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)  # told before anything was told by hand


class What(StrEnum):
    """Kind of a difference: who is off or away, where the children are, whether a sitter comes."""

    OFF = "off"
    AWAY = "away"
    HOME = "home"
    WORK = "work"
    NO_SCHOOL = "no-school"
    CHILDREN_AWAY = "children-away"
    CHILDREN_HOME = "children-home"
    BEDTIME = "bedtime"
    SITTER = "sitter"
    NO_SITTER = "no-sitter"
    NOTHING = "nothing"  # what a calendar asked about, and it means nothing


OF_A_PARTNER = frozenset({What.OFF, What.AWAY, What.HOME, What.WORK})
WITH_HOURS = frozenset({What.WORK, What.SITTER})  # which say nothing without them
CAN_HAVE_NIGHTS = frozenset({What.AWAY, What.CHILDREN_AWAY})
CONTRADICT = (
    frozenset({What.OFF, What.AWAY, What.HOME, What.WORK}),
    frozenset({What.NO_SCHOOL, What.CHILDREN_AWAY, What.CHILDREN_HOME}),
    frozenset({What.SITTER, What.NO_SITTER}),
    frozenset({What.BEDTIME}),
)

TAKES_THE_DAY = frozenset({What.WORK, What.SITTER, What.BEDTIME})  # though they have hours
EXCLUDE = (  # of two on one day the later alone says something
    frozenset({What.AWAY, What.HOME}),
    frozenset({What.AWAY, What.OFF}),
    frozenset({What.OFF, What.WORK}),
    frozenset({What.HOME, What.WORK}),
    frozenset({What.CHILDREN_AWAY, What.CHILDREN_HOME}),
    frozenset({What.SITTER, What.NO_SITTER}),
    frozenset({What.WORK}),
    frozenset({What.BEDTIME}),
)


class DifferenceError(ValueError):
    """A difference that cannot be; the text is one sentence for people."""


@dataclass(frozen=True)
class Difference:
    """One thing that is different from a day to a day, both included.

    `start` and `end` are clock times on the first and the last day; without them whole days. With
    `nights` somebody is away throughout, without them by day. `event` is the key of the calendar's
    event that asked, and `place` where somebody is.
    """

    id: str
    what: What
    first: date
    last: date
    told: datetime
    partner: str = ""
    start: time | None = None
    end: time | None = None
    nights: bool = False
    place: str = ""
    event: str = ""

    @property
    def whole_days(self) -> bool:
        """True where no hour was told."""
        return self.start is None and self.end is None

    def touches(self, first: date, last: date) -> bool:
        """True where it holds on one of these days."""
        return self.first <= last and first <= self.last

    def contradicts(self, other: Difference) -> bool:
        """True where both speak of the same person and the same days."""
        alike = any({self.what, other.what} <= group for group in CONTRADICT)
        return alike and self.partner == other.partner and self._meets(other)

    def leaves_nothing_of(self, other: Difference, day: date) -> bool:
        """True where this later word takes a day from the other whole."""
        alike = frozenset({self.what, other.what}) in EXCLUDE and self.partner == other.partner
        is_whole = self.whole_days or self.what in TAKES_THE_DAY
        return alike and is_whole and self.touches(day, day)

    def _meets(self, other: Difference) -> bool:
        on_a_day = self.touches(other.first, other.last)
        return on_a_day or self._lasts_into(other) or other._lasts_into(self)

    def _lasts_into(self, other: Difference) -> bool:
        """True for a night shift in whose last morning the other one begins."""
        if self.what is not What.WORK or other.whole_days or not (self.start and self.end):
            return False
        begins_then = other.first == self.last + timedelta(days=1)
        return self.end <= self.start and begins_then and (other.start or time()) < self.end


def checked(difference: Difference, today: date) -> Difference:
    """The difference, if there can be one like it; raises DifferenceError."""
    first, last, start, end = difference.first, difference.last, difference.start, difference.end
    over_midnight = difference.what is What.WORK  # a night shift ends on the day after
    is_backwards = first == last and start and end and end <= start and not over_midnight
    if last < first or is_backwards:
        raise DifferenceError("It ends before it starts; please look at the two again.")
    if first - today > FARTHEST or last - first > LONGEST:
        raise DifferenceError("A difference can be told up to a year ahead.")
    if (difference.what in OF_A_PARTNER) != bool(difference.partner):
        raise DifferenceError(
            "It is about one of you; please say whose it is."
            if difference.what in OF_A_PARTNER
            else "It is about all of you, and not about one of the two."
        )
    if difference.what in WITH_HOURS and (start is None or end is None):
        raise DifferenceError("Please say from when until when, with hours.")
    if difference.what is What.BEDTIME and start is None:
        raise DifferenceError("Please say at which hour.")
    if difference.nights and difference.what not in CAN_HAVE_NIGHTS:
        raise DifferenceError("Only who is away can be away over night.")
    return difference


def overridden(new: Difference, differences: Iterable[Difference]) -> list[Difference]:
    """Earlier differences that a new one contradicts: where they meet, the new one holds."""
    return [d for d in in_order(differences) if d.id != new.id and new.contradicts(d)]


def in_order(differences: Iterable[Difference]) -> list[Difference]:
    """Differences in the order in which they were told."""
    return sorted(differences, key=lambda d: (d.told, d.id))


def touching(row: Sequence[Difference], first: date, last: date) -> Sequence[Difference]:
    """Those that hold on one of these days, of a row in which the first and the last days ascend.

    A calendar may hold thousands, and a week touches a few.
    """
    begins = bisect_left(row, first, key=attrgetter("last"))
    return row[begins : bisect_right(row, last, key=attrgetter("first"))]
