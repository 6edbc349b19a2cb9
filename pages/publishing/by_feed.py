"""The week on a subscribe link: it comes there by itself, once both have said yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.publishing import choices, feed_panel
from pages.session import context, stores
from pages.session.presses import press
from rituals.calendars.outgoing import checklist, feeds
from rituals.calendars.outgoing.ledger import meant_for
from rituals.model.calendar import Audience, Feed
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.planning import agreement, sitters

MADE = "take link made"  # session: the audience whose link was made here, to be given on once


def show(ahead: Sequence[Plan], audience: Audience, household: Household) -> None:
    """Says what of these weeks is on the link, or offers to make one."""
    feed = stores.own_store().load_feeds().get(audience)
    with st.container(key="take-primary"):
        if feed is None:
            st.button(
                "Make a subscribe link",
                key=f"take link {audience}",
                type=choices.weight(ahead),
                icon=":material/link:",
                width="stretch",
                on_click=press(_make),
                args=(audience,),
            )
            st.caption("Your calendar reads it by itself, whatever changes")
        else:
            _say(ahead, feed, household)
    if feed is not None and st.session_state.get(MADE) == audience:
        show_link(feed)


def show_link(feed: Feed) -> None:
    """The link to give to a calendar, and the way to more about it."""
    if feed.token:
        st.code(feed_panel.link(feed.token), None, wrap_lines=True)
    st.page_link("calendars.py", label="On your phones, and who can read it")


def _make(audience: Audience) -> None:
    store = stores.own_store()
    feed = store.load_feeds().get(audience, Feed(audience))
    store.save_feed(replace(feed, token=feeds.new_token()))
    st.session_state[MADE] = audience


def _say(ahead: Sequence[Plan], feed: Feed, household: Household) -> None:
    lying = [plan for plan in ahead if standing(plan)]
    if not lying:
        return
    count = _count(lying, feed.audience, household)
    there = checklist.events(count)
    place = "your subscribe link" if feed.token else "your folder"
    if all(agreement.is_ours(plan) for plan in lying):
        made_now = st.session_state.get(MADE) == feed.audience
        said = "Give this link to your calendar, once" if made_now else "It is in your calendar"
        st.markdown(f":material/event_available: {said}", text_alignment="center")
        st.caption(f"through {place}, by itself · {there}")
    else:
        so_far = f" · {there} so far" if count else ""
        st.caption(f"through {place}, as soon as both of you said yes{so_far}")


def _count(lying: Sequence[Plan], audience: Audience, household: Household) -> int:
    rituals, now = context.rituals(), stores.now()
    settled = (sitters.settled(plan, household, rituals, now) for plan in lying)
    return sum(len(meant_for(each, audience)) for each in settled)
