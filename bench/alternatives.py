"""Time until other weeks stand beside one: the last weeks of natural couples, each asked once."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from statistics import median

from bench import natural
from bench.machine import keep, p95
from rituals.planning.options import alternatives

COUPLES = 60
LIVED = 2  # weeks
LIMITS = {"p95, ms": 400}


def main() -> int:
    """Ask, print and keep it; 1 where it takes longer than the limit."""
    parser = ArgumentParser()
    parser.add_argument("--couples", type=int, default=COUPLES)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    asked = list(answers(range(wanted.seed, wanted.seed + wanted.couples)))
    took, busy = [took for took, _, _ in asked], [busy for _, busy, _ in asked]
    offered = Counter(others for _, _, others in asked)
    figures = {"median, ms": median(took), "p95, ms": p95(took), "p95 of the processor": p95(busy)}
    sys.stdout.write(f"weeks by how many stood beside them: {sorted(offered.items())}\n{figures}\n")
    return keep("alternatives", {"offered": dict(offered)}, figures, LIMITS)


def answers(seeds: range) -> Iterator[tuple[float, float, int]]:
    """The milliseconds of each answer, those of the processor, and how many weeks it offers."""
    for seed in seeds:
        *_, lived = natural.live(natural.couple(seed, LIVED))
        now = natural.sunday(lived.plan.week, lived.context.household)
        begun, busy = time.perf_counter(), time.process_time()
        others = alternatives.alternatives(lived.plan, lived.context, now)
        yield (
            (time.perf_counter() - begun) * 1000,
            (time.process_time() - busy) * 1000,
            len(others),
        )


if __name__ == "__main__":
    sys.exit(main())
