"""Live reload: changes of another screen, seen within two seconds without a page reload.

Each run notes how the store stands before it reads what it draws. The browser asks each second how
it stands now: no script runs for that, so that nothing on the page ends with it, such as a file
that is just being taken along.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from secrets import token_hex

import streamlit as st

from pages.server import feed_routes
from pages.session import own_edits, revision, stores
from pages.ui import notices
from rituals.store.errors import StoreError

EVERY = 1000  # milliseconds between two looks
KEY = "other-screen"
DRAWN = "other screen drawn"  # session: how the store stood when the page was drawn
SCRIPT = (Path(__file__).parent / "live_reload.js").read_text("utf-8")
AWAY = "away"  # no store stands like that


def mark_drawn() -> None:
    """Notes the store's revision; whatever is read from here on is at least as new."""
    st.session_state[DRAWN] = revision.marker(stores.store())
    st.session_state[notices.RESTS] = 0


def watch_for_store() -> None:
    """Runs the page again once a store that does not answer now does so; else nothing."""
    try:
        revision.marker(stores.store())
    except StoreError:
        st.session_state.update({DRAWN: AWAY, notices.RESTS: 0})
        watch()


def watch() -> None:
    """Runs the page again whenever another screen changed something.

    Called when all else stands, for then it is known whether the page rests. It is no fragment:
    a fragment that runs right after the page can leave the browser without the page.
    """
    around = f"?{stores.LOOK}={stores.AROUND}" if stores.is_sample() else ""
    with st.container(key=KEY):
        news = _LOOK(
            key="other screen looks",
            data={
                "seen": st.session_state[DRAWN],
                "where": f"{feed_routes.REVISION_PATH}{around}",
                "every": EVERY,
                "rests": st.session_state[notices.RESTS],
                "run": token_hex(4),  # or the browser would not hear that it has all of this one
            },
            on_news_change=lambda: None,
        ).news
    own_edits.forget_what_is_old(timedelta(seconds=(news or {}).get("since", 0)))


_LOOK = st.components.v2.component(
    "leavewell_other_screen",
    html="<i></i>",
    isolate_styles=False,
    js=SCRIPT,
)
