"""The rituals each of the two would love: marked by one alone, shown once both marked them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.session import context, stores, who
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.ritual import Ritual
from rituals.planning.choices import suggestions
from rituals.surprises import wishlist

HEART = "I would love this"
HOW = (
    "Each of you can mark quietly what you would love: tap your own name at the top first. "
    "Only what you both marked is ever shown."
)


def show_common(household: Household) -> None:
    """The rituals both wished for; where both sit here, also the way to wish."""
    if rituals := common(household):
        titles = wording.listed([markdown.plain(ritual.title) for ritual in rituals])
        st.markdown(f"You both wished for this: {titles}.")
    if who.single_partner() is None:
        st.caption(HOW)


def common(household: Household) -> list[Ritual]:
    """The rituals that both wished for and can choose."""
    one, two = (wishlist.load(stores.store(), partner.key) for partner in household.partners)
    return suggestions.choosable_by_both(one, two, context.rituals().values(), household)


def hearts() -> Callable[[Ritual], None]:
    """Draws a ritual's heart for the one who sits here; where both do there is none."""
    partner = who.single_partner()
    if partner is None:
        return lambda _ritual: None
    own = wishlist.load(stores.store(), partner)
    return lambda ritual: _heart(ritual, partner, ritual.id in own)


def _heart(ritual: Ritual, partner: str, marked: bool) -> None:
    key = f"our_rituals heart {partner} {ritual.id}"
    st.session_state[key] = marked  # the store's word, also where it was marked on another machine
    label = f"{HEART}: {markdown.plain(ritual.title)}"  # read aloud it stands alone
    st.checkbox(label, key=key, on_change=press(_keep), args=(key, partner, ritual.id))


def _keep(key: str, partner: str, ritual: str) -> None:
    keep = wishlist.mark if st.session_state[key] else wishlist.unmark
    keep(stores.store(), partner, ritual)
