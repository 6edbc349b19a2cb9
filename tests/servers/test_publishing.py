"""Weeks on their way to a server and back, as the page does it, at a real one."""

from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from rituals.model.calendar import Audience, Server
from rituals.model.time.week import Week
from rituals.planning import changes, review
from rituals.security import keyring
from tests.servers.faulty_proxy import cuts_after, cuts_before, says
from tests.servers.test_server_panel import held, pressed, said, secret, shown
from tests.support.notation import (
    NOW,
    a_household,
    a_plan,
    a_span,
    agreed_by_both,
    an_instant,
    an_occurrence,
)

SCRIPT = """
from pages.publishing import by_caldav
from pages.session import context, stores
from rituals.model.calendar import Audience
from rituals.model.time.week import Week
plan = stores.store().load_plan(Week.read("{week}"))
by_caldav.show([plan], Audience("{audience}"), context.household())
"""
WEEK = Week.of_monday(NOW.date()) + 1  # the page has a clock of its own
TALK = an_occurrence("Thu 20:00-21:00", week=WEEK)
WALK = an_occurrence("Fri 18:00-19:00", week=WEEK, ritual="walk", title="Walk", partner="one")
HOUR = timedelta(hours=1)
LOOK, BOTH_WAYS = "Look there, then publish", "Take over and publish"
NOTHING_NEW = "Nothing is new: that calendar and the plan agree."


@pytest.fixture
def ours(store, account, keyring_file):
    """A couple with a week and a calendar on the server, its password in the keyring."""
    del keyring_file
    store.save_household(a_household())
    store.change_plan(a_plan(TALK, WALK, week=WEEK), agreed_by_both)
    store.save_server(a_server(account))
    keyring.save_password(a_server(account), account.password)
    return store


@pytest.fixture
def phone(account):
    return account.in_calendar(account.us)


def a_server(account, calendar="", audience=Audience.SHARED):
    return Server(audience, account.url, account.user, calendar or account.us, "Us")


def opened(audience=Audience.SHARED):
    script = SCRIPT.format(week=WEEK, audience=audience)
    at = AppTest.from_string(script, default_timeout=30).run()
    assert not at.exception
    return at


def looked(audience=Audience.SHARED):
    return pressed(opened(audience), LOOK)


def published(audience=Audience.SHARED):
    return pressed(looked(audience), "Publish")


def changed(store, how):
    """Keeps a change of the week that both said yes to."""
    store.change_plan(a_plan(week=WEEK), lambda plan: agreed_by_both(how(plan)))


def moved_here(store, when="Wed 20:00-21:00"):
    """The talk moved in the plan."""
    span = a_span(when, WEEK)
    now = datetime.now(UTC)
    changed(store, lambda p: changes.move(p, TALK.id, span, True, now))


def lies(store, id=TALK.id):
    return next(o for o in store.load_plan(WEEK).occurrences if o.id == id)


def test_a_look_says_what_is_new_and_changes_nothing(ours, phone):
    at = looked()

    assert "2 to add" in shown(at)
    assert ["To add · 2"] == [e.label for e in at.expander]
    assert ([], ()) == (phone.events(), ours.load_exported())


def test_publishing_takes_the_week_there(ours, phone):
    at = published()

    assert ["2 changes went to “Us”."] == said(at)
    assert [LOOK] == [b.label for b in at.button]
    assert ["Late talk", "Maya: Walk"] == [event.summary for event in phone.events()]
    assert lies(ours).exported


@pytest.mark.usefixtures("ours")
def test_where_nothing_is_new_there_is_nothing_to_press():
    published()
    at = looked()

    assert NOTHING_NEW in shown(at)
    assert ["Not now"] == [b.label for b in at.button]


def test_what_was_moved_and_let_go_there_comes_back_before_the_rest_goes_out(ours, phone):
    published()
    talk, walk = phone.events()
    phone.move(talk.uid, HOUR)
    phone.delete(walk.uid)
    extra = an_occurrence("Sat 10:00-11:00", week=WEEK, ritual="swim", title="Swim")
    changed(ours, lambda plan: review.add_spontaneous(plan, extra))
    at = looked()
    label = at.button[0].label
    at = pressed(at, BOTH_WAYS)

    assert BOTH_WAYS == label
    assert ["2 changes came back into the plan. One change went to “Us”."] == said(at)
    assert (an_instant("Thu 21:00", WEEK), True) == (lies(ours).start, lies(ours, WALK.id).let_go)
    assert ["Late talk", "Swim"] == [event.summary for event in phone.events()]


def test_what_only_comes_back_is_brought_back(ours, phone):
    published()
    phone.rename(phone.events()[0].uid, "Wine on the roof")
    pressed(looked(), "Take it over")

    assert "Wine on the roof" == lies(ours).title


