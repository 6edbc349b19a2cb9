"""Small weeks beside a search through all there is: every quarter of an hour and every length.

The search knows no solver. It goes through the places of one ritual after another, best first, and
turns back where what is left cannot become better than the best week that it has seen.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from bench.households import Case, generate
from bench.lives import unlike_case
from bench.machine import keep, p95
from rituals.planning.placement import objective
from rituals.planning.placement.candidates import Candidate, SearchSpace, search_space
from rituals.planning.placement.grid import CARE, ones
from rituals.planning.placement.place import place
from rituals.planning.placement.wishes_of_weeks import AtMost

WEEKS = 100
SIZES = ((4, 10), (6, 20), (8, 30))  # occurrences to choose from, and appointments
ASKED = 3  # occurrences in a small week
MOST_WAYS = 100_000  # to place one ritual, or the search takes minutes
QUARTER = 15
LIMITS = {"at rest, not the best": 10, "at rest, p95 of points": 3}


@dataclass(frozen=True)
class Small:
    """A small week, and all that could be in it."""

    space: SearchSpace

    @cached_property
    def points(self) -> list[int]:
        """The points of each candidate, its worth taken off."""
        own = objective.points(self.space)
        worths = [objective.worth(group) for group in self.space.groups]
        pairs = zip(own, self.space.candidates, strict=True)
        return [points - worths[candidate.group] for points, candidate in pairs]

    @cached_property
    def limits(self) -> list[AtMost]:
        """The wishes about the whole week."""
        return objective.limits(self.space)

    @cached_property
    def taken(self) -> list[list[tuple[int, int, int]]]:
        """What each candidate takes: a lane, its first slot and the one after its last."""
        found = []
        for candidate in self.space.candidates:
            lanes = self.space.lanes(self.space.groups[candidate.group])
            own = [(lane, *self.space.stretch(candidate, lane)) for lane in lanes]
            care = [(CARE, slot, slot + 1) for slot in ones(self.space.care(candidate))]
            found.append(own + care)
        return found

    def best(self) -> int:
        """The points of the best week."""
        return self._search(0, (), 0, self._least_left(), 0) + self._wanted()

    def _wanted(self) -> int:
        return sum(objective.worth(group) * len(group.wanted) for group in self.space.groups)

    @cached_property
    def _of_group(self) -> list[list[tuple[int, tuple[int, ...]]]]:
        """By group, each way to place it once, more often or not at all; the best first."""
        found = []
        for number, group in enumerate(self.space.groups):
            own = [i for i, c in enumerate(self.space.candidates) if c.group == number]
            ways = [
                (sum(self.points[i] for i in some), some)
                for times in range(len(group.wanted) + 1)
                for some in combinations(own, times)
                if self._days_differ(some)
            ]
            found.append(sorted(ways))
        return found

    def _days_differ(self, some: Sequence[int]) -> bool:
        chosen = [self.space.candidates[i] for i in some]
        evenings = {self.space.grid.evening_of(c.start) for c in chosen}
        return len({c.day for c in chosen}) == len(evenings) == len(chosen)

    def _least_left(self) -> list[int]:
        left, sums = 0, [0]
        for ways in reversed(self._of_group):
            left += ways[0][0]
            sums.append(left)
        return sums[::-1]

    def _search(
        self, number: int, chosen: tuple[int, ...], points: int, left: list[int], best: int
    ) -> int:
        if number == len(self.space.groups):
            return min(best, points + sum(excess(limit, chosen) for limit in self.limits))
        for own, some in self._of_group[number]:
            if points + own + left[number + 1] >= best:
                break
            if not any(self._clash(i, j) for i in some for j in chosen):
                best = self._search(number + 1, chosen + some, points + own, left, best)
        return best

    def _clash(self, one: int, other: int) -> bool:
        return any(
            lane == its_lane and start < its_end and its_start < end
            for lane, start, end in self.taken[one]
            for its_lane, its_start, its_end in self.taken[other]
        )


def excess(limit: AtMost, chosen: Sequence[int]) -> int:
    """The points that a limit adds to a week."""
    count = sum(i in limit.parts for i in chosen)
    count += sum(not set(some).isdisjoint(chosen) for some in limit.sets)
    over = max(count - limit.most, 0)
    return limit.over * (over * (over + 1) // 2 if limit.rising else over)


def everything(case: Case) -> SearchSpace:
    """The week with every quarter of an hour and every length of each ritual."""
    space = search_space(case.wanted, case.around, case.household, case.week)
    found = [c for n in range(len(space.groups)) for c in _everywhere(space, n)]
    whole = replace(space)
    vars(whole)["candidates"] = found  # in place of those that the engine tries
    return whole


def _everywhere(space: SearchSpace, number: int) -> Iterator[Candidate]:
    group = space.groups[number]
    free, least = space.free(group), group.ritual.least_minutes
    lay = {want.lay.length.seconds // 60 for want in group.wanted if want.lay}
    around = space.way_home(group)
    for minutes in {least, *range(group.minutes, least, -QUARTER), *lay}:
        for start in space.starts(group, free, minutes, every=True):
            plain = space.at(number, start, minutes)
            yield replace(plain, hurried=bool(around))
            if around:
                yield space.with_way_home(plain, around)


def small_weeks(seed: int) -> Iterator[Case]:
    """Invented weeks, every second one unlike the others, with a few rituals each."""
    while True:
        for occurrences, busy in SIZES:
            case = generate(seed, occurrences, busy)
            case = unlike_case(case) if seed % 2 else case
            small = replace(case, wanted=case.wanted[:ASKED])
            if _is_searched_soon(everything(small)):
                yield small
        seed += 1


def _is_searched_soon(space: SearchSpace) -> bool:
    places = Counter(candidate.group for candidate in space.candidates)
    groups = enumerate(space.groups)
    return all(places[n] <= MOST_WAYS ** (1 / max(len(g.wanted), 1)) for n, g in groups)


def main() -> int:
    """Compare, print and keep it; 1 where something is above its limit."""
    parser = ArgumentParser()
    parser.add_argument("--weeks", type=int, default=WEEKS)
    parser.add_argument("--seed", type=int, default=60_000)
    wanted = parser.parse_args()
    gaps: dict[bool, list[float]] = {True: [], False: []}
    for case, _ in zip(small_weeks(wanted.seed), range(wanted.weeks), strict=False):
        best = Small(everything(case)).best()
        for at_rest, some in gaps.items():
            found = place(case.wanted, case.around, case.household, case.week, at_rest=at_rest)
            some.append(found.points - best)
            if at_rest and found.points != best:
                sys.stdout.write(f"  {case.name}: {found.points} points, the best has {best}\n")
    figures: dict[str, float] = {}
    for name, some in (("at rest", gaps[True]), ("under the hand", gaps[False])):
        figures[f"{name}, not the best"] = sum(gap != 0 for gap in some)
        figures[f"{name}, p95 of points"] = p95(some)
    sys.stdout.write(f"{len(gaps[True])} small weeks: {figures}\n")
    return keep("small_weeks", {"weeks": len(gaps[True])}, figures, LIMITS)


if __name__ == "__main__":
    sys.exit(main())
