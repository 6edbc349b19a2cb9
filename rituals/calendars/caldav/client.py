"""CalDAV client for one calendar: lists, reads and writes objects, one for each event.

Nothing is written without a condition on what exists (If-Match, If-None-Match), and nothing is
followed elsewhere: a login goes to the server it was typed for, and to names under it.
"""

from __future__ import annotations

import ipaddress
import logging
import math
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

import niquests
from caldav.davclient import DAVClient
from caldav.lib.error import AuthorizationError, DAVError, RateLimitError
from lxml.etree import XMLSyntaxError

from rituals.calendars.caldav.digest import Digest
from rituals.calendars.caldav.errors import ChangedRemotelyError, ServerError
from rituals.calendars.outgoing import ical
from rituals.model.calendar import RemoteObject, Server

PATIENCE = 15  # seconds until a server says its first word
WHOLE = 60  # seconds for one answer, however slowly it drips
LONGEST_WAIT = 2 * 60 * 60  # seconds that a server asks for and that are told in minutes
MOST_BYTES = 64 * 1024 * 1024
PROVIDERS = (".icloud.com", ".fastmail.com", ".yahoo.com", ".google.com", ".zoho.com", ".gmx.net")
MOST_REDIRECTS = 3
AT_ONCE = 64  # objects that are asked for together
LOOKS = {"PROPFIND", "REPORT", "OPTIONS"}  # may be sent on within one server
REDIRECTS = {301, 302, 307, 308}
WRITTEN = {200, 201, 204}
WRONG = (DAVError, OSError, ValueError, XMLSyntaxError)  # what an odd answer is refused with

# It logs pieces of answers, and a traceback where one is odd; errors become sentences here.
logging.getLogger("caldav").setLevel(logging.CRITICAL)

CALDAV = "{urn:ietf:params:xml:ns:caldav}"
WRITE = {"{DAV:}write", "{DAV:}write-content", "{DAV:}all"}
PROPERTIES = """<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
<resourcetype/><displayname/><current-user-privilege-set/></prop></propfind>"""
ETAGS = '<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
MULTIGET = """<C:calendar-multiget xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
<getetag/><C:calendar-data/></prop>{}</C:calendar-multiget>"""
BY_UID = """<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
<getetag/><C:calendar-data/></prop><C:filter><C:comp-filter name="VCALENDAR">
<C:comp-filter name="VEVENT"><C:prop-filter name="UID">
<C:text-match collation="i;octet">{}</C:text-match></C:prop-filter></C:comp-filter>
</C:comp-filter></C:filter></C:calendar-query>"""

NO_SERVER = "There is no calendar server at this address."
UNTRUSTED = "{host} shows a certificate that this machine does not trust."
NO_HTTPS = "{host} does not speak https: at home, write its address with http:// in front."
SENTENCES = {
    401: "{host} did not take this name and password; many servers ask for an app password.",
    403: "{host} does not let this name change that calendar.",
    404: "{host} has no calendar there: choose one on the page Calendars.",
    413: "{host} finds this too large.",
    423: "{host} has locked this calendar for a while: try again later.",
    429: "{host} asks for some patience: try again {when}.",
    507: "{host} has no room left for this.",
}


@dataclass(frozen=True)
class OfferedCalendar:
    """A calendar that a server offers."""

    calendar: str  # its address
    name: str
    writable: bool


def list_calendars(url: str, login: str, password: str) -> tuple[OfferedCalendar, ...]:
    """The calendars that a server offers to a login; raises ServerError where it offers none."""
    host = _host(url)
    with _client(url, login, password) as client, _errors_as_sentences(host):
        found = tuple(_offered(client))
    if not found:
        raise ServerError(f"{host} has no calendar for this name yet: make one there first.")
    return found


@contextmanager
def opened(server: Server, password: str, tz: ZoneInfo) -> Iterator[Connection]:
    """A connection to a calendar; times without a zone are read as those of `tz`."""
    with _client(server.calendar, server.login, password) as client:
        yield Connection(client, server.calendar, tz)


