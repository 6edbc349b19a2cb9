"""The door on the real server: this machine is at 127.0.0.1, and 127.0.0.2 stands for another."""

import http.client
import os
import socket
import subprocess
import sys
import tomllib
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import chain

import pytest
from playwright.sync_api import expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bench import half_requests
from pages.server import connections
from rituals.calendars.outgoing import feeds
from rituals.model.calendar import Audience, Feed
from rituals.security import passphrase
from rituals.store import location
from tests.browser.conftest import ROOT, Leavewell, heading, settle, to_strangers
from tests.support.notation import a_household

WORDS = "the blue boat comes home"
NEW_WORDS = "seven green pears at noon"
HOME, OTHER = "127.0.0.1", "127.0.0.2"
MEGABYTE = 1024 * 1024
MOST = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"]
FIELD = "The passphrase of your household"


@pytest.fixture(scope="module")
def token():
    return feeds.new_token()


@pytest.fixture(scope="module")
def house(tmp_path_factory, token):
    """A couple's server that their home network reaches."""
    server = Leavewell(tmp_path_factory.mktemp("house"), "0.0.0.0")  # noqa: S104 both addresses
    with server.store() as store:
        store.save_household(a_household())
        store.save_feed(Feed(Audience.SHARED, token))
        passphrase.set_passphrase(store, WORDS, datetime.now(UTC))
    server.start()
    yield server
    server.stop()

    log = server.log.read_text()

    assert [] == [secret for secret in (token, WORDS, NEW_WORDS) if secret in log]
    assert "Traceback" not in log


def asked(server, at=HOME, path="/", method="GET", body=None, **headers):
    """What the server answers: its status, headers and body."""
    with closing(http.client.HTTPConnection(at, server.port, timeout=20)) as line:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body, named)
        answer = line.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


