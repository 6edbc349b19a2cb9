"""Lives walked minute by minute: is anybody with the children, and else is it asked?

    python -m tests.support.minute_walker --households 200
    python -m tests.support.minute_walker --households 20 --without placement

Each week is planned on the Sunday before, some of it is pinned, and it is planned again after what
is different was told. Who is there is worked out here, not by what places or asks.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from unittest.mock import patch

from bench.lives import ALife, lives
from rituals.model import childcare, local_time
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.planning import scheduling
from rituals.planning.changes import first_plan
from rituals.planning.placement.grid import Grid
from tests.support.life_by_minute import NOBODY, Life, Minutes, minutes_of, touched

PINNED = 0.15  # of what was placed, before the week's exceptions were told
BEFORE = timedelta(hours=3)  # a week begins, it is planned
REMEMBERED = timedelta(days=21)  # what ended before touches no week any more


@dataclass(frozen=True)
class Walked:
    """Minutes of the weeks that were walked."""

    weeks: int = 0
    plans: int = 0
    home: int = 0  # in which children are at home
    alone: int = 0  # of these, in which nobody is with them
    unexplained: int = 0  # of these, in which nothing is asked
    needless: int = 0  # in which it is asked although somebody is there
    created: int = 0  # in which nobody is there because something was placed
    first: str = ""  # week and minute in which something is wrong

    def __add__(self, other: "Walked") -> "Walked":
        names = ("weeks", "plans", "home", "alone", "unexplained", "needless", "created")
        sums = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Walked(**sums, first=self.first or other.first)


def walk(life: ALife, seed: int = 0) -> Walked:
    """Each week of a life, planned, told what is different, and planned again."""
    chance = Random(seed)  # noqa: S311 - nothing secret is drawn
    total, household, plan = Walked(), life.household, None
    for week in life.weeks:
        past = plan.occurrences if plan else ()
        now = local_time.week_span(week, household).start - BEFORE
        context = PlanningContext(household, life.rituals, life.busy[week], past)
        plan = _planned(plan, week, life, context, now)
        total += replace(look(plan, (), context), weeks=1)
        if life.told[week]:
            household = _told(household, life, week)
            context = replace(context, household=household)
            plan = _pinned(plan, chance)
            stands = [o for o in plan.occurrences if not scheduling.may_move(o, now)]
            plan = scheduling.scheduled(plan, context, now)
            total += look(plan, stands, context)
    return total


def look(plan: Plan, stands: Iterable[Occurrence], context: PlanningContext) -> Walked:
    """One plan: who is with the children, and whether the page asks where nobody is."""
    household, busy = context.household, context.busy
    life, lying = Life(household, plan.week), standing(plan)
    sitter = life.sitter | minutes_of(plan.sitter)
    alone = left_alone(lying, busy, sitter, life)
    known = childcare.sitter(plan.sitter, plan.week, household)
    asked = minutes_of(childcare.uncovered(lying, busy, known, plan.week, household))
    own = [o for o in lying if _brings_a_sitter(o, context) or o.id in {s.id for s in stands}]
    created = alone - left_alone(own, busy, sitter, life)
    wrong = (alone - asked) | (asked - alone) | created
    return Walked(
        plans=1,
        home=len(life.at_home),
        alone=len(alone),
        unexplained=len(alone - asked),
        needless=len(asked - alone),
        created=len(created),
        first=f"{plan.week} {_at(min(wrong), household)}" if wrong else "",
    )


def left_alone(
    lying: Iterable[Occurrence], busy: Mapping[str, Spans], sitter: Minutes, life: Life
) -> Minutes:
    """The minutes in which children are at home and no adult or sitter is."""
    alone, some = NOBODY, list(lying)
    asleep = life.at_home & life.bed
    for there, sleeping in ((life.at_home - asleep, False), (asleep, True)):
        for key in (ONE, TWO):
            gone = life.missing(key) | minutes_of(busy.get(key, ()))
            there = there & gone.union(
                *(touched(o.start, o.end) for o in some if _takes(o, key, sleeping))
            )
        alone |= there
    return alone - sitter - life.somebodys


def _takes(occurrence: Occurrence, partner: str, sleeping: bool) -> bool:
    """Whether it takes a partner from the children as they are."""
    if occurrence.partner not in (None, partner) or occurrence.with_children:
        return False
    for_oneself = occurrence.kind in (Kind.ALONE, Kind.OUT) and occurrence.size is not Size.SMALL
    return occurrence.leaves or (for_oneself and not sleeping)


def _planned(
    last: Plan | None, week: Week, life: ALife, context: PlanningContext, now: datetime
) -> Plan:
    if last is not None:
        return scheduling.starting_plan(last, week, context, now)
    chosen = replace(first_plan(week, context.household), choices=life.choices)
    return scheduling.scheduled(chosen, context, now)


def _told(household: Household, life: ALife, week: Week) -> Household:
    kept = (d for d in household.differences if d.last > week.monday - REMEMBERED)
    return replace(household, differences=(*kept, *life.told[week]))


def _pinned(plan: Plan, chance: Random) -> Plan:
    pinned = (replace(o, fixed=chance.random() < PINNED) for o in plan.occurrences)
    return replace(plan, occurrences=tuple(pinned))


def _brings_a_sitter(occurrence: Occurrence, context: PlanningContext) -> bool:
    return context.rituals[occurrence.ritual or ""].needs is Needs.SITTER


def _at(minute: int, household: Household) -> str:
    return f"{datetime.fromtimestamp(minute * 60, household.tz):%a %d %b %H:%M}"


@contextmanager
def without(rule: str) -> Iterator[None]:
    """The planner without the rule that somebody is with the children, in one of its places."""
    nothing = {
        "placement": (Grid, "uncared", lambda _grid, _body: 0),
        "question": (childcare, "uncovered", lambda *_: Spans()),
        "night": (childcare, "uncovered", _only_by_day),
    }
    if rule not in nothing:
        yield
        return
    where, name, other = nothing[rule]
    scheduling.forget_placements()  # those made with the rule
    try:
        with patch.object(where, name, other):
            yield
    finally:
        scheduling.forget_placements()


def _only_by_day(
    lying: Iterable[Occurrence],
    busy: Mapping[str, Spans],
    sitter: Spans,
    week: Week,
    household: Household,
) -> Spans:
    """The question as it would be if nobody had to be in the house while the children sleep."""
    asked = _UNCOVERED(lying, busy, sitter, week, household)
    return asked - childcare.children(week, household).asleep


_UNCOVERED = childcare.uncovered


def main() -> int:
    """Walk, and print what was found; 1 where a minute is unexplained or was made by us."""
    read = argparse.ArgumentParser()
    read.add_argument("--households", type=int, default=200)
    read.add_argument("--first", type=int, default=0)
    read.add_argument("--weeks", type=int, default=52)
    read.add_argument("--without", choices=["placement", "question", "night"], default="")
    asked = read.parse_args()
    total, begun = Walked(), time.process_time()
    with without(asked.without):
        for seed in range(asked.first, asked.first + asked.households):
            found = walk(lives(seed, asked.weeks), seed)
            if found.first:
                print(f"life {seed}: {found}", flush=True)
            total += found
            _progress(seed, total, begun)
    print(f"{total}\n{time.process_time() - begun:.0f} s of the processor")
    return 1 if total.unexplained or total.created else 0


def _progress(seed: int, total: Walked, begun: float) -> None:
    """One line on stderr a life: a walk that is ended early has said how far it came."""
    used = f"{time.process_time() - begun:.0f} s of the processor"
    print(f"to life {seed}: {total}, {used}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
