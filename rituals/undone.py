"""A change taken back alone: what somebody else changed since stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from rituals.model import Occurrence, Plan


def without(before: Plan, after: Plan, plan: Plan) -> Plan:
    """The week as it was before a change, but for what is no longer as that change left it."""
    seasons = [(p.season, p.grace, p.paused) for p in (before, after, plan)]
    season, grace, paused = _one(*seasons)
    hopes = _each(*(dict(p.hopes) for p in (before, after, plan)))
    choices = _each(*({(c.ritual, c.partner): c for c in p.choices} for p in (before, after, plan)))
    return replace(
        before,
        season=season,
        grace=grace,
        paused=paused,
        hopes=hopes,
        choices=tuple(choices.values()),
        sitter=_one(before.sitter, after.sitter, plan.sitter),
        occurrences=tuple(_occurrences(before, after, plan)),
    )


def _one(before: Any, after: Any, now: Any) -> Any:
    return before if now == after else now


def _each(
    before: Mapping[Any, Any], after: Mapping[Any, Any], now: Mapping[Any, Any]
) -> dict[Any, Any]:
    found = {
        name: _one(before.get(name), after.get(name), now.get(name)) for name in {**before, **now}
    }
    return {name: value for name, value in found.items() if value is not None}


def _occurrences(before: Plan, after: Plan, plan: Plan) -> list[Occurrence]:
    were, left, are = ({o.id: o for o in p.occurrences} for p in (before, after, plan))
    kept = {id: are[id] if _lies(are.get(id)) != _lies(left.get(id)) else None for id in are}
    there = [kept.get(id) or were.get(id) for id in {**were, **are}]
    return [o for o in there if o is not None]


def _lies(o: Occurrence | None) -> tuple[Any, ...] | None:
    """What a hand does to an occurrence; what is said of it is not taken back at all."""
    return None if o is None else (o.title, o.start, o.end, o.fixed, o.let_go, o.chosen)
