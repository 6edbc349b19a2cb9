"""The weeks on a real calendar server: written once, changed as changes, and heard back."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import quote

import pytest

from rituals.calendars.caldav import client, sync
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.outgoing import ical
from rituals.calendars.outgoing.ledger import Ledger
from rituals.model.calendar import Audience, Route
from tests.servers.couple import FILM, HOME, LYING, TALK, WALK, Couple
from tests.servers.faulty_proxy import (
    answers_late,
    cuts_after,
    cuts_before,
    drips,
    leads_to,
    loses_the_etag,
    never_ends,
    says,
    shows_a_page,
)
from tests.servers.khal_sees import sees
from tests.support.notation import WEEK, a_ritual, a_span, an_instant

HOUR = timedelta(hours=1)


# -- publishing


@pytest.mark.each_server
def test_a_week_lies_on_the_server_as_it_lies_in_the_plan(published):
    there = published.phone.events()

    assert [("Late talk", 0), ("Maya: Walk", 0), ("Film", 0)] == [
        (e.summary, e.sequence) for e in there
    ]
    assert [published.entry(o.id).uid for o in LYING] == [e.uid for e in there]
    assert published.agree()


def test_before_anything_is_written_one_sees_what_will_be(couple):
    outlook = couple.look()

    assert [o.id for o in LYING] == [o.id for _, o in outlook.add]
    assert [] == couple.phone.events()
    assert () == couple.store.load_exported()


@pytest.mark.each_server
def test_twice_is_once(published):
    before = published.phone.objects()

    assert 0 == published.publish()
    assert before == published.phone.objects()


def test_what_was_published_is_taken(published):
    assert [True] * 3 == [o.exported for o in published.plan.occurrences]


def test_each_step_is_told_as_it_is_done(couple):
    told = []
    couple.publish(progress=told.append)

    assert [1, 2, 3] == told


@pytest.mark.each_server
def test_a_change_in_the_plan_changes_the_same_event(published):
    before = published.entry()
    published.move()

    assert 1 == published.publish()
    there = published.phone.event(before.uid)
    assert (a_span("Thu 21:00-22:00").start, 1) == (there.start, there.sequence)
    assert 3 == len(published.phone.events())
    assert published.agree()


@pytest.mark.each_server
def test_what_is_let_go_in_the_plan_goes_from_the_server(published):
    published.let_go()

    assert 1 == published.publish()
    assert ["Maya: Walk", "Film"] == [e.summary for e in published.phone.events()]
    assert published.agree()


@pytest.mark.each_server
def test_what_comes_back_into_the_plan_comes_back_under_another_uid(published):
    before = published.entry().uid
    published.let_go()
    published.publish()
    published.move("Thu 20:00-21:00")
    published.publish()

    assert before != published.entry().uid
    assert published.agree()


def test_a_partner_s_own_calendar_has_their_own_rituals(store, account):
    own = Couple(store, account, audience=Audience.ONE)

    assert 1 == own.publish()
    assert ["Walk"] == [e.summary for e in own.phone.events()]


def test_what_is_over_is_not_put_there_any_more(couple):
    couple.now = an_instant("Fri 12:00")

    assert 2 == couple.publish()


def test_a_week_that_is_not_being_taken_stays_at_home(couple):
    with client.opened(couple.server, couple.password, HOME.tz) as connection:
        outlook = sync.look(couple.side(taking=False), connection)

    assert () == outlook.add


def test_a_ritual_with_an_alarm_rings_there(couple):
    couple.publish({"film": a_ritual("film", alarm=15)})

    assert "TRIGGER:-PT15M" in couple.phone.text(couple.entry(FILM.id).uid)
    assert "TRIGGER" not in couple.phone.text(couple.entry().uid)


@pytest.mark.each_server
def test_an_object_holds_one_event_its_zone_and_no_method(published):
    text = published.phone.text(published.entry().uid)

    assert 1 == text.count("BEGIN:VEVENT")
    assert 1 == text.count("BEGIN:VTIMEZONE")
    assert "METHOD" not in text


# -- what somebody changed there


@pytest.mark.parametrize(
    ("act", "span", "title"),
    [
        (lambda phone, uid: phone.move(uid, HOUR), "Thu 21:00-22:00", "Late talk"),
        (lambda phone, uid: phone.lengthen(uid, HOUR), "Thu 20:00-22:00", "Late talk"),
        (lambda phone, uid: phone.rename(uid, "Our talk"), "Thu 20:00-21:00", "Our talk"),
    ],
)
def test_moved_or_renamed_there_it_comes_back_fixed(published, act, span, title):
    act(published.phone, published.entry().uid)
    sequence = published.phone.event(published.entry().uid).sequence
    published.pull()
    now = published.here()

    assert (a_span(span).start, a_span(span).end, title, True) == (
        now.start,
        now.end,
        now.title,
        now.fixed,
    )
    assert now.sequence >= max(sequence, 1)
    assert published.agree()


def test_a_new_title_there_is_the_ritual_s_without_its_partner_s_name(published):
    published.phone.rename(published.entry(WALK.id).uid, "Maya: Run")
    published.pull()

    assert "Run" == published.here(WALK.id).title
    assert published.agree()


def test_a_title_there_may_do_without_the_name_until_the_next_publishing(published):
    uid = published.entry(WALK.id).uid
    published.phone.rename(uid, "Run")
    published.pull()

    assert "Run" == published.here(WALK.id).title
    assert 1 == published.publish()
    assert published.agree()
    assert "Maya: Run" == published.phone.event(uid).summary


def test_what_came_back_is_told_as_a_change_when_it_is_changed_here_later(published):
    published.phone.move(published.entry().uid, HOUR)
    there = published.phone.event(published.entry().uid).sequence
    published.pull()
    published.move("Sun 20:00-21:00")
    published.publish()

    assert published.phone.event(published.entry().uid).sequence > there
    assert published.agree()


@pytest.mark.parametrize("gone", ["delete", "cancel"])
def test_let_go_there_it_comes_back_let_go_and_is_never_published_again(published, gone):
    uid = published.entry().uid
    getattr(published.phone, gone)(uid)
    published.pull()

    assert published.here().let_go
    assert 0 == published.publish()
    left = [e.summary for e in published.phone.events()]
    assert ["Maya: Walk", "Film"] == [s for s in left if gone == "delete" or s != "Late talk"]


@pytest.mark.each_server
def test_what_only_the_server_rewrote_is_no_change(published):
    published.phone.rewrite(published.entry().uid)
    outlook = published.look()

    assert ((), ()) == (outlook.incoming, outlook.conflicts)
    published.let_go()
    assert 1 == published.publish()
    assert published.agree()


def test_publishing_leaves_alone_what_was_changed_there(published):
    published.phone.move(published.entry().uid, HOUR)
    published.move("Sat 10:00-11:00", FILM.id)

    assert 1 == published.publish()
    assert a_span("Thu 21:00-22:00").start == published.phone.event(published.entry().uid).start


@pytest.mark.each_server
def test_what_others_added_to_an_event_stays_when_it_is_changed_here(published):
    def with_a_note(event):
        event.add("location").value = "Luigi's"
        event.add("description").value = "table for two, Anna sits"
        alarm = event.add("valarm")
        alarm.add("action").value = "DISPLAY"
        alarm.add("trigger").value = timedelta(minutes=-30)

    uid = published.entry(FILM.id).uid
    published.phone.edit(uid, with_a_note)
    published.move("Sat 19:00-21:30", FILM.id)

    assert 1 == published.publish()
    text = published.phone.text(uid)
    assert "LOCATION:Luigi's" in text
    assert "Anna sits" in text
    assert "BEGIN:VALARM" in text
    assert a_span("Sat 19:00-21:30").start == published.phone.event(uid).start
    assert published.agree()


def test_what_left_its_week_there_stays_there_and_is_let_go_here(published):
    published.phone.move(published.entry().uid, timedelta(days=7))
    published.pull()

    assert published.here().let_go
    assert 3 == len(published.phone.events())
    assert 0 == published.publish()
    assert published.agree()


def test_a_whole_day_or_a_series_there_is_left_as_it_is(published):
    uid = published.entry().uid
    before, event = published.phone.text(uid).split("BEGIN:VEVENT", 1)
    series = event.replace("UID:", "RRULE:FREQ=WEEKLY;COUNT=2\r\nUID:", 1)
    published.phone.delete(uid)
    published.phone.put(published.entry().name, f"{before}BEGIN:VEVENT{series}".encode())
    outlook = published.look()

    assert [TALK.id] == [t.occurrence for t in outlook.unclear]
    assert ((), (), 0) == (outlook.incoming, outlook.conflicts, outlook.steps)


@pytest.mark.each_server
def test_an_event_that_lies_under_another_name_there_is_found(published):
    """Some programs write an event anew instead of changing it."""
    uid = published.entry().uid
    text = published.phone.text(uid)
    published.phone.delete(uid)
    published.phone.put("elsewhere.ics", text.encode())

    assert ((), (), 0) == (
        published.look().incoming,
        published.look().conflicts,
        published.look().steps,
    )
    published.move()
    assert 1 == published.publish()
    assert published.agree()


def test_a_calendar_that_was_emptied_asks_first(published):
    published.phone.empty()
    outlook = published.pull()

    assert ((), 3) == (outlook.incoming, len(outlook.conflicts))
    assert not any(o.let_go for o in published.plan.occurrences)


def test_one_after_the_other_is_let_go_without_asking(published):
    for occurrence in (TALK, WALK):
        published.phone.delete(published.entry(occurrence.id).uid)
    published.pull()

    assert [True, True, False] == [o.let_go for o in published.plan.occurrences]


# -- changed on both sides

BOTH = {
    "moved there, moved here": (
        lambda c, uid: c.phone.move(uid, HOUR),
        lambda c: c.move("Sun 20:00-21:00"),
    ),
    "moved there, let go here": (lambda c, uid: c.phone.move(uid, HOUR), lambda c: c.let_go()),
    "deleted there, moved here": (
        lambda c, uid: c.phone.delete(uid),
        lambda c: c.move("Sun 20:00-21:00"),
    ),
}


@pytest.mark.parametrize("there", BOTH)
@pytest.mark.parametrize("act", [sync.take_theirs, sync.keep_ours])
def test_changed_on_both_sides_the_couple_chooses_and_both_agree(published, there, act):
    on_the_phone, at_home = BOTH[there]
    on_the_phone(published, published.entry().uid)
    at_home(published)
    before = published.phone.objects()
    plan = published.plan

    assert 0 == published.publish()
    assert (before, plan) == (published.phone.objects(), published.plan)
    assert 1 == published.choose(act)
    published.publish()
    assert published.agree()
    wanted = {
        (sync.take_theirs, True): "Thu 21:00-22:00",
        (sync.keep_ours, True): "Sun 20:00-21:00",
    }.get((act, "moved there, moved here" == there))
    if wanted:
        assert a_span(wanted).start == published.here().start


def test_the_same_change_on_both_sides_is_none(published):
    published.phone.move(published.entry().uid, HOUR)
    published.move("Thu 21:00-22:00")
    outlook = published.look()

    assert (0, (), ()) == (outlook.steps, outlook.incoming, outlook.conflicts)
    assert published.publish() == 0
    assert published.agree()


def test_both_gone_is_gone(published):
    published.phone.delete(published.entry().uid)
    published.let_go()

    assert 0 == published.publish()
    assert published.agree()


# -- other people's events


@pytest.mark.each_server
def test_nothing_foreign_is_ever_touched(published):
    mine = published.phone.add("Dentist", an_instant("Tue 09:00"), an_instant("Tue 10:00"))
    before = {
        name: held
        for name, held in published.phone.objects().items()
        if mine.uid.encode() in held[0]
    }
    other = published.foreign.objects()
    published.move()
    published.publish()
    published.let_go()
    published.publish()
    published.pull()
    after = published.phone.objects()

    assert before
    assert before == {name: after[name] for name in before}
    assert other == published.foreign.objects()


@pytest.mark.each_server
def test_what_was_imported_from_a_file_is_found_and_not_doubled(couple, account):
    account.in_calendar(account.us).put("imported.ics", ical.calendar([TALK], HOME))
    couple.publish()

    assert 3 == len(couple.phone.events())
    assert "imported.ics" == couple.entry().name
    assert couple.agree()


def test_what_was_imported_anew_is_found_under_its_other_uid(couple):
    ledger = Ledger.of(HOME, Audience.SHARED, Route.FILE, ())
    for _ in range(3):
        entries = ledger.new_entries(WEEK, LYING, couple.now, anew=True)
        couple.store.save_exported(entries)
        ledger = Ledger.of(HOME, Audience.SHARED, Route.FILE, entries)
    uids = {t.occurrence: t.uid for t in entries}
    for occurrence in LYING:
        file = ical.calendar([occurrence], HOME, uids=uids)
        couple.phone.put(f"{occurrence.ritual}.ics", file)

    assert ((), 0) == (couple.look().add, couple.look().steps)
    couple.publish()
    assert couple.agree()
    couple.move()
    assert 1 == couple.publish()
    assert 3 == len(couple.phone.events())
    assert couple.agree()


def test_of_an_import_that_was_changed_since_one_is_asked(couple):
    other = replace(TALK, start=TALK.start + HOUR, end=TALK.end + HOUR)
    couple.phone.put("imported.ics", ical.calendar([other], HOME))
    couple.publish()

    assert 3 == len(couple.phone.events())
    assert 1 == couple.choose(sync.keep_ours)
    couple.publish()
    assert couple.agree()


@pytest.mark.each_server
def test_a_ledger_that_was_lost_is_found_again_on_the_server(published):
    published.store.remove_server(Audience.SHARED)

    assert ((), 0) == (published.look().add, published.publish())
    assert 3 == len(published.phone.events())
    assert published.agree()


# -- interrupted


@pytest.mark.parametrize("fault", [cuts_before, cuts_after, says(500), says(503), says(507)])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_cut_off_in_the_middle_the_next_publishing_completes_it(shaky, line, fault, nth):
    line.plan("PUT", fault, nth=nth)

    with pytest.raises(ServerError, match=r"\.$"):
        shaky.publish()
    shaky.publish()
    assert shaky.agree()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (says(423), "has locked this calendar for a while: try again later."),
        (says(429), "asks for some patience: try again later."),
        (says(429, Retry_After="50"), "asks for some patience: try again in a minute."),
        (says(429, Retry_After="301"), "asks for some patience: try again in 6 minutes."),
        (says(429, Retry_After="86400"), "asks for some patience: try again later."),
        (says(429, Retry_After="soon"), "asks for some patience: try again later."),
        (says(429, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), "patience: try again later."),
        (says(503, Retry_After="120"), "asks for some patience: try again in 2 minutes."),
        (says(507), "has no room left for this."),
        (says(403), "does not let this name change that calendar."),
        (says(413), "finds this too large."),
    ],
)
def test_a_server_that_takes_no_more_says_why_and_later_nothing_is_lost(
    shaky, line, fault, sentence
):
    line.plan("PUT", fault, nth=2)

    with pytest.raises(ServerError, match=sentence):
        shaky.publish()
    shaky.publish()
    assert shaky.agree()
    assert 3 == len(shaky.phone.events())


@pytest.mark.each_server
@pytest.mark.parametrize("name", ["Ein Abend für uns.ics", "a&b <c>.ics", "100%.ics"])
def test_an_event_may_lie_under_any_name(published, name):
    uid = published.entry().uid
    text = published.phone.text(uid)
    published.phone.delete(uid)
    published.phone.put(quote(name), text.encode())

    assert ((), 0) == (published.look().incoming, published.look().steps)
    published.move()
    assert 1 == published.publish()
    assert published.agree()
    assert 3 == len(published.phone.events())


@pytest.mark.each_server
def test_a_server_that_gave_an_event_another_uid_gets_it_no_second_time(published):
    entry = published.entry()
    text = published.phone.text(entry.uid)
    published.phone.delete(entry.uid)
    published.phone.put(entry.name, text.replace(entry.uid, "theirs-1").encode())
    published.publish()

    assert 3 == len(published.phone.events())


@pytest.mark.parametrize("fault", [cuts_before, cuts_after, says(500)])
def test_a_change_that_was_cut_off_is_completed(shaky, line, fault):
    shaky.publish()
    shaky.move()
    line.forget()
    line.plan("PUT", fault)

    with pytest.raises(ServerError):
        shaky.publish()
    shaky.publish()
    assert shaky.agree()
    assert 3 == len(shaky.phone.events())


@pytest.mark.parametrize("fault", [cuts_before, cuts_after, says(500)])
def test_a_change_that_was_cut_off_and_changed_again_asks_nobody(shaky, line, fault):
    shaky.publish()
    shaky.move()
    line.forget()
    line.plan("PUT", fault)
    with pytest.raises(ServerError):
        shaky.publish()
    shaky.move("Sun 20:00-21:00")

    assert () == shaky.look().conflicts
    shaky.publish()
    assert shaky.agree()


@pytest.mark.parametrize("fault", [cuts_before, cuts_after, says(500)])
@pytest.mark.parametrize("again", [False, True])
def test_a_removal_that_was_cut_off_is_completed_or_undone(shaky, line, fault, again):
    shaky.publish()
    shaky.let_go()
    line.plan("DELETE", fault)
    with pytest.raises(ServerError):
        shaky.publish()
    if again:
        shaky.move("Sun 20:00-21:00")

    assert ((), ()) == (shaky.look().incoming, shaky.look().conflicts)
    shaky.publish()
    assert shaky.agree()
    assert 2 + again == len(shaky.phone.events())


@pytest.mark.each_server
def test_what_somebody_changes_while_we_write_stays_theirs(shaky, line):
    shaky.publish()
    shaky.move()
    uid = shaky.entry().uid

    def somebody_is_faster(exchange):
        shaky.phone.rename(uid, "Theirs")
        exchange.answer(exchange.forward())

    line.plan("PUT", somebody_is_faster)

    assert 0 == shaky.publish()
    assert "Theirs" == shaky.phone.event(uid).summary
    assert 1 == len(shaky.look().conflicts)


@pytest.mark.each_server
def test_a_server_that_does_not_say_its_etag_is_asked_for_it(shaky, line):
    line.plan("PUT", loses_the_etag, times=3)
    shaky.publish()

    assert shaky.agree()
    assert "" not in {shaky.entry(o.id).etag for o in LYING}


def test_every_write_says_what_is_there_already(shaky, line):
    shaky.publish()
    shaky.move()
    shaky.let_go(FILM.id)
    shaky.publish()
    writes = [asked for asked in line.requests if asked.method in ("PUT", "DELETE")]

    assert 5 == len(writes)
    assert all(asked.if_match or asked.if_none_match == "*" for asked in writes)


# -- what a server may say


@pytest.mark.each_server
def test_a_calendar_that_is_gone_lets_nothing_go(published):
    published.phone.unmake()

    with pytest.raises(ServerError, match="choose one on the page Calendars"):
        published.pull()
    assert not any(o.let_go for o in published.plan.occurrences)


@pytest.mark.parametrize("status", [200, 207])
def test_a_page_instead_of_a_listing_lets_nothing_go(shaky, line, status):
    shaky.publish()
    line.plan("PROPFIND", shows_a_page(status))

    with pytest.raises(ServerError):
        shaky.pull()
    assert not any(o.let_go for o in shaky.plan.occurrences)


@pytest.mark.parametrize("fault", [drips(0.2), never_ends, answers_late(3)])
def test_a_server_that_never_comes_to_an_end_is_left(shaky, line, fault, monkeypatch):
    monkeypatch.setattr(client, "WHOLE", 1)
    monkeypatch.setattr(client, "PATIENCE", 1)
    line.plan("PROPFIND", fault)

    with pytest.raises(ServerError, match=r"did not answer in time|did not hold"):
        shaky.look()


def test_a_server_may_not_lead_a_write_elsewhere(shaky, line):
    line.plan("PUT", leads_to(f"{shaky.server.calendar}other.ics"))

    with pytest.raises(ServerError):
        shaky.publish()
    assert [] == shaky.phone.events()


def test_a_calendar_that_may_only_be_read_says_so(couple, account):
    couple.server = replace(couple.server, calendar=account.holidays)

    with pytest.raises(ServerError, match="does not let this name change"):
        couple.publish()


def test_a_server_offers_its_calendars_and_which_may_be_written(account):
    found = client.list_calendars(account.url, account.user, account.password)

    assert {("Us", True), ("Work", True), ("Holidays", False)} == {
        (f.name, f.writable) for f in found
    }
    assert account.us in {f.calendar for f in found}


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://127.0.0.1:9/", "did not hold"),
        ("ftp://calendar.example/", "Write the server"),
        ("calendar", "Write the server"),
        ("http://calendar.example/", "Without https"),
        ("https://nowhere.invalid/", "did not hold"),
    ],
)
def test_an_address_without_a_server_is_one_sentence(url, sentence):
    with pytest.raises(ServerError, match=sentence):
        client.list_calendars(url, "us", "secret")


def test_a_login_goes_to_no_other_server(account, line, radicale):
    elsewhere = radicale.url.replace("127.0.0.1", "localhost")
    line.plan("PROPFIND", says(HTTPStatus.FOUND, Location=elsewhere))

    with pytest.raises(ServerError, match="sends on to localhost"):
        client.list_calendars(line.url, account.user, account.password)


def test_khal_sees_the_same_week(published, account, tmp_path):
    there = sees(account, tmp_path, WEEK.monday)

    assert {(e.summary, e.start, e.end) for e in published.phone.events()} <= {
        (s.summary, s.start, s.end) for s in there
    }
