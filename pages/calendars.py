"""Calendars: what comes in from each partner's own and the children's, and what goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import streamlit as st

from pages.panels import clashes
from pages.publishing import caldav_panel, feed_panel, guides
from pages.session import calendar_refresh, context, stores
from pages.session.presses import press
from pages.ui import markdown, notices
from rituals.calendars.incoming import invitations
from rituals.model import local_time, wording, wording_of_weeks
from rituals.model.calendar import Calendar, Origin
from rituals.model.household import CHILDREN, Household, Partner

INTRO = """
What your calendars hold already stays as it is, and rituals lie around it. Only *when* somebody is
busy is kept here, and whole days in a row, for Sunday to ask what they mean; titles only if that
person wants them, for their own eyes.
"""
OF_CHILDREN = (
    "School holidays, for instance: schools and states offer them as a file or an address."
)
TABS = ("Coming in", "An address", "A server", "Guides")
HOW = {
    Origin.FILE: "A file, added on",
    Origin.PATH: "A file on this machine, read on",
    Origin.ADDRESS: "An address, asked on",
}
# What a calendar has to be read again for, and what is said where that takes its file.
ANEW = dict.fromkeys(("addresses", "open_is_busy"), "That counts")
ONCE_MORE = "from the next time on: please add the file once more."
WHAT_IT_DOES = """
An address is asked when you press **Look again**, or whenever Sunday opens if you tick that.
Nothing else is ever asked, and nothing is sent there.
"""
ADDED = "calendars added"  # session: how often something was
PLACE = "calendars"  # where a sentence about the last thing done stands


def show() -> None:
    """The page: a tab for what comes in, one for each way out, and the guides."""
    household = context.household()
    st.title("Calendars", anchor=False)
    coming_in, address, server, guide = st.tabs(TABS)
    with coming_in:
        show_incoming(household)
    with address:
        feed_panel.show(household)
    with server:
        caldav_panel.show(household)
    with guide:
        guides.show()


def show_incoming(household: Household) -> None:
    """Each partner's calendars and the children's, and a place to add one."""
    st.markdown(INTRO)
    notices.show(PLACE)
    clashes.show_ahead(household)
    kept = stores.store().load_calendars()
    for column, partner in zip(st.columns(2, gap="large"), household.partners, strict=True):
        with column:
            st.subheader(markdown.plain(partner.name), anchor=False)
            own = _kept(kept, partner.key, household)
            name = markdown.plain(partner.name)
            _add(partner.key, f"Calendar files (.ics) of {name}", household)
            if any(c.titles for c in own):
                _titles(partner, household)
    if household.children or any(c.partner == CHILDREN for c in kept):
        _of_children(kept, household)
    st.caption(WHAT_IT_DOES)


def _of_children(kept: Iterable[Calendar], household: Household) -> None:
    name = wording_of_weeks.childrens_name(household)
    st.subheader(markdown.plain(name), anchor=False)
    st.caption(OF_CHILDREN)
    left, _ = st.columns(2, gap="large")
    with left:
        _kept(kept, CHILDREN, household)
        if household.children:
            _add(CHILDREN, "Calendar files (.ics) of the children", household)


def _kept(kept: Iterable[Calendar], owner: str, household: Household) -> list[Calendar]:
    """One owner's calendars, each in a frame of its own."""
    own = [calendar for calendar in kept if calendar.partner == owner]
    for calendar in own:
        with st.container(border=True):
            _one(calendar, household)
    return own


def _one(calendar: Calendar, household: Household) -> None:
    st.markdown(f"**{markdown.plain(calendar.name)}**")
    if calendar.read:
        day = household.formats.day(local_time.local_day(calendar.read, household))
        st.caption(f"{HOW[calendar.origin]} {day}")
    for sentence in calendar.skipped:
        st.caption(markdown.plain(sentence))
    for what, label in _choices(calendar, household).items():
        _choice(calendar, what, label, household)
    if calendar.origin is Origin.ADDRESS:
        _choice(calendar, "on_opening", "Ask it whenever Sunday opens", household)
    if calendar.partner != CHILDREN:
        with st.expander("Invitations"):
            _invitations(calendar, household)
    with st.container(horizontal=True):
        if calendar.origin is not Origin.FILE:
            _button("Look again", calendar, lambda: calendar_refresh.refresh(calendar, household))
        _button("Remove", calendar, lambda: _remove(calendar, household))


