"""Time to place a week, over a hundred invented ones, beside a floor; and a hundred unlike ones.

The floor is one look at every candidate: whoever places a week has at least to see them. Every
plan is walked minute by minute afterwards, so that no speed is bought with a broken rule.
"""

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import groupby
from random import Random
from statistics import fmean, median
from typing import Any

from bench.households import Case, cases
from bench.lives import unlike_cases
from bench.machine import calibration, keep, p95
from rituals.model.household import ONE, TWO
from rituals.model.time.span import Span, Spans
from rituals.model.week_facts import week_facts
from rituals.planning.placement.candidates import search_space
from rituals.planning.placement.place import Placed, Placement, place
from rituals.planning.placement.request import Request
from tests.support.legality import broken, faults

SESSIONS = 4  # at once
LOOKS = 5  # at the candidates; the shortest counts
# The most there may be of each, over all cases.
LIMITS = {
    "median, ms": 60,
    "p95, ms": 150,
    "not proven": 1,
    "four sessions at once, median, ms": 2 * 60,
    "four sessions at once, p95, ms": 2 * 150,
    "at rest, median, ms": 150,
    "at rest, p95, ms": 500,
    "at rest, not proven": 1,
    "unlike weeks, median, ms": 60,
    "unlike weeks, p95, ms": 150,
    "unlike weeks, not proven": 1,
    "facts of an unlike week, most, ms": 5,
    "needless moves, mean": 0.3,
    "faults": 0,
    "other plans in a session": 0,
}


@dataclass(frozen=True)
class Taken:
    """Figures of one case; times in milliseconds."""

    case: Case
    placement: Placement
    took: float
    floor: float


@dataclass(frozen=True)
class Again:
    """Effects of one new appointment on a plan."""

    forced: int
    needless: int
    took: float
    faults: tuple[str, ...]


def main() -> int:
    """Measure, print and keep it; 1 where something is above its limit."""
    some = cases()
    machine: dict[str, Any] = {"cores": os.cpu_count(), "load before": os.getloadavg()[0]}
    machine["calibration"] = [calibration()]
    placed(some[-1])  # the first call of all pays for what is read only once
    taken = [measure(case) for case in some]
    unlike = [measure(case) for case in unlike_cases()]
    resting = [measure(case, at_rest=True) for case in some]
    sessions = at_once(some)
    again = {one.case.name: replan(one) for one in taken if one.placement.placed}
    machine["calibration"].append(calibration())
    machine["load after"] = os.getloadavg()[0]
    broken_rules = [
        f"{one.case.name}: {what}"
        for one in [*taken, *unlike, *resting]
        for what in broken_rules_of(one)
    ]
    broken_rules += [what for one in again.values() for what in one.faults]
    rows = [*table(taken), row("unlike", unlike), row("at rest", resting)]
    figures = judged(taken, sessions, list(again.values()), broken_rules) | judged_unlike(unlike)
    figures |= judged_at_rest(resting)
    print_all(rows, figures, list(again.values()), broken_rules, machine)
    result = {"machine": machine, "rows": rows, "faults": broken_rules}
    result["cases"] = [of_case(one, again) for one in taken]
    return keep("placement", result, figures, LIMITS)


def placed(case: Case, *, at_rest: bool = False) -> tuple[Placement, float]:
    """A case's plan and the milliseconds until it was there."""
    begun = time.perf_counter()
    placement = place(case.wanted, case.around, case.household, case.week, at_rest=at_rest)
    return placement, (time.perf_counter() - begun) * 1000


def measure(case: Case, *, at_rest: bool = False) -> Taken:
    """One case, placed once, and its floor."""
    placement, took = placed(case, at_rest=at_rest)
    seen = search_space(case.wanted, case.around, case.household, case.week).candidates
    return Taken(case, placement, took, min(look(seen) for _ in range(LOOKS)))


