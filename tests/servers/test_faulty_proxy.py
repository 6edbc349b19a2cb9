import ssl
from contextlib import closing
from http.client import HTTPConnection, HTTPSConnection, IncompleteRead, RemoteDisconnected
from pathlib import Path
from ssl import SSLError
from time import monotonic
from urllib.parse import urlsplit

import pytest

from rituals.calendars.outgoing import ical
from tests.servers.another_client import RefusedError
from tests.servers.faulty_proxy import (
    a_faulty_proxy,
    answers_late,
    breaks_off,
    cuts_after,
    cuts_before,
    drips,
    leads_to,
    loses_the_etag,
    never_ends,
    says,
    shows_a_page,
)
from tests.support.notation import a_household, an_occurrence

TALK = ical.calendar([an_occurrence()], a_household())
NAME = "talk.ics"
CERTIFICATE = Path(__file__).parent.parent / "data" / "self_signed.pem"


@pytest.fixture
def there(account):
    """The calendar "Us" as the server has it."""
    return account.in_calendar(account.us)


@pytest.fixture
def ours(account, line):
    """The same calendar at the end of the line in which things go wrong."""
    behind = account.by_way_of(line.url)
    return behind.in_calendar(behind.us, timeout=0.5)


def test_what_is_not_planned_passes_as_it_is(account, line, ours, there):
    work = account.by_way_of(line.url)
    ours.put(NAME, TALK)

    assert there.objects() == ours.objects()
    assert account.in_calendar(account.work).objects() == work.in_calendar(work.work).objects()


def test_the_usual_address_of_calendars_leads_to_the_server_behind_the_line(line):
    with closing(HTTPConnection(urlsplit(line.url).netloc, timeout=5)) as asking:
        asking.request("PROPFIND", "/.well-known/caldav")
        answer = asking.getresponse()

    assert (301, "/") == (answer.status, answer.getheader("Location"))


def test_what_was_asked_is_kept_without_who_asked(line, ours, account):
    ours.put(NAME, TALK)
    ours.empty()

    put, listing, delete = line.requests
    path = f"/{account.user}/us/"
    assert ("PUT", f"{path}{NAME}", None, "*") == put[:4]
    assert ("REPORT", path, "1") == (listing.method, listing.path, listing.depth)
    assert ("DELETE", "Basic") == (delete.method, delete.login)
    assert account.password not in repr(line)
    assert "Basic " not in repr(line)


def test_an_edit_shows_which_etag_it_relied_on(line, ours):
    ours.put(NAME, TALK)
    before = ours.events()[0]

    ours.rewrite(before.uid)

    assert before.etag == line.requests[-2].if_match


def test_only_the_planned_request_goes_wrong(line, ours, there):
    line.plan("PUT", says(503), nth=2, times=2)

    ours.put("a.ics", a_talk(1))
    for name, number in (("b.ics", 2), ("c.ics", 3)):
        with pytest.raises(RefusedError):
            ours.put(name, a_talk(number))
    ours.put("d.ics", a_talk(4))

    assert ["a.ics", "d.ics"] == names(there)


def test_a_plan_counts_from_when_it_is_made(line, ours):
    ours.put("a.ics", a_talk(1))
    line.plan("PUT", says(507))

    with pytest.raises(RefusedError):
        ours.put("b.ics", a_talk(2))

    assert 2 == line.count("PUT")


def test_what_is_forgotten_goes_wrong_no_more(line, ours, there):
    line.plan("PUT", says(507))

    line.forget()
    ours.put(NAME, TALK)

    assert [NAME] == names(there)
    assert 1 == len(line.requests)


@pytest.mark.parametrize("status", [404, 412, 500, 503, 507])
def test_a_planned_status_is_said_without_asking_the_server(status, line, ours, there):
    line.plan("PUT", says(status))

    with pytest.raises(RefusedError) as refused:
        ours.put(NAME, TALK)

    assert status == refused.value.status
    assert [] == names(there)