def _choices(calendar: Calendar, household: Household) -> dict[str, str]:
    """Boxes that can be ticked for a calendar, by the name of its field."""
    if calendar.partner == CHILDREN:
        return {
            "whole_days": "Whole days mean no school",
            "away": "Events with hours: the children are away then",
        }
    name = household.name(calendar.partner)
    return {
        "whole_days": "Whole days that are marked as busy count too",
        "titles": f"Keep titles, for {name}’s eyes",
    }


def _invitations(calendar: Calendar, household: Household) -> None:
    """The addresses under which its owner is invited, and what an open invitation means."""
    kept = ", ".join(calendar.addresses or ())
    key = f"calendars {calendar.id} addresses {kept}"
    st.text_input(
        f"Addresses of {markdown.plain(household.name(calendar.partner))}",
        kept,
        key=key,
        on_change=press(_invite),
        args=(key, calendar, household),
        help="What was declined under one of these takes no time.",
        autocomplete="off",
        placeholder="name@example.org",
    )
    _choice(calendar, "open_is_busy", "Not accepted yet counts too", household)


def _invite(key: str, calendar: Calendar, household: Household) -> None:
    addresses = invitations.written(st.session_state[key])
    if addresses != (calendar.addresses or ()):
        changed = replace(calendar, addresses=addresses)
        notices.say(PLACE, _chosen(changed, "addresses", household))


def _choice(calendar: Calendar, what: str, label: str, household: Household) -> None:
    kept: bool = getattr(calendar, what)
    changes: dict[str, Any] = {what: not kept}
    changed = replace(calendar, **changes)
    st.checkbox(
        markdown.plain(label),
        kept,
        key=f"calendars {calendar.id} {what} {kept}",
        on_change=press(lambda: notices.say(PLACE, _chosen(changed, what, household))),
    )


def _chosen(calendar: Calendar, what: str, household: Household) -> str:
    stores.store().save_calendar(calendar)
    if what in ANEW or (what == "titles" and calendar.titles):
        if calendar.origin is Origin.FILE:
            return f"{ANEW.get(what, 'Titles are kept')} {ONCE_MORE}"
        return calendar_refresh.refresh(calendar, household)
    calendar_refresh.place_anew(calendar_refresh.weeks_ahead(household))
    return ""


def _button(label: str, calendar: Calendar, act: Callable[[], str]) -> None:
    spoken = f"{label}: {markdown.spoken(calendar.name)}"
    key = f"calendars {label} {calendar.id}"
    st.button(label, key=key, help=spoken, on_click=press(_act), args=(act,))


def _act(act: Callable[[], str]) -> None:
    notices.say(PLACE, act())


def _remove(calendar: Calendar, household: Household) -> str:
    stores.store().remove_calendar(calendar.id)
    calendar_refresh.place_anew(calendar_refresh.weeks_ahead(household))
    return f"{calendar.name} is forgotten, with everything that was read from it."


def _add(owner: str, label: str, household: Household) -> None:
    """A field for files, read at once, and one for a path or an address."""
    added = st.session_state.setdefault(ADDED, 0)
    key = f"calendars files {owner} {added}"
    st.file_uploader(
        label,
        type=["ics", "ical", "ifb", "icalendar"],
        accept_multiple_files=True,
        key=key,
        on_change=press(_add_files),
        args=(owner, key, added, household),
    )
    with st.form(f"calendars add {owner}", clear_on_submit=True, border=False):
        key = f"calendars place {owner}"
        st.text_input(
            "Or a path on this machine, or an address",
            autocomplete="off",
            placeholder="https://… or /home/…/calendar.ics",
            key=key,
        )
        add = press(_add_place)
        st.form_submit_button("Add", on_click=add, args=(owner, key, household))


def _add_files(owner: str, key: str, added: int, household: Household) -> None:
    """Takes files in, once: a browser that still shows the old field tells of them again."""
    files = st.session_state[key] if added == st.session_state[ADDED] else []
    if sentences := [
        calendar_refresh.add_file(owner, f.name, f.getvalue(), household) for f in files
    ]:
        notices.say(PLACE, " ".join(sentences))
        st.session_state[ADDED] += 1  # another field, for what was in this one is taken in


def _add_place(owner: str, key: str, household: Household) -> None:
    if where := st.session_state[key].strip():
        notices.say(PLACE, calendar_refresh.add_place(owner, where, household))


def _titles(partner: Partner, household: Household) -> None:
    week = context.week(household)
    with st.expander(f"For {markdown.plain(partner.name)}’s eyes: what is there this week"):
        within = local_time.week_span(week, household)
        for busy in stores.store().load_titles(partner.key, within):
            when = wording.moment(busy.span.start, household)
            st.markdown(f"{when} · {markdown.plain(busy.title)}")


_, middle, _ = st.columns([1, 6, 1])
with middle:
    show()
