"""Both say yes: the yes that makes a week ours, asked again once one of the two changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from pages.session import edits, who
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import wording
from rituals.model.household import Household, Partner
from rituals.model.plan import Occurrence, Plan, standing
from rituals.planning import agreement
from rituals.planning.agreement import ChangedSinceAgreed

MOST_SHOWN = 3  # one by one; the rest with one yes to all of it


def show(ahead: Iterable[Plan], household: Household) -> None:
    """A large yes of each who sits here to these weeks, and a line about the other's."""
    lying = [plan for plan in ahead if standing(plan)]
    if not lying:
        return
    all_ours = all(agreement.is_ours(plan) for plan in lying)
    partners = _named(household)
    sitting = [p for p in partners if p.key in who.present()]
    with st.container(key="saying-yes", gap="small"):
        st.subheader(_heading(lying, ours=all_ours), anchor=False)
        for partner in sitting:
            for plan in lying:
                changed = agreement.changed_since_agreed(plan, partner.key)
                _one_by_one(partner, plan, changed, household)
            _show_new(partner, lying)
        with st.container(key="large-yes", horizontal=True, gap="small"):
            for partner in sitting:
                _own(partner, lying)
        others = [] if all_ours else [p for p in partners if p not in sitting]
        for partner in others:
            st.caption(_of_the_other(partner, lying))


def ask_again(plan: Plan, household: Household) -> None:
    """Asks those who sit here again about what the other changed; draws nothing else."""
    for partner in _named(household):
        changed = (
            agreement.changed_since_agreed(plan, partner.key)
            if partner.key in who.present()
            else ()
        )
        if changed:
            with st.container(border=True, gap="xsmall", key=f"asking-{partner.key}"):
                _one_by_one(partner, plan, changed, household)


def show_waiting(plan: Plan, household: Household) -> None:
    """The changes that wait for the yes of either of the two; those who sit here can say it."""
    for partner in _named(household):
        waiting = agreement.awaiting_yes(plan, partner.key)
        if waiting:
            with st.container(gap="small", key=f"waiting-{partner.key}"):
                st.subheader(f"Waiting for {partner.name}’s yes", anchor=False)
                _waiting_for(partner, plan, waiting, household)


def _waiting_for(
    partner: Partner, plan: Plan, waiting: Sequence[Occurrence], household: Household
) -> None:
    sits = partner.key in who.present()
    changed = agreement.changed_since_agreed(plan, partner.key)[:MOST_SHOWN] if sits else ()
    _one_by_one(partner, plan, changed, household)
    asked = {one.now.id for one in changed}
    rest = [o for o in waiting if o.id not in asked]
    if not rest:
        return
    named = [markdown.plain(wording.title(o, household)) for o in rest[:MOST_SHOWN]]
    more = [f"{wording.number(len(rest) - MOST_SHOWN)} more"] if len(rest) > MOST_SHOWN else []
    st.markdown(wording.listed([*named, *more]))
    if sits:
        st.button(
            f"{partner.name} says yes",
            key=f"yes {partner.key}",
            icon=":material/check:",
            type="primary",
            on_click=press(edits.say_yes),
            args=([plan], partner.key, tuple(o.id for o in rest)),
        )


def _named(household: Household) -> list[Partner]:
    """The two under names that markdown shows as they are, and that are never alike."""
    return [Partner(key, name) for key, name in who.names(household).items()]


def _heading(lying: Sequence[Plan], *, ours: bool) -> str:
    if len(lying) == 1:
        return "This week is yours" if ours else "Is this your week?"
    return "These weeks are yours" if ours else "Are these your weeks?"


def _own(partner: Partner, lying: Sequence[Plan]) -> None:
    """The yes, as large as what it means; once it is said, another press takes it back."""
    waiting = [plan for plan in lying if agreement.awaiting_yes(plan, partner.key)]
    open_ = [o for plan in waiting for o in agreement.awaiting_yes(plan, partner.key)]
    changed = [one for plan in waiting for one in agreement.changed_since_agreed(plan, partner.key)]
    if len(open_) == len(changed) == 1:
        return  # its own button says it
    if waiting:
        st.button(
            f"{partner.name} says yes to all of it" if changed else f"{partner.name} says yes",
            key=f"yes {partner.key}",
            icon=":material/circle:",
            width="stretch",
            on_click=press(edits.say_yes),
            args=(waiting, partner.key),
        )
        return
    st.button(
        f"{partner.name} said yes *take it back*",
        key=f"yes back {partner.key}",
        icon=":material/check_circle:",
        width="stretch",
        on_click=press(edits.take_yes_back),
        args=(lying, partner.key),
    )


def _show_new(partner: Partner, lying: Sequence[Plan]) -> None:
    new = [
        markdown.plain(o.title)
        for plan in lying
        for o in agreement.new_since_yes(plan, partner.key)
    ]
    if new:
        which = wording.listed(new) if len(new) <= MOST_SHOWN else "Some of it"
        are = "are" if 1 < len(new) <= MOST_SHOWN else "is"
        st.caption(f"{which} {are} new since {partner.name} said yes.")


def _of_the_other(partner: Partner, lying: Sequence[Plan]) -> str:
    name = partner.name
    if not any(agreement.awaiting_yes(plan, partner.key) for plan in lying):
        return f"{name} has said yes."
    changed = [
        one.now.title for plan in lying for one in agreement.changed_since_agreed(plan, partner.key)
    ]
    if not changed:
        return f"{name} has not said yes yet; there is no hurry."
    which = (
        wording.listed([markdown.plain(title) for title in changed])
        if len(changed) <= 3
        else "some"
    )
    return f"{name} is asked again about {which}."


def _one_by_one(
    partner: Partner, plan: Plan, changed: Sequence[ChangedSinceAgreed], household: Household
) -> None:
    for one in changed[:MOST_SHOWN]:
        st.markdown(markdown.plain(agreement.changed_sentence(one, household)))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                f"{partner.name} says yes to this",
                key=f"yes {partner.key} {one.now.id}",
                on_click=press(edits.say_yes),
                args=([plan], partner.key, (one.now.id,)),
            )
            st.button(
                "As it was",
                key=f"yes as it was {partner.key} {one.now.id}",
                type="tertiary",
                on_click=press(edits.put_back),
                args=(plan.week, one.now.id),
            )
    more = len(changed) - MOST_SHOWN
    if more > 0:
        st.caption(f"{wording.number(more).capitalize()} more changed since you both said yes.")
