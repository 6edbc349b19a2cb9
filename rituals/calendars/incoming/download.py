"""Download of an outside calendar from the very address a couple typed, when they ask for it.

That address may lie in the home network. A redirect may not lead there: every address of a host
is checked, and the connection goes to a checked one, so that a name cannot change its mind in
between. A password in the address goes to the typed host alone and is in no sentence.
"""

from __future__ import annotations

import base64
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin, urlsplit

SECONDS = 20  # for everything together
MOST_BYTES = 64 * 1024 * 1024  # unpacked
MOST_REDIRECTS = 3
AT_ONCE = 64 * 1024
PORTS = {"http": 80, "https": 443}
WEBCAL = {"webcal": "https", "webcals": "https"}
REDIRECTS = {301, 302, 303, 307, 308}
NAT64 = ipaddress.ip_network("64:ff9b::/96")

NOT_AN_ADDRESS = "Only an address that begins with https://, http:// or webcal:// can be fetched."
REFUSALS = {
    401: "{host} asks for a name and a password: its private address has both in it.",
    403: "{host} does not give this calendar to everybody: use its private address.",
    404: "{host} has no calendar at this address.",
    410: "{host} no longer has a calendar at this address.",
    429: "{host} asks for some patience: try again later.",
}


class FetchError(ValueError):
    """A calendar did not arrive; the text is one sentence for people, without any password."""


@dataclass(frozen=True)
class _Place:
    """An address in its parts; `login` is the value of an Authorization header or nothing."""

    scheme: str
    host: str
    port: int
    path: str
    login: str = ""

    @property
    def door(self) -> tuple[str, int]:
        return self.host, self.port

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        shown = host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"
        return f"{self.scheme}://{shown}{self.path}"


def fetch(address: str) -> bytes:
    """The bytes at an address, unpacked; raises FetchError if they do not come."""
    typed = _place(address)
    with closing(_Clock(SECONDS)) as clock:
        try:
            return _followed(typed, clock)
        except _LateError:
            raise FetchError(f"{typed.host} took longer than {SECONDS} seconds.") from None


def _followed(typed: _Place, clock: _Clock) -> bytes:
    place = typed
    for _ in range(MOST_REDIRECTS + 1):
        with closing(_Visit(place, typed, clock)) as visit, visit.answer() as answer:
            if answer.status not in REDIRECTS:
                return _body(answer, place, clock)
            place = _redirected(answer.getheader("Location"), place, typed)
    raise FetchError(f"{typed.host} sends from one address to the next, without an end.")


def _place(address: str) -> _Place:
    """The parts of an address that a person typed."""
    try:
        place = _parts(address.strip())
    except ValueError:
        raise FetchError(NOT_AN_ADDRESS) from None
    return place


def _parts(address: str) -> _Place:
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in address):
        raise ValueError("blanks and control characters are no part of an address")
    parts = urlsplit(address)
    scheme = WEBCAL.get(parts.scheme, parts.scheme)
    if scheme not in PORTS or not parts.hostname or "%" in parts.hostname:
        raise ValueError("not an address of the web")
    host = parts.hostname.rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    path = "".join(c if c.isascii() else "".join(f"%{b:02X}" for b in c.encode()) for c in path)
    login = ""
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        login = "Basic " + base64.b64encode(pair.encode()).decode()
    return _Place(scheme, host, parts.port or PORTS[scheme], path, login)


def _redirected(location: str | None, place: _Place, typed: _Place) -> _Place:
    """Target of a redirect; a password goes along to the typed host, never in the clear anew."""
    try:
        target = _parts(urljoin(str(replace(place, login="")), location or ""))
    except ValueError:
        raise FetchError(f"{place.host} sends on to something that is no address.") from None
    if place.scheme == "https" and target.scheme == "http" and target.door != typed.door:
        raise FetchError(f"{place.host} sends on to an address without encryption.")
    keeps = target.host == typed.host and target.scheme in ("https", typed.scheme)
    return replace(target, login=typed.login if keeps else "")


class _LateError(Exception):
    """The time is over."""


