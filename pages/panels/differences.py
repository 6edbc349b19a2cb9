"""Line of a week's differences, with the form that tells, changes or removes one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.session import calendar_refresh, context, stores
from pages.session.presses import press
from pages.ui import fields, markdown
from rituals.model import local_time, wording_of_weeks
from rituals.model.difference import (
    CAN_HAVE_NIGHTS,
    OF_A_PARTNER,
    Difference,
    DifferenceError,
    What,
    checked,
    overridden,
)
from rituals.model.household import Household
from rituals.model.time.formats import Formats
from rituals.model.time.week import Week
from rituals.model.time.window import DAYS
from rituals.text import LONGEST_TITLE, single_line

OPEN = "different open"  # session: the difference whose form is open, and whether it is kept
CHOOSE = "different choose"  # session: whether all kinds are offered
WHY = "different why"  # session: why it was not taken, or what it took the place of
EVENING = (time(19), time(23))
SHIFT = (time(14), time(22))
AT_WHICH_HOUR = frozenset({What.BEDTIME})
FROM_TO = {What.SITTER: EVENING, What.WORK: SHIFT}
WHOLE_WEEK = frozenset({What.AWAY, What.OFF, What.HOME, What.NO_SCHOOL, What.CHILDREN_AWAY})
ADD = ":material/add:"  # an answer beside what is known already
MORE_ANSWERS = "more"  # in CHOOSE: what is answered seldom
OF_CHILDREN = {
    What.CHILDREN_HOME: "Children at home after all",
    What.BEDTIME: "Another bedtime",
    What.NO_SITTER: "No sitter",
}
INSTEAD = {"Sitter": What.NO_SITTER}  # what a tap on something usual offers


@dataclass(frozen=True)
class _Opened:
    """The difference whose form is open, as it was when it was opened."""

    difference: Difference
    is_kept: bool
    has_days: bool = True  # its days are known already

    def key(self, field: str) -> str:
        """The key of one of its fields."""
        return f"different {field} {self.difference.id}"


def show(week: Week, household: Household, *, asks: bool = True, is_settled: bool = False) -> None:
    """The line of a week, with the form that is open in it.

    Unless it `asks` by itself its answers stand behind one press, and once all `is_settled` that
    press is offered only beside what is told already.
    """
    facts = wording_of_weeks.named_facts(week, household)
    opened: _Opened | None = st.session_state.get(OPEN)
    key = "different" if asks else "different-later"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=key):
        if not (asks or facts or st.session_state.get(CHOOSE)):
            if not is_settled:
                st.button(
                    "Anything different?",
                    key="different more",
                    icon=ADD,
                    on_click=press(_choose_usual),
                )
        else:
            asked = "Different this week" if facts else "Anything different?"
            st.caption(asked, width="content")
            for fact in facts:
                _chip(fact, week, household)
            _answers(week, household, beside_facts=bool(facts))
    if opened is not None:
        _form(opened, week, household)
    if why := st.session_state.get(WHY):
        st.info(markdown.plain(why))


def _answers(week: Week, household: Household, *, beside_facts: bool) -> None:
    """Draws the answers; beside facts a trip's alone, until another one is asked for."""
    chosen, icon = st.session_state.get(CHOOSE), ADD if beside_facts else None
    answers = list((_more_answers if chosen == MORE_ANSWERS else _usual_answers)(week, household))
    is_short = beside_facts and not chosen
    for label, new in answers[: len(household.partners)] if is_short else answers:
        key = f"different {new.id}"  # two people may have one name
        st.button(markdown.plain(label), key=key, icon=icon, on_click=press(_open), args=(new,))
    if is_short:
        st.button("Anything else?", key="different more", icon=icon, on_click=press(_choose_usual))
    elif chosen != MORE_ANSWERS:
        help = "Something else"  # all that one sees of it is a plus
        st.button(help, key="different else", icon=ADD, help=help, on_click=press(_choose_more))


def _chip(fact: wording_of_weeks.NamedFact, week: Week, household: Household) -> None:
    """Draws a fact: a told one opens to be changed, a usual one to be taken back for once."""
    text = markdown.plain(fact.text)
    if fact.difference is not None:
        key = f"different chip {fact.difference.id}"
        st.button(text, key=key, on_click=press(_open), args=(fact.difference, True, True))
    elif what := _instead(fact):
        new = _new(week, household, what)
        new = replace(new, id=f"{new.id} {fact.first}", first=fact.first, last=fact.last)
        key = f"different chip {new.id}"
        st.button(text, key=key, on_click=press(_open), args=(new, False, True))
    else:
        st.markdown(f":blue-badge[{text}]", width="content")


