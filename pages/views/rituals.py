"""Our rituals: which are lived, which rest, and which would be new."""

from __future__ import annotations

import streamlit as st

from pages import below, chart, markdown, shared, stores
from rituals import balance, glances, history, past, ritual, sheets, suggest, weeks, words
from rituals.ritual import Ritual

MOST_SHOWN = 12  # rituals under each other
MOST_RESTING = 5

KEY = "A dot is a week in which you lived it, larger where it came more often."


def show(asked: below.Asked) -> None:
    """The view."""
    store, household = stores.store(), asked.household
    rituals, ahead = shared.rituals(), asked.ahead
    lately = min(asked.shown[0], ahead - history.LATELY)
    times = past.times_of_rituals(store, lately, ahead - 1)
    last = past.last_lived(store, rituals, ahead)
    lives = history.lives(times, last, rituals, ahead, household)
    if not lives:
        st.write("Here your rituals will stand, each with the weeks in which you lived it.")
        _something_new(rituals, lives, asked)
        return
    here = [told for told in times if told.week >= asked.shown[0]]
    lived = {told.ritual for told in here}
    shown = [life for life in lives if life.ritual.id in lived][:MOST_SHOWN]
    dots = history.dots(here, shown, ahead, household)
    titles = tuple(dict.fromkeys(life.ritual.title for life in shown))
    labels = balance.labels_of(weeks.first_day(week, household) for week in asked.shown)
    st.caption(KEY)
    chart.chart(
        lambda ground: glances.rituals(titles, labels, ground),
        "weeks rituals",
        "The weeks in which each ritual was lived",
        dots=dots,
    )
    lines, new = st.columns(2, gap="large")
    with lines:
        resting = history.resting(lives, ahead)
        _in_words([life for life in shown if life not in resting])
    with new:
        _resting(resting)
        _something_new(rituals, lives, asked)
    below.show(
        "Which of these feels most like the two of you?",
        lambda: sheets.rituals(dots),
        below.Picture(
            "our-rituals",
            "Our rituals",
            lambda ground: glances.rituals(titles, labels, ground),
            {"dots": dots},
            below.period(asked),
            KEY,
        ),
    )


def _in_words(lives: list[history.Life]) -> None:
    if lives:
        st.subheader("Lived", anchor=False)
        st.markdown(_listed(lives))


def _resting(lives: list[history.Life]) -> None:
    if lives:
        st.subheader("At rest", anchor=False)
        st.markdown(_listed(lives[:MOST_RESTING]))


def _listed(lives: list[history.Life]) -> str:
    return "  \n".join(
        f"{markdown.dot(life.ritual.kind)} {markdown.plain(life.ritual.title)} · {life.words}"
        for life in lives
    )


def _something_new(
    rituals: dict[str, Ritual], lives: list[history.Life], asked: below.Asked
) -> None:
    st.subheader("Something new", anchor=False)
    fitting = ritual.fitting(rituals.values(), asked.household)
    last = {life.ritual.id: life.last for life in lives}
    rested, first = suggest.something_new(fitting, last, asked.ahead)
    if rested:
        st.markdown(f"{markdown.plain(rested.title)} has rested for a while.")
    if first:
        more = len(history.never_tried(rituals.values(), lives, asked.household)) - 1
        st.markdown(f"{markdown.plain(first.title)} would be a first.{_waiting(more)}")
    st.page_link("our_rituals.py", label="Look at our rituals", icon=":material/menu_book:")


def _waiting(more: int) -> str:
    """How many others were never lived, as a sentence; nothing where there are none."""
    waits = "waits for its" if more == 1 else "wait for their"
    return f" {words.number(more).capitalize()} more {waits} first time." if more else ""
