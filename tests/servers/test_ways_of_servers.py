"""What servers refuse, and what they do in ways of their own: nothing is doubled, nothing lost."""

import re
from dataclasses import replace
from datetime import timedelta
from math import inf
from urllib.parse import quote

import pytest

from rituals.calendars.caldav import client, sync
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.outgoing import ical
from rituals.planning import review
from tests.servers.couple import FILM, HOME, LYING, TALK, WALK, Couple
from tests.servers.faulty_proxy import says, stores_instead
from tests.support.notation import a_span, an_occurrence

HOUR = timedelta(hours=1)
REFUSALS = [
    (says(423), "has locked this calendar for a while"),
    (says(429, Retry_After="50"), "try again in a minute"),
    (says(507), "has no room left"),
    (says(403), "does not let this name change that calendar"),
]


@pytest.mark.parametrize(("fault", "sentence"), REFUSALS)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_change_that_the_server_refuses_says_why_and_is_made_the_next_time(
    shaky, line, method, fault, sentence
):
    shaky.publish()
    shaky.move() if method == "PUT" else shaky.let_go()
    before = shaky.phone.objects()
    line.plan(method, fault)

    with pytest.raises(ServerError, match=sentence):
        shaky.publish()
    assert before == shaky.phone.objects()
    assert 1 == shaky.publish()
    assert shaky.agree()


@pytest.mark.parametrize(("fault", "sentence"), REFUSALS)
def test_a_look_that_the_server_refuses_says_why_and_lets_nothing_go(shaky, line, fault, sentence):
    shaky.publish()
    line.plan("PROPFIND", fault)

    with pytest.raises(ServerError, match=sentence):
        shaky.pull()
    assert not any(o.let_go for o in shaky.plan.occurrences)
    assert shaky.agree()


def test_a_calendar_that_was_made_read_only_is_still_heard_and_written_once_it_may_be(shaky, line):
    shaky.publish()
    shaky.move("Sat 10:00-11:00", FILM.id)
    for method in ("PUT", "DELETE"):
        line.plan(method, says(403), times=inf)
    shaky.phone.move(shaky.entry().uid, HOUR)

    with pytest.raises(ServerError, match="does not let this name change that calendar"):
        shaky.publish()
    shaky.pull()
    assert a_span("Thu 21:00-22:00").start == shaky.here().start
    line.forget()
    shaky.publish()
    assert shaky.agree()
    assert 3 == len(shaky.phone.events())


@pytest.mark.each_server
def test_a_calendar_s_address_may_hold_blanks_and_umlauts(store, account):
    address = account.calendar(quote("Für uns beide"))
    account.in_calendar(address).make("Für uns beide")
    offered = client.list_calendars(account.url, account.user, account.password)
    (ours,) = [f.calendar for f in offered if f.name == "Für uns beide"]
    couple = Couple(store, account)
    couple.server = replace(couple.server, calendar=ours)
    couple.phone = account.in_calendar(address)

    assert 3 == couple.publish()
    couple.move()
    couple.let_go(FILM.id)
    assert 2 == couple.publish()
    assert couple.agree()


@pytest.mark.each_server
def test_a_server_offers_its_calendars(account):
    offered = client.list_calendars(account.url, account.user, account.password)

    assert {("Us", account.us, True), ("Work", account.work, True)} <= {
        (f.name, f.calendar, f.writable) for f in offered
    }


@pytest.mark.each_server
@pytest.mark.parametrize("most", [500, 0], ids=["few of others", "many of others"])
def test_what_is_imported_once_weeks_were_published_is_not_doubled(published, monkeypatch, most):
    """Some servers take a second event of the same UID, sabre/dav among them."""
    monkeypatch.setattr(sync, "MOST_STRANGE", most)
    extra = an_occurrence("Sun 10:00-11:00", ritual="swim", title="Swim", number=3)
    published.phone.put("imported.ics", ical.calendar([extra], HOME))
    published.change(lambda plan: review.add_spontaneous(plan, extra))
    published.publish()

    assert 4 == len(published.phone.events())
    assert published.agree()
    published.move("Sun 12:00-13:00", extra.id)
    assert 1 == published.publish()
    assert published.agree()


@pytest.mark.each_server("sabre")
def test_baikal_s_address_of_the_guide_leads_to_the_calendars(account):
    offered = client.list_calendars(f"{account.url}dav.php/", account.user, account.password)

    assert {account.us, account.work} == {each.calendar for each in offered}


@pytest.mark.each_server("sabre")
def test_a_server_that_asks_for_a_digest_gets_the_password_no_second_time(shaky, line):
    shaky.publish()
    first, *others = (asked.login for asked in line.requests)

    assert ("Basic", {"Digest"}) == (first, set(others))
    assert shaky.agree()


@pytest.mark.each_server("sabre")
def test_a_digest_that_is_too_old_for_the_server_is_made_anew(shaky, line):
    challenge = 'Digest realm="Leavewell", qop="auth", nonce="anew", stale=true'
    line.plan("PUT", says(401, WWW_Authenticate=challenge))

    assert 3 == shaky.publish()
    assert shaky.agree()


