"""The heart of a ritual: dear to both, of which there are few."""

from __future__ import annotations

import streamlit as st

from pages.session import edits
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.model.ritual import Ritual
from rituals.planning.choices.dear import DearError

HEART = "Dear to us"
REFUSED = "dear refused"  # session: the ritual that was one too many, and the sentence on it


def draw_heart(ritual: Ritual) -> None:
    """Draws the heart, and below it the sentence if it was just one too many."""
    key = f"dear {ritual.id}"
    st.session_state[key] = ritual.dear  # the store's word, also where another screen set it
    label = f":material/favorite: {HEART}: {markdown.plain(ritual.title)}"  # read aloud it is alone
    st.checkbox(label, key=key, on_change=press(_keep), args=(key, ritual))
    refused, sentence = st.session_state.get(REFUSED, ("", ""))
    if refused == ritual.id:
        del st.session_state[REFUSED]
        notices.say_once(sentence)


def _keep(key: str, ritual: Ritual) -> None:
    try:
        edits.keep_dear(ritual, st.session_state[key])
    except DearError as full:
        st.session_state[REFUSED] = ritual.id, str(full)
