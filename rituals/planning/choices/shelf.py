"""The rituals one can add: found by words, kind and length, and for whom one is added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rituals.model import local_time, totals
from rituals.model.household import ONE, TWO, Household, Strand
from rituals.model.plan import Plan
from rituals.model.ritual import Needs, Ritual, TakesPart
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.week_facts import PARTNERS, week_facts

MOST_ADDED = 3  # times a week, of what comes on many days


class Length(StrEnum):
    """A ritual's length, in the steps in which one looks for it."""

    SHORT = "up to 30 min"
    MIDDLE = "up to 1 h 30"
    LONG = "longer"


UPTO = {Length.SHORT: 30, Length.MIDDLE: 90}  # minutes


@dataclass(frozen=True)
class Search:
    """Conditions of a search; all of them are asked for at once."""

    words: str = ""
    length: Length | None = None
    without_sitter: bool = False

    def finds(self, ritual: Ritual) -> bool:
        """True for a ritual that has all that is asked for."""
        if self.without_sitter and ritual.needs is Needs.SITTER:
            return False
        if self.length and length(ritual) is not self.length:
            return False
        text = " ".join((ritual.title, ritual.what, *ritual.ways)).casefold()
        return all(word in text for word in self.words.casefold().split())

    def found(self, rituals: Iterable[Ritual]) -> list[Ritual]:
        """The rituals that meet the search; those whose title has the words come first."""
        words = self.words.casefold().split()
        some = [ritual for ritual in rituals if self.finds(ritual)]
        return sorted(some, key=lambda r: not all(word in r.title.casefold() for word in words))


def away_all_week(week: Week, household: Household) -> str | None:
    """The partner who is at home in no waking hour of a week; None where both are at times."""
    facts = week_facts(week, household)
    whole = Spans([local_time.week_span(week, household)])
    return next((key for key in PARTNERS if not whole - facts.away[key] - facts.asleep[key]), None)


def possible_while_away(rituals: Iterable[Ritual]) -> list[Ritual]:
    """The rituals that make sense while one partner is away: all but those of two in one place."""
    return [r for r in rituals if r.takes_part is not TakesPart.BOTH or r.possible_apart]


def length(ritual: Ritual) -> Length:
    """The length of a ritual, by what is comfortable in it."""
    fits = (step for step, upto in UPTO.items() if ritual.comfortable_minutes <= upto)
    return next(fits, Length.LONG)


def for_whom(
    ritual: Ritual, plan: Plan, household: Household, here: str | None
) -> tuple[str | None, ...]:
    """By whom a ritual is chosen at first: whoever is `here` alone, or whoever hopes for more.

    What each can have is for all who hope for its kind; a secret one is from each for the other.
    """
    if ritual.secret:
        return (ONE, TWO)
    if ritual.takes_part is TakesPart.BOTH:
        return (None,)
    if here:
        return (here,)
    strands = {partner: Strand.of(ritual.kind, partner) for partner in (ONE, TWO)}
    if ritual.takes_part is TakesPart.EACH:
        hoping = tuple(p for p, strand in strands.items() if totals.hoped(plan, strand))
        return hoping or (ONE, TWO)
    open_ = {p: totals.hoped(plan, s) - _planned(plan, s, household) for p, s in strands.items()}
    return (max(open_, key=open_.__getitem__),)


def times(ritual: Ritual) -> int:
    """Number of times a week it is added with."""
    return min(ritual.frequency.least, MOST_ADDED)


def _planned(plan: Plan, strand: Strand, household: Household) -> int:
    return totals.planned(plan, strand, household) if strand in household.strands() else 0
