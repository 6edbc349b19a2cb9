"""Who is let in, asked of a real server with a small application behind the doorway.

127.0.0.1 is this machine; 127.0.0.2 stands for another one: who comes to it comes from 127.0.0.1.
"""

import socket
import threading
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from streamlit import config
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from pages.server import doorkeeper, passphrase_page
from pages.server.admission import Admission
from pages.session import stores
from rituals.security import attempts, links, passphrase
from rituals.security.encryption import Effort
from tests.support.forwarder import forwarding

pytestmark = pytest.mark.outside  # a server answers in each

WORDS = "the blue boat comes home"
CHEAP = Effort(memory=32, iterations=1, lanes=4)
SOON = 10  # seconds
HOME, OTHER = "127.0.0.1", "127.0.0.2"
PAGE = {"Accept": "text/html,*/*"}


async def _within(request):
    return PlainTextResponse(f"within {request.method} {len(await request.body())}")


async def _whose(request):
    return PlainTextResponse(f"guest {request.headers.get('x-leavewell-guest')}")


async def _talk(websocket):
    await websocket.accept()
    async for said in websocket.iter_text():
        await websocket.send_text(f"heard {said}")


@pytest.fixture
def house(store):  # noqa: ARG001 the doorway looks into it
    """A new server: who tried there before is forgotten."""
    with serving() as house:
        yield house


@contextmanager
def serving():
    """The doorway before a small application, as it is after a start."""
    whose = Route("/whose", _whose)
    anything = [whose, Route("/{path:path}", _within, methods=["GET", "POST", "PUT", "HEAD"])]
    within = Starlette(routes=[WebSocketRoute("/talk", _talk), *anything])
    app = doorkeeper.Doorway(within, Admission())
    with closing(socket.create_server(("0.0.0.0", 0))) as listening:  # noqa: S104 both addresses
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="websockets-sansio"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield House(listening.getsockname()[1], app)
        server.should_exit = True
        thread.join()


