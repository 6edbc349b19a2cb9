"""The part of an open drawer's page that closes it once nobody is there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import streamlit as st

from pages.drawer import open_drawers
from pages.drawer.open_drawers import OpenDrawer

EVERY = timedelta(seconds=10)
AWAY = "The drawer is closed: Leavewell does not answer just now."


def watch(opened: OpenDrawer) -> None:
    """Has the browser tell that its page is there, and close it once no hand moves."""
    data = {
        "where": open_drawers.path(opened),
        "idle": open_drawers.IDLE / timedelta(milliseconds=1),
        "every": EVERY / timedelta(milliseconds=1),
        "said": AWAY,
    }
    with st.container(key="drawer-watch"):
        _WATCH(key="surprises watch", data=data)


_WATCH = st.components.v2.component(
    "leavewell_drawer",
    html="<i></i>",
    isolate_styles=False,
    js=(Path(__file__).parent / "watch.js").read_text("utf-8"),
)
