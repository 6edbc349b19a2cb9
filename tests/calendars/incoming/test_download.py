"""A calendar from its address: real servers that drip, never end or send elsewhere."""

import base64
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rituals.calendars.incoming import download as fetching
from rituals.calendars.incoming.download import FetchError, fetch
from tests.support.paths import DATA

pytestmark = pytest.mark.outside  # a server answers in each

CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
CERTIFICATE = DATA / "self_signed.pem"
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers as the test says and remembers what was asked."""

    def do_GET(self) -> None:
        server: Server = self.server  # type: ignore[assignment]
        server.asked.append((self.path, dict(self.headers)))
        with suppress(OSError):  # the reader may have gone
            server.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        """Silent."""

    def tell(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[tuple[str, dict[str, str]]]
    answers: dict[str, Answer]

    def address(self, path: str = "/us.ics") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


@contextmanager
def a_server(answers: dict[str, Answer] | Answer) -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.asked = []
    server.answers = answers if isinstance(answers, dict) else {"/us.ics": answers}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def giving(body: bytes, **headers: str) -> Answer:
    return lambda handler: handler.tell(200, body, **headers)


def sending_to(address: str, status: int = 302) -> Answer:
    return lambda handler: handler.tell(status, Location=address)


def refused(address: str) -> str:
    with pytest.raises(FetchError) as error:
        fetch(address)
    return str(error.value)


@dataclass
class Names:
    """A telephone book for hosts, instead of the world's."""

    known: dict[str, list[str]]
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str, port: int, *_: object, **__: object) -> list[tuple]:
        self.asked.append(host)
        addresses = self.known.get(host, [host])
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]


@pytest.fixture
def one_second(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 1)


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 1_000_000)


def test_what_lies_at_the_address_arrives():
    with a_server(giving(CALENDAR)) as server:
        assert CALENDAR == fetch(f"  {server.address()} \n")


def test_it_arrives_packed_and_is_unpacked():
    with a_server(giving(gzip.compress(CALENDAR), Content_Encoding="gzip")) as server:
        assert CALENDAR == fetch(server.address())
        assert "gzip" == server.asked[0][1]["Accept-Encoding"]


def test_a_calendar_that_calls_itself_a_page_is_a_calendar():
    with a_server(giving(CALENDAR, Content_Type="text/html")) as server:
        assert CALENDAR == fetch(server.address())


def test_webcal_is_https():
    place = fetching._parts("webcal://calendar.example/us.ics?key=a%20b")

    assert "https://calendar.example/us.ics?key=a%20b" == str(place)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "us.ics",
        "calendar.example/us.ics",
        "file:///etc/passwd",
        "ftp://calendar.example/us.ics",
        "http://",
        "http:///us.ics",
        "https://calendar.example:port/",
        "https://a b/",
        "https://a\n.b/",
        "http://[::1/",
        "javascript:alert(1)",
        "https://fe80::1%25eth0/",
        "data:text/calendar,x",
    ],
)
def test_only_addresses_of_the_web_are_fetched(address):
    assert fetching.NOT_AN_ADDRESS == refused(address)


@pytest.mark.usefixtures("one_second")
def test_a_slow_drip_ends_in_time():
    def drip(handler: Handler) -> None:
        handler.tell(200, CALENDAR, Content_Length="100000")
        for _ in range(100):
            handler.wfile.write(b"x")
            time.sleep(0.05)

    begins = time.monotonic()
    with a_server(drip) as server:
        sentence = refused(server.address())

    assert "127.0.0.1 took longer than 1 seconds." == sentence
    assert time.monotonic() - begins < 3