class House:
    """The server, asked from this machine or another one."""

    def __init__(self, port, app):
        self.port, self.app = port, app

    def ask(self, at=HOME, path="/", method="GET", body=None, port=None, **headers):
        """What it answers: status, headers and text."""
        with closing(HTTPConnection(at, port or self.port, timeout=SOON)) as line:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            line.request(method, path, body, PAGE | named)
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, told, answer.read().decode()

    def knock(self, words=WORDS, at=OTHER, to="/", **headers):
        """What a form with these words brings."""
        form = f"passphrase={words.replace(' ', '+')}&to={to}"
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask(at, passphrase_page.PATH, "POST", form, **kind, **headers)

    def link(self):
        """The path of a new link."""
        return urlsplit(self.app.own.run.new_link()).path

    def own(self, **how):
        """The cookie of a browser at the machine itself that came by a link."""
        status, told, _ = self.ask(path=self.link(), **how)

        assert (303, "/") == (status, told["location"])
        return told["set-cookie"].partition(";")[0]

    def cookie(self, **how):
        """The cookie of one who was let in."""
        status, told, _ = self.knock(**how)

        assert 303 == status
        return told["set-cookie"].partition(";")[0]

    def talk(self, at=OTHER, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return connect(f"ws://{at}:{self.port}/talk", additional_headers=named, proxy=None)

    def refuses_to_talk(self, at=OTHER, **headers):
        """The status with which it does not."""
        with pytest.raises(InvalidStatus) as refused:
            self.talk(at, **headers)
        return refused.value.response.status_code


@pytest.fixture
def closed(house):
    """One with no passphrase."""
    return house


@pytest.fixture
def ours(house, store):
    """One with a passphrase."""
    passphrase.set_passphrase(store, WORDS, datetime.now(UTC), CHEAP)
    return house


# -- this machine


def test_that_it_comes_from_this_machine_proves_nothing(closed):
    status, _, page = closed.ask()

    assert 403 == status
    assert links.COMMAND in page
    assert (401, passphrase_page.NEW_HERE) == closed.ask(path="/app.js", Accept="*/*")[::2]
    assert 403 == closed.refuses_to_talk(HOME)


def test_a_link_lets_a_browser_in_and_leads_to_the_clean_address(closed):
    status, told, _ = closed.ask(path=closed.link())
    name, _, rules = told["set-cookie"].partition(";")

    assert (303, "/") == (status, told["location"])
    assert "Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax" == rules.strip()
    assert name.startswith(f"leavewell_door_{closed.port}=")
    assert (200, "within GET 0") == closed.ask(Cookie=name)[::2]
    with closed.talk(HOME, Cookie=name) as line:
        line.send("hello")

        assert "heard hello" == line.recv(SOON)


def test_a_link_lets_one_browser_in_and_whoever_is_in_just_goes_on(ours):
    link = ours.link()
    assert [401, 303, 401] == [ours.ask(path=link, method=how)[0] for how in ("HEAD", "GET", "GET")]

    for cookie, at in ((ours.own(), HOME), (ours.cookie(), OTHER)):
        status, told, _ = ours.ask(at, link, Cookie=cookie)

        assert (303, "/", False) == (status, told["location"], "set-cookie" in told)


def test_a_link_of_another_start_or_an_altered_one_lets_nobody_in(closed):
    with serving() as before:
        old = before.link()
    link = closed.link()

    assert [403] * 5 == [
        closed.ask(path=path)[0]
        for path in (old, link[:-1], link + "0", "/open/", "/open/%C3%A4.%C3%A4")
    ]


def test_a_browser_that_came_by_a_link_stays_let_in_over_restarts(closed):
    name, _, word = closed.own().partition("=")
    with serving() as another:
        there = f"leavewell_door_{another.port}={word}"

        assert [200, 403] == [another.ask(Cookie=c)[0] for c in (there, f"{name}={word}")]


def test_a_link_and_what_it_brings_are_good_at_the_machine_itself_alone(ours):
    link, own = ours.link(), ours.own()

    assert [401, 401] == [ours.ask(OTHER, path, Cookie=own)[0] for path in (link, "/")]
    assert 403 == ours.refuses_to_talk(OTHER, Cookie=own)
    assert 401 == ours.ask(path=link, X_Forwarded_For="127.0.0.1")[0]
    assert 303 == ours.ask(path=link)[0]


def test_the_machine_itself_is_let_in_at_its_address_at_home_too(ours):
    with closing(HTTPConnection(OTHER, ours.port, source_address=(OTHER, 0))) as line:
        line.request("GET", "/", headers={"Cookie": ours.own()})

        assert 200 == line.getresponse().status


def test_what_forwards_bytes_brings_nobody_in(ours):
    with forwarding(ours.port) as port:
        assert [401, 401] == [
            ours.ask(path=path, port=port, Host=f"localhost:{ours.port}", Accept="*/*")[0]
            for path in ("/", "/file/x")
        ]
        assert 401 == ours.ask(port=port)[0]


def test_under_another_name_of_this_machine_one_is_led_to_the_usual_one(closed):
    named = {"Host": f"localhost:{closed.port}"}
    status, told, _ = closed.ask(path="/our-weeks?who=Maya", **named)
    usual = f"http://127.0.0.1:{closed.port}/our-weeks?who=Maya"

    assert (303, usual) == (status, told["location"])
    assert 200 == closed.ask(Cookie=closed.own(**named), **named)[0]


def test_a_store_that_is_away_keeps_nobody_out_who_came_by_a_link(closed, monkeypatch):
    cookie = closed.own()
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", "postgresql+psycopg://us@localhost:1/nowhere")

    assert [200, 303] == [closed.ask(Cookie=cookie)[0], closed.ask(path=closed.link())[0]]


@pytest.mark.parametrize(
    "header",
    [
        {"X_Forwarded_For": "127.0.0.1"},
        {"X_Forwarded_Proto": "https"},
        {"X_Forwarded_Host": "localhost"},
        {"Forwarded": "for=127.0.0.1"},
        {"X_Real_IP": "127.0.0.1"},
        {"Via": "1.1 Caddy"},
        {"Tailscale_User_Login": "maya"},
    ],
)
def test_what_a_proxy_on_this_machine_hands_on_is_asked(ours, header):
    assert 401 == ours.ask(HOME, Cookie=ours.own(), **header)[0]


def test_what_a_proxy_hands_on_does_not_talk_without_the_passphrase(ours):
    assert 403 == ours.refuses_to_talk(HOME, Cookie=ours.own(), X_Forwarded_For="127.0.0.1")


# -- another machine


def test_without_a_passphrase_nobody_else_is_let_in(closed):
    status, _, page = closed.ask(OTHER)

    assert 403 == status
    assert "own machine alone" in page
    assert 403 == closed.knock()[0]
    assert 403 == closed.refuses_to_talk()


def test_another_machine_sees_the_page_that_asks_and_nothing_else(ours):
    status, told, page = ours.ask(OTHER, "/our-weeks?who=Maya")

    assert (401, "no-store") == (status, told["cache-control"])
    assert 'action="/come-in"' in page
    assert 'value="/our-weeks?who=Maya"' in page
    assert "default-src 'none'" in told["content-security-policy"]
    assert (401, passphrase_page.FIRST) == ours.ask(OTHER, "/app.js", Accept="*/*")[::2]
    assert [401] * 3 == [
        ours.ask(OTHER, p)[0] for p in ("/_stcore/host-config", "/calendar/x.ics/", "/app/static/x")
    ]
    assert 401 == ours.ask(OTHER, "/_stcore/upload_file/a/b", "PUT", "x" * 99)[0]
    assert 403 == ours.refuses_to_talk()


@pytest.mark.parametrize(
    "path", ["/calendar/abc.ics", "/_stcore/health", *sorted(passphrase_page.PARTS)]
)
def test_what_needs_no_passphrase_is_read_without(ours, path):
    at_machine = ours.ask(HOME, path)

    assert [(200, "within GET 0")] * 2 == [at_machine[::2], ours.ask(OTHER, path)[::2]]
    assert (200 if "calendar" in path else 401) == ours.ask(OTHER, path, "POST", "x")[0]


def test_who_knows_the_passphrase_is_let_in(ours):
    status, told, _ = ours.knock(to="/our-weeks")
    name, _, rules = told["set-cookie"].partition(";")

    assert (303, "/our-weeks") == (status, told["location"])
    assert "Max-Age=2592000; Path=/; HttpOnly; SameSite=Strict" == rules.strip()
    assert 200 == ours.ask(OTHER, Cookie=f'odd="{{}}; {name}; other=1')[0]
    with ours.talk(Cookie=name) as line:
        line.send("hello")

        assert "heard hello" == line.recv(SOON)


def test_behind_tls_the_cookie_never_travels_without(ours):
    told = ours.knock(at=HOME, X_Forwarded_Proto="https")[1]

    assert told["set-cookie"].endswith("; Secure")


def test_a_browser_that_was_let_in_stays_so_over_restarts(ours):
    name, _, word = ours.cookie().partition("=")
    with serving() as another:
        there = f"leavewell_door_{another.port}={word}"

        assert name == f"leavewell_door_{ours.port}"
        assert [200, 401] == [another.ask(OTHER, Cookie=c)[0] for c in (there, f"{name}={word}")]


def test_a_guest_is_marked_and_nobody_marks_themselves(ours):
    cookie = ours.cookie()

    assert "guest 1" == ours.ask(OTHER, "/whose", Cookie=cookie)[2]
    assert "guest 1" == ours.ask(OTHER, "/whose", Cookie=cookie, X_Leavewell_Guest="")[2]
    assert "guest None" == ours.ask(HOME, "/whose", Cookie=ours.own(), X_Leavewell_Guest="1")[2]
    assert "guest 1" == ours.ask(HOME, "/whose", Cookie=ours.cookie(at=HOME))[2]


@pytest.mark.parametrize("word", ["", "x", "x" * 43, "%00", "\xe4" * 43, "9999999999.x.y", "1.x."])
def test_another_cookie_is_none(ours, word):
    name, _, own = ours.cookie().partition("=")
    altered = own[:-1] + ("0" if own[-1] != "0" else "1")

    assert 401 == ours.ask(OTHER, Cookie=f"{name}={word}")[0]
    assert 401 == ours.ask(OTHER, Cookie=f"{name}={altered}")[0]


@pytest.mark.parametrize(
    "to",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a/../b", "/%0d%0aSet-Cookie:x"],
)
def test_nobody_is_led_elsewhere(ours, to):
    assert "/" == ours.knock(to=to)[1]["location"]


def test_what_is_asked_for_is_never_markup(ours):
    status, _, page = ours.ask(OTHER, "/%22%3E%3Cscript%3E?%22%3E%3Cscript%3E")

    assert 401 == status
    assert "<script" not in page


# -- wrong ones


def test_a_wrong_one_is_told_kindly_and_waits(ours):
    first, second = ours.knock("a red boat"), ours.knock()

    assert 401 == first[0]
    assert "That is not the passphrase. You can try again in one second." in first[2]
    assert "set-cookie" not in first[1]
    assert (429, "1") == (second[0], second[1]["retry-after"])
    assert "A moment, please: the next try can come in one second." in second[2]
    time.sleep(1)

    assert 303 == ours.knock()[0]


def test_who_typed_nothing_wrong_waits_for_nobody(ours, store):
    for who in range(20):
        attempts.begin(store, f"stranger {who}", stores.now())

    assert 303 == ours.knock()[0]


def test_a_clock_that_is_set_gives_nobody_a_try(ours, monkeypatch):
    ours.knock("a red boat")
    usual = stores.now
    found = []
    for days in (-1, 1, -2):
        monkeypatch.setattr(stores, "now", lambda d=days: usual() + timedelta(days=d))
        found.append(ours.knock("a red boat")[0])

    assert [429] * 3 == found


def test_a_restart_with_a_clock_set_back_gives_nobody_a_try(ours, monkeypatch):
    ours.knock("a red boat")
    usual = stores.now
    monkeypatch.setattr(stores, "now", lambda: usual() - timedelta(days=1))
    with serving() as another:
        status, told, _ = another.knock()

    assert (429, "1") == (status, told["retry-after"])


def test_the_page_that_asks_says_when_to_try_again(ours):
    ours.knock("a red boat")

    assert "the next try can come in one second" in ours.ask(OTHER)[2]


def test_a_try_that_cannot_be_counted_is_none(ours, monkeypatch):
    ours.ask(OTHER)
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", "postgresql+psycopg://us@localhost:1/nowhere")

    assert 503 == ours.knock()[0]


def test_many_at_once_are_one_try(ours):
    found = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(ours.knock(f"boat {n}")[0]))
        for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {401: 1, 429: 11} == {status: found.count(status) for status in set(found)}


