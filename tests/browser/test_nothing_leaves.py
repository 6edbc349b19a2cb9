"""Nothing leaves this machine, and nobody else is let in."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from rituals import plans
from rituals.model import ONE, TWO, Choice
from tests.browser.conftest import PLACES, STEPS, choose, heading, settle, week_ahead
from tests.notation import a_household, a_plan, an_occurrence

ASKED_FOR = (
    "/",
    "/our-weeks",
    "/our-rituals",
    "/household",
    "/app/static/icon.png",
    "/static/index.html",
    "/_stcore/health",
    "/_stcore/host-config",
)
STRANGERS = ("evil.example", "leavewell.evil.example", "192.0.2.1", "127.0.0.1.evil.example")
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "bGVhdmV3ZWxsIGxlYXZlcw==",
}


def status(server, path, headers):
    """What a server answers to a request with exactly these headers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    try:
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


def handshake(server, host, origin):
    headers = HANDSHAKE | {"Host": host, "Origin": origin}
    return status(server, "/_stcore/stream", headers)


def test_every_page_asks_this_server_and_no_other(looked_at, visit):
    one = visit(looked_at)
    for place in PLACES:
        page = one.open_page(place)
        icons = page.locator("link[rel~=icon]").evaluate_all("icons => icons.map(i => i.href)")

        assert all(icon.startswith(looked_at.url) for icon in icons)
    one.open_page("sunday")
    for step in STEPS:
        choose(page, step)
    hosts = {urlsplit(url).netloc for url in one.requests if not url.startswith(("data:", "blob:"))}

    assert hosts == {urlsplit(looked_at.url).netloc}
    assert any(url.startswith("ws://") for url in one.requests)
    assert any(url.endswith(".woff2") for url in one.requests)


@pytest.mark.parametrize("host", STRANGERS)
def test_a_foreign_name_gets_no_page_file_or_answer(looked_at, host):
    told = {path: status(looked_at, path, {"Host": host}) for path in ASKED_FOR}

    assert told == dict.fromkeys(ASKED_FOR, 400)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_this_machine_is_answered_under_its_own_names(looked_at, name):
    host = f"{name}:{looked_at.port}"

    assert status(looked_at, "/", {"Host": host}) == 200
    assert status(looked_at, "/_stcore/health", {"Host": host}) == 200
    assert handshake(looked_at, host, f"http://{host}") == 101


def test_a_foreign_websocket_is_refused(looked_at):
    own = f"127.0.0.1:{looked_at.port}"
    of_others = [
        handshake(looked_at, host, origin)
        for host, origin in (
            (own, "http://evil.example"),
            (own, f"http://evil.example:{looked_at.port}"),
            (own, f"http://{own}.evil.example"),
            ("evil.example", "http://evil.example"),
            (f"evil.example:{looked_at.port}", f"http://evil.example:{looked_at.port}"),
            ("evil.example", f"http://{own}"),
        )
    ]

    assert all(answer in {400, 403} for answer in of_others), of_others


def test_localhost_opens_the_same_sunday(looked_at, visit):
    one = visit(looked_at)
    one.also = f"http://localhost:{looked_at.port}"
    one.page.goto(one.also)
    heading(one.page, "The week of")
    settle(one.page)


NAMES = ("*Ma* <b>ya</b> :red[x] $y$ `z`", "![](http://192.0.2.1/x.png) [b](//b.example)")
TITLE = "*Ma* <b>ya</b> ![](http://192.0.2.1/x.png) :red[x]"


def test_what_people_write_is_shown_as_they_wrote_it_and_does_nothing(home, visit):
    page = visit(home).open_page("household")
    for label, name in zip(("One of you", "The other of you"), NAMES, strict=True):
        page.get_by_role("textbox", name=label).fill(name)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text(f"{NAMES[0]} works", exact=False).first).to_be_attached()
