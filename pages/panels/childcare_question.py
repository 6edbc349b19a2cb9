"""The question where nobody would be with the children."""

from __future__ import annotations

import streamlit as st

from pages.session import context, edits, stores
from rituals.model import childcare, local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.span import Span, Spans
from rituals.planning import changes

NOT_NOW = "childcare not now"  # session: the spans that are asked about another time


def show(plan: Plan, household: Household) -> None:
    """The open questions of a week, and each sitter that was found, which can be taken back."""
    show_open(plan, household)
    for span in plan.sitter if household.children else ():
        _show_sitter(span, plan, household)


def show_open(plan: Plan, household: Household) -> None:
    """The open questions alone, where a week is agreed on."""
    put_aside = st.session_state.get(NOT_NOW, frozenset())
    for span in _uncovered(plan, household):
        if span not in put_aside:
            _ask_about(span, plan, household)


def _uncovered(plan: Plan, household: Household) -> Spans:
    now, end = stores.now(), local_time.week_span(plan.week, household).end
    if not household.children or end <= now:
        return Spans()
    busy = context.busy(plan.week, household)
    there = childcare.sitter(plan.sitter, plan.week, household)
    open_ = childcare.uncovered(standing(plan), busy, there, plan.week, household)
    return open_ & Spans([Span(now, end)])


def _ask_about(span: Span, plan: Plan, household: Household) -> None:
    """The one question where both are away: is somebody else with the children?"""
    question, answer = st.columns([3, 2], vertical_alignment="center")
    question.markdown(
        f"{_from_to(span, household)} you are both away while the children are at home. "
        "Is somebody with them?"
    )
    with answer.container(horizontal=True, gap="small"):
        if st.button("Yes, somebody is", key=f"sitter {span.start}"):
            edits.replan(plan.week, lambda p: changes.with_sitter(p, span))
            st.rerun()
        key = f"sitter not now {span.start}"
        st.button("Not now", key=key, type="tertiary", on_click=_not_now, args=(span,))


def _not_now(span: Span) -> None:
    st.session_state[NOT_NOW] = st.session_state.get(NOT_NOW, frozenset()) | {span}


def _show_sitter(span: Span, plan: Plan, household: Household) -> None:
    label, back = st.columns([3, 2], vertical_alignment="center")
    label.caption(f"{_from_to(span, household)} somebody is with the children.")
    if back.button("Not after all", key=f"no sitter {span.start}"):
        edits.replan(plan.week, lambda p: changes.without_sitter(p, span))
        st.rerun()


def _from_to(span: Span, household: Household) -> str:
    ends = span.end.astimezone(household.tz)
    return f"{wording.moment(span.start, household)} to {ends:%H:%M}"
