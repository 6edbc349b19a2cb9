"""Differences between a CalDAV calendar and the plans, as a three-way comparison.

The base is the ledger: what was exported, and what is on its way. Beside it stand what lies on the
server (remote) and what the plans say (local). Nothing is asked of the server here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rituals.calendars.outgoing.event_content import with_hours
from rituals.calendars.outgoing.ledger import (
    Ledger,
    Moved,
    marked_gone,
    meant_for,
    version_of,
)
from rituals.model import local_time
from rituals.model.calendar import Audience, ExportedEvent, RemoteEvent, RemoteObject, Route
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning import agreement, sitters
from rituals.store.store import Store

REMOVED = "removed"  # in `sent` while an object is being taken away
BACK = timedelta(days=8)  # what was moved on the phone is heard until one has looked back on it
FEW = 2  # events may well go one by one; more of them and all at once is a calendar emptied


@dataclass(frozen=True)
class RemoteChange:
    """An event of ours that somebody changed on the server."""

    was: ExportedEvent
    remote: RemoteObject | None  # None where it was deleted
    local: Occurrence | None  # None where it was let go in the plan
    is_proposal: bool = False  # in the plan; the server had what both agreed on before
    is_new_here: bool = True  # changed in the plan as well

    @property
    def event(self) -> RemoteEvent | None:
        """The event as it stands on the server; None where it was let go."""
        event = None if self.remote is None else self.remote.event
        return event if event is not None and event.stands else None


@dataclass(frozen=True)
class SyncDiff:
    """Changes to make so that a server and the plans agree, by what is to be done with each."""

    add: tuple[tuple[Week, Occurrence], ...] = ()
    move: tuple[Moved, ...] = ()
    remove: tuple[ExportedEvent, ...] = ()
    incoming: tuple[RemoteChange, ...] = ()  # changed on the server alone
    conflicts: tuple[RemoteChange, ...] = ()  # changed on both sides: the couple chooses
    unclear: tuple[ExportedEvent, ...] = ()  # a whole day or a series there by now: left as it is
    resting: tuple[ExportedEvent, ...] = ()  # changed there while its week rests: left as it is
    settled: tuple[ExportedEvent, ...] = ()  # entries that only have to be noted

    @property
    def steps(self) -> int:
        """Number of events to be written or removed."""
        return len(self.add) + len(self.move) + len(self.remove)


@dataclass(frozen=True)
class SyncSide:
    """The household's side of a sync: its weeks and ledger, for one audience, as of now."""

    store: Store
    household: Household
    audience: Audience
    now: datetime
    plans: Mapping[Week, Plan] = field(default_factory=dict)
    rituals: Mapping[str, Ritual] = field(default_factory=dict)  # by id

    @classmethod
    def of(
        cls,
        store: Store,
        household: Household,
        audience: Audience,
        taking: Iterable[Plan],
        now: datetime,
    ) -> SyncSide:
        """The side with the weeks to export, and those exported before that are not over."""
        entry = Ledger.of(household, audience, Route.SERVER, store.load_exported()).entries.values()
        out = {t.week for t in entry if t.end > now - BACK}
        begun = {plan.week: plan for plan in taking}
        kept = store.load_plans(sorted(out | begun.keys()))
        return cls(store, household, audience, now, begun | kept, store.load_rituals())

    def ledger(self) -> Ledger:
        """The ledger of what was exported to the server so far."""
        return self.ledger_of(self.store.load_exported(self.plans))

    def ledger_of(self, taken: Iterable[ExportedEvent]) -> Ledger:
        """The ledger out of these exported events, all those of some weeks."""
        return Ledger.of(self.household, self.audience, Route.SERVER, taken, self.rituals)

    def meant(self) -> dict[str, tuple[Week, Occurrence]]:
        """Settled occurrences of these weeks meant for this audience, by id, with their week.

        Both said yes to them, and none waits for a sitter.
        """
        return {
            o.id: (week, o)
            for week, plan in self.plans.items()
            for o in meant_for(self._settled(plan), self.audience)
        }

    def _settled(self, plan: Plan) -> tuple[Occurrence, ...]:
        return sitters.settled(plan, self.household, self.rituals, self.now)

    def proposals(self) -> dict[str, Occurrence]:
        """Proposals of these weeks by id, also of what both agreed on in another version."""
        return {o.id: o for plan in self.plans.values() for o in agreement.proposals(plan)}

    def beginnings(self) -> dict[str, int]:
        """By occurrence, the highest revision of its UID for this audience, by any route."""
        found: dict[str, int] = {}
        for entry in self.store.load_exported(self.plans):
            if entry.audience is self.audience:
                found[entry.occurrence] = max(found.get(entry.occurrence, 0), entry.revision)
        return found

    def live(self) -> dict[str, ExportedEvent]:
        """Entries of what the server has, by occurrence, as far back as BACK."""
        meant = self.meant()
        return {
            id: entry
            for id, entry in self.ledger().entries.items()
            if not entry.gone and max(entry.end, _end(meant.get(id), entry)) > self.now - BACK
        }

    def is_over(self, entry: ExportedEvent, local: Occurrence | None) -> bool:
        """True if it lies in the past on both sides, so that nothing is written any more."""
        return max(entry.end, entry.end if local is None else local.end) <= self.now

    def rests(self, entry: ExportedEvent) -> bool:
        """True if the week of an entry is one of grace."""
        return self.plans[entry.week].season is Season.GRACE


