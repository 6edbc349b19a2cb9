"""What another screen changes, seen here within two seconds and without a reload.

Each run notes the store's revision before it reads what it draws, and the visit's own changes are
counted along. The browser asks each second how often the store has changed: no script runs for
that, so that nothing on the page ends with it, such as a file that is just being taken along.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import streamlit as st

from pages import address, mine, shared
from rituals.storage import StoreError

EVERY = 1000  # milliseconds between two looks
KEY = "other-screen"
DRAWN = "other screen drawn"  # session: the store's revision that the page was drawn with
RESTS = "other screen rests"  # session: whether something stands over the page until it is closed


def drawn_from_here() -> None:
    """Notes what the store is at; whatever is read from here on is at least as new."""
    shared.own_revisions().clear()
    st.session_state[DRAWN] = shared.revision()
    st.session_state[RESTS] = False


def rests() -> None:
    """Leaves the page alone until its next run: a dialog is open, which that run would close."""
    st.session_state[RESTS] = True


def watch() -> None:
    """Runs the page again whenever another screen changed something.

    Called when all else stands, for then it is known whether a dialog is open. It is no fragment:
    a fragment that runs right after the page can leave the browser without the page.
    """
    seen, is_from_elsewhere = -1, False
    with suppress(StoreError):  # one that does not answer is asked again
        seen = shared.revision()
        is_from_elsewhere = is_news(st.session_state[DRAWN], seen, shared.own_revisions())
    around = f"?{shared.LOOK}={shared.AROUND}" if shared.is_sample() else ""
    with st.container(key=KEY):
        told = _LOOK(
            key="other screen looks",
            data={
                "seen": str(seen),
                "where": f"{address.CHANGED}{around}",
                "every": EVERY,
                "rests": bool(st.session_state.get(RESTS)),
            },
            on_news_change=lambda: None,
        ).news
    mine.forget_what_is_old(timedelta(seconds=(told or {}).get("since", 0)))
    if is_from_elsewhere and not st.session_state.get(RESTS):
        st.rerun()


def is_news(drawn: int, now: int, own: Collection[int]) -> bool:
    """Whether the store has changed by another hand since the page was drawn.

    A store with a lower number than before is another one: it was put back, or begun anew.
    """
    return now < drawn or now - drawn > sum(drawn < number <= now for number in own)


_LOOK = st.components.v2.component(
    "leavewell_other_screen",
    html="<i></i>",
    isolate_styles=False,
    js=(Path(__file__).parent / "other_screen.js").read_text("utf-8"),
)
