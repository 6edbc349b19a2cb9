"""Requests for a slot, and the surroundings they are placed into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from rituals.model.household import ONE, Strand
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual, TakesPart
from rituals.model.time.span import Span, Spans


@dataclass(frozen=True)
class Request:
    """A ritual that looks for its slot: for whom, and which of how many this week."""

    ritual: Ritual
    partner: str | None
    number: int
    times: int
    lay: Span | None = None  # where it lies until now: it moves from there only for a reason
    extra: bool = False  # beyond what was chosen: it takes a slot only where hopes ask for more


@dataclass(frozen=True)
class Surroundings:
    """Everything that a week's rituals are placed around."""

    since: datetime  # nothing begins before
    standing: tuple[Occurrence, ...] = ()  # these stay where they are
    busy: Mapping[str, Spans] = field(default_factory=dict, hash=False)  # by partner: calendars
    sitter: Spans = field(default_factory=Spans)  # when somebody else has the children
    hopes: Mapping[Strand, int] = field(default_factory=dict, hash=False)  # minutes
    past: tuple[Occurrence, ...] = ()  # of the last weeks
    left_out: tuple[Occurrence, ...] = ()  # let go this week: nothing grows to fill their hours


@dataclass(frozen=True)
class Group:
    """Requests for the same ritual and people: which of its times is which does not matter."""

    ritual: Ritual
    partner: str | None
    wanted: tuple[Request, ...]
    minutes: int = 0  # what the hopes ask of each of its times
    keeps_lengths: bool = False  # what lies somewhere is as long as the hopes ask
    rank: int = 0  # of its partner among the two; 0: both

    @cached_property
    def key(self) -> str:
        """Its name in every order and tie: the same the other way round."""
        return f"{self.ritual.id}/{self.rank}"

    @cached_property
    def whose(self) -> str | None:
        """Whose time it takes: of both also where one gives it and the other has to be there."""
        given = self.ritual.takes_part is TakesPart.EITHER and self.ritual.in_person
        return None if given else self.partner

    @cached_property
    def strand(self) -> Strand:
        """The strand whose minutes it adds to."""
        return Strand.of(self.ritual.kind, self.partner)

    def has(self, occurrence: Occurrence) -> bool:
        """True where an occurrence is one of its times."""
        return (occurrence.ritual, occurrence.partner) == (self.ritual.id, self.partner)


def grouped(wanted: Iterable[Request], first: str = ONE) -> tuple[Group, ...]:
    """Requests grouped by ritual and people, in the order of their keys; `first` comes first."""
    by_key: dict[tuple[str, int], list[Request]] = {}
    for want in wanted:
        by_key.setdefault((want.ritual.id, rank(want.partner, first)), []).append(want)
    return tuple(
        Group(
            some[0].ritual,
            some[0].partner,
            tuple(sorted(some, key=lambda w: w.number)),
            rank=place,
        )
        for (_, place), some in sorted(by_key.items())
    )


def rank(partner: str | None, first: str) -> int:
    """Rank of a partner where `first` comes first; 0 for both."""
    return 0 if partner is None else 1 if partner == first else 2
