"""The best of all legal weeks: for each ritual a slot with its reason, or what is in its way.

Nobody is in two places; nothing lies on a busy hour, in work, in sleep or outside its windows;
the children always have somebody. Of all weeks like that the one with the fewest points
(objective.py) is found and proven. The same household, rituals and calendars always have the same
week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from threading import BoundedSemaphore

from rituals.model.household import Household
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning.placement import explanations, objective, solver
from rituals.planning.placement.candidates import Candidate, SearchSpace, search_space
from rituals.planning.placement.explanations import InTheWay
from rituals.planning.placement.request import Group, Request, Surroundings
from rituals.planning.placement.wishes_of_weeks import is_full

# More at once only take each other's turns: Python runs one of them at a time.
_TURNS = BoundedSemaphore(2)


@dataclass(frozen=True)
class Placed:
    """A request with its slot and the reason for it."""

    wanted: Request
    span: Span
    reason: str


@dataclass(frozen=True)
class Unplaced:
    """A ritual without a slot and why, in one sentence.

    With all that is `in_the_way` elsewhere, `nearest` would be its slot; None without one.
    """

    wanted: Request
    reason: str
    nearest: Span | None = None
    in_the_way: tuple[InTheWay, ...] = ()


@dataclass(frozen=True)
class Placement:
    """A week's rituals, placed and unplaced; `proven` if no week out of what was tried is better.

    At rest every quarter of an hour and every length is tried.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    proven: bool
    points: int


def place(
    wanted: Iterable[Request],
    surroundings: Surroundings,
    household: Household,
    week: Week,
    *,
    at_rest: bool = False,
) -> Placement:
    """A slot or a reason for each wanted ritual; an extra one may have neither.

    While a hand moves, wide windows are tried at some quarters of an hour; `at_rest` at all.
    """
    with _TURNS:
        return _placed(tuple(wanted), surroundings, household, week, at_rest=at_rest)


@dataclass(frozen=True)
class _Round:
    """A search space, and the best week that its candidates make."""

    space: SearchSpace
    best: solver.Solution

    @cached_property
    def filled(self) -> list[Candidate]:
        """The chosen candidates, and at its least what is left though nothing is in its way."""
        filled = [self.space.plain(self.space.candidates[i]) for i in self.best.chosen]
        for number, group in enumerate(self.space.groups):
            chosen_times = sum(not want.extra for want in group.wanted)
            for _ in range(chosen_times - sum(c.group == number for c in filled)):
                near = explanations.nearest(self.space, group, filled)
                if near and not near.in_the_way:
                    start = self.space.grid.slot_of(near.span.start)
                    filled.append(self.space.at(number, start, group.ritual.least_minutes))
        return filled


def _placed(
    wanted: Sequence[Request],
    surroundings: Surroundings,
    household: Household,
    week: Week,
    *,
    at_rest: bool,
) -> Placement:
    space = search_space(wanted, surroundings, household, week)
    last = _at_rest(space) if at_rest else _while_a_hand_moves(space)
    placed, unplaced = _answers(last.space, last.filled)
    return Placement(placed, unplaced, last.best.proven, last.best.points)


def _while_a_hand_moves(space: SearchSpace) -> _Round:
    return _close_at_everything(_closer_at_what_is_missing(_first_look(space)))


def _first_look(space: SearchSpace) -> _Round:
    """The week at a first look: the best one, unless a second look comes anyhow."""
    soon = _look(space, solver.FIRST_LOOK)
    return soon if soon.best.proven or _missing(space, soon.best) else _look(space)


def _at_rest(space: SearchSpace) -> _Round:
    """The week out of every quarter and length; where that takes too long, out of fewer."""
    everything = {group.key for group in space.groups}
    found = _look(_closer(space, everything, every_length=True), solver.AT_REST)
    if found.best.proven:
        return found
    return min(found, _while_a_hand_moves(space), key=lambda round: round.best.points)


def _look(space: SearchSpace, cut_off: float = solver.A_LOOK) -> _Round:
    points, limits = objective.points(space), objective.limits(space)
    return _Round(space, solver.solve(space, points, limits, cut_off))


