"""Limits on connections, so that nobody who only keeps lines open stops the house.

A line that says nothing, or half a request, is closed after a moment. Where there are too many, of
one network or in all, the oldest of those that still wait for a whole request gives way.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from pages.server.gate import Gate
from pages.server.request import LOCAL_HOSTS, network_of, plain

MOST, MOST_OF_ONE = 500, 60  # lines in all, and of one network
MOST_NOISE = 300  # lines of one network that are closed in a minute, before it waits outside
PATIENCE = 10.0  # seconds in which a request has to begin, and its head to arrive
FILES = 8192  # that the program may hold open, where the system allows it
QUIET = 60.0  # seconds between two lines in the log


@dataclass
class Lines:
    """Lines that are open, by network, and those of them that wait for a whole request."""

    open: Counter[str] = field(default_factory=Counter)
    waiting: dict[LimitedProtocol, str] = field(default_factory=dict)  # the oldest first
    pages: Counter[str] = field(default_factory=Counter)  # of these, what pages listen on
    noise: Counter[str] = field(default_factory=Counter)  # lines given up in this minute
    minute: float = 0.0  # when it began
    given_up: int = 0
    logged: float = -QUIET

    def begin(self, who: str) -> bool:
        """Notes a new line; false if there is no room for it."""
        self.open[who] += 1
        if self.open[who] > MOST_OF_ONE:
            return self._make_room(of=who)
        return self.open.total() <= MOST or self._make_room()

    def end(self, line: LimitedProtocol, who: str) -> None:
        """Forgets a line."""
        self.waiting.pop(line, None)
        _one_less(self.open, who)

    def welcomes(self, address: str) -> bool:
        """False for a network of much noise in this minute, unless a page of it is open.

        This machine always is: what hands lines on may bring strangers' lines beside ours.
        """
        if monotonic() - self.minute >= QUIET:
            self.minute = monotonic()
            self.noise.clear()
        who = network_of(address)
        if self.noise[who] < MOST_NOISE or self.pages[who] or plain(address) in LOCAL_HOSTS:
            return True
        self._count(who)
        return False

    def give_up(self, line: LimitedProtocol) -> None:
        """Closes a line at once, and says so in the log at most once a minute."""
        self.waiting.pop(line, None)
        line.transport.abort()
        self._count(line.who)

    def _count(self, who: str) -> None:
        """Counts a line that was closed."""
        self.noise[who] += 1
        self.given_up += 1
        if monotonic() - self.logged >= QUIET:
            LOG.warning("Lines that said nothing were closed: %s.", self.given_up)
            self.logged, self.given_up = monotonic(), 0

    def _make_room(self, of: str | None = None) -> bool:
        oldest = next((line for line, who in self.waiting.items() if of in (None, who)), None)
        if oldest is not None:
            self.give_up(oldest)
        return oldest is not None


LINES = Lines()


class LimitedProtocol(H11Protocol):
    """HTTP on one line, which is closed if it makes others wait."""

    who = ""
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begins a line, if there is room for it."""
        super().connection_made(transport)
        self.who = network_of(self.client[0]) if self.client else ""
        has_room = LINES.begin(self.who)
        self._wait()
        if not has_room:
            LINES.give_up(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends it."""
        self._wait_no_more()
        LINES.end(self, self.who)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what arrived; while no request is being answered, the next one has to come soon."""
        super().data_received(data)
        if self.transport.get_protocol() is not self:
            return
        if self.cycle is None or self.cycle.response_complete:
            self._wait()
        else:
            self._wait_no_more()

    def on_response_complete(self) -> None:
        """Waits for the next request."""
        super().on_response_complete()
        self._wait()

    def handle_websocket_upgrade(self, event: Any) -> None:
        """Hands the line on to a websocket, with which it ends."""
        self._wait_no_more()
        super().handle_websocket_upgrade(event)
        after: Any = self.transport.get_protocol()
        ended = after.connection_lost

        def lost(exc: Exception | None) -> None:
            LINES.end(self, self.who)
            _one_less(LINES.pages, self.who)
            ended(exc)

        after.connection_lost = lost
        LINES.pages[self.who] += 1

    def _wait(self) -> None:
        if self._late is None and not self.transport.is_closing():
            LINES.waiting[self] = self.who
            self._late = self.loop.call_later(PATIENCE, LINES.give_up, self)

    def _wait_no_more(self) -> None:
        LINES.waiting.pop(self, None)
        if self._late is not None:
            self._late.cancel()
            self._late = None


def limit() -> None:
    """Has every line of the server be a limited one; called before it listens.

    By then uvicorn has chosen what talks on a line: it loads the app, and with it this, last.
    """
    begins = uvicorn.Server.startup

    async def startup(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        self.config.http_protocol_class = LimitedProtocol
        await begins(self, [Gate.of(it, LINES.welcomes) for it in sockets or ()] or None)

    uvicorn.Server.startup = startup  # type: ignore[method-assign]
    with suppress(ImportError, ValueError, OSError):
        import resource  # of POSIX alone

        soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        files = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, files), most))


def _one_less(counted: Counter[str], who: str) -> None:
    counted[who] -= 1
    if counted[who] <= 0:
        del counted[who]


LOG = logging.getLogger("leavewell")
