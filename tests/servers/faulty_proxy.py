"""A forwarder in front of a CalDAV server that goes wrong where a test plans it, and only there.

Whatever is not planned passes as it is. A fault is a function of one exchange: it may forward the
request or not, do something else meanwhile, and answer or not. What was asked is kept, but never
who asked.
"""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

METHODS = "GET HEAD OPTIONS PUT DELETE POST MOVE COPY PROPFIND PROPPATCH REPORT MKCOL MKCALENDAR"
OF_ONE_LINE = {"connection", "keep-alive", "transfer-encoding"}  # each side has its own
OF_THIS_REQUEST = OF_ONE_LINE | {"content-length"}
WITHOUT_BODY = (204, 304)
TIMEOUT = 20  # seconds


class Asked(NamedTuple):
    """One request as it came in."""

    method: str
    path: str
    if_match: str | None
    if_none_match: str | None
    depth: str | None
    login: str  # in which way it said who asks, if it did; never who that is


class Answer(NamedTuple):
    """What the server said, or what a fault says instead."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def has(self, name: str) -> bool:
        """Whether there is such a header."""
        return any(name.lower() == one.lower() for one, _ in self.headers)


class Exchange:
    """One request, and what may be done with it."""

    def __init__(self, handler: "_Handler", body: bytes) -> None:
        self._handler = handler
        self._body = body

    @property
    def path(self) -> str:
        """What is asked for."""
        return str(self._handler.path)

    def forward(self, path: str = "", change: Callable[[bytes], bytes] = bytes) -> Answer:
        """Ask the server, perhaps for another path or with another body.

        Its answer is not yet on its way to the client.
        """
        asked = self._handler
        headers = {k: v for k, v in asked.headers.items() if k.lower() not in OF_THIS_REQUEST}
        target = urlsplit(asked.server.proxy.target).netloc
        with closing(HTTPConnection(target, timeout=TIMEOUT)) as line:
            line.request(asked.command, path or asked.path, change(self._body), headers)
            answer = line.getresponse()
            content = answer.read()
        kept = tuple(one for one in answer.getheaders() if one[0].lower() not in OF_ONE_LINE)
        return Answer(answer.status, kept, content)

    def answer(self, answer: Answer) -> None:
        """Tell the client; a length among the headers is said as it is, right or wrong."""
        self._handler.send_response_only(answer.status)
        for name, value in answer.headers:
            self._handler.send_header(name, value)
        if not answer.has("Content-Length") and answer.status not in WITHOUT_BODY:
            self._handler.send_header("Content-Length", str(len(answer.body)))
        self._handler.end_headers()
        self.send(answer.body)

    def send(self, more: bytes) -> None:
        """Send these bytes as they are."""
        self._handler.wfile.write(more)

    def cut(self) -> None:
        """Break the line."""
        self._handler.close_connection = True
        self._handler.connection.shutdown(socket.SHUT_RDWR)

    def wait(self, seconds: float) -> bool:
        """Let time go by; true, and at once, where the line is taken down."""
        return self._handler.server.proxy.over.wait(seconds)


Fault = Callable[[Exchange], None]


def says(status: int, body: bytes = b"", **headers: str) -> Fault:
    """The server is not asked at all; this is the answer instead."""
    written = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda exchange: exchange.answer(Answer(status, written, body))


def shows_a_page(status: int = 200) -> Fault:
    """An HTML page instead of an answer, as the login page of a hotel's network."""
    page = b"<!DOCTYPE html><html><body><p>Welcome &nbsp; to our guests' net<br></body></html>"
    return says(status, page, Content_Type="text/html; charset=utf-8")


def leads_to(address: str, status: int = 302) -> Fault:
    """A redirect to this address."""
    return says(status, Location=address)


def cuts_before(exchange: Exchange) -> None:
    """The line breaks before the server has heard anything."""
    exchange.cut()


def cuts_after(exchange: Exchange) -> None:
    """The server has done what was asked, and the line breaks before it could say so."""
    exchange.forward()
    exchange.cut()