@pytest.mark.usefixtures("one_second")
def test_a_slow_drip_of_headers_ends_in_time():
    def drip(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            handler.wfile.write(b"X")
            time.sleep(0.05)

    begins = time.monotonic()
    with a_server(drip) as server:
        sentence = refused(server.address())

    assert "127.0.0.1 took longer than 1 seconds." == sentence
    assert time.monotonic() - begins < 3


@pytest.mark.usefixtures("one_second")
def test_a_host_that_says_nothing_ends_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sentence = refused(f"https://127.0.0.1:{silent.getsockname()[1]}/us.ics")

    assert "127.0.0.1 took longer than 1 seconds." == sentence


@pytest.mark.usefixtures("small")
def test_an_endless_body_is_too_large():
    def endless(handler: Handler) -> None:
        handler.tell(200)
        while True:
            handler.wfile.write(CALENDAR * 1000)

    with a_server(endless) as server:
        assert "The calendar at 127.0.0.1 is larger than 64 MB." == refused(server.address())


@pytest.mark.usefixtures("small")
def test_a_small_packet_that_unpacks_to_much_is_too_large():
    packed = gzip.compress(b"x" * 200_000_000, 1)
    with a_server(giving(packed, Content_Encoding="gzip")) as server:
        assert "The calendar at 127.0.0.1 is larger than 64 MB." == refused(server.address())


@pytest.mark.parametrize(
    "answer",
    [
        giving(CALENDAR, Content_Length="1000"),
        giving(gzip.compress(CALENDAR)[:-9], Content_Encoding="gzip"),
        giving(b"not packed", Content_Encoding="gzip"),
        giving(b"ff\r\nhalf", Transfer_Encoding="chunked"),
    ],
)
def test_half_a_calendar_is_none(answer):
    def modern(handler: Handler) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.close_connection = True
        answer(handler)

    with a_server(modern) as server:
        assert "The calendar from 127.0.0.1 broke off halfway: try again." == refused(
            server.address()
        )


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "127.0.0.1 asks for a name and a password: its private address has both in it."),
        (403, "127.0.0.1 does not give this calendar to everybody: use its private address."),
        (404, "127.0.0.1 has no calendar at this address."),
        (410, "127.0.0.1 no longer has a calendar at this address."),
        (429, "127.0.0.1 asks for some patience: try again later."),
        (500, "127.0.0.1 answers with its error 500."),
    ],
)
def test_a_host_that_says_no_is_told_in_one_sentence(status, sentence):
    with a_server(lambda handler: handler.tell(status, b"<html>")) as server:
        assert sentence == refused(server.address())


def test_a_web_page_is_no_calendar():
    with a_server(giving(b"\n<!doctype html><title>Sign in</title>")) as server:
        assert "127.0.0.1 answers with a web page: it may ask for a login first." == refused(
            server.address()
        )


def test_an_unknown_packing_is_told():
    with a_server(giving(CALENDAR, Content_Encoding="br")) as server:
        assert "127.0.0.1 sends the calendar packed in an unknown way." == refused(server.address())


@pytest.mark.parametrize(
    "noise", [b"hello\r\n\r\n", b"", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 999]
)
def test_what_is_no_answer_is_told(noise):
    with a_server(lambda handler: handler.wfile.write(noise)) as server:
        assert "127.0.0.1 gives no answer that can be understood." == refused(server.address())


def test_a_closed_door_is_told():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]

    assert "127.0.0.1 does not answer." == refused(f"http://127.0.0.1:{port}/")


def test_a_name_that_nobody_knows_is_told(monkeypatch):
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", nobody)

    assert "There is no calendar.test, or this machine is offline." == refused(
        "https://calendar.test/us.ics"
    )


@pytest.mark.usefixtures("one_second")
def test_a_name_that_takes_too_long_is_told(monkeypatch):
    asked = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [asked.wait(3)][:0])

    assert "calendar.test took longer than 1 seconds." == refused("https://calendar.test/us.ics")
    asked.set()


@pytest.mark.parametrize("status", sorted(fetching.REDIRECTS))
def test_a_redirect_at_the_same_door_is_followed(status):
    with a_server(
        {"/us.ics": sending_to("/new.ics?a=b", status), "/new.ics?a=b": giving(CALENDAR)}
    ) as server:
        assert CALENDAR == fetch(server.address())


def test_three_redirects_are_followed_and_a_fourth_is_not():
    chain = {f"/{n}": sending_to(f"/{n + 1}") for n in range(4)}
    with a_server(chain | {"/4": giving(CALENDAR)}) as server:
        assert CALENDAR == fetch(server.address("/1"))
        assert "127.0.0.1 sends from one address to the next, without an end." == refused(
            server.address("/0")
        )


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::1]"]
)
def test_a_redirect_never_leads_into_the_house(host):
    with a_server(giving(CALENDAR)) as inside:
        to = f"http://{host}:{inside.server_port}/us.ics"
        with a_server(sending_to(to)) as server:
            sentence = refused(server.address())

        assert [] == inside.asked
    assert (
        "127.0.0.1 sends on to a private network: if you trust it, type that address yourselves."
    ) == sentence


