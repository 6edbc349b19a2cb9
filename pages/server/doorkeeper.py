"""Who is let in: this machine always, another one once it knows the household's passphrase.

It stands before everything that Leavewell answers, pages, files and websockets alike. Only a
calendar's address is read without it, by its token. Who is in, and who tried, is known to this run
of the program alone.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from secrets import token_urlsafe
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

import streamlit as st

from pages.server import network, passphrase_page
from pages.server.request import COOKIE, Asked, Scope
from pages.session import stores
from rituals.security import passphrase
from rituals.security.passphrase import Attempts, Door
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


def refuse_without_a_door() -> None:
    """Ends the start in one sentence where other machines would reach it without a passphrase."""
    if network.is_here_alone():
        return
    try:
        there = passphrase.load(stores.own_store())
    except StoreError as refused:
        raise SystemExit(str(refused)) from None
    if there is None:
        raise SystemExit(NO_DOOR.format(at=st.get_option("server.address") or "any address"))


@dataclass
class Guests:
    """Those who were let in; of the word that a browser keeps only the hash is known here."""

    _in: dict[str, tuple[str, datetime]] = field(default_factory=dict)

    def welcome(self, door: Door, now: datetime) -> str:
        """The word of one who knows the passphrase."""
        self._in = {word: it for word, it in self._in.items() if it[1] > now}
        word = token_urlsafe(32)
        self._in[_digest(word)] = door.passphrase, now + STAYS
        return word

    def knows(self, word: str, door: Door, now: datetime) -> bool:
        """Whether a word is one of this door, and not too old."""
        held, until = self._in.get(_digest(word), ("", now))
        return held == door.passphrase and now < until


class Doorway:
    """The application behind it, for whoever may come in."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.guests = Guests()
        self.tries = Attempts()
        self._one_at_a_time = asyncio.Lock()
        self._looking = asyncio.Lock()
        self._looked = -LOOKS
        self._door: Door | None = None
        self._was_read = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, asks for the passphrase, or refuses."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http":  # of a websocket no message has headers
            send = _with_headers(send)
        asked = Asked(scope)
        if not asked.is_from_our_own_pages:
            await _refuse(scope, send, 403, ELSEWHERE)
        elif asked.is_at_home or asked.is_for_everybody:
            await self._in(scope, receive, send)
        elif asked.is_a_try:
            await self._try(asked, receive, send)
        else:
            await self._ask(asked, receive, send)

    async def _in(self, scope: Scope, receive: Receive, send: Send) -> None:
        most = st.get_option("server.maxUploadSize") * 1024 * 1024 + KINDLY
        if Asked(scope).length > most:
            await _refuse(scope, send, 413, TOO_LARGE)
        else:
            await self.app(scope, receive, send)

    async def _ask(self, asked: Asked, receive: Receive, send: Send) -> None:
        """Lets a guest in; anybody else gets the page that asks, or nothing at all."""
        try:
            there = await self._kept()
        except StoreError:
            await _refuse(asked.scope, send, 503, passphrase_page.NOT_NOW)
            return
        if there and self.guests.knows(asked.word, there, stores.now()):
            await self._as_a_guest(asked, receive, send)
        elif asked.scope["type"] == "http" and asked.wants_a_page:
            await _show(
                send, 401 if there else 403, asked.where, "" if there else passphrase_page.CLOSED
            )
        else:
            await _refuse(asked.scope, send, 401, passphrase_page.FIRST)

    async def _as_a_guest(self, asked: Asked, receive: Receive, send: Send) -> None:
        if asked.scope["type"] == "http":
            await self._in(asked.scope, receive, send)
            return
        watching = asyncio.create_task(self._until_shown_out(asked.word))
        try:
            await self.app(asked.scope, _until(watching, receive), _unless(watching, send))
            if watching.done():
                await send({"type": "websocket.close", "code": 1008})
        finally:
            watching.cancel()

    async def _until_shown_out(self, word: str) -> None:
        """Ends once the word of a guest is not known any more."""
        while (there := await self._kept()) and self.guests.knows(word, there, stores.now()):
            await asyncio.sleep(LOOKS)

    async def _try(self, asked: Asked, receive: Receive, send: Send) -> None:
        """A passphrase that somebody typed."""
        try:
            typed = await asyncio.wait_for(_typed(asked.length, receive), PATIENCE)
            there = await self._kept()
        except (ValueError, TimeoutError):
            await _refuse(asked.scope, send, 400, TOO_LARGE)
            return
        except StoreError:
            await _refuse(asked.scope, send, 503, passphrase_page.NOT_NOW)
            return
        to = passphrase_page.back_to(typed.get("to", ""))
        if there is None:
            await _show(send, 403, to, passphrase_page.CLOSED)
            return
        status, wait = await self._tried(asked.who, typed.get("passphrase", ""), there)
        if status == 303:
            await _let_in(send, to, self.guests.welcome(there, stores.now()), asked.is_sealed)
        else:
            said = passphrase_page.WRONG if status == 401 else passphrase_page.TOO_SOON
            await _show(send, status, to, passphrase_page.told(said, wait), wait)

    async def _tried(self, who: str, typed: str, there: Door) -> tuple[int, int]:
        """What came of a try as a status, and the seconds until the next one."""
        began = stores.now()
        if wait := self.tries.begin(who, began):
            return 429, ceil(wait.total_seconds())
        async with self._one_at_a_time:  # each takes memory, and a moment
            is_right = await asyncio.to_thread(passphrase.is_right, there, typed)
        if is_right:
            self.tries.was_right(who, began)
            return 303, 0
        return 401, ceil(self.tries.wait(who, stores.now()).total_seconds())

    async def _kept(self) -> Door | None:
        """The door, as it was a second ago at most; a store that is away keeps the one it had."""
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
    return passphrase.load(stores.own_store())


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode(errors="replace")).hexdigest()


def _with_headers(send: Send) -> Send:
    """What is sent, with what a browser is to heed; what says so itself already stays."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message.get("headers", ())}
            more = [it for it in HEADERS.items() if it[0] not in there]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await send(message)

    return sent


def _until(ended: asyncio.Task[None], receive: Receive) -> Receive:
    """What is received until something ended, and then the end."""

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
    """What is sent as long as something has not ended."""

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


async def _refuse(scope: Scope, send: Send, status: int, said: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        plain = [(b"content-type", b"text/plain; charset=utf-8")]
        await _answer(send, status, plain, said)


async def _show(send: Send, status: int, to: str, said: str, wait: int = 0) -> None:
    """The page that asks for the passphrase."""
    page = passphrase_page.page(to, said, may_try=status != 403)
    later = [(b"retry-after", str(wait).encode())] if status == 429 else []
    await _answer(send, status, [*passphrase_page.headers(), *later], page)


async def _let_in(send: Send, to: str, word: str, is_sealed: bool) -> None:
    keeps = f"Max-Age={int(STAYS.total_seconds())}; Path=/; HttpOnly; SameSite=Strict"
    cookie = f"{COOKIE}={word}; {keeps}{'; Secure' if is_sealed else ''}"
    await _answer(send, 303, [(b"location", to.encode()), (b"set-cookie", cookie.encode())], "")


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], said: str) -> None:
    body = said.encode()
    length = (b"content-length", str(len(body)).encode())
    quiet = (b"cache-control", b"no-store")
    headers = [*headers, length, quiet]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
