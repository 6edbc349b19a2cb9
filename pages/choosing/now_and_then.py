"""The switch of a rare ritual: it comes into its weeks by itself, now and then."""

from __future__ import annotations

import streamlit as st

from pages.session import context, rare
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import wording
from rituals.model.ritual import Ritual


def draw_switch(ritual: Ritual) -> None:
    """Draws the switch of what is rare; what may come in any week has none."""
    if ritual.rhythm.is_weekly:
        return
    key = f"now and then {ritual.id}"
    st.session_state[key] = ritual.kept  # the store's word, also where another screen set it
    rhythm = wording.rhythm(ritual.rhythm, context.household().formats)
    label = f"Now and then: {markdown.plain(ritual.title)}, {rhythm}"
    st.toggle(label, key=key, on_change=press(_keep), args=(key, ritual))


def _keep(key: str, ritual: Ritual) -> None:
    rare.keep(ritual, st.session_state[key])
