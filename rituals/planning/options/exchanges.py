"""Exchanges: what would have to give so that a ritual without a place has one.

Each comes from the model: the place is forced, and what leaves, moves or becomes shorter is read
off the best week that has it. What is held stays, and nothing dear goes for what is less dear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rituals.model import childcare, local_time, wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, Season, in_order, share_somebody, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.planning import changes, scheduling
from rituals.planning.options.places import group_of, lay_of, shared_out
from rituals.planning.placement import explanations, objective, solver
from rituals.planning.placement.candidates import Candidate, SearchSpace, search_space
from rituals.planning.placement.place import Placed
from rituals.planning.placement.request import Request
from rituals.planning.placement.weights import A_PLACE, A_SITTER, A_SMALL_PLACE, DISTURBED
from rituals.planning.placement.wishes_of_weeks import AtMost
from rituals.planning.scheduling import OpenedWeek

MOST = 3  # that are offered for one ritual


@dataclass(frozen=True)
class Change:
    """Something that gives: as it lies, and as it would be; let go where it would rest."""

    before: Occurrence
    after: Occurrence

    @property
    def rests(self) -> bool:
        """True where it would have no place this week."""
        return self.after.let_go


@dataclass(frozen=True)
class Exchange:
    """A place for a ritual that had none, and all that gives for it; `points` is its price."""

    gets: Occurrence
    gives: tuple[Change, ...]
    points: int
    sitter: Span | None = None  # to be found


def exchanges(
    plan: Plan, wanted: Request, context: PlanningContext, now: datetime
) -> tuple[Exchange, ...]:
    """Up to three ways to place a ritual that has no place, the cheapest first."""
    if plan.season is Season.GRACE:
        return ()
    week = scheduling.opened(plan, context, now)
    found = _with_nothing_given(week, wanted, context, now)
    if all(offer.sitter for offer in found):
        found += _from_the_week(week, wanted, context, now)
    return tuple(sorted(found, key=lambda e: e.points)[:MOST])


def exchanged(plan: Plan, offer: Exchange) -> Plan:
    """The plan after an exchange, all of it pinned; as it was where it changed since the offer."""
    lying = {o.id: o for o in plan.occurrences}
    got = lying.get(offer.gets.id)
    if (got and got.chosen) or any(lying.get(c.before.id) != c.before for c in offer.gives):
        return plan
    lying |= {o.id: o for o in (offer.gets, *(c.after for c in offer.gives))}
    changed = replace(plan, occurrences=in_order(lying.values()))
    return changes.with_sitter(changed, offer.sitter) if offer.sitter else changed


def sentence(offer: Exchange, plan: Plan, household: Household) -> str:
    """Its price in words, as "Long walk becomes 1 h" or "Choir on Thursday 19:00 instead"."""
    parts = [_gives(change, plan, household) for change in offer.gives]
    if offer.sitter:
        parts.append(f"a sitter on {wording.stretch(offer.sitter, household)}")
    line = wording.listed(parts) or "Nothing has to give"
    return f"{line[:1].upper()}{line[1:]}"


def _gives(change: Change, plan: Plan, household: Household) -> str:
    before, after = change.before, change.after
    title = wording.title(before, household)
    if change.rests:
        who = before.ritual, before.partner
        others = [o for o in standing(plan) if (o.ritual, o.partner) == who and o.id != before.id]
        day = wording.moment(before.start, household).split()[0]
        return f"{title} rests on {day}" if others else f"{title} rests this week"
    at = wording.moment(after.start, household)
    if before.minutes == after.minutes:
        return f"{title} on {at} instead"
    length = wording.hours(after.minutes)
    return f"{title} becomes {length}" + (f", {at}" if after.start != before.start else "")


@dataclass(frozen=True)
class _Lying:
    """Requests of a week that lie somewhere, each with its occurrence."""

    of: dict[Request, Occurrence]

    @classmethod
    def in_the_week(cls, week: OpenedWeek) -> _Lying:
        """All that may move and lies somewhere."""
        here = ((want, week.before(want)) for want in week.wanted if want.lay)
        return cls({replace(want, extra=False): o for want, o in here if o})

    def __sub__(self, other: _Lying) -> tuple[Occurrence, ...]:
        return tuple(o for want, o in self.of.items() if want not in other.of)


def _from_the_week(
    week: OpenedWeek, wanted: Request, context: PlanningContext, now: datetime
) -> Iterator[Exchange]:
    lying = _Lying.in_the_week(week)
    near = _in_its_way(week, wanted, lying, context)
    space = _space(week, [wanted, *near.of], lying - near, context)
    search = _Search.of(space, wanted, near)
    kept: list[Request] = []
    for _ in range(MOST):
        chosen = search.solve(kept)
        if chosen is None:
            return
        exchange = search.read(chosen, week, now)
        yield exchange
        if not exchange.gives:
            return
        most = max(exchange.gives, key=_price)
        kept.append(next(want for want, o in near.of.items() if o == most.before))


def _in_its_way(
    week: OpenedWeek, wanted: Request, lying: _Lying, context: PlanningContext
) -> _Lying:
    """All that lies where a ritual could, were nothing else that may move in the week."""
    alone = _space(week, [wanted], (), context)
    some = Spans(_with_its_way(alone, c) for c in alone.candidates)
    children = context.household.children

    def meets(want: Request, o: Occurrence) -> bool:
        same = (want.ritual.id, want.partner) == (wanted.ritual.id, wanted.partner)
        near = children or share_somebody(o.partner, wanted.partner)
        return same or (near and bool(some & Spans([Span(o.start, o.end)])))

    return _Lying({want: o for want, o in lying.of.items() if meets(want, o)})


def _with_its_way(space: SearchSpace, candidate: Candidate) -> Span:
    span, way = space.span(candidate), timedelta(minutes=space.grid.household.usual.way_home)
    return Span(span.start - way, span.end + way) if candidate.around else span


def _space(
    week: OpenedWeek,
    wanted: Sequence[Request],
    stay: Iterable[Occurrence],
    context: PlanningContext,
) -> SearchSpace:
    """The places of these requests, every quarter of the first, while all else stays."""
    around = replace(week.around, standing=(*week.around.standing, *stay))
    space = search_space(wanted, around, context.household, week.plan.week)
    return replace(space, close={space.groups[group_of(wanted[0], space)].key})


@dataclass(frozen=True)
class _Search:
    """A week in which one ritual is forced to have a place."""

    space: SearchSpace
    number: int  # of its group
    near: _Lying
    points: Sequence[int]
    limits: Sequence[AtMost]

    @classmethod
    def of(cls, space: SearchSpace, wanted: Request, near: _Lying) -> _Search:
        """The search, in which whatever lies elsewhere costs a little more."""
        lays = {(group_of(want, space), *(lay_of(want, space) or ())) for want in near.of}
        points = [
            cost + DISTURBED * ((c.group, c.start, c.minutes) not in lays)
            for c, cost in zip(space.candidates, objective.points(space), strict=True)
        ]
        limits = objective.limits(space)
        return cls(space, group_of(wanted, space), near, points, limits)

    def solve(self, kept: Iterable[Request]) -> list[Candidate] | None:
        """The best week with the forced place in which these stay; None where there is none."""
        stay = [(1, self._at_its_place(want)) for want in kept]
        demands = solver.Demands(at_least=(*self._placed(), *stay))
        if any(len(some) < least for least, some in demands.at_least):
            return None
        best = solver.solve(self.space, self.points, self.limits, demands=demands)
        return [self.space.plain(self.space.candidates[i]) for i in best.chosen] or None

    def read(self, chosen: Sequence[Candidate], week: OpenedWeek, now: datetime) -> Exchange:
        """The exchange that a week makes."""
        places: dict[Request, Candidate] = {}
        for number, group in enumerate(self.space.groups):
            own = [c for c in chosen if c.group == number]
            places |= shared_out(self.space, group.wanted, own)
        gets = next(
            _pinned(want, place, self.space, chosen, week, now)
            for want, place in places.items()
            if want not in self.near.of
        )
        gives = tuple(
            change
            for want, before in self.near.of.items()
            for change in self._given(want, before, places.get(want), chosen, week, now)
        )
        return Exchange(gets, gives, sum(map(_price, gives)))

    def _placed(self) -> Iterator[tuple[int, Sequence[int]]]:
        """One time more of the ritual than lies; as many of what is dear, unless it is dear too."""
        lying = [group_of(want, self.space) for want in self.near.of]
        yield lying.count(self.number) + 1, self._places(self.number)
        for number, group in enumerate(self.space.groups):
            dearer = group.ritual.dear and not self.space.groups[self.number].ritual.dear
            if dearer and number != self.number:
                yield lying.count(number), self._places(number)

    def _places(self, number: int) -> list[int]:
        return [i for i, c in enumerate(self.space.candidates) if c.group == number]

    def _at_its_place(self, want: Request) -> list[int]:
        number, lay = group_of(want, self.space), lay_of(want, self.space)
        own = self._places(number)
        return [
            i
            for i in own
            if (self.space.candidates[i].start, self.space.candidates[i].minutes) == lay
        ]

    def _given(  # noqa: PLR0913 - what lay, where it lies, and what that is read from
        self,
        want: Request,
        before: Occurrence,
        place: Candidate | None,
        chosen: Sequence[Candidate],
        week: OpenedWeek,
        now: datetime,
    ) -> list[Change]:
        if place is None:
            return [Change(before, changes.touched(replace(before, let_go=True), now))]
        after = _pinned(want, place, self.space, chosen, week, now)
        same = (before.start, before.end) == (after.start, after.end)
        return [] if same else [Change(before, after)]


def _pinned(  # noqa: PLR0913 - a request, its place, and what that is read from
    want: Request,
    place: Candidate,
    space: SearchSpace,
    chosen: Sequence[Candidate],
    week: OpenedWeek,
    now: datetime,
) -> Occurrence:
    """The occurrence at its new place, where the next planning leaves it."""
    reason = explanations.of_placed(space, place, chosen)
    placed = Placed(want, space.span(place), reason)
    at = scheduling.occurrence_of(placed, week.plan.week, week.before(want), now)
    return replace(at, fixed=True)


def _price(change: Change) -> int:
    if not change.rests:
        return DISTURBED
    return A_SMALL_PLACE if change.before.size is Size.SMALL else A_PLACE


def _with_nothing_given(
    week: OpenedWeek, wanted: Request, context: PlanningContext, now: datetime
) -> list[Exchange]:
    """The best place for it with all else as it lies; where there is none, with a sitter."""
    lies = _Lying.in_the_week(week).of.values()
    if gets := _best_alone(week, wanted, lies, context, now):
        return [Exchange(gets, (), 0)]
    if not context.household.children:
        return []
    whole = Spans([local_time.span_with_nights(week.plan.week, context.household)])
    cared_for = replace(week, around=replace(week.around, sitter=whole))
    gets = _best_alone(cared_for, wanted, lies, context, now)
    return [Exchange(gets, (), A_SITTER, _asked_for(gets, week, context))] if gets else []


def _asked_for(gets: Occurrence, week: OpenedWeek, context: PlanningContext) -> Span:
    """The span in which a sitter is asked for, with the way there and home as everywhere."""
    plan, household = week.plan, context.household
    there = childcare.sitter(plan.sitter, plan.week, household)
    asked = childcare.open_for_a_sitter([gets], there, plan.week, household, context.rituals)
    return asked[0].span if asked else Span(gets.start, gets.end)


def _best_alone(
    week: OpenedWeek,
    wanted: Request,
    lies: Iterable[Occurrence],
    context: PlanningContext,
    now: datetime,
) -> Occurrence | None:
    space = _space(week, [wanted], lies, context)
    points = objective.points(space)
    numbers = sorted(range(len(points)), key=lambda i: (points[i], space.candidates[i].start))
    if not numbers:
        return None
    place = space.plain(space.candidates[numbers[0]])
    return _pinned(wanted, place, space, [place], week, now)
