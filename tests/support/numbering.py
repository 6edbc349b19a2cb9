"""A couple's week, a calendar on a server, a feed and files, in whatever order things happen.

The rule: whenever two outputs of one UID that follow each other differ in any property but
DTSTAMP, the SEQUENCE and LAST-MODIFIED of the later one are greater (RFC 5545, 3.8.7).
And once both said yes and published, server, feed, file and plan agree on every property.
"""

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from icalendar import Calendar, Event

from rituals.calendars.caldav import diff, sync
from rituals.calendars.caldav.errors import ChangedRemotelyError
from rituals.calendars.outgoing import export, feeds, ical
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Feed, RemoteObject, Route
from rituals.model.childcare import Waiting
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Plan, standing
from rituals.model.time.span import Span
from rituals.planning import agreement, changes, sitters
from rituals.store import location
from rituals.store.store import open_store
from tests.support.notation import WEEK, a_household, a_plan, a_ritual, an_instant, an_occurrence

HOME = a_household()
NOW = an_instant("Sun 21:00", WEEK - 1)
TALK = an_occurrence("Thu 20:00-21:00", way="One lamp, a pot of tea")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)
DATE = an_occurrence("Sat 19:00-22:00", ritual="date", title="Date", kind=Kind.OUT)
NUMBERS = ("DTSTAMP", "SEQUENCE", "LAST-MODIFIED")
BOTH = [ONE, TWO]
FILES = count()
LATER = [timedelta(0), timedelta(seconds=1), timedelta(minutes=1)]

either = st.sampled_from(BOTH)
any_one = st.integers(0, 5)


class CalendarInMemory:
    """A calendar as a server keeps it: objects with an etag, written under a condition."""

    def __init__(self) -> None:
        self.objects: dict[str, tuple[str, str]] = {}
        self._etags = count()

    def listing(self) -> dict[str, str]:
        return {name: etag for name, (etag, _) in self.objects.items()}

    def read(self, names: Iterable[str]) -> dict[str, RemoteObject]:
        return {name: self._object(name) for name in {*names} & self.objects.keys()}

    def find(self, uid: str) -> RemoteObject | None:
        return next((o for o in map(self._object, self.objects) if o.uid == uid), None)

    def name_for(self, uid: str) -> str:
        return f"{uid.partition('@')[0]}.ics"

    def put(self, name: str, content: bytes, etag: str | None) -> str:
        self._check(name, etag)
        new = f'"{next(self._etags)}"'
        self.objects[name] = (new, content.decode())
        return new

    def remove(self, name: str, etag: str) -> None:
        if name in self.objects:
            self._check(name, etag)
            del self.objects[name]

    def _check(self, name: str, etag: str | None) -> None:
        held = self.objects.get(name)
        if (None if held is None else held[0]) != etag:
            raise ChangedRemotelyError("It is not as it was.")

    def _object(self, name: str) -> RemoteObject:
        etag, written = self.objects[name]
        event = ical.read_event(written, HOME.tz)
        return RemoteObject(name, etag, event, ical.uid_in(written), written)


class Heard:
    """A connection, and what is written through it."""

    def __init__(self, connection: Any, heard: Callable[[bytes], None]) -> None:
        self._connection, self._heard = connection, heard

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def put(self, name: str, content: bytes, etag: str | None) -> str:
        written = self._connection.put(name, content, etag)
        self._heard(content)
        return str(written)