def test_a_line_cut_before_leaves_the_server_as_it_was(line, ours, there):
    line.plan("PUT", cuts_before)

    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        ours.put(NAME, TALK)

    assert [] == names(there)


def test_a_line_cut_after_leaves_what_was_done(line, ours, there):
    line.plan("PUT", cuts_after)

    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        ours.put(NAME, TALK)

    assert [NAME] == names(there)


def test_a_late_answer_is_to_what_was_done_at_once(line, ours, there):
    line.plan("PUT", answers_late(30))

    with pytest.raises(TimeoutError):
        ours.put(NAME, TALK)

    assert [NAME] == names(there)


def test_nobody_waits_for_a_late_answer_when_the_line_is_taken_down(account):
    begins = monotonic()
    with a_faulty_proxy(account.url) as line:
        line.plan("REPORT", answers_late(30))
        behind = account.by_way_of(line.url)
        with pytest.raises(TimeoutError):
            behind.in_calendar(behind.us, timeout=0.1).objects()

    assert monotonic() - begins < 5


def test_an_answer_without_its_etag_is_else_the_same(line, ours, there):
    line.plan("PUT", loses_the_etag)

    first = ours.put(NAME, TALK)
    second = ours.put("b.ics", a_talk(2))

    assert None is first
    assert there.objects()[f"{there.path}b.ics"][1] == second
    assert [NAME, "b.ics"] == sorted(names(there), reverse=True)


def test_an_answer_breaks_off_in_the_middle(line, ours):
    line.plan("REPORT", breaks_off)

    with pytest.raises(IncompleteRead):
        ours.objects()


def test_a_dripping_answer_outlasts_a_timeout_that_counts_from_byte_to_byte(line, ours):
    line.plan("REPORT", drips(0.01))
    begins = monotonic()

    assert {} == ours.objects()
    assert monotonic() - begins > 0.5


def test_an_answer_without_end_goes_on_while_anybody_listens(line):
    line.plan("GET", never_ends)

    with closing(HTTPConnection(urlsplit(line.url).netloc, timeout=5)) as asking:
        asking.request("GET", "/")
        answer = asking.getresponse()

        assert 5_000_000 == len(answer.read(5_000_000))


def test_a_certificate_of_its_own_is_not_one_to_trust(account):
    with a_faulty_proxy(account.url, CERTIFICATE) as line:
        address = urlsplit(line.url).netloc
        with closing(HTTPSConnection(address, timeout=5)) as asking, pytest.raises(SSLError):
            asking.request("GET", "/")

        assert [] == line.requests

        trusting = ssl.create_default_context(cafile=CERTIFICATE)
        trusting.check_hostname = False
        with closing(HTTPSConnection(address, timeout=5, context=trusting)) as asking:
            asking.request("GET", "/")

            assert 302 == asking.getresponse().status


def test_something_else_may_happen_between_question_and_answer(line, ours, there):
    ours.put("a.ics", a_talk(1))

    def meanwhile(exchange):
        there.empty()
        exchange.answer(exchange.forward())

    line.plan("PUT", meanwhile)

    with pytest.raises(RefusedError) as refused:
        ours.rename(there.events()[0].uid, "Tea")

    assert 412 == refused.value.status


def test_a_page_comes_instead_of_a_calendar(line, ours):
    line.plan("PUT", shows_a_page(502))

    with pytest.raises(RefusedError, match="<!DOCTYPE html>"):
        ours.put(NAME, TALK)


def test_a_redirect_names_another_address(line, ours, account):
    line.plan("PUT", leads_to(account.work, 308))

    with pytest.raises(RefusedError) as refused:
        ours.put(NAME, TALK)

    assert 308 == refused.value.status


def a_talk(number):
    return ical.calendar([an_occurrence(number=number)], a_household())


def names(calendar):
    return sorted(href.rsplit("/", 1)[1] for href in calendar.objects())
