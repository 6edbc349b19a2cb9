"""Text areas of which a browser keeps nothing: Streamlit gives them no `autocomplete`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

KEY = "text-areas"


def keep_nothing() -> None:
    """Has the browser keep nothing of any text area of the page."""
    with st.container(key=KEY):
        _MARKS(key="text areas marked", data={})


_MARKS = st.components.v2.component(
    "leavewell_text_areas",
    html="<i></i>",
    isolate_styles=False,
    js=(Path(__file__).parent / "text_areas.js").read_text("utf-8"),
)