class _Clock:
    """Ends a connection when the time is over, however slowly it drips."""

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds
        self._connection: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._timer.start()

    def left(self) -> float:
        """Seconds that are left; raises _LateError when none are."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise _LateError
        return left

    def watch(self, connection: socket.socket) -> None:
        """Makes this the connection to end."""
        self._connection = connection
        self.left()

    def close(self) -> None:
        """Stops the timer."""
        self._timer.cancel()

    def _end(self) -> None:
        if self._connection is not None:
            with suppress(OSError):  # it may have ended by itself
                # the plain way also for TLS, whose own would change what another thread reads from
                socket.socket.shutdown(self._connection, socket.SHUT_RDWR)


class _Visit(http.client.HTTPConnection):
    """One question to one place, through a connection to an address that was checked."""

    def __init__(self, place: _Place, typed: _Place, clock: _Clock) -> None:
        super().__init__(place.host, place.port)
        self._place, self._typed, self._clock = place, typed, clock

    def connect(self) -> None:
        """Connects to the first address of the host that answers, all of them checked before."""
        addresses = _resolved(self._place, self._clock)
        if self._place.door != self._typed.door and not all(map(_is_public, addresses)):
            raise FetchError(
                f"{self._typed.host} sends on to a private network: "
                "if you trust it, type that address yourselves."
            )
        plain = self._connected(addresses)
        self._clock.watch(plain)
        self.sock = self._encrypted(plain) if self._place.scheme == "https" else plain

    def answer(self) -> http.client.HTTPResponse:
        """The response, its body still unread; raises FetchError where none comes."""
        host, place = self._place.host, self._place
        headers = {
            "Host": str(replace(place, path="")).partition("://")[2],
            "Accept": "text/calendar, */*;q=0.5",
            "Accept-Encoding": "gzip",
            "User-Agent": "Leavewell",
            "Connection": "close",
        }
        if place.login:
            headers["Authorization"] = place.login
        try:
            self.request("GET", place.path, headers=headers)
            return self.getresponse()
        except ssl.SSLCertVerificationError:
            raise FetchError(f"{host} cannot prove that it is {host}.") from None
        except (OSError, http.client.HTTPException):
            self._clock.left()
            raise FetchError(f"{host} gives no answer that can be understood.") from None

    def _connected(self, addresses: list[str]) -> socket.socket:
        for address in addresses:
            try:
                return socket.create_connection((address, self._place.port), self._clock.left())
            except OSError:
                self._clock.left()
        raise FetchError(f"{self._place.host} does not answer.")

    def _encrypted(self, plain: socket.socket) -> ssl.SSLSocket:
        secure = ssl.create_default_context().wrap_socket(
            plain, server_hostname=self._place.host, do_handshake_on_connect=False
        )
        self.sock = secure
        self._clock.watch(secure)
        secure.do_handshake()
        return secure


def _resolved(place: _Place, clock: _Clock) -> list[str]:
    """Every address of a host, asked for in a thread because nothing else ends that question."""
    found: list[str] = []

    def ask() -> None:
        with suppress(OSError, UnicodeError):
            answers = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(entry[4][0]) for entry in answers))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(clock.left())
    clock.left()
    if not found:
        raise FetchError(f"There is no {place.host}, or this machine is offline.")
    return found


def _is_public(address: str) -> bool:
    """True if an address lies in the open internet, also where it wraps an IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in NAT64:
            return _is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
        if ip.ipv4_mapped:
            return _is_public(str(ip.ipv4_mapped))
        wrapped = [inner for inner in (ip.sixtofour, *(ip.teredo or ())) if inner]
        if not all(_is_public(str(inner)) for inner in wrapped):
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _body(answer: http.client.HTTPResponse, place: _Place, clock: _Clock) -> bytes:
    if answer.status != http.client.OK:
        sentence = REFUSALS.get(answer.status, "{host} answers with its error {status}.")
        raise FetchError(sentence.format(host=place.host, status=answer.status))
    packed = answer.getheader("Content-Encoding", "identity").strip().lower()
    if packed not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(f"{place.host} sends the calendar packed in an unknown way.")
    data = bytearray()
    try:
        for part in _unpacked(answer, clock) if "gzip" in packed else _arriving(answer, clock):
            data += part
            if len(data) > MOST_BYTES:
                raise FetchError(f"The calendar at {place.host} is larger than 64 MB.")
    except (OSError, http.client.HTTPException, zlib.error, EOFError):
        clock.left()
        raise FetchError(f"The calendar from {place.host} broke off halfway: try again.") from None
    if data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        raise FetchError(f"{place.host} answers with a web page: it may ask for a login first.")
    return bytes(data)


def _arriving(answer: http.client.HTTPResponse, clock: _Clock) -> Iterator[bytes]:
    while part := answer.read(AT_ONCE):
        clock.left()
        yield part
    clock.left()
    if answer.length:
        raise EOFError


def _unpacked(answer: http.client.HTTPResponse, clock: _Clock) -> Iterator[bytes]:
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for part in _arriving(answer, clock):
        yield unzip.decompress(part, AT_ONCE)
        while unzip.unconsumed_tail and not unzip.eof:
            clock.left()
            yield unzip.decompress(unzip.unconsumed_tail, AT_ONCE)
    if not unzip.eof:
        raise EOFError
