"""Room for one more ritual in a week, before it is placed: free hours, and a sitter it needs."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from rituals.model import childcare
from rituals.model.context import PlanningContext
from rituals.model.household import Household, Kind
from rituals.model.plan import Choice, Plan, standing
from rituals.model.ritual import Needs, Ritual, TakesPart
from rituals.planning import scheduling, sitters
from rituals.planning.choices import secret
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.request import Request


class Room:
    """The hours of a week that are free around what no new placement moves."""

    def __init__(self, plan: Plan, context: PlanningContext, now: datetime) -> None:
        """The room of a week for rituals that are not in it; a grace week has none to ask for."""
        self._week, self._home = plan.week, context.household
        self._around = scheduling.opened(plan, context, now).around

    def has(self, ritual: Ritual, choice: Choice) -> bool:
        """True where there is a place for each of its times, each on a day of its own."""
        asked = [Request(ritual, choice.partner, 1, 1)]
        space = search_space(asked, self._around, self._home, self._week)
        return len({place.day for place in space.candidates}) >= choice.times


def is_surprise(ritual: Ritual) -> bool:
    """True for what one of the two does for the other: it is not suggested in front of both."""
    given = ritual.kind is Kind.TOGETHER and ritual.takes_part is TakesPart.EITHER
    return given or ritual.secret


def has_its_sitter(ritual: Ritual, plan: Plan, household: Household) -> bool:
    """True unless it needs a sitter in a week in which none comes."""
    needs_one = ritual.needs is Needs.SITTER and household.children
    return not needs_one or bool(childcare.sitter(plan.sitter, plan.week, household))


def without_place(plan: Plan, context: PlanningContext, now: datetime) -> set[str]:
    """The chosen rituals of a placed week that lie less often than chosen, or wait for a sitter."""
    waiting = sitters.ids(plan, context.household, context.rituals, now)
    lying = Counter((o.ritual, o.partner) for o in standing(plan) if o.id not in waiting)
    fewer = (c for c in plan.choices if lying[c.ritual, c.partner] < c.times)
    return {c.ritual for c in fewer if not secret.is_secret(c, context.rituals)}
