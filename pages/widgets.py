"""What was changed in the browser, kept: the one place where the sitting's widgets are saved.

A widget's name says what it holds: ("hope", week, kind, partner). Whatever a browser brings is
compared with what it was last given and saved at the start of a run, before anything is drawn.
Saved where it is drawn, a number typed just before the next step is chosen would be lost: the run
that draws it is cut short by the one that no longer does.

The hopes stand on a board of many slides, which brings them by the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from secrets import token_hex
from typing import Any

import streamlit as st

from pages import balance_board, edits, shared, stores
from pages.edits import Name
from rituals import lived, plans
from rituals.household import Kind, Strand
from rituals.plan import Plan, Said, Season, times
from rituals.week import Week

UNSAID = -1  # minutes: the choice that nothing is said
SHOWN = "edits shown"  # session: by name, what was kept under each of its widget's keys
ON_THEIR_WAY = 20  # keys of a widget at most that the browser has not drawn yet
VISIT = "edits visit"  # session: a word of its own, so that an older visit's echo finds no widget


def key(name: Name, kept: object) -> str:
    """A widget's key, another one whenever its value was changed elsewhere.

    A widget shows what it was first given as long as its key stays. Where the store says something
    new, a new key shows it, and a stale echo of the browser has nowhere to land.
    """
    given = _shown().setdefault(name, [kept])
    if given[-1] != kept:
        given.append(kept)
    return _key(name, len(given) - 1)


def board() -> str:
    """The key of the board of hopes; it stays, so that no hand ever holds what is gone."""
    return f"board {_visit()}"


def grid(week: Week) -> str:
    """The key of a week's grid."""
    return f"grid {week} {_visit()}"


def keep() -> None:
    """Saves what was changed in the browser since the last run."""
    on_board = balance_board.moved(board())
    for name, given in _shown().items():
        _keep(name, given, on_board)


def is_kept(name: Name, value: object) -> None:
    """Lets a widget keep its key although its value is new: it brought the value itself."""
    _shown()[name][-1] = value


def _keep(name: Name, given: list[Any], on_board: Mapping[str, int]) -> None:
    """Saves what was set under the newest key of a widget that says more than was kept of it.

    It may be an older key: the browser draws the news of another screen later than it is sent.
    """
    for generation in reversed(range(len(given))[-ON_THEIR_WAY:]):
        under = _key(name, generation)
        live = on_board.get(under, st.session_state.get(under, given[generation]))
        if live != given[generation]:
            SAVED_BY[name[0]](*name[1:], live)
            given[generation] = live
            return


def _shown() -> dict[Name, list[Any]]:
    shown: dict[Name, list[Any]] = st.session_state.setdefault(SHOWN, {})
    return shown


def _key(name: Name, generation: int) -> str:
    return " ".join((*name, _visit(), str(generation)))


def _visit() -> str:
    visit: str = st.session_state.setdefault(VISIT, token_hex(4))
    return visit


def _save_hope(week: str, kind: str, partner: str, minutes: int) -> None:
    strand = Strand(Kind(kind), partner or None)
    name = ("hope", week, kind, partner)
    edits.replanned(Week.read(week), lambda plan: plans.hope(plan, strand, minutes), name)


def _save_season(week: str, season: Season) -> None:
    edits.replanned(Week.read(week), lambda plan: plans.in_season(plan, season), ("season", week))


def _save_times(week: str, ritual: str, partner: str, times: int) -> None:
    name = ("times", week, ritual, partner)
    _choose(week, ritual, lambda plan: plans.choose(plan, ritual, partner or None, times), name)


def _save_oftener(week: str, ritual: str, partner: str, oftener: bool) -> None:
    most = shared.rituals()[ritual].rhythm.most if oftener else 0

    def choose(plan: Plan) -> Plan:
        chosen = times(plan, ritual, partner or None)
        return plans.choose(plan, ritual, partner or None, chosen, most)

    _choose(week, ritual, choose)


def _choose(week: str, ritual: str, how: Callable[[Plan], Plan], about: Name = ()) -> None:
    if ritual not in stores.store().load_rituals():
        kept = shared.rituals()[ritual]
        stores.store().save_ritual(kept)  # so that it stays as it was chosen
    edits.replanned(Week.read(week), how, about)


def _save_said(week: str, occurrence: str, said: Said | None) -> None:
    name = ("said", week, occurrence)
    edits.told(Week.read(week), lambda plan: lived.say(plan, occurrence, said), name)


def _save_lived(week: str, occurrence: str, minutes: int) -> None:
    name = ("lived", week, occurrence)
    edits.told(Week.read(week), lambda plan: lived.say_minutes(plan, occurrence, minutes), name)


def _save_whole(week: str, kind: str, partner: str, minutes: int) -> None:
    strand, said = Strand(Kind(kind), partner or None), None if minutes == UNSAID else minutes
    name = ("whole", week, kind, partner)
    edits.told(Week.read(week), lambda plan: lived.say_as_a_whole(plan, strand, said), name)


def _save_grace(week: str, _widget: str, word: str | None) -> None:
    edits.pause(edits.resting(Week.read(week)), word or "")


def _save_rests(week: str, count: int) -> None:
    first = Week.read(week)
    there = edits.resting(first)
    if there:
        word = edits.plan_of(first).grace
        edits.pause([first + n for n in range(len(there), count)], word)
        edits.resume(there[count:])


SAVED_BY: dict[str, Callable[..., None]] = {
    "hope": _save_hope,
    "season": _save_season,
    "times": _save_times,
    "oftener": _save_oftener,
    "said": _save_said,
    "lived": _save_lived,
    "whole": _save_whole,
    "grace": _save_grace,
    "rests": _save_rests,
}