@pytest.mark.parametrize(
    ("side", "when"), [("there", "Thu 21:00"), ("here", "Wed 20:00"), (None, None)]
)
def test_changed_on_both_sides_the_chosen_version_stays(ours, phone, side, when):
    published()
    uid = phone.events()[0].uid
    phone.move(uid, HOUR)
    moved_here(ours)
    at = looked()
    if side:
        at.segmented_control[0].set_value(side).run()
    at = pressed(at, "Publish")
    ends = (
        [an_instant(when, WEEK)] * 2
        if when
        else [an_instant("Wed 20:00", WEEK), an_instant("Thu 21:00", WEEK)]
    )

    assert ends == [lies(ours).start, phone.event(uid).start]
    assert ("still waits" in said(at)[0]) == (side is None)


@pytest.mark.usefixtures("ours")
def test_both_versions_are_shown(ours, phone):
    published()
    phone.move(phone.events()[0].uid, HOUR)
    moved_here(ours)

    assert "Thursday" in shown(looked()).partition("There:")[2].partition("Here:")[0]
    assert "Wednesday" in shown(looked()).partition("Here:")[2]


def test_an_answer_is_about_the_versions_that_were_shown(ours, phone):
    published()
    uid = phone.events()[0].uid
    phone.move(uid, HOUR)
    moved_here(ours)
    at = looked()
    at.segmented_control[0].set_value("there").run()
    phone.move(uid, HOUR)
    at = pressed(at, "Publish")

    assert an_instant("Wed 20:00", WEEK) == lies(ours).start
    assert "One change on both sides still waits: say which one stays." in said(at)[0]


def test_a_calendar_that_was_emptied_is_asked_about_and_answered_at_once(ours, phone):
    more = [
        an_occurrence(f"{day} 07:00-07:30", week=WEEK, number=n)
        for n, day in ((2, "Mon"), (3, "Tue"))
    ]
    for one in more:
        changed(ours, lambda plan, one=one: review.add_spontaneous(plan, one))
    published()
    phone.empty()
    at = looked()
    asked = shown(at)
    at.segmented_control[0].set_value("here").run()
    pressed(at, "Publish")

    assert "All of it is gone there." in asked
    assert 4 == len(phone.events())
    assert not any(o.let_go for o in ours.load_plan(WEEK).occurrences)


@pytest.mark.parametrize(("fault", "left"), [(cuts_before, "1 to add"), (cuts_after, NOTHING_NEW)])
def test_an_interruption_says_how_far_it_came_and_the_rest_follows(
    ours, account, line, fault, left
):
    ours.save_server(a_server(account, account.by_way_of(line.url).us))
    line.plan("PUT", fault, nth=2)
    at = published()
    rest = "1 of 2 are in your calendar; the rest follows when you publish again."

    assert said(at)[0].endswith(rest)
    assert left in shown(looked())


@pytest.mark.parametrize("fault", [cuts_before, says(503), says(404), says(207, b"<no"), says(401)])
def test_a_server_with_a_difficulty_is_one_sentence(ours, account, line, fault):
    ours.save_server(a_server(account, account.by_way_of(line.url).us))
    line.plan("PROPFIND", fault)
    at = looked()

    assert 1 == len(said(at))
    assert {LOOK, "Type the password anew"} == {b.label for b in at.button}


def test_a_password_that_is_another_by_now_can_be_typed_anew_and_is_kept(ours, account):
    keyring.save_password(a_server(account), "an old one")
    at = pressed(looked(), "Type the password anew")
    at.text_input[0].set_value(account.password)
    at = pressed(at, LOOK)

    assert "2 to add" in shown(at)
    assert account.password == keyring.password_of(a_server(account))
    del ours


def test_without_a_keyring_the_password_is_typed_each_time_and_not_kept(
    ours, account, phone, no_keyring
):
    del ours, no_keyring
    at = opened()
    at.text_input[0].set_value(account.password)
    at = pressed(at, LOOK)
    after_the_look = held(at)
    at.text_input[0].set_value(account.password)
    at = pressed(at, "Publish")

    assert ["2 changes went to “Us”."] == said(at)
    assert 2 == len(phone.events())
    assert secret(account) not in after_the_look + held(at)
    assert "" == at.text_input[0].value


def test_a_partner_s_own_calendar_gets_their_own_rituals(ours, account, phone):
    ours.remove_server(Audience.SHARED)
    ours.save_server(a_server(account, audience=Audience.ONE))
    at = published(Audience.ONE)

    assert "through “Us”, Maya’s own calendar · 1 event" in shown(at)
    assert ["Walk"] == [event.summary for event in phone.events()]


def test_what_was_found_is_shown_no_longer_once_the_plan_is_another(ours):
    at = looked()
    moved_here(ours)
    at.run()

    assert [LOOK] == [b.label for b in at.button]


def test_without_a_server_there_is_nothing_to_see(store):
    store.save_household(a_household())
    store.change_plan(a_plan(TALK, week=WEEK), agreed_by_both)

    assert "" == shown(opened())