def look(some: Iterable[Any]) -> float:
    """The milliseconds of one look at every candidate: its mask and its minutes."""
    begun = time.perf_counter()
    taken, minutes = 0, 0
    for one in some:
        taken |= one.mask
        minutes += one.minutes
    return (time.perf_counter() - begun) * 1000


def read(case: Case) -> float:
    """The milliseconds in which a week's facts are read for the first time."""
    week_facts.cache_clear()
    begun = time.perf_counter()
    week_facts(case.week, case.household)
    return (time.perf_counter() - begun) * 1000


def at_once(some: Sequence[Case]) -> list[list[tuple[str, Placement, float]]]:
    """Each of four sessions' plans and milliseconds; they go through the cases apart."""
    apart = len(some) // SESSIONS

    def session(number: int) -> list[tuple[str, Placement, float]]:
        own = (*some[number * apart :], *some[: number * apart])
        return [(case.name, *placed(case)) for case in own]

    with ThreadPoolExecutor(SESSIONS) as sessions:
        return list(sessions.map(session, range(SESSIONS)))


def replan(taken: Taken) -> Again:
    """The plan once more after somebody has an appointment where something was placed.

    What the appointment makes illegal where it lay is forced to move; every other move is needless.
    """
    before = with_an_appointment(taken)
    requests = before.wanted
    lay = {key(want): want.lay for want in requests if want.lay}
    old = tuple(Placed(want, want.lay, "") for want in requests if want.lay)
    stays = Placement(old, (), True, 0)
    kept = [one.wanted for one in old]
    wrong = broken(stays, kept, before.around, before.household, before.week)
    forced = {key(one.wanted) for fault in wrong for one in fault.of}
    placement, took = placed(before)
    lies = {key(one.wanted): one.span for one in placement.placed}
    moved = {which for which, span in lay.items() if lies.get(which) != span}
    broken_rules = faults(placement, requests, before.around, before.household, before.week)
    named = tuple(f"{before.name} again: {what}" for what in broken_rules)
    return Again(len(forced), len(moved - forced), took, named)


def with_an_appointment(taken: Taken) -> Case:
    """The case with what was placed where it lay, and somebody busy there."""
    case, placement = taken.case, taken.placement
    chance = Random(case.name)  # noqa: S311 - nothing secret is drawn
    spans = {key(one.wanted): one.span for one in placement.placed}
    hit = chance.choice(sorted(placement.placed, key=lambda one: (one.span, key(one.wanted))))
    partner = hit.wanted.partner or chance.choice([ONE, TWO])
    busy = now_busy(case.around.busy, partner, hit.span)
    wanted = tuple(replace(want, lay=spans.get(key(want))) for want in case.wanted)
    return replace(case, wanted=wanted, around=replace(case.around, busy=busy))


def now_busy(busy: Mapping[str, Spans], partner: str, span: Span) -> dict[str, Spans]:
    """The calendars with one more appointment."""
    return {**busy, partner: busy.get(partner, Spans()) | Spans([span])}


def key(want: Request) -> tuple[str, str, int]:
    """Identity of a ritual of the week, wherever it lies."""
    return want.ritual.id, want.partner or "", want.number


def broken_rules_of(taken: Taken) -> list[str]:
    """Sentences about the rules that a plan breaks."""
    case = taken.case
    return faults(taken.placement, case.wanted, case.around, case.household, case.week)


