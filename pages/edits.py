"""What was changed in the browser, kept: the one place where the sitting's widgets are saved.

A widget's name says what it holds: ("hope", week, kind, partner). Whatever a browser brings is
compared with what it was last given and saved at the start of a run, before anything is drawn.
Saved where it is drawn, a number typed just before the next step is chosen would be lost: the run
that draws it is cut short by the one that no longer does.

The hopes stand on a board of many slides, which brings them by the same keys.
"""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex
from typing import Any

import streamlit as st

from pages import balance_board, shared
from rituals import plans
from rituals.model import Kind, Plan, Said, Season, Strand, Week

Name = tuple[str, ...]
SHOWN = "edits shown"  # session: by name, what its widget was given and how often that was new
VISIT = "edits visit"  # session: a word of its own, so that an older visit's echo finds no widget


def key(name: Name, kept: object) -> str:
    """A widget's key, another one whenever its value was changed elsewhere.

    A widget shows what it was first given as long as its key stays. Where the store says something
    new, a new key shows it, and a stale echo of the browser has nowhere to land.
    """
    value, generation = _shown().get(name, (kept, 0))
    generation += value != kept
    _shown()[name] = (kept, generation)
    return _key(name, generation)


def board() -> str:
    """The key of the board of hopes; it stays, so that no hand ever holds what is gone."""
    return f"board {_visit()}"


def keep() -> None:
    """Saves what was changed in the browser since the last run."""
    on_board = balance_board.moved(board())
    for name, (kept, generation) in list(_shown().items()):
        here = _key(name, generation)
        live = on_board.get(here, st.session_state.get(here, kept))
        if live != kept:
            SAVED_BY[name[0]](*name[1:], live)
            _shown()[name] = (live, generation)


def is_kept(name: Name, value: object) -> None:
    """Lets a widget keep its key although its value is new: it brought the value itself."""
    _shown()[name] = (value, _shown()[name][1])


def change(week: Week, how: Callable[[Plan], Plan]) -> Plan:
    """The plan of a week after a change, kept; one without a plan begins with it."""
    return shared.store().change_plan(_plan(week), how)


def _plan(week: Week) -> Plan:
    store = shared.store()
    kept = store.load_plan(week)
    return kept or shared.begun(store.load_last_plan(week), week, shared.household())


def _shown() -> dict[Name, tuple[Any, int]]:
    shown: dict[Name, tuple[Any, int]] = st.session_state.setdefault(SHOWN, {})
    return shown


def _key(name: Name, generation: int) -> str:
    return " ".join((*name, _visit(), str(generation)))


def _visit() -> str:
    visit: str = st.session_state.setdefault(VISIT, token_hex(4))
    return visit


def _save_hope(week: str, kind: str, partner: str, minutes: int) -> None:
    strand = Strand(Kind(kind), partner or None)
    change(Week.read(week), lambda plan: plans.hope(plan, strand, minutes))


def _save_season(week: str, season: Season) -> None:
    change(Week.read(week), lambda plan: plans.in_season(plan, season))


def _save_times(week: str, ritual: str, partner: str, times: int) -> None:
    rituals, household, now = shared.rituals(), shared.household(), shared.now()

    def choose(plan: Plan) -> Plan:
        chosen = plans.choose(plan, ritual, partner or None, times)
        return plans.laid(chosen, rituals, household, now)[0]

    if ritual not in shared.store().load_rituals():
        shared.store().save_ritual(rituals[ritual])  # so that it stays as it was chosen
    change(Week.read(week), choose)


def _save_said(week: str, occurrence: str, said: Said | None) -> None:
    change(Week.read(week), lambda plan: plans.say(plan, occurrence, said))


SAVED_BY: dict[str, Callable[..., None]] = {
    "hope": _save_hope,
    "season": _save_season,
    "times": _save_times,
    "said": _save_said,
}
