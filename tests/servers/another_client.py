"""What a partner does on the phone, done by another program than ours: plain HTTP and vobject.

It writes events back as vobject has them, so the order of lines, the zone's rules and the PRODID
may all be different afterwards, as with any phone.
"""

import re
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import md5
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import vobject

DAV = "{DAV:}"
DATA = "{urn:ietf:params:xml:ns:caldav}calendar-data"
TIMEOUT = 20  # seconds
LISTING = (
    b'<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
    b"<prop><getetag/><C:calendar-data/></prop>"
    b'<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>'
)
NEW_CALENDAR = (
    '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
    "<displayname>{name}</displayname></prop></set></C:mkcalendar>"
)
EVENT = "text/calendar; charset=utf-8"
DIGEST = re.compile(r'\b(realm|nonce)="([^"]*)"')  # what a server asks for that wants a digest


class Found(NamedTuple):
    """One event as it lies on the server; its times in UTC."""

    uid: str
    href: str
    etag: str
    start: datetime
    end: datetime
    summary: str
    sequence: int


class RefusedError(Exception):
    """The server did not do what it was asked; holds its status."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class AnotherClient:
    """A calendar program that looks into one calendar, known by its address."""

    def __init__(self, calendar: str, user: str, password: str, timeout: float = TIMEOUT) -> None:
        self._server, self.path = urlsplit(calendar)[1:3]
        self._timeout = timeout
        self._user, self._password = user, password
        self._challenge: dict[str, str] = {}

    def make(self, name: str) -> None:
        """Makes the calendar itself."""
        self._ask("MKCALENDAR", self.path, NEW_CALENDAR.format(name=name).encode())

    def unmake(self) -> None:
        """Takes the calendar itself away, with all that is in it."""
        self._ask("DELETE", self.path)

    def events(self) -> list[Found]:
        """All single events of the calendar, the earliest first."""
        found = [_found(href, etag, body) for href, (body, etag) in self.objects().items()]
        return sorted(found, key=lambda event: (event.start, event.uid))

    def event(self, uid: str) -> Found:
        """The one event with this UID."""
        (found,) = [event for event in self.events() if event.uid == uid]
        return found

    def objects(self) -> dict[str, tuple[bytes, str]]:
        """Every href with its bytes and etag; equal before and after where nobody touched one."""
        _, answer = self._ask("REPORT", self.path, LISTING, Depth="1")
        listed = ElementTree.fromstring(answer)  # noqa: S314 our own server wrote it
        return dict(_object(response) for response in listed.iter(f"{DAV}response"))

    def text(self, uid: str) -> str:
        """The event with this UID as the server keeps it."""
        return self.objects()[self.event(uid).href][0].decode()

    def move(self, uid: str, by: timedelta) -> Found:
        """Drags an event so much later, by the clock on the wall."""

        def moved(event: Any) -> None:
            event.dtstart.value += by
            event.dtend.value += by

        return self.edit(uid, moved)

    def lengthen(self, uid: str, by: timedelta) -> Found:
        """Pulls at an event's end."""

        def longer(event: Any) -> None:
            event.dtend.value += by

        return self.edit(uid, longer)

    def rename(self, uid: str, summary: str) -> Found:
        """Gives an event another name."""
        return self.edit(uid, lambda event: _set(event, "summary", summary))

    def cancel(self, uid: str) -> Found:
        """Marks an event as called off, as some programs do instead of deleting it."""
        return self.edit(uid, lambda event: _set(event, "status", "CANCELLED"))

    def rewrite(self, uid: str) -> Found:
        """Saves an event anew: another etag, and nothing that anybody sees."""
        return self.edit(uid, lambda event: _set(event, "x-moz-generation", "1"), sequence=0)

    def delete(self, uid: str) -> None:
        """Takes an event away."""
        self._ask("DELETE", self.event(uid).href)

    def empty(self) -> None:
        """Takes every event away and leaves the calendar."""
        for href in self.objects():
            self._ask("DELETE", href)

    def add(self, summary: str, start: datetime, end: datetime) -> Found:
        """Writes an event of the person's own, which is none of ours."""
        uid = f"{uuid4()}@phone.example"
        self.put(f"{uid}.ics", _own(uid, summary, start, end))
        return self.event(uid)

    def put(self, name: str, body: bytes) -> str | None:
        """Lays an object where none of this name may lie; its etag, if the server tells."""
        etag, _ = self._ask("PUT", self.path + name, body, Content_Type=EVENT, If_None_Match="*")
        return etag

    def edit(self, uid: str, change: Callable[[Any], None], sequence: int = 1) -> Found:
        """Changes an event in some way of the program's own."""
        before = self.event(uid)
        calendar = _read(self.objects()[before.href][0])
        change(calendar.vevent)
        for name in ("dtstamp", "last_modified"):
            if hasattr(calendar.vevent, name):
                getattr(calendar.vevent, name).value += timedelta(minutes=1)
        _set(calendar.vevent, "sequence", str(before.sequence + sequence))
        body = calendar.serialize().encode()
        self._ask("PUT", before.href, body, Content_Type=EVENT, If_Match=before.etag)
        return self.event(uid)

    def _ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[str | None, bytes]:
        said = {"Content-Type": "application/xml; charset=utf-8"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        said["Authorization"] = self._login(method, path).encode().decode("latin-1")
        with closing(HTTPConnection(self._server, timeout=self._timeout)) as line:
            line.request(method, path, body, said)
            answer = line.getresponse()
            content = answer.read()
        if answer.status == HTTPStatus.UNAUTHORIZED and not self._challenge:
            wanted = answer.getheader("WWW-Authenticate", "")
            if wanted.startswith("Digest "):
                self._challenge = dict(DIGEST.findall(wanted))
                return self._ask(method, path, body, **headers)
        if answer.status >= HTTPStatus.MULTIPLE_CHOICES:
            words = f"{method} {path}: {answer.status} {content.decode()}"
            raise RefusedError(answer.status, words)
        return answer.getheader("ETag"), content

    def _login(self, method: str, path: str) -> str:
        if not self._challenge:
            return "Basic " + b64encode(f"{self._user}:{self._password}".encode()).decode()
        realm, nonce = self._challenge["realm"], self._challenge["nonce"]
        once = f"{nonce}:00000001:phone:auth"
        secret = _md5(f"{self._user}:{realm}:{self._password}")
        response = _md5(f"{secret}:{once}:{_md5(f'{method}:{path}')}")
        return (
            f'Digest username="{self._user}", realm="{realm}", nonce="{nonce}", uri="{path}", '
            f'qop=auth, nc=00000001, cnonce="phone", response="{response}"'
        )


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _object(response: Element) -> tuple[str, tuple[bytes, str]]:
    href, etag, body = (
        response.findtext(name) or response.findtext(f"{DAV}propstat/{DAV}prop/{name}") or ""
        for name in (f"{DAV}href", f"{DAV}getetag", DATA)
    )
    return href, (body.encode(), etag)


def _found(href: str, etag: str, body: bytes) -> Found:
    event = _read(body).vevent
    start, end = (moment.value.astimezone(UTC) for moment in (event.dtstart, event.dtend))
    sequence = int(event.sequence.value) if hasattr(event, "sequence") else 0
    return Found(event.uid.value, href, etag, start, end, event.summary.value, sequence)


def _read(body: bytes) -> Any:
    # vobject keeps the first rules it ever read under a zone's name, and would use them for all.
    vobject.icalendar.__tzidMap.clear()
    vobject.icalendar.registerTzid("UTC", vobject.icalendar.utc)
    return vobject.readOne(body.decode())


def _set(event: Any, name: str, value: str) -> None:
    if name not in event.contents:
        event.add(name)
    event.contents[name][0].value = value


def _own(uid: str, summary: str, start: datetime, end: datetime) -> bytes:
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    written = {"uid": uid, "summary": summary, "dtstamp": _utc(start)}
    written |= {"dtstart": _utc(start), "dtend": _utc(end)}
    for name, value in written.items():
        event.add(name).value = value
    return bytes(calendar.serialize().encode())


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(vobject.icalendar.utc)  # the only UTC that vobject writes as one
