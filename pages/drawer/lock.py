"""The lock of a drawer: begun, opened, changed, opened with recovery words, emptied.

What is typed into it is forgotten in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from typing import Any, Literal

import streamlit as st

from pages.drawer import session
from pages.session import stores
from pages.session.presses import press
from pages.ui import notices
from rituals.security import encryption
from rituals.surprises import drawers

PLACE = "surprises lock"  # where a sentence about a try stands
WRITE_DOWN = "surprises new words"
WANTS_WORDS = "surprises wants words"
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
        _twice("A PIN of your own", "begin")
        st.checkbox("Recovery words too", key=WANTS_WORDS)
        _submit("Set the PIN", _begin, giver, type="primary")
    notices.show(PLACE)


def unlock(giver: str) -> None:
    """Opens the drawer with its PIN, with recovery words, or empties it."""
    with st.form("surprises open", clear_on_submit=True, width=420):
        _field("Your PIN", "open")
        _submit("Open the drawer", _open, giver, type="primary")
    notices.show(PLACE)
    with st.expander("I forgot my PIN", width=420):
        with st.form("surprises recover", clear_on_submit=True, border=False):
            _field("Your eight recovery words", "words", hidden=False)
            _twice("A new PIN", "recover")
            _submit("Open it with my words", _recover, giver)
        st.caption("Without the words it can be emptied, and begins anew.")
        empty(giver)


def change(giver: str) -> None:
    """Changes the PIN of an open drawer, given the old one; new recovery words are shown next."""
    with st.form("surprises change", clear_on_submit=True, border=False):
        _field("The PIN of now", "old")
        _twice("A new PIN", "new")
        _submit("Change the PIN", _change, giver)
    notices.show(PLACE)
    st.caption(ANEW)


def new_words(giver: str) -> None:
    """Makes new recovery words for an open drawer, given its PIN; they are shown next."""
    with st.form("surprises renew words", clear_on_submit=True, border=False):
        _field("Your PIN", "words anew")
        _submit("Make new recovery words", _make_words, giver)


def show_words(words: str) -> None:
    """Recovery words, to be written down."""
    notices.show(WRITE_DOWN)
    st.markdown(WORDS)
    st.code(words, None, wrap_lines=True)
    st.button(
        "I have written them down",
        key="surprises written",
        type="primary",
        on_click=press(lambda: st.session_state.pop(session.WORDS, None)),
    )


def empty(giver: str) -> None:
    """Empties a drawer, after one more button that confirms it."""
    if st.session_state.get(session.CONFIRMING) != "empty":
        asks = press(lambda: st.session_state.update({session.CONFIRMING: "empty"}))
        st.button("Empty the drawer", key="surprises empty", type="tertiary", on_click=asks)
        return
    st.write(EMPTIES)
    with st.container(horizontal=True):
        st.button("Empty it", key="surprises empty it", on_click=press(_empty), args=(giver,))
        keep = press(lambda: st.session_state.pop(session.CONFIRMING, None))
        st.button("Keep it as it is", key="surprises keep it", on_click=keep)


def _empty(giver: str) -> None:
    drawers.delete(stores.store(), giver)
    session.close()


def _begin(giver: str) -> None:
    pin, wants_words = _new_pin("begin"), st.session_state.get(WANTS_WORDS)
    if not pin:
        return
    words = encryption.new_recovery_words(encryption.load_recovery_words())
    session.open_drawer(giver, drawers.create(stores.store(), giver, pin, words))
    if wants_words:
        st.session_state[session.WORDS] = words


def _open(giver: str) -> None:
    if pin := _typed("open"):
        _let_in(giver, drawers.try_pin(stores.store(), giver, pin, stores.now()))
    else:
        notices.say(PLACE, "Your PIN, please.")


def _recover(giver: str) -> None:
    words = _typed("words")
    if pin := _new_pin("recover"):
        _let_in(giver, drawers.recover(stores.store(), giver, words, pin, stores.now()))


def _let_in(giver: str, tried: drawers.Attempt) -> None:
    if tried.key is None:
        notices.say(PLACE, _not_yet(tried))
    else:
        session.open_drawer(giver, tried.key)


def _change(giver: str) -> None:
    old = _typed("old")
    if pin := _new_pin("new"):
        _lock_anew(giver, old, pin)


def _make_words(giver: str) -> None:
    if pin := _typed("words anew"):
        _lock_anew(giver, pin, pin)


def _lock_anew(giver: str, old: str, pin: str) -> None:
    """Locks an open drawer with a PIN and new recovery words, which are shown next."""
    words = encryption.new_recovery_words(encryption.load_recovery_words())
    tried = drawers.change_lock(stores.store(), giver, old, pin, words, stores.now())
    if tried.key is None:
        notices.say(PLACE, _not_yet(tried))
        return
    session.open_drawer(giver, tried.key)
    if old != pin:
        notices.say(WRITE_DOWN, "The new PIN holds from now on.")
    st.session_state[session.WORDS] = words


def _not_yet(tried: drawers.Attempt) -> str:
    seconds = ceil(tried.wait.total_seconds())
    when = "one second" if seconds == 1 else f"{seconds} seconds"
    if tried.looked:
        return f"That does not open it. You can try again in {when}."
    return f"A moment, please: the next try can come in {when}."


def _new_pin(name: str) -> str:
    """The PIN typed into two fields; "" with a sentence where it cannot be one."""
    one, two = _typed(f"{name} one"), _typed(f"{name} two")
    if not (one or two):
        return ""
    if one != two:
        notices.say(PLACE, TWO_PINS)
    elif len(one.strip()) < LEAST:
        notices.say(PLACE, TOO_SHORT)
    return one if one == two and len(one.strip()) >= LEAST else ""


def _typed(name: str) -> str:
    """The text typed into a field, which the session then forgets."""
    typed: str = st.session_state.pop(_key(name), "")
    return typed or ""


def _twice(label: str, name: str) -> None:
    """Two fields for a new PIN."""
    _field(label, f"{name} one")
    _field("Once more, to be sure", f"{name} two")


def _submit(label: str, do: Callable[[str], None], giver: str, **look: Any) -> None:
    st.form_submit_button(label, on_click=press(do), args=(giver,), **look)


def _key(name: str) -> str:
    return f"surprises typed {name}"


def _field(label: str, name: str, *, hidden: bool = True) -> None:
    kind: Literal["password", "default"] = "password" if hidden else "default"
    # Recovery words are no password: with the pages that are open a browser may write such fields
    # down, unless they say "off".
    st.text_input(
        label,
        key=_key(name),
        type=kind,
        autocomplete="one-time-code" if hidden else "off",
        max_chars=200,
    )