def breaks_off(exchange: Exchange) -> None:
    """The first half of the server's answer, then the line breaks."""
    status, headers, body = _with_its_length(exchange.forward())
    exchange.answer(Answer(status, headers, body[: len(body) // 2]))
    exchange.cut()


def loses_the_etag(exchange: Exchange) -> None:
    """The server's own answer, but without its ETag header."""
    status, headers, body = exchange.forward()
    left = tuple(header for header in headers if header[0].lower() != "etag")
    exchange.answer(Answer(status, left, body))


def stores_instead(change: Callable[[str], str], place: str = "{}") -> Fault:
    """The server keeps another text than it was given, under a name of its own making."""

    def changed(exchange: Exchange) -> None:
        folder, _, name = exchange.path.rpartition("/")
        path = f"{folder}/{place.format(name)}"
        exchange.answer(exchange.forward(path, lambda body: change(body.decode()).encode()))

    return changed


def answers_late(seconds: float) -> Fault:
    """The server does what was asked at once, and its answer takes so long."""

    def late(exchange: Exchange) -> None:
        answer = exchange.forward()
        exchange.wait(seconds)
        exchange.answer(answer)

    return late


def drips(seconds: float) -> Fault:
    """The server's answer, so long for each byte: always something, never all of it."""

    def dripping(exchange: Exchange) -> None:
        status, headers, body = _with_its_length(exchange.forward())
        exchange.answer(Answer(status, headers))
        for byte in body:
            if exchange.wait(seconds):
                return
            exchange.send(bytes([byte]))

    return dripping


def never_ends(exchange: Exchange) -> None:
    """An answer that goes on for as long as anybody listens."""
    headers = (("Content-Type", "application/xml"), ("Content-Length", str(10**15)))
    exchange.answer(Answer(207, headers))
    while not exchange.wait(0):
        exchange.send(b" " * 65_536)


class _Planned(NamedTuple):
    method: str
    first: int
    end: float
    fault: Fault


@dataclass
class FaultyProxy:
    """The forwarder: its address, what was asked of it, and what is to go wrong."""

    target: str
    url: str
    requests: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    _plans: list[_Planned] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, method: str, fault: Fault, *, nth: int = 1, times: float = 1) -> None:
        """The n-th request of this method from now on, and so many of them, will go wrong."""
        first = self.count(method) + nth
        self._plans.append(_Planned(method, first, first + times, fault))

    def count(self, method: str) -> int:
        """How many requests of this method have come."""
        return Counter(asked.method for asked in self.requests)[method]

    def forget(self) -> None:
        """Begin anew: nothing was asked, nothing is planned."""
        with self._lock:
            self.requests.clear()
            self._plans.clear()

    def fault_for(self, asked: Asked) -> Fault:
        """Note the request; what is planned for it, or to pass it on."""
        with self._lock:
            self.requests.append(asked)
            number = self.count(asked.method)
            for method, first, end, fault in self._plans:
                if method == asked.method and first <= number < end:
                    return fault
        return _passes_on


@contextmanager
def a_faulty_proxy(target: str, certificate: Path | None = None) -> Iterator[FaultyProxy]:
    """A forwarder to the server at this address, which runs while the block does.

    With a certificate (its key in the same file) it is asked over TLS.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, True, do_handshake_on_connect=False)
    scheme = "https" if certificate else "http"
    proxy = server.proxy = FaultyProxy(target, f"{scheme}://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _passes_on(exchange: Exchange) -> None:
    exchange.answer(exchange.forward())


def _with_its_length(answer: Answer) -> Answer:
    if answer.has("Content-Length"):
        return answer
    return answer._replace(headers=(*answer.headers, ("Content-Length", str(len(answer.body)))))


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a client may keep its line open for longer than the test
    proxy: FaultyProxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; the second would wait 40 ms
    server: _Server

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # the client has gone, or does not trust our certificate
            self.close_connection = True

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        said = self.headers
        asked = Asked(
            self.command,
            self.path,
            said.get("If-Match"),
            said.get("If-None-Match"),
            said.get("Depth"),
            said.get("Authorization", "").partition(" ")[0],
        )
        self.server.proxy.fault_for(asked)(Exchange(self, body))

    def log_message(self, *_: object) -> None:
        """Silent."""


for _method in METHODS.split():
    setattr(_Handler, f"do_{_method}", _Handler.handle_any)
