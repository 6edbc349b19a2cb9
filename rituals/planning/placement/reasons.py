"""Reasons for the places that a plan has now, as true as on the day they were found.

A reason is stored with its place, and what came since can make it untrue: so it is worked out anew
wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import combinations

from rituals.model.context import PlanningContext
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.time.span import Spans
from rituals.planning.placement import explanations
from rituals.planning.placement.candidates import Candidate, SearchSpace, search_space
from rituals.planning.placement.request import Request, Surroundings


def reasons(plan: Plan, context: PlanningContext, now: datetime) -> Mapping[str, str]:
    """Reasons by id, for what our placement put where it is and that still has its room there.

    What a hand put somewhere has none, nor has what is over.
    """
    placed = [
        o for o in standing(plan) if o.reason and o.start > now and o.ritual in context.rituals
    ]
    if not placed:
        return {}
    week = _Week.of(placed, plan, context, now)
    if gone := week.without_room:
        week = _Week.of([o for o in placed if o.id not in gone], plan, context, now)
    return week.reasons


@dataclass(frozen=True)
class _Week:
    """The places of a plan as candidates of one search, by occurrence; all else stands."""

    space: SearchSpace
    lying: Mapping[str, Candidate]

    @classmethod
    def of(
        cls, placed: Sequence[Occurrence], plan: Plan, context: PlanningContext, now: datetime
    ) -> _Week:
        ids = {o.id for o in placed}
        lying = (o for o in plan.occurrences if o.chosen and not o.let_go)
        others = tuple(o for o in lying if o.id not in ids)
        around = Surroundings(now, others, context.busy, Spans(plan.sitter), past=context.past)
        wanted = [_request(o, context) for o in placed]
        space = search_space(wanted, around, context.household, plan.week)
        numbers = {(g.ritual.id, g.partner): n for n, g in enumerate(space.groups)}
        at = {o.id: _candidate(space, numbers[o.ritual or "", o.partner], o) for o in placed}
        return cls(space, {id: candidate for id, candidate in at.items() if candidate})

    @cached_property
    def without_room(self) -> set[str]:
        """Ids of what meets something, or lies outside its hours."""
        found = {id for id, c in self.lying.items() if c.body & ~self._free(c)}
        for one, other in combinations(self.lying, 2):
            if self.lying[one].mask & self.lying[other].mask:
                found |= {one, other}
        return found

    @property
    def reasons(self) -> dict[str, str]:
        chosen = list(self.lying.values())
        without = self.without_room
        return {
            id: explanations.of_placed(self.space, candidate, chosen)
            for id, candidate in self.lying.items()
            if id not in without
        }

    def _free(self, candidate: Candidate) -> int:
        return self.space.free(self.space.groups[candidate.group])


def _request(occurrence: Occurrence, context: PlanningContext) -> Request:
    ritual = context.rituals[occurrence.ritual or ""]
    return Request(ritual, occurrence.partner, occurrence.number, occurrence.number)


def _candidate(space: SearchSpace, group: int, occurrence: Occurrence) -> Candidate | None:
    """The place of an occurrence on the grid; None where it begins beside it."""
    start = space.grid.slot_of(occurrence.start)
    if not 0 <= start < space.grid.midnights[-1]:
        return None
    return space.at(group, start, occurrence.minutes)
