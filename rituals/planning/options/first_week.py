"""A first week: six to eight rituals for a couple that has chosen none, from hopes and hours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rituals.model import totals
from rituals.model.context import PlanningContext
from rituals.model.household import Household, Kind, Strand
from rituals.model.plan import Choice, Plan, Season, comfortable
from rituals.model.ritual import Needs, Ritual, Size, TakesPart, by_age, fitting, suits
from rituals.planning import scheduling
from rituals.planning.choices import shelf
from rituals.planning.options.room import Room, has_its_sitter, is_surprise, without_place

LEAST = 6  # rituals, where the hopes ask for as many
SHORT = 60  # minutes
TRIES = 3  # weeks placed: what finds no place beside the others gives way to something else


def first_week(plan: Plan, context: PlanningContext, now: datetime, number: int = 0) -> Plan:
    """The plan with six to eight rituals in it instead of its own, each in its place.

    Fewer where little is hoped for or free; what is rare and due stays. Another number brings
    others, the same always the same.
    """
    if plan.season is Season.GRACE:
        return plan
    rare = tuple(choice for choice in plan.choices if not is_of_any_week(choice, context.rituals))
    begun = replace(plan, choices=rare)
    suggestion, without = _Suggestion(begun, context, now, number), set[str]()
    for _ in range(TRIES):
        chosen = replace(begun, choices=(*rare, *suggestion.choices(without)))
        placed = scheduling.scheduled(chosen, context, now)
        missing = without_place(placed, context, now) - {choice.ritual for choice in rare}
        if not missing:
            return placed
        without |= missing
    left = tuple(c for c in placed.choices if c in rare or c.ritual not in missing)
    return scheduling.scheduled(replace(placed, choices=left), context, now)


def is_of_any_week(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    """True for a choice that a first week would replace: no rare ritual that is due."""
    return choice.ritual not in rituals or rituals[choice.ritual].rhythm.is_weekly


@dataclass(frozen=True)
class _Part:
    """A part of a week that one ritual fills: for whom, and with a ritual of which sort."""

    kind: Kind
    partners: tuple[str | None, ...]
    of_sort: Callable[[Ritual], bool] = lambda _: True

    def takes(self, ritual: Ritual) -> bool:
        """True for a ritual of its sort that all its partners can have."""
        by_all = len(self.partners) == 1 or ritual.takes_part is TakesPart.EACH
        return ritual.kind is self.kind and by_all and self.of_sort(ritual)


class _Suggestion:
    """Rituals for the parts of a week, one after the other, as long as the hopes leave minutes."""

    def __init__(self, plan: Plan, context: PlanningContext, now: datetime, number: int) -> None:
        home, year = context.household, plan.week.year
        self._number = number
        self._room = Room(plan, context, now)
        self._offered = [
            ritual
            for ritual in by_age(fitting(context.rituals.values(), home), home, year)
            if suits(ritual, home, year)
            and has_its_sitter(ritual, plan, home)
            and not is_surprise(ritual)
        ]
        hopes = {strand: totals.hoped(plan, strand) for strand in home.strands()}
        self._hopes = {strand: comfortable(h)[1] for strand, h in hopes.items() if h}
        self._parts = _parts(self._hopes, home)

    def choices(self, without: Collection[str]) -> tuple[Choice, ...]:
        """The choices of all parts that a ritual was found for, none of them one of these."""
        found: dict[str, list[Choice]] = {}
        left = dict(self._hopes)
        for part in self._parts:
            self._fill(part, {*without, *found}, found, left)
        for part in self._parts:
            if len(found) < LEAST:
                more = replace(part, of_sort=_takes_its_time)
                self._fill(more, {*without, *found}, found, left)
        return tuple(choice for own in found.values() for choice in own)

    def _fill(
        self,
        part: _Part,
        taken: Collection[str],
        found: dict[str, list[Choice]],
        left: dict[Strand, int],
    ) -> None:
        for ritual in self._in_turn(part, taken):
            times = shelf.times(ritual)
            asked = ritual.least_minutes * times
            strands = [Strand.of(ritual.kind, partner) for partner in part.partners]
            own = [Choice(ritual.id, p, times, by_hand=True) for p in part.partners]
            hoped_for = all(asked <= left[strand] for strand in strands)
            if hoped_for and all(self._room.has(ritual, choice) for choice in own):
                found[ritual.id] = own
                left.update({strand: left[strand] - asked for strand in strands})
                return

    def _in_turn(self, part: _Part, taken: Collection[str]) -> list[Ritual]:
        """The rituals for a part, the one whose turn it is first; of long ones evenings first."""
        some = [ritual for ritual in self._offered if part.takes(ritual)]
        if part.kind is Kind.TOGETHER:
            some.sort(key=lambda ritual: ritual.size is not Size.EVENING)
        begin = self._number % max(len(some), 1)
        return [r for r in (*some[begin:], *some[:begin]) if r.id not in taken]


def _parts(hoped_for: Collection[Strand], household: Household) -> Sequence[_Part]:
    """The parts of a week: moments, talks, an evening, a meal; time of each, and with children.

    With children the two have the same sort of time alone and out, so that it stays a short list.
    """

    def of(kind: Kind) -> tuple[str | None, ...]:
        return tuple(strand.partner for strand in hoped_for if strand.kind is kind)

    sorts = [_is_moment, _is_short, _is_long, *([_is_for_all] if household.children else [])]
    together = [_Part(Kind.TOGETHER, (None,), sort) for sort in sorts if of(Kind.TOGETHER)]
    own = [Kind.ALONE, Kind.OUT]
    shared = [_Part(kind, of(kind)) for kind in own if household.children and of(kind)]
    apart = [Kind.SOLO] if household.children else own
    return [*together, *(_Part(k, (p,)) for k in apart for p in of(k)), *shared]


def _is_moment(ritual: Ritual) -> bool:
    return ritual.size is Size.SMALL


def _takes_its_time(ritual: Ritual) -> bool:
    return not _is_moment(ritual)


def _is_of_two(ritual: Ritual) -> bool:
    return _takes_its_time(ritual) and ritual.needs is not Needs.CHILDREN


def _is_short(ritual: Ritual) -> bool:
    return _is_of_two(ritual) and ritual.comfortable_minutes <= SHORT


def _is_long(ritual: Ritual) -> bool:
    return _is_of_two(ritual) and ritual.comfortable_minutes > SHORT


def _is_for_all(ritual: Ritual) -> bool:
    return ritual.needs is Needs.CHILDREN
