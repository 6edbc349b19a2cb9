"""Other whole weeks, to stand beside the one at hand: each better at something, and about as good.

Each is solved anew with one emphasis, among the weeks that are clearly other ones and whose points
stay within ANOTHER_WEEK of the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from rituals.model import wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season, standing
from rituals.model.ritual import Size
from rituals.planning import scheduling
from rituals.planning.options.emphases import EMPHASES, Emphasis
from rituals.planning.options.places import lay_of, shared_out
from rituals.planning.placement import explanations, objective, solver
from rituals.planning.placement.candidates import Candidate, SearchSpace, search_space
from rituals.planning.placement.grid import PER_QUARTER
from rituals.planning.placement.place import Placed
from rituals.planning.placement.weights import ANOTHER_WEEK
from rituals.planning.placement.wishes_of_places import keeps_its_place
from rituals.planning.placement.wishes_of_weeks import AtMost
from rituals.planning.scheduling import OpenedWeek

MOST = 2  # beside the week at hand
OTHERWISE = 3  # things that take time on other days or at clearly other hours, at least
CLEARLY = 8 * PER_QUARTER  # slots
STAYS = 4  # of what staying is worth, where another week is wanted: a quarter
NAMED = 2  # moves in a line


@dataclass(frozen=True)
class Alternative:
    """Another week, how it differs in a line, and what lies elsewhere in it."""

    first: Plan
    plan: Plan
    line: str
    moves: str


def alternatives(plan: Plan, context: PlanningContext, now: datetime) -> tuple[Alternative, ...]:
    """Up to two other weeks about as good as this one, each clearly another."""
    if plan.season is Season.GRACE:
        return ()
    search = _Search.of(scheduling.opened(plan, context, now), context)
    return tuple(islice(_found(search, plan, context, now), MOST)) if search else ()


def taken(plan: Plan, other: Alternative) -> Plan:
    """The other week in place of this one; as it is where it changed since it stood beside it."""
    return other.plan if plan == other.first else plan


def moved(first: Plan, other: Plan, household: Household) -> str:
    """Moves as "Date night on Saturday 19:30, Long walk on Sunday 10:00"."""
    were = {o.id: o for o in standing(first)}
    some = [o for o in standing(other) if o.size is not Size.SMALL and _is_elsewhere(o, were)]
    named = [
        f"{wording.title(o, household)} on {wording.moment(o.start, household)}"
        for o in some[:NAMED]
    ]
    more = len(some) - len(named)
    return ", ".join(named) + (f", {wording.number(more)} more elsewhere" if more else "")


def _found(
    search: _Search, first: Plan, context: PlanningContext, now: datetime
) -> Iterator[Alternative]:
    for emphasis in EMPHASES:
        chosen = search.other(emphasis)
        if not chosen:  # no emphasis makes more weeks
            return
        # How long things are hangs on all of the week: as it stands, it is placed once more.
        there = scheduling.scheduled(search.plan(chosen, now), context, now, at_rest=False)
        if line := emphasis.say(first, there, context.household):
            yield Alternative(first, there, line, moved(first, there, context.household))
            search.exclude(search.big(chosen))


def _is_elsewhere(o: Occurrence, were: dict[str, Occurrence]) -> bool:
    return o.id not in were or o.start != were[o.id].start


@dataclass
class _Search:
    """The weeks that are about as good as the one at hand, and clearly another."""

    space: SearchSpace
    week: OpenedWeek
    points: Sequence[int]
    limits: Sequence[AtMost]
    stays: Sequence[int]  # points for staying, no part of what a week is worth
    worth: int
    not_like: list[tuple[int, list[int]]]

    @classmethod
    def of(cls, week: OpenedWeek, context: PlanningContext) -> _Search | None:
        """The search for other weeks; None where nothing that takes time may move."""
        space = search_space(week.wanted, week.around, context.household, week.plan.week)
        lying = [
            (number, lay[0])
            for number, group in enumerate(space.groups)
            for want in group.wanted
            if group.ritual.size is not Size.SMALL and (lay := lay_of(want, space))
        ]
        if not lying:
            return None
        keep, limits = list(keeps_its_place(space)), objective.limits(space)
        points = [p - k for p, k in zip(objective.points(space), keep, strict=True)]
        big = [space.groups[c.group].ritual.size is not Size.SMALL for c in space.candidates]
        stays = [k // STAYS if is_big else k for k, is_big in zip(keep, big, strict=True)]
        worth = solver.solve(space, points, limits).points + ANOTHER_WEEK
        search = cls(space, week, points, limits, stays, worth, [])
        search.exclude(lying)
        return search

    def exclude(self, lying: Sequence[tuple[int, int]]) -> None:
        """Leaves out what is too like a week in which these groups lie at these slots."""
        day, by_place = self.space.grid.day_of, dict[tuple[int, int], list[int]]()
        for number, start in lying:
            by_place.setdefault((number, day(start)), []).append(start)
        near = [
            i
            for i, c in enumerate(self.space.candidates)
            if any(abs(c.start - start) < CLEARLY for start in by_place.get((c.group, c.day), ()))
        ]
        self.not_like.append((max(len(lying) - OTHERWISE, 0), near))

    def other(self, emphasis: Emphasis) -> list[Candidate]:
        """The best other week with an emphasis; empty where there is none."""
        weighed = emphasis.weigh(self.space)
        points = {i: p + weighed.points.get(i, 0) for i, p in enumerate(self.stays)}
        demands = solver.Demands(
            at_most=self.not_like, points=points, limits=weighed.limits, worth=self.worth
        )
        best = solver.solve(self.space, self.points, self.limits, demands=demands)
        return [self.space.plain(self.space.candidates[i]) for i in best.chosen]

    def plan(self, chosen: Sequence[Candidate], now: datetime) -> Plan:
        """The plan with these places."""
        placed: list[Placed] = []
        for number, group in enumerate(self.space.groups):
            own = [c for c in chosen if c.group == number]
            for want, place in shared_out(self.space, group.wanted, own).items():
                span, before = self.space.span(place), self.week.before(want)
                stays = before is not None and (before.start, before.end) == (span.start, span.end)
                reason = (
                    before.reason
                    if before is not None and stays
                    else explanations.of_placed(self.space, place, chosen)
                )
                placed.append(Placed(want, span, reason))
        return self.week.with_places(placed, now)

    def big(self, chosen: Sequence[Candidate]) -> list[tuple[int, int]]:
        """Groups and slots of what takes time."""
        groups = self.space.groups
        return [(c.group, c.start) for c in chosen if groups[c.group].ritual.size is not Size.SMALL]
