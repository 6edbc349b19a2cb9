"""The best other place of one occurrence while all else stays where it is, and the move there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import count

from rituals.model import local_time
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Choice, Occurrence, Plan, standing
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span, Spans
from rituals.planning import changes, scheduling
from rituals.planning.clashes import meetings

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class OtherPlace:
    """A place for an occurrence, and its reason."""

    span: Span
    reason: str


def other_place(
    plan: Plan, id: str, context: PlanningContext, now: datetime, *, another_day: bool = False
) -> OtherPlace | None:
    """The best other place of an occurrence, at its own length where that fits; None without one.

    The planner places it alone, so the place is as good as any of its own; with `another_day` it
    is on another day.
    """
    occurrence = next(o for o in standing(plan) if o.id == id)
    ritual = context.rituals.get(occurrence.ritual or "")
    if ritual is None:
        return None
    alone, as_long = _alone(plan, occurrence), _of_length(ritual, occurrence.minutes)
    life = _without_its_day(occurrence, context) if another_day else context
    for tried in (as_long, ritual):
        rituals = {**context.rituals, ritual.id: tried}
        placed = scheduling.scheduled(alone, replace(life, rituals=rituals), now)
        found = next((o for o in standing(placed) if o.id == id), None)
        if found and not meetings(found, plan.week, context):
            return OtherPlace(Span(found.start, found.end), found.reason)
    return None


def moved(plan: Plan, id: str, to: OtherPlace, now: datetime) -> Plan:
    """The plan with an occurrence at its other place, where it stays."""
    at = changes.move(plan, id, to.span, True, now)
    return changes.with_occurrence(at, id, lambda o: replace(o, reason=to.reason))


def _alone(plan: Plan, occurrence: Occurrence) -> Plan:
    """The plan in which all but one occurrence is fixed, and nothing else waits for a place."""
    numbers: dict[tuple[str, str | None], count[int]] = {}
    lying = []
    here = (o for o in plan.occurrences if o.chosen and not o.let_go)
    for o in sorted(here, key=lambda o: o.id != occurrence.id):
        number = next(numbers.setdefault((o.ritual or "", o.partner), count(1)))
        lying.append(replace(o, number=number, fixed=o.id != occurrence.id))
    lying[0] = replace(lying[0], exported=False, said=None, yes=())
    chosen = [
        Choice(ritual, partner, next(after) - 1, by_hand=True)  # or it would rest in a hard week
        for (ritual, partner), after in numbers.items()
        if ritual
    ]
    return replace(plan, choices=tuple(chosen), occurrences=tuple(lying))


def _of_length(ritual: Ritual, minutes: int) -> Ritual:
    return replace(ritual, least_minutes=minutes, most_minutes=minutes)


def _without_its_day(occurrence: Occurrence, context: PlanningContext) -> PlanningContext:
    """The context in which both are busy on the whole day of an occurrence."""
    home = context.household
    day = local_time.local_day(occurrence.start, home)
    begins, ends = (local_time.instant(d, time(), home) for d in (day, day + A_DAY))
    whole = Spans([Span(begins, ends)])
    busy = {partner: context.busy.get(partner, Spans()) | whole for partner in (ONE, TWO)}
    return replace(context, busy=busy)