def _instead(fact: wording_of_weeks.NamedFact) -> What | None:
    if fact.is_holiday:
        return None
    usual = fact.what.startswith("Children ")
    return What.CHILDREN_HOME if usual else INSTEAD.get(fact.what)


def _usual_answers(week: Week, household: Household) -> Iterator[tuple[str, Difference]]:
    """Labels of the most usual answers, each with its difference, which has no days yet."""
    for partner in household.partners:
        yield f"{partner.name} away", _new(week, household, What.AWAY, partner.key)
    yield "A day off", _new(week, household, What.OFF)
    if household.children:
        yield "No school", _new(week, household, What.NO_SCHOOL)
        yield "Children away", _new(week, household, What.CHILDREN_AWAY)
        yield "Sitter", _new(week, household, What.SITTER)


def _more_answers(week: Week, household: Household) -> Iterator[tuple[str, Difference]]:
    """Labels of the rarer answers, each with its difference, which has no days yet."""
    for partner in household.partners:
        yield f"{partner.name} at home after all", _new(week, household, What.HOME, partner.key)
    for partner in household.partners:
        yield f"{partner.name} works other hours", _new(week, household, What.WORK, partner.key)
    for what, label in OF_CHILDREN.items() if household.children else ():
        yield label, _new(week, household, what)


def _new(week: Week, household: Household, what: What, partner: str = "") -> Difference:
    first = local_time.first_day(week, household)
    start, end = FROM_TO.get(what, (None, None))
    nights = what in CAN_HAVE_NIGHTS
    id = f"new {what} {partner}"
    return Difference(id, what, first, first, stores.now(), partner, start, end, nights)


def _choose_usual() -> None:
    st.session_state[CHOOSE] = True


def _choose_more() -> None:
    st.session_state[CHOOSE] = MORE_ANSWERS


def _open(difference: Difference, is_kept: bool = False, has_days: bool = False) -> None:
    st.session_state.pop(WHY, None)
    st.session_state[OPEN] = _Opened(difference, is_kept, has_days)


def _close() -> None:
    for key in (OPEN, CHOOSE, WHY):
        st.session_state.pop(key, None)


def _form(opened: _Opened, week: Week, household: Household) -> None:
    now = opened.difference
    with st.form(f"different {now.id}"):
        st.markdown(f"**{_heading(opened, household)}**")
        _whose(opened, household)
        _days(opened, week, household)
        if now.what in CAN_HAVE_NIGHTS:
            st.toggle("Nights too", now.nights, key=opened.key("nights"))
        _more(opened, week, household)
        about = (opened, week)
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button("Save", type="primary", on_click=press(_save), args=about)
            if now.what in WHOLE_WEEK and not opened.is_kept:
                st.form_submit_button("The whole week", on_click=press(_save), args=(*about, True))
            if opened.is_kept:
                st.form_submit_button("Remove", on_click=press(_remove), args=about)
            st.form_submit_button("Close", on_click=press(_close))


def _heading(opened: _Opened, household: Household) -> str:
    if opened.difference.what is What.OFF and not opened.difference.partner:
        return "A day off"
    return markdown.plain(wording_of_weeks.what(opened.difference, household))


def _whose(opened: _Opened, household: Household) -> None:
    """The partner whose day off it is."""
    if opened.difference.what in OF_A_PARTNER and not opened.difference.partner:
        names = {partner.key: markdown.plain(partner.name) for partner in household.partners}
        st.pills("Who", list(names), format_func=names.__getitem__, key=opened.key("who"))


def _days(opened: _Opened, week: Week, household: Household) -> None:
    """The first and the last day: one of this week, or any within a year."""
    now, shown = opened.difference, local_time.days(week, household)
    first = now.first if opened.has_days and now.first in shown else None
    last = now.last if opened.has_days and now.last in shown and now.last != first else None
    with st.container(horizontal=True, gap="medium"):
        st.pills("From", shown, default=first, format_func=_day, key=opened.key("first"), wrap=True)
        st.pills("Until", shown, default=last, format_func=_day, key=opened.key("last"), wrap=True)
    if now.what in FROM_TO or now.what in AT_WHICH_HOUR:
        _hours(opened, household.formats)


