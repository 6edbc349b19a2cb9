"""The best of all legal weeks, by OR-Tools: the one place that knows a solver.

One boolean for each candidate; whatever would put somebody in two places excludes each other. The
settings are those under which such weeks are proven in some tens of milliseconds; the cut-off is
counted in work, not in time, so that the same week has the same plan on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from rituals.planning.placement.candidates import SearchSpace
from rituals.planning.placement.grid import CARE, stretches
from rituals.planning.placement.objective import worth
from rituals.planning.placement.wishes_of_weeks import AtMost

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExpr

CUT_OFF = 0.1  # deterministic time, a quarter of a second or so
AT_REST = 0.5  # when no hand waits for it
TIE = 1 << 14  # room below one point: of equally good weeks always the same one
SIDES = 97


@dataclass(frozen=True)
class Demands:
    """More that a week has to be than legal, where another than the best is looked for.

    `points` and `limits` weigh what is emphasised; they are no part of what a week is worth.
    """

    at_least: Sequence[tuple[int, Sequence[int]]] = ()  # so many of these candidates
    at_most: Sequence[tuple[int, Sequence[int]]] = ()
    points: Mapping[int, int] = field(default_factory=dict)  # by candidate
    limits: Sequence[AtMost] = ()
    worth: int | None = None  # the most points that the week may have


NONE = Demands()


@dataclass(frozen=True)
class Solution:
    """The numbers of the chosen candidates, their points, and whether no week has fewer."""

    chosen: tuple[int, ...]
    points: int
    proven: bool


def solve(
    space: SearchSpace,
    points: Sequence[int],
    balances: Sequence[AtMost],
    cut_off: float = CUT_OFF,
    demands: Demands = NONE,
) -> Solution:
    """The week with the fewest points; with demands, of those that meet them."""
    from ortools.sat.python import cp_model  # takes a second, and not every page places

    model = cp_model.CpModel()
    chosen = [model.new_bool_var("") for _ in space.candidates]
    _one_place_each(model, chosen, space)
    nobody_in_two_places = _crowds(space)
    for crowd in nobody_in_two_places:
        model.add_at_most_one(chosen[i] for i in crowd)
    weighed = [_weigh(model, chosen, balance, space) for balance in balances]
    worths = [worth(group) for group in space.groups]
    own = [
        (chosen[i], (points[i] - worths[candidate.group]) * TIE + _toss(space, i))
        for i, candidate in enumerate(space.candidates)
    ]
    terms = [*own, *(term for some in weighed for term in some)]
    worth_of_week = _sum(terms)
    model.minimize(_sum([*terms, *_demanded(model, chosen, space, demands)]))
    if demands.worth is not None:
        model.add(worth_of_week < (demands.worth + 1 - _wanted(space)) * TIE)
    solver = cp_model.CpSolver()
    _set_up(solver, cut_off)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution((), _wanted(space), proven=False)
    found = tuple(i for i, variable in enumerate(chosen) if solver.boolean_value(variable))
    total = round(solver.value(worth_of_week) // TIE) + _wanted(space)
    return Solution(found, total, status == cp_model.OPTIMAL)


def _sum(terms: Sequence[tuple[IntVar, int]]) -> LinearExpr:
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [w for _, w in terms])


def _demanded(
    model: CpModel, chosen: Sequence[IntVar], space: SearchSpace, demands: Demands
) -> list[tuple[IntVar, int]]:
    """Adds the demands to the model; the terms of what they emphasise."""
    for least, some in demands.at_least:
        model.add(sum(chosen[i] for i in some) >= least)
    for most, some in demands.at_most:
        model.add(sum(chosen[i] for i in some) <= most)
    weighed = [term for limit in demands.limits for term in _weigh(model, chosen, limit, space)]
    return weighed + [(chosen[i], points * TIE) for i, points in demands.points.items()]


def _wanted(space: SearchSpace) -> int:
    """The worth of all that is wanted."""
    return sum(worth(group) * len(group.wanted) for group in space.groups)


def _set_up(solver: CpSolver, cut_off: float) -> None:
    settings = solver.parameters
    settings.num_workers = 1  # two are slower, and do not always agree
    settings.linearization_level = 2  # the relaxation is nearly the answer
    settings.cp_model_probing_level = settings.symmetry_level = 0
    settings.max_presolve_iterations = 1
    settings.max_deterministic_time = cut_off


def _toss(space: SearchSpace, number: int) -> int:
    """A small number of its own: of two equally good days always the same, and the earlier hour."""
    candidate = space.candidates[number]
    key = space.groups[candidate.group].key
    name = f"{key} {candidate.day}"
    into = candidate.start - space.grid.midnights[candidate.day]
    return crc32(name.encode()) % SIDES + into * SIDES // space.grid.length


def _one_place_each(model: CpModel, chosen: Sequence[IntVar], space: SearchSpace) -> None:
    """Adds that each ritual lies no oftener than it is wanted, and once a day."""
    by_group: dict[int, list[int]] = {}
    by_day: dict[tuple[int, int], list[int]] = {}
    by_evening: dict[tuple[int, int], list[int]] = {}
    for i, candidate in enumerate(space.candidates):
        by_group.setdefault(candidate.group, []).append(i)
        by_day.setdefault((candidate.group, candidate.day), []).append(i)
        evening = space.grid.evening_of(candidate.start)
        by_evening.setdefault((candidate.group, evening), []).append(i)
    for number, own in by_group.items():
        if len(space.groups[number].wanted) > 1:
            model.add(sum(chosen[i] for i in own) <= len(space.groups[number].wanted))
            for (group, day), today in by_day.items():
                if group == number:
                    model.add_at_most_one(chosen[i] for i in today)
                    tonight = by_evening.get((group, day), today)
                    if tonight != today:  # what lies in the small hours is of the evening before
                        model.add_at_most_one(chosen[i] for i in tonight)
        else:
            model.add_at_most_one(chosen[i] for i in own)


def _crowds(space: SearchSpace) -> Iterator[list[int]]:
    """Candidates of which one at most can be: for each lane, those that share a slot."""
    lanes: dict[int, list[tuple[int, int, int]]] = {}
    for i, candidate in enumerate(space.candidates):
        for lane in space.lanes(space.groups[candidate.group]):
            lanes.setdefault(lane, []).append((*space.stretch(candidate, lane), i))
        for start, end in stretches(space.care(candidate)):
            lanes.setdefault(CARE, []).append((start, end, i))
    for taken in lanes.values():
        crowds = list(_at_once(sorted(taken)))
        for crowd, later in zip(crowds, [*crowds[1:], set()], strict=False):
            if len(crowd) > 1 and not crowd <= later:
                yield sorted(crowd)


def _at_once(taken: Sequence[tuple[int, int, int]]) -> Iterator[set[int]]:
    """The candidates present at each start; `taken` in the order of starts."""
    present: list[tuple[int, int]] = []
    for start, coming in groupby(taken, key=lambda stretch: stretch[0]):
        present = [(end, i) for end, i in present if end > start]
        present += [(end, i) for _, end, i in coming]
        yield {i for _, i in present}


def _weigh(
    model: CpModel, chosen: Sequence[IntVar], balance: AtMost, space: SearchSpace
) -> list[tuple[IntVar, int]]:
    """Terms that a limit adds to the points: each candidate beyond it, at its rate."""
    variables = [chosen[i] for i in balance.parts] + [
        _any_of(model, chosen, some, space) for some in balance.sets
    ]
    if balance.rising:
        steps = [model.new_bool_var("") for _ in range(balance.rising)]
        model.add(sum(variables) - sum(steps) <= balance.most)
        return [(step, n * balance.over * TIE) for n, step in enumerate(steps, 1)]
    over = model.new_int_var(0, max(len(variables) - balance.most, 0), "")
    model.add(sum(variables) - over <= balance.most)
    return [(over, balance.over * TIE)]


def _any_of(
    model: CpModel, chosen: Sequence[IntVar], some: Sequence[int], space: SearchSpace
) -> IntVar:
    """Variable that is true if any of these is chosen; one a group, which keeps the bound tight."""
    any_of = model.new_bool_var("")
    by_group: dict[int, list[int]] = {}
    for i in some:
        by_group.setdefault(space.candidates[i].group, []).append(i)
    for own in by_group.values():
        model.add(sum(chosen[i] for i in own) <= any_of)
    return any_of
