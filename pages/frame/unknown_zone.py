"""The page shown in place of every other while nobody knows the household's time zone."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.session import stores
from pages.session.presses import press
from pages.settings import household_form
from pages.ui import markdown
from rituals.model.household import Household


def show(household: Household) -> None:
    """The sentence, the zones to choose from, and one button that keeps the choice."""
    _, middle, _ = st.columns([1, 4, 1])
    with middle:
        st.title("Household", anchor=False)
        lost = markdown.plain(household.zone)
        st.info(f"Your time zone, {lost}, is not known here. Please choose the one you live in.")
        zone = household_form.choose_zone(household_form.proposed_zone(), "unknown zone")
        st.button(
            "Save",
            type="primary",
            key="unknown zone keep",
            on_click=press(lambda: stores.store().save_household(replace(household, zone=zone))),
        )
