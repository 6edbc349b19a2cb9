"""Exchanges pressed: each has to place its ritual, leave what is held, and stay when placed again.

Natural selections in fuller weeks than usual, some of what lies there pinned. Every plan that an
exchange makes is walked minute by minute, and planned once more.
"""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from random import Random
from statistics import median

from bench import households, natural
from bench.lives import ALife
from bench.machine import keep, p95
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import fitting
from rituals.model.time.span import Span, Spans
from rituals.planning import scheduling
from rituals.planning.options import exchanges
from rituals.planning.options.exchanges import Exchange
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings
from tests.support.legality import faults

PRESSED = 500
LIMITS = {
    "without their ritual": 0,
    "faults": 0,
    "held and changed": 0,
    "undone": 0,
    "p95, ms": 400,
}
MORE = 8  # appointments in the two calendars
OTHERS = 5000  # seeds of those whose choices come on top
PINNED = 0.2  # of what lies in the week


@dataclass(frozen=True)
class Asked:
    """A week in which a ritual has no place, and what is offered for it."""

    name: str
    plan: Plan
    context: PlanningContext
    wanted: Request
    offers: tuple[Exchange, ...]
    took: float


def main() -> int:
    """Press exchanges until there are enough; 1 where something is above its limit."""
    parser = ArgumentParser()
    parser.add_argument("--pressed", type=int, default=PRESSED)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    pressed, without_offer, took, wrong = 0, 0, [], dict.fromkeys(LIMITS, 0)
    for asked in questions(wanted.seed):
        took.append(asked.took)
        without_offer += not asked.offers
        for offer in asked.offers:
            pressed += 1
            for what in complaints(asked, offer):
                wrong[what.partition(":")[0]] += 1
                sys.stdout.write(f"  {asked.name} {what}\n")
        if pressed >= wanted.pressed:
            break
    figures = wrong | {"p95, ms": p95(took)}
    sys.stdout.write(
        f"{pressed} exchanges of {len(took)} rituals pressed, {without_offer} had none; "
        f"median {median(took):.0f} ms, p95 {p95(took):.0f}, most {max(took):.0f}\n{wrong}\n"
    )
    return keep("exchanges", {"pressed": pressed}, figures, LIMITS)


def questions(seed: int) -> Iterator[Asked]:
    """Each ritual without a place in one full week after another."""
    for number in count(seed):
        yield from questions_of(number)


def questions_of(seed: int) -> Iterator[Asked]:
    """Each ritual without a place in the full week of one couple, with what is offered for it."""
    plan, context = a_full_week(seed)
    now, seen = natural.sunday(plan.week, context.household), set()
    for left in scheduling.unplaced(plan, context, now):
        if (key := (left.wanted.ritual.id, left.wanted.partner)) not in seen:
            seen.add(key)
            begun = time.perf_counter()
            offers = exchanges.exchanges(plan, left.wanted, context, now)
            took = (time.perf_counter() - begun) * 1000
            yield Asked(f"{seed} {left.wanted.ritual.id}", plan, context, left.wanted, offers, took)


def a_full_week(seed: int) -> tuple[Plan, PlanningContext]:
    """A week of this seed that holds more than it has room for, some of it pinned."""
    life = asking_for_more(natural.couple(seed, 1), natural.couple(seed + OTHERS, 1))
    chance = Random(f"exchanges {seed}")  # noqa: S311 - nothing secret is drawn
    week = life.weeks[0]
    home = natural.told(life.household, life, week)
    context = natural.context_of(life, home, week, [])
    more = households.calendars(chance, home, week, MORE)
    busy = {key: context.busy.get(key, Spans()) | more[key] for key in (ONE, TWO)}
    context, now = replace(context, busy=busy), natural.sunday(week, home)
    plan = scheduling.scheduled(natural.begin(None, week, life, home), context, now)
    some = (o if chance.random() > PINNED else replace(o, fixed=True) for o in plan.occurrences)
    return replace(plan, occurrences=tuple(some)), context


def asking_for_more(life: ALife, other: ALife) -> ALife:
    """The life with what another couple chose as well: its weeks are too full for all of it."""
    ours = {r.id for r in fitting(life.rituals.values(), life.household)}
    chosen = {(c.ritual, c.partner) for c in life.choices}
    more = [c for c in other.choices if c.ritual in ours and (c.ritual, c.partner) not in chosen]
    return replace(life, choices=(*life.choices, *more))


def complaints(asked: Asked, offer: Exchange) -> Iterator[str]:
    """What is wrong with the plan that an exchange makes, and with the one planned after it."""
    now = natural.sunday(asked.plan.week, asked.context.household)
    after = exchanges.exchanged(asked.plan, offer)
    lies = {o.id: o for o in standing(after)}
    if offer.gets.id not in lies:
        yield "without their ritual"
    for o in asked.plan.occurrences:
        if not scheduling.may_move(o, now) and o not in after.occurrences:
            yield f"held and changed: {o.title}"
    for fault in broken(after, offer, asked):
        yield f"faults: {fault}"
    again = {o.id: o for o in standing(scheduling.scheduled(after, asked.context, now))}
    for o in (offer.gets, *(change.after for change in offer.gives)):
        if hours(again.get(o.id)) != hours(lies.get(o.id)):
            yield f"undone: {o.title}"


def hours(o: Occurrence | None) -> Span | None:
    """The hours of an occurrence; None where it has none."""
    return Span(o.start, o.end) if o else None


def broken(plan: Plan, offer: Exchange, asked: Asked) -> list[str]:
    """The rules that what was changed breaks in the plan."""
    changed = {offer.gets.id, *(change.after.id for change in offer.gives)}
    lying = standing(plan)
    placed = tuple(_placed(o, asked.context) for o in lying if o.id in changed)
    around = Surroundings(
        natural.sunday(plan.week, asked.context.household),
        tuple(o for o in lying if o.id not in changed),
        asked.context.busy,
        Spans(plan.sitter),
    )
    wanted = [one.wanted for one in placed]
    week = Placement(placed, (), True, 0)
    return faults(week, wanted, around, asked.context.household, plan.week)


def _placed(o: Occurrence, context: PlanningContext) -> Placed:
    ritual = context.rituals[o.ritual or ""]
    return Placed(Request(ritual, o.partner, o.number, 1), Span(o.start, o.end), o.reason)


if __name__ == "__main__":
    sys.exit(main())
