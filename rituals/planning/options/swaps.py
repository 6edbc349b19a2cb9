"""Another ritual in the place of one: of the same sort and about as long.

The next one at each call, or one of a few that fit at the hour of what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from rituals.model.context import PlanningContext
from rituals.model.plan import Choice, Occurrence, Plan, Season, clash, standing
from rituals.model.ritual import Ritual, Size, TakesPart, fitting, suits
from rituals.planning import changes, scheduling
from rituals.planning.options import at_hour
from rituals.planning.options.at_hour import Offer
from rituals.planning.options.room import Room, has_its_sitter, without_place

LENGTHS = (45, 90, 150)  # minutes: up to each, and above, rituals are about as long
TRIES = 3  # weeks placed for one swap
MOST = 3  # rituals to choose from


def swapped(plan: Plan, ritual: str, context: PlanningContext, now: datetime) -> Plan | None:
    """The plan with the next ritual of the same sort in place of a chosen one; None without one.

    Those of about its length follow each other in a ring; where none of them fits, others do. No
    other ritual loses its place. What is secret has no place that another could take.
    """
    own = _own(plan, ritual, context)
    if not own:
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


def others(
    plan: Plan, occurrence: Occurrence, context: PlanningContext, now: datetime
) -> list[Offer]:
    """A few rituals of the same sort as an occurrence's, with a place about where it lies."""
    own = _own(plan, occurrence.ritual or "", context)
    if not own or occurrence.start < now:
        return []
    chosen = {choice.ritual for choice in plan.choices}
    lying = tuple(o for o in plan.occurrences if o.ritual != occurrence.ritual)
    order = [
        (ritual, occurrence.partner)
        for ritual in _next(context.rituals[own[0].ritual], own, plan, context)
        if ritual.id not in chosen
    ]
    at, around = occurrence.start, replace(plan, occurrences=lying)
    found = at_hour.nearest(at_hour.near(around, at, order, context, now), at)
    turn = {ritual.id: number for number, (ritual, _) in enumerate(order)}
    return sorted(found, key=lambda offer: turn[offer.ritual.id])[:MOST]


def swapped_for(plan: Plan, id: str, offer: Offer, context: PlanningContext, now: datetime) -> Plan:
    """The plan with one of `others` in place of an occurrence's ritual, pinned where it lay."""
    before = next((o for o in standing(plan) if o.id == id), None)
    own = _own(plan, (before.ritual or "") if before else "", context)
    if not own:
        return plan
    choices = tuple(_of(offer.ritual, c) if c in own else c for c in plan.choices)
    placed = scheduling.scheduled(replace(plan, choices=choices), context, now)
    new = [o for o in standing(placed) if (o.ritual, o.partner) == (offer.ritual.id, offer.partner)]
    there = min(new, key=lambda o: abs(o.start - offer.span.start), default=None)
    if there is None or clash(placed, there, offer.span):
        return placed
    return changes.move(placed, there.id, offer.span, True, now)


def _own(plan: Plan, ritual: str, context: PlanningContext) -> list[Choice]:
    """The choices of a ritual that another may stand for."""
    if plan.season is Season.GRACE or ritual not in context.rituals:
        return []
    if context.rituals[ritual].secret:
        return []
    return [choice for choice in plan.choices if choice.ritual == ritual]


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
