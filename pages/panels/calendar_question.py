"""One question a sitting: what whole days in a partner's calendar mean for the week."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import streamlit as st

from pages.panels import differences
from pages.session import context, stores, who
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, wording_of_weeks
from rituals.model.difference import What
from rituals.model.household import Household
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning.questions import Question, open_questions

NOT_NOW = "calendar questions not now"  # session: the keys of events that are asked another time
LABELS = {What.AWAY: "Away", What.OFF: "Off", What.NOTHING: "Neither"}
UNTITLED = "an all-day event"


def show(household: Household, week: Week, *, ahead: bool = True) -> None:
    """The first open question, with its answers; nothing where there is none.

    Without what lies `ahead` of the week it is about that week alone.
    """
    found = stores.store().load_whole_days(household)
    put_aside = st.session_state.get(NOT_NOW, frozenset())
    last = local_time.days(week, household)[-1]
    asked = (
        question
        for question in open_questions(found, week, household)
        if question.event not in put_aside and (ahead or question.days.first <= last)
    )
    if question := next(asked, None):
        _ask(question, household)


def _ask(question: Question, household: Household) -> None:
    with st.container(
        key="calendar-question", horizontal=True, vertical_alignment="center", gap="small"
    ):
        st.markdown(_sentence(question, household), width="content")
        for what, label in LABELS.items():
            key = f"calendar question {what} {question.event}"
            st.button(label, key=key, on_click=press(_answer), args=(question, what))
        key = f"calendar question not now {question.event}"
        st.button(
            "Not now", key=key, type="tertiary", on_click=press(_not_now), args=(question.event,)
        )


def _sentence(question: Question, household: Household) -> str:
    days = question.days
    name = markdown.plain(household.name(days.partner))
    on = "on" if days.first == days.last else "from"
    when = wording_of_weeks.days_in_words(days.first, days.last, household.formats)
    return f"{name} has {_event(question, household)} {on} {when}: away, off, or neither?"


def _event(question: Question, household: Household) -> str:
    """The event by its title, where its own partner sits here alone and keeps titles."""
    days = question.days
    if who.single_partner() != days.partner:
        return UNTITLED
    start = local_time.instant(days.first, time(), household)
    end = local_time.instant(days.last + timedelta(days=1), time(), household)
    titled = stores.store().load_titles(days.partner, Span(start, end))
    title = next((b.title for b in titled if b.whole_day), "")
    return f"“{markdown.plain(title)}”" if title else UNTITLED


def _answer(question: Question, what: What) -> None:
    """Keeps an answer in the place of an older one, and places its weeks anew."""
    household, store = context.household(), stores.store()
    outdated = question.outdated(household)
    answer = question.answer(what, uuid4().hex, stores.now())
    for old in outdated:
        store.remove_difference(old.id)
    store.save_difference(answer)
    if {what} | {old.what for old in outdated} != {What.NOTHING}:
        differences.place_anew((answer, *outdated), household)


def _not_now(event: str) -> None:
    st.session_state[NOT_NOW] = st.session_state.get(NOT_NOW, frozenset()) | {event}
