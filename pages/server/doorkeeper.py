"""Access control before every answer: browsers that came by a link, and guests with the passphrase.

It stands before everything that Leavewell answers, pages, files and websockets alike. Only a
calendar's address is read without it, by its token. A browser that was let in stays so over
restarts, and so are tries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from datetime import datetime, timedelta
from math import ceil
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from pages.server import network, passphrase_page
from pages.server.admission import STAYS as OWN_STAYS
from pages.server.admission import Admission
from pages.server.request import Request, Scope
from pages.session import stores
from rituals.security import attempts, passphrase
from rituals.security.attempts import Attempts
from rituals.security.passphrase import Door
from rituals.store.errors import StoreError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

STAYS = timedelta(days=30)
LOOKS = 1.0  # second between two looks at the store: whether the passphrase is still the same
PATIENCE = 10  # seconds in which a passphrase has to arrive
MOST_TYPED = 4096  # bytes of a form with a passphrase
KINDLY = 1024 * 1024  # bytes of a request around a file
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"SAMEORIGIN",
    b"content-security-policy": b"frame-ancestors 'self'",
}
ELSEWHERE = "This comes from another page, so Leavewell does not answer it.\n"
TOO_LARGE = "This is larger than what Leavewell takes.\n"
NO_DOOR = (
    "Leavewell was asked to answer at {at}, where other machines reach it, and it has no passphrase"
    " yet: start it on this machine (make run), set one on the page Household under “Open to our"
    " home network”, and then start it like this again."
)


def require_passphrase() -> None:
    """Ends the start in one sentence where other machines would reach it without a passphrase."""
    if network.is_local_only():
        return
    try:
        door = passphrase.load(stores.own_store())
    except StoreError as refused:
        raise SystemExit(str(refused)) from None
    if door is None:
        raise SystemExit(NO_DOOR.format(at=st.get_option("server.address") or "any address"))


class Doorway:
    """ASGI middleware: the application behind it, for whoever may come in."""

    def __init__(self, app: App, own: Admission) -> None:
        self.app = app
        self.own = own
        self._begun = stores.now(), monotonic()
        self.tries = Attempts()
        self._counting = asyncio.Lock()
        self._one_at_a_time = asyncio.Lock()
        self._looking = asyncio.Lock()
        self._looked = -LOOKS
        self._door: Door | None = None
        self._was_read = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, lets in, asks for the passphrase, or refuses."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http":  # of a websocket no message has headers
            send = _with_headers(send)
        request = Request(scope)
        if not request.is_same_origin:
            await _refuse(scope, send, 403, ELSEWHERE)
        elif request.link:
            await self._by_link(request, receive, send)
        elif self._is_own(request) or request.is_public:
            await self._in(request.marked(as_guest=False), receive, send)
        elif request.brings_passphrase:
            await self._try(request, receive, send)
        else:
            await self._ask(request, receive, send)

    async def _in(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = st.get_option("server.maxUploadSize") * 1024 * 1024 + KINDLY
        if Request(scope).content_length > most:
            await _refuse(scope, send, 413, TOO_LARGE)
        else:
            await self.app(scope, receive, send)

    def _is_own(self, request: Request) -> bool:
        """True for a browser at the machine itself that came by a link once."""
        return request.is_local and self.own.knows(request.session_word, stores.now())

    async def _by_link(self, request: Request, receive: Receive, send: Send) -> None:
        """Lets in who brings a new link; whoever is in already just goes on."""
        if request.is_local and self.own.uses_up(request.link):
            word = self.own.new_word(stores.now())
            await _let_in(send, "/", request.new_cookie(word, OWN_STAYS, "Lax"))
        elif self._is_own(request):
            await _lead(send, "/")
        else:
            await self._ask(request, receive, send)

    async def _ask(self, request: Request, receive: Receive, send: Send) -> None:
        """Lets a guest in; anybody else gets the page that asks, or nothing at all."""
        try:
            door = await self._kept()
        except StoreError:
            await _refuse(request.scope, send, 503, passphrase_page.NOT_NOW)
            return
        if door and self._knows(request.session_word, door):
            await self._as_a_guest(request, receive, send)
        elif not request.wants_a_page:
            first = passphrase_page.NEW_HERE if request.is_local else passphrase_page.FIRST
            await _refuse(request.scope, send, 401, first)
        elif request.usual_address:
            await _lead(send, request.usual_address)
        else:
            text = self._first_words(request, door)
            await _show(send, 401 if door else 403, request.target, text)

    def _first_words(self, request: Request, door: Door | None) -> str:
        """The sentence above the form of the page that asks; "" for none."""
        if door and (wait := self._wait(request.network)):
            return passphrase_page.with_wait(passphrase_page.TOO_SOON, wait)
        if request.is_local:
            return passphrase_page.NEW_HERE
        return "" if door else passphrase_page.CLOSED

    async def _as_a_guest(self, request: Request, receive: Receive, send: Send) -> None:
        scope = request.marked(as_guest=True)
        if request.link:
            await _lead(send, "/")
            return
        if scope["type"] == "http":
            await self._in(scope, receive, send)
            return
        watching = asyncio.create_task(self._until_shown_out(request.session_word))
        try:
            await self.app(scope, _until(watching, receive), _unless(watching, send))
            if watching.done():
                await send({"type": "websocket.close", "code": 1008})
        finally:
            watching.cancel()

    async def _until_shown_out(self, word: str) -> None:
        """Ends once the word of a guest is no longer valid."""
        while (door := await self._kept()) and self._knows(word, door):
            await asyncio.sleep(LOOKS)

    async def _try(self, request: Request, receive: Receive, send: Send) -> None:
        """A passphrase that somebody typed."""
        try:
            typed = await asyncio.wait_for(_typed(request.content_length, receive), PATIENCE)
            door = await self._kept()
            to = passphrase_page.safe_target(typed.get("to", ""))
            if door is None:
                await _show(send, 403, to, passphrase_page.CLOSED)
                return
            status, wait = await self._tried(request.network, typed.get("passphrase", ""), door)
        except (ValueError, TimeoutError):
            await _refuse(request.scope, send, 400, TOO_LARGE)
            return
        except StoreError:
            await _refuse(request.scope, send, 503, passphrase_page.NOT_NOW)
            return
        if status == 303:
            word = passphrase.new_word(door, self.own.secret, stores.now() + STAYS)
            await _let_in(send, to, request.new_cookie(word, STAYS, "Strict"))
        else:
            text = passphrase_page.WRONG if status == 401 else passphrase_page.TOO_SOON
            await _show(send, status, to, passphrase_page.with_wait(text, wait), wait)

    def _knows(self, word: str, door: Door) -> bool:
        return passphrase.is_good_word(word, door, self.own.secret, stores.now())

    def _now(self) -> datetime:
        """This instant by a clock that nobody sets: it goes on from the start of the program."""
        at, begun = self._begun
        return at + timedelta(seconds=monotonic() - begun)

    async def _tried(self, who: str, typed: str, door: Door) -> tuple[int, int]:
        """Tries a passphrase: 303, 401 or 429, and the seconds until the next try."""
        if wait := self._wait(who) or await self._counted(who):
            return 429, wait
        async with self._one_at_a_time:  # each takes memory, and a moment
            is_right = await asyncio.to_thread(passphrase.is_right, door, typed)
        if not is_right:
            return 401, self._wait(who)
        self.tries.was_right(who)
        with suppress(StoreError):
            await asyncio.to_thread(attempts.forget, stores.own_store(), who)
        return 303, 0

    def _wait(self, who: str) -> int:
        """Seconds until somebody's next try."""
        return ceil(self.tries.wait(who, self._now()).total_seconds())

    async def _counted(self, who: str) -> int:
        """Seconds until somebody's next try; at zero this one may be looked at, and is counted."""
        async with self._counting:
            wait, self.tries = await asyncio.to_thread(
                attempts.begin, stores.own_store(), who, self._now()
            )
        return ceil(wait.total_seconds())

    async def _kept(self) -> Door | None:
        """The door, at most a second old; while the store does not answer, the last one read."""
        async with self._looking:
            if monotonic() - self._looked >= LOOKS:
                try:
                    self._door = await asyncio.to_thread(_read)
                    self._was_read = True
                except StoreError:
                    if not self._was_read:
                        raise
                self._looked = monotonic()
        return self._door


