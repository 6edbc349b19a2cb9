"""Weeks: the hours of each kind side by side, and any week opened by a click or from a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isnan

import streamlit as st

from pages.session import stores
from pages.session.presses import press
from pages.ui import chart, markdown
from pages.week_views import opened_week, query
from rituals.charts import theme, weeks
from rituals.insights import balance, named_weeks, tables, week_captions
from rituals.insights.week_captions import WeekCaption
from rituals.model.time.week import Week

OPEN = "weeks open"  # session: the label of the week that was opened, or None
CHART = "weeks side by side"
TURN = "weeks turn"  # session: how many weeks were opened from the list
AGAIN = "Which of these weeks would you like to have again?"
AHEAD = "What do you look forward to in the week ahead?"
KEY = "Solid is what happened, soft is in the plan, an outline is hoped for."
MOST_NAMED = 6  # weeks of grace that one line can name


def show(wanted: query.ViewQuery) -> None:
    """The view: a stacked bar for each week, and under it the week that was opened."""
    rows = wanted.rows()
    household = wanted.household.over(wanted.shown)
    labels, tones = balance.axis_labels(rows), household.tones()
    wholes = week_captions.week_captions(rows, wanted.ahead)
    bars = balance.stacked_bars(rows, wanted.ahead)
    gaps = balance.week_gaps(rows, wanted.ahead)
    named = named_weeks.named_weeks(wanted.shown, bars, wanted.household)
    wholes = _with_names(wholes, named)
    st.markdown(markdown.legend(household))
    opened = _opened(wholes)
    chart.chart(
        lambda ground: weeks.clickable_weeks(labels, tones, ground),
        _key(),
        "Hours by kind of time: what happened in each week; of the one ahead planned and hoped for",
        on_pick=press(_picked),
        wholes=wholes,
        opened=opened,
        bars=bars,
        gaps=gaps,
        named=named,
    )
    _under_the_chart(KEY + _in_part(bars, len(labels)) + _grace(gaps, len(labels)), wholes)
    parts = balance.partly_reviewed(rows, wanted.ahead)
    for whole in opened:
        week = Week.read(whole.week)
        opened_week.show(week, stores.store().load_plan(week), wanted, in_part=whole.week in parts)
    query.show(
        _question(rows),
        lambda: tables.weeks(rows, wanted.ahead),
        query.Picture(
            "our-weeks",
            "Our weeks",
            lambda ground: weeks.weeks(labels, tones, ground),
            {"bars": bars, "gaps": gaps},
            query.period(wanted),
            KEY + _in_part(bars, len(labels)),
        ),
    )


def _question(rows: Iterable[balance.Row]) -> str:
    """A question about the weeks behind; about the one ahead as long as they are no choice."""
    happened = {row.week for row in rows if not isnan(row.lived)}
    return AGAIN if len(happened) > 1 else AHEAD


def _under_the_chart(key: str, wholes: list[WeekCaption]) -> None:
    """Draws how the chart is read, and a list of its weeks to open one by."""
    captions, choice = st.columns([3, 1])
    captions.caption(key)
    with captions.container(key="weeks hint"):  # which paper leaves out
        st.caption("A click on a week opens it.")
    with choice:
        _choose(wholes)


def _with_names(
    wholes: list[WeekCaption], named: Iterable[named_weeks.NamedWeek]
) -> list[WeekCaption]:
    """The captions of the weeks, with what each is remembered by."""
    words = {one.label: one.words for one in named}
    return [
        whole._replace(
            words=replace(
                whole.words, text=" · ".join(filter(None, (words_before, whole.words.text)))
            ),
            heading=f"{whole.heading} · {words_before}",
        )
        if (words_before := words.get(whole.label))
        else whole
        for whole in wholes
    ]


def _opened(wholes: list[WeekCaption]) -> list[WeekCaption]:
    """The week that was opened, if it is one of these."""
    opened = [whole for whole in wholes if whole.label == st.session_state.get(OPEN)]
    if not opened:
        st.session_state[OPEN] = None
    return opened


def _choose(wholes: list[WeekCaption]) -> None:
    """A list that does what a click in the chart does."""
    names = {whole.label: whole.words.of for whole in reversed(wholes)}
    st.selectbox(
        "Open a week",
        list(names),
        key=OPEN,
        index=None,
        format_func=names.__getitem__,
        placeholder="Open a week",
        label_visibility="collapsed",
        on_change=press(_chosen),
    )


def _key() -> str:
    """The chart's key: another one, and nothing is picked in it any more."""
    return f"{CHART} {st.session_state.get(TURN, 0)}"


def _chosen() -> None:
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _picked() -> None:
    points = st.session_state[_key()].selection.get(weeks.PICK, [])
    st.session_state[OPEN] = points[0]["label"] if points else None


def _in_part(bars: Iterable[balance.Bar], shown: int) -> str:
    """The meaning of the dots above a week; empty where the chart has none."""
    dotted = shown <= theme.DAYS_UP_TO and any(bar.note for bar in bars)
    return " Dots above a week: some of it is not said yet." if dotted else ""


def _grace(gaps: Iterable[balance.Gap], shown: int) -> str:
    """The weeks of grace by name, where the chart has no room for words."""
    named = [markdown.plain(str(gap.words)) for gap in gaps if gap.grace and gap.note]
    if shown <= weeks.NOTES_UP_TO or not 0 < len(named) <= MOST_NAMED:
        return ""
    return f" Soft bands: {'; '.join(named)}."
