"""What calendars were told of the weeks, and what they have not heard of yet.

A file and a server are told at one instant and keep what they heard; a feed is read anew each
time. What was told is never forgotten: one occurrence is one event for an audience, for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from rituals.model import wording
from rituals.model.calendar import Audience, ExportedEvent, Route, content
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.text import single_line
from rituals.model.week import Week


@dataclass(frozen=True)
class Moved:
    """An occurrence that lies elsewhere, or is called otherwise, than a calendar was told."""

    was: ExportedEvent
    now: Occurrence


@dataclass(frozen=True)
class News:
    """What a calendar has not heard of yet."""

    new: tuple[Occurrence, ...] = ()
    moved: tuple[Moved, ...] = ()
    let_go: tuple[ExportedEvent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.let_go)


@dataclass(frozen=True)
class Ledger:
    """What one audience's calendars were told by one route."""

    household: Household
    audience: Audience
    route: Route
    told: Mapping[str, ExportedEvent] = field(default_factory=dict)  # by occurrence

    @classmethod
    def of(
        cls, household: Household, audience: Audience, route: Route, taken: Iterable[ExportedEvent]
    ) -> Ledger:
        """The entries that are this audience's by this route."""
        own = (t for t in taken if (t.audience, t.route) == (audience, route))
        return cls(household, audience, route, {t.occurrence: t for t in own})

    def news(self, meant: Iterable[Occurrence], now: datetime) -> News:
        """What is new, moved or let go; nothing is asked of what was let go and is over."""
        known = {id: t for id, t in self.told.items() if not t.gone}
        there = {o.id: o for o in meant}
        pairs = [Moved(known[id], o) for id, o in there.items() if id in known]
        return News(
            tuple(o for id, o in there.items() if id not in known),
            tuple(pair for pair in pairs if self._differs(pair)),
            tuple(t for id, t in known.items() if id not in there and t.end > now),
        )

    def tell(
        self, week: Week, occurrences: Iterable[Occurrence], now: datetime, *, anew: bool = False
    ) -> tuple[ExportedEvent, ...]:
        """The entries once these are told; what is known goes on under its UID.

        `anew` gives each a UID that no calendar has seen; so does coming back after it had gone.
        """
        return tuple(self.entry(week, o, now, anew=anew) for o in occurrences)

    def entry(
        self, week: Week, occurrence: Occurrence, now: datetime, *, anew: bool = False
    ) -> ExportedEvent:
        """The entry of one occurrence once it is told."""
        before = self.told.get(occurrence.id)
        revision = 0 if before is None else before.revision + (anew or before.gone)
        named = title(occurrence, self.household, self.audience)
        return ExportedEvent(
            occurrence=occurrence.id,
            week=week,
            audience=self.audience,
            route=self.route,
            uid=uid(occurrence.id, self.household, self.audience, revision),
            sequence=occurrence.sequence,
            title=named,
            start=occurrence.start,
            end=occurrence.end,
            content=content(named, occurrence.start, occurrence.end),
            at=now,
            revision=revision,
        )

    def _differs(self, pair: Moved) -> bool:
        named = title(pair.now, self.household, self.audience)
        now = named, pair.now.start, pair.now.end
        return now != (pair.was.title, pair.was.start, pair.was.end)


def meant_for(occurrences: Iterable[Occurrence], audience: Audience) -> tuple[Occurrence, ...]:
    """Those an audience has in its calendar: all of it where it is shared, or a partner's own."""
    if audience is Audience.SHARED:
        return tuple(occurrences)
    return tuple(o for o in occurrences if o.partner == audience)


def let_go(entries: Iterable[ExportedEvent], now: datetime) -> tuple[ExportedEvent, ...]:
    """Entries once the calendar knows that they are let go."""
    return tuple(replace(t, gone=True, at=now, sent="") for t in entries)


def title(occurrence: Occurrence, household: Household, audience: Audience) -> str:
    """What a calendar calls an occurrence; in one's own there is no need for the name."""
    shared = audience is Audience.SHARED
    return single_line(wording.title(occurrence, household) if shared else occurrence.title)


def uid(occurrence: str, household: Household, audience: Audience, revision: int = 0) -> str:
    """The name under which an audience's calendars know an occurrence."""
    again = f"|{revision}" if revision else ""
    return f"{uuid5(UUID(household.id), f'{occurrence}|{audience}{again}')}@leavewell"