class AWeekThatGoesOut(RuleBasedStateMachine):
    """One week; each output is compared with the one before it."""

    new_file: Path  # a store with nothing in it
    folder: Path  # for copies of it

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.out: dict[str, tuple[dict[str, Any], int, Any]] = {}
        self.calendar = CalendarInMemory()
        self.database = Path(shutil.copy(self.new_file, self.folder / f"{next(FILES)}.db"))
        self.store = open_store(location.sqlite_url(self.database))
        self.store.fill(
            HOME, [a_ritual(), a_ritual("walk"), a_ritual("date")], [a_plan(TALK, WALK, DATE)]
        )
        self.store.save_feed(Feed(Audience.SHARED, "t" * 43))

    def opened(self) -> AbstractContextManager[Any]:
        """A connection to the calendar."""
        return nullcontext(self.calendar)

    def teardown(self) -> None:
        try:
            self.come_to_an_agreement()
        finally:
            self.store.engine.dispose()
            self.database.unlink()

    # -- at home

    @rule(which=any_one, who=either, quarters=st.sampled_from([-4, -1, 1, 2, 4]))
    def one_moves(self, which: int, who: str, quarters: int) -> None:
        """An hour that one of them proposes; the other has to say yes to it."""
        if lying := standing(self.plan):
            o = lying[which % len(lying)]
            by = timedelta(minutes=15 * quarters)
            span = Span(o.start + by, o.end + by)
            self.change(
                lambda p: agreement.with_own_yes(
                    p, changes.move(p, o.id, span, True, self.now), [who]
                )
            )

    @rule(which=any_one, way=st.sampled_from(["Tea", "Wine; a fire", ""]))
    def another_idea(self, which: int, way: str) -> None:
        if lying := standing(self.plan):
            id = lying[which % len(lying)].id
            self.change(
                lambda p: changes.with_occurrence(
                    p, id, lambda o: changes.touched(replace(o, way=way), self.now)
                )
            )

    @rule(alarm=st.sampled_from([None, 0, 30]))
    def another_alarm(self, alarm: int | None) -> None:
        self.store.save_ritual(a_ritual(alarm=alarm))

    @rule(who=either)
    def one_says_yes(self, who: str) -> None:
        kept = self.change(lambda p: agreement.say_yes(p, who))
        feeds.record_week(self.store, kept, HOME, self.now)

    @rule()
    def both_say_yes(self) -> None:
        for who in BOTH:
            self.one_says_yes(who)

    @rule(who=either)
    def one_takes_the_yes_back(self, who: str) -> None:
        self.change(lambda p: agreement.withdraw_yes(p, who))

    @rule(which=any_one)
    def one_is_let_go(self, which: int) -> None:
        if lying := standing(self.plan):
            id = lying[which % len(lying)].id
            self.change(lambda p: changes.let_go(p, id, self.now))

    @rule(which=any_one)
    def one_comes_back(self, which: int) -> None:
        if gone := [o for o in self.plan.occurrences if o.let_go]:
            o = gone[which % len(gone)]
            span = Span(o.start, o.end)
            self.change(lambda p: changes.move(p, o.id, span, False, self.now))

    @rule()
    def a_sitter_is_found(self) -> None:
        for _, span in self.waiting():
            self.change(lambda p, span=span: changes.with_sitter(p, span))

    @rule()
    def the_sitter_cancels(self) -> None:
        for span in self.plan.sitter:
            self.change(lambda p, span=span: changes.without_sitter(p, span))

    @rule(by=st.sampled_from(LATER))
    def time_passes(self, by: timedelta) -> None:
        self.now += by

    # -- out

    @rule()
    def the_feed_is_polled(self) -> None:
        self.goes_out(self.feed())

    @rule(
        extent=st.sampled_from([export.Extent.CHANGES, export.Extent.WHOLE]),
        left_out=st.sampled_from([(), ("Walk",)]),
    )
    def a_file_is_taken(self, extent: export.Extent, left_out: tuple[str, ...]) -> None:
        self.goes_out(self.file(extent, left_out))

    @rule()
    def it_is_published(self) -> None:
        with self.opened() as connection:
            heard, side = Heard(connection, self.goes_out), self.side()
            sync.publish(side, heard, sync.look(side, heard))

    # -- and back

    @rule(which=any_one, hours=st.sampled_from([-1, 1, 2]), grows=st.booleans())
    def another_client_moves_one(self, which: int, hours: int, *, grows: bool) -> None:
        def moved(event: Event) -> None:
            for name in ("DTSTART", "DTEND"):
                event[name].dt += timedelta(hours=hours)

        self.edit(which, moved, grows=grows)

    @rule(which=any_one, title=st.sampled_from(["Ours", "Yours"]), grows=st.booleans())
    def another_client_renames_one(self, which: int, title: str, *, grows: bool) -> None:
        def renamed(event: Event) -> None:
            del event["SUMMARY"]
            event.add("summary", title)

        self.edit(which, renamed, grows=grows)

    @rule(which=any_one)
    def another_client_deletes_one(self, which: int) -> None:
        with self.opened() as connection:
            if there := sorted(connection.listing().items()):
                connection.remove(*there[which % len(there)])

    @rule()
    def it_is_pulled(self) -> None:
        with self.opened() as connection:
            side = self.side()
            sync.pull(side, sync.look(side, connection))

    @rule(act=st.sampled_from([sync.take_theirs, sync.keep_ours]))
    def they_decide(self, act: Callable[[diff.SyncSide, diff.RemoteChange], None]) -> None:
        with self.opened() as connection:
            side = self.side()
            found = sync.look(side, connection)
            self.store.save_exported(found.settled)
            for changed in found.conflicts:
                act(side, changed)

    # -- what always holds

    def goes_out(self, file: bytes) -> None:
        """Compares each event of an output with the one of its UID that went out before."""
        for event in Calendar.from_ical(file).events:
            waits = event["DTSTART"].dt in {o.start for o, _ in self.waiting()}
            confirmed = str(event["STATUS"]) == "CONFIRMED"
            assert not (waits and confirmed and str(event["SUMMARY"]) == "Date"), event
            uid, held = str(event["UID"]), properties(event)
            number, modified = int(event["SEQUENCE"]), event["LAST-MODIFIED"].dt
            before, last_number, last_modified = self.out.get(uid, (held, number, modified))

            assert (last_number, last_modified) <= (number, modified), uid
            if held != before:
                assert last_number < number, (uid, before, held)
                assert last_modified < modified, (uid, before, held)

            self.out[uid] = held, number, modified

    def come_to_an_agreement(self) -> None:
        for _ in range(3):
            self.it_is_pulled()
            self.they_decide(sync.take_theirs)
            self.a_sitter_is_found()
            self.both_say_yes()
            self.it_is_published()
        file, feed = self.file(export.Extent.WHOLE), self.feed()
        for output in (file, feed):
            self.goes_out(output)
        planned = {(o.start, o.end) for o in standing(self.plan)}

        assert planned == {
            (e["DTSTART"].dt, e["DTEND"].dt) for e in Calendar.from_ical(file).events
        }
        held = [everything(each) for each in ([feed], [file], self.on_the_server())]
        assert held[0].keys() == held[1].keys() == held[2].keys()
        for of_feed, of_file, of_server in zip(*(sorted(h.items()) for h in held), strict=True):
            agree(of_feed[1], of_file[1])
            agree(of_feed[1], of_server[1])

    # -- what there is

    @property
    def plan(self) -> Plan:
        kept = self.store.load_plan(WEEK)
        assert kept is not None
        return kept

    def waiting(self) -> tuple[Waiting, ...]:
        return sitters.waiting(self.plan, HOME, self.store.load_rituals(), self.now)

    def change(self, how: Callable[[Plan], Plan]) -> Plan:
        return self.store.change_plan(self.plan, how)

    def side(self) -> diff.SyncSide:
        return diff.SyncSide.of(self.store, HOME, Audience.SHARED, [self.plan], self.now)

    def feed(self) -> bytes:
        return feeds.current_content(self.store, Audience.SHARED, HOME, self.now).content

    def file(self, extent: export.Extent, left_out: tuple[str, ...] = ()) -> bytes:
        taken, rituals = self.store.load_exported([WEEK]), self.store.load_rituals()
        ledger = Ledger.of(HOME, Audience.SHARED, Route.FILE, taken, rituals)
        parcel = export.pack([self.plan], ledger, extent, self.now, left_out)
        self.store.save_exported(parcel.entries())
        return parcel.content()

    def on_the_server(self) -> list[bytes]:
        with self.opened() as connection:
            return [o.text.encode() for o in connection.read(connection.listing()).values()]

    def edit(self, which: int, change: Callable[[Event], None], *, grows: bool) -> None:
        with self.opened() as connection:
            there = sorted(connection.listing().items())
            if not there:
                return
            name, etag = there[which % len(there)]
            file = Calendar.from_ical(connection.read([name])[name].text)
            (event,) = file.events
            change(event)
            if grows:
                event["SEQUENCE"] = event["SEQUENCE"] + 1
                event["LAST-MODIFIED"].dt += timedelta(seconds=30)
            connection.put(name, file.to_ical(), etag)


def properties(event: Event) -> dict[str, Any]:
    """All that an event says, its alarms too, but for its numbers."""
    held = {name: value.to_ical() for name, value in event.items() if name not in NUMBERS}
    return held | {"ALARMS": [alarm.to_ical() for alarm in event.walk("VALARM")]}


def everything(files: Iterable[bytes]) -> dict[tuple[Any, str], Event]:
    """By start and title, the events in some files."""
    return {
        (event["DTSTART"].dt, str(event["SUMMARY"])): event
        for file in files
        for event in Calendar.from_ical(file).events
    }


def agree(one: Event, other: Event) -> None:
    """Both hold the same; what was let go once comes back under another UID, which counts anew."""
    held, also = properties(one), properties(other)
    is_same = held.pop("UID") == also.pop("UID")

    assert held == also
    if is_same:
        numbers = [(e["SEQUENCE"], e["LAST-MODIFIED"].dt) for e in (one, other)]

        assert numbers[0] == numbers[1]
