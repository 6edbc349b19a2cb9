"""The season ahead: a row of thirteen weeks, what is rare in them, and other weeks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from pages.session import context, rare, stores
from pages.session.presses import press
from pages.ui import markdown, season_row
from rituals.model import local_time, wording
from rituals.model.difference import What
from rituals.model.household import Household
from rituals.model.plan import Season
from rituals.model.time.week import Week
from rituals.model.week_facts import differences_in
from rituals.planning.season import wording as sentences
from rituals.planning.season.season import Rare, SeasonAhead

CHOSEN = "season chosen"  # session: the thing whose other weeks are shown
MOST_OFFERED = 4  # other weeks for one thing
NOTHING = (
    "What comes now and then finds its week here: a date once a month, a night away each season, "
    "a birthday. Switch on under Our rituals what you want to keep."
)


def show(household: Household) -> None:
    """The view: the weeks, then one thing with its other weeks beside all that comes."""
    season = context.season_ahead(household)
    if not season.kept:
        st.write(NOTHING)
        return
    st.markdown("Thirteen weeks, and what is rare in them.")
    season_row.show(season, household, dict(_known(season, household)))
    one, all_of_them = st.columns(2, gap="medium")
    with all_of_them.container(border=True):
        _show_next(season, household)
    if season.rare:
        with one.container(border=True):
            _show_one(season, household)


def _known(season: SeasonAhead, household: Household) -> Iterator[tuple[Week, str]]:
    """Weeks that rest or in which somebody is away, each in a few words."""
    plans = stores.store().load_plans(season.weeks)
    for week in season.weeks:
        begins = household.formats.short_day(local_time.first_day(week, household))
        away = [
            household.name(d.partner)
            for d in differences_in(week, household)
            if d.what is What.AWAY
        ]
        if week in plans and plans[week].season is Season.GRACE:
            yield week, f"{begins}: {plans[week].grace or 'a week off'}"
        elif away:
            yield week, f"{begins}: {wording.listed(list(dict.fromkeys(away)))} away"


def _show_next(season: SeasonAhead, household: Household) -> None:
    st.subheader("Next", anchor=False)
    for entry in season.rare:
        when = sentences.when(entry, household)
        text = markdown.plain(sentences.line(entry, household))
        st.markdown(f"{markdown.dot(entry.ritual.kind)} **{when[0].upper()}{when[1:]}** {text}")
    if later := sentences.not_in_it(season, household):
        st.caption(markdown.plain(f"Later: {'; '.join(later)}."))
    st.caption("Each of these comes into its week by itself; on its Sunday you keep or move it.")


def _show_one(season: SeasonAhead, household: Household) -> None:
    """One thing that is coming, with the weeks that have room for it as well."""
    names = {_key(entry): _name(entry, household) for entry in season.rare}
    if st.session_state.get(CHOSEN) not in names:
        st.session_state[CHOSEN] = next(iter(names))
    st.subheader("Another week for", anchor=False)
    chosen = st.selectbox(
        "Something rare",
        list(names),
        format_func=names.__getitem__,
        key=CHOSEN,
        label_visibility="collapsed",
    )
    entry = next(one for one in season.rare if _key(one) == chosen)
    why = sentences.why(entry.ritual, entry.week, entry.last, household)
    st.markdown(markdown.plain(why))
    if not entry.has_sitter and not entry.is_left_out:
        st.caption("It needs a sitter, and none is known of in that week yet.")
    with st.container(horizontal=True, gap="small"):
        for week in sorted(entry.other_weeks[:MOST_OFFERED]):
            _offer(entry, week, household)
        label = "Take it in again" if entry.is_left_out else "Leave it out"
        st.button(
            label,
            key="season leave out",
            on_click=press(rare.leave_out),
            args=(entry, not entry.is_left_out),
        )


def _offer(entry: Rare, week: Week, household: Household) -> None:
    first = household.formats.short_day(local_time.first_day(week, household))
    st.button(
        f"Week of {first}", key=f"season to {week}", on_click=press(_move), args=(entry, week)
    )


def _move(entry: Rare, to: Week) -> None:
    rare.move(entry, to)
    st.session_state[CHOSEN] = _key(replace(entry, week=to))


def _key(entry: Rare) -> str:
    return f"{entry.ritual.id} {entry.partner or ''} {entry.week}"


def _name(entry: Rare, household: Household) -> str:
    title = sentences.title(entry.ritual, entry.partner, household)
    return f"{title}, {sentences.when(entry, household)}"
