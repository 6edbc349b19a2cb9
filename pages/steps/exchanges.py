"""Rituals without a place this week, each with its reason and, on request, its exchanges."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache, partial
from itertools import groupby

import streamlit as st

from pages.session import context, edits, last_answer, stores
from pages.session.presses import press
from pages.ui import lazy, markdown
from rituals.model import local_time, wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.week import Week
from rituals.planning import scheduling
from rituals.planning.options import exchanges
from rituals.planning.options.exchanges import Exchange
from rituals.planning.placement.place import Unplaced
from rituals.planning.placement.request import Request

ASKED = "exchanges asked"  # session: the week and ritual that it was asked for
HERE = "exchange"  # where answers are given


def show(plan: Plan, household: Household) -> None:
    """One line for each ritual that lies less often than it was chosen, and what would give.

    Before them the last exchange with its way back.
    """
    last_answer.show(HERE, [plan])
    if scheduling.is_scheduled(plan, context.rituals()):
        return
    life = context.placing_context(plan.week, household)
    unplaced = _unplaced(plan, life, stores.hour())
    for _, same in groupby(unplaced, lambda u: (u.wanted.ritual.id, u.wanted.partner)):
        first, *more = same
        _line(plan, first, 1 + len(more), household)


def _line(plan: Plan, first: Unplaced, missing: int, household: Household) -> None:
    wanted = first.wanted
    lies = wanted.times - missing
    how_often = f" lies {lies} of {wanted.times} times" if lies else ""
    st.caption(f"{markdown.plain(wanted.ritual.title)}{how_often}. {markdown.plain(first.reason)}")
    about = (plan.week, wanted.ritual.id, wanted.partner)
    name = f"exchanges {plan.week} {wanted.ritual.id} {wanted.partner or 'both'}"
    if st.session_state.get(ASKED) == about:
        _offers(plan, wanted, household, name)
    elif local_time.week_span(plan.week, household).end > stores.now():
        st.button(
            "What would have to give?",
            key=name,
            type="tertiary",
            icon=":material/swap_horiz:",
            help=markdown.spoken(wanted.ritual.title),
            on_click=press(lambda: st.session_state.update({ASKED: about})),
        )


def _offers(plan: Plan, wanted: Request, household: Household, name: str) -> None:
    lazy.load_solver()
    life = context.placing_context(plan.week, household)
    found = _found(plan, wanted, life, stores.hour())
    if not found:
        st.caption("Nothing that may move makes room for it.")
    with st.container(key=name):
        for number, offer in enumerate(found):
            _offer(plan, offer, number, household)


def _offer(plan: Plan, offer: Exchange, number: int, household: Household) -> None:
    title = wording.title(offer.gets, household)
    gets = f"{title} on {wording.moment(offer.gets.start, household)}"
    sentence = exchanges.sentence(offer, plan, household)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            markdown.plain(sentence),
            key=f"exchange {number} {offer.gets.id}",
            help=markdown.spoken(gets),
            on_click=press(partial(_take, plan.week, offer, f"{sentence}: {gets}.")),
        )
        st.caption(markdown.plain(gets), width="content")


@lru_cache(32)
def _unplaced(plan: Plan, life: PlanningContext, _hour: datetime) -> tuple[Unplaced, ...]:
    """The rituals without a place: why takes a moment to find, and a page asks again and again."""
    return scheduling.unplaced(plan, life, stores.now())


@lru_cache(32)
def _found(
    plan: Plan, wanted: Request, life: PlanningContext, _hour: datetime
) -> tuple[Exchange, ...]:
    """The exchanges of a plan: finding them takes a moment, and a page asks again and again."""
    return exchanges.exchanges(plan, wanted, life, stores.now())


def _take(week: Week, offer: Exchange, sentence: str) -> None:
    after = edits.change(week, lambda plan: exchanges.exchanged(plan, offer))
    st.session_state.pop(ASKED, None)
    got = (offer.gets.id, offer.gets.start)
    if any((o.id, o.start) == got for o in standing(after)):  # else the week changed before
        last_answer.keep(HERE, sentence, after)
