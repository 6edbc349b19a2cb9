"""Leavewell on a phone's home screen: with a name, an icon and colours of its own."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

KEY = "home-screen"


def offer() -> None:
    """Tells the browser how the page looks as an app; it offers to install it by itself."""
    with st.container(key=KEY):
        _HEAD(key="home screen told", data={})


_HEAD = st.components.v2.component(
    "leavewell_home_screen",
    html="<i></i>",
    isolate_styles=False,
    js=(Path(__file__).parent / "home_screen.js").read_text("utf-8"),
)
