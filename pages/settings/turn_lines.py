"""Fields for hours that come again: every week, or in turns of up to eight weeks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from math import lcm
from typing import NamedTuple, cast

import streamlit as st

from pages.session import context
from pages.session.presses import press
from pages.ui import fields
from pages.ui.choice import quietly_one_of
from rituals.model import local_time, wording_of_weeks
from rituals.model.household import Household
from rituals.model.time.recurrence import MOST_WEEKS, Recurrence
from rituals.model.time.window import DAYS, NotationError, Window
from rituals.planning import usual_checks, usual_turns

ADDED = "household added"  # session: lines and weeks added to the open form, by its key
MOST_LINES = 6  # of one week
LETTERS = "ABCDEFGH"
EVERY, TURNS = "every week", "in turns"
HOW = {EVERY: EVERY, TURNS: TURNS}


@dataclass(frozen=True)
class Turns:
    """Weeks of a cycle, each with its lines, and the number of the one that is now."""

    weeks: tuple[tuple[Window, ...], ...] = ((),)
    this: int = 0

    @property
    def letter(self) -> str:
        """The letter of this week; none where every week is alike."""
        return LETTERS[self.this] if len(self.weeks) > 1 else ""


class Edited(NamedTuple):
    """The household as a form says it; false where it cannot be kept so; its cycle and place."""

    household: Household
    holds: bool = True
    cycle: int = 1
    this: int = 0


class Place(NamedTuple):
    """Key of a part of the form, and the words that say whose it is."""

    key: str
    who: str  # the beginning of a sentence: "Nora works"
    first: Window  # what a line begins with when it is added
    title: str = ""
    more: str = "Other hours"
    heads: bool = True  # whether the title is that of the whole card


def read(
    weekly: Iterable[Window],
    turning: Iterable[Recurrence],
    household: Household,
    today: date,
    week_a: date | None = None,
) -> tuple[Turns, tuple[Recurrence, ...]]:
    """Stretches that are kept as turns, and those that no form shows and that stay."""
    always, turns = tuple(weekly), tuple(turning)
    monday = local_time.week_of(today, household).monday
    try:
        found = usual_turns.weeks_of(turns, monday, household.week_starts)
    except NotationError:
        return Turns((always,)), turns
    this = usual_turns.place_in_turn(turns, household, today, week_a) % len(found)
    weeks = [(*always, *found[(n - this) % len(found)]) for n in range(len(found))]
    return Turns(tuple(weeks), this), ()


def is_over_midnight(window: Window) -> bool:
    """True for hours that end on the next day."""
    return cast("time", window.end) <= cast("time", window.start)


def common_cycle(turning: Iterable[Recurrence]) -> int:
    """The number of weeks after which all of these come again; 0 where no form shows so many."""
    weeks = lcm(*(r.weeks for r in turning))
    return weeks if weeks <= MOST_WEEKS else 0


def write(turns: Turns, household: Household, today: date) -> tuple[Recurrence, ...]:
    """Turns as they are kept."""
    first = local_time.week_of(today, household) - turns.this
    return usual_turns.turns(turns.weeks, first.monday, household.week_starts)


def edit(
    place: Place, kept: Turns, household: Household, copies: bool = True
) -> tuple[Turns, bool]:
    """Turns as the fields say them, and whether they can be kept.

    A week that is added begins like the one before it where it `copies`, else empty.
    """
    how = choose_how(place, kept)
    cycle = 1 if how == EVERY else cycle_of(place.key, len(kept.weeks))
    weeks, holds = _edit_weeks(place, kept, cycle, household, copies)
    this = foot(place, cycle, kept.this)
    return Turns(weeks, this), holds


def edit_beside(
    place: Place, kept: Turns, other: Turns, household: Household
) -> tuple[Turns, bool]:
    """Turns that go with others: as many weeks, and the same one is this week's."""
    st.markdown(f"**{place.title}**")
    weeks, holds = _edit_weeks(place, kept, len(other.weeks), household, copies=False)
    _more_lines(place, len(weeks))
    return Turns(weeks, other.this), holds


def beside(turns: Turns, other: Turns) -> Turns | None:
    """Turns in the order of others; none where their weeks are of another number."""
    cycle = len(other.weeks)
    if len(turns.weeks) not in (1, cycle):
        return None
    first = turns.this - other.this
    weeks = tuple(turns.weeks[(first + n) % len(turns.weeks)] for n in range(cycle))
    return Turns(weeks, other.this)


def _edit_weeks(
    place: Place, kept: Turns, cycle: int, household: Household, copies: bool
) -> tuple[tuple[tuple[Window, ...], ...], bool]:
    weeks: list[tuple[Window, ...]] = []
    holds = True
    for number in range(cycle):
        begun = weeks[-1] if copies and weeks else ()
        begun = kept.weeks[number] if number < len(kept.weeks) else begun
        lines = _lines(place, number, begun, letter=cycle > 1)
        weeks.append(lines)
        if problem := usual_checks.of_lines(place.who, lines, household):
            st.info(problem)
            holds = False
    return tuple(weeks), holds


