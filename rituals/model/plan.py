"""A week's plan and what lies in it: season, hopes, choices and occurrences.

Instants are aware and in UTC; `minutes` is always an int.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from rituals.model.household import BOTH, Household, Kind, Shade, Strand, Tone
from rituals.model.ritual import Size
from rituals.model.time.span import Span
from rituals.model.time.week import Week


class Season(StrEnum):
    """Load that a week may carry; grace pauses everything."""

    CALM = "calm"
    USUAL = "usual"
    HARD = "hard"
    GRACE = "grace"


SHARE_OF_HOPES = {Season.CALM: 1.25, Season.USUAL: 1.0, Season.HARD: 0.5, Season.GRACE: 0.0}
COUNTS_AS_USUAL = (Season.CALM, Season.USUAL)  # hopes set by hand in these are usual from then on


class Said(StrEnum):
    """Answer to how an occurrence went, given when looking back; without one it is None."""

    AS_PLANNED = "as planned"
    A_LITTLE = "a little"
    LET_GO = "let it go"


@dataclass(frozen=True)
class Hope:
    """The hoped minutes of a strand: what is usual, and what was set by hand, if anything."""

    usual: int
    by_hand: int | None = None


@dataclass(frozen=True)
class Choice:
    """A ritual chosen for a week, how many times, and by whom (None: both take part).

    Where the hopes ask for more it may come up to `most` times; 0: no oftener than chosen.
    What was carried over from the week before was not chosen by hand in this one.
    """

    ritual: str
    partner: str | None
    times: int
    most: int = 0
    by_hand: bool = False


@dataclass(frozen=True, order=True)
class Yes:
    """A partner's yes to an occurrence as it was then, or under `BOTH` the yes they share."""

    partner: str
    title: str
    start: datetime
    end: datetime


@dataclass(frozen=True, order=True)
class Beside:
    """Something that an occurrence was kept beside although they meet: its sort, whose, when.

    `partner` is `BOTH` where it is not one partner's own.
    """

    sort: str
    partner: str
    start: datetime
    end: datetime

    def __str__(self) -> str:
        return f"{self.sort} {self.partner or '-'} {self.start.isoformat()} {self.end.isoformat()}"

    @classmethod
    def read(cls, text: str) -> Beside:
        """The one of its notation; raises ValueError."""
        sort, partner, *hours = text.split(" ")
        start, end = (datetime.fromisoformat(at).astimezone(UTC) for at in hours)
        return cls(sort, BOTH if partner == "-" else partner, start, end)


@dataclass(frozen=True)
class Occurrence:
    """One dated instance of a ritual, or of something that just happened.

    `partner` is None when both take part. `said` and `lived` are None until somebody has
    answered; `sequence` grows with every change that a calendar has to hear of. One that is
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
    leaves: bool = False  # who takes part leaves the house
    with_children: bool = False  # the children take part
    way: str = ""
    reason: str = ""  # why it lies there, where our placement chose the place
    fixed: bool = False
    exported: bool = False  # into a calendar: from there only a hand moves it
    let_go: bool = False
    spontaneous: bool = False
    chosen: bool = True
    said: Said | None = None
    lived: int | None = None
    sequence: int = 0
    yes: tuple[Yes, ...] = ()
    beside: tuple[Beside, ...] = ()

    @property
    def minutes(self) -> int:
        """Its length."""
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def strand(self) -> Strand:
        """The strand its minutes count for."""
        return Strand.of(self.kind, self.partner)

    @property
    def all_of_us(self) -> bool:
        """True where both partners are together with the children."""
        return self.kind is Kind.TOGETHER and self.partner is None and self.with_children

    def tone(self, household: Household) -> Tone:
        """Its kind; where together has shades, the one it counts for."""
        if self.kind is not Kind.TOGETHER or not household.at(self.start).children:
            return self.kind
        return Shade.ALL_OF_US if self.all_of_us else Shade.TWO_OF_US

    @property
    def agreed(self) -> Yes | None:
        """The last version that both said yes to; None before they did."""
        return next((yes for yes in self.yes if yes.partner == BOTH), None)


@dataclass(frozen=True)
class Plan:
    """A week's season, hopes, chosen rituals and occurrences, and the hours of a sitter.

    `lived` holds the minutes that somebody gave for a strand as a whole; `paused` is the season
    that comes back after grace.
    """

    week: Week
    season: Season = Season.USUAL
    hopes: Mapping[Strand, Hope] = field(default_factory=dict, hash=False)
    choices: tuple[Choice, ...] = ()
    occurrences: tuple[Occurrence, ...] = field(default=(), hash=False)  # many: soon compared
    sitter: tuple[Span, ...] = ()
    grace: str = ""  # what a grace week is for, in a word
    lived: Mapping[Strand, int] = field(default_factory=dict, hash=False)
    paused: Season = Season.USUAL


ROOM = 0.2  # of what is hoped: how far a comfortable range reaches
LEAST_ROOM = 30  # minutes


def comfortable(hoped: int) -> tuple[int, int]:
    """The range, in minutes, around what is hoped."""
    room = max(round(hoped * ROOM), LEAST_ROOM)
    return max(hoped - room, 0), hoped + room


def standing(plan: Plan) -> tuple[Occurrence, ...]:
    """The occurrences that are in the plan: not let go, not just happened; none in a grace week."""
    if plan.season is Season.GRACE:
        return ()
    return tuple(o for o in plan.occurrences if o.chosen and not (o.let_go or o.spontaneous))


def times(plan: Plan, ritual: str, partner: str | None) -> int:
    """Number of times a ritual is chosen for this week; 0 where it is not."""
    return sum(c.times for c in plan.choices if (c.ritual, c.partner) == (ritual, partner))


def most_times(plan: Plan, ritual: str, partner: str | None) -> int:
    """Number of times a ritual may come where the hopes ask for more; 0: as often as chosen."""
    return sum(c.most for c in plan.choices if (c.ritual, c.partner) == (ritual, partner))


def clash(plan: Plan, occurrence: Occurrence, span: Span) -> Occurrence | None:
    """The occurrence that already has somebody of this one at that time; small ones give way."""
    return next(
        (
            o
            for o in standing(plan)
            if o.id != occurrence.id
            and Size.SMALL not in (o.size, occurrence.size)
            and share_somebody(o.partner, occurrence.partner)
            and Span(o.start, o.end).overlaps(span)
        ),
        None,
    )


def in_order(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Occurrences in the order of time."""
    return tuple(sorted(occurrences, key=lambda o: (o.start, o.end, o.id)))


def share_somebody(one: str | None, other: str | None) -> bool:
    """True where two occurrences need the same person; None stands for both partners."""
    return one is None or other is None or one == other
