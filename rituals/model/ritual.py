"""Rituals: what two people do on purpose again and again, how long, how often and when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum

from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.time.lean import Lean
from rituals.model.time.rhythm import WEEKLY, Rhythm
from rituals.model.time.window import Window

RESTED = 4  # weeks without a ritual, after which it may feel new again


class TakesPart(StrEnum):
    """Participants of an occurrence: both at once, either one of the two, or each in their own."""

    BOTH = "both"
    EITHER = "either"
    EACH = "each"


class Needs(StrEnum):
    """Condition of the children under which a ritual can happen."""

    NOTHING = ""
    CHILDREN = "children"
    ASLEEP = "children asleep"
    SITTER = "sitter"


class Size(StrEnum):
    """Part of a day that a ritual takes: a few minutes, its own time, or the whole evening."""

    SMALL = "small"
    USUAL = "usual"
    EVENING = "evening"


@dataclass(frozen=True)
class Frequency:
    """Number of times a week, from least to most."""

    least: int
    most: int


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
    frequency: Frequency
    needs: Needs = Needs.NOTHING
    size: Size = Size.USUAL
    ways: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    retired: bool = False
    alarm: int | None = None  # minutes before, in calendars that ring
    thinks: str = ""  # the partner who thinks of it; none: it alternates
    leaves: bool = False  # who takes part leaves the house
    in_person: bool = False  # it needs both in one place
    ages: tuple[int, int] | None = None  # years of the children it is for; None: any
    rhythm: Rhythm = WEEKLY
    leans: Lean | time = Lean.START  # in its windows, or to a local hour
    dear: bool = False  # dear to both; a household has few of them
    kept: bool = False  # one that is rare comes into its weeks by itself
    secret: bool = False  # each plans it for the other, in a drawer; no week shows it
    # What it is, for a stranger; told by the catalogue's key, so no two rituals differ in it.
    what: str = field(default="", compare=False)

    @property
    def with_children(self) -> bool:
        """True where the children are part of it."""
        return self.kind is Kind.SOLO or self.needs is Needs.CHILDREN

    @property
    def possible_apart(self) -> bool:
        """True where there is room for it at work and on a trip: small, with nobody near."""
        return self.size is Size.SMALL and not self.in_person

    @property
    def comfortable_minutes(self) -> int:
        """A length between the least and the most."""
        return self.least_minutes + (self.most_minutes - self.least_minutes) // 2 // 15 * 15


def fitting(rituals: Iterable[Ritual], household: Household) -> list[Ritual]:
    """The rituals this household can choose in any week: none retired, rare, or for no children."""
    return [ritual for ritual in possible(rituals, household) if ritual.rhythm.is_weekly]


def possible(rituals: Iterable[Ritual], household: Household) -> list[Ritual]:
    """The rituals of this household, rare ones too: none retired, none for children it has not."""
    return [
        ritual
        for ritual in rituals
        if not ritual.retired and (household.children or not ritual.with_children)
    ]


def kept(rituals: Iterable[Ritual], household: Household) -> list[Ritual]:
    """The rare rituals that this household keeps now and then."""
    return [r for r in possible(rituals, household) if r.kept and not r.rhythm.is_weekly]


def partners(ritual: Ritual) -> tuple[str | None, ...]:
    """By whom a ritual is chosen: by both at once (None), or by each of the two."""
    return (None,) if ritual.takes_part is TakesPart.BOTH else (ONE, TWO)


def suits(ritual: Ritual, household: Household, year: int) -> bool:
    """True unless it is for children of an age that none of theirs has in that year."""
    if ritual.ages is None:
        return True
    least, most = ritual.ages
    born = (child.born for child in household.usual.children)
    return any(year_of_birth and least <= year - year_of_birth <= most for year_of_birth in born)


def by_age(rituals: Iterable[Ritual], household: Household, year: int) -> list[Ritual]:
    """The rituals with those for children as old as theirs first, and what suits none last.

    Where no birth year was told, all that is for children of some age comes last.
    """
    return sorted(rituals, key=lambda r: (not suits(r, household, year), r.ages is None))