class Connection:
    """One calendar on its server; every method raises ServerError where the server does not."""

    def __init__(self, client: DAVClient, calendar: str, tz: ZoneInfo) -> None:
        self._client = client
        self._calendar = calendar.rstrip("/") + "/"
        self._tz = tz
        self._host = _host(calendar)

    def listing(self) -> dict[str, str]:
        """The etag of every object in the calendar, by name."""
        with _errors_as_sentences(self._host):
            answer = self._client.propfind(self._calendar, ETAGS, depth=1)
            rows = _rows(answer, self._host)
            # The calendar itself is among them: an empty answer is not an empty calendar.
            if not rows:
                raise ServerError(f"{self._host} did not say what lies in the calendar.")
            listed = {_last(row.href): row.properties.get("{DAV:}getetag") for row in rows}
            listed.pop(_last(self._calendar), None)
            if None in listed.values():
                raise ServerError(f"{self._host} did not tell one version from another.")
            return listed

    def read(self, names: Iterable[str]) -> dict[str, RemoteObject]:
        """Those of the named objects that exist, by name."""
        wanted = sorted(set(names))
        found: dict[str, RemoteObject] = {}
        for first in range(0, len(wanted), AT_ONCE):
            part = wanted[first : first + AT_ONCE]
            lines = "".join(f"<href>{urlsplit(self._at(name)).path}</href>" for name in part)
            found |= {each.name: each for each in self._report(MULTIGET.format(lines))}
        return found

    def find(self, uid: str) -> RemoteObject | None:
        """The object that holds an event of this UID, wherever in the calendar it lies."""
        objects = self._report(BY_UID.format(uid))
        return next((each for each in objects if each.uid == uid), None)

    def name_for(self, uid: str) -> str:
        """The name under which a new event is created."""
        return f"{uid.partition('@')[0]}.ics"

    def put(self, name: str, content: bytes, etag: str | None) -> str:
        """Writes an object in place of the one with this etag (None: of none) and returns its etag.

        "" where the server gives none. Raises ChangedRemotelyError where it is not as it was.
        """
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag}
        kind = {"Content-Type": "text/calendar; charset=utf-8"}
        with _errors_as_sentences(self._host):
            answer = self._client.put(self._at(name), content.decode(), kind | condition)
            _is_written(answer, self._host)
            return str(answer.headers.get("ETag") or "")

    def remove(self, name: str, etag: str) -> None:
        """Deletes an object if it is still as it was; one that is gone already is no error."""
        with _errors_as_sentences(self._host):
            answer = self._client.delete(self._at(name), {"If-Match": etag})
            if answer.status != HTTPStatus.NOT_FOUND:
                _is_written(answer, self._host)

    def _report(self, query: str) -> list[RemoteObject]:
        with _errors_as_sentences(self._host):
            answer = self._client.report(self._calendar, query, depth=1)
            if answer.status != HTTPStatus.MULTI_STATUS:
                raise ServerError(_refusal(answer.status, self._host))
            return [
                _remote_object(_last(row.href), row.etag or "", row.calendar_data, self._tz)
                for row in answer.parse_calendar_query()
                if row.calendar_data
            ]

    def _at(self, name: str) -> str:
        return self._calendar + quote(name)


class _Careful(niquests.Session):
    """A session whose answers are bounded in time and size, and whose login goes nowhere else."""

    def __init__(self, home: str, login: str, password: str) -> None:
        super().__init__()
        self.trust_env = False  # else proxies and logins of the environment join in
        self._home = urlsplit(home)
        self._digest = Digest(login, password)
        self._digests = False

    def request(self, method: str, url: str, **options: Any) -> niquests.Response:  # type: ignore[override]
        """The whole answer; redirects are followed for looks alone."""
        for _ in range(MOST_REDIRECTS + 1):
            self._check(str(url))
            answer = self._answer(method, str(url), options)
            if self._digest.accepts(answer):  # once at first, and where the server's word is old
                self._digests = True
                answer = self._answer(method, str(url), options)
            where = answer.headers.get("Location")
            if method not in LOOKS or answer.status_code not in REDIRECTS or not where:
                return answer
            url = urljoin(str(url), str(where))
        raise ServerError(f"{self._home.hostname} sends from one address to the next.")

    def _check(self, url: str) -> None:
        target = urlsplit(url)
        same = (target.hostname, target.port) == (self._home.hostname, self._home.port)
        kin = target.scheme == "https" and _is_kin(target.hostname or "", self._home.hostname or "")
        if not (same or kin) or (self._home.scheme, target.scheme) == ("https", "http"):
            raise ServerError(
                f"{self._home.hostname} sends on to {target.hostname}: type that address instead."
            )
        if target.scheme == "http" and not _is_at_home(target.hostname or ""):
            raise ServerError("Without https the password could be read on its way: use https://.")

    def _answer(self, method: str, url: str, options: Mapping[str, Any]) -> niquests.Response:
        until = time.monotonic() + WHOLE
        headers = {**(options.get("headers") or {}), "Accept-Encoding": "identity"}
        given = {**options, "headers": headers, "stream": True, "allow_redirects": False}
        if self._digests:
            given["auth"] = self._digest
        answer = super().request(method, url, **given)
        body = bytearray()
        for part in answer.iter_content(AT_ONCE * 1024):
            body += part
            if len(body) > MOST_BYTES or time.monotonic() > until:
                answer.close()
                raise niquests.ReadTimeout("too much, or too slowly")
        # caldav writes whatever is not XML into the log.
        is_xml = "xml" in str(answer.headers.get("Content-Type", ""))
        answer._content = bytes(body) if is_xml and answer.ok else b""
        answer._content_consumed = True
        return answer


