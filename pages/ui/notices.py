"""Sentences that stay until they are read, or that stand where something broke."""

from __future__ import annotations

import logging

import streamlit as st

from pages.ui.markdown import plain
from rituals.planning import catalogue
from rituals.store.errors import StoreError

SAID = "notices said"  # session: by place, the sentences that came of a press
SEEN = "notices seen"  # session: the places that were drawn in this run
RESTS = "page rests"  # session: seconds for which what another screen changes waits here
READ_IN = 30  # seconds that a sentence stays at least
A_DAY = 24 * 60 * 60  # in seconds


def rest(seconds: int = A_DAY) -> None:
    """Holds off reruns for news of other screens: they would remove a sentence just shown."""
    st.session_state[RESTS] = max(st.session_state.get(RESTS, 0), seconds)


def say_once(sentence: str) -> None:
    """A sentence that is gone with the next run: when somebody here does something, or later."""
    st.info(plain(sentence))
    rest(READ_IN)


def say(place: str, *sentences: str) -> None:
    """Keeps what came of a press until a whole run has shown it at its place."""
    said = tuple(sentence for sentence in sentences if sentence)
    st.session_state[SAID] = st.session_state.get(SAID, {}) | {place: said}


def show(place: str) -> bool:
    """Draws what was said for this place; true where something was."""
    said: tuple[str, ...] = st.session_state.get(SAID, {}).get(place, ())
    # Always there, else Streamlit counts what follows anew, and what is open beside it closes.
    with st.container():
        for sentence in said:
            say_once(sentence)
    if said:
        st.session_state[SEEN] = st.session_state.get(SEEN, frozenset()) | {place}
    return bool(said)


def end_of_run() -> None:
    """Forgets what a run has shown that was not cut short."""
    if seen := st.session_state.pop(SEEN, frozenset()):
        said: dict[str, tuple[str, ...]] = st.session_state.get(SAID, {})
        st.session_state[SAID] = {at: what for at, what in said.items() if at not in seen}


def show_error(error: Exception) -> bool:
    """Shows one sentence in place of a traceback; the log keeps the whole of it."""
    if isinstance(error, StoreError | catalogue.CatalogueError):
        st.error(str(error))
    else:
        logging.getLogger("leavewell").error("A page stopped.", exc_info=error)
        st.error("Something did not work here. What you kept is kept; please reload the page.")
    return True
