"""Any sequence of planning, taking, publishing and a partner's edits on the phone."""

import os
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from icalendar import Calendar

from rituals.calendars.caldav import sync
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.outgoing import export, feeds
from rituals.calendars.outgoing.ledger import Ledger, event_uid
from rituals.model.calendar import Audience, Route
from rituals.model.context import PlanningContext
from rituals.model.plan import standing
from rituals.planning import changes, scheduling
from rituals.store import location
from rituals.store.store import open_store
from tests.servers.couple import HOME, Couple
from tests.servers.faulty_proxy import a_faulty_proxy, cuts_after, cuts_before, says
from tests.servers.radicale_server import Radicale
from tests.support.notation import WEEK, a_ritual

RITUALS = {
    "late-talk": a_ritual("late-talk", window="daily 19:00-23:00", rhythm=(1, 3)),
    "film": a_ritual("film", minutes=120, window="Fri,Sat 18:00-23:00", rhythm=(1, 2)),
}
HOUR = timedelta(hours=1)
MOST_BEGINNINGS = 30
EXAMPLES = int(os.environ.get("EXAMPLES_THERE", "15"))
FAULTS = [cuts_before, cuts_after, says(500)]

any_one = st.integers(0, 9)


class AWeek(RuleBasedStateMachine):
    """One week of a couple; what must hold is looked at after every step."""

    server = None
    folder = None

    def __init__(self):
        super().__init__()
        account = self.server.account()
        self.line_opened = a_faulty_proxy(self.server.url)
        self.line = self.line_opened.__enter__()
        file = self.folder / f"{uuid4()}.db"
        self.store = open_store(location.sqlite_url(file))
        self.couple = Couple(self.store, account, url=self.line.url)
        self.sequences = {}
        self.known = {}

    def teardown(self):
        try:
            self.come_to_an_agreement()
        finally:
            self.line_opened.__exit__(None, None, None)
            self.store.engine.dispose()

    # -- at home

    @rule(ritual=st.sampled_from(sorted(RITUALS)), times=st.integers(0, 3))
    def choose(self, ritual, times):
        life = PlanningContext(HOME, RITUALS)
        self.couple.change(
            lambda p: scheduling.scheduled(
                changes.choose(p, ritual, None, times), life, self.couple.now
            )
        )

    @rule(which=any_one, quarters=st.integers(-8, 8))
    def move(self, which, quarters):
        def moved(plan):
            o = lying[which % len(lying)]
            by = timedelta(minutes=15 * quarters)
            return changes.move(plan, o.id, changes.Span(o.start + by, o.end + by), True, self.now)

        if lying := standing(self.couple.plan):
            self.couple.change(moved)

    @rule(which=any_one)
    def let_go(self, which):
        if lying := standing(self.couple.plan):
            self.couple.let_go(lying[which % len(lying)].id)

    @rule(which=any_one)
    def take_up_again(self, which):
        if gone := [o for o in self.couple.plan.occurrences if o.let_go]:
            o = gone[which % len(gone)]
            span = changes.Span(o.start, o.end)
            self.couple.change(lambda p: changes.move(p, o.id, span, False, self.now))

    @rule(extent=st.sampled_from(export.Extent))
    def take_a_file(self, extent):
        taken = self.store.load_exported()
        ledger = Ledger.of(HOME, Audience.SHARED, Route.FILE, taken, RITUALS)
        parcel = export.pack([self.couple.plan], ledger, extent, self.now)
        self.holds_each_once(Calendar.from_ical(parcel.content()).events)
        self.store.save_exported(parcel.entries())

    @rule()
    def put_on_the_feed(self):
        ledger = Ledger.of(HOME, Audience.SHARED, Route.FEED, self.store.load_exported())
        lying = standing(self.couple.plan)
        self.store.save_exported(ledger.new_entries(WEEK, lying, self.now))

    # -- there

    @rule(fault=st.sampled_from([None, None, *FAULTS]), nth=st.integers(1, 4))
    def publish_it(self, fault, nth):
        if fault is not None:
            self.line.plan("PUT", fault, nth=nth)
            self.line.plan("DELETE", fault, nth=nth)
        try:
            self.couple.publish()
        except ServerError:
            assert fault is not None
        finally:
            self.line.forget()

    @rule(which=any_one, hours=st.integers(-2, 2).filter(bool))
    def moved_on_the_phone(self, which, hours):
        if there := self.couple.phone.events():
            self.couple.phone.move(there[which % len(there)].uid, hours * HOUR)

    @rule(which=any_one, title=st.sampled_from(["Ours", "Yours"]))
    def renamed_on_the_phone(self, which, title):
        if there := self.couple.phone.events():
            self.couple.phone.rename(there[which % len(there)].uid, title)

    @rule(which=any_one)
    def deleted_on_the_phone(self, which):
        if there := self.couple.phone.events():
            self.couple.phone.delete(there[which % len(there)].uid)

    @rule()
    def pull(self):
        self.couple.pull()

    @rule(act=st.sampled_from([sync.take_theirs, sync.keep_ours]))
    def decide(self, act):
        self.couple.choose(act)

    # -- what always holds

    @invariant()
    def the_feed_holds_the_week_as_it_is_once_it_was_taken(self):
        held = feeds.current_content(self.store, Audience.SHARED, HOME, self.now)
        there = Calendar.from_ical(held.content).events
        self.holds_each_once(there)
        self.never_falls("feed", {str(e["UID"]): int(e["SEQUENCE"]) for e in there})
        if self.store.load_exported():
            assert len(standing(self.couple.plan)) == len(there)

    @invariant()
    def the_server_holds_each_once(self):
        there = self.couple.phone.events()
        names = Counter(self.name_of(e.uid) for e in there)
        assert all(number == 1 for number in names.values()), names
        self.never_falls("server", {e.uid: e.sequence for e in there})

    # -- and in the end

    def come_to_an_agreement(self):
        """Once they speak to each other, plan and server say the same, and nothing is doubled."""
        self.line.forget()
        for _ in range(3):
            self.couple.pull()
            self.couple.choose(sync.take_theirs)
            self.couple.publish()
        assert self.couple.agree()

    @property
    def now(self):
        return self.couple.now

    def holds_each_once(self, events):
        lying = {o.id for o in standing(self.couple.plan)}
        names = [self.name_of(str(e["UID"])) for e in events]
        assert len(names) == len(set(names))
        assert set(names) <= lying

    def never_falls(self, where, sequences):
        for id, sequence in sequences.items():
            assert sequence >= self.sequences.get((where, id), 0)
            self.sequences[where, id] = sequence

    def name_of(self, id):
        """The occurrence that a calendar knows under this UID."""
        if id not in self.known:
            for o in self.couple.plan.occurrences:
                for revision in range(MOST_BEGINNINGS):
                    self.known[event_uid(o.id, HOME, Audience.SHARED, revision)] = o.id
        return self.known[id]


@pytest.mark.each_server
def test_whatever_happens_nothing_doubles_and_all_agree_in_the_end(server, tmp_path):
    machine = type("Machine", (AWeek,), {"server": server, "folder": tmp_path})
    examples = EXAMPLES if isinstance(server, Radicale) else EXAMPLES // 4

    run_state_machine_as_test(
        machine, settings=settings(max_examples=examples, stateful_step_count=16, deadline=None)
    )