def test_every_address_of_a_host_is_looked_at(monkeypatch):
    names = Names({"elsewhere.test": ["93.184.216.34", "10.0.0.1"]})
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with a_server(sending_to("http://elsewhere.test/us.ics")) as server:
        assert "private network" in refused(server.address())


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch):
    names = Names({"calendar.test": ["127.0.0.1"]})
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with a_server(giving(CALENDAR)) as server:
        assert CALENDAR == fetch(f"http://calendar.test:{server.server_port}/us.ics")
        assert f"calendar.test:{server.server_port}" == server.asked[0][1]["Host"]

    assert ["calendar.test", "127.0.0.1"] == names.asked, "by name once, then by number"


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://calendar.example/", "http://[", ""]
)
def test_a_redirect_leads_to_an_address_of_the_web(location):
    answer = sending_to(location) if location else lambda handler: handler.tell(302)
    with a_server({"/us.ics": answer, "": answer}) as server:
        told = refused(server.address())

    assert told in (
        "127.0.0.1 sends on to something that is no address.",
        "127.0.0.1 sends from one address to the next, without an end.",
    )


def test_a_redirect_never_gives_up_encryption():
    typed = fetching._parts("https://calendar.example/us.ics")
    with pytest.raises(FetchError) as error:
        fetching._redirected("http://calendar.example/us.ics", typed, typed)

    assert "calendar.example sends on to an address without encryption." == str(error.value)


def test_a_redirect_may_take_up_encryption():
    typed = fetching._parts("http://me:secret@calendar.example/us.ics")
    target = fetching._redirected("https://calendar.example/us.ics", typed, typed)

    assert ("https://calendar.example/us.ics", typed.login) == (str(target), target.login)


def test_a_password_goes_to_the_typed_host():
    with a_server(giving(CALENDAR)) as server:
        fetch(server.address().replace("://", "://ma%40ya:se%3Acret@"))
        (asked,) = server.asked

    assert b"ma@ya:se:cret" == base64.b64decode(asked[1]["Authorization"].removeprefix("Basic "))
    assert "secret" not in asked[0]


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("https://me:secret@calendar.example/", "https://elsewhere.example/"),
        ("https://me:secret@calendar.example/", "https://other:one@elsewhere.example/"),
        ("https://me:secret@nas.example:5001/", "http://nas.example:5001/"),
    ],
)
def test_a_password_goes_nowhere_else(typed, to):
    place = fetching._parts(typed)

    assert "" == fetching._redirected(to, place, place).login


def test_a_password_comes_back_with_the_typed_host_only():
    typed = fetching._parts("https://me:secret@calendar.example/")
    away = fetching._redirected("https://elsewhere.example/", typed, typed)
    back = fetching._redirected("https://calendar.example/us.ics", away, typed)

    assert ("", typed.login) == (away.login, back.login)


def test_no_sentence_holds_a_password():
    with a_server({"/us.ics": lambda handler: handler.tell(404)}) as server:
        told = refused(server.address().replace("://", "://maya:secret@"))

    assert "127.0.0.1 has no calendar at this address." == told


def test_no_cookie_is_kept():
    answers = {"/us.ics": lambda h: h.tell(302, Location="/new", Set_Cookie="a=b")}
    with a_server(answers | {"/new": giving(CALENDAR)}) as server:
        fetch(server.address())

        assert all("Cookie" not in headers for _, headers in server.asked)


@pytest.mark.usefixtures("one_second")
def test_a_host_proves_who_it_is():
    with a_server(giving(CALENDAR)) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        told = refused(f"https://127.0.0.1:{server.server_port}/us.ics")

    assert "127.0.0.1 cannot prove that it is 127.0.0.1." == told


def test_a_host_that_proves_who_it_is_is_heard(monkeypatch):
    trusted = ssl.create_default_context(cafile=str(CERTIFICATE))
    monkeypatch.setattr(ssl, "create_default_context", lambda: trusted)
    with a_server(giving(CALENDAR)) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        assert CALENDAR == fetch(f"webcal://localhost:{server.server_port}/us.ics")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - nothing is bound to it
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:192.168.1.1", False),
        ("64:ff9b::c0a8:101", False),
        ("2002:c0a8:101::1", False),
    ],
)
def test_only_the_open_internet_is_public(address, public):
    assert public is fetching._is_public(address)
