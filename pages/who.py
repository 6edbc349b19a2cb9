"""Who sits here: both of the two, or one of them."""

from __future__ import annotations

import streamlit as st

from pages import shared
from rituals.model import BOTH, ONE, TWO, Household

WHO = "who"  # session: the key of the one who sits here; BOTH for both


def show(household: Household) -> None:
    """The choice; it stays on every page, and in the address, so that a reload keeps it."""
    names = {BOTH: "Both of us", **{p.key: shared.plain(p.name) for p in household.partners}}
    with st.container(key="who-sits", horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            "Who sits here",
            list(names),
            default=BOTH,
            format_func=names.__getitem__,
            key=WHO,
            required=True,
            label_visibility="collapsed",
            bind="query-params",
        )


def sits() -> tuple[str, ...]:
    """The keys of those who sit here."""
    chosen = st.session_state.get(WHO) or BOTH
    return (chosen,) if chosen else (ONE, TWO)
