"""Emphases: what another week could be better at, each weighed in the model and read off a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rituals.model import local_time, wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import Size
from rituals.planning.placement.candidates import SearchSpace
from rituals.planning.placement.grid import WEEKEND, slots
from rituals.planning.placement.weights import EMPHASIS
from rituals.planning.placement.wishes_of_places import reaches_evening
from rituals.planning.placement.wishes_of_weeks import LONG_ENOUGH, AtMost

MORE = 30  # minutes that are worth a word


@dataclass(frozen=True)
class Weighed:
    """Weights of an emphasis in a search: points by candidate, and limits."""

    points: Mapping[int, int] = field(default_factory=dict)
    limits: Sequence[AtMost] = ()


@dataclass(frozen=True)
class Emphasis:
    """Emphasis of another week: how it is weighed, and how it is said if it came to be.

    A sentence of "" says that it did not.
    """

    weigh: Callable[[SearchSpace], Weighed]
    say: Callable[[Plan, Plan, Household], str]


def free_evenings(space: SearchSpace) -> Weighed:
    """As few evenings as can be that hold something."""
    by_day: dict[int, list[int]] = {}
    for i, candidate in enumerate(space.candidates):
        if candidate.minutes >= LONG_ENOUGH and reaches_evening(candidate, space):
            by_day.setdefault(candidate.day, []).append(i)
    return Weighed(limits=[AtMost(0, EMPHASIS, sets=list(by_day.values()))] if by_day else [])


def more_of_two(space: SearchSpace) -> Weighed:
    """As much as can be for the two of them."""
    for_two = [
        group.partner is None
        and group.ritual.kind is Kind.TOGETHER
        and not group.ritual.with_children
        for group in space.groups
    ]
    return Weighed(
        {i: -slots(c.minutes) for i, c in enumerate(space.candidates) if for_two[c.group]}
    )


def free_weekend(space: SearchSpace) -> Weighed:
    """As little as can be on Saturday and Sunday."""
    return Weighed(
        {
            i: EMPHASIS
            for i, c in enumerate(space.candidates)
            if space.grid.weekday(c.day) in WEEKEND
            and space.groups[c.group].ritual.size is not Size.SMALL
        }
    )


def other_days(_space: SearchSpace) -> Weighed:
    """Nothing in particular: the same things elsewhere."""
    return Weighed()


def say_free_evenings(first: Plan, other: Plan, household: Household) -> str:
    """Two more evenings free, with their names where no other is taken for them; else ""."""
    were, are = _evenings(first, household), _evenings(other, household)
    more = len(were) - len(are)
    if more <= 0:
        return ""
    line = f"{wording.number(more).capitalize()} more {'evening' if more == 1 else 'evenings'} free"
    named = wording.listed([wording.WEEKDAYS[day.weekday()] for day in sorted(were - are)])
    return line if are - were else f"{line}: {named}"


def say_more_of_two(first: Plan, other: Plan, _household: Household) -> str:
    """More for the two of them, in hours; else ""."""
    were, are = _minutes_of_two(first), _minutes_of_two(other)
    return f"More for the two of you: {wording.hours(are)}" if are - were >= MORE else ""


def say_free_weekend(first: Plan, other: Plan, household: Household) -> str:
    """A day of the weekend that stays free, or less in it; else ""."""
    were, are = _weekend(first, household), _weekend(other, household)
    emptied = [wording.WEEKDAYS[day] for day in WEEKEND if were.get(day, 0) and not are.get(day, 0)]
    less = sum(were.values()) - sum(are.values())
    if less < MORE:
        return ""
    if len(emptied) == len(WEEKEND) or (emptied and not any(are.values())):
        return "The weekend stays free"
    return (
        f"{emptied[0]} stays free" if emptied else f"A lighter weekend: {wording.hours(less)} less"
    )


def say_other_days(_first: Plan, _other: Plan, _household: Household) -> str:
    """The same things on other days, about as good."""
    return "The same, on other days"


EMPHASES = (
    Emphasis(free_evenings, say_free_evenings),
    Emphasis(more_of_two, say_more_of_two),
    Emphasis(free_weekend, say_free_weekend),
    Emphasis(other_days, say_other_days),
)


def _big(plan: Plan) -> list[Occurrence]:
    return [o for o in standing(plan) if o.size is not Size.SMALL]


def _evenings(plan: Plan, household: Household) -> set[date]:
    """The days whose evenings hold something."""
    days = ((o, local_time.local_day(o.start, household)) for o in _big(plan))
    return {
        day
        for o, day in days
        if o.minutes >= LONG_ENOUGH and o.end > local_time.bedtime(day, household)
    }


def _minutes_of_two(plan: Plan) -> int:
    for_two = (o for o in standing(plan) if o.kind is Kind.TOGETHER and not o.with_children)
    return sum(o.minutes for o in for_two if o.partner is None)


def _weekend(plan: Plan, household: Household) -> dict[int, int]:
    """Minutes by weekday of Saturday and Sunday."""
    found: dict[int, int] = {}
    for o in _big(plan):
        day = local_time.local_day(o.start, household).weekday()
        if day in WEEKEND:
            found[day] = found.get(day, 0) + o.minutes
    return found
