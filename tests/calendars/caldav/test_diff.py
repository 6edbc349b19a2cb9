"""What a server and the plans do not agree on, given what lies there."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rituals.calendars.caldav import diff, sync
from rituals.calendars.caldav.session import SyncSession
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Feed, RemoteEvent, RemoteObject, Route, Server
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, Kind
from rituals.model.plan import Choice, standing
from rituals.planning import changes, review, scheduling
from tests.support.notation import (
    WEEK,
    a_household,
    a_plan,
    a_ritual,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

HOME = a_household()
NOW = an_instant("Sun 21:00", WEEK - 1)
THEN = an_instant("Sun 21:00")  # when the week is over but for its last hours
TALK = an_occurrence("Thu 20:00-21:00")
WALK = an_occurrence("Fri 18:00-19:00", ritual="walk", title="Walk", partner=ONE, kind=Kind.ALONE)
FILM = an_occurrence("Sat 20:00-22:00", ritual="film", title="Film")


def published(store, *occurrences, household=HOME):
    """What a server was told of a week, by occurrence."""
    store.fill(household, (), [agreed_by_both(a_plan(*occurrences))])
    told = Ledger(household, Audience.SHARED, Route.SERVER).new_entries(WEEK, occurrences, NOW)
    there = [replace(t, name=f"{n}.ics", etag=f"e{n}") for n, t in enumerate(told)]
    store.save_exported(there)
    return {t.occurrence: t for t in there}


def lying(told, **changed):
    """What lies on the server: as it was told, but for some that a phone changed."""
    found = {id: RemoteObject(t.name, t.etag, None) for id, t in told.items()}
    for seen in changed.values():
        entry = next(t for t in told.values() if t.uid == seen.uid)
        found[entry.occurrence] = RemoteObject(entry.name, f"{entry.etag}*", seen, entry.uid)
    return found


def seen(entry, when=None, *, title=None, stands=True):
    span = a_span(when) if when else entry
    return RemoteEvent(
        entry.uid, title or entry.title, span.start, span.end, entry.sequence + 1, stands
    )


def at(store, now=NOW, household=HOME):
    return diff.SyncSide.of(store, household, Audience.SHARED, [], now + timedelta(minutes=1))


def local(store, id):
    return next(o for o in store.load_plan(WEEK).occurrences if o.id == id)


# -- what is over


def test_what_was_moved_during_the_week_is_heard_on_sunday(store):
    told = published(store, TALK)
    there = lying(told, talk=seen(told[TALK.id], "Sat 20:00-21:00"))
    side = at(store, THEN)
    found = diff.compare(side, there)
    sync.pull(side, found)

    assert [TALK.id] == [changed.was.occurrence for changed in found.incoming]
    assert a_span("Sat 20:00-21:00").start == local(store, TALK.id).start


def test_whoever_tidies_up_what_is_over_lets_nothing_go(store):
    published(store, TALK, WALK, FILM)
    found = diff.compare(at(store, THEN), {})

    assert diff.SyncDiff() == found


def test_of_what_is_over_nothing_is_written_or_taken_away(store):
    told = published(store, TALK, WALK)
    store.change_plan(a_plan(), lambda p: changes.let_go(p, TALK.id, NOW))

    assert diff.SyncDiff() == diff.compare(at(store, THEN), lying(told))


def test_what_is_long_over_is_no_matter_any_more(store):
    told = published(store, TALK)
    there = lying(told, talk=seen(told[TALK.id], "Sat 20:00-21:00"))

    assert diff.SyncDiff() == diff.compare(at(store, THEN + timedelta(days=14)), there)


# -- weeks of grace


def test_a_week_that_rests_is_taken_away_but_not_what_somebody_changed_there(store):
    told = published(store, TALK, WALK)
    store.change_plan(a_plan(), lambda p: review.rest(p, "holiday"))
    there = lying(told, talk=seen(told[TALK.id], "Sat 20:00-21:00"))
    found = diff.compare(at(store), there)

    assert [WALK.id] == [t.occurrence for t in found.remove]
    assert [TALK.id] == [t.occurrence for t in found.resting]
    assert ((), ()) == (found.incoming, found.conflicts)


def test_once_the_week_is_back_what_was_changed_there_is_heard(store):
    told = published(store, TALK)
    store.change_plan(a_plan(), lambda p: review.rest(p, "holiday"))
    store.change_plan(a_plan(), review.resume)
    there = lying(told, talk=seen(told[TALK.id], "Sat 20:00-21:00"))

    assert [TALK.id] == [c.was.occurrence for c in diff.compare(at(store), there).incoming]


# -- changed there


def test_what_was_cancelled_there_and_let_go_here_is_no_question(store):
    told = published(store, TALK)
    store.change_plan(a_plan(), lambda p: changes.let_go(p, TALK.id, NOW))
    found = diff.compare(at(store), lying(told, talk=seen(told[TALK.id], stands=False)))

    assert ((), (), [True]) == (found.incoming, found.conflicts, [t.gone for t in found.settled])


@pytest.mark.parametrize(
    ("title", "kept"), [("Maya: Walk", "Walk"), ("Maya: Run", "Run"), ("Run", "Run")]
)
def test_a_drag_there_changes_no_title_though_a_partner_has_another_name_by_now(store, title, kept):
    told = published(store, WALK)
    renamed = a_household(names=("Mia", "Jonas"))
    store.save_household(renamed)
    there = lying(told, walk=seen(told[WALK.id], "Sat 18:00-19:00", title=title))
    side = at(store, household=renamed)
    sync.pull(side, diff.compare(side, there))

    assert kept == local(store, WALK.id).title


def test_what_comes_back_is_chosen_and_stays_when_the_week_is_laid_again(store):
    told = published(store, TALK)
    store.change_plan(a_plan(), lambda p: scheduling.scheduled(p, PlanningContext(HOME, {}), NOW))
    side = at(store)
    (changed,) = diff.compare(
        side, lying(told, talk=seen(told[TALK.id], "Sat 20:00-21:00"))
    ).conflicts
    sync.take_theirs(side, changed)
    life = PlanningContext(HOME, {"late-talk": a_ritual()})
    after = store.change_plan(a_plan(), lambda p: scheduling.scheduled(p, life, NOW))

    assert (Choice("late-talk", None, 1, by_hand=True),) == after.choices
    assert [a_span("Sat 20:00-21:00").start] == [o.start for o in standing(after)]


@pytest.mark.parametrize(("title", "kept"), [("x" * 999, "x" * 120), ("", "Late talk")])
def test_a_title_from_there_is_as_long_as_the_store_holds_one(title, kept):
    span = a_span("Sat 20:00-21:00")
    back = changes.with_remote_event(
        a_plan(TALK), TALK.id, RemoteEvent("1", title, span.start, span.end), NOW
    )

    assert kept == back.occurrences[0].title


# -- what is kept, and what is not said


def test_that_a_week_was_taken_is_not_forgotten_with_its_server(store):
    published(store, TALK)
    store.remove_server(Audience.SHARED)

    assert {WEEK} == {t.week for t in store.load_exported()}
    assert [("", "", True)] == [(t.name, t.etag, t.gone) for t in store.load_exported()]


def test_no_secret_is_in_what_a_log_may_show(store):
    server = Server(Audience.SHARED, "https://c.example", "us", "https://c.example/1/", "Us")
    session = SyncSession(store, HOME, server, "app-password", (), NOW)

    assert "app-password" not in repr(session)
    assert "the-token" not in repr(Feed(Audience.SHARED, "the-token"))
