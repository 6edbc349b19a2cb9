"""Who sits here: both of the two, or one of them."""

from __future__ import annotations

import streamlit as st

from pages import shared
from rituals.model import BOTH, ONE, TWO, Household

WHO = "who"  # session: the key of the one who sits here; BOTH for both
TOGETHER = "Both of us"


def show(household: Household) -> None:
    """The choice; it stays on every page, and in the address, so that a reload keeps it."""
    choices = {BOTH: TOGETHER, **names(household)}
    with st.container(key="who-sits", horizontal=True, horizontal_alignment="right"):
        st.segmented_control(
            "Who sits here",
            list(choices),
            default=BOTH,
            format_func=choices.__getitem__,
            key=WHO,
            required=True,
            label_visibility="collapsed",
            bind="query-params",
        )


def sits() -> tuple[str, ...]:
    """The keys of those who sit here."""
    chosen = st.session_state.get(WHO) or BOTH
    return (chosen,) if chosen else (ONE, TWO)


def alone() -> str | None:
    """The key of the one who sits here without the other; None where both do."""
    return st.session_state.get(WHO) or None


def names(household: Household) -> dict[str, str]:
    """The two by key, for a choice between them, which knows its options by what is shown."""
    one, two = (shared.plain(partner.name) for partner in household.partners)
    if len({one, two, TOGETHER}) < 3:
        one, two = f"{one} · one", f"{two} · two"
    return {ONE: one, TWO: two}