def compare(side: SyncSide, remote: Mapping[str, RemoteObject]) -> SyncDiff:
    """The diff between a side and, by occurrence, the objects on the server.

    An object without an event and with the etag of its entry counts as unchanged.
    """
    meant, live, ledger = side.meant(), side.live(), side.ledger()
    builder = DiffBuilder(ledger, side.proposals())
    for id, entry in live.items():
        local = meant[id][1] if id in meant else None
        if side.is_over(entry, local):
            builder.put_over(entry, remote.get(id), local)
        elif side.rests(entry):
            builder.put_resting(entry, remote.get(id))
        else:
            builder.put(entry, remote.get(id), local)
    current = {id for id, entry in ledger.entries.items() if not entry.gone} - builder.again
    new = [pair for id, pair in meant.items() if id not in current and pair[1].end > side.now]
    return builder.build(new)


def leaves_its_week(changed: RemoteChange, household: Household) -> bool:
    """True if somebody moved an event on the server into another week than its plan's."""
    if changed.event is None:
        return False
    day = local_time.local_day(changed.event.start, household)
    return local_time.week_of(day, household) != changed.was.week


@dataclass
class DiffBuilder:
    """Collects a SyncDiff, entry by entry."""

    ledger: Ledger
    proposals: Mapping[str, Occurrence] = field(default_factory=dict)  # by id
    move: list[Moved] = field(default_factory=list)
    remove: list[ExportedEvent] = field(default_factory=list)
    incoming: list[RemoteChange] = field(default_factory=list)
    conflicts: list[RemoteChange] = field(default_factory=list)
    unclear: list[ExportedEvent] = field(default_factory=list)
    resting: list[ExportedEvent] = field(default_factory=list)
    settled: dict[str, ExportedEvent] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)  # in the ledger, and yet to be added
    untouched: int = 0

    def put(
        self, entry: ExportedEvent, remote: RemoteObject | None, local: Occurrence | None
    ) -> None:
        """Sorts in one entry with its object on the server and its occurrence in the plan."""
        if remote is None:
            self._put_missing(entry, local)
        elif (remote.name, remote.etag) == (entry.name, entry.etag):
            self._put_untouched(entry, local)
        elif remote.event is None:
            self.unclear.append(entry)
        else:
            self._put_other(entry, remote, remote.event, local)

    def put_over(
        self, entry: ExportedEvent, remote: RemoteObject | None, local: Occurrence | None
    ) -> None:
        """Sorts in one that is over: moves count, deletions (somebody tidied up) do not."""
        event = None if remote is None else remote.event
        if remote is None or event is None or local is None or not event.stands:
            return
        if event.content not in (entry.content, entry.sent):
            self._put_other(entry, remote, event, local)

    def put_resting(self, entry: ExportedEvent, remote: RemoteObject | None) -> None:
        """Sorts in one whose week rests: taken away, unless somebody changed it on the server."""
        event = None if remote is None else remote.event
        if event is not None and event.stands and event.content not in (entry.content, entry.sent):
            self.resting.append(entry)
        else:
            self.put(entry, remote, None)

    def meet(self, entry: ExportedEvent, remote: RemoteObject, local: Occurrence) -> None:
        """Sorts in one that lies on the server and is in no ledger: a conflict unless equal."""
        event = remote.event
        if event is not None and event.content == entry.content:
            is_ours = (event.sequence, event.modified) == version_of(entry)
            body = entry.body if is_ours else ""
            self._settle(entry_as_remote(entry, remote, event, body), local)
        else:
            unknown = replace(entry, name=remote.name, sequence=None, content="")
            self.settled[entry.occurrence] = unknown  # from now on its place is in the ledger
            if event is None:
                self.unclear.append(unknown)
            else:
                self.conflicts.append(RemoteChange(unknown, remote, local))

    def build(self, new: Iterable[tuple[Week, Occurrence]]) -> SyncDiff:
        """The diff; where everything is gone at once, deletions become conflicts."""
        gone = [changed for changed in self.incoming if changed.event is None]
        emptied = len(gone) > FEW and not self.untouched
        return SyncDiff(
            tuple(new),
            tuple(self.move),
            tuple(self.remove),
            tuple(changed for changed in self.incoming if not emptied or changed not in gone),
            (*self.conflicts, *(gone if emptied else ())),
            tuple(self.unclear),
            tuple(self.resting),
            tuple(self.settled.values()),
        )

    def _put_missing(self, entry: ExportedEvent, local: Occurrence | None) -> None:
        is_on_its_way = entry.sent and not entry.etag
        if local is None or entry.sent == REMOVED or is_on_its_way:
            self.again.add(entry.occurrence)
            if not is_on_its_way or local is None:
                (self.settled[entry.occurrence],) = marked_gone([entry], entry.at)
        else:
            self._put_changed(RemoteChange(entry, None, local))

    def _put_untouched(self, entry: ExportedEvent, local: Occurrence | None) -> None:
        self.untouched += 1
        if local is None:
            self.remove.append(entry)
        elif not self.ledger.is_current(entry, local):
            self.move.append(Moved(entry, local))

    def _put_other(
        self,
        entry: ExportedEvent,
        remote: RemoteObject,
        event: RemoteEvent,
        local: Occurrence | None,
    ) -> None:
        content = event.content
        if content in (entry.content, entry.sent):  # the server rewrote it, or ours has arrived
            arrived = _found_again(entry, remote, event)
            current = arrived_as_sent(arrived) if content == entry.sent else arrived
            self.settled[entry.occurrence] = current
            self._put_untouched(current, local)
        elif local is None and not event.stands:
            (self.settled[entry.occurrence],) = marked_gone([entry], entry.at)
        elif (
            local is not None and content == self.ledger.entry(entry.week, local, entry.at).content
        ):
            body = resolved_body(entry, event, local, self.ledger)
            self._settle(entry_as_remote(entry, remote, event, body), local)
        else:
            self._put_changed(RemoteChange(entry, remote, local))

    def _settle(self, current: ExportedEvent, local: Occurrence) -> None:
        """Sorts in one that lies where the plan has it; under an older version it is moved."""
        self.settled[current.occurrence] = current
        if current.body != self.ledger.body(local):
            self.move.append(Moved(current, local))

    def _put_changed(self, changed: RemoteChange) -> None:
        if self._is_unchanged(changed.was, changed.local):
            self.incoming.append(replace(changed, is_new_here=False))
        elif changed.local is not None and changed.local.id in self.proposals:
            proposal = self.proposals[changed.local.id]
            self.conflicts.append(replace(changed, local=proposal, is_proposal=True))
        else:
            self.conflicts.append(changed)

    def _is_unchanged(self, entry: ExportedEvent, local: Occurrence | None) -> bool:
        """True if the plan has what the server was given, and nothing else is proposed."""
        if local is None or entry.sent or entry.sequence is None or local.id in self.proposals:
            return False
        is_called_so = entry.title == local.title or entry.title.endswith(f": {local.title}")
        return is_called_so and (entry.start, entry.end) == (local.start, local.end)


