"""Saving of changes made in the browser: the one place that saves the sitting's widgets.

Whatever a browser brings is compared with what it was last given and saved at the start of a run,
before anything is drawn. Saved where it is drawn, a number typed just before the next step is
chosen would be lost: the run that draws it is cut short by the one that no longer does.

The hopes stand on a board of many slides, which brings them by the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import streamlit as st

from pages.session import choices, context, edits
from pages.ui import balance_board
from rituals.model.plan import Plan, times
from rituals.model.time.week import Week
from rituals.planning import changes
from rituals.planning.conflicts import Setting, TimesSetting, TotalSetting

UNSAID = -1  # minutes: the choice that nothing is said
SHOWN = "edits shown"  # session: by name, what was kept under each of its widget's keys
ON_THEIR_WAY = 20  # keys of a widget at most that the browser has not drawn yet
VISIT = "edits visit"  # session: a word of its own, so that an older visit's echo finds no widget


@dataclass(frozen=True)
class Oftener:
    """The box that lets a ritual come more often than it is chosen."""

    week: Week
    ritual: str
    partner: str | None

    def __str__(self) -> str:
        return f"oftener {self.week} {self.ritual} {self.partner or ''}"

    def save(self, oftener: bool) -> None:
        """Lets it come as often as its rhythm allows, or only as often as chosen."""
        most = context.rituals()[self.ritual].frequency.most if oftener else 0

        def choose(plan: Plan) -> Plan:
            chosen = times(plan, self.ritual, self.partner)
            return changes.choose(plan, self.ritual, self.partner, chosen, most)

        choices.keep_as_it_is([self.ritual])
        edits.replan(self.week, choose)


@dataclass(frozen=True)
class Grace:
    """The pills or the line with the reason for a week of grace."""

    week: Week
    widget: str

    def __str__(self) -> str:
        return f"grace {self.week} {self.widget}"

    def save(self, word: str | None) -> None:
        """Keeps the word for all weeks of grace in a row."""
        edits.pause(edits.grace_weeks_from(self.week), word or "")


@dataclass(frozen=True)
class Rests:
    """The number of weeks that rest in a row."""

    week: Week

    def __str__(self) -> str:
        return f"rests {self.week}"

    def save(self, count: int) -> None:
        """Lets more weeks rest, or gives some back."""
        if row := edits.grace_weeks_from(self.week):
            word = edits.plan_of(self.week).grace
            edits.pause([self.week + n for n in range(len(row), count)], word)
            edits.resume(row[count:])


Name = Setting | Oftener | Grace | Rests | str


@dataclass
class Shown:
    """The values a widget was given, each under a key of its own; the newest is the last."""

    values: list[Any]

    def number(self, kept: object) -> int:
        """The number of the key that shows a value: a new one where the value is another."""
        if self.values[-1] != kept:
            self.values.append(kept)
        return len(self.values) - 1

    def changed(self, live: Callable[[int, Any], Any]) -> tuple[int, Any] | None:
        """The newest key under which something else stands, by number, and what stands there.

        It may be an older key: the browser draws the news of another screen later than it is sent.
        """
        for number in reversed(range(len(self.values))[-ON_THEIR_WAY:]):
            value = live(number, self.values[number])
            if value != self.values[number]:
                return number, value
        return None


def key(name: Name, kept: object) -> str:
    """A widget's key, another one whenever its value was changed elsewhere.

    A widget shows what it was first given as long as its key stays. Where the store holds something
    new, a new key shows it, and a stale echo of the browser has nowhere to land.
    """
    return _key(name, _shown().setdefault(name, Shown([kept])).number(kept))


def board() -> str:
    """The key of the board of hopes; it stays, so that no hand ever holds what is gone."""
    return f"board {_visit()}"


def grid(week: Week) -> str:
    """The key of a week's grid."""
    return f"grid {week} {_visit()}"


def save_changes() -> None:
    """Saves what was changed in the browser since the last run."""
    on_board = balance_board.moved(board())
    for name, shown in _shown().items():
        _keep(name, shown, on_board)


def accept_value(name: Name, value: object) -> None:
    """Lets a widget keep its key although its value is new: it brought the value itself."""
    _shown()[name].values[-1] = value


def _keep(name: Name, shown: Shown, on_board: Mapping[str, int]) -> None:
    """Saves what was set under one of a widget's keys."""

    def live(number: int, given: Any) -> Any:
        under = _key(name, number)
        return on_board.get(under, st.session_state.get(under, given))

    if changed := shown.changed(live):
        number, value = changed
        _save(name, value)
        shown.values[number] = value


def _save(name: Name, value: Any) -> None:
    match name:
        case Oftener() | Grace() | Rests():
            name.save(value)
        case TotalSetting():
            edits.put(name, None if value == UNSAID else value)
        case TimesSetting():
            choices.keep_as_it_is([name.ritual])
            edits.put(name, value)
        case str():
            pass  # it numbers the keys of a form, which keeps its own
        case _:
            edits.put(name, value)


def _shown() -> dict[Name, Shown]:
    shown: dict[Name, Shown] = st.session_state.setdefault(SHOWN, {})
    return shown


def _key(name: Name, number: int) -> str:
    return f"{name} {_visit()} {number}"


def _visit() -> str:
    visit: str = st.session_state.setdefault(VISIT, token_hex(4))
    return visit
