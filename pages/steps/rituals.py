"""Step 3: rituals for this week, how often and by whom, each with its way."""

from collections.abc import Iterable

import streamlit as st

from pages.choosing import dear, now_and_then, wishlist
from pages.session import context, stores, widgets
from pages.ui import markdown
from rituals.insights import balance
from rituals.model import totals, wording
from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Plan, Season, most_times, times
from rituals.model.ritual import Ritual, TakesPart, by_age, fitting, possible, suits
from rituals.planning.choices import suggestions
from rituals.planning.conflicts import TimesSetting

CHOSEN, WISHED, NEW = "Chosen", "You both wished for this", "Something new"
RARE = "Now and then"
SHOWN = "sunday rituals shown"
MOST_TIMES = 7


def show(plan: Plan, household: Household) -> None:
    """The hours the week asks, and the cards of one kind, or of the chosen rituals."""
    _say_what_it_asks(plan)
    ours = fitting(context.rituals().values(), household)
    for ritual in _shown(plan, ours, household):
        _card(plan, ritual, household)


def _shown(plan: Plan, fitting: list[Ritual], household: Household) -> Iterable[Ritual]:
    kinds = {wording.KINDS[kind]: kind for kind in household.kinds()}
    chosen = {choice.ritual for choice in plan.choices}
    wished = wishlist.common(household)
    rare = _rare(household)
    offered = [CHOSEN, *([WISHED] if wished else []), *kinds, *([RARE] if rare else []), NEW]
    shown = _choose(offered, CHOSEN if chosen else wording.KINDS[Kind.TOGETHER])
    if shown == NEW:
        return _something_new(plan, [r for r in fitting if suits(r, household, plan.week.year)])
    if shown == WISHED:
        return wished
    if shown == RARE:
        st.caption("What you switch on comes into its weeks by itself, as often as it says.")
        return rare
    if shown == CHOSEN:
        if not chosen:
            st.caption("Nothing is chosen yet. A look at one of the four kinds may help.")
        return [ritual for ritual in (*rare, *fitting) if ritual.id in chosen]
    of_kind = [ritual for ritual in fitting if ritual.kind is kinds[shown]]
    return by_age(of_kind, household, plan.week.year)


def _rare(household: Household) -> list[Ritual]:
    """Rituals that come less often than every week, those that are kept first."""
    ours = possible(context.rituals().values(), household)
    return sorted((r for r in ours if not r.rhythm.is_weekly), key=lambda r: not r.kept)


def _choose(offered: list[str], at_first: str) -> str:
    """The cards that are shown: as they were, unless those are no longer offered."""
    if st.session_state.get(SHOWN) not in offered:
        st.session_state[SHOWN] = at_first
    st.pills(
        "Show",
        offered,
        key=SHOWN,
        required=True,
        label_visibility="collapsed",
        wrap=True,
    )
    shown: str = st.session_state[SHOWN]
    return shown


def _something_new(plan: Plan, fitting: list[Ritual]) -> Iterable[Ritual]:
    rested, never = suggestions.something_new(
        fitting, stores.store().last_times(plan.week), plan.week
    )
    if rested:
        st.caption(f"{markdown.plain(rested.title)} has rested for a while.")
    if never:
        st.caption(f"{markdown.plain(never.title)} would be a first.")
    return [ritual for ritual in (rested, never) if ritual]


def _card(plan: Plan, ritual: Ritual, household: Household) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{markdown.dot(ritual.kind)} **{markdown.plain(ritual.title)}**")
        st.caption(markdown.plain(suggestions.way(ritual, plan.week, 1)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for partner in _who(ritual):
                _times(plan, ritual, partner, household)
        for partner in _who(ritual):
            _oftener(plan, ritual, partner, household)
        now_and_then.draw_switch(ritual)
        dear.draw_heart(ritual)


def _who(ritual: Ritual) -> tuple[str | None, ...]:
    return (None,) if ritual.takes_part is TakesPart.BOTH else (ONE, TWO)


def _times(plan: Plan, ritual: Ritual, partner: str | None, household: Household) -> None:
    chosen = times(plan, ritual.id, partner)
    whose = household.name(partner) if partner else "Both of us"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        st.caption(markdown.plain(whose), width="content")
        st.number_input(
            f"{markdown.spoken(f'{ritual.title}, {whose}')}, times this week",
            min_value=0,
            max_value=max(MOST_TIMES if ritual.rhythm.is_weekly else 1, chosen),
            value=chosen,
            key=widgets.key(TimesSetting(plan.week, ritual.id, partner), chosen),
            label_visibility="collapsed",
            width=132,
        )


def _oftener(plan: Plan, ritual: Ritual, partner: str | None, household: Household) -> None:
    """A box to tick: the ritual may come more often where the hopes ask for more."""
    chosen = times(plan, ritual.id, partner)
    if not 0 < chosen < ritual.frequency.most:
        return
    kept = most_times(plan, ritual.id, partner) > 0
    whose = f" for {markdown.plain(household.name(partner))}" if partner else ""
    st.checkbox(
        f"More often{whose}, up to the hours you hope for",
        kept,
        key=widgets.key(widgets.Oftener(plan.week, ritual.id, partner), kept),
    )


def _say_what_it_asks(plan: Plan) -> None:
    if plan.season is Season.GRACE:
        st.markdown("A week off asks nothing of the two of you.")
        return
    minutes = totals.minutes_in_all(plan)
    sentence = f"This week asks **{wording.hours(minutes)}** of the two of you."
    past = stores.store().load_plans([plan.week + back for back in range(-8, 0)])
    if balance.asks_more_than_usual(plan, past.values()):
        sentence += " That is more than your weeks usually hold; one thing may wait, or none."
    st.markdown(sentence if minutes else "This week asks nothing of you yet.")
