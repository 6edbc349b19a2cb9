"""What another screen changes, seen here within two seconds and without a reload.

Each run notes the store's revision before it reads what it draws, and the visit's own changes are
counted along. A look each second then tells what came from elsewhere, and the page runs again.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

import streamlit as st

from pages import mine, shared
from rituals.storage import StoreError

EVERY = 1.0  # seconds between two looks
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


@st.fragment(run_every=EVERY)
def watch() -> None:
    """Runs the page again whenever another screen changed something."""
    if st.session_state.get(RESTS, True):
        return
    with suppress(StoreError):  # one that does not answer is asked again
        if is_news(st.session_state[DRAWN], shared.revision(), shared.own_revisions()):
            st.rerun()
        mine.forget_what_is_old()


def is_news(drawn: int, now: int, own: Collection[int]) -> bool:
    """Whether the store has changed by another hand since the page was drawn.

    A store with a lower number than before is another one: it was put back, or begun anew.
    """
    return now < drawn or now - drawn > sum(drawn < number <= now for number in own)
