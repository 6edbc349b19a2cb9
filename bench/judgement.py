"""Figures of good sense beside their limits: would two sensible people call these weeks good?

    python -m bench.judgement --selections 30 --only sense
    python -m bench.judgement --seed 7

Couples, weeks and what is done to them are drawn anew from each seed. Nothing of what is counted
is worked out by what places rituals. 1 where a figure is above its limit.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import fairness, habits, hard_weeks, natural
from bench.households import SIZES, Case, generate
from bench.lives import unlike_case
from rituals.model.plan import standing
from rituals.planning.choices import secret
from rituals.planning.placement.place import Placement, place
from tests.support import good_sense
from tests.support.legality import faults
from tests.support.truth import untrue

EACH_SENSE = 2.0  # per cent of the places that a rule looks at
MORE_WITHOUT = 2.0  # points above --before
CONTESTS, SWAPPED_WEEKS, UNCHANGED_WEEKS = 20, 200, 200
MOVES, AGAIN, HARD_SHARE = 0.3, 10.0, 60.0
WISHING_WEEKS = 12
UNSEEN, UNSEEN_EACH = 100_000, 10  # the first seed; weeks for each selection


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    figure: float
    limit: float | None
    note: str = ""

    def __str__(self) -> str:
        limit = "" if self.limit is None else f"{self.limit:8.2f}"
        mark = "over" if self.is_over else ""
        return f"{self.what:46}{self.figure:8.2f} {limit:8} {mark:5} {self.note}"

    @property
    def is_over(self) -> bool:
        """True where the figure is above its limit."""
        return self.limit is not None and self.figure > self.limit


def sense(asked: argparse.Namespace) -> Iterator[Row]:
    """Each sort of place that two sensible people would not choose, in lived natural weeks."""
    looked, wrong, where = Counter[str](), Counter[str](), dict[str, str]()
    wanted = placed = 0
    for seed in _seeds(asked):
        life = natural.couple(seed, asked.weeks)
        for lived in natural.live(life):
            context, plan = lived.context, lived.plan
            rituals = context.rituals
            wanted += sum(c.times for c in plan.choices if not secret.is_secret(c, rituals))
            placed += len(standing(plan))
            for case in good_sense.cases(plan, context.busy, context.household, context.rituals):
                looked[case.rule] += 1
                wrong[case.rule] += case.at_fault
                if case.at_fault:
                    where[case.rule] = f"e.g. couple {seed}, {case.where}"
    for rule in good_sense.RULES:
        note = f"{wrong[rule]} of {looked[rule]} {where.get(rule, '')}"
        yield Row(f"{rule}, %", _share(wrong[rule], looked[rule]), EACH_SENSE, note)
    limit = None if asked.before is None else asked.before + MORE_WITHOUT
    without = wanted - placed
    yield Row("no place, %", _share(without, wanted), limit, f"{without} of {wanted}")


def turns(asked: argparse.Namespace) -> Iterator[Row]:
    """A contested evening in turns, and weeks that are other ones with the partners swapped."""
    had = [fairness.contested(seed) for seed in list(_seeds(asked))[:CONTESTS]]
    far = max(max(abs(times - fairness.TURNS / 2) for times in both) for both in had)
    yield Row("contested evening, most off 12", far, 1, f"{sorted(had)}")
    found = [week for seed in _seeds(asked) for week in fairness.swaps(seed, asked.weeks)]
    wrong = [week for week, same in found[:SWAPPED_WEEKS] if not same]
    note = f"of {len(found[:SWAPPED_WEEKS])} {wrong[:3]}"
    yield Row("weeks that differ with the partners swapped", len(wrong), 0, note)


def wishes(asked: argparse.Namespace) -> Iterator[Row]:
    """Moves by hand that a hidden wish still takes, and weeks that come again."""
    some = [habits.moves(seed, WISHING_WEEKS) for seed in _seeds(asked)]
    moved, weeks = (sum(column) for column in zip(*some, strict=True))
    note = f"{moved} in {weeks} weeks"
    yield Row("moves by hand a week, after four", moved / max(weeks, 1), MOVES, note)
    again = sum(habits.comes_again(seed) for seed in _seeds(asked))
    yield Row("week 6 equals week 4, %", _share(again, asked.selections), AGAIN)


def unchanged(asked: argparse.Namespace) -> Iterator[Row]:
    """Weeks that change on some day though nothing did."""
    found = [[*habits.changes_of_itself(lived)] for lived in _weeks(asked, UNCHANGED_WEEKS)]
    wrong = [days[0] for days in found if days]
    yield Row("weeks that change though nothing did", len(wrong), 0, f"of {len(found)} {wrong[:3]}")


def less(asked: argparse.Namespace) -> Iterator[Row]:
    """Blocks of a hard week beside those of a usual one, and of a week without hopes."""
    some = [hard_weeks.hard(lived) for lived in _weeks(asked, asked.selections, each=1)]
    shares = [_share(hard, usual) for usual, hard, _ in some]
    note = f"mean {sum(shares) / len(shares):.0f}"
    yield Row("hard week, most of a usual one's blocks, %", max(shares), HARD_SHARE, note)
    yield Row("dear ones lost in hard weeks", sum(dear for _, _, dear in some), 0)
    none = [hard_weeks.nothing_hoped(lived) for lived in _weeks(asked, asked.selections, each=1)]
    note = f"{sum(all_ for all_, _ in none)} blocks in all"
    yield Row("blocks for which nothing is hoped", sum(left for _, left in none), 0, note)


def unseen(asked: argparse.Namespace) -> Iterator[Row]:
    """Broken rules in weeks that no seed of the other benches has, half of them unlike."""
    wrong, weeks = [], 0
    for case, placement in _placed(asked, UNSEEN_EACH * asked.selections):
        weeks += 1
        found = faults(placement, case.wanted, case.around, case.household, case.week)
        wrong += [f"{case.name}: {fault}" for fault in found]
    yield Row("faults in unseen weeks", len(wrong), 0, f"of {weeks} weeks {wrong[:2]}")


def reasons(asked: argparse.Namespace) -> Iterator[Row]:
    """Sentences on placed rituals that are not so, in unseen weeks and in natural ones."""
    wrong, said = [], 0
    for case, placement in _placed(asked, 2 * asked.selections):
        said += len(placement.placed)
        wrong += [f"{case.name}: {sentence}" for sentence in untrue(case, placement)]
    yield Row("untrue reasons", len(wrong), 0, f"of {said} placed {wrong[:3]}")


def _placed(asked: argparse.Namespace, unseen: int) -> Iterator[tuple[Case, Placement]]:
    """So many unseen weeks, and the last week of each couple."""
    for number in range(unseen):
        case = unseen_week(UNSEEN + asked.seed * UNSEEN_EACH + number)
        yield case, place(case.wanted, case.around, case.household, case.week)
    for lived in _weeks(asked, asked.selections, each=1):
        yield natural.as_case(lived)


def unseen_week(number: int) -> Case:
    """A week of each size in turn; of every second number in a household of unlike weeks."""
    case = generate(number, *SIZES[number % len(SIZES)])
    return unlike_case(case) if number // len(SIZES) % 2 else case


PARTS: dict[str, Callable[[argparse.Namespace], Iterator[Row]]] = {
    "sense": sense,
    "turns": turns,
    "wishes": wishes,
    "unchanged": unchanged,
    "less": less,
    "unseen": unseen,
    "reasons": reasons,
}


def main() -> int:
    """Prints the table; 1 where a figure is above its limit."""
    asked = _asked()
    over = 0
    for name in asked.only or PARTS:
        begun = time.process_time()
        for row in PARTS[name](asked):
            over += row.is_over
            print(row, flush=True)
        print(f"  {name}: {time.process_time() - begun:.0f} s of the processor", flush=True)
    return 1 if over else 0


def _asked() -> argparse.Namespace:
    read = argparse.ArgumentParser()
    read.add_argument("--seed", type=int, default=0, help="the first couple")
    read.add_argument("--selections", type=int, default=100)
    read.add_argument("--weeks", type=int, default=8)
    read.add_argument("--only", action="append", choices=list(PARTS))
    read.add_argument("--before", type=float, help="no place, %%, of an earlier engine")
    return read.parse_args()


def _seeds(asked: argparse.Namespace) -> range:
    return range(asked.seed, asked.seed + asked.selections)


def _weeks(asked: argparse.Namespace, most: int, each: int = 8) -> Iterator[natural.Lived]:
    """Weeks of the couples, so many of each: the last ones, which have some behind them."""
    left = most
    for seed in _seeds(asked):
        for lived in list(natural.live(natural.couple(seed, asked.weeks)))[-each:][:left]:
            left -= 1
            yield lived


def _share(some: int, all_: int) -> float:
    return 100 * some / all_ if all_ else 0.0


if __name__ == "__main__":
    sys.exit(main())
