"""The best of all legal weeks, by OR-Tools: the one place that knows a solver.

One boolean for each candidate; whatever would put somebody in two places excludes each other. The
settings are those under which such weeks are proven in some tens of milliseconds; the cut-off is
counted in work, not in time, so that the same week has the same plan on every machine.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from rituals.planning.placement.candidates import SearchSpace
from rituals.planning.placement.grid import CARE, stretches
from rituals.planning.placement.objective import worth
from rituals.planning.placement.wishes_of_weeks import AtMost

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver
    from ortools.sat.python.cp_model_helper import CpModelProto

CUT_OFF = 0.1  # deterministic time, an eighth of a second or so
FIRST_LOOK = 0.01  # where another look comes after it
A_LOOK = 0.16  # where none came before it that took as long
AT_REST = 0.5  # when no hand waits for it
TIE = 1 << 15  # room below one point: of equally good weeks always the same one
SIDES = 97
SOON_SOLVED = 350  # candidates: up to these a model is solved sooner than simplified
MANY = 1500  # candidates
LEAST = -(1 << 63)  # of a sum without a lower bound


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

    cp = cp_model.CpModel()
    model = _Model(cp.proto, space)
    model.add_rules()
    terms = model.own_terms(points)
    for balance in balances:
        terms |= model.weighed(balance)
    model.minimize([*terms.items(), *model.demanded(demands)])
    if demands.worth is not None:
        model.at_most((demands.worth + 1 - _wanted(space)) * TIE - 1, terms)
    solver = cp_model.CpSolver()
    _set_up(solver, cut_off, len(space.candidates))
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solution((), _wanted(space), proven=False)
    values = list(solver.response_proto.solution)
    found = tuple(i for i in range(len(space.candidates)) if values[i])
    total = sum(weight * values[number] for number, weight in terms.items()) // TIE
    return Solution(found, total + _wanted(space), status == cp_model.OPTIMAL)


def _wanted(space: SearchSpace) -> int:
    """The worth of all that is wanted."""
    return sum(worth(group) * len(group.wanted) for group in space.groups)


def _set_up(solver: CpSolver, cut_off: float, size: int) -> None:
    settings = solver.parameters
    settings.num_workers = 1  # two are slower, and do not always agree
    settings.linearization_level = 2  # the relaxation is nearly the answer
    settings.add_lp_constraints_lazily = settings.add_mir_cuts = False
    settings.use_sat_inprocessing = False
    settings.cp_model_presolve = size > SOON_SOLVED
    settings.cp_model_probing_level = settings.symmetry_level = 0
    settings.max_presolve_iterations = 1
    if size > MANY:
        settings.merge_at_most_one_work_limit = 1e6  # a hundredth: longer than the search else
    settings.max_deterministic_time = cut_off


@dataclass(frozen=True)
class _Model:
    """A week's model: a boolean for each candidate, numbered as these are, and some more.

    It is written as the solver reads it, for its own calls take twice as long.
    """

    proto: CpModelProto
    space: SearchSpace

    def add_rules(self) -> None:
        """Adds the booleans, and that each ritual lies once a day and nobody in two places."""
        if self.space.candidates:
            first = self.proto.variables[self.new(1)]
            self.proto.variables.extend([first] * (len(self.space.candidates) - 1))
        for number in range(len(self.space.groups)):
            self._add_times(number)
        for crowd in _crowds(self.space):
            if len({self._once[i] for i in crowd}) > 1:
                self._at_most_one(crowd)

    def own_terms(self, points: Sequence[int]) -> dict[int, int]:
        """The points of each candidate, its worth taken off, and what tells equal ones apart."""
        worths = [worth(group) for group in self.space.groups]
        return {
            i: (points[i] - worths[candidate.group]) * TIE + _toss(self.space, i)
            for i, candidate in enumerate(self.space.candidates)
        }

    def weighed(self, limit: AtMost) -> dict[int, int]:
        """Terms that a limit adds to the points: each candidate beyond it, at its rate."""
        counted = dict.fromkeys([*limit.parts, *map(self._any_of, limit.sets)], 1)
        if limit.rising:
            over = {self.new(1): n * limit.over * TIE for n in range(1, limit.rising + 1)}
        else:
            most = self._most(limit.parts) + len(limit.sets) - limit.most
            over = {self.new(max(most, 0)): limit.over * TIE}
        self.at_most(limit.most, counted | dict.fromkeys(over, -1))
        return over

    def demanded(self, demands: Demands) -> list[tuple[int, int]]:
        """Adds the demands; the terms of what they emphasise."""
        for least, some in demands.at_least:
            self.at_most(-least, dict.fromkeys(some, -1))
        for most, some in demands.at_most:
            self.at_most(most, dict.fromkeys(some, 1))
        weighed = [term for limit in demands.limits for term in self.weighed(limit).items()]
        return weighed + [(i, points * TIE) for i, points in demands.points.items()]

    def minimize(self, terms: Collection[tuple[int, int]]) -> None:
        """Has the sum of these variables, weighed, be as small as it can."""
        self.proto.objective.vars.extend([number for number, _ in terms])
        self.proto.objective.coeffs.extend([weight for _, weight in terms])

    def at_most(self, most: int, terms: Mapping[int, int]) -> None:
        """Adds that the sum of these variables, weighed, is no more than that."""
        row = self.proto.constraints.add().linear
        row.vars.extend(list(terms))
        row.coeffs.extend(list(terms.values()))
        row.domain.extend((LEAST, most))

    def new(self, most: int) -> int:
        """The number of a new variable from 0 to that."""
        self.proto.variables.add().domain.extend((0, most))
        return len(self.proto.variables) - 1

    def _at_most_one(self, some: Sequence[int]) -> None:
        self.proto.constraints.add().at_most_one.literals.extend(some)

    def _add_times(self, number: int) -> None:
        """Adds that a ritual lies no oftener than it is wanted, and once a day."""
        own, wanted = self._of_group[number], len(self.space.groups[number].wanted)
        if wanted < 2:
            self._at_most_one(own)
            return
        self.at_most(wanted, dict.fromkeys(own, 1))
        at = self.space.candidates
        # what lies in the small hours is of the evening before
        by_day = [*_alike(own, lambda i: at[i].day), *_alike(own, lambda i: at[i].evening)]
        for some in dict.fromkeys(map(tuple, by_day)):
            self._at_most_one(some)

    def _any_of(self, some: Sequence[int]) -> int:
        """Variable that is true if any of these is chosen; a row a group keeps the bound tight."""
        any_of = self.new(1)
        for own in _alike(some, lambda i: self.space.candidates[i].group):
            self.at_most(0, {**dict.fromkeys(own, 1), any_of: -1})
        return any_of

    def _most(self, some: Iterable[int]) -> int:
        """The most of these candidates that could be together, each ritual by itself."""
        times = Counter(group for group, _ in {self._once[i] for i in some})
        return sum(min(n, len(self.space.groups[group].wanted)) for group, n in times.items())

    @cached_property
    def _of_group(self) -> dict[int, list[int]]:
        own: dict[int, list[int]] = {n: [] for n in range(len(self.space.groups))}
        for i, candidate in enumerate(self.space.candidates):
            own[candidate.group].append(i)
        return own

    @cached_property
    def _once(self) -> list[tuple[int, int]]:
        """By candidate a name that it shares with others of its ritual of which only one can be."""
        several = [len(group.wanted) > 1 for group in self.space.groups]
        return [(c.group, c.day * several[c.group]) for c in self.space.candidates]


def _alike(some: Iterable[int], key: Callable[[int], Hashable]) -> list[list[int]]:
    found: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number in some:
        found[key(number)].append(number)
    return list(found.values())


def _toss(space: SearchSpace, number: int) -> int:
    """A small number of its own: of two equally good days always the same, and the earlier hour."""
    candidate = space.candidates[number]
    key = space.groups[candidate.group].key
    name = f"{key} {candidate.day}"
    into = candidate.start - space.grid.midnights[candidate.day]
    return crc32(name.encode()) % SIDES + into


def _crowds(space: SearchSpace) -> Iterator[list[int]]:
    """Candidates of which one at most can be: for each lane, those that share a slot."""
    lanes: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    lanes_of = [space.lanes(group) for group in space.groups]
    for i, candidate in enumerate(space.candidates):
        for lane in lanes_of[candidate.group]:
            lanes[lane].append((*space.stretch(candidate, lane), i))
        for start, end in stretches(space.care(candidate)):
            lanes[CARE].append((start, end, i))
    crowds = (crowd for taken in lanes.values() for crowd in _at_once(sorted(taken)))
    return map(list, dict.fromkeys(crowds))


def _at_once(taken: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    """The largest sets of candidates that share a slot; `taken` in the order of starts."""
    present: list[tuple[int, int]] = []
    for start, coming in groupby(taken, key=lambda stretch: stretch[0]):
        staying = [(end, i) for end, i in present if end > start]
        if len(staying) < len(present):
            yield tuple([i for _, i in present])
        present = staying + [(end, i) for _, end, i in coming]
    yield tuple([i for _, i in present])
