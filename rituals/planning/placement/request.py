"""Requests for a slot, and the surroundings they are placed into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rituals.model.household import Strand
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
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
    busy: Mapping[str, Spans] = field(default_factory=dict)  # by partner, from their calendars
    sitter: Spans = field(default_factory=Spans)  # when somebody else has the children
    hopes: Mapping[Strand, int] = field(default_factory=dict)  # minutes
    past: tuple[Occurrence, ...] = ()  # of the last weeks
    another: str = ""  # with another word here, another week of about equal worth


@dataclass(frozen=True)
class Group:
    """Requests for the same ritual and people: which of its times is which does not matter."""

    ritual: Ritual
    partner: str | None
    wanted: tuple[Request, ...]
    minutes: int = 0  # what the hopes ask of each of its times

    @property
    def key(self) -> str:
        """Its name in every order and tie."""
        return f"{self.ritual.id}/{self.partner or 'both'}"

    @property
    def strand(self) -> Strand:
        """The strand whose minutes it adds to."""
        return Strand.of(self.ritual.kind, self.partner)

    def has(self, occurrence: Occurrence) -> bool:
        """True where an occurrence is one of its times."""
        return (occurrence.ritual, occurrence.partner) == (self.ritual.id, self.partner)


def grouped(wanted: Iterable[Request]) -> tuple[Group, ...]:
    """Requests grouped by ritual and people, in the order of their keys."""
    by_key: dict[tuple[str, str], list[Request]] = {}
    for want in wanted:
        by_key.setdefault((want.ritual.id, want.partner or ""), []).append(want)
    return tuple(
        Group(some[0].ritual, some[0].partner, tuple(sorted(some, key=lambda w: w.number)))
        for _, some in sorted(by_key.items())
    )
