"""Another ritual in the place of one: of the same sort and about as long, the next at each call."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rituals.model.context import PlanningContext
from rituals.model.plan import Choice, Plan, Season
from rituals.model.ritual import Ritual, Size, TakesPart, fitting, suits
from rituals.planning import scheduling
from rituals.planning.options.room import Room, has_its_sitter, without_place

LENGTHS = (45, 90, 150)  # minutes: up to each, and above, rituals are about as long
TRIES = 3  # weeks placed for one swap


def swapped(plan: Plan, ritual: str, context: PlanningContext, now: datetime) -> Plan | None:
    """The plan with the next ritual of the same sort in place of a chosen one; None without one.

    Those of about its length follow each other in a ring; where none of them fits, others do. No
    other ritual loses its place. What is secret has no place that another could take.
    """
    own = [choice for choice in plan.choices if choice.ritual == ritual]
    if not own or ritual not in context.rituals or plan.season is Season.GRACE:
        return None
    if context.rituals[ritual].secret:
        return None
    chosen = {choice.ritual for choice in plan.choices}
    rest = replace(plan, choices=tuple(c for c in plan.choices if c.ritual != ritual))
    missing = without_place(plan, context, now) - {ritual}
    room, tries = Room(rest, context, now), TRIES
    for other in _next(context.rituals[ritual], own, plan, context):
        in_its_place = {choice: _of(other, choice) for choice in own}
        if other.id in chosen or not all(room.has(other, c) for c in in_its_place.values()):
            continue
        choices = tuple(in_its_place.get(choice, choice) for choice in plan.choices)
        placed = scheduling.scheduled(replace(plan, choices=choices), context, now)
        if without_place(placed, context, now) <= missing:
            return placed
        tries -= 1
        if not tries:
            return None
    return None


def _next(
    ritual: Ritual, own: Iterable[Choice], plan: Plan, context: PlanningContext
) -> list[Ritual]:
    """The others of its sort, those about as long first, as the catalogue goes on after it."""
    home, year = context.household, plan.week.year
    by_both = len([*own]) > 1
    order = {id: number for number, id in enumerate(context.rituals)}
    others = [
        other
        for other in fitting(context.rituals.values(), home)
        if _sort(other) == _sort(ritual)
        and suits(other, home, year)
        and has_its_sitter(other, plan, home)
        and not other.secret
        and not (by_both and other.takes_part is TakesPart.EITHER)
    ]

    def turn(other: Ritual) -> tuple[bool, bool, int]:
        is_before = order[other.id] < order[ritual.id]
        return _length(other) != _length(ritual), is_before, order[other.id]

    return sorted(others, key=turn)


def _sort(ritual: Ritual) -> tuple[object, ...]:
    """All that two rituals have in common where one may stand for the other."""
    by_both, is_small = ritual.takes_part is TakesPart.BOTH, ritual.size is Size.SMALL
    return ritual.kind, by_both, ritual.with_children, is_small


def _length(ritual: Ritual) -> int:
    return sum(ritual.comfortable_minutes > upto for upto in LENGTHS)


def _of(ritual: Ritual, before: Choice) -> Choice:
    """The choice of a ritual in the place of another, no oftener than it comes at most."""
    return Choice(ritual.id, before.partner, min(before.times, ritual.frequency.most), by_hand=True)
