"""Settings of the page that Streamlit has none for, made by a script in the browser.

A browser keeps nothing of a text area, Leavewell can be put on a phone's home screen, and a phone's
menu closes once a page is chosen in it.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

KEY = "page-setup"


def set_up() -> None:
    """Has the browser keep nothing of text areas, and tells it how the page looks as an app."""
    with st.container(key=KEY):
        _SETUP(key="page set up", data={})


_SETUP = st.components.v2.component(
    "leavewell_page_setup",
    html="<i></i>",
    isolate_styles=False,
    js=(Path(__file__).parent / "page_setup.js").read_text("utf-8"),
)
