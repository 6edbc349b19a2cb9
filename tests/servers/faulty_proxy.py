"""A forwarder in front of a CalDAV server that goes wrong where a test plans it, and only there.

Whatever is not planned passes as it is. A fault is a function of one exchange: it may forward the
request or not, and answer the client or not. What was asked is kept, but never a password.
"""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

METHODS = "GET HEAD OPTIONS PUT DELETE POST MOVE COPY PROPFIND PROPPATCH REPORT MKCOL MKCALENDAR"
OF_ONE_LINE = {"connection", "keep-alive", "transfer-encoding"}  # each side has its own
OURS = OF_ONE_LINE | {"content-length", "date", "server"}
TIMEOUT = 20  # seconds


class Asked(NamedTuple):
    """One request as it came in."""

    method: str
    path: str
    if_match: str | None
    if_none_match: str | None
    depth: str | None
    with_login: bool  # whether it said who asks; never who that is


class Answer(NamedTuple):
    """What the server said, or what a fault says instead."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@dataclass
class Exchange:
    """One request, and the hands to forward it, to answer it or to cut the line."""

    asked: Asked
    forward: Callable[[], Answer]
    answer: Callable[[Answer], None]
    cut: Callable[[], None]
    wait: Callable[[float], object]  # ends early when the proxy does


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


def loses_the_etag(exchange: Exchange) -> None:
    """The server's own answer, but without its ETag header."""
    status, headers, body = exchange.forward()
    left = tuple(header for header in headers if header[0].lower() != "etag")
    exchange.answer(Answer(status, left, body))


def answers_late(seconds: float) -> Fault:
    """The server does what was asked at once, and its answer takes so long."""

    def late(exchange: Exchange) -> None:
        answer = exchange.forward()
        exchange.wait(seconds)
        exchange.answer(answer)

    return late


def breaks_off(exchange: Exchange) -> None:
    """The first half of the server's answer, then the line breaks."""
    status, headers, body = exchange.forward()
    whole = (*headers, ("Content-Length", str(len(body))))
    exchange.answer(Answer(status, whole, body[: len(body) // 2]))
    exchange.cut()


class _Planned(NamedTuple):
    method: str
    first: int
    last: float
    fault: Fault


@dataclass
class FaultyProxy:
    """The forwarder: its address, what was asked of it, and what is to go wrong."""

    target: str
    url: str
    requests: list[Asked] = field(default_factory=list)
    _plans: list[_Planned] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

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
        for method, first, last, fault in self._plans:
            if method == asked.method and first <= number < last:
                return fault
        return _passes_on

    def wait(self, seconds: float) -> object:
        """Wait, unless the proxy ends."""
        return self._over.wait(seconds)

    def end(self) -> None:
        """Let everyone go who still waits."""
        self._over.set()


@contextmanager
def a_faulty_proxy(target: str) -> Iterator[FaultyProxy]:
    """A forwarder to the server at this address, which runs while the block does."""
    server = _Server(("127.0.0.1", 0), _Handler)
    proxy = server.proxy = FaultyProxy(target, f"http://127.0.0.1:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield proxy
    finally:
        proxy.end()
        server.shutdown()
        server.server_close()
        thread.join()


def _passes_on(exchange: Exchange) -> None:
    exchange.answer(exchange.forward())


class _Server(ThreadingHTTPServer):
    daemon_threads = True  # a client may keep its line open for longer than the test
    proxy: FaultyProxy


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes; the second would wait 40 ms
    server: _Server

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = self._asked()
        exchange = Exchange(
            asked, lambda: self._forward(body), self._answer, self._cut, self.server.proxy.wait
        )
        with suppress(OSError):  # the client may have gone
            self.server.proxy.fault_for(asked)(exchange)

    def log_message(self, *_: object) -> None:
        """Silent."""

    def _asked(self) -> Asked:
        conditions = (self.headers.get(name) for name in ("If-Match", "If-None-Match", "Depth"))
        return Asked(self.command, self.path, *conditions, "Authorization" in self.headers)

    def _forward(self, body: bytes) -> Answer:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in OF_ONE_LINE}
        with closing(HTTPConnection(urlsplit(self.server.proxy.target).netloc, timeout=TIMEOUT)) as line:
            line.request(self.command, self.path, body, headers)
            answer = line.getresponse()
            content = answer.read()
        kept = tuple(header for header in answer.getheaders() if header[0].lower() not in OURS)
        return Answer(answer.status, kept, content)

    def _answer(self, answer: Answer) -> None:
        names = {name.lower() for name, _ in answer.headers}
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if "content-length" not in names:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


for _method in METHODS.split():
    setattr(_Handler, f"do_{_method}", _Handler.handle_any)
