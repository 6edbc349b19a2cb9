"""Reading and writing of a couple's weeks on a CalDAV server, in both directions.

`look` gives the diff: what is to be added, moved and removed, what comes back, and what was
changed on both sides. The other functions act on it. Every step is in the ledger before it is
taken and again once the server has confirmed it, so the next look knows what was interrupted, and
completes it. Nothing is touched that the ledger does not know as ours.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from rituals.calendars.caldav.diff import (
    REMOVED,
    DiffBuilder,
    RemoteChange,
    SyncDiff,
    SyncSide,
    arrived_as_sent,
    compare,
    entry_as_remote,
    leaves_its_week,
    resolved_body,
)
from rituals.calendars.caldav.errors import ChangedRemotelyError
from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.event_content import with_hours
from rituals.calendars.outgoing.ledger import Moved, event_uid, marked_gone, version_of
from rituals.model.calendar import ExportedEvent, RemoteEvent, RemoteObject
from rituals.model.plan import Occurrence, Plan
from rituals.model.time.week import Week
from rituals.planning import agreement, changes

if TYPE_CHECKING:
    from rituals.calendars.caldav.client import Connection

MOST_STRANGE = 500  # objects of others that are read to find one of ours among them


def look(side: SyncSide, connection: Connection) -> SyncDiff:
    """The diff between a server and the plans; nothing is changed by looking.

    Raises ServerError where the server does not answer.
    """
    live, listing = side.live(), connection.listing()
    other = {t.name for t in live.values() if listing.get(t.name) not in (None, t.etag)}
    read = connection.read(other)
    found = {id: _found(entry, listing, read, connection) for id, entry in live.items()}
    lost = [live[id] for id, r in found.items() if r is None and live[id].end > side.now]
    found |= _under_names_of_its_own(side, lost, listing, connection)
    diff = compare(side, {id: remote for id, remote in found.items() if remote is not None})
    unrecorded = _unrecorded(side, diff.add, listing, connection)
    return diff if not unrecorded else _with_unrecorded(side, diff, unrecorded)


def publish(
    side: SyncSide,
    connection: Connection,
    diff: SyncDiff,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Writes a diff to the server and returns how many events were written or removed.

    What was changed there meanwhile is left alone. Raises ServerError where the server stops; what
    was done until then is in the ledger.
    """
    side.store.save_exported(diff.settled)
    for week in {week for week, _ in diff.add}:
        side.store.change_plan(side.plans[week], lambda plan: plan)
    remote = connection.read(moved.was.name for moved in diff.move)
    writing = _Writing(side, connection, remote)
    done = 0
    for number, step in enumerate(writing.steps(diff), 1):
        done += step()
        progress(number)
    return done


def pull(side: SyncSide, diff: SyncDiff) -> None:
    """Brings what was changed on the server alone back into the plans, fixed at that time."""
    side.store.save_exported(diff.settled)
    for changed in diff.incoming:
        take_theirs(side, changed)


def take_theirs(side: SyncSide, changed: RemoteChange) -> None:
    """Resolves a change for the server; what left its week is let go from the plan."""
    was, event, plan = changed.was, changed.event, side.plans[changed.was.week]
    if changed.remote is None or event is None or leaves_its_week(changed, side.household):
        side.store.change_plan(plan, lambda p: changes.let_go(p, was.occurrence, side.now))
        side.store.save_exported(marked_gone([was], side.now))
        return
    bare = replace(event, title=_bare(event.title, was, plan))
    after = side.store.change_plan(plan, lambda p: _came_back(p, was.occurrence, bare, side.now))
    (back,) = (o for o in agreement.ours(after) if o.id == was.occurrence)
    body = resolved_body(was, event, back, side.ledger())
    side.store.save_exported([entry_as_remote(was, changed.remote, event, body)])


def keep_ours(side: SyncSide, changed: RemoteChange) -> None:
    """Resolves a change for the plan: the next publishing writes it to the server."""
    if changed.remote is None or changed.event is None:
        side.store.save_exported(marked_gone([changed.was], side.now))  # it goes there anew
    else:
        was, event = changed.was, changed.event
        theirs = with_hours(was.body, event.title, event.start, event.end)
        side.store.save_exported([entry_as_remote(was, changed.remote, event, theirs)])