def test_what_is_typed_has_an_end(ours):
    assert 400 == ours.knock("x" * 5000)[0]
    with closing(socket.create_connection((OTHER, ours.port), timeout=SOON)) as line:
        line.sendall(
            b"POST /come-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + b"1000\r\n"
            + b"x" * 4096
            + b"\r\n"
            + b"1000\r\n"
            + b"x" * 4096
            + b"\r\n"
        )

        assert b"HTTP/1.1 400" == line.recv(12)


# -- the end of it


def test_another_passphrase_shows_everybody_out(ours, store):
    cookie = ours.cookie()
    with ours.talk(Cookie=cookie) as line:
        passphrase.set_passphrase(store, WORDS, datetime.now(UTC), CHEAP)
        with pytest.raises(ConnectionClosed) as ended:
            line.recv(SOON)

    assert 1008 == ended.value.rcvd.code
    assert 401 == ours.ask(OTHER, Cookie=cookie)[0]
    assert 403 == ours.refuses_to_talk(Cookie=cookie)
    assert 200 == ours.ask(OTHER, Cookie=ours.cookie())[0]


def test_switching_it_off_shows_everybody_out(ours, store):
    cookie = ours.cookie()
    with ours.talk(Cookie=cookie) as line:
        passphrase.remove(store)
        with pytest.raises(ConnectionClosed):
            line.recv(SOON)

    assert [403, 403] == [ours.ask(OTHER, Cookie=cookie)[0], ours.knock()[0]]