def table(taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """A row for each size, and one for all."""
    by_size = groupby(taken, key=lambda one: one.case.name.partition("/")[0])
    return [row(size, list(some)) for size, some in by_size] + [row("all", taken)]


def row(size: str, some: Sequence[Taken]) -> dict[str, Any]:
    """The figures of one size."""
    times, floors = [one.took for one in some], [one.floor for one in some]
    return {
        "size": size,
        "cases": len(some),
        "median": median(times),
        "p95": p95(times),
        "max": max(times),
        "proven": sum(one.placement.proven for one in some),
        "placed": fmean(len(one.placement.placed) for one in some),
        "unplaced": fmean(len(one.placement.unplaced) for one in some),
        "floor": median(floors),
        "ratio": median(times) / median(floors),
    }


def of_case(taken: Taken, again: Mapping[str, Again]) -> dict[str, Any]:
    """Figures of one case, to be kept."""
    name, placement = taken.case.name, taken.placement
    moves = (
        {"forced": again[name].forced, "needless": again[name].needless} if name in again else {}
    )
    return {"case": name, "took": taken.took, "proven": placement.proven} | moves


def judged(
    taken: Sequence[Taken],
    sessions: Sequence[Sequence[tuple[str, Placement, float]]],
    again: Sequence[Again],
    broken_rules: Sequence[str],
) -> dict[str, float]:
    """Figures that have a limit, over all cases."""
    times = [one.took for one in taken]
    plans = {one.case.name: one.placement for one in taken}
    beside = [took for session in sessions for _, _, took in session]
    other = sum(plan != plans[name] for session in sessions for name, plan, _ in session)
    return {
        "median, ms": median(times),
        "p95, ms": p95(times),
        "not proven": sum(not one.placement.proven for one in taken),
        "four sessions at once, median, ms": median(beside),
        "four sessions at once, p95, ms": p95(beside),
        "needless moves, mean": fmean(one.needless for one in again),
        "faults": len(broken_rules),
        "other plans in a session": other,
    }


def judged_unlike(unlike: Sequence[Taken]) -> dict[str, float]:
    """Figures of the weeks that are not alike; the slowest facts of all, the shortest look each."""
    times = [one.took for one in unlike]
    return {
        "unlike weeks, median, ms": median(times),
        "unlike weeks, p95, ms": p95(times),
        "unlike weeks, not proven": sum(not one.placement.proven for one in unlike),
        "facts of an unlike week, most, ms": max(
            min(read(one.case) for _ in range(LOOKS)) for one in unlike
        ),
    }


def judged_at_rest(resting: Sequence[Taken]) -> dict[str, float]:
    """Figures of the weeks in which every quarter of an hour and every length is tried."""
    times = [one.took for one in resting]
    return {
        "at rest, median, ms": median(times),
        "at rest, p95, ms": p95(times),
        "at rest, not proven": sum(not one.placement.proven for one in resting),
    }


def print_all(
    rows: Sequence[Mapping[str, Any]],
    figures: Mapping[str, float],
    again: Sequence[Again],
    broken_rules: Sequence[str],
    machine: Mapping[str, Any],
) -> None:
    """The figures, a line each, and the machine they are of."""
    print("size    median    p95    max  proven  placed  unplaced  floor  ratio   (times in ms)")
    for r in rows:
        print(
            f"{r['size']:6} {r['median']:7.1f} {r['p95']:6.1f} {r['max']:6.1f} "
            f"{r['proven']:4}/{r['cases']:<3} {r['placed']:6.1f} {r['unplaced']:9.1f} "
            f"{r['floor']:6.3f} {r['ratio']:6.0f}"
        )
    print(
        f"One new appointment forces {fmean(one.forced for one in again):.2f} moves; "
        f"the plan is there again after {median(one.took for one in again):.1f} ms."
    )
    fair = max(1.0, SESSIONS / machine["cores"])
    print(f"{SESSIONS} sessions that never rest share its cores: each takes {fair:.1f} times one.")
    for name, limit in LIMITS.items():
        above = "  above its limit" if figures[name] > limit else ""
        print(f"{name:34} {figures[name]:8.2f}  limit {limit:6.1f}{above}")
    for sentence in broken_rules[:20]:
        print(f"  {sentence}")
    print(
        f"Machine: {machine['cores']} cores, a fixed sum takes "
        f"{' and '.join(f'{one:.0f}' for one in machine['calibration'])} ms, "
        f"load {machine['load before']:.1f} before and {machine['load after']:.1f} after."
    )


if __name__ == "__main__":
    sys.exit(main())
