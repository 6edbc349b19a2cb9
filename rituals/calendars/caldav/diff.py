"""What a server and the plans do not agree on, worked out without asking anybody.

The ledger knows what was told and what is on its way; beside it lie what is there and what is here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from rituals.calendars.outgoing.ledger import Ledger, Moved, let_go, meant_for
from rituals.model import local_time
from rituals.model.calendar import Audience, ExportedEvent, RemoteEvent, RemoteObject, Route
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season
from rituals.model.week import Week
from rituals.planning import agreement
from rituals.store.store import Store

REMOVED = "removed"  # in `sent` while an object is being taken away
BACK = timedelta(days=8)  # what was moved on the phone is heard until one has looked back on it
FEW = 2  # events may well go one by one; more of them and all at once is a calendar emptied


@dataclass(frozen=True)
class RemoteChange:
    """An event of ours that somebody changed on the server."""

    was: ExportedEvent
    there: RemoteObject | None  # None where it was deleted
    here: Occurrence | None  # None where it was let go in the plan

    @property
    def seen(self) -> RemoteEvent | None:
        """The event as it stands there; None where it was let go."""
        seen = None if self.there is None else self.there.seen
        return seen if seen is not None and seen.stands else None


@dataclass(frozen=True)
class SyncDiff:
    """What is to be done so that a server and the plans agree."""

    add: tuple[tuple[Week, Occurrence], ...] = ()
    move: tuple[Moved, ...] = ()
    remove: tuple[ExportedEvent, ...] = ()
    back: tuple[RemoteChange, ...] = ()  # changed there alone
    both: tuple[RemoteChange, ...] = ()  # changed here and there: the couple chooses
    unclear: tuple[ExportedEvent, ...] = ()  # a whole day or a series there by now: left as it is
    resting: tuple[ExportedEvent, ...] = ()  # changed there while its week rests: left as it is
    settled: tuple[ExportedEvent, ...] = ()  # entries that only have to be noted

    @property
    def steps(self) -> int:
        """How many events are to be written or removed."""
        return len(self.add) + len(self.move) + len(self.remove)


@dataclass(frozen=True)
class SyncSide:
    """Whose weeks go to the server of which audience, as it is now."""

    store: Store
    household: Household
    audience: Audience
    now: datetime
    plans: Mapping[Week, Plan] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        store: Store,
        household: Household,
        audience: Audience,
        taking: Iterable[Plan],
        now: datetime,
    ) -> SyncSide:
        """With the weeks that are being taken, and those taken before that are not over."""
        told = Ledger.of(household, audience, Route.SERVER, store.load_exported()).told.values()
        out = {t.week for t in told if t.end > now - BACK}
        begun = {plan.week: plan for plan in taking}
        kept = store.load_plans(sorted(out | begun.keys()))
        return cls(store, household, audience, now, begun | kept)

    def ledger(self) -> Ledger:
        """What the server was told so far."""
        taken = self.store.load_exported(self.plans)
        return Ledger.of(self.household, self.audience, Route.SERVER, taken)

    def meant(self) -> dict[str, tuple[Week, Occurrence]]:
        """By id, what is ours of these weeks and meant for this audience."""
        return {
            o.id: (week, o)
            for week, plan in self.plans.items()
            for o in meant_for(agreement.ours(plan), self.audience)
        }

    def beginnings(self) -> dict[str, int]:
        """By occurrence, how often it began anew for this audience, by any route."""
        found: dict[str, int] = {}
        for told in self.store.load_exported(self.plans):
            if told.audience is self.audience:
                found[told.occurrence] = max(found.get(told.occurrence, 0), told.revision)
        return found

    def live(self) -> dict[str, ExportedEvent]:
        """By id, the entries of what the server has, as far back as one looks."""
        meant = self.meant()
        return {
            id: told
            for id, told in self.ledger().told.items()
            if not told.gone and max(told.end, _end(meant.get(id), told)) > self.now - BACK
        }

    def is_over(self, told: ExportedEvent, here: Occurrence | None) -> bool:
        """Whether nothing is written there any more of what lies in the past on both sides."""
        return max(told.end, told.end if here is None else here.end) <= self.now

    def rests(self, told: ExportedEvent) -> bool:
        """Whether the week of an entry is one of grace."""
        return self.plans[told.week].season is Season.GRACE


def compared(desk: SyncSide, there: Mapping[str, RemoteObject]) -> SyncDiff:
    """The outlook, given by occurrence what lies on the server: seen, or as it was told."""
    meant, live, ledger = desk.meant(), desk.live(), desk.ledger()
    sorting = DiffBuilder(ledger)
    for id, told in live.items():
        here = meant[id][1] if id in meant else None
        if desk.is_over(told, here):
            sorting.put_over(told, there.get(id), here)
        elif desk.rests(told):
            sorting.put_resting(told, there.get(id))
        else:
            sorting.put(told, there.get(id), here)
    known = {id for id, told in ledger.told.items() if not told.gone} - sorting.again
    new = [pair for id, pair in meant.items() if id not in known and pair[1].end > desk.now]
    return sorting.outlook(new)


def leaves_its_week(changed: RemoteChange, household: Household) -> bool:
    """Whether somebody moved an event there into another week than its plan's."""
    if changed.seen is None:
        return False
    day = local_time.local_day(changed.seen.start, household)
    return local_time.week_of(day, household) != changed.was.week


