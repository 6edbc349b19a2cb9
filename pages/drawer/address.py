"""The address of a drawer: for a calendar of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from pages.drawer import session
from pages.publishing import feed_panel
from pages.session import stores
from pages.session.presses import press
from rituals.calendars.outgoing import feeds
from rituals.model.household import Household
from rituals.security.encryption import Key
from rituals.surprises.surprise import Drawer

INTRO = """
A calendar of your own can read the drawer at an address: it holds only what is in the drawer.
Please give it to no calendar that the two of you share.
"""


def show(drawer: Drawer, giver: str, key: Key, household: Household) -> None:
    """The address, and what can be done with it."""
    st.markdown(INTRO)
    if stores.is_sample():
        st.caption("The sample couple has no address.")
        return
    if not drawer.token:
        _button("Switch the address on", "on", partial(_keep_new, giver, key, household))
        return
    st.code(feed_panel.link(drawer.token), None, wrap_lines=True)
    with st.container(horizontal=True):
        renews = partial(_keep_new, giver, key, household)
        _button("Renew", "renew", renews, "The one above stops at once.")
        _button("Switch off", "off", partial(_keep, "", giver, key, household))


def _button(label: str, name: str, do: Callable[[], None], help: str | None = None) -> None:
    st.button(label, key=f"surprises address {name}", help=help, on_click=press(do))


def _keep_new(giver: str, key: Key, household: Household) -> None:
    _keep(feeds.new_token(), giver, key, household)


def _keep(token: str, giver: str, key: Key, household: Household) -> None:
    session.change(giver, key, lambda drawer: replace(drawer, token=token), household)
