"""A change taken back alone: what somebody else changed since stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from rituals.model.plan import Choice, Occurrence, Plan, Season

Key = TypeVar("Key")
Value = TypeVar("Value")


def undone(before: Plan, after: Plan, plan: Plan) -> Plan:
    """The week as it was before a change, but for what is no longer as that change left it."""
    season, grace, paused = _one(_season(before), _season(after), _season(plan))
    choices = _each(_choices(before), _choices(after), _choices(plan))
    return replace(
        before,
        season=season,
        grace=grace,
        paused=paused,
        hopes=_each(before.hopes, after.hopes, plan.hopes),
        choices=tuple(choices.values()),
        sitter=_one(before.sitter, after.sitter, plan.sitter),
        occurrences=tuple(_occurrences(before, after, plan)),
    )


def _one(before: Value, after: Value, now: Value) -> Value:
    """The value of before, unless somebody else has changed it since."""
    return before if now == after else now


def _each(
    before: Mapping[Key, Value], after: Mapping[Key, Value], now: Mapping[Key, Value]
) -> dict[Key, Value]:
    found = {key: _one(before.get(key), after.get(key), now.get(key)) for key in {**before, **now}}
    return {key: value for key, value in found.items() if value is not None}


def _season(plan: Plan) -> tuple[Season, str, Season]:
    return plan.season, plan.grace, plan.paused


def _choices(plan: Plan) -> dict[tuple[str, str | None], Choice]:
    return {(c.ritual, c.partner): c for c in plan.choices}


def _occurrences(before: Plan, after: Plan, plan: Plan) -> list[Occurrence]:
    were, left, are = ({o.id: o for o in p.occurrences} for p in (before, after, plan))
    kept = {id: are[id] if _lies(are.get(id)) != _lies(left.get(id)) else None for id in are}
    occurrences = [kept.get(id) or were.get(id) for id in {**were, **are}]
    return [o for o in occurrences if o is not None]


def _lies(o: Occurrence | None) -> tuple[object, ...] | None:
    """The fields that a hand changes; answers are not taken back at all."""
    return None if o is None else (o.title, o.start, o.end, o.fixed, o.let_go, o.chosen, o.beside)