def _remote_object(name: str, etag: str, written: str, tz: ZoneInfo) -> RemoteObject:
    return RemoteObject(name, etag, ical.read_event(written, tz), ical.uid_in(written), written)


@contextmanager
def _client(url: str, login: str, password: str) -> Iterator[DAVClient]:
    client = DAVClient(
        url=url,
        username=login,
        password=password,
        timeout=PATIENCE,
        auth_type="basic",
        enable_rfc6764=False,  # a typed address needs no look-up of another
    )
    client.session.close()
    client.session = _Careful(url, login, password)
    with client:
        yield client


@contextmanager
def _errors_as_sentences(host: str) -> Iterator[None]:
    try:
        yield
    except ServerError:
        raise
    except WRONG as wrong:
        raise ServerError(_sentence(wrong, host)) from None  # its text may hold the whole address


def _sentence(wrong: BaseException, host: str) -> str:
    match wrong:
        case RateLimitError():
            return SENTENCES[429].format(host=host, when=_when(wrong.retry_after_seconds))
        case AuthorizationError():
            return SENTENCES[401 if _status(wrong) != HTTPStatus.FORBIDDEN else 403].format(
                host=host
            )
        case niquests.exceptions.SSLError():
            return (
                NO_HTTPS.format(host=host)
                if "WRONG_VERSION" in str(wrong)
                else UNTRUSTED.format(host=host)
            )
        case niquests.exceptions.Timeout():
            return f"{host} did not answer in time."
        case niquests.exceptions.ConnectionError() | niquests.exceptions.ChunkedEncodingError():
            return f"The connection to {host} did not hold, or there is none."
    return NO_SERVER


def _when(seconds: float | None) -> str:
    """When a server wants to be asked again, rounded up."""
    if not seconds or not 0 < seconds <= LONGEST_WAIT:
        return "later"
    minutes = math.ceil(seconds / 60)
    return "in a minute" if minutes == 1 else f"in {minutes} minutes"


def _status(wrong: AuthorizationError) -> int:
    return int(getattr(wrong, "status", None) or HTTPStatus.UNAUTHORIZED)


def _offered(client: DAVClient) -> Iterator[OfferedCalendar]:
    home = str(_home_of(client))
    for row in _rows(client.propfind(home, PROPERTIES, depth=1), _host(home)):
        if f"{CALDAV}calendar" in (row.properties.get("{DAV:}resourcetype") or ()):
            may = row.properties.get("{DAV:}current-user-privilege-set")
            address = urljoin(home, quote(_path(row.href)))
            name = str(row.properties.get("{DAV:}displayname") or _last(row.href))
            yield OfferedCalendar(address, name, may is None or not WRITE.isdisjoint(may))


def _home_of(client: DAVClient) -> Any:
    """The home set of a login: by the address typed, else by the server's well-known one."""
    try:
        return _home_set(client)
    except (AuthorizationError, RateLimitError, ServerError, OSError):
        raise
    except WRONG:
        client.url = client.url.join("/.well-known/caldav")
        return _home_set(client)


def _home_set(client: DAVClient) -> Any:
    try:
        return client.principal().calendar_home_set.url  # type: ignore[no-untyped-call]
    except AttributeError as odd:  # the library's own, of an answer without XML or with two homes
        raise DAVError("no principal") from odd


def _rows(answer: Any, host: str) -> Any:
    if answer.status != HTTPStatus.MULTI_STATUS or answer.results is None:
        raise ServerError(_refusal(answer.status, host))
    return answer.results


def _is_written(answer: Any, host: str) -> None:
    if answer.status in (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.CONFLICT):
        raise ChangedRemotelyError(f"Somebody changed this at {host} in the meantime.")
    if answer.status not in WRITTEN:
        raise ServerError(_refusal(answer.status, host))


def _refusal(status: int, host: str) -> str:
    if status in SENTENCES:
        return SENTENCES[status].format(host=host, when=_when(None))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{host} has a difficulty of its own ({status}): try again later."
    return NO_SERVER


def _host(url: str) -> str:
    """The server's name in an address; raises ServerError where there is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ServerError("Write the server’s address like https://calendar.example.")
    return parts.hostname


def _is_kin(host: str, home: str) -> bool:
    """True for a name under the one that was typed, or another one of the same provider.

    Two names that only end alike may be two people's: all of co.uk or duckdns.org is nobody's.
    """
    host, home = host.lower(), home.lower()
    under = "." in home and host.endswith(f".{home}")
    return under or any(host.endswith(of) and home.endswith(of) for of in PROVIDERS)


def _is_at_home(host: str) -> bool:
    """True if a name is one of this machine or the network at home."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".lan", ".home", ".home.arpa"))


def _path(href: str) -> str:
    return unquote(urlsplit(href).path)


def _last(href: str) -> str:
    return _path(href).rstrip("/").rpartition("/")[2]
