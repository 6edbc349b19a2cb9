"""Our rituals: which are lived, which rest, and which would be new."""

from __future__ import annotations

import streamlit as st

from pages.session import context, stores
from pages.ui import chart, markdown
from pages.week_views import query
from rituals.charts import overviews
from rituals.insights import balance, ritual_history, tables
from rituals.model import local_time, ritual, wording
from rituals.model.ritual import Ritual
from rituals.planning import suggestions
from rituals.store import aggregates

MOST_SHOWN = 12  # rituals under each other
MOST_RESTING = 5

KEY = "A dot is a week in which you lived it, larger where it came more often."


def show(asked: query.Asked) -> None:
    """The view."""
    store, household = stores.store(), asked.household
    rituals, ahead = context.rituals(), asked.ahead
    lately = min(asked.shown[0], ahead - ritual_history.LATELY)
    times = aggregates.times_of_rituals(store, lately, ahead - 1)
    last = aggregates.last_lived(store, rituals, ahead)
    lives = ritual_history.ritual_records(times, last, rituals, ahead, household)
    if not lives:
        st.write("Here your rituals will stand, each with the weeks in which you lived it.")
        _something_new(rituals, lives, asked)
        return
    here = [told for told in times if told.week >= asked.shown[0]]
    lived = {told.ritual for told in here}
    shown = [life for life in lives if life.ritual.id in lived][:MOST_SHOWN]
    dots = ritual_history.dots(here, shown, ahead, household)
    titles = tuple(dict.fromkeys(life.ritual.title for life in shown))
    labels = balance.axis_labels_of(local_time.first_day(week, household) for week in asked.shown)
    st.caption(KEY)
    chart.chart(
        lambda ground: overviews.rituals(titles, labels, ground),
        "weeks rituals",
        "The weeks in which each ritual was lived",
        dots=dots,
    )
    lines, new = st.columns(2, gap="large")
    with lines:
        resting = ritual_history.resting(lives, ahead)
        _in_words([life for life in shown if life not in resting])
    with new:
        _resting(resting)
        _something_new(rituals, lives, asked)
    query.show(
        "Which of these feels most like the two of you?",
        lambda: tables.rituals(dots),
        query.Picture(
            "our-rituals",
            "Our rituals",
            lambda ground: overviews.rituals(titles, labels, ground),
            {"dots": dots},
            query.period(asked),
            KEY,
        ),
    )


def _in_words(lives: list[ritual_history.RitualRecord]) -> None:
    if lives:
        st.subheader("Lived", anchor=False)
        st.markdown(_listed(lives))


def _resting(lives: list[ritual_history.RitualRecord]) -> None:
    if lives:
        st.subheader("At rest", anchor=False)
        st.markdown(_listed(lives[:MOST_RESTING]))


def _listed(lives: list[ritual_history.RitualRecord]) -> str:
    return "  \n".join(
        f"{markdown.dot(life.ritual.kind)} {markdown.plain(life.ritual.title)} · {life.words}"
        for life in lives
    )


def _something_new(
    rituals: dict[str, Ritual], lives: list[ritual_history.RitualRecord], asked: query.Asked
) -> None:
    st.subheader("Something new", anchor=False)
    fitting = ritual.fitting(rituals.values(), asked.household)
    last = {life.ritual.id: life.last for life in lives}
    rested, first = suggestions.something_new(fitting, last, asked.ahead)
    if rested:
        st.markdown(f"{markdown.plain(rested.title)} has rested for a while.")
    if first:
        more = len(ritual_history.never_tried(rituals.values(), lives, asked.household)) - 1
        st.markdown(f"{markdown.plain(first.title)} would be a first.{_waiting(more)}")
    st.page_link("our_rituals.py", label="Look at our rituals", icon=":material/menu_book:")


def _waiting(more: int) -> str:
    """How many others were never lived, as a sentence; nothing where there are none."""
    waits = "waits for its" if more == 1 else "wait for their"
    return f" {wording.number(more).capitalize()} more {waits} first time." if more else ""
