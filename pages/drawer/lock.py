"""The lock of a drawer: begun, opened, changed, opened with recovery words, emptied.

What is typed into it is forgotten in the same run.
"""

from __future__ import annotations

from math import ceil
from typing import Literal

import streamlit as st

from pages.drawer import session
from pages.session import stores
from pages.ui import notices
from rituals.security import encryption
from rituals.surprises import drawers

LEAST = 4  # letters of a PIN
CURTAIN = """
**A curtain, not a lock.** It keeps a surprise from a glance, a click and a search; whoever has the
file and the will could try every PIN: four digits take about an hour, a longer word of your own far
longer.
"""
WHAT_IT_IS = (
    "Your drawer is a private list that your PIN opens: what you plan for the other in secret."
)
FORGOTTEN = """
Nobody can open it without the PIN, we cannot either. Eight recovery words, now or later, are a
second way in; with neither PIN nor words it can only be emptied.
"""
WORDS = """
These are your recovery words. They open the drawer if the PIN is forgotten, and they are shown only
now: please write them down where only you look.
"""
ANEW = """
New recovery words come with it, and a new address for your calendar, if it has one. A backup from
before opens with the PIN it had then, and shows what lay here then.
"""
EMPTIES = "All that lies in it is gone then, for good. What was revealed before stays in its weeks."
TOO_SHORT = f"A PIN has at least {LEAST} letters or digits."
TWO_PINS = "The two are not the same. Please type them once more."


def set_up(giver: str) -> None:
    """Sets the PIN of a new drawer; its recovery words are shown next to those who want them."""
    st.markdown(WHAT_IT_IS)
    st.markdown(CURTAIN)
    st.markdown(FORGOTTEN)
    with st.form("surprises begin", clear_on_submit=True, width=420):
        pin = _twice("A PIN of your own", "begin")
        wants_words = st.checkbox("Recovery words too", key="surprises wants words")
        begins = st.form_submit_button("Set the PIN", type="primary")
    if begins and pin:
        words = encryption.new_recovery_words(encryption.load_recovery_words())
        key = drawers.create(stores.store(), giver, pin, words)
        session.open_drawer(giver, key)
        if wants_words:
            _are_shown(words)
        st.rerun()


def unlock(giver: str) -> None:
    """Opens the drawer with its PIN, with recovery words, or empties it."""
    with st.form("surprises open", clear_on_submit=True, width=420):
        pin = _typed("Your PIN", "open")
        opens = st.form_submit_button("Open the drawer", type="primary")
    if opens and pin:
        _open("pin", giver, pin)
    elif opens:
        notices.say_once("Your PIN, please.")
    with st.expander("I forgot my PIN", width=420):
        with st.form("surprises recover", clear_on_submit=True, border=False):
            words = _typed("Your eight recovery words", "words", hidden=False)
            pin = _twice("A new PIN", "recover")
            recovers = st.form_submit_button("Open it with my words")
        if recovers and pin:
            _open("words", giver, words, pin)
        st.caption("Without the words it can be emptied, and begins anew.")
        empty(giver)


def change(giver: str) -> None:
    """Changes the PIN of an open drawer, given the old one; new recovery words are shown next."""
    with st.form("surprises change", clear_on_submit=True, border=False):
        old = _typed("The PIN of now", "old")
        pin = _twice("A new PIN", "new")
        changes = st.form_submit_button("Change the PIN")
    st.caption(ANEW)
    if changes and pin:
        _lock_anew(giver, old, pin)


def new_words(giver: str) -> None:
    """Makes new recovery words for an open drawer, given its PIN; they are shown next."""
    with st.form("surprises renew words", clear_on_submit=True, border=False):
        pin = _typed("Your PIN", "words anew")
        makes = st.form_submit_button("Make new recovery words")
    if makes and pin:
        _lock_anew(giver, pin, pin)


def show_words(words: str) -> None:
    """Recovery words, to be written down."""
    st.markdown(WORDS)
    st.code(words, None, wrap_lines=True)
    st.button(
        "I have written them down",
        key="surprises written",
        type="primary",
        on_click=lambda: st.session_state.pop(session.WORDS, None),
    )


def empty(giver: str) -> None:
    """Empties a drawer, after one more button that confirms it."""
    if st.session_state.get(session.CONFIRMING) != "empty":
        if st.button("Empty the drawer", key="surprises empty", type="tertiary"):
            st.session_state[session.CONFIRMING] = "empty"
            st.rerun()
        return
    st.write(EMPTIES)
    with st.container(horizontal=True):
        yes = st.button("Empty it", key="surprises empty it")
        no = st.button("Keep it as it is", key="surprises keep it")
    if yes:
        drawers.delete(stores.store(), giver)
        session.close()
    if no:
        del st.session_state[session.CONFIRMING]
    if yes or no:
        st.rerun()


def _open(way: str, giver: str, secret: str, pin: str = "") -> None:
    now, store = stores.now(), stores.store()
    if way == "pin":
        tried = drawers.try_pin(store, giver, secret, now)
    else:
        tried = drawers.recover(store, giver, secret, pin, now)
    if tried.key is None:
        notices.say_once(_not_yet(tried))
    else:
        session.open_drawer(giver, tried.key)
        st.rerun()


def _lock_anew(giver: str, old: str, pin: str) -> None:
    """Locks an open drawer with a PIN and new recovery words, which are shown next."""
    words = encryption.new_recovery_words(encryption.load_recovery_words())
    tried = drawers.change_lock(stores.store(), giver, old, pin, words, stores.now())
    if tried.key is None:
        notices.say_once(_not_yet(tried))
        return
    session.open_drawer(giver, tried.key)
    if old != pin:
        notices.say_once("The new PIN holds from now on.")
    _are_shown(words)


def _not_yet(tried: drawers.Attempt) -> str:
    seconds = ceil(tried.wait.total_seconds())
    when = "one second" if seconds == 1 else f"{seconds} seconds"
    if tried.looked:
        return f"That does not open it. You can try again in {when}."
    return f"A moment, please: the next try can come in {when}."


def _are_shown(words: str) -> None:
    """Shows recovery words in place of the drawer, until they are written down."""
    st.session_state[session.WORDS] = words
    st.rerun()


def _twice(label: str, name: str) -> str:
    """A new PIN, typed twice; "" with a sentence where it cannot be one."""
    one = _typed(label, f"{name} one")
    two = _typed("Once more, to be sure", f"{name} two")
    if not (one or two):
        return ""
    if one != two:
        notices.say_once(TWO_PINS)
    elif len(one.strip()) < LEAST:
        notices.say_once(TOO_SHORT)
    return one if one == two and len(one.strip()) >= LEAST else ""


def _typed(label: str, name: str, *, hidden: bool = True) -> str:
    """The text typed into a field, which the session then forgets."""
    key = f"surprises typed {name}"
    kind: Literal["password", "default"] = "password" if hidden else "default"
    # Recovery words are no password: with the pages that are open a browser may write such fields
    # down, unless they say "off".
    typed = st.text_input(
        label,
        key=key,
        type=kind,
        autocomplete="one-time-code" if hidden else "off",
        max_chars=200,
    )
    if typed:
        del st.session_state[key]  # the form clears the field only with its next run
    return typed or ""
