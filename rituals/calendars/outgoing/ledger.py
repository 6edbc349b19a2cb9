"""The ledger of what was exported to calendars, and what they do not have yet.

A file and a server are written at one instant and keep what they got; a feed is read anew each
time. No entry is ever forgotten: one occurrence is one event for an audience, for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from rituals.calendars.outgoing.event_content import body_of, event_title, whole_second
from rituals.model.calendar import Audience, ExportedEvent, Route, content_digest
from rituals.model.household import Household
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week

NOTHING: Mapping[str, Any] = MappingProxyType({})
A_SECOND = timedelta(seconds=1)


class EventVersion(NamedTuple):
    """Number and instant of an event's last change, as every calendar is given them.

    Both grow with each content that goes out under a UID (RFC 5545, 3.8.7.3 and 3.8.7.4).
    """

    sequence: int
    modified: datetime


class LastOutput(NamedTuple):
    """Version under which an event went out last, and the JSON of what it held, "" if not known."""

    version: EventVersion
    body: str


@dataclass(frozen=True)
class Moved:
    """An occurrence that differs from what a calendar has."""

    was: ExportedEvent
    now: Occurrence


@dataclass(frozen=True)
class PendingChanges:
    """Changes that a calendar does not have yet."""

    new: tuple[Occurrence, ...] = ()
    moved: tuple[Moved, ...] = ()  # other hours or another title
    let_go: tuple[ExportedEvent, ...] = ()
    changed: tuple[Moved, ...] = ()  # the same hours and title, and no proposal any more, say

    def __bool__(self) -> bool:
        return bool(self.new or self.moved or self.let_go or self.changed)


@dataclass(frozen=True)
class Ledger:
    """The entries of what was exported to one audience's calendars by one route.

    `newest` says what went out last under each UID, by any route; `rituals` what else stands in
    an event (an alarm).
    """

    household: Household
    audience: Audience
    route: Route
    entries: Mapping[str, ExportedEvent] = field(default_factory=dict)  # by occurrence
    newest: Mapping[str, LastOutput] = field(default_factory=dict)  # by UID
    rituals: Mapping[str, Ritual] = field(default_factory=dict)  # by id

    @classmethod
    def of(
        cls,
        household: Household,
        audience: Audience,
        route: Route,
        taken: Iterable[ExportedEvent],
        rituals: Mapping[str, Ritual] = NOTHING,
    ) -> Ledger:
        """The ledger of one audience by one route, out of all that was exported of some weeks."""
        of_audience = [t for t in taken if t.audience is audience]
        own = {t.occurrence: t for t in of_audience if t.route is route}
        return cls(household, audience, route, own, _last_outputs(of_audience), rituals)

    def pending(
        self, meant: Iterable[Occurrence], now: datetime, why_tentative: Mapping[str, str] = NOTHING
    ) -> PendingChanges:
        """Events that are new, moved, changed or let go since; not those let go that are over.

        `why_tentative` says by id why something is tentative.
        """
        live = {id: entry for id, entry in self.entries.items() if not entry.gone}
        wanted = {o.id: o for o in meant}
        pairs = [Moved(live[id], o) for id, o in wanted.items() if id in live]
        moved = [pair for pair in pairs if self._is_moved(pair)]
        same = [pair for pair in pairs if pair not in moved and pair.now.end > now]
        return PendingChanges(
            tuple(o for id, o in wanted.items() if id not in live),
            tuple(moved),
            tuple(entry for id, entry in live.items() if id not in wanted and entry.end > now),
            tuple(
                p
                for p in same
                if p.was.body != self.body(p.now, why_tentative=why_tentative.get(p.now.id, ""))
            ),
        )

    def new_entries(
        self,
        week: Week,
        occurrences: Iterable[Occurrence],
        now: datetime,
        *,
        anew: bool = False,
        why_tentative: Mapping[str, str] = NOTHING,
    ) -> tuple[ExportedEvent, ...]:
        """The entries once these are exported; each keeps the UID it had.

        `anew` gives each a UID that no calendar has seen; so does coming back after it had gone.
        `why_tentative` says by id why something is tentative.
        """
        return tuple(
            self.entry(week, o, now, anew=anew, why_tentative=why_tentative.get(o.id, ""))
            for o in occurrences
        )

    def entry(
        self,
        week: Week,
        occurrence: Occurrence,
        now: datetime,
        *,
        anew: bool = False,
        why_tentative: str = "",
    ) -> ExportedEvent:
        """The entry of one occurrence once it is exported."""
        before = self.entries.get(occurrence.id)
        revision = 0 if before is None else before.revision + (anew or before.gone)
        uid = event_uid(occurrence.id, self.household, self.audience, revision)
        title = event_title(occurrence, self.household, self.audience)
        body = self.body(occurrence, why_tentative=why_tentative)
        version = self._next_version(uid, body, occurrence, now)
        return ExportedEvent(
            occurrence=occurrence.id,
            week=week,
            audience=self.audience,
            route=self.route,
            uid=uid,
            sequence=version.sequence,
            title=title,
            start=occurrence.start,
            end=occurrence.end,
            content=content_digest(title, occurrence.start, occurrence.end),
            at=now,
            revision=revision,
            modified=version.modified,
            body=body,
        )

    def body(self, occurrence: Occurrence, *, why_tentative: str = "") -> str:
        """The JSON of all that an occurrence's event holds."""
        ritual = self.rituals.get(occurrence.ritual or "")
        return body_of(
            occurrence, self.household, self.audience, ritual, why_tentative=why_tentative
        )

    def last_version(self, entry: ExportedEvent) -> EventVersion:
        """The version under which an event went out last, by any route."""
        last = self.newest.get(entry.uid)
        return version_of(entry) if last is None else last.version

    def is_current(self, entry: ExportedEvent, occurrence: Occurrence) -> bool:
        """True if a calendar has an occurrence as it would be exported now, its version too."""
        new = self._next_version(entry.uid, self.body(occurrence), occurrence, entry.at)
        return not entry.sent and new == (entry.sequence, entry.modified)

    def _next_version(
        self, uid: str, body: str, occurrence: Occurrence, now: datetime
    ) -> EventVersion:
        """The version under which a body goes out: the last one's if that held the same."""
        last = self.newest.get(uid)
        if last is None:
            return first_version(occurrence)
        before, known = last
        if known == body:
            return before
        sequence = max(before.sequence + 1, occurrence.sequence)
        return EventVersion(sequence, max(whole_second(now), before.modified + A_SECOND))

    def _is_moved(self, pair: Moved) -> bool:
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
    return tuple(replace(t, gone=True, at=now, sent="", sent_body="") for t in entries)