def test_after_thirty_days_it_asks_again(ours, monkeypatch):
    monkeypatch.setattr(doorkeeper, "STAYS", doorkeeper.timedelta(seconds=1))
    cookie = ours.cookie()
    before = ours.ask(OTHER, Cookie=cookie)[0]
    time.sleep(1.1)

    assert (200, 401) == (before, ours.ask(OTHER, Cookie=cookie)[0])


def test_a_store_that_is_away_lets_nobody_new_in(closed, monkeypatch):
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", "postgresql+psycopg://us@localhost:1/nowhere")

    assert [503, 503] == [closed.ask(OTHER)[0], closed.knock()[0]]
    assert 403 == closed.refuses_to_talk()


def test_a_store_that_goes_away_shows_no_guest_out(ours, monkeypatch):
    cookie = ours.cookie()
    monkeypatch.setenv("LEAVEWELL_DATABASE_URL", "postgresql+psycopg://us@localhost:1/nowhere")
    time.sleep(doorkeeper.LOOKS)

    assert 200 == ours.ask(OTHER, Cookie=cookie)[0]


# -- other pages


@pytest.mark.parametrize("at", [HOME, OTHER])
@pytest.mark.parametrize("origin", ["null", "http://evil.example", "https://127.0.0.1.evil", ""])
def test_what_another_page_sends_is_refused(ours, at, origin):
    cookie = ours.own() if at == HOME else ours.cookie()

    assert [403, 403] == [
        ours.ask(at, "/x", how, "x", Origin=origin, Cookie=cookie)[0] for how in ("POST", "PUT")
    ]
    assert 403 == ours.knock(at=at, Origin=origin)[0]
    assert 403 == ours.refuses_to_talk(at, Origin=origin, Cookie=cookie)
    assert 403 == ours.ask(at, "/x", "POST", "x", Sec_Fetch_Site="cross-site", Cookie=cookie)[0]


