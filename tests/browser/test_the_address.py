"""The address on the real server: given on the page, read by a calendar, gone once renewed."""

import http.client
import re
from contextlib import closing
from datetime import UTC, datetime

from playwright.sync_api import expect

from rituals.model.plan import standing
from rituals.planning import sitters
from tests.browser.conftest import settle, week_ahead
from tests.clients import readers
from tests.support.notation import agreed_by_both

PATH = re.compile(r"/calendar/[\w-]{43}\.ics")


def asked(server, path, method="GET", host=None, **headers):
    """What the server answers: status, headers and body."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as line:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, headers=named | ({"Host": host} if host else {}))
        answer = line.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def given(page):
    """The link that the page shows."""
    expect(page.get_by_text(PATH)).to_have_count(1)
    return PATH.search(page.get_by_text(PATH).inner_text())[0]


def press(page, name):
    page.get_by_role("button", name=name).filter(visible=True).click()
    settle(page)


def test_a_link_is_read_by_calendars_until_it_is_renewed(sample, visit, tmp_path):
    page = visit(sample).open_page("calendars")
    page.get_by_role("tab", name="An address").click()
    press(page, re.compile("^Switch the address on"))
    link = given(page)
    with sample.store() as store:
        plan = store.change_plan(store.load_plan(week_ahead()), agreed_by_both)
        waits = sitters.ids(plan, store.load_household(), store.load_rituals(), datetime.now(UTC))
    status, headers, body = asked(sample, link)
    (tmp_path / "ours.ics").write_bytes(body)
    known = asked(sample, link, If_None_Match=headers["etag"])
    of_head = asked(sample, link, "HEAD")

    assert (200, "text/calendar; charset=utf-8") == (status, headers["content-type"])
    assert {o.start for o in standing(plan) if o.id not in waits} == {
        event.start for event in readers.READERS["icalendar"](tmp_path / "ours.ics")
    }
    assert (304, b"") == known[::2]
    assert (200, headers["etag"], b"") == (of_head[0], of_head[1]["etag"], of_head[2])
    assert [405, 400] == [asked(sample, link, "POST")[0], asked(sample, link, host="evil.test")[0]]

    press(page, re.compile("^Renew"))
    press(page, re.compile("^Make a new link"))
    expect(page.get_by_text(link)).to_have_count(0)
    renewed = given(page)

    assert [(404, b""), 200] == [asked(sample, link)[::2], asked(sample, renewed)[0]]
    log = sample.log.read_text()
    assert [] == [path for path in (link, renewed) if path[10:-4] in log]
