"""The best week of each repeat, all of them in one model of OR-Tools.

A repeat costs points by its distance from the week it asks for and by what that week is like. The
weights are in points; what outranks what: a repeat at all, then weeks that stay put and a distance
that is not much too short, then one big thing a week, a sitter, hopes, and the rhythm itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar

MISSED = 2_000  # a repeat for which there is no week
TOO_SOON = 70  # after less than three quarters of its distance
MOVED = 60  # a week that was chosen before
SECOND_BIG = 50  # each big thing beyond one in a week
NOT_HOPED, NO_SITTER, HARD = 40, 30, 20
CROWDED, MOST_IN_A_WEEK = 8, 2  # each thing beyond two in a week
OFF_RHYTHM = 24  # points for a whole distance
TIE = 1 << 12  # room below one point: the earlier of two equally good weeks
CUT_OFF = 1.0  # deterministic time; thirteen weeks need a tenth of it


@dataclass(frozen=True)
class Wanted:
    """A repeat to find a week for: points by week, and the week it lay in before."""

    points: Mapping[int, int]
    lay: int | None = None


@dataclass(frozen=True)
class Row:
    """The repeats of one thing in their order: weeks that are decided, and some to choose."""

    every_weeks: int
    repeats: tuple[int | Wanted, ...]
    is_big: bool = False

    @property
    def least(self) -> int:
        """The shortest distance that may be."""
        return max(self.every_weeks // 2, 1)

    @property
    def near(self) -> int:
        """A distance below which it comes too soon: three quarters of its own."""
        return -(-3 * self.every_weeks // 4)


Weeks = tuple[int | None, ...]  # of the repeats of one row; None: no week has room


@dataclass(frozen=True)
class Chosen:
    """The weeks of each row's repeats, and True if no others have fewer points."""

    rows: tuple[Weeks, ...]
    points: int
    proven: bool


def choose(rows: Sequence[Row], ahead: int) -> Chosen:
    """The weeks with the fewest points."""
    if not any(isinstance(repeat, Wanted) for row in rows for repeat in row.repeats):
        weeks = tuple(tuple(r for r in row.repeats if isinstance(r, int)) for row in rows)
        return Chosen(weeks, 0, proven=True)
    from ortools.sat.python import cp_model  # takes a second, and few pages choose

    model = _Model(cp_model.CpModel(), rows, ahead)
    terms = [*model.own(), *model.too_soon(), *model.full_weeks()]
    model.cp.minimize(sum(variable * weight for variable, weight in terms))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1  # the same weeks on every machine
    solver.parameters.max_deterministic_time = CUT_OFF
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise ArithmeticError("Nothing at all is always a choice.")
    return model.read(solver, status == cp_model.OPTIMAL)


class _Model:
    """One boolean for each repeat and week; a repeat with none of them is missed."""

    def __init__(self, cp: CpModel, rows: Sequence[Row], ahead: int) -> None:
        self.cp, self.rows, self.ahead = cp, rows, ahead
        self.at: dict[tuple[int, int], dict[int, IntVar]] = {}
        for r, row in enumerate(rows):
            for n, repeat in enumerate(row.repeats):
                if isinstance(repeat, Wanted):
                    self.at[r, n] = {week: cp.new_bool_var("") for week in repeat.points}
                    cp.add_at_most_one(self.at[r, n].values())

    def own(self) -> Iterator[tuple[IntVar, int]]:
        """Points of each repeat for itself, less than if it were missed."""
        for (r, n), weeks in self.at.items():
            repeat = self.rows[r].repeats[n]
            for week, variable in weeks.items():
                yield variable, (_points(repeat, week) - MISSED) * TIE + week

    def too_soon(self) -> Iterator[tuple[IntVar, int]]:
        """Points for repeats that follow too soon; one that follows at once cannot be."""
        for r, row in enumerate(self.rows):
            for n, _ in enumerate(row.repeats):
                yield from self._after(r, n)

    def full_weeks(self) -> Iterator[tuple[IntVar, int]]:
        """Points for more than one big thing in a week, and for many."""
        for week in range(self.ahead):
            for most, points, big in ((1, SECOND_BIG, True), (MOST_IN_A_WEEK, CROWDED, False)):
                free = [
                    weeks[week]
                    for (r, _), weeks in self.at.items()
                    if week in weeks and self.rows[r].is_big >= big
                ]
                there = sum(row.repeats.count(week) for row in self.rows if row.is_big >= big)
                if free:
                    over = self.cp.new_int_var(0, len(free), "")
                    self.cp.add(sum(free) + min(there, most) - over <= most)
                    yield over, points * TIE

    def read(self, solver: CpSolver, proven: bool) -> Chosen:
        """The weeks that were found."""
        found = tuple(
            tuple(self._week(solver, r, n) for n in range(len(row.repeats)))
            for r, row in enumerate(self.rows)
        )
        missed = MISSED * TIE * len(self.at)
        return Chosen(found, (round(solver.objective_value) + missed) // TIE, proven)

    def _week(self, solver: CpSolver, r: int, n: int) -> int | None:
        if (r, n) not in self.at:
            decided = self.rows[r].repeats[n]
            return decided if isinstance(decided, int) else None
        return next((w for w, v in self.at[r, n].items() if solver.boolean_value(v)), None)

    def _after(self, r: int, n: int) -> Iterator[tuple[IntVar, int]]:
        """A repeat against each one before it in its row, and the next before it alone."""
        row, soon = self.rows[r], None
        for before in range(n):
            for distance, both in _pairs(self._weeks(r, before), self._weeks(r, n)):
                if distance < row.least:
                    self.cp.add(sum(both) <= len(both) - 1)
                elif distance < row.near and before == n - 1:
                    soon = self.cp.new_bool_var("") if soon is None else soon
                    self.cp.add(sum(both) - soon <= len(both) - 1)
        if soon is not None:
            yield soon, TOO_SOON * TIE

    def _weeks(self, r: int, n: int) -> Mapping[int, IntVar | None]:
        repeat = self.rows[r].repeats[n]
        return {repeat: None} if isinstance(repeat, int) else self.at[r, n]


def _pairs(
    earlier: Mapping[int, IntVar | None], later: Mapping[int, IntVar | None]
) -> Iterator[tuple[int, list[IntVar]]]:
    """The distance of every two weeks, and what decides about them."""
    for first, one in earlier.items():
        for second, other in later.items():
            if both := [variable for variable in (one, other) if variable is not None]:
                yield second - first, both


def _points(repeat: int | Wanted, week: int) -> int:
    if isinstance(repeat, int):
        return 0
    moved = repeat.lay is not None and week != repeat.lay
    return repeat.points[week] + MOVED * moved