def test_what_our_own_page_sends_is_heard(ours):
    own = f"http://{OTHER}:{ours.port}"

    assert 303 == ours.knock(Origin=own)[0]
    assert (200, "within PUT 3") == ours.ask(
        HOME, "/x", "PUT", "abc", Cookie=ours.own(), Origin=f"http://{HOME}:{ours.port}"
    )[::2]


def test_what_is_too_large_is_refused_before_it_is_read(ours):
    assert (
        413
        == ours.ask(HOME, "/x", "PUT", Cookie=ours.own(), Content_Length=str(300 * 1024 * 1024))[0]
    )


# -- what a browser is to heed


@pytest.mark.parametrize("path", ["/", "/_stcore/health"])
def test_every_answer_says_what_a_browser_is_to_heed(ours, path):
    for at in (HOME, OTHER):
        told = ours.ask(at, path)[1]

        assert ("nosniff", "same-origin") == (
            told["x-content-type-options"],
            told["referrer-policy"],
        )
        assert "frame-ancestors" in told["content-security-policy"]
        assert told["x-frame-options"] in ("DENY", "SAMEORIGIN")


# -- the start


@contextmanager
def _started(address):
    """Leavewell as it is started with an address."""
    before = config.get_option("server.address")
    config.set_option("server.address", address)
    yield
    config.set_option("server.address", before)


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1"])
@pytest.mark.usefixtures("store")
def test_for_this_machine_alone_it_starts_without_a_passphrase(address):
    with _started(address):
        doorkeeper.require_passphrase()


@pytest.mark.parametrize("address", ["", "0.0.0.0", "::", "192.168.1.5", "127.0.0.2"])  # noqa: S104
def test_for_others_it_starts_only_with_one(store, address):
    with _started(address):
        with pytest.raises(SystemExit) as ended:
            doorkeeper.require_passphrase()
        passphrase.set_passphrase(store, WORDS, datetime.now(UTC), CHEAP)
        doorkeeper.require_passphrase()

    assert "Open to our home network" in str(ended.value)
