"""The choice of who sits here: both of the two, or one of them."""

from __future__ import annotations

import streamlit as st

from pages.ui import markdown
from pages.ui.choice import quietly_one_of
from rituals.model.household import BOTH, ONE, TWO, Household

WHO = "who"  # session: the key of the one who sits here; BOTH for both
TOGETHER = "Both of us"


def show(household: Household) -> None:
    """The choice; it stays on every page, and in the address, so that a reload keeps it."""
    with st.container(key="who-sits", horizontal=True, horizontal_alignment="right"):
        quietly_one_of("Who sits here", all_names(household), BOTH, WHO, bind="query-params")


def present() -> tuple[str, ...]:
    """The keys of those who sit here."""
    chosen = st.session_state.get(WHO) or BOTH
    return (chosen,) if chosen else (ONE, TWO)


def single_partner() -> str | None:
    """The key of the one who sits here without the other; None where both do."""
    return st.session_state.get(WHO) or None


def sit_alone(partner: str) -> None:
    """From now on this one of the two sits here."""
    st.session_state[WHO] = partner


def all_names(household: Household) -> dict[str, str]:
    """Both of them and each of the two, by key."""
    return {BOTH: TOGETHER, **names(household)}


def names(household: Household) -> dict[str, str]:
    """The two by key, for a choice between them, which knows its options by what is shown."""
    one, two = (markdown.plain(partner.name) for partner in household.partners)
    if len({one, two, TOGETHER}) < 3:
        one, two = f"{one} · one", f"{two} · two"
    return {ONE: one, TWO: two}
