"""What a server answers that speaks no CalDAV, and what is our own fault and is not put on it."""

from zoneinfo import ZoneInfo

import niquests
import pytest

from rituals.calendars.caldav import client
from rituals.calendars.caldav.client import NO_SERVER
from rituals.calendars.caldav.errors import ServerError
from rituals.calendars.outgoing import ical
from rituals.model.calendar import Audience, Server

HERE = "http://127.0.0.1/us/"
TWO_HOMES = """<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>
<d:href>/us/</d:href><d:propstat><d:prop>
<c:calendar-home-set><d:href>/us/</d:href><d:href>/them/</d:href></c:calendar-home-set>
</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"""
AN_EVENT = """<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>
<d:href>/us/1.ics</d:href><d:propstat><d:prop><d:getetag>"1"</d:getetag><c:calendar-data>x
</c:calendar-data></d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>
</d:multistatus>"""


@pytest.fixture
def answers(monkeypatch):
    """Every question is answered with this body."""

    def said(body, status=207):
        answer = niquests.Response()
        answer.status_code, answer.reason, answer.url = status, "", HERE
        answer.headers["Content-Type"] = "application/xml"
        answer._content, answer._content_consumed = body.encode(), True
        monkeypatch.setattr(client._Careful, "_answer", lambda *_: answer)

    return said


@pytest.mark.parametrize("status", [200, 204, 207])
@pytest.mark.parametrize("body", ["", "x", "<a/>", "<html><body/></html>", TWO_HOMES])
def test_an_odd_answer_is_told_in_one_sentence(answers, body, status):
    answers(body, status)

    with pytest.raises(ServerError, match=f"{NO_SERVER}|no calendar for this name"):
        client.list_calendars(HERE, "us", "secret")


@pytest.mark.parametrize("fault", [KeyError, AttributeError])
def test_a_fault_of_our_own_is_not_put_on_the_server(answers, monkeypatch, fault):
    def breaks(*_):
        raise fault("ours")

    monkeypatch.setattr(ical, "read_event", breaks)
    answers(AN_EVENT)
    kept = Server(Audience.SHARED, HERE, "us", HERE, "Ours")

    with client.opened(kept, "secret", ZoneInfo("UTC")) as there, pytest.raises(fault):
        there.find("1@leavewell")