def _closer(space: SearchSpace, keys: set[str], *, every_length: bool = False) -> SearchSpace:
    """The space with a closer look at some of it; the hours that are liked stay known."""
    closer = replace(space, close=keys, every_length=every_length)
    vars(closer)["liked"] = space.liked
    return closer


def _closer_at_what_is_missing(first: _Round) -> _Round:
    """The week once more with every quarter of what has no place, where one could fit.

    A first look tries wide windows at some quarters only, which is what makes most weeks quick; a
    ritual without a place may have one at a quarter, or at a length, that was not tried.
    """
    missing = _missing(first.space, first.best)
    if not missing:
        return first
    second = _look(_closer(first.space, missing))
    return min(second, first, key=lambda found: found.best.points)


def _close_at_everything(last: _Round) -> _Round:
    """The week once more with every quarter of everything, where a free place was passed over.

    Something still lies nowhere and has nothing in its way beside what was chosen. At its least it
    only fills that gap; tried with all the rest it is weighed.
    """
    if len(last.filled) == len(last.best.chosen):
        return last
    everything = {group.key for group in last.space.groups}
    return _look(_closer(last.space, everything))


def _missing(space: SearchSpace, best: solver.Solution) -> set[str]:
    """The keys of what has no place that a closer look could find one for."""
    chosen = [space.candidates[i] for i in best.chosen]
    placed = Counter(c.group for c in chosen)
    return {
        group.key
        for number, group in enumerate(space.groups)
        if placed[number] < len(group.wanted) and _could_fit(space, number, chosen)
    }


def _could_fit(space: SearchSpace, number: int, chosen: Sequence[Candidate]) -> bool:
    """True where its least fits on some day or evening that is not full of its kind."""
    group = space.groups[number]
    least = group.ritual.least_minutes
    starts = space.starts(group, space.free(group), least, every=True)
    return any(not is_full(space.at(number, start, least), chosen, space) for start in starts)


def _answers(
    space: SearchSpace, chosen: Sequence[Candidate]
) -> tuple[tuple[Placed, ...], tuple[Unplaced, ...]]:
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    for number, group in enumerate(space.groups):
        own = [c for c in chosen if c.group == number]
        given = _given(space, group, own)
        placed += [
            Placed(want, space.span(c), explanations.of_placed(space, c, chosen))
            for want, c in given
        ]
        left = [w for w in group.wanted if not w.extra and w not in {want for want, _ in given}]
        unplaced += _without(space, group, left, chosen)
    return tuple(sorted(placed, key=_in_time)), tuple(unplaced)


def _given(
    space: SearchSpace, group: Group, own: Sequence[Candidate]
) -> list[tuple[Request, Candidate]]:
    """Each candidate with its request: one at its old start or day keeps it, the rest in order.

    Extra ones only have what is more than chosen.
    """
    left = sorted(group.wanted, key=lambda w: w.extra)[: len(own)]
    given: list[tuple[Request, Candidate]] = []
    for near in (_same_start, _same_day, _any):
        for candidate in sorted(own, key=lambda c: c.start):
            if any(candidate is c for _, c in given):
                continue
            want = next((w for w in left if near(space, w, candidate)), None)
            if want is not None:
                given.append((want, candidate))
                left.remove(want)
    return given


def _same_start(space: SearchSpace, want: Request, candidate: Candidate) -> bool:
    return want.lay is not None and want.lay.start == space.span(candidate).start


def _same_day(space: SearchSpace, want: Request, candidate: Candidate) -> bool:
    return (
        want.lay is not None
        and space.grid.day_of(space.grid.slot_of(want.lay.start)) == candidate.day
    )


def _any(_space: SearchSpace, _want: Request, _candidate: Candidate) -> bool:
    return True


def _without(
    space: SearchSpace, group: Group, left: Sequence[Request], chosen: Sequence[Candidate]
) -> list[Unplaced]:
    if not left:
        return []
    near = explanations.nearest(space, group, chosen)
    sentence = explanations.of_unplaced(space, group, near, chosen)
    where = (near.span, near.in_the_way) if near else (None, ())
    return [Unplaced(want, sentence, *where) for want in left]


def _in_time(placed: Placed) -> tuple[Span, str, str]:
    return placed.span, placed.wanted.ritual.id, placed.wanted.partner or ""
