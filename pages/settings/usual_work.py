"""The fields of what comes again by day: each partner's work and sleep, and the sitter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import TypeVar

import streamlit as st

from pages.settings import turn_lines
from pages.settings.turn_lines import Edited, Place, Turns
from pages.ui import markdown
from rituals.model.household import Household
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import Window
from rituals.planning import usual_turns

NINE_TO_FIVE = Window((), time(9), time(17))
AFTER_A_NIGHT = Window((), time(8), time(14))
AN_EVENING = Window((), time(19), time(23))
WORK, SITTER = "work", ("sitter", "")  # what takes turns, as Usual.week_a names it
L = TypeVar("L", tuple[Window, ...], tuple[Recurrence, ...])


def edit_work(kept: Household, partner: str, key: str, today: date) -> Edited:
    """The household with a partner's work, and the sleep by day that goes with it."""
    st.caption("From leaving home to being back.")
    who = f"{markdown.plain(kept.name(partner))} works"
    place = Place(key, who, NINE_TO_FIVE, who)
    weekly, turning = kept.hours.work.get(partner, ()), kept.usual.work.get(partner, ())
    week_a = kept.usual.week_a.get((WORK, partner))
    begun, others = turn_lines.read(weekly, turning, kept, today, week_a)
    turns, holds = turn_lines.edit(place, begun, kept)
    turn_lines.show_others(others, today)
    household = kept
    if turns != begun:
        household = _with_work(kept, partner, turns, others, today)
    household, rests = _edit_sleep(household, partner, (begun, turns), key, today)
    return Edited(household, holds and rests, len(turns.weeks), turns.this)


def edit_sitter(kept: Household, key: str, today: date) -> Edited:
    """The household with the usual evenings of a sitter."""
    place = Place(key, "The sitter comes", AN_EVENING, "Sitter", "Another evening")
    week_a = kept.usual.week_a.get(SITTER)
    begun, others = turn_lines.read((), kept.usual.sitter, kept, today, week_a)
    turns, holds = turn_lines.edit(place, begun, kept, copies=False)
    turn_lines.show_others(others, today)
    if turns == begun:
        return Edited(kept, holds, len(turns.weeks), turns.this)
    sitter = (*others, *turn_lines.write(turns, kept, today))
    household = replace(kept, usual=replace(kept.usual, sitter=sitter))
    in_turn = len(turns.weeks), turns.this
    household = usual_turns.with_letters(household, SITTER, sitter, in_turn, today)
    return Edited(household, holds, *in_turn)


def _with_work(
    kept: Household, partner: str, turns: Turns, others: tuple[Recurrence, ...], today: date
) -> Household:
    """Household with new work: weekly hours where every week is alike, else turns beside them."""
    alike = len(turns.weeks) == 1
    weekly = turns.weeks[0] if alike else ()
    turning = others if alike else (*others, *turn_lines.write(turns, kept, today))
    hours = replace(kept.hours, work=_told(kept.hours.work, partner, weekly))
    usual = replace(kept.usual, work=_told(kept.usual.work, partner, turning))
    household = replace(kept, hours=hours, usual=usual)
    in_turn = len(turns.weeks), turns.this
    return usual_turns.with_letters(household, (WORK, partner), turning, in_turn, today)


def _edit_sleep(
    kept: Household, partner: str, work: tuple[Turns, Turns], key: str, today: date
) -> tuple[Household, bool]:
    """Asked where somebody works by night, or sleeps by day already; `work` as kept and as edited.

    It takes turns as work does, so that one answer says which week this is.
    """
    was, now = work
    turning = kept.usual.asleep.get(partner, ())
    nights = any(turn_lines.is_over_midnight(window) for week in now.weeks for window in week)
    if not nights and not turning:
        return kept, True
    name = markdown.plain(kept.name(partner))
    label = f"{name} sleeps by day after a night of work"
    if not st.toggle(label, bool(turning), f"{key} sleeps"):
        return _with_sleep(kept, partner, ()), True
    begun, others = turn_lines.read((), turning, kept, today)
    who = f"{name} sleeps by day"
    place = Place(f"{key} asleep", who, AFTER_A_NIGHT, "Asleep by day", heads=False)
    shown = turn_lines.beside(begun, was) if turning else _after_nights(now, kept.week_starts)
    if shown is None:
        shown = begun
        turns, holds = turn_lines.edit(place, begun, kept)
    else:
        turns, holds = turn_lines.edit_beside(place, shown, now, kept)
    turn_lines.show_others(others, today)
    if turning and turns == shown:
        return kept, holds
    return _with_sleep(kept, partner, (*others, *turn_lines.write(turns, kept, today))), holds


def _with_sleep(kept: Household, partner: str, turning: tuple[Recurrence, ...]) -> Household:
    usual = replace(kept.usual, asleep=_told(kept.usual.asleep, partner, turning))
    return replace(kept, usual=usual)


def _after_nights(work: Turns, week_starts: int) -> Turns:
    """Sleep in the day after each night of work; that after a week's last night is next week's."""
    cycle = len(work.weeks)
    days: list[set[int]] = [set() for _ in work.weeks]
    last = (week_starts - 1) % 7
    for number, week in enumerate(work.weeks):
        for day in _nights(week):
            days[(number + (day == last)) % cycle].add((day + 1) % 7)
    asleep = tuple((replace(AFTER_A_NIGHT, days=tuple(sorted(d))),) if d else () for d in days)
    return Turns(asleep, work.this)


def _nights(week: Iterable[Window]) -> set[int]:
    return {day for window in week if turn_lines.is_over_midnight(window) for day in window.days}


def _told(by_partner: Mapping[str, L], partner: str, turning: L) -> dict[str, L]:
    """Values by partner, without an entry where there is nothing to keep."""
    return {key: lines for key, lines in {**by_partner, partner: turning}.items() if lines}
