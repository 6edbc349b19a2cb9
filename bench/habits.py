"""What weeks do to the next ones: a wish that is moved to by hand, and weeks that come again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from bench.lives import ALife
from bench.natural import Lived, as_planned, begin, context_of, couple, live, sunday, told
from rituals.model import local_time
from rituals.model.context import PlanningContext
from rituals.model.household import ONE, TWO
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning import changes, scheduling
from tests.support.life_by_minute import Life, Minutes, minutes_of, touched

LEARNT = 4  # weeks
NEAR = 15  # minutes, by which a place may be off the wish
QUARTER = 15
AS_IT_WAS = (3, 5)  # the weeks that are compared


def moves(seed: int, weeks: int) -> tuple[int, int]:
    """The moves by hand of a couple with a hidden wish, and the weeks, once LEARNT are over."""
    chance = Random(f"wish {seed}")  # noqa: S311 - nothing secret is drawn
    life = couple(seed, weeks, calm=True)
    some = [c for c in life.choices if c.times == 1 and life.rituals[c.ritual].most_minutes > NEAR]
    choice = chance.choice(some)
    at = _wish(chance, life, life.rituals[choice.ritual], choice.partner)
    if at is None:
        return 0, 0
    moved, done = [], list[Plan]()
    for week in life.weeks:
        household = told(life.household, life, week)
        context, now = context_of(life, household, week, done), sunday(week, household)
        begun = begin(done[-1] if done else None, week, life, household)
        plan = scheduling.scheduled(begun, context, now)
        after = _by_hand(plan, (choice.ritual, choice.partner), at, context, now)
        moved.append(after is not plan)
        done.append(as_planned(after))
    late = moved[LEARNT:]
    return sum(late), len(late)


def _wish(
    chance: Random, life: ALife, ritual: Ritual, partner: str | None
) -> tuple[int, int] | None:
    """A weekday and a minute of the day at which the ritual can lie; None where there is none."""
    week = life.weeks[0]
    there = _possible(life, week, ritual, partner)
    least = ritual.least_minutes
    first = local_time.first_day(week, life.household)
    some = [
        (day, minute)
        for day in range(7)
        for minute in range(0, 24 * 60, QUARTER)
        if there.issuperset(_minutes(first + timedelta(days=day), minute, least, life))
    ]
    return chance.choice(some) if some else None


def _possible(life: ALife, week: Week, ritual: Ritual, partner: str | None) -> Minutes:
    lived = Life(life.household, week)
    found = lived.lie(ritual.windows, lived.days, partner or "")
    for key in [partner] if partner else [ONE, TWO]:
        found -= lived.missing(key) | lived.nights[key] | minutes_of(life.busy[week][key])
    if not life.household.children:
        return found
    awake = lived.at_home - lived.bed
    if ritual.with_children:
        return found & awake
    if ritual.needs.value == "children asleep":
        return found - awake
    other = {ONE: TWO, TWO: ONE}.get(partner or "")
    return found - (lived.at_home & lived.missing(other)) if other else found


def _minutes(day: date, minute: int, length: int, life: ALife) -> range:
    start = _at(day, minute, life)
    return touched(start, start + timedelta(minutes=length))


def _at(day: date, minute: int, life: ALife) -> datetime:
    return local_time.instant(day, time(*divmod(minute, 60)), life.household)


def _by_hand(
    plan: Plan,
    key: tuple[str, str | None],
    at: tuple[int, int],
    context: PlanningContext,
    now: datetime,
) -> Plan:
    """The plan with the one that was wished for elsewhere at its own time, and fixed there."""
    household = context.household
    for o in standing(plan):
        if (o.ritual, o.partner) == key:
            day = local_time.first_day(plan.week, household) + timedelta(days=at[0])
            start = local_time.instant(day, time(*divmod(at[1], 60)), household)
            if abs(o.start - start) <= timedelta(minutes=NEAR):
                return plan
            span = Span(start, start + (o.end - o.start))
            moved = changes.move(plan, o.id, _kept_short(span, o, context), True, now)
            return scheduling.scheduled(moved, context, now)
    return plan


def _kept_short(span: Span, o: Occurrence, context: PlanningContext) -> Span:
    least = context.rituals[o.ritual or ""].least_minutes
    return Span(span.start, min(span.end, span.start + timedelta(minutes=least)))


def comes_again(seed: int) -> bool:
    """True where a week is just like the one before the last, in hours and lengths."""
    lived = list(live(couple(seed, AS_IT_WAS[1] + 1, calm=True)))
    one, other = (lived[number] for number in AS_IT_WAS)
    return _pattern(one) == _pattern(other)


def _pattern(lived: Lived) -> list[tuple[str, ...]]:
    household = lived.context.household
    return sorted(
        (
            o.ritual or "",
            o.partner or "",
            f"{o.start.astimezone(household.tz):%a %H:%M}",
            str(o.minutes),
        )
        for o in standing(lived.plan)
    )


def changes_of_itself(lived: Lived) -> Iterator[str]:
    """Each day of a week on which its plan, made again, is another one though nothing changed."""
    plan, household = lived.plan, lived.context.household
    for day in local_time.days(plan.week, household):
        now = local_time.instant(day, time(12), household)
        again = scheduling.scheduled(plan, lived.context, now)
        if _pattern(replace(lived, plan=again)) != _pattern(lived):
            yield f"{plan.week} {day:%a}"
