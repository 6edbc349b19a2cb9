"""A couple's weeks on a CalDAV server, and what somebody changed there, back in the plan.

First one looks: what is to be added, moved and removed there, what comes back, and what was changed
on both sides. Then one acts on that. Every step is in the ledger before it is taken and again once
the server has confirmed it, so the next look knows what was interrupted, and completes it.
Nothing is touched that the ledger does not know as ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from rituals.calendars.caldav.client import ChangedThereError, Connection
from rituals.calendars.caldav.diff import (
    REMOVED,
    DiffBuilder,
    RemoteChange,
    SyncDiff,
    SyncSide,
    as_there,
    compared,
    leaves_its_week,
)
from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import Ledger, Moved, let_go, uid
from rituals.model.calendar import ExportedEvent, RemoteEvent, RemoteObject
from rituals.model.plan import Occurrence, Plan
from rituals.model.ritual import Ritual
from rituals.model.week import Week
from rituals.planning import agreement, changes


def look(desk: SyncSide, connection: Connection) -> SyncDiff:
    """What a server and the plans do not agree on; nothing is changed by looking.

    Raises ServerError where the server does not tell.
    """
    live, listing = desk.live(), connection.listing()
    other = {t.name for t in live.values() if listing.get(t.name) not in (None, t.etag)}
    read = connection.read(other)
    found = {id: _found(told, listing, read, connection) for id, told in live.items()}
    outlook = compared(desk, {id: there for id, there in found.items() if there is not None})
    met = _met(desk, outlook.add, listing, connection)
    return outlook if not met else _with_those_met(desk, outlook, met)


def publish(
    desk: SyncSide,
    connection: Connection,
    outlook: SyncDiff,
    rituals: Mapping[str, Ritual],
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """How many events were written or removed; what was changed there meanwhile is left alone.

    Raises ServerError where the server stops; what was done until then is known.
    """
    desk.store.save_exported(outlook.settled)
    for week in {week for week, _ in outlook.add}:
        desk.store.change_plan(desk.plans[week], lambda plan: plan)
    there = connection.read(moved.was.name for moved in outlook.move)
    writing = _Writing(desk, connection, rituals, desk.ledger(), there)
    done = 0
    for number, step in enumerate(writing.steps(outlook), 1):
        done += step()
        progress(number)
    return done


def pull(desk: SyncSide, outlook: SyncDiff) -> None:
    """Brings what was changed there alone back into the plans, fixed there."""
    desk.store.save_exported(outlook.settled)
    for changed in outlook.back:
        take_theirs(desk, changed)


def take_theirs(desk: SyncSide, changed: RemoteChange) -> None:
    """Lets the plan say what the server says; what left its week there is let go from the plan."""
    was, seen, plan = changed.was, changed.seen, desk.plans[changed.was.week]
    if changed.there is None or seen is None or leaves_its_week(changed, desk.household):
        desk.store.change_plan(plan, lambda p: changes.let_go(p, was.occurrence, desk.now))
        desk.store.save_exported(let_go([was], desk.now))
        return
    bare = replace(seen, title=_bare(seen.title, was, plan))
    after = desk.store.change_plan(plan, lambda p: _came_back(p, was.occurrence, bare, desk.now))
    (sequence,) = (o.sequence for o in after.occurrences if o.id == was.occurrence)
    desk.store.save_exported([as_there(was, changed.there, seen, sequence)])


def keep_ours(desk: SyncSide, changed: RemoteChange) -> None:
    """Lets the next publishing tell the server what the plan says."""
    was, seen, plan = changed.was, changed.seen, desk.plans[changed.was.week]
    if changed.there is None or seen is None:
        desk.store.save_exported(let_go([was], desk.now))  # it goes there anew
        return
    if changed.here is not None:
        desk.store.change_plan(
            plan, lambda p: changes.republished(p, was.occurrence, seen.sequence, desk.now)
        )
    desk.store.save_exported([as_there(was, changed.there, seen, was.sequence)])


def _came_back(plan: Plan, id: str, seen: RemoteEvent, now: datetime) -> Plan:
    return agreement.agreed_in_calendar(changes.with_remote_event(plan, id, seen, now), id)


def _found(
    told: ExportedEvent,
    listing: Mapping[str, str],
    read: Mapping[str, RemoteObject],
    connection: Connection,
) -> RemoteObject | None:
    """What the server has of an entry: where it lay, or wherever it lies now, or nothing."""
    if listing.get(told.name) == told.etag:
        return RemoteObject(told.name, told.etag, None)
    return read.get(told.name) or connection.find(told.uid)


def _met(
    desk: SyncSide,
    adding: Iterable[tuple[Week, Occurrence]],
    listing: Mapping[str, str],
    connection: Connection,
) -> dict[str, RemoteObject]:
    """By occurrence, what lies there already under a UID of ours, though the ledger forgot it.

    It came by file, or from before the server was forgotten.
    """
    beginnings = desk.beginnings()
    known = [t for t in desk.ledger().told.values() if not t.gone]
    names = {
        uid(o.id, desk.household, desk.audience, revision): o.id
        for _, o in adding
        for revision in range(beginnings.get(o.id, 0) + 1)
    }
    # Once it is known what lies there, ours is under our names; the first time, anywhere.
    likely = {connection.name_for(name) for name in names} & listing.keys() if known else listing
    there = connection.read(likely).values()
    return {names[t.uid]: t for t in there if t.uid in names and _stands(t)}


def _stands(there: RemoteObject) -> bool:
    return there.seen is None or there.seen.stands


def _with_those_met(desk: SyncSide, outlook: SyncDiff, met: Mapping[str, RemoteObject]) -> SyncDiff:
    """The outlook once what lies there already is known as ours."""
    ledger = desk.ledger()
    sorting = DiffBuilder(ledger)
    for week, occurrence in outlook.add:
        if there := met.get(occurrence.id):
            entry = ledger.entry(week, occurrence, desk.now)
            sorting.meet(replace(entry, uid=there.uid, gone=False), there, occurrence)
    found = sorting.outlook([pair for pair in outlook.add if pair[1].id not in met])
    return replace(
        outlook,
        add=found.add,
        both=(*outlook.both, *found.both),
        unclear=(*outlook.unclear, *found.unclear),
        settled=(*outlook.settled, *found.settled),
    )


@dataclass(frozen=True)
class _Writing:
    """Steps that are noted before and after they are taken."""

    desk: SyncSide
    connection: Connection
    rituals: Mapping[str, Ritual]  # by id: what stands in their events
    ledger: Ledger
    there: Mapping[str, RemoteObject]  # what is to be written anew

    def steps(self, outlook: SyncDiff) -> Iterator[Callable[[], int]]:
        """Each as something to call; it says how many events were written or removed."""
        for week, occurrence in outlook.add:
            yield partial(self.add, week, occurrence)
        for moved in outlook.move:
            yield partial(self.move, moved)
        for told in outlook.remove:
            yield partial(self.remove, told)

    def add(self, week: Week, occurrence: Occurrence) -> int:
        """Puts a new event there; one that lies there already under this UID is found."""
        told = self.ledger.entry(week, occurrence, self.desk.now)
        entry = replace(
            told, name=self.connection.name_for(told.uid), sent=told.content, content=""
        )
        self._note(entry)
        file = ical.calendar(
            [occurrence],
            self.desk.household,
            self.desk.audience,
            uids={occurrence.id: entry.uid},
            rituals=self.rituals,
        )
        try:
            self._put(entry, file, None)
        except ChangedThereError:
            self._note(self._met(entry))
            return 0
        return 1

    def move(self, moved: Moved) -> int:
        """Changes an event that is there, if nobody else has; what others added to it stays."""
        was, there = moved.was, self.there.get(moved.was.name)
        if there is None or there.etag != was.etag:
            return 0  # changed since the look: the next one says how
        told = self.ledger.entry(was.week, moved.now, self.desk.now)
        self._note(
            entry := replace(
                told, name=was.name, etag=was.etag, content=was.content, sent=told.content
            )
        )
        household, audience = self.desk.household, self.desk.audience
        file = ical.amended(there.written, moved.now, household, audience)
        return self._unless_changed(was, lambda: self._put(entry, file, was.etag))

    def remove(self, told: ExportedEvent) -> int:
        """Takes an event away, if nobody else has changed it."""
        self._note(replace(told, sent=REMOVED))

        def gone() -> None:
            self.connection.remove(told.name, told.etag)
            self._note(*let_go([told], self.desk.now))

        return self._unless_changed(told, gone)

    def _put(self, entry: ExportedEvent, file: bytes, etag: str | None) -> None:
        now = self.connection.put(entry.name, file, etag)
        there = None if now else self.connection.read([entry.name]).get(entry.name)
        if now:
            self._note(replace(entry, etag=now, content=entry.sent, sent=""))
        elif there is not None and there.seen is not None:  # as the server has it from now on
            self._note(replace(entry, etag=there.etag, content=there.seen.content, sent=""))

    def _unless_changed(self, was: ExportedEvent, act: Callable[[], None]) -> int:
        try:
            act()
        except ChangedThereError:
            self._note(was)  # as before: the next look says what was changed
            return 0
        return 1

    def _met(self, entry: ExportedEvent) -> ExportedEvent:
        """The entry of an event that lies there though nobody remembers putting it there."""
        there = self.connection.find(entry.uid)
        if there is None or there.seen is None:  # perhaps in a trash bin: it takes another UID
            return let_go([entry], self.desk.now)[0]
        if there.seen.content == entry.sent:
            return replace(entry, name=there.name, etag=there.etag, content=entry.sent, sent="")
        return replace(entry, name=there.name, sequence=None, sent="")

    def _note(self, *entries: ExportedEvent) -> None:
        self.desk.store.save_exported(entries)


def _bare(title: str, told: ExportedEvent, plan: Plan) -> str:
    """A title without the name that stood before it in the calendar."""
    own = next(o.title for o in plan.occurrences if o.id == told.occurrence)
    if title == told.title:
        return own
    return title.removeprefix(told.title.removesuffix(own)) if told.title.endswith(own) else title
