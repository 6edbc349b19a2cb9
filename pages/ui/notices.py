"""Sentences that stay until they are read, or that stand where something broke."""

from __future__ import annotations

import logging

import streamlit as st

from pages.ui.markdown import plain
from rituals.planning import catalogue
from rituals.store.errors import StoreError

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


def show_error(error: Exception) -> bool:
    """Shows one sentence in place of a traceback; the log keeps the whole of it."""
    if isinstance(error, StoreError | catalogue.CatalogueError):
        st.error(str(error))
    else:
        logging.getLogger("leavewell").error("A page stopped.", exc_info=error)
        st.error("Something did not work here. What you kept is kept; please reload the page.")
    return True
