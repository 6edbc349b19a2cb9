"""Feeds of the weeks, for each audience: an address to subscribe to, and a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import segno
import streamlit as st

from pages.server import network
from pages.session import context, stores, visitor
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.calendars.outgoing import feeds
from rituals.model.calendar import Audience, Feed
from rituals.model.household import Household
from rituals.security import passphrase

INTRO = """
A calendar can subscribe to an address, or read a file in a folder that you sync. It shows what
both of you said yes to; what you change together or let go here changes there by itself, whenever
that calendar looks again.
"""
AT_HOME_ALONE = """
Leavewell answers to this machine alone, so only a calendar on this machine can read an address. To
let your phones in, {first}close Leavewell and start it with the line below. The link then begins
with {home}: give your phones that one. A calendar needs the link alone; whoever opens the pages
there is asked for your passphrase.
"""
SET_IT = "set a passphrase on the page Household, “Open to our home network”; then "
OPEN = """
Leavewell is open to your home network, at {home}. A calendar needs the link alone; whoever opens
the pages from another machine is asked for your passphrase.
"""
WHAT_IT_MEANS = """
- Whoever knows a link can read those weeks. **Renew** makes another, and the one before stops at
  once.
- Only what both of you said yes to is on it, from twelve weeks back on.
- It answers while Leavewell is open. In between, a calendar shows what it read last.
- Google Calendar and Outlook.com ask from the web, and from there nobody reaches into your home.
  For these, take the file.
"""
SAMPLES = "The sample couple has no address. Your own is here when you are back with your own."
PLACE = "address"  # where a sentence about the last thing done stands
OFF = "It is off. Who asks for it finds nothing there."
RENEWED = "Here is the new link. The old one is gone."
RENEWING = "address asked"  # session: the audience that is asked whether to renew


def show(household: Household) -> None:
    """For each audience its address and folder, and what it means to have one."""
    st.markdown(INTRO)
    if stores.is_sample():
        st.caption(SAMPLES)
        return
    notices.show(PLACE)
    by_audience = stores.own_store().load_feeds()
    names = [markdown.plain(context.audience_name(audience, household)) for audience in Audience]
    for tab, audience in zip(st.tabs(names), Audience, strict=True):
        with tab:
            _one(by_audience.get(audience, Feed(audience)), household)
    with st.expander(
        "Your phones, and who can read it", expanded=_has_address(by_audience.values())
    ):
        _who_reads_it()


def link(token: str) -> str:
    """An address as a calendar asks for it."""
    return f"http://{network.home_address()}/calendar/{token}.ics"


def _one(feed: Feed, household: Household) -> None:
    st.caption(markdown.plain(_holds(feed.audience, household)))
    if feed.token:
        _address(feed, household)
    else:
        _button("Switch the address on", feed, household, partial(_renew, feed, ""))
    _folder(feed, household)


def _address(feed: Feed, household: Household) -> None:
    at = link(feed.token)
    st.code(at, None, wrap_lines=True)
    if st.session_state.get(RENEWING) == feed.audience:
        _ask_to_renew(feed, household)
        return
    with st.container(horizontal=True):
        if not network.is_local_only():
            with st.popover("For a phone", icon=":material/qr_code_2:"):
                st.image(_picture(at), width=240, alt="The address as a picture for a phone")
        asks = partial(st.session_state.update, {RENEWING: feed.audience})
        _button("Renew", feed, household, asks)
        off = partial(_keep, replace(feed, token=""), OFF)
        _button("Switch off", feed, household, off)


def _ask_to_renew(feed: Feed, household: Household) -> None:
    st.write("The link above stops at once, and each calendar has to be given the new one.")
    with st.container(horizontal=True):
        _button("Make a new link", feed, household, partial(_renew, feed, RENEWED))
        keeps = partial(st.session_state.pop, RENEWING, None)
        _button("Keep this one", feed, household, keeps)


def _folder(feed: Feed, household: Household) -> None:
    """The field of a folder, kept at once, whether it exists already or not."""
    if visitor.is_guest():
        st.caption(visitor.ONLY_HERE)
        return
    key = f"address folder {feed.audience} {feed.folder}"
    st.text_input(
        "A folder that you sync: the same lies there as a file",
        feed.folder,
        key=key,
        on_change=press(_keep_folder),
        args=(key, feed),
        autocomplete="off",
        placeholder="/home/…/Calendars",
    )
    if feed.folder:
        _write_once_more(Path(feed.folder), feed.audience, household)


def _keep_folder(key: str, feed: Feed) -> None:
    typed = st.session_state[key]
    chosen = str(feeds.folder_path(typed)) if typed.strip() else ""
    if chosen != feed.folder:
        _keep(replace(feed, folder=chosen), "")


def _write_once_more(folder: Path, audience: Audience, household: Household) -> None:
    """Writes the folder's file once more, and says when or why not."""
    store = stores.own_store()
    try:
        file = feeds.write_file(store, audience, folder, household, stores.now())
        written = datetime.fromtimestamp(file.stat().st_mtime, UTC).astimezone(household.tz)
    except (feeds.FeedError, OSError) as refused:
        st.warning(markdown.plain(str(refused)))
        return
    when = f"{household.formats.day(written)}, {household.formats.clock(written)}"
    st.caption(f"{markdown.plain(file.name)}: written on {when}")
    for old in feeds.left_behind(store, audience, folder, household):
        st.caption(
            f"{markdown.plain(old.name)} lies there too, under a name of before. Nothing writes it "
            "any more; you may delete it."
        )


def _who_reads_it() -> None:
    if network.is_local_only():
        first = "" if passphrase.load(stores.own_store()) else SET_IT
        home = markdown.plain(f"http://{network.planned_home_address()}")
        st.markdown(AT_HOME_ALONE.format(first=first, home=home))
        st.code(network.start_command(), None, wrap_lines=True)
    else:
        st.markdown(OPEN.format(home=markdown.plain(f"http://{network.home_address()}")))
    st.markdown(WHAT_IT_MEANS)


def _button(label: str, feed: Feed, household: Household, do: Callable[[], Any]) -> None:
    spoken = f"{label}: {markdown.spoken(context.audience_name(feed.audience, household))}"
    st.button(label, key=f"address {label} {feed.audience}", help=spoken, on_click=press(do))


def _renew(feed: Feed, sentence: str) -> None:
    st.session_state.pop(RENEWING, None)
    _keep(replace(feed, token=feeds.new_token()), sentence)


def _keep(feed: Feed, sentence: str) -> None:
    stores.own_store().save_feed(feed)
    notices.say(PLACE, sentence)


def _holds(audience: Audience, household: Household) -> str:
    if audience is Audience.SHARED:
        return "For the calendar you share: everything both of you said yes to."
    name = household.name(audience)
    return f"For {name}’s calendar: what is {name}’s own of that."


def _has_address(all_feeds: Iterable[Feed]) -> bool:
    return any(feed.token for feed in all_feeds)


@lru_cache(4)
def _picture(at: str) -> str:
    return str(segno.make(at, micro=False).svg_inline(scale=4, light="white"))
