"""What the weeks behind have to say on a Sunday: one quiet sentence, or nothing."""

import streamlit as st

from pages import shared
from rituals import observing, weeks, words
from rituals.model import Household, Week

PUT_ASIDE = "observation put aside"  # session: the week whose sentence was not wanted


def show(week: Week, household: Household) -> None:
    """The sentence of the week to plan, and a way never to hear of its like again."""
    ahead = weeks.week_to_plan(shared.today(household), household)
    if week != ahead or st.session_state.get(PUT_ASIDE) == str(week):
        return
    found = _of(week, household)
    if found is None:
        return
    with st.container(
        key="observation",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        st.markdown(shared.plain(found.sentence), help=_rests_on(found), width="content")
        st.button(
            "Not this one again",
            type="tertiary",
            help="Sentences of this kind stay away from now on.",
            on_click=_put_aside,
            args=(found.rule, str(week)),
        )


def _of(week: Week, household: Household) -> observing.Observation | None:
    store = shared.store()
    behind = store.load_plans(observing.weeks_seen(week))
    return observing.observation(behind, week, household, store.load_aside())


def _rests_on(found: observing.Observation) -> str:
    if found.weeks == 1:
        return "From what you said of last week."
    return f"From {words.number(found.weeks)} weeks you looked back on."


def _put_aside(rule: str, week: str) -> None:
    shared.store().put_aside(rule)
    st.session_state[PUT_ASIDE] = week