def _read() -> Door | None:
    """The door in the store."""
    return passphrase.load(stores.own_store())


def _with_headers(send: Send) -> Send:
    """A `send` that adds our security headers; those that a response has already stay."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message.get("headers", ())}
            more = [it for it in HEADERS.items() if it[0] not in present]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sent


def _until(ended: asyncio.Task[None], receive: Receive) -> Receive:
    """A `receive` that disconnects once a task has ended."""

    async def received() -> Message:
        getting = asyncio.ensure_future(receive())
        try:
            await asyncio.wait({getting, ended}, return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                return getting.result()
        finally:
            getting.cancel()
        return {"type": "websocket.disconnect", "code": 1008, "reason": ""}

    return received


def _unless(ended: asyncio.Task[None], send: Send) -> Send:
    """A `send` that drops messages once a task has ended."""

    async def sent(message: Message) -> None:
        if not ended.done():
            await send(message)

    return sent


async def _typed(length: int, receive: Receive) -> dict[str, str]:
    """A form's fields; raises ValueError for one that is too long, or broken off."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ValueError("broken off")
        body, more = body + message.get("body", b""), message.get("more_body", False)
        if max(len(body), length) > MOST_TYPED:
            raise ValueError("too long")
    read = parse_qs(body.decode("latin-1"), errors="replace", max_num_fields=8)
    return {name: values[0] for name, values in read.items()}


async def _refuse(scope: Scope, send: Send, status: int, text: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        plain = [(b"content-type", b"text/plain; charset=utf-8")]
        await _answer(send, status, plain, text)


async def _show(send: Send, status: int, to: str, text: str, wait: int = 0) -> None:
    """The page that asks for the passphrase."""
    page = passphrase_page.page(to, text, may_try=status != 403)
    later = [(b"retry-after", str(wait).encode())] if status == 429 else []
    await _answer(send, status, [*passphrase_page.headers(), *later], page)


async def _let_in(send: Send, to: str, cookie: str) -> None:
    await _lead(send, to, (b"set-cookie", cookie.encode()))


async def _lead(send: Send, to: str, *headers: tuple[bytes, bytes]) -> None:
    await _answer(send, 303, [(b"location", to.encode()), *headers], "")


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], text: str) -> None:
    body = text.encode()
    length = (b"content-length", str(len(body)).encode())
    quiet = (b"cache-control", b"no-store")
    headers = [*headers, length, quiet]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
