"""Selections that a couple would choose together, and their weeks, lived as planned.

The households are those of lives.py: half of them with shifts, custody, sitters, trips. The same
seed always has the same couple.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from bench import households
from bench.lives import FIRST, ALife, lives
from rituals.model import local_time
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO, Household
from rituals.model.plan import Choice, Occurrence, Plan, Said, standing, times
from rituals.model.ritual import Ritual, TakesPart, fitting, suits
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import changes, scheduling
from rituals.planning.placement.place import Placed, Placement
from rituals.planning.placement.request import Request, Surroundings
from rituals.store.context import WEEKS_REMEMBERED
from tests.support.minute_walker import BEFORE, REMEMBERED

# From each row so many (at least, at most) are chosen; with how often a week.
SMALL = {"goodnight-kiss": (5, 7), "send-off": (3, 5), "reunion": (3, 5)}
KIND_WORDS = ("unexpected-text", "note-in-the-bag", "i-noticed", "small-act-of-love")
DATES = ("date-night", "date-night", "date-at-home", "spontaneous-night-out")
TALKS = ("weekly-talk", "late-talk")
EVENINGS = (
    "quiet-hour",
    "book-and-blanket",
    "film-of-your-own",
    "night-with-friends",
    "evening-class",
    "team-or-club",
    "one-old-friend",
)
FAMILY = (
    "pancake-morning",
    "everyone-cooks",
    "table-night",
    "board-game",
    "saturday-adventure",
    "bike-tour",
    "swim-together",
    "any-weather-walk",
)
FOR_TWO = ("first-cup", "early-night", "two-at-the-stove", "long-walk", "kitchen-radio")


@dataclass(frozen=True)
class Lived:
    """A week as it was planned, and all that it was planned from."""

    begun: Plan
    context: PlanningContext
    plan: Plan


def couple(seed: int, weeks: int, *, calm: bool = False) -> ALife:
    """The natural selection of this seed; calm: in a plain household whose weeks are all alike."""
    chance = Random(f"natural {seed}")  # noqa: S311 - nothing secret is drawn
    is_plain = calm or chance.random() < 0.5
    life = _plain(chance, weeks) if is_plain else lives(seed, weeks)
    suggested = households.suggested()
    ours = fitting(suggested.values(), life.household)
    chosen = tuple(selection(chance, {r.id: r for r in ours}, life.household))
    return replace(life, rituals=suggested, choices=chosen)


def selection(chance: Random, rituals: dict[str, Ritual], household: Household) -> Iterator[Choice]:
    """Eight to fourteen rituals: small daily ones, a date, talks, bedtimes, own evenings, sport."""
    for id in chance.sample(sorted(SMALL), chance.choice([2, 3])):
        yield Choice(id, None, chance.randint(*SMALL[id]))
    for id in chance.sample(KIND_WORDS, chance.choice([1, 1, 2])):
        yield Choice(id, chance.choice([ONE, TWO]), chance.choice([1, 2]))
    yield Choice(chance.choice(DATES), None, 1)
    for id in chance.sample(TALKS, chance.choice([1, 1, 2])):
        yield Choice(id, None, 1)
    for partner in (ONE, TWO):
        yield Choice(chance.choice(EVENINGS), partner, 1)
    yield from _of_each(chance, "run-or-swim", chance.choice([0, 1, 2, 2]))
    yield from _of_the_family(chance, rituals, household)


def _of_the_family(
    chance: Random, rituals: dict[str, Ritual], household: Household
) -> Iterator[Choice]:
    if not household.children:
        for id in chance.sample(FOR_TWO, 2):
            yield Choice(id, None, 1)
        return
    bedtimes = not household.usual.no_bedtime
    yield from _of_each(chance, "bedtime-solo", 2 * bedtimes)
    fit = [id for id in FAMILY if suits(rituals[id], household, FIRST.year) or not rituals[id].ages]
    for id in chance.sample(fit, chance.choice([1, 2]) if bedtimes else 2):
        both = rituals[id].takes_part is TakesPart.BOTH
        yield Choice(id, None if both else chance.choice([ONE, TWO]), 1)


def _of_each(chance: Random, id: str, partners: int) -> Iterator[Choice]:
    times = chance.choice([1, 2])
    for partner in chance.sample([ONE, TWO], partners):
        yield Choice(id, partner, times)


def _plain(chance: Random, weeks: int) -> ALife:
    household, _ = households.a_household(chance)
    shown = tuple(FIRST + n for n in range(weeks))
    none: dict[str, Spans] = {ONE: Spans(), TWO: Spans()}
    return ALife(household, {}, (), shown, dict.fromkeys(shown, ()), dict.fromkeys(shown, none))


def live(life: ALife) -> Iterator[Lived]:
    """Each week of a life, planned from the one before it and lived just as it was planned."""
    done: list[Plan] = []
    household = life.household
    for week in life.weeks:
        household = told(household, life, week)
        context = context_of(life, household, week, done)
        begun = begin(done[-1] if done else None, week, life, household)
        plan = scheduling.scheduled(begun, context, sunday(week, household))
        yield Lived(begun, context, plan)
        done.append(as_planned(plan))


def as_case(lived: Lived) -> tuple[households.Case, Placement]:
    """The week as if just what lies in it had been asked for, with its reasons."""
    plan, context = lived.plan, lived.context
    placed = [_placed(o, plan, context) for o in standing(plan)]
    around = Surroundings(
        sunday(plan.week, context.household),
        busy=context.busy,
        sitter=Spans(plan.sitter),
        past=context.past,
    )
    wanted = tuple(one.wanted for one in placed)
    case = households.Case(str(plan.week), context.household, plan.week, wanted, around)
    return case, Placement(tuple(placed), (), True, 0)


def _placed(o: Occurrence, plan: Plan, context: PlanningContext) -> Placed:
    ritual = context.rituals[o.ritual or ""]
    request = Request(ritual, o.partner, o.number, times(plan, ritual.id, o.partner))
    return Placed(request, Span(o.start, o.end), o.reason)


def begin(last: Plan | None, week: Week, life: ALife, household: Household) -> Plan:
    """The week as it begins, before anything has its place."""
    if last is None:
        return replace(changes.first_plan(week, household), choices=life.choices)
    return changes.carried_over(last, week, household)


def context_of(
    life: ALife, household: Household, week: Week, done: Sequence[Plan]
) -> PlanningContext:
    """What a week is planned in, with the last weeks as the store reads them."""
    before = list(reversed(done))[:WEEKS_REMEMBERED]
    past = tuple(o for plan in before for o in standing(plan))
    return PlanningContext(household, life.rituals, life.busy[week], past)


def told(household: Household, life: ALife, week: Week) -> Household:
    """The household once it was told what is different in a week."""
    kept = (d for d in household.differences if d.last > week.monday - REMEMBERED)
    return replace(household, differences=(*kept, *life.told[week]))


def sunday(week: Week, household: Household) -> datetime:
    """The evening on which a week is planned."""
    return local_time.week_span(week, household).start - BEFORE


def as_planned(plan: Plan) -> Plan:
    """The plan after its week, in which everything happened as it stood there."""
    return replace(plan, occurrences=tuple(_happened(plan.occurrences)))


def _happened(occurrences: Iterable[Occurrence]) -> Iterator[Occurrence]:
    for o in occurrences:
        gone = o.let_go or not o.chosen
        yield o if gone else replace(o, said=Said.AS_PLANNED, lived=o.minutes)
