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
from rituals.planning.choices import suggestions
from rituals.store import aggregates

MOST_SHOWN = 12  # rituals under each other
MOST_RESTING = 5

KEY = "A dot is a week in which it happened, larger where it came more often."


def show(wanted: query.ViewQuery) -> None:
    """The view: a row of dots for each ritual, and lists of those lived, at rest and new."""
    store, household = stores.store(), wanted.household
    rituals, ahead = context.rituals(), wanted.ahead
    lately = min(wanted.shown[0], ahead - ritual_history.LATELY)
    times = aggregates.times_of_rituals(store, lately, ahead - 1)
    last = aggregates.last_lived(store, rituals, ahead)
    records = ritual_history.ritual_records(times, last, rituals, ahead, household)
    if not records:
        st.write("Here your rituals will stand, each with the weeks in which it happened.")
        _something_new(rituals, records, wanted)
        return
    in_view = [each for each in times if each.week >= wanted.shown[0]]
    lived = {each.ritual for each in in_view}
    shown = [record for record in records if record.ritual.id in lived][:MOST_SHOWN]
    dots = ritual_history.dots(in_view, shown, ahead, household)
    titles = tuple(dict.fromkeys(record.ritual.title for record in shown))
    firsts = (local_time.first_day(week, household) for week in wanted.shown)
    labels = tuple(balance.axis_label(first, household.formats) for first in firsts)
    st.caption(KEY)
    chart.chart(
        lambda ground: overviews.rituals(titles, labels, ground),
        "weeks rituals",
        "The weeks in which each ritual happened",
        dots=dots,
    )
    _lists(shown, records, rituals, wanted)
    query.show(
        "Which of these feels most like the two of you?",
        lambda: tables.rituals(dots),
        query.Picture(
            "our-rituals",
            "Our rituals",
            lambda ground: overviews.rituals(titles, labels, ground),
            {"dots": dots},
            query.period(wanted),
            KEY,
        ),
    )


def _lists(
    shown: list[ritual_history.RitualRecord],
    records: list[ritual_history.RitualRecord],
    rituals: dict[str, Ritual],
    wanted: query.ViewQuery,
) -> None:
    """Draws in words what is lived, what rests, and something new beside it."""
    lines, new = st.columns(2, gap="large")
    resting = ritual_history.resting(records, wanted.ahead)
    with lines:
        _in_words([record for record in shown if record not in resting])
    with new:
        _resting(resting)
        _something_new(rituals, records, wanted)


def _in_words(records: list[ritual_history.RitualRecord]) -> None:
    if records:
        st.subheader("Happened", anchor=False)
        st.markdown(_listed(records))


def _resting(records: list[ritual_history.RitualRecord]) -> None:
    if records:
        st.subheader("At rest", anchor=False)
        st.markdown(_listed(records[:MOST_RESTING]))


def _listed(records: list[ritual_history.RitualRecord]) -> str:
    return "  \n".join(
        f"{markdown.dot(record.ritual.kind)} {markdown.plain(record.ritual.title)} · {record.words}"
        for record in records
    )


def _something_new(
    rituals: dict[str, Ritual], records: list[ritual_history.RitualRecord], wanted: query.ViewQuery
) -> None:
    st.subheader("Something new", anchor=False)
    fitting = ritual.fitting(rituals.values(), wanted.household)
    last = {record.ritual.id: record.last for record in records}
    rested, first = suggestions.something_new(fitting, last, wanted.ahead)
    if rested:
        st.markdown(f"{markdown.plain(rested.title)} has rested for a while.")
    if first:
        more = len(ritual_history.never_tried(rituals.values(), records, wanted.household)) - 1
        st.markdown(f"{markdown.plain(first.title)} would be a first.{_others(more)}")
    st.page_link("our_rituals.py", label="Look at our rituals", icon=":material/menu_book:")


def _others(more: int) -> str:
    """A sentence that counts the others never lived; empty where all were."""
    others = "other is" if more == 1 else "others are"
    return f" {wording.number(more).capitalize()} {others} there to try." if more else ""