def stream(server, at=HOME, **headers):
    """The status with which the server answers one who wants to talk."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    # A name that leads to another address is what DNS rebinding is.
    there = f"ws://{named.pop('Host', at)}:{server.port}/_stcore/stream"
    with closing(socket.create_connection((at, server.port), timeout=20)) as line:
        try:
            with connect(there, sock=line, additional_headers=named, proxy=None):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code


def is_closed(line):
    try:
        return line.recv(1) == b""
    except ConnectionError:
        return True


def elsewhere(house):
    """The same server as another machine finds it."""
    return to_strangers(house, f"http://{OTHER}:{house.port}")


def let_in(page, words=WORDS):
    page.get_by_label(FIELD).fill(words)
    page.get_by_role("button", name="Come in").click()


def keep_anew(page, words, once_more):
    """Types another passphrase, and once more, and keeps it."""
    page.get_by_label("A passphrase of a few words").fill(words)
    page.get_by_label("Once more, to be sure").fill(once_more)
    page.get_by_role("button", name="Keep the new passphrase").click()


def test_another_machine_is_asked_lands_on_sunday_and_is_shown_out_when_it_changes(house, visit):
    phone = visit(elsewhere(house), width=390)
    phone.may_be_asked = True
    page = phone.page
    page.goto(f"{phone.server.url}/?who=Maya")
    expect(page.get_by_role("heading", name="Leavewell")).to_be_visible()

    let_in(page, "a red boat, I think")
    expect(page.get_by_role("status")).to_contain_text("That is not the passphrase.")
    page.wait_for_timeout(1100)  # the second that the page speaks of
    let_in(page)
    heading(page, "The week of")
    settle(page)

    assert page.url.endswith("/?who=Maya")
    assert "leavewell_door" not in page.evaluate("document.cookie")

    here = visit(house).open_page("household")
    here.get_by_text("Another passphrase, or switch it off").click()
    keep_anew(here, NEW_WORDS, WORDS)
    expect(here.get_by_text("The two are not the same.")).to_be_visible()
    keep_anew(here, NEW_WORDS, NEW_WORDS)  # what was open is open still
    expect(here.get_by_text("The new passphrase holds from now on.")).to_be_visible()
    expect(page.get_by_label(FIELD)).to_be_visible(timeout=8_000)  # by itself
    let_in(page, NEW_WORDS)
    heading(page, "The week of")
    with house.store() as store:
        passphrase.set_passphrase(store, WORDS, datetime.now(UTC))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_page_that_asks_fits_and_is_read_aloud(house, visit, scheme):
    phone = visit(elsewhere(house), width=390, scheme=scheme)
    phone.may_be_asked = True
    page = phone.page
    page.goto(phone.server.url)
    wide, ground = page.evaluate(
        "[document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor]"
    )

    assert 390 >= wide
    assert {"light": "rgb(251, 247, 241)", "dark": "rgb(33, 29, 26)"}[scheme] == ground
    page.wait_for_function("document.fonts.check('600 40px Fraunces')")
    expect(page.get_by_label(FIELD)).to_be_focused()


def test_a_name_of_elsewhere_gets_nothing(house):
    """What DNS rebinding does: a name of elsewhere that leads here."""
    evil = "evil.example"

    assert [400] * 4 == [
        asked(house, at, path, Host=f"{evil}:{house.port}")[0]
        for at in (HOME, OTHER)
        for path in ("/", "/_stcore/host-config")
    ]
    assert {400} == {stream(house, at, Host=evil, Origin=f"http://{evil}") for at in (HOME, OTHER)}


def test_strangers_who_say_half_a_request_give_way_and_keep_nobody_waiting(house):
    at_most = 2  # seconds; bench/half_requests.py does it with 20,000
    with ExitStack() as held:
        halves = [
            held.enter_context(closing(socket.create_connection((OTHER, house.port), timeout=20)))
            for _ in range(connections.MOST_OF_ONE + 1)
        ]
        for half in halves:
            half.sendall(half_requests.HALF)

        assert is_closed(halves[0])
        assert at_most >= max(half_requests.beside(house, 2000, 1))
    assert 1 == house.log.read_text().count("were closed")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost.evil.example"])
def test_a_page_of_elsewhere_neither_talks_nor_sends(house, origin):
    assert 403 == stream(house, Origin=origin)
    assert [403] * 3 == [
        asked(house, at, path, method, "x", Origin=origin)[0]
        for at, path, method in (
            (HOME, "/_stcore/upload_file/a/b", "PUT"),
            (HOME, "/", "POST"),
            (OTHER, "/come-in", "POST"),
        )
    ]


def test_our_own_page_talks(house):
    own = {"Cookie": "=".join(house.cookie)}

    assert 101 == stream(house, Origin=f"http://{HOME}:{house.port}", **own)
    assert 403 == stream(house, Origin=f"http://{HOME}:{house.port}")
    assert 403 == stream(house, OTHER, Origin=f"http://{OTHER}:{house.port}", **own)
    assert 403 == stream(house, X_Forwarded_For="192.168.1.9", **own)


def test_a_calendar_needs_its_link_alone(house, token):
    status, told, body = asked(house, OTHER, f"/calendar/{token}.ics")

    assert (200, True) == (status, body.startswith(b"BEGIN:VCALENDAR"))
    assert ("nosniff", "no-referrer") == (told["x-content-type-options"], told["referrer-policy"])
    assert 404 == asked(house, OTHER, f"/calendar/{token[:-1]}.ics")[0]


def test_every_page_says_what_a_browser_is_to_heed(house):
    told = asked(house, Cookie="=".join(house.cookie))[1]

    assert "frame-ancestors 'self'" == told["content-security-policy"]
    assert ("SAMEORIGIN", "nosniff") == (told["x-frame-options"], told["x-content-type-options"])


def test_a_file_that_is_too_large_is_refused(house, visit):
    page = visit(house).open_page("calendars")
    field = page.locator("input[type=file]").first
    with page.expect_request(lambda one: "/upload_file/" in one.url) as upload:
        field.set_input_files({"name": "a.ics", "mimeType": "text/calendar", "buffer": b"BEGIN"})
    settle(page)
    once, headers = upload.value, upload.value.all_headers()
    path = once.url.partition(str(house.port))[2]
    named = ("cookie", "x-xsrftoken", "origin", "content-type")
    usual = {name: value for name, value in headers.items() if name in named}
    mark = usual["content-type"].partition("boundary=")[2].encode()
    begins = b"--" + mark + b'\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
    in_pieces = chain([begins], (b"x" * MEGABYTE for _ in range(MOST + 3)))

    assert [413, 413, 413] == [
        asked(house, HOME, path, "PUT", body, **usual)[0]
        for body in (b"x" * (MOST * MEGABYTE + 1), b"x" * ((MOST + 3) * MEGABYTE), in_pieces)
    ]


def test_for_others_it_does_not_start_without_a_passphrase(tmp_path):
    there = os.environ | {"LEAVEWELL_DATABASE_URL": location.sqlite_url(tmp_path / "leavewell.db")}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    told = subprocess.run(
        [*command, "--server.address=127.0.0.2", "--server.port=0"],
        cwd=ROOT,
        env=there,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert 0 != told.returncode
    assert "Open to our home network" in told.stderr
    assert "Traceback" not in told.stderr + told.stdout
    assert 1 == len(told.stderr.strip().splitlines())