def _end(local: tuple[Week, Occurrence] | None, entry: ExportedEvent) -> datetime:
    return entry.end if local is None else local[1].end


def arrived_as_sent(entry: ExportedEvent) -> ExportedEvent:
    """The entry once a server has what was on its way."""
    return replace(entry, content=entry.sent, body=entry.sent_body, sent="", sent_body="")


def entry_as_remote(
    entry: ExportedEvent, remote: RemoteObject, event: RemoteEvent, body: str
) -> ExportedEvent:
    """The entry of an event as it lies on the server; `body` is the JSON of what it holds."""
    return replace(
        _found_again(entry, remote, event),
        title=event.title,
        start=event.start,
        end=event.end,
        body=body,
        sent="",
        sent_body="",
    )


def resolved_body(
    entry: ExportedEvent, event: RemoteEvent, local: Occurrence, ledger: Ledger
) -> str:
    """The JSON of what an event holds that somebody changed on the server as the plan has it.

    That of before where the version did not grow or something else differs: then the event is
    written there once more, in a version that is newer than all that went out of it.
    """
    sequence, modified = ledger.last_version(entry)
    is_later = event.modified is not None and event.modified > modified
    theirs = with_hours(entry.body, event.title, event.start, event.end)
    is_ours = is_later and event.sequence > sequence and theirs == ledger.body(local)
    return theirs if is_ours else entry.body


def _found_again(entry: ExportedEvent, remote: RemoteObject, event: RemoteEvent) -> ExportedEvent:
    """The entry where its event lies now, in the version that it has there.

    That may have grown though nothing differs: it was moved there, and back again.
    """
    version = version_of(entry)
    return replace(
        entry,
        name=remote.name,
        etag=remote.etag,
        content=event.content,
        sequence=max(event.sequence, version.sequence),
        modified=max(event.modified or version.modified, version.modified),
    )
