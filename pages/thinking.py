"""One line about who thinks of what this week."""

import streamlit as st

from pages import markdown, shared
from rituals import thought
from rituals.household import Household
from rituals.plan import Plan


def show(plan: Plan, household: Household) -> None:
    """Who books, buys and reminds; nothing where nothing is chosen."""
    if said := thought.line(plan, shared.rituals(), household, markdown.plain):
        st.markdown(said)
