"""Open to our home network: the passphrase is set, renewed and forgotten here."""

from __future__ import annotations

import streamlit as st

from pages.server import network
from pages.session import context, stores
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.model import local_time
from rituals.security import passphrase

CLOSED = """
Leavewell answers to this machine alone. With a passphrase, your phones and other machines at home
can open it too. Here nobody is asked for it; there each browser is asked once in 30 days.
"""
OPEN = """
Your passphrase holds since {day}: each browser on another machine is asked for it once in 30 days.
"""
START = "To let them in, close Leavewell and start it with this line; they then open {home}."
THEY_OPEN = "On a phone, open {home}."
TRAVELS = """
Only a hash of it is kept. What travels through your network can be read there; the README says how
to seal it with TLS, where you do not trust everybody in it.
"""
RENEWS = "With another one, every other machine is asked again at once."
ENDS = "Nobody is let in any more from another machine, at once, and the passphrase is forgotten."
PLACE = "door"  # where a sentence about the last thing done stands


def show() -> None:
    """The switch, and what it means."""
    st.header("Open to our home network", anchor=False)
    notices.show(PLACE)
    door = passphrase.load(stores.own_store())
    if door is None:
        st.markdown(CLOSED)
        _set("Switch it on", "It is switched on.")
    else:
        _how_it_is(door)
        with st.expander("Another passphrase, or switch it off"):
            st.markdown(RENEWS)
            _set("Keep the new passphrase", "The new passphrase holds from now on.")
            st.markdown(ENDS)
            st.button("Switch it off", key="door off", on_click=press(_switch_off))


def _how_it_is(door: passphrase.Door) -> None:
    household = context.household()
    day = household.formats.day(local_time.local_day(door.since, household))
    st.markdown(OPEN.format(day=day))
    if network.is_local_only():
        st.markdown(START.format(home=markdown.plain(f"http://{network.planned_home_address()}")))
        st.code(network.start_command(), None, wrap_lines=True)
    else:
        st.markdown(THEY_OPEN.format(home=markdown.plain(f"http://{network.home_address()}")))
    st.caption(TRAVELS)


def _set(label: str, sentence: str) -> None:
    with st.form("door", clear_on_submit=True, width=420):
        _field("A passphrase of a few words", "door one")
        _field("Once more, to be sure", "door two")
        keep = press(_keep)
        st.form_submit_button(label, type="primary", on_click=keep, args=(sentence,))


def _field(label: str, key: str) -> None:
    st.text_input(label, key=key, type="password", autocomplete="one-time-code", max_chars=200)


def _keep(sentence: str) -> None:
    """Keeps what stands in the two fields, which the session then forgets."""
    one, two = (st.session_state.pop(key, "") or "" for key in ("door one", "door two"))
    if not (one or two):
        return
    if why := passphrase.problem(one, two):
        notices.say(PLACE, why)
        return
    passphrase.set_passphrase(stores.own_store(), one, stores.now())
    notices.say(PLACE, sentence)


def _switch_off() -> None:
    passphrase.remove(stores.own_store())
    notices.say(PLACE, "It is off. Leavewell answers to this machine alone.")
