"""Limits on connections, so that nobody who only keeps lines open stops the house.

A line that says nothing, or half a request, is closed after a moment. Where there are too many, of
one network or in all, the oldest of those that still wait for a whole request gives way.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import uvicorn.config
from uvicorn.protocols.http.h11_impl import H11Protocol

from pages.server.request import Request

MOST, MOST_OF_ONE = 500, 60  # lines in all, and of one network
PATIENCE = 10.0  # seconds in which a request has to begin, and its head to arrive
FILES = 8192  # that the program may hold open, where the system allows it
QUIET = 60.0  # seconds between two lines in the log


@dataclass
class Lines:
    """Lines that are open, by network, and those of them that wait for a whole request."""

    open: Counter[str] = field(default_factory=Counter)
    waiting: dict[LimitedProtocol, str] = field(default_factory=dict)  # the oldest first
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
        self.open[who] -= 1
        if self.open[who] <= 0:
            del self.open[who]

    def give_up(self, line: LimitedProtocol) -> None:
        """Closes a line at once, and says so in the log at most once a minute."""
        self.waiting.pop(line, None)
        line.transport.abort()
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
        self.who = Request({"client": self.client}).network
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
            ended(exc)

        after.connection_lost = lost

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
    """Has every line of the server be a limited one; called before it starts."""
    uvicorn.config.HTTP_PROTOCOLS["auto"] = f"{__name__}:{LimitedProtocol.__name__}"
    with suppress(ImportError, ValueError, OSError):
        import resource  # of POSIX alone

        soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        files = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, files), most))


LOG = logging.getLogger("leavewell")
