"""Rituals that fit at an hour somebody points at, and one of them put there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Plan, Season, standing, times
from rituals.model.ritual import Ritual, Size, TakesPart, fitting, suits
from rituals.model.time.span import Span
from rituals.planning import changes, scheduling
from rituals.planning.options.room import has_its_sitter, is_surprise
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.grid import SLOT
from rituals.planning.placement.request import Request

MOST = 5  # offers
NEAR = timedelta(minutes=45)  # how far from the hour a place may begin
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Offer:
    """A ritual for both or one partner, and the hours it would lie at."""

    ritual: Ritual
    partner: str | None
    span: Span


def offers_at(plan: Plan, at: datetime, context: PlanningContext, now: datetime) -> list[Offer]:
    """Rituals with a place near an hour, of each kind one before a second, nearest first.

    None is over when the hour begins.
    """
    if plan.season is Season.GRACE or at < now:
        return []
    possible = _possible(plan, context)
    around = near(plan, at, possible, context, now)
    later = nearest((o for o in around if o.span.end > at), at)
    found = sorted(later, key=lambda o: (_away(o, at), _turn(o, plan)))
    by_kind: dict[str, list[Offer]] = {}
    for offer in found:
        by_kind.setdefault(offer.ritual.kind, []).append(offer)
    in_turn = [offer for n in range(MOST) for some in by_kind.values() for offer in some[n : n + 1]]
    return in_turn[:MOST]


def with_offer(plan: Plan, offer: Offer, context: PlanningContext, now: datetime) -> Plan:
    """The plan with an offer taken: it lies pinned where it was offered."""
    ritual, partner = offer.ritual, offer.partner
    more = changes.choose(plan, ritual.id, partner, times(plan, ritual.id, partner) + 1)
    before = {o.id for o in standing(plan)}
    placed = scheduling.scheduled(more, context, now)
    new = [o for o in standing(placed) if o.ritual == ritual.id and o.id not in before]
    if new:
        return changes.move(placed, new[0].id, offer.span, True, now)
    return placed


def near(
    plan: Plan,
    at: datetime,
    some: Iterable[tuple[Ritual, str | None]],
    context: PlanningContext,
    now: datetime,
) -> Iterator[Offer]:
    """Places of some rituals around what lies in the week that begin near an hour."""
    around = replace(scheduling.opened(plan, context, now).around, standing=standing(plan))
    asked = [Request(ritual, partner, 1, 1) for ritual, partner in some]
    space = search_space(asked, around, context.household, plan.week)
    for place in space.candidates:
        start, group = space.grid.origin + place.start * SLOT, space.groups[place.group]
        if abs(start - at) <= NEAR:
            span = Span(start, start + place.minutes * MINUTE)
            yield Offer(group.ritual, group.partner, span)


def nearest(offers: Iterable[Offer], at: datetime) -> list[Offer]:
    """Of each ritual, for both or a partner, the place nearest to an hour."""
    found: dict[tuple[str, str | None], Offer] = {}
    for offer in offers:
        of = offer.ritual.id, offer.partner
        if of not in found or _away(offer, at) < _away(found[of], at):
            found[of] = offer
    return list(found.values())


def _possible(plan: Plan, context: PlanningContext) -> Iterable[tuple[Ritual, str | None]]:
    """Rituals that suit the household and are not in the week yet, with those they are for."""
    home = context.household
    chosen = {choice.ritual for choice in plan.choices if choice.times}
    for ritual in fitting(context.rituals.values(), home):
        if ritual.id in chosen or ritual.size is Size.SMALL or is_surprise(ritual):
            continue
        if suits(ritual, home, plan.week.year) and has_its_sitter(ritual, plan, home):
            both = ritual.takes_part is TakesPart.BOTH
            yield from ((ritual, partner) for partner in ((None,) if both else (ONE, TWO)))


def _away(offer: Offer, at: datetime) -> timedelta:
    return abs(offer.span.start - at)


def _turn(offer: Offer, plan: Plan) -> int:
    """An order of its own for each week, so that not the same five are always first."""
    return crc32(f"{plan.week} {offer.ritual.id} {offer.partner}".encode())
