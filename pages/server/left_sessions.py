"""Sessions of tabs that are gone: they end a while later, also if nobody comes after them.

Streamlit keeps one for two minutes, for a line that broke off, and ends it as the next tab goes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from streamlit import runtime

from rituals.security import heap

LOOKS = 10.0  # seconds between two looks


@asynccontextmanager
async def letting_go() -> AsyncIterator[None]:
    """As long as it lasts, what was kept for tabs that are gone for long is let go of."""
    watch = asyncio.create_task(_watch())
    try:
        yield
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


def let_go(of: Any) -> int:
    """Lets go of the sessions in a storage of Streamlit's whose time is over; their number."""
    return len(of._cache.expire())


async def _watch() -> None:
    while True:
        await asyncio.sleep(LOOKS)
        if not runtime.exists():
            continue
        if let_go(of=runtime.get_instance()._session_mgr._session_storage):  # type: ignore[attr-defined]
            await asyncio.to_thread(heap.give_back)