def version_of(entry: ExportedEvent) -> EventVersion:
    """The version under which an event went out."""
    sequence = -1 if entry.sequence is None else entry.sequence
    return EventVersion(sequence, whole_second(entry.modified or entry.at))


def event_uid(occurrence: str, household: Household, audience: Audience, revision: int = 0) -> str:
    """The UID of an occurrence in an audience's calendars, stable for each revision."""
    again = f"|{revision}" if revision else ""
    return f"{uuid5(UUID(household.id), f'{occurrence}|{audience}{again}')}@leavewell"


def first_version(occurrence: Occurrence) -> EventVersion:
    """The version of an event that goes out for the first time."""
    return EventVersion(occurrence.sequence, whole_second(occurrence.changed))


def _last_outputs(entries: Iterable[ExportedEvent]) -> dict[str, LastOutput]:
    found: dict[str, list[ExportedEvent]] = {}
    for entry in entries:
        found.setdefault(entry.uid, []).append(entry)
    return {uid: _last_output(each) for uid, each in found.items()}


def _last_output(entries: Iterable[ExportedEvent]) -> LastOutput:
    versions = [(version_of(entry), entry.sent_body or entry.body) for entry in entries]
    sequence = max(version.sequence for version, _ in versions)
    modified = max(version.modified for version, _ in versions)
    bodies = {body for version, body in versions if version == (sequence, modified)}
    return LastOutput(EventVersion(sequence, modified), *(bodies if len(bodies) == 1 else [""]))
