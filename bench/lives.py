"""Invented households whose weeks are not alike, and a year of what is different in them.

Cycles of shifts, trips, days off, holidays, custody, sitters, babies and teens: what the hundred
weeks of households.py do not have. The same seed always has the same life.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from bench import households
from rituals.model import local_time
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Hours, Household
from rituals.model.plan import Choice
from rituals.model.ritual import Ritual
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Spans
from rituals.model.time.week import Week
from rituals.model.usual import Child, DayHours, Elsewhere, Holidays, Usual
from rituals.planning.placement.request import Surroundings

WEEKS = 52
FIRST = Week(2026, 20)  # a year with both changes of the clocks, and a week 53
CHOSEN = 12  # rituals
OUT_OF_THE_HOUSE = ("run-or-swim", "hour-out-of-the-house", "long-walk", "evening-walk")
EARLY, LATE, NIGHT = (time(6), 8), (time(14), 8), (time(22), 8)  # a shift's start and its hours
CUSTODY = {
    "every second weekend": ("Fri 16:00-Mon 08:00 2 0",),
    "2-2-3": ("Wed 08:00-Fri 08:00 2 0", "Mon 08:00-Wed 08:00 2 1", "Fri 08:00-Mon 08:00 2 1"),
    "week on, week off": ("Fri 16:00-Fri 16:00 2 0",),
    "Wednesdays": ("Wed 15:30-Thu 08:00 1 0",),
}
SITTERS = ("Fri 19:00-Fri 23:00 2 0", "Wed 17:00-Wed 21:30 1 0", "Sat 18:00-Sun 00:30 3 1")
REGIONS = ("DE", "DE-BY", "US", "AU")


@dataclass(frozen=True)
class ALife:
    """A household, its rituals, what it chooses each week, and what is told on each Sunday."""

    household: Household
    rituals: dict[str, Ritual]
    choices: tuple[Choice, ...]
    weeks: tuple[Week, ...]
    told: dict[Week, tuple[Difference, ...]]
    busy: dict[Week, dict[str, Spans]]


def lives(seed: int, weeks: int = WEEKS) -> ALife:
    """The life of this seed: a household with a year of exceptions told on the Sunday before."""
    chance = Random(f"life {seed}")  # noqa: S311 - nothing secret is drawn
    household = unlike(chance)
    rituals = {r.id: _marked(r) for r in households.own_rituals(chance, household)}
    shown = tuple(FIRST + n for n in range(weeks))
    busy = chance.choice([0, 0, 4, 12])
    return ALife(
        household,
        rituals,
        tuple(_choices(chance, list(rituals.values()))),
        shown,
        {week: tuple(_exceptions(chance, household, week)) for week in shown},
        {week: households.calendars(chance, household, week, busy) for week in shown},
    )


def unlike_cases() -> list[households.Case]:
    """The hundred measured weeks once more, in households whose weeks are not alike."""
    return [unlike_case(case) for case in households.cases()]


def unlike_case(case: households.Case) -> households.Case:
    """The same rituals, calendars and week in such a household, with its exceptions told."""
    chance = Random(f"unlike {case.name}")  # noqa: S311 - nothing secret is drawn
    household = with_facts(chance, case.household)
    told = tuple(_exceptions(chance, household, case.week))
    household = replace(household, differences=told)
    around: Surroundings = replace(case.around, sitter=Spans())
    return replace(case, name=f"{case.name}, unlike", household=household, around=around)


def unlike(chance: Random) -> Household:
    """A household of its own usual weeks."""
    household, _ = households.a_household(chance)
    return with_facts(chance, household)


def with_facts(chance: Random, household: Household) -> Household:
    """The household with turns, custody, sitters, holidays, and hours that differ by day."""
    hours, usual = household.hours, Usual()
    for partner in (ONE, TWO):
        if chance.random() < 0.35:
            hours, usual = _in_turns(chance, partner, hours, usual)
    if chance.random() < 0.12:
        hours = replace(hours, bedtime=time(22, 30))  # a teenager's
    usual = replace(
        usual,
        days=tuple(_other_hours(chance)),
        school=_turns(chance, ("Wed 15:30-Wed 17:00 2 1",)) if chance.random() < 0.2 else (),
        elsewhere=tuple(_custody(chance)),
        sitter=_turns(chance, [chance.choice(SITTERS)]) if chance.random() < 0.5 else (),
        children=(Child("Mia", 2019),),
        holidays=_holidays(chance),
        no_bedtime=chance.random() < 0.12,
    )
    return replace(household, hours=hours, usual=usual)


def _in_turns(chance: Random, partner: str, hours: Hours, usual: Usual) -> tuple[Hours, Usual]:
    """Early, late and night shifts by week; the sleep after the night ones."""
    begun = FIRST.monday + timedelta(weeks=chance.randrange(3))
    shifts = chance.sample([EARLY, LATE, NIGHT], chance.choice([2, 3]))
    work = tuple(
        _turn(begun + timedelta(weeks=number), at, length, len(shifts), (0, 1, 2, 3, 4))
        for number, (at, length) in enumerate(shifts)
    )
    nights = [begun + timedelta(weeks=n) for n, shift in enumerate(shifts) if shift == NIGHT]
    sleep = tuple(
        _turn(monday + timedelta(days=1), time(7, 30), 7, len(shifts), (1, 2, 3, 4, 5))
        for monday in nights
    )
    return (
        replace(hours, work={**hours.work, partner: ()}),
        replace(usual, work={**usual.work, partner: work}, asleep={**usual.asleep, partner: sleep}),
    )


def _turn(day: date, at: time, hours: int, weeks: int, days: tuple[int, ...]) -> Recurrence:
    start = datetime.combine(day, at)
    return Recurrence(start, start + timedelta(hours=hours), weeks, days)


def _turns(chance: Random, written: Sequence[str]) -> tuple[Recurrence, ...]:
    """The turns of "Fri 19:00-Fri 23:00 2 1": every two weeks, from the second one on."""
    first = chance.randrange(2)
    return tuple(_read(text, first) for text in written)


def _read(text: str, first: int) -> Recurrence:
    start_day, clocks, end, weeks, late = text.split()
    start_at, end_day = clocks.split("-")
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    monday = FIRST.monday + timedelta(weeks=int(late) + first)
    start, last = names.index(start_day), names.index(end_day)
    length = last - start if (last, end) > (start, start_at) else last - start + 7
    begins = datetime.combine(monday + timedelta(days=start), time.fromisoformat(start_at))
    ends = datetime.combine(begins.date() + timedelta(days=length), time.fromisoformat(end))
    return Recurrence(begins, ends, int(weeks))


def _other_hours(chance: Random) -> Iterator[DayHours]:
    if chance.random() < 0.4:
        yield DayHours.read("Fri,Sat bedtime 20:30 sleep 00:30")
    if chance.random() < 0.3:
        yield DayHours.read("Sat,Sun wake 08:00")
    if chance.random() < 0.2:
        yield DayHours.read("daily wake 08:00 sleep 00:30", chance.choice([ONE, TWO]))


def _custody(chance: Random) -> Iterator[Elsewhere]:
    if chance.random() < 0.4:
        for turn in _turns(chance, CUSTODY[chance.choice(sorted(CUSTODY))]):
            yield Elsewhere(turn, "their other home")


def _holidays(chance: Random) -> Holidays:
    off = chance.choice([(), (ONE,), (TWO,), (ONE, TWO)])
    region = chance.choice(["", *REGIONS])
    return Holidays(region, off, chance.random() < 0.8)


def _marked(ritual: Ritual) -> Ritual:
    """The ritual with the mark of those that leave the house."""
    known = ritual.id.removesuffix("-of-ours")
    return replace(ritual, leaves=True) if known in OUT_OF_THE_HOUSE else ritual


def _choices(chance: Random, rituals: Sequence[Ritual]) -> Iterator[Choice]:
    for ritual in chance.sample(rituals, CHOSEN):
        times = min(ritual.frequency.least or 1, 3)
        for partner in households.for_whom(chance, ritual):
            yield Choice(ritual.id, partner, times)


def _exceptions(chance: Random, household: Household, week: Week) -> Iterator[Difference]:
    """Up to four things that are different in a week, in the order in which they are told."""
    first = local_time.first_day(week, household)
    told = datetime.combine(first - timedelta(days=1), time(20), UTC)
    for number in range(chance.choice([0, 0, 1, 1, 2, 3, 4])):
        day = first + timedelta(days=chance.randrange(7))
        at = told + timedelta(minutes=number)
        yield replace(_exception(chance, day), id=f"{week} {number}", told=at)


def _exception(chance: Random, day: date) -> Difference:
    """One of the usual answers to whether anything is different, from a day on."""
    partner, later = chance.choice([ONE, TWO]), day + timedelta(days=chance.randrange(1, 5))
    next_day = day + timedelta(days=1)
    some = (
        _told(What.AWAY, day, later, partner, nights=True),
        _told(What.AWAY, day, later, partner, nights=True),
        _told(What.AWAY, day, next_day, partner, start=time(14), end=time(11), nights=True),
        _told(What.AWAY, day, day, partner),
        _told(What.OFF, day, day, partner),
        _told(What.OFF, day, later, partner),
        _told(What.HOME, day, day, partner),
        _told(What.WORK, day, day, partner, start=time(13), end=time(21, 30)),
        _told(What.WORK, day, day, partner, start=time(22), end=time(6)),
        _told(What.NO_SCHOOL, day, later),
        _told(What.CHILDREN_AWAY, day, next_day, start=time(10), end=time(18), nights=True),
        _told(What.CHILDREN_AWAY, day, later, nights=True),
        _told(What.CHILDREN_AWAY, day, day),
        _told(What.CHILDREN_HOME, day, later),
        _told(What.BEDTIME, day, day, start=chance.choice([time(18, 30), time(21)])),
        _told(What.SITTER, day, day, start=time(18, 45), end=time(22, 50)),
        _told(What.SITTER, day, next_day, start=time(19), end=time(0, 30)),
        _told(What.NO_SITTER, day, later),
    )
    return chance.choice(some)


def _told(  # noqa: PLR0913 - all that can be different
    what: What,
    first: date,
    last: date,
    partner: str = "",
    *,
    start: time | None = None,
    end: time | None = None,
    nights: bool = False,
) -> Difference:
    told = datetime.combine(first, time(), UTC)
    return Difference("", what, first, last, told, partner, start, end, nights)
