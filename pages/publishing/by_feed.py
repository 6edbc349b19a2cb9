"""A line of step 5 about the feeds: the weeks that are on them."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.session import stores
from rituals.model.plan import Plan, standing
from rituals.planning import agreement


def show(ahead: Iterable[Plan]) -> None:
    """Says that these weeks are on the feeds, or what they wait for; nothing without feeds."""
    by_audience = {} if stores.is_sample() else stores.own_store().load_feeds()
    lying = [plan for plan in ahead if standing(plan)]
    if not by_audience or not lying:
        return
    place = (
        "at your address" if any(feed.token for feed in by_audience.values()) else "in your folder"
    )
    if all(agreement.is_ours(plan) for plan in lying):
        st.caption(f"This is {place} already, and every change follows by itself.")
    else:
        st.caption(f"What both of you said yes to is {place}, by itself.")