@dataclass
class DiffBuilder:
    """Entries one by one, each to where it belongs in an outlook."""

    ledger: Ledger
    move: list[Moved] = field(default_factory=list)
    remove: list[ExportedEvent] = field(default_factory=list)
    back: list[RemoteChange] = field(default_factory=list)
    both: list[RemoteChange] = field(default_factory=list)
    unclear: list[ExportedEvent] = field(default_factory=list)
    resting: list[ExportedEvent] = field(default_factory=list)
    settled: dict[str, ExportedEvent] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)  # known, and yet to be added
    untouched: int = 0

    def put(self, told: ExportedEvent, there: RemoteObject | None, here: Occurrence | None) -> None:
        """One entry with what there is of it on the server and in the plan."""
        if there is None:
            self._put_missing(told, here)
        elif (there.name, there.etag) == (told.name, told.etag):
            self._put_untouched(told, here)
        elif there.seen is None:
            self.unclear.append(told)
        else:
            self._put_other(told, there, there.seen, here)

    def put_over(
        self, told: ExportedEvent, there: RemoteObject | None, here: Occurrence | None
    ) -> None:
        """One that is over: what somebody moved is heard, and whoever tidies up is let be."""
        seen = None if there is None else there.seen
        if there is None or seen is None or here is None or not seen.stands:
            return
        if seen.content not in (told.content, told.sent):
            self._put_other(told, there, seen, here)

    def put_resting(self, told: ExportedEvent, there: RemoteObject | None) -> None:
        """One whose week rests: it is taken away, but not what somebody changed there."""
        seen = None if there is None else there.seen
        if seen is not None and seen.stands and seen.content not in (told.content, told.sent):
            self.resting.append(told)
        else:
            self.put(told, there, None)

    def meet(self, entry: ExportedEvent, there: RemoteObject, here: Occurrence) -> None:
        """One that lies there and is in no ledger: as it is here, or the couple is asked."""
        if there.seen is not None and there.seen.content == entry.content:
            self.settled[entry.occurrence] = as_there(entry, there, there.seen, here.sequence)
        else:
            unknown = replace(entry, name=there.name, sequence=None, content="")
            self.settled[entry.occurrence] = unknown  # from now on it is known where it lies
            if there.seen is None:
                self.unclear.append(unknown)
            else:
                self.both.append(RemoteChange(unknown, there, here))

    def outlook(self, new: Iterable[tuple[Week, Occurrence]]) -> SyncDiff:
        """What was found; where everything is gone at once, the couple is asked."""
        gone = [changed for changed in self.back if changed.seen is None]
        emptied = len(gone) > FEW and not self.untouched
        return SyncDiff(
            tuple(new),
            tuple(self.move),
            tuple(self.remove),
            tuple(changed for changed in self.back if not emptied or changed not in gone),
            (*self.both, *(gone if emptied else ())),
            tuple(self.unclear),
            tuple(self.resting),
            tuple(self.settled.values()),
        )

    def _put_missing(self, told: ExportedEvent, here: Occurrence | None) -> None:
        is_on_its_way = told.sent and not told.etag
        if here is None or told.sent == REMOVED or is_on_its_way:
            self.again.add(told.occurrence)
            if not is_on_its_way or here is None:
                (self.settled[told.occurrence],) = let_go([told], told.at)
        else:
            self._put_changed(RemoteChange(told, None, here))

    def _put_untouched(self, told: ExportedEvent, here: Occurrence | None) -> None:
        self.untouched += 1
        if here is None:
            self.remove.append(told)
        elif not _is_as_told(told, here):
            self.move.append(Moved(told, here))

    def _put_other(
        self, told: ExportedEvent, there: RemoteObject, seen: RemoteEvent, here: Occurrence | None
    ) -> None:
        content = seen.content
        if content in (told.content, told.sent):  # the server rewrote it, or ours has arrived
            arrived = replace(told, name=there.name, etag=there.etag, content=content)
            known = replace(arrived, sent="") if content == told.sent else arrived
            self.settled[told.occurrence] = known
            self._put_untouched(known, here)
        elif here is None and not seen.stands:
            (self.settled[told.occurrence],) = let_go([told], told.at)
        elif here is not None and content == self.ledger.entry(told.week, here, told.at).content:
            self.settled[told.occurrence] = as_there(told, there, seen, here.sequence)
        else:
            self._put_changed(RemoteChange(told, there, here))

    def _put_changed(self, changed: RemoteChange) -> None:
        (self.back if _is_as_told(changed.was, changed.here) else self.both).append(changed)


def _end(here: tuple[Week, Occurrence] | None, told: ExportedEvent) -> datetime:
    return told.end if here is None else here[1].end


def _is_as_told(told: ExportedEvent, here: Occurrence | None) -> bool:
    return here is not None and here.sequence == told.sequence and not told.sent


def as_there(
    told: ExportedEvent, there: RemoteObject, seen: RemoteEvent, sequence: int | None
) -> ExportedEvent:
    """The entry of an event as it lies there now, at this sequence of its occurrence."""
    return replace(
        told,
        name=there.name,
        etag=there.etag,
        content=seen.content,
        title=seen.title,
        start=seen.start,
        end=seen.end,
        sequence=sequence,
        sent="",
    )