def _more(opened: _Opened, week: Week, household: Household) -> None:
    """Draws the fields that are seldom needed: days of another week, hours, and a place."""
    now, shown, formats = opened.difference, local_time.days(week, household), household.formats
    is_elsewhere = opened.is_kept and not (now.first in shown and now.last in shown)
    days = (now.first, now.last) if is_elsewhere else (None, None)
    has_more = is_elsewhere or not now.whole_days or bool(now.place)
    has_hours = now.what not in FROM_TO and now.what not in AT_WHICH_HOUR
    label = "Other days or hours" if has_hours else "Other days"
    with st.expander(label, expanded=has_more and has_hours):
        with st.container(horizontal=True):
            names = {"first date": "From the day", "last date": "Until the day"}
            for (field, name), day in zip(names.items(), days, strict=True):
                st.date_input(
                    name, day, key=opened.key(field), width=150, format=fields.day(formats)
                )
            if has_hours:
                _hours(opened, formats)
        if now.what in CAN_HAVE_NIGHTS:
            key = opened.key("place")
            st.text_input("Where", now.place, LONGEST_TITLE, key, autocomplete="off", width=320)


def _hours(opened: _Opened, formats: Formats) -> None:
    now, format = opened.difference, fields.hour(formats)
    with st.container(horizontal=True):
        if now.what in AT_WHICH_HOUR:
            st.time_input("At", now.start, key=opened.key("start"), width=150, format=format)
        else:
            st.time_input(
                "From the hour", now.start, key=opened.key("start"), width=150, format=format
            )
            st.time_input(
                "Until the hour", now.end, key=opened.key("end"), width=150, format=format
            )


def _day(day: date) -> str:
    return f"{DAYS[day.weekday()]} {day.day}"


def _save(opened: _Opened, week: Week, whole_week: bool = False) -> None:
    """Keeps what the form says; where that cannot be, the form stays and says why."""
    household, today = context.household(), context.today(context.household())
    try:
        told = checked(_told(opened, week, household, whole_week), today)
    except DifferenceError as refused:
        st.session_state[WHY] = str(refused)
        return
    before = overridden(told, household.differences)
    stores.store().save_difference(told)
    _close()
    if sentence := wording_of_weeks.overridden(before, household):
        st.session_state[WHY] = sentence
    place_anew((told, opened.difference), household)


def _remove(opened: _Opened, _week: Week) -> None:
    stores.store().remove_difference(opened.difference.id)
    _close()
    place_anew((opened.difference,), context.household())


def _told(opened: _Opened, week: Week, household: Household, whole_week: bool) -> Difference:
    """The difference as the fields say it; raises DifferenceError where a field is missing."""
    now, said = opened.difference, _fields(opened)
    shown = local_time.days(week, household)
    first = said["first date"] or said["first"] or (now.first if opened.is_kept else None)
    last = said["last date"] or said["last"]
    if whole_week:
        first, last = shown[0], shown[-1]
    if first is None:
        raise DifferenceError("Please choose a day.")
    what, start, end = now.what, said["start"], said["end"]
    last = last or first
    late = last == first and start is not None and end is not None and end <= start
    return replace(
        now,
        id=now.id if opened.is_kept else uuid4().hex,
        partner=(said["who"] or now.partner) if what in OF_A_PARTNER else "",
        first=first,
        last=last + timedelta(days=late and what is not What.WORK),
        start=start,
        end=end,
        nights=bool(said["nights"]) and what in CAN_HAVE_NIGHTS,
        place=single_line(said["place"] or ""),
        told=stores.now(),
    )


def _fields(opened: _Opened) -> dict[str, Any]:
    names = ("who", "first", "last", "first date", "last date", "start", "end")
    found = {name: st.session_state.get(opened.key(name)) for name in names}
    return found | {n: st.session_state.get(opened.key(n)) for n in ("nights", "place")}


def place_anew(about: tuple[Difference, ...], household: Household) -> None:
    """Places the weeks anew that it holds in, from the running one on."""
    first, last = min(d.first for d in about), max(d.last for d in about)
    begins = max(first, context.today(household))
    weeks = range(local_time.week_of(last, household) - local_time.week_of(begins, household) + 1)
    calendar_refresh.place_anew(local_time.week_of(begins, household) + n for n in weeks)
