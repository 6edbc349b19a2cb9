"""What step 5 has of feeds: the weeks put on them, or word that they are there."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages import shared
from rituals import plans
from rituals.model import Household, Plan
from rituals.storage import Store
from rituals.taken import Audience, Ledger, Route, meant_for, weeks_out


def show(ahead: Iterable[Plan], household: Household) -> None:
    """Where there are feeds: a button that puts these weeks on them, or that they are there."""
    there = {} if shared.is_sample() else shared.own_store().load_feeds()
    lying = [plan for plan in ahead if plans.standing(plan)]
    if not there or not lying:
        return
    has_address = any(feed.token for feed in there.values())
    wanting = [(plan, audience) for plan in lying for audience in _not_on(plan, there)]
    if not wanting:
        place = "at your address" if has_address else "in your folder"
        st.caption(f"This is {place} already, and every change follows by itself.")
        return
    where = "on our address" if has_address else "into our folder"
    if st.button(f"Put it {where}", icon=":material/sync:", key="feed step put"):
        for plan, audience in wanting:
            _take(shared.own_store(), plan, audience, household)
        st.rerun()


def _not_on(plan: Plan, there: Iterable[Audience]) -> list[Audience]:
    taken = shared.own_store().load_taken([plan.week])
    standing = plans.standing(plan)
    return [a for a in there if meant_for(standing, a) and plan.week not in weeks_out(taken, a)]


def _take(store: Store, plan: Plan, audience: Audience, household: Household) -> None:
    kept = store.change_plan(plan, lambda there: there)
    ledger = Ledger.of(household, audience, Route.FEED, store.load_taken([kept.week]))
    meant = meant_for(plans.standing(kept), audience)
    store.save_taken(ledger.tell(kept.week, meant, shared.now()))
