"""Surprises: each partner's own drawer, behind a PIN."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import SystemRandom
from typing import Any

import streamlit as st

from pages.drawer import address, lock, secret_rituals, session, watch
from pages.drawer.form import draw, open_form
from pages.drawer.open_drawers import OpenDrawer
from pages.session import context, stores, who
from pages.session.presses import press
from pages.ui import download, markdown, notices
from rituals.calendars.outgoing import feeds
from rituals.model import childcare, local_time, wording
from rituals.model.calendar import Audience
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.rhythm import Rhythm
from rituals.model.time.span import Span, Spans
from rituals.security.encryption import Key, SealError
from rituals.store.store import Store
from rituals.surprises import drawers, ideas
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, Surprise

TWO_HERE = (
    "Here each of you plans surprises for the other, in a drawer that your PIN opens. It is for "
    "one pair of eyes: who of you is here alone?"
)
NOTHING_YET = "Nothing yet. Plan {other} a surprise here: they see the hint you choose, or nothing."
NO_ACT_LEFT = "Nothing is left to draw for this week. Next week there is."
CHANCE = SystemRandom()
DRAWN = "surprises drawn"  # where a sentence about a draw stands


def show(opened: OpenDrawer, household: Household) -> None:
    """The open drawer: reveals what is due, then lists what lies in it, with buttons."""
    watch.watch(opened)
    giver, key = opened.giver, opened.key
    drawer = drawers.load(stores.store(), giver, key)
    drawer = _reveal(drawer, giver, key, household)
    form = st.session_state.get(session.FORM)
    if form is not None:

        def keep(one: Surprise) -> None:
            now = stores.now()
            session.change(giver, key, lambda d: surprises.with_surprise(d, one, now), household)

        draw(drawer.find(form), giver, household, keep)
        return
    st.header(f"{markdown.plain(household.name(giver))}’s drawer", anchor=False)
    _what_can_be_done(opened, household)
    secret_rituals.show(drawer, giver, household)
    for surprise in drawer.lying:
        _one(surprise, giver, key, household)
    if not drawer.lying:
        other = household.name(childcare.OTHER[giver])
        st.caption(NOTHING_YET.format(other=markdown.plain(other)))
    _given(drawer, household)
    with st.expander("A calendar of your own", icon=":material/calendar_add_on:"):
        address.show(drawer, giver, key, household)
    with st.expander("The lock", icon=":material/lock:"):
        lock.change(giver)
        lock.new_words(giver)
        lock.empty(giver)


def _what_can_be_done(opened: OpenDrawer, household: Household) -> None:
    giver, store = opened.giver, stores.store()
    with st.container(horizontal=True):
        st.button(
            "A new surprise",
            type="primary",
            icon=":material/add:",
            key="surprises new",
            on_click=press(open_form),
            args=("",),
        )
        st.button(
            "Draw one for me",
            icon=":material/casino:",
            key="surprises draw",
            on_click=press(_draw),
            args=(giver, opened.key, household),
        )
        # Another name than that of the giver's feed, beside which it may lie.
        name = feeds.file_name(Audience(giver), household).removeprefix("leavewell-")
        file = download.File(name, "text/calendar", lambda: _file(opened, store, household))
        opened.offers[:] = [download.show("As a calendar file", file, "surprises file")]
        st.button(
            "Close the drawer",
            icon=":material/close:",
            key="surprises close",
            on_click=press(session.close),
        )
    notices.show(DRAWN)


def _file(opened: OpenDrawer, store: Store, household: Household) -> bytes:
    drawer = drawers.load(store, opened.giver, opened.key)
    return drawers.calendar(drawer, opened.giver, household, stores.now())


def _reveal(drawer: Drawer, giver: str, key: Key, household: Household) -> Drawer:
    now = stores.now()
    due = surprises.due(drawer, household, now)
    if session.after_opening(drawer, [s.id for s in due], household, now) == drawer:
        return drawer
    session.reveal(giver, key, due, household)
    for surprise in due:
        notices.say_once(
            f"“{surprise.title}” is revealed: from now on it is in its week, for both of you."
        )
    return drawers.load(stores.store(), giver, key)


def _one(surprise: Surprise, giver: str, key: Key, household: Household) -> None:
    with st.container(border=True, gap="xsmall"):
        _description(surprise, household)
        with st.container(horizontal=True):
            _ways(surprise, giver, key, household)


def _description(surprise: Surprise, household: Household) -> None:
    local = surprise.start.astimezone(household.tz)
    when = f"{household.formats.day(local)}, {household.formats.clock(local)}"
    st.markdown(f"{markdown.dot(surprise.kind)} **{markdown.plain(surprise.title)}**")
    comes_again = surprise.every_weeks
    again = f" · {wording.rhythm(Rhythm(comes_again), household.formats)}" if comes_again else ""
    st.markdown(f"{when} · {wording.hours(surprise.minutes)}{again}")
    if surprise.way:
        st.markdown(markdown.plain(surprise.way))
    if shopping := " · ".join(surprise.shopping.splitlines()):
        st.caption(f"To get: {markdown.plain(shopping)}")
    other = next(p.name for p in household.partners if p.key != surprise.giver)
    sees = f"sees “{markdown.plain(surprise.line)}”" if surprise.line else "sees nothing of it"
    st.caption(f"{markdown.plain(other)} {sees}. {_opens(surprise, household)}")
    for sentence in _in_the_way(surprise, household):
        st.caption(f":material/info: {markdown.plain(sentence)}")


def _opens(surprise: Surprise, household: Household) -> str:
    if surprise.reveal is surprises.Reveal.AFTER:
        return "It is revealed once it has happened."
    if surprise.reveal is surprises.Reveal.ON and surprise.reveal_on:
        return f"It is revealed on {household.formats.day(surprise.reveal_on)}."
    return "It stays between you and the drawer."


def _in_the_way(surprise: Surprise, household: Household) -> list[str]:
    """Sentences about what lies at that time already, for its giver alone."""
    week, sentences = surprises.week_of(surprise, household), []
    plan = stores.store().load_plan(week)
    other = surprises.conflicting(plan, surprise, stores.now()) if plan else None
    if other is not None:
        at = wording.moment(other.start, household)
        sentences.append(f"{wording.title(other, household)} is in the plan then, from {at}.")
    busy = context.busy(week, household)
    span = Spans([Span(surprise.start, surprise.end)])
    for partner in household.partners:
        if surprise.partner in (None, partner.key) and busy.get(partner.key, Spans()) & span:
            sentences.append(f"A calendar of {partner.name} says busy then.")
    if _leaves_the_children(surprise, plan, household):
        sentences.append("The children are at home then, and nobody is with them.")
    return sentences


def _leaves_the_children(surprise: Surprise, plan: Plan | None, household: Household) -> bool:
    """True where the children are alone with it and would not be without it."""
    week, lying = surprises.week_of(surprise, household), standing(plan) if plan else ()
    busy, own = context.busy(week, household), surprises.as_occurrence(surprise, week, stores.now())
    there = childcare.sitter(plan.sitter if plan else (), week, household)
    with_it, without = (
        childcare.uncovered(some, busy, there, week, household) for some in ((*lying, own), lying)
    )
    return bool(with_it - without)


def _ways(surprise: Surprise, giver: str, key: Key, household: Household) -> None:
    id = surprise.id

    def button(label: str, name: str, do: Callable[[], Any]) -> None:
        st.button(label, key=f"surprises {name} {id}", type="tertiary", on_click=press(do))

    # The session holds what a press does until the next run: an id, and nothing of the surprise.
    at = (giver, key, household, id)
    if surprise.act:
        button("Another one", "another", partial(_draw, *at))
    button("Change", "change", partial(open_form, id))
    button("Let it go", "go", partial(_let_go, *at))


def _let_go(giver: str, key: Key, household: Household, id: str) -> None:
    session.change(giver, key, lambda d: surprises.without_surprise(d, id), household)


def _draw(giver: str, key: Key, household: Household, back: str = "") -> None:
    """Draws a small act for the week to plan; one that is put back is not drawn again."""
    now = stores.now()
    week = local_time.week_to_plan(context.today(household), household)
    all_ideas = ideas.load()

    def drawn(drawer: Drawer) -> Drawer:
        left = surprises.without_surprise(drawer, back) if back else drawer
        beside = [one.act for one in drawer.lying if one.id == back]
        one = ideas.draw_idea(all_ideas, left, giver, week, household, now, CHANCE, beside)
        return surprises.with_surprise(left, one, now) if one else drawer

    before = len(_look(giver, key).lying)
    after = session.change(giver, key, drawn, household)
    if len(after.lying) == before and not back:
        notices.say(DRAWN, NO_ACT_LEFT)


def _look(giver: str, key: Key) -> Drawer:
    return drawers.load(stores.store(), giver, key)


def _given(drawer: Drawer, household: Household) -> None:
    if not drawer.given:
        return
    with st.expander("What you gave", icon=":material/redeem:"):
        for surprise in drawer.given:
            day = household.formats.day(local_time.local_day(surprise.start, household))
            st.markdown(f"{day} · {markdown.plain(surprise.title)}")


def _ask_who(household: Household) -> None:
    """Draws what a drawer is for, and asks whose is meant."""
    st.markdown(TWO_HERE)
    with st.container(horizontal=True, gap="small"):
        for partner, name in who.names(household).items():
            st.button(
                f"Only {name}",
                key=f"surprises only {partner}",
                icon=":material/lock:",
                on_click=press(who.sit_alone),
                args=(partner,),
            )


def _page() -> None:
    household, sitting = context.household(), who.present()
    if len(sitting) > 1:
        _ask_who(household)
        return
    (giver,) = sitting
    opened = session.opened(giver)
    if not drawers.exists(stores.store(), giver):
        lock.set_up(giver)
    elif opened is None:
        lock.unlock(giver)
    elif words_to_write := st.session_state.get(session.WORDS):
        lock.show_words(words_to_write)
    else:
        show(opened, household)


_, middle, _ = st.columns([1, 4, 1])
with middle:
    st.title("Surprises", anchor=False)
    try:
        _page()
    except SealError as sealed:
        session.close()
        st.error(str(sealed))
        notices.rest()
