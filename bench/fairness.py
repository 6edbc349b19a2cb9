"""Turns between the two: an evening that only one of them can have, and partners who swap names."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from bench.households import suggested
from bench.lives import FIRST, ALife
from bench.natural import Lived, couple, live, sunday
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Hours, Household, Partner, Strand
from rituals.model.local_time import window_spans
from rituals.model.plan import Choice, Occurrence, Plan, standing
from rituals.model.time.span import Spans
from rituals.model.time.window import DAYS, Window
from rituals.model.usual import Usual
from rituals.planning import scheduling

SWAPPED = {ONE: TWO, TWO: ONE}
TURNS = 24  # weeks
NAMES = ("Maya", "Jonas", "Ada", "Zoe", "Sam", "Alex", "Kim", "Noor")
NIGHTS_OUT = ("night-with-friends", "one-old-friend", "something-live", "cinema-alone")
DAYS_OF_ALL = ("Tue", "Wed", "Thu", "Fri")  # on which each of them may lie
T = TypeVar("T")


def contested(seed: int) -> tuple[int, int]:
    """The times that each of the two had the only evening there was, in TURNS weeks."""
    had = {ONE: 0, TWO: 0}
    for lived in live(_contest(seed)):
        for o in standing(lived.plan):
            had[o.partner or ""] += o.ritual in NIGHTS_OUT
    return had[ONE], had[TWO]


def _contest(seed: int) -> ALife:
    """A couple with children and one evening a week on which each of the two would go out.

    In every second one somebody has more time alone besides: a run on Saturday mornings.
    """
    chance = Random(f"contest {seed}")  # noqa: S311 - nothing secret is drawn
    one, two = chance.sample(NAMES, 2)
    weeks = tuple(FIRST + n for n in range(TURNS))
    work = {key: (Window.read("Mon-Fri 09:00-17:00"),) for key in (ONE, TWO)}
    partners = (Partner(ONE, one), Partner(TWO, two))
    household = Household(f"contest-{seed}", partners, True, "Europe/Berlin", 0, Hours(work=work))
    evening = chance.choice(DAYS_OF_ALL)
    taken = [Window.read(f"{day} 17:00-23:45") for day in DAYS if day != evening]
    taken += [
        Window.read("Sat 10:00-23:45"),
        Window.read("Sun 07:00-23:45"),
        Window.read(f"{evening} 17:00-20:00"),
    ]
    hers, his = chance.choice(NIGHTS_OUT), chance.choice(NIGHTS_OUT)
    busy = {week: _busy(taken, week, household) for week in weeks}
    runs = (Choice("run-or-swim", chance.choice([ONE, TWO]), 1),) if seed % 2 else ()
    choices = (Choice(hers, ONE, 1), Choice(his, TWO, 1), *runs)
    rituals = suggested()
    return ALife(household, rituals, choices, weeks, dict.fromkeys(weeks, ()), busy)


def _busy(taken: list[Window], week: object, household: Household) -> dict[str, Spans]:
    return {key: window_spans(taken, week, household) for key in (ONE, TWO)}  # type: ignore[arg-type]


def swaps(seed: int, weeks: int) -> Iterator[tuple[str, bool]]:
    """Each week of a couple; false where the partners, swapped, have another one."""
    for lived in live(couple(seed, weeks)):
        household = lived.context.household
        begun, context = _plan(lived.begun), _context(lived)
        other = scheduling.scheduled(begun, context, sunday(begun.week, household))
        yield f"{seed} {begun.week}", _lies(other) == _lies(_plan(lived.plan))


def _lies(plan: Plan) -> list[tuple[str, ...]]:
    return sorted(
        (o.ritual or "", o.partner or "", str(o.start), str(o.end)) for o in standing(plan)
    )


def _context(lived: Lived) -> PlanningContext:
    context = lived.context
    return replace(
        context,
        household=_household(context.household),
        rituals={id: replace(r, thinks=_key(r.thinks)) for id, r in context.rituals.items()},
        busy=_keyed(context.busy),
        past=tuple(map(_occurrence, context.past)),
    )


def _household(household: Household) -> Household:
    one, two = household.partners
    partners = (Partner(ONE, two.name), Partner(TWO, one.name))
    differences = tuple(replace(d, partner=_key(d.partner)) for d in household.differences)
    hours = replace(household.hours, work=_keyed(household.hours.work))
    usual = _usual(household.usual)
    return replace(household, partners=partners, hours=hours, usual=usual, differences=differences)


def _usual(usual: Usual) -> Usual:
    return replace(
        usual,
        work=_keyed(usual.work),
        asleep=_keyed(usual.asleep),
        days=tuple(replace(line, partner=_key(line.partner)) for line in usual.days),
        holidays=replace(usual.holidays, off=tuple(_key(key) for key in usual.holidays.off)),
    )


def _plan(plan: Plan) -> Plan:
    hopes = {Strand(s.kind, _partner(s.partner)): hope for s, hope in plan.hopes.items()}
    choices = tuple(replace(c, partner=_partner(c.partner)) for c in plan.choices)
    occurrences = tuple(map(_occurrence, plan.occurrences))
    return replace(plan, hopes=hopes, choices=choices, occurrences=occurrences)


def _occurrence(o: Occurrence) -> Occurrence:
    if o.partner is None:
        return o
    other = _key(o.partner)
    return replace(o, id=o.id.replace(f"/{o.partner}/", f"/{other}/"), partner=other)


def _partner(key: str | None) -> str | None:
    return key and _key(key)


def _key(key: str) -> str:
    return SWAPPED.get(key, key)


def _keyed(some: Mapping[str, T]) -> dict[str, T]:
    return {key: some[_key(key)] for key in (ONE, TWO) if _key(key) in some}