def choose_how(place: Place, kept: Turns) -> str:
    """Choice between every week and in turns, drawn beside the heading."""
    begun = TURNS if len(kept.weeks) > 1 else EVERY
    label = f"{place.who}: every week, or in turns"
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        if place.heads:
            st.header(place.title, anchor=False, width="content")
        else:
            st.markdown(f"**{place.title}**", width="content")
        return quietly_one_of(label, HOW, begun, f"{place.key} how")


def foot(place: Place, cycle: int, kept: int) -> int:
    """Lines and weeks to add, and the choice which week this one is."""
    _more_lines(place, cycle)
    if cycle == 1:
        return 0
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        _more_weeks(place.key, cycle)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            st.markdown("This week is", width="content")
            letters = {n: LETTERS[n] for n in range(cycle)}
            key = f"{place.key} this of {cycle}"
            return quietly_one_of(f"{place.who}: this week is", letters, kept % cycle, key)


def _more_lines(place: Place, cycle: int) -> None:
    with st.container(horizontal=True):
        for number in range(cycle):
            in_week = f" in {LETTERS[number]}" if cycle > 1 else ""
            adds(f"{place.more}{in_week}", f"{place.key} lines {number}")


def _more_weeks(key: str, cycle: int) -> None:
    """A week more or less in turn: at least two, else every week is alike."""
    with st.container(horizontal=True, width="content"):
        if cycle < MOST_WEEKS:
            adds(f"Week {LETTERS[cycle]}", f"{key} weeks")
        if cycle > 2:
            st.button(
                f"Without week {LETTERS[cycle - 1]}",
                key=f"{key} fewer",
                type="tertiary",
                on_click=press(_add),
                args=(f"{key} weeks", -1),
            )


def cycle_of(key: str, kept: int) -> int:
    """The number of weeks in turn, with those that were added to the form."""
    return min(MOST_WEEKS, max(2, max(2, kept) + added(f"{key} weeks")))


def lines_of(key: str, number: int, kept: int) -> int:
    """The number of lines of a week, with those that were added to the form; at least one."""
    return min(max(MOST_LINES, kept), max(1, kept) + added(f"{key} lines {number}"))


def adds(label: str, what: str) -> None:
    """A button that adds a line or a week to the form."""
    st.button(
        label,
        key=f"add {what}",
        icon=":material/add:",
        type="tertiary",
        on_click=press(_add),
        args=(what, 1),
    )


def added(what: str) -> int:
    """Number of lines or weeks that were added to the open form."""
    number: int = st.session_state.get(ADDED, {}).get(what, 0)
    return number


def forget_added() -> None:
    """Lets the next form begin with the lines that are kept."""
    st.session_state.pop(ADDED, None)


def which(number: int, line: int, letter: bool) -> str:
    """Words that tell one line from the others in what is read aloud."""
    week = f" in week {LETTERS[number]}" if letter else ""
    return f"{week} (line {line + 1})" if line else week


def hour(label: str, begun: time, key: str) -> time:
    """A clock time."""
    format = fields.hour(context.household().formats)
    width = 76 if format == "24h" else 108
    return st.time_input(
        label, begun, key, format=format, label_visibility="collapsed", width=width
    )


def show_others(others: Iterable[Recurrence], today: date) -> None:
    """Names the stretches that no form shows: told in another place, they stay."""
    formats = context.household().formats
    for other in others:
        st.caption(f"Also: {wording_of_weeks.recurrence(other, today, formats)}")


def _lines(place: Place, number: int, kept: tuple[Window, ...], letter: bool) -> tuple[Window, ...]:
    count = lines_of(place.key, number, len(kept))
    turns = (
        _line(place, number, line, kept[line] if line < len(kept) else None, letter)
        for line in range(count)
    )
    return tuple(window for window in turns if window)


def _line(place: Place, number: int, line: int, kept: Window | None, letter: bool) -> Window | None:
    """One line's window; none while no day is chosen."""
    begun = kept or place.first
    key, more = f"{place.key} {LETTERS[number]}{line}", which(number, line, letter)
    with st.container(horizontal=True, vertical_alignment="center", key=f"usual-line {key}"):
        if letter:
            st.markdown(f"**{LETTERS[number]}**" if not line else "", width=16)
        days = st.pills(
            f"{place.who} on{more}",
            range(len(DAYS)),
            selection_mode="multi",
            default=kept.days if kept else (),
            format_func=lambda day: DAYS[day][:2],
            label_visibility="collapsed",
            key=f"{key} days",
        )
        with st.container(
            horizontal=True, vertical_alignment="center", width="content", gap="xsmall"
        ):
            start = hour(f"{place.who} from{more}", cast("time", begun.start), f"{key} from")
            st.markdown("–", width="content")
            end = hour(f"{place.who} until{more}", cast("time", begun.end), f"{key} until")
    return Window(tuple(sorted(days)), start, end) if days else None


def _add(what: str, more: int) -> None:
    added = st.session_state.setdefault(ADDED, {})
    added[what] = added.get(what, 0) + more
