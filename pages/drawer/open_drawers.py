"""Drawers that are open in some browser, and the watch that closes those nobody sits at.

A key lies here alone, in bytes that are overwritten when the drawer closes. The page tells every
few seconds that it is there and whether a hand moved at it; what other screens, timers and the
store do to the page is no movement.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from time import monotonic

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import runtime
from streamlit.runtime.session_manager import ActiveSessionInfo

from pages.session import stores
from pages.ui import download
from rituals.security import heap

IDLE = timedelta(minutes=10)  # without a hand that moves
SILENT = timedelta(seconds=90)  # without the page; a browser lets a hidden one speak once a minute
LOOKS = 1.0  # second between two looks at who is still there
A_MOMENT = 0.1  # second
SWEEPS = (2, 10, 30, 45, 55)  # seconds after a closing, at which what was freed is overwritten
MOVED, CLOSED = b"moved", b"closed"


@dataclass
class OpenDrawer:
    """One drawer in one browser: whose, its key, and when a hand last moved there."""

    giver: str
    key: bytearray = field(repr=False)
    visit: str  # Streamlit's own name of the browser's session
    seen: datetime
    heard: datetime
    token: str = field(default_factory=lambda: token_urlsafe(32), repr=False)
    offers: list[download.Offered] = field(default_factory=list, repr=False)

    @property
    def is_closed(self) -> bool:
        """True from its closing on."""
        return _OPEN.get(self.token) is not self

    def is_left(self, now: datetime) -> bool:
        """True once no hand moved for long, or its page is silent."""
        return now - self.seen >= IDLE or now - self.heard >= SILENT

    def close(self) -> None:
        """Overwrites the key and takes back the files that were offered."""
        _OPEN.pop(self.token, None)
        self.key[:] = bytes(len(self.key))
        for offer in self.offers:
            offer.file = None
        _SWEPT_AT[:] = [monotonic() + seconds for seconds in SWEEPS]


def open_drawer(giver: str, key: bytearray, visit: str, now: datetime) -> OpenDrawer:
    """The drawer of a giver, open from now on."""
    opened = OpenDrawer(giver, key, visit, now, now)
    _OPEN[opened.token] = opened
    return opened


async def hear(request: Request) -> Response:
    """Notes that a drawer's page is there; answers "closed" once the drawer is."""
    opened, said = _OPEN.get(request.path_params["token"]), (await request.body())[:16]
    now = stores.now()
    if opened and (said == CLOSED or opened.is_left(now)):
        opened.close()
    if opened is None or opened.is_closed:
        return PlainTextResponse("closed", headers=download.QUIET)
    opened.heard = now
    if said == MOVED:
        opened.seen = now
    return Response(status_code=204, headers=download.QUIET)


@asynccontextmanager
async def closing_those_left() -> AsyncIterator[None]:
    """As long as it lasts, drawers close whose giver has gone; it runs beside Streamlit's own."""
    watch = asyncio.create_task(_watch())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        for opened in list(_OPEN.values()):
            opened.close()


def close_those_left(now: datetime, is_there: Callable[[str], bool]) -> list[str]:
    """Closes the drawers that were left; the visits that are gone with theirs."""
    gone = []
    for opened in list(_OPEN.values()):
        if not is_there(opened.visit):
            gone.append(opened.visit)
        if opened.visit in gone or opened.is_left(now):
            opened.close()
    return gone


async def _watch() -> None:
    while True:
        await asyncio.sleep(LOOKS)
        if not runtime.exists():
            continue
        at = runtime.get_instance()
        for visit in close_those_left(stores.now(), at.is_active_session):
            at.close_session(visit)  # else it is held for a while, with what was typed in it
            await asyncio.sleep(A_MOMENT)  # what is being sent just now has been sent
            _let_go_of_last_messages(visit)
        if due := [at for at in _SWEPT_AT if at <= monotonic()]:
            del _SWEPT_AT[: len(due)]
            await asyncio.to_thread(heap.sweep)


def _let_go_of_last_messages(visit: str) -> None:
    """Streamlit's loop holds on to what it sent last until it sends something to anybody."""
    for task in asyncio.all_tasks():
        frame = getattr(task.get_coro(), "cr_frame", None)
        if frame is None:
            continue
        sent_to = frame.f_locals.get("active_session_info")
        if isinstance(sent_to, ActiveSessionInfo) and sent_to.session.id == visit:
            heap.clear_locals(frame, ("active_session_info", "msg_list", "msg"))


def path(opened: OpenDrawer) -> str:
    """Path at which its page tells that it is there."""
    return f"{PLACE}/{opened.token}"


PLACE = "/drawer"
ROUTE = Route(f"{PLACE}/{{token}}", hear, methods=["POST"])
_OPEN: dict[str, OpenDrawer] = {}
_SWEPT_AT: list[float] = []  # by the clock of the program, when the memory is swept next
