"""A couple's weeks on a CalDAV server, and what somebody changed there, back in the plan.

First one looks: what is to be added, moved and removed there, what comes back, and what was changed
on both sides. Then one acts on that. Every step is in the ledger before it is taken and again once
the server has confirmed it, so the next look knows what was interrupted, and completes it.
Nothing is touched that the ledger does not know as ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from rituals import ics, plans
from rituals.model import Household, Occurrence, Plan, Week
from rituals.server import ChangedThereError, Connection, There
from rituals.storage import Store
from rituals.taken import Audience, Ledger, Moved, Route, Seen, Taken, let_go, meant_for

REMOVED = "removed"  # in `sent` while an object is being taken away
NOT_OURS_TO_SAY = -1  # a sequence that no occurrence has: so whatever is here differs from it
FEW = 2  # events may well go one by one; more of them and all at once is a calendar emptied


@dataclass(frozen=True)
class Changed:
    """An event of ours that somebody changed on the server."""

    was: Taken
    there: There | None  # None where it was deleted
    here: Occurrence | None  # None where it was let go in the plan

    @property
    def seen(self) -> Seen | None:
        """The event as it stands there; None where it was let go."""
        seen = None if self.there is None else self.there.seen
        return seen if seen is not None and seen.stands else None


@dataclass(frozen=True)
class Outlook:
    """What is to be done so that a server and the plans agree."""

    add: tuple[tuple[Week, Occurrence], ...] = ()
    move: tuple[Moved, ...] = ()
    remove: tuple[Taken, ...] = ()
    back: tuple[Changed, ...] = ()  # changed there alone
    both: tuple[Changed, ...] = ()  # changed here and there: the couple chooses
    unclear: tuple[Taken, ...] = ()  # a whole day or a series there by now: left as it is
    settled: tuple[Taken, ...] = ()  # entries that only have to be noted

    @property
    def steps(self) -> int:
        """How many events are to be written or removed."""
        return len(self.add) + len(self.move) + len(self.remove)


@dataclass(frozen=True)
class Desk:
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
    ) -> Desk:
        """With the weeks that are being taken, and those taken before that are not over."""
        told = Ledger.of(household, audience, Route.SERVER, store.load_taken()).told.values()
        out = {t.week for t in told if t.end > now}
        begun = {plan.week: plan for plan in taking}
        kept = store.load_plans(sorted(out | begun.keys()))
        return cls(store, household, audience, now, begun | kept)

    def ledger(self) -> Ledger:
        """What the server was told so far."""
        taken = self.store.load_taken(self.plans)
        return Ledger.of(self.household, self.audience, Route.SERVER, taken)

    def meant(self) -> dict[str, tuple[Week, Occurrence]]:
        """By id, what these weeks hold for this audience."""
        return {
            o.id: (week, o)
            for week, plan in self.plans.items()
            for o in meant_for(plans.standing(plan), self.audience)
        }

    def live(self) -> dict[str, Taken]:
        """By id, the entries of what the server has and that is not over."""
        meant = self.meant()
        return {
            id: told
            for id, told in self.ledger().told.items()
            if not told.gone
            and (told.end > self.now or (id in meant and meant[id][1].end > self.now))
        }


def look(desk: Desk, connection: Connection) -> Outlook:
    """What a server and the plans do not agree on; nothing is changed by looking.

    Raises ServerError where the server does not tell.
    """
    live, listing = desk.live(), connection.listing()
    other = {t.name for t in live.values() if listing.get(t.name) not in (None, t.etag)}
    read = connection.read(other)
    found = {id: _found(told, listing, read, connection) for id, told in live.items()}
    return compared(desk, {id: there for id, there in found.items() if there is not None})


def compared(desk: Desk, there: Mapping[str, There]) -> Outlook:
    """The outlook, given by occurrence what lies on the server: seen, or as it was told."""
    meant, live, ledger = desk.meant(), desk.live(), desk.ledger()
    sorting = _Sorting(ledger)
    for id, told in live.items():
        sorting.put(told, there.get(id), meant[id][1] if id in meant else None)
    known = {id for id, told in ledger.told.items() if not told.gone} - sorting.again
    new = [pair for id, pair in meant.items() if id not in known and pair[1].end > desk.now]
    return sorting.outlook(new)


def publish(
    desk: Desk,
    connection: Connection,
    outlook: Outlook,
    alarms: Mapping[str, int],
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """How many events were written or removed; what was changed there meanwhile is left alone.

    Raises ServerError where the server stops; what was done until then is known.
    """
    desk.store.save_taken(outlook.settled)
    for week in {week for week, _ in outlook.add}:
        desk.store.change_plan(desk.plans[week], lambda plan: plan)
    writing = _Writing(desk, connection, alarms, desk.ledger())
    done = 0
    for number, step in enumerate(writing.steps(outlook), 1):
        done += step()
        progress(number)
    return done


def pull(desk: Desk, outlook: Outlook) -> None:
    """Brings what was changed there alone back into the plans, fixed there."""
    desk.store.save_taken(outlook.settled)
    for changed in outlook.back:
        take_theirs(desk, changed)


def take_theirs(desk: Desk, changed: Changed) -> None:
    """Lets the plan say what the server says."""
    was, seen, plan = changed.was, changed.seen, desk.plans[changed.was.week]
    if changed.there is None or seen is None:
        desk.store.change_plan(plan, lambda p: plans.let_go(p, was.occurrence, desk.now))
        desk.store.save_taken(let_go([was], desk.now))
        return
    bare = replace(seen, title=_bare(seen.title, was, plan, desk.household))
    after = desk.store.change_plan(
        plan, lambda p: plans.came_back(p, was.occurrence, bare, desk.now)
    )
    (sequence,) = (o.sequence for o in after.occurrences if o.id == was.occurrence)
    desk.store.save_taken([_as_there(was, changed.there, seen, sequence)])


def keep_ours(desk: Desk, changed: Changed) -> None:
    """Lets the next publishing tell the server what the plan says."""
    was, seen, plan = changed.was, changed.seen, desk.plans[changed.was.week]
    if changed.there is None or seen is None:
        desk.store.save_taken(let_go([was], desk.now))  # it goes there anew
        return
    if changed.here is not None:
        desk.store.change_plan(
            plan, lambda p: plans.insisted(p, was.occurrence, seen.sequence, desk.now)
        )
    desk.store.save_taken([_as_there(was, changed.there, seen, was.sequence)])


def _found(
    told: Taken, listing: Mapping[str, str], read: Mapping[str, There], connection: Connection
) -> There | None:
    """What the server has of an entry: where it lay, or wherever it lies now, or nothing."""
    if listing.get(told.name) == told.etag:
        return There(told.name, told.etag, None)
    return read.get(told.name) or connection.find(told.uid)


@dataclass
class _Sorting:
    """Entries one by one, each to where it belongs in an outlook."""

    ledger: Ledger
    move: list[Moved] = field(default_factory=list)
    remove: list[Taken] = field(default_factory=list)
    back: list[Changed] = field(default_factory=list)
    both: list[Changed] = field(default_factory=list)
    unclear: list[Taken] = field(default_factory=list)
    settled: dict[str, Taken] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)  # known, and yet to be added
    untouched: int = 0

    def put(self, told: Taken, there: There | None, here: Occurrence | None) -> None:
        """One entry with what there is of it on the server and in the plan."""
        if there is None:
            self._put_missing(told, here)
        elif (there.name, there.etag) == (told.name, told.etag):
            self._put_untouched(told, here)
        elif there.seen is None:
            self.unclear.append(told)
        else:
            self._put_other(told, there, there.seen, here)

    def outlook(self, new: Iterable[tuple[Week, Occurrence]]) -> Outlook:
        """What was found; where everything is gone at once, the couple is asked."""
        gone = [changed for changed in self.back if changed.seen is None]
        emptied = len(gone) > FEW and not self.untouched
        return Outlook(
            tuple(new),
            tuple(self.move),
            tuple(self.remove),
            tuple(changed for changed in self.back if not emptied or changed not in gone),
            (*self.both, *(gone if emptied else ())),
            tuple(self.unclear),
            tuple(self.settled.values()),
        )

    def _put_missing(self, told: Taken, here: Occurrence | None) -> None:
        is_on_its_way = told.sent and not told.etag
        if here is None or told.sent == REMOVED or is_on_its_way:
            self.again.add(told.occurrence)
            if not is_on_its_way or here is None:
                (self.settled[told.occurrence],) = let_go([told], told.at)
        else:
            self._put_changed(Changed(told, None, here))

    def _put_untouched(self, told: Taken, here: Occurrence | None) -> None:
        self.untouched += 1
        if here is None:
            self.remove.append(told)
        elif not _is_as_told(told, here):
            self.move.append(Moved(told, here))

    def _put_other(self, told: Taken, there: There, seen: Seen, here: Occurrence | None) -> None:
        content = seen.content
        if content in (told.content, told.sent):  # the server rewrote it, or ours has arrived
            arrived = replace(told, name=there.name, etag=there.etag, content=content)
            known = replace(arrived, sent="") if content == told.sent else arrived
            self.settled[told.occurrence] = known
            self._put_untouched(known, here)
        elif here is not None and content == self.ledger.entry(told.week, here, told.at).content:
            self.settled[told.occurrence] = _as_there(told, there, seen, here.sequence)
        else:
            self._put_changed(Changed(told, there, here))

    def _put_changed(self, changed: Changed) -> None:
        (self.back if _is_as_told(changed.was, changed.here) else self.both).append(changed)


@dataclass(frozen=True)
class _Writing:
    """Steps that are noted before and after they are taken."""

    desk: Desk
    connection: Connection
    alarms: Mapping[str, int]
    ledger: Ledger

    def steps(self, outlook: Outlook) -> Iterator[Callable[[], int]]:
        """Each as something to call; it says how many events were written or removed."""
        for week, occurrence in outlook.add:
            yield lambda week=week, occurrence=occurrence: self.add(week, occurrence)  # type: ignore[misc]
        for moved in outlook.move:
            yield lambda moved=moved: self.move(moved)  # type: ignore[misc]
        for told in outlook.remove:
            yield lambda told=told: self.remove(told)  # type: ignore[misc]

    def add(self, week: Week, occurrence: Occurrence) -> int:
        """Puts a new event there; one that lies there already under this UID is found."""
        told = self.ledger.entry(week, occurrence, self.desk.now)
        entry = replace(
            told, name=self.connection.name_for(told.uid), sent=told.content, content=""
        )
        self._note(entry)
        try:
            self._put(entry, occurrence, None)
        except ChangedThereError:
            self._note(self._met(entry))
            return 0
        return 1

    def move(self, moved: Moved) -> int:
        """Writes an event that is there anew, if nobody else has changed it."""
        was = moved.was
        told = self.ledger.entry(was.week, moved.now, self.desk.now)
        self._note(
            entry := replace(
                told, name=was.name, etag=was.etag, content=was.content, sent=told.content
            )
        )
        return self._unless_changed(was, lambda: self._put(entry, moved.now, was.etag))

    def remove(self, told: Taken) -> int:
        """Takes an event away, if nobody else has changed it."""
        self._note(replace(told, sent=REMOVED))

        def gone() -> None:
            self.connection.remove(told.name, told.etag)
            self._note(*let_go([told], self.desk.now))

        return self._unless_changed(told, gone)

    def _put(self, entry: Taken, occurrence: Occurrence, etag: str | None) -> None:
        file = ics.calendar(
            [occurrence],
            self.desk.household,
            self.desk.audience,
            uids={occurrence.id: entry.uid},
            alarms=self.alarms,
        )
        now = self.connection.put(entry.name, file, etag)
        there = None if now else self.connection.read([entry.name]).get(entry.name)
        if now:
            self._note(replace(entry, etag=now, content=entry.sent, sent=""))
        elif there is not None and there.seen is not None:  # as the server has it from now on
            self._note(replace(entry, etag=there.etag, content=there.seen.content, sent=""))

    def _unless_changed(self, was: Taken, act: Callable[[], None]) -> int:
        try:
            act()
        except ChangedThereError:
            self._note(was)  # as before: the next look says what was changed
            return 0
        return 1

    def _met(self, entry: Taken) -> Taken:
        """The entry of an event that lies there though nobody remembers putting it there."""
        there = self.connection.find(entry.uid)
        if there is None or there.seen is None:  # perhaps in a trash bin: it takes another UID
            return let_go([entry], self.desk.now)[0]
        if there.seen.content == entry.sent:
            return replace(entry, name=there.name, etag=there.etag, content=entry.sent, sent="")
        return replace(entry, name=there.name, sequence=NOT_OURS_TO_SAY, sent="")

    def _note(self, *entries: Taken) -> None:
        self.desk.store.save_taken(entries)


def _is_as_told(told: Taken, here: Occurrence | None) -> bool:
    return here is not None and here.sequence == told.sequence and not told.sent


def _as_there(told: Taken, there: There, seen: Seen, sequence: int) -> Taken:
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


def _bare(title: str, told: Taken, plan: Plan, household: Household) -> str:
    """A title without the name that stands before it in a calendar."""
    whose = next(o.partner for o in plan.occurrences if o.id == told.occurrence)
    return title if whose is None else title.removeprefix(f"{household.name(whose)}: ")
