"""Questions where nobody would be with the children, and what waits for a sitter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial, reduce

import streamlit as st

from pages.panels import clashes
from pages.session import context, edits, stores
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import wording, wording_of_weeks
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import changes, sitters
from rituals.planning.conflicts import PlaceSetting
from rituals.planning.options import other_place
from rituals.planning.options.other_place import OtherPlace
from rituals.planning.sitters import Question

EVENING = 17  # o’clock: from then on the other place is called an evening
NOT_NOW = "childcare not now"  # session: spans, and ids that wait, to be asked about another time
Asked = Span | tuple[str, ...]


def show(plan: Plan, household: Household) -> None:
    """The open questions of a week, and each sitter that was found, which can be taken back."""
    show_open(plan, household, elsewhere=True)
    for span in plan.sitter if household.children else ():
        _show_sitter(span, plan, household)
    for line in _unused(plan, household):
        st.caption(markdown.plain(line))


def _unused(plan: Plan, household: Household) -> Iterator[str]:
    """A line on each evening with a sitter, or time without the children, that holds nothing."""
    kept_free = Spans(span for span, _ in context.cover_lines(plan.week, household))
    for by_sitter, span in sitters.unused(plan, household, kept_free, stores.now()):
        at = wording.moment(span.start, household)
        who = wording_of_weeks.childrens_name(household)
        are = "is" if len(household.usual.children) == 1 else "are"
        begun = f"The sitter comes on {at}" if by_sitter else f"{who} {are} away from {at} on"
        yield f"{begun}: nothing for the two of you lies there yet."


def show_open(plan: Plan, household: Household, *, elsewhere: bool = False) -> None:
    """The open questions alone, where a week is agreed on; or with a place `elsewhere`."""
    put_aside = st.session_state.get(NOT_NOW, frozenset())
    busy, rituals = context.busy(plan.week, household), context.rituals()
    with st.container(key=f"asked {plan.week}"):
        for question in sitters.questions(plan, busy, household, stores.now(), rituals):
            if _asked(question) in put_aside:
                continue
            if question.waiting:
                other = _other_evening(question, plan, household) if elsewhere else None
                _ask_for_a_sitter(question, other, plan, household)
            else:
                _ask_about(question.span, plan, household)


def _ask_for_a_sitter(
    question: Question, other: OtherPlace | None, plan: Plan, household: Household
) -> None:
    """The one question about an evening that is open until a sitter is found."""
    span, waiting = question.span, question.waiting
    named = markdown.plain(wording.listed([wording.title(o, household) for o in waiting]))
    way = " with the way there and back" if _has_the_way(question, household) else ""
    st.markdown(f"A sitter for {named}, {_from_to(span, household)}{way}?")
    with st.container(horizontal=True, gap="small"):
        about = (plan.week, span)
        st.button("Found", key=f"sitter {span.start}", on_click=press(_found), args=about)
        gone = (plan.week, tuple(o.id for o in waiting))
        key = f"sitter leave out {span.start}"
        st.button("Leave it out", key=key, on_click=press(_let_go), args=gone)
        if other:
            start = other.span.start
            evening = household.clock(start).hour >= EVENING
            which = "Another evening" if evening else "Another day"
            label = f"{which}: {wording.moment(start, household)}"
            move = (plan.week, waiting[0].id, other)
            st.button(label, key=f"sitter other {span.start}", on_click=press(_put), args=move)
        _offer_not_now(_asked(question), span)


def _has_the_way(question: Question, household: Household) -> bool:
    """True where the sitter comes before what leaves the house, or stays until they are home."""
    leaving = [o for o in question.waiting if o.leaves]
    whole = any(o.start > question.span.start or o.end < question.span.end for o in leaving)
    return bool(household.usual.way_home) and whole


def _asked(question: Question) -> Asked:
    """Key by which “Not now” is remembered, also where what waits is moved meanwhile."""
    return tuple(o.id for o in question.waiting) or question.span


def _other_evening(question: Question, plan: Plan, household: Household) -> OtherPlace | None:
    """The best place on another day for the one thing that waits."""
    if len(question.waiting) != 1:
        return None
    return clashes.best_other_place(plan, question.waiting[0].id, household, another_day=True)


def _found(week: Week, span: Span) -> None:
    edits.replan(week, lambda p: changes.with_sitter(p, span))


def _lost(week: Week, span: Span) -> None:
    edits.replan(week, lambda p: changes.without_sitter(p, span))


def _put(week: Week, id: str, place: OtherPlace) -> None:
    moved = partial(other_place.moved, id=id, to=place, now=stores.now())
    edits.change(week, moved, PlaceSetting(week, id))


def _let_go(week: Week, ids: tuple[str, ...]) -> None:
    def gone(plan: Plan) -> Plan:
        return reduce(lambda p, id: changes.let_go(p, id, stores.now()), ids, plan)

    edits.change(week, gone, PlaceSetting(week, ids[0]))


def _ask_about(span: Span, plan: Plan, household: Household) -> None:
    """The one question where both are away: is somebody else with the children?"""
    about = (plan.week, span)
    question, answer = st.columns([3, 2], vertical_alignment="center")
    question.markdown(
        f"{_from_to(span, household)} both of you are taken while the children are at home. "
        "Is somebody with them?"
    )
    with answer.container(horizontal=True, gap="small"):
        found = press(_found)
        st.button("Yes, somebody is", key=f"sitter {span.start}", on_click=found, args=about)
        _offer_not_now(span, span)


def _offer_not_now(asked: Asked, span: Span) -> None:
    key = f"sitter not now {span.start}"
    st.button("Not now", key=key, type="tertiary", on_click=press(_not_now), args=(asked,))


def _not_now(asked: Asked) -> None:
    st.session_state[NOT_NOW] = st.session_state.get(NOT_NOW, frozenset()) | {asked}


def _show_sitter(span: Span, plan: Plan, household: Household) -> None:
    label, back = st.columns([3, 2], vertical_alignment="center")
    label.caption(f"{_from_to(span, household)} somebody is with the children.")
    lost = press(_lost)
    key = f"no sitter {span.start}"
    back.button("Not after all", key=key, on_click=lost, args=(plan.week, span))


def _from_to(span: Span, household: Household) -> str:
    return wording.stretch(span, household)
