"""A household whose week goes to a server, and the phone that looks into the same calendar."""

from dataclasses import replace
from datetime import timedelta

from rituals.calendars.caldav import client, diff, sync
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Route, Server
from rituals.model.household import ONE
from rituals.model.plan import standing
from rituals.planning import changes
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
NOW = an_instant("Sun 21:00", WEEK - 1)
TALK = an_occurrence("Thu 20:00-21:00", way="One lamp, a pot of tea")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE)
FILM = an_occurrence("Sat 20:00-22:00", ritual="film", title="Film", number=2)
LYING = (TALK, WALK, FILM)


class Couple:
    """The two of them; every question and answer is a minute later than the one before."""

    def __init__(self, store, account, url=None, audience=Audience.SHARED):
        self.store, self.audience, self.now = store, audience, NOW
        asked = account.by_way_of(url) if url else account
        self.server = Server(audience, asked.url, asked.user, asked.us, "Us")
        self.password = account.password
        self.phone = account.in_calendar(account.us)
        self.foreign = account.in_calendar(account.work)
        store.fill(HOME, (), [agreed_by_both(a_plan(*LYING))])

    @property
    def plan(self):
        return self.store.load_plan(WEEK)

    def here(self, id=TALK.id):
        return next(o for o in self.plan.occurrences if o.id == id)

    def entry(self, id=TALK.id):
        return Ledger.of(HOME, self.audience, Route.SERVER, self.store.load_exported()).entries[id]

    def side(self, *, taking=True):
        self.now += timedelta(minutes=1)
        weeks = [self.plan] if taking else []
        return diff.SyncSide.of(self.store, HOME, self.audience, weeks, self.now)

    def change(self, how):
        """A change that both said yes to."""
        self.store.change_plan(self.plan, lambda plan: agreed_by_both(how(plan)))

    def move(self, when="Thu 21:00-22:00", id=TALK.id):
        self.change(lambda p: changes.move(p, id, a_span(when), True, self.now))

    def let_go(self, id=TALK.id):
        self.change(lambda p: changes.let_go(p, id, self.now))

    def look(self):
        with client.opened(self.server, self.password, HOME.tz) as connection:
            return sync.look(self.side(), connection)

    def publish(self, rituals=None, progress=lambda _: None):
        with client.opened(self.server, self.password, HOME.tz) as connection:
            side = replace(self.side(), rituals=rituals or {})
            return sync.publish(side, connection, sync.look(side, connection), progress)

    def pull(self):
        with client.opened(self.server, self.password, HOME.tz) as connection:
            side = self.side()
            found = sync.look(side, connection)
            sync.pull(side, found)
            return found

    def choose(self, act):
        with client.opened(self.server, self.password, HOME.tz) as connection:
            side = self.side()
            found = sync.look(side, connection)
            side.store.save_exported(found.settled)
            for changed in found.conflicts:
                act(side, changed)
            return len(found.conflicts)

    def agree(self):
        """Whether a look finds nothing to do, and the phone sees just what is in the plan."""
        outlook = self.look()
        assert (0, (), (), ()) == (
            outlook.steps,
            outlook.incoming,
            outlook.conflicts,
            outlook.unclear,
        )
        told = Ledger.of(
            HOME, self.audience, Route.SERVER, self.store.load_exported()
        ).entries.values()
        gone = {t.uid for t in told if t.gone}  # what left its week there lies on as theirs
        there = [(e.start, e.end) for e in self.phone.events() if e.uid not in gone]
        assert [(o.start, o.end) for o in standing(self.plan)] == there
        return True
