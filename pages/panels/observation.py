"""One quiet sentence about the weeks behind, on a Sunday that has one."""

import streamlit as st

from pages.session import context, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.insights import observations
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.time.week import Week

PUT_ASIDE = "observation put aside"  # session: the week whose sentence was not wanted
FOUND = "observation found"  # session: for which week and couple, and what was found for them


def show(week: Week, household: Household, *, anew: bool) -> None:
    """The sentence of the week to plan, and a way never to hear of its like again.

    Unless it is looked for anew it stays as it was: nothing behind moves while a slider does.
    """
    ahead = local_time.week_to_plan(context.today(household), household)
    if week != ahead or st.session_state.get(PUT_ASIDE) == str(week):
        return
    occasion = (week, household, stores.store().load_dismissed())
    was, found = st.session_state.get(FOUND, (None, None))
    if anew or was != occasion:
        found = _of(*occasion)
        st.session_state[FOUND] = (occasion, found)
    if found is None:
        return
    with st.container(
        key="observation",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        st.markdown(markdown.plain(found.sentence), help=_rests_on(found), width="content")
        st.button(
            "Not this one again",
            type="tertiary",
            help="Sentences of this kind stay away from now on.",
            on_click=press(_put_aside),
            args=(found.rule, str(week)),
        )


def show_put_aside() -> None:
    """The kinds of sentences that stay away, each with its way back."""
    put_aside = stores.store().load_dismissed()
    if not put_aside:
        return
    st.header("Put aside", anchor=False)
    st.caption("On some Sundays one sentence tells of your weeks. These kinds stay away.")
    for rule in (rule for rule in observations.RULE_TITLES if rule in put_aside):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(observations.RULE_TITLES[rule])
            st.button(
                "Bring it back",
                key=f"bring back {rule}",
                type="tertiary",
                on_click=press(_bring_back),
                args=(rule,),
            )


def _of(
    week: Week, household: Household, put_aside: frozenset[str]
) -> observations.Observation | None:
    behind = stores.store().load_plans(observations.weeks_considered(week))
    return observations.observation(behind, week, household, put_aside)


def _rests_on(found: observations.Observation) -> str:
    if found.weeks == 1:
        return "From what you said of last week."
    return f"From {wording.number(found.weeks)} weeks you looked back on."


def _put_aside(rule: str, week: str) -> None:
    stores.store().dismiss(rule)
    st.session_state[PUT_ASIDE] = week


def _bring_back(rule: str) -> None:
    stores.store().undismiss(rule)
    st.session_state.pop(PUT_ASIDE, None)
