"""Step 3: the rituals of this week, a first week of them where there is none, and more."""

import streamlit as st

from pages.choosing import chosen, more
from pages.session import choices, context, edits, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.insights import balance
from rituals.model.household import Household
from rituals.model.plan import Plan, Season
from rituals.planning.choices import secret


def show(plan: Plan, household: Household) -> None:
    """The chosen rituals, line by line, and below them everything else one can choose."""
    _head(plan)
    if sentence := _what_it_asks(plan):
        st.caption(sentence)
    if sentence := secret.what_left(plan, context.rituals(), stores.now()):
        st.caption(markdown.plain(sentence))
    chosen.show(plan, household)
    more.show(plan, household)


def _head(plan: Plan) -> None:
    """The heading with what can be done about all of it: suggest a week, or undo."""
    as_suggested = choices.is_as_suggested(plan)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="chosen-head"):
        st.header("A first week" if as_suggested else "Rituals", anchor=False)
        if edits.can_go_back(plan.week):
            st.button(
                "Undo",
                key="rituals undo",
                icon=":material/undo:",
                type="tertiary",
                on_click=press(edits.go_back),
                args=(plan.week,),
            )
        if plan.season is not Season.GRACE and (as_suggested or not choices.is_begun(plan)):
            st.button(
                "Suggest another" if as_suggested else "Suggest a first week",
                key="suggest a week",  # the same button, or the one just pressed would be gone
                icon=":material/auto_awesome:",
                on_click=press(choices.suggest),
                args=(plan.week,),
            )


def _what_it_asks(plan: Plan) -> str:
    """A sentence on a week off, on one without rituals, or on one that asks more than usual."""
    if plan.season is Season.GRACE:
        return "A week off asks nothing of the two of you."
    if choices.is_as_suggested(plan):
        return "From your hopes and hours."
    if not plan.choices:
        return "Nothing is chosen yet."
    past = stores.store().load_plans([plan.week + back for back in range(-8, 0)])
    if balance.asks_more_than_usual(plan, past.values()):
        return "This is more than your weeks usually hold; one thing may wait, or none."
    return ""
