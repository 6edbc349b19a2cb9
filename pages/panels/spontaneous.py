"""Spontaneous time, written down with one tap: how long, in the row of its strand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import streamlit as st

from pages.session import context, edits, stores, widgets
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, wording
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import Occurrence, Said
from rituals.model.time.day_parts import TYPICAL
from rituals.model.time.week import Week
from rituals.planning import review
from rituals.planning.conflicts import MinutesSetting
from rituals.text import single_line

LENGTHS = (30, 60, 120, 240)
TAPS = "happened taps"  # session: how many were written down, so that the next tap is a new one


def choose_minutes(week: Week, occurrence: Occurrence, household: Household) -> None:
    """A box with a few lengths, to choose how long an occurrence really was."""
    took = occurrence.lived or 0
    lengths = sorted({took, *review.lengths(occurrence.minutes)})
    title = markdown.spoken(wording.title(occurrence, household))
    st.selectbox(
        f"{title}, {wording.moment(occurrence.start, household)}, how long it was",
        lengths,
        index=lengths.index(took),
        format_func=wording.hours,
        key=widgets.key(MinutesSetting(week, occurrence.id), took),
        label_visibility="collapsed",
        width=112,
    )


def show(week: Week, household: Household) -> None:
    """The rows to tap, and what was written down of that week, folded until it is asked for."""
    folded = st.expander(
        "Something just happened",
        icon=":material/add:",
        key=f"happened {week}",
        on_change="rerun",
    )
    if folded.open:
        with folded:
            _open(week, household)


@dataclass(frozen=True)
class _Detail:
    day: date
    part: str
    title: str

    def start(self, household: Household) -> datetime:
        return local_time.instant(self.day, TYPICAL[self.part], household)


def _open(week: Week, household: Household) -> None:
    st.caption("One tap: about how long it was.")
    rows = st.container(gap="xsmall")
    detail = _detail(week, household)
    taps = st.session_state.setdefault(TAPS, 0)
    with rows:
        for strand in household.on_day(detail.day).strands():
            _row(strand, taps, detail, household)
    chosen = local_time.week_of(detail.day, household)
    plan = stores.store().load_plan(chosen)
    for occurrence in plan.occurrences if plan else ():
        if occurrence.spontaneous:
            _written_down(chosen, occurrence, household)


def _row(strand: Strand, taps: int, detail: _Detail, household: Household) -> None:
    name = wording.strand(strand, household)
    label, choice = st.columns([2, 3], vertical_alignment="center", gap="small")
    label.markdown(f"{markdown.dot(strand.kind)} {markdown.plain(name)}")
    key = f"happened {strand.kind} {strand.partner} {taps}"
    choice.pills(
        f"{markdown.spoken(name)}, about how long",
        LENGTHS,
        format_func=wording.hours,
        key=key,
        label_visibility="collapsed",
        on_change=press(_tap),
        args=(key, taps, strand, detail, household),
    )


def _tap(key: str, taps: int, strand: Strand, detail: _Detail, household: Household) -> None:
    """Writes one tap down, once: a browser that still shows the old row tells of it again."""
    took = st.session_state[key]
    if took and taps == st.session_state.get(TAPS, 0):
        st.session_state[TAPS] = taps + 1
        _add(strand, took, detail, household)


def _detail(week: Week, household: Household) -> _Detail:
    """The day, the part of it and a word; by default the evening of the newest day on offer."""
    days = _days(week, household)
    if not st.toggle("Another day or hour, or a word for it", key=f"happened more {week}"):
        return _Detail(days[0], "Evening", wording.UNTITLED)
    day = st.selectbox("When", days, format_func=household.formats.day, key=f"happened day {week}")
    part = st.pills(
        "About", list(TYPICAL), default="Evening", required=True, wrap=True, key="happened part"
    )
    taps = st.session_state.get(TAPS, 0)
    title = st.text_input(
        "In a word, if you like", max_chars=80, key=f"happened word {taps}", autocomplete="off"
    )
    return _Detail(day, part, single_line(title)[:80] or wording.UNTITLED)


def _days(week: Week, household: Household) -> list[date]:
    """The days on offer: those of the week looked back on, and since where that is new."""
    today, own = context.today(household), local_time.days(week, household)
    since = [today - local_time.ONE_DAY * back for back in range((today - own[-1]).days)]
    newer = since if len(since) < len(own) else ()
    return [*(day for day in reversed(own) if day <= today), *newer] or [today]


def _add(strand: Strand, minutes: int, detail: _Detail, household: Household) -> None:
    week = local_time.week_of(detail.day, household)
    edits.add_spontaneous(week, _occurrence(strand, minutes, detail, household))
    name = markdown.plain(wording.strand(strand, household))
    st.toast(f"{name}, {wording.hours(minutes)}: it is in its week now.")


def _occurrence(strand: Strand, minutes: int, detail: _Detail, household: Household) -> Occurrence:
    now, start = stores.now(), detail.start(household)
    return Occurrence(
        id=uuid4().hex,
        title=detail.title,
        kind=strand.kind,
        partner=strand.partner,
        start=start,
        end=start + timedelta(minutes=minutes),
        created=now,
        changed=now,
        leaves=strand.kind is Kind.OUT,
        with_children=strand.kind is Kind.SOLO,
        spontaneous=True,
        said=Said.AS_PLANNED,
        lived=minutes,
    )


def _written_down(week: Week, occurrence: Occurrence, household: Household) -> None:
    title = wording.title(occurrence, household)
    when = wording.moment(occurrence.start, household)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{markdown.dot(occurrence.kind)} {when} {markdown.plain(title)}")
        choose_minutes(week, occurrence, household)
        st.button(
            "Take it out",
            key=f"happened out {occurrence.id}",
            type="tertiary",
            icon=":material/close:",
            on_click=press(_take_out),
            args=(week, occurrence.id),
        )


def _take_out(week: Week, occurrence: str) -> None:
    edits.record(week, lambda plan: review.remove_spontaneous(plan, occurrence))