def _came_back(plan: Plan, id: str, event: RemoteEvent, now: datetime) -> Plan:
    return agreement.agreed_in_calendar(changes.with_remote_event(plan, id, event, now), id)


def _found(
    entry: ExportedEvent,
    listing: Mapping[str, str],
    read: Mapping[str, RemoteObject],
    connection: Connection,
) -> RemoteObject | None:
    """The object of an entry on the server: where it lay, or wherever it lies now, or None."""
    if listing.get(entry.name) == entry.etag:
        return RemoteObject(entry.name, entry.etag, None)
    return read.get(entry.name) or connection.find(entry.uid)


def _under_names_of_its_own(
    side: SyncSide,
    lost: Iterable[ExportedEvent],
    listing: Mapping[str, str],
    connection: Connection,
) -> dict[str, RemoteObject]:
    """By occurrence, objects that hold what was lost, where a server gives UID and name anew."""
    wanted = {content: t for t in lost for content in (t.content, t.sent) if content}
    strange = _strange(side, listing) if wanted else set()
    if len(strange) > MOST_STRANGE:
        return {}
    objects = connection.read(strange).values()
    return {
        wanted[o.event.content].occurrence: o
        for o in objects
        if o.event is not None and o.event.content in wanted
    }


def _strange(side: SyncSide, listing: Mapping[str, str]) -> set[str]:
    """Names of objects that no ledger knows."""
    taken = side.store.load_exported(side.plans)
    return listing.keys() - {t.name for t in taken if not t.gone}


def _unrecorded(
    side: SyncSide,
    adding: Iterable[tuple[Week, Occurrence]],
    listing: Mapping[str, str],
    connection: Connection,
) -> dict[str, RemoteObject]:
    """By occurrence, objects on the server with a UID of ours that the ledger does not have.

    They came by file, or from before the server was removed from Leavewell.
    """
    beginnings = side.beginnings()
    names = {
        event_uid(o.id, side.household, side.audience, revision): o.id
        for _, o in adding
        for revision in range(beginnings.get(o.id, 0) + 1)
    }
    objects = _with_uids(names, _strange(side, listing), connection)
    return {names[o.uid]: o for o in objects if o.uid in names and _stands(o)}


def _with_uids(
    uids: Collection[str], strange: Collection[str], connection: Connection
) -> list[RemoteObject]:
    """Objects of these UIDs, which not every server holds to be taken (RFC 4791, 5.3.2.1)."""
    if not uids:
        return []
    if len(strange) <= MOST_STRANGE:
        return list(connection.read(strange).values())
    return [found for uid in uids if (found := connection.find(uid))]


def _stands(remote: RemoteObject) -> bool:
    return remote.event is None or remote.event.stands


def _with_unrecorded(
    side: SyncSide, diff: SyncDiff, unrecorded: Mapping[str, RemoteObject]
) -> SyncDiff:
    """The diff once those objects are entered in the ledger as ours."""
    ledger = side.ledger()
    builder = DiffBuilder(ledger)
    for week, occurrence in diff.add:
        if remote := unrecorded.get(occurrence.id):
            entry = ledger.entry(week, occurrence, side.now)
            builder.meet(replace(entry, uid=remote.uid, gone=False), remote, occurrence)
    found = builder.build([pair for pair in diff.add if pair[1].id not in unrecorded])
    return replace(
        diff,
        add=found.add,
        conflicts=(*diff.conflicts, *found.conflicts),
        unclear=(*diff.unclear, *found.unclear),
        settled=(*diff.settled, *found.settled),
    )


