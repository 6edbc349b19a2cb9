"""The ledger of what was exported to calendars, and what they do not have yet.

A file and a server are written at one instant and keep what they got; a feed is read anew each
time. No entry is ever forgotten: one occurrence is one event for an audience, for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID, uuid5

from rituals.model import wording
from rituals.model.calendar import Audience, ExportedEvent, Route, content_digest
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.text import single_line
from rituals.model.week import Week


@dataclass(frozen=True)
class Moved:
    """An occurrence whose hours or title differ from what a calendar has."""

    was: ExportedEvent
    now: Occurrence


@dataclass(frozen=True)
class PendingChanges:
    """Changes that a calendar does not have yet."""

    new: tuple[Occurrence, ...] = ()
    moved: tuple[Moved, ...] = ()
    let_go: tuple[ExportedEvent, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.let_go)


@dataclass(frozen=True)
class Ledger:
    """The entries of what was exported to one audience's calendars by one route."""

    household: Household
    audience: Audience
    route: Route
    entries: Mapping[str, ExportedEvent] = field(default_factory=dict)  # by occurrence

    @classmethod
    def of(
        cls, household: Household, audience: Audience, route: Route, taken: Iterable[ExportedEvent]
    ) -> Ledger:
        """The ledger of those entries that are this audience's by this route."""
        own = (t for t in taken if (t.audience, t.route) == (audience, route))
        return cls(household, audience, route, {t.occurrence: t for t in own})

    def pending(self, meant: Iterable[Occurrence], now: datetime) -> PendingChanges:
        """Events that are new, moved or let go since; not those let go that are over."""
        live = {id: entry for id, entry in self.entries.items() if not entry.gone}
        wanted = {o.id: o for o in meant}
        pairs = [Moved(live[id], o) for id, o in wanted.items() if id in live]
        return PendingChanges(
            tuple(o for id, o in wanted.items() if id not in live),
            tuple(pair for pair in pairs if self._differs(pair)),
            tuple(entry for id, entry in live.items() if id not in wanted and entry.end > now),
        )

    def new_entries(
        self, week: Week, occurrences: Iterable[Occurrence], now: datetime, *, anew: bool = False
    ) -> tuple[ExportedEvent, ...]:
        """The entries once these are exported; each keeps the UID it had.

        `anew` gives each a UID that no calendar has seen; so does coming back after it had gone.
        """
        return tuple(self.entry(week, o, now, anew=anew) for o in occurrences)

    def entry(
        self, week: Week, occurrence: Occurrence, now: datetime, *, anew: bool = False
    ) -> ExportedEvent:
        """The entry of one occurrence once it is exported."""
        before = self.entries.get(occurrence.id)
        revision = 0 if before is None else before.revision + (anew or before.gone)
        title = event_title(occurrence, self.household, self.audience)
        return ExportedEvent(
            occurrence=occurrence.id,
            week=week,
            audience=self.audience,
            route=self.route,
            uid=event_uid(occurrence.id, self.household, self.audience, revision),
            sequence=occurrence.sequence,
            title=title,
            start=occurrence.start,
            end=occurrence.end,
            content=content_digest(title, occurrence.start, occurrence.end),
            at=now,
            revision=revision,
        )

    def _differs(self, pair: Moved) -> bool:
        title = event_title(pair.now, self.household, self.audience)
        now = title, pair.now.start, pair.now.end
        return now != (pair.was.title, pair.was.start, pair.was.end)


def meant_for(occurrences: Iterable[Occurrence], audience: Audience) -> tuple[Occurrence, ...]:
    """Occurrences an audience has in its calendar: all where it is shared, or a partner's own."""
    if audience is Audience.SHARED:
        return tuple(occurrences)
    return tuple(o for o in occurrences if o.partner == audience)


def marked_gone(entries: Iterable[ExportedEvent], now: datetime) -> tuple[ExportedEvent, ...]:
    """Entries once they are let go and out of the calendar."""
    return tuple(replace(t, gone=True, at=now, sent="") for t in entries)


def event_title(occurrence: Occurrence, household: Household, audience: Audience) -> str:
    """The title of an occurrence in a calendar; without the partner's name in their own."""
    shared = audience is Audience.SHARED
    return single_line(wording.title(occurrence, household) if shared else occurrence.title)


def event_uid(occurrence: str, household: Household, audience: Audience, revision: int = 0) -> str:
    """The UID of an occurrence in an audience's calendars, stable for each revision."""
    again = f"|{revision}" if revision else ""
    return f"{uuid5(UUID(household.id), f'{occurrence}|{audience}{again}')}@leavewell"