@pytest.mark.each_server("Radicale", "sabre")
def test_a_wrong_password_is_one_sentence_without_it(couple):
    couple.password += "not-this-one"

    with pytest.raises(ServerError, match="did not take this name and password") as refused:
        couple.publish()
    assert "not-this-one" not in str(refused.value)


@pytest.mark.parametrize(
    "challenge",
    ["Digest", 'Digest realm="x"', 'Digest realm="x", nonce="y", algorithm=ROT13', "Digest =,=,"],
)
def test_a_digest_that_nobody_can_make_is_one_sentence(shaky, line, challenge):
    line.plan("PROPFIND", says(401, WWW_Authenticate=challenge), times=inf)

    with pytest.raises(ServerError, match="did not take this name and password"):
        shaky.publish()


def another_uid(text):
    return re.sub("(?m)^UID:", "UID:theirs-", text)


@pytest.mark.parametrize(
    "own",
    [
        stores_instead(another_uid),
        stores_instead(str, "own%20{}"),
        stores_instead(another_uid, "own-{}"),
    ],
    ids=["another UID", "another place", "both"],
)
@pytest.mark.parametrize("etag", [True, False])
def test_what_a_server_keeps_under_names_of_its_own_is_neither_doubled_nor_lost(
    shaky, line, own, etag
):
    def kept(exchange):
        answered = exchange.answer
        exchange.answer = lambda a: answered(a if etag else a._replace(headers=()))
        own(exchange)

    line.plan("PUT", kept, times=inf)
    shaky.publish()
    line.forget()

    assert shaky.agree()
    assert 0 == shaky.publish()
    shaky.move()
    shaky.let_go(FILM.id)
    assert 2 == shaky.publish()
    assert shaky.agree()
    shaky.phone.delete(shaky.phone.events()[0].uid)
    shaky.pull()
    assert [True, False] == [shaky.here(o.id).let_go for o in (TALK, WALK)]


def test_a_calendar_of_others_is_not_read_for_what_is_over_and_was_tidied_up(published, line):
    for o in LYING:
        published.phone.delete(published.entry(o.id).uid)
    published.phone.add("Dentist", TALK.start, TALK.end)
    published.now = FILM.end
    published.server = replace(
        published.server, calendar=published.server.calendar.replace(published.server.url, line.url)
    )
    published.look()

    assert len(LYING) == line.count("REPORT")  # each is looked for by its UID


ALARMS = ["ACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nTRIGGER:-PT9M", "ACTION:AUDIO"]


@pytest.mark.parametrize(
    "lines",
    [
        "CATEGORIES:Ours",
        *(f"BEGIN:VALARM\r\n{alarm}\r\nEND:VALARM" for alarm in ALARMS),
    ],
)
def test_what_others_wrote_besides_stays_when_an_event_is_changed_here(published, lines):
    entry = published.entry()
    text = published.phone.text(entry.uid)
    published.phone.delete(entry.uid)
    odd = text.replace("END:VEVENT", f"{lines}\r\nEND:VEVENT")
    published.phone.put(entry.name, odd.encode())
    published.move()

    assert 1 == published.publish()
    assert published.agree()
    assert set(lines.splitlines()) <= set(published.phone.text(entry.uid).splitlines())


ZONES = ["Custom", "/example.org/20260101/Europe/Berlin", "W. Europe Standard Time"]


@pytest.mark.parametrize("name", ZONES)
def test_a_server_that_rewrites_the_zone_has_moved_nothing(shaky, line, name):
    line.plan("PUT", stores_instead(lambda text: text.replace("Europe/Berlin", name)), times=3)
    shaky.publish()

    assert shaky.agree()
    shaky.move()
    assert 1 == shaky.publish()
    assert shaky.agree()


def test_what_somebody_changes_while_we_take_it_away_stays_theirs(shaky, line):
    shaky.publish()
    shaky.let_go()
    uid = shaky.entry().uid

    def somebody_is_faster(exchange):
        shaky.phone.rename(uid, "Theirs")
        exchange.answer(exchange.forward())

    line.plan("DELETE", somebody_is_faster)

    assert 0 == shaky.publish()
    assert "Theirs" == shaky.phone.event(uid).summary
    assert 1 == len(shaky.look().conflicts)


def test_a_listing_without_etags_is_one_sentence_and_lets_nothing_go(shaky, line):
    shaky.publish()

    def without_etags(exchange):
        answer = exchange.forward()
        body = re.sub(rb"<getetag>.*?</getetag>", b"", answer.body)
        assert body != answer.body
        headers = tuple(h for h in answer.headers if h[0].lower() != "content-length")
        exchange.answer(answer._replace(headers=headers, body=body))

    line.plan("PROPFIND", without_etags)

    with pytest.raises(ServerError, match="did not tell one version from another"):
        shaky.pull()
    assert not any(o.let_go for o in shaky.plan.occurrences)