@dataclass(frozen=True)
class _Writing:
    """Steps of a publishing, each noted in the ledger before and after it is taken."""

    side: SyncSide
    connection: Connection
    remote: Mapping[str, RemoteObject]  # by name: what is to be written anew

    def steps(self, diff: SyncDiff) -> Iterator[Callable[[], int]]:
        """The steps as callables, each of which returns how many events it wrote or removed."""
        for week, occurrence in diff.add:
            yield partial(self.add, week, occurrence)
        for moved in diff.move:
            yield partial(self.move, moved)
        for entry in diff.remove:
            yield partial(self.remove, entry)

    def add(self, week: Week, occurrence: Occurrence) -> int:
        """Creates an event; one that the server has under this UID is entered instead."""

        def named(new: ExportedEvent) -> ExportedEvent:
            return replace(new, name=self.connection.name_for(new.uid), content="", body="")

        entry = self._begun(week, occurrence, named)
        file = ical.calendar(
            [occurrence],
            self.side.household,
            self.side.audience,
            uids={occurrence.id: entry.uid},
            versions={occurrence.id: version_of(entry)},
            rituals=self.side.rituals,
        )
        try:
            self._put(entry, file, None)
        except ChangedRemotelyError:
            self._note(self._unrecorded(entry))
            return 0
        return 1

    def move(self, moved: Moved) -> int:
        """Rewrites an event, if nobody else has changed it; what others added to it stays."""
        was, remote = moved.was, self.remote.get(moved.was.name)
        if remote is None or remote.etag != was.etag:
            return 0  # changed since the look: the next one says how

        def at_its_place(new: ExportedEvent) -> ExportedEvent:
            lies = {name: getattr(was, name) for name in ("name", "etag", "content", "body")}
            return replace(new, **lies)

        entry = self._begun(was.week, moved.now, at_its_place)
        file = ical.amended(remote.text, self.side.household, entry)
        return self._unless_changed(was, lambda: self._put(entry, file, was.etag))

    def remove(self, entry: ExportedEvent) -> int:
        """Deletes an event, if nobody else has changed it."""
        self._note(replace(entry, sent=REMOVED))

        def gone() -> None:
            self.connection.remove(entry.name, entry.etag)
            self._note(*marked_gone([entry], self.side.now))

        return self._unless_changed(entry, gone)

    def _put(self, entry: ExportedEvent, file: bytes, etag: str | None) -> None:
        now = self.connection.put(entry.name, file, etag)
        remote = None if now else self.connection.read([entry.name]).get(entry.name)
        if now:
            self._note(replace(arrived_as_sent(entry), etag=now))
        elif remote is not None and remote.event is not None:  # as the server has it from now on
            arrived = arrived_as_sent(entry)
            self._note(replace(arrived, etag=remote.etag, content=remote.event.content))

    def _unless_changed(self, was: ExportedEvent, act: Callable[[], None]) -> int:
        try:
            act()
        except ChangedRemotelyError:
            self._note(was)  # as before: the next look says what was changed
            return 0
        return 1

    def _unrecorded(self, entry: ExportedEvent) -> ExportedEvent:
        """The entry of an event that lies on the server though the ledger does not have it."""
        remote = self.connection.find(entry.uid)
        if remote is None or remote.event is None:  # perhaps in a trash bin: it takes another UID
            return marked_gone([entry], self.side.now)[0]
        if remote.event.content == entry.sent:
            return replace(arrived_as_sent(entry), name=remote.name, etag=remote.etag)
        return replace(entry, name=remote.name, sequence=None, sent="", sent_body="")

    def _begun(
        self,
        week: Week,
        occurrence: Occurrence,
        placed: Callable[[ExportedEvent], ExportedEvent],
    ) -> ExportedEvent:
        """The entry of an event on its way, its version never that of another content."""

        def begun(taken: tuple[ExportedEvent, ...]) -> tuple[ExportedEvent]:
            new = self.side.ledger_of(taken).entry(week, occurrence, self.side.now)
            return (replace(placed(new), sent=new.content, sent_body=new.body),)

        (entry,) = self.side.store.change_exported([week], begun)
        return entry

    def _note(self, *entries: ExportedEvent) -> None:
        self.side.store.save_exported(entries)


def _bare(title: str, entry: ExportedEvent, plan: Plan) -> str:
    """A title without the partner's name that stood before it in the calendar."""
    own = next(o.title for o in plan.occurrences if o.id == entry.occurrence)
    if title == entry.title:
        return own
    return title.removeprefix(entry.title.removesuffix(own)) if entry.title.endswith(own) else title
