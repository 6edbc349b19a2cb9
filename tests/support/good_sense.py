"""Places that two sensible people would not choose, though they are legal: counted by minutes.

Nothing here comes from what places rituals: a week is `Life`, sets of minutes and clock times.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations

from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence, Plan, standing
from rituals.model.ritual import Needs, Ritual, Size
from rituals.model.time.span import Spans
from tests.support.life_by_minute import Life, Minutes, minutes_of, touched

LAST_THING = ("goodnight-kiss",)
SHORTEST = 5  # minutes, of anything
BEFORE_SLEEP, BEFORE_BED, BEFORE_LEAVING = 60, 30, 60
WAY_HOME = 20
SMALL_HOURS = timedelta(hours=4)
EVENING = 17  # o'clock
ONE_DATE_S_END = 60  # minutes after the evening's beginning
TEENAGERS, WITH_TEENAGERS = time(22), time(20, 30)  # their bedtime or later; an evening beside them
LONGER = 30  # what a longer date is at least longer by


@dataclass(frozen=True)
class Case:
    """One place that a rule looked at; `at_fault` where a sensible couple would not choose it."""

    rule: str
    at_fault: bool
    where: str


def cases(
    plan: Plan, busy: Mapping[str, Spans], household: Household, rituals: Mapping[str, Ritual]
) -> Iterator[Case]:
    """Every place of a week that one of the rules looks at."""
    week = _Week(plan, busy, household, rituals)
    for rule, look in RULES.items():
        for occurrence, at_fault in look(week):
            begins = occurrence.start.astimezone(household.tz)
            yield Case(rule, at_fault, f"{plan.week} {occurrence.title}, {begins:%a %H:%M}")


class _Week:
    """The occurrences of a week and who is where in each minute of it."""

    def __init__(
        self,
        plan: Plan,
        busy: Mapping[str, Spans],
        household: Household,
        rituals: Mapping[str, Ritual],
    ) -> None:
        self.household, self.rituals = household, rituals
        self.life = Life(household, plan.week)
        self.lying = standing(plan)
        self.sitter = self.life.sitter | minutes_of(plan.sitter)
        self.gone = {
            key: self.life.missing(key) | minutes_of(busy.get(key, ())) for key in (ONE, TWO)
        }

    def ritual(self, o: Occurrence) -> Ritual:
        return self.rituals[o.ritual or ""]

    def day(self, o: Occurrence) -> date:
        """Its day: the small hours are still the evening before."""
        return (o.start.astimezone(self.household.tz) - SMALL_HOURS).date()

    def hour(self, o: Occurrence) -> int:
        """The hour of its day, past 24 in the small hours."""
        at = o.start.astimezone(self.household.tz)
        return at.hour + 24 * (at.date() > self.day(o))

    def lies(self, o: Occurrence, days: Sequence[date] = ()) -> Minutes:
        """The minutes of its windows, on its day or some, when its people are awake and there."""
        found = self.life.lie(self.ritual(o).windows, days or [self.day(o)], o.partner or "")
        for key in people(o):
            found -= self.gone[key] | self.life.nights[key]
        return found


def people(o: Occurrence) -> tuple[str, ...]:
    """Keys of the partners who take part."""
    return (o.partner,) if o.partner else (ONE, TWO)


def minutes(o: Occurrence) -> range:
    """The minutes that it takes."""
    return touched(o.start, o.end)


def _last_thing(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """A goodnight over an hour before the two could still have said it."""
    for o in week.lying:
        if o.ritual in LAST_THING:
            latest = max(_in_a_row(week.lies(o)), default=0)
            yield o, latest - minutes(o).stop > BEFORE_SLEEP


def _bedtime(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """Bringing the children to bed, over long before they go there."""
    for o in week.lying:
        if o.ritual == "bedtime-solo" and week.life.bed:
            there = week.lies(o) - week.life.elsewhere - week.life.bed
            yield o, max(there, default=0) + 1 - minutes(o).stop > BEFORE_BED


def _send_off(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """A good-bye long before anybody goes, though some morning has one to say."""
    some = [o for o in week.lying if o.ritual == "send-off"]
    for o in some:
        taken = {week.day(other) for other in some if other is not o}
        free = [day for day in week.life.days if day not in taken]
        window = week.lies(o, free)
        reach = any(not window.isdisjoint(range(at - BEFORE_LEAVING, at)) for at in _leaving(week))
        waits = min(at - minutes(o).stop for at in _leaving(week) if at >= minutes(o).stop)
        yield o, reach and waits > BEFORE_LEAVING


def _leaving(week: _Week) -> list[int]:
    """The minutes in which work begins, or the children go."""
    some = [week.life.work[ONE], week.life.work[TWO], week.life.away[ONE], week.life.away[TWO]]
    if week.household.children:
        some.append(week.life.elsewhere)
    end = max(week.life.whole) + 24 * 60
    return sorted({m for gone in some for m in gone if m - 1 not in gone} | {end})


def _bodies(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """What needs both in one place while one of them is at work, on a trip or asleep by day."""
    for o in week.lying:
        if week.ritual(o).in_person:
            gone = week.life.missing(ONE) | week.life.missing(TWO)
            yield o, not gone.isdisjoint(minutes(o))


def _way_home(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """Leaving the house with no time for the way there from home, or back to it.

    A kiss of the two who come home together needs no way.
    """
    for o in week.lying:
        if o.leaves:
            yield o, any(_too_near(o, other) for other in week.lying if other is not o)


def _too_near(out: Occurrence, other: Occurrence) -> bool:
    if not set(people(out)) & set(people(other)):
        return False
    if other.size is Size.SMALL and set(people(other)) <= set(people(out)):
        return False
    a, b = minutes(out), minutes(other)
    return a.start - WAY_HOME < b.stop and b.start < a.stop + WAY_HOME


def _one_thing(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """A second thing for the two on one evening; small ones aside."""
    some = [o for o in week.lying if _for_two(o) and week.hour(o) >= EVENING]
    doubled = {
        o.id
        for pair in combinations(some, 2)
        if week.day(pair[0]) == week.day(pair[1])
        for o in pair
    }
    for o in some:
        yield o, o.id in doubled


def _for_two(o: Occurrence) -> bool:
    together = o.partner is None and o.kind is Kind.TOGETHER
    return together and not o.with_children and o.size is not Size.SMALL


def _date_s_end(week: _Week) -> Iterator[tuple[Occurrence, bool]]:
    """A date that is over soon after the children's bedtime, where it could have lasted."""
    for o in week.lying:
        ritual = week.ritual(o)
        if o.size is Size.EVENING and ritual.needs is Needs.SITTER and week.household.children:
            yield o, _is_over_early(week, o) and _could_last(week, o)


def _is_over_early(week: _Week, o: Occurrence) -> bool:
    """True within the hour after its evening began; a baby has no bedtime that begins one."""
    begins = _evening_s_beginning(week, week.day(o))
    return bool(week.life.bed) and minutes(o).stop < begins + ONE_DATE_S_END


def _evening_s_beginning(week: _Week, day: date) -> int:
    """The minute at which the children sleep; teenagers are up longer and in no way."""
    late, beside = (
        int(datetime.combine(day, clock, week.household.tz).timestamp()) // 60
        for clock in (TEENAGERS, WITH_TEENAGERS)
    )
    begins = week.life.evening(day)
    return beside if begins >= late else begins


def _could_last(week: _Week, o: Occurrence) -> bool:
    """True where the same evening had room until half an hour later or more."""
    own = minutes(o)
    free = week.lies(o)
    for other in week.lying:
        if other is not o and other.size is not Size.SMALL and set(people(other)) & set(people(o)):
            free -= set(minutes(other))
    if week.sitter.issuperset(own):
        free &= week.sitter
    return set(range(own.stop, own.stop + LONGER)) <= free


def _in_a_row(free: Minutes) -> Iterator[int]:
    """The ends of the shortest stretches that lie wholly in some minutes."""
    return (m + SHORTEST for m in free if all(m + n in free for n in range(SHORTEST)))


RULES: dict[str, Callable[[_Week], Iterator[tuple[Occurrence, bool]]]] = {
    "a goodnight over an hour before sleep": _last_thing,
    "bedtime solo over 30 min before bedtime": _bedtime,
    "send-off over an hour before anybody leaves": _send_off,
    "in person over somebody's work or trip": _bodies,
    "something within the way home": _way_home,
    "two things for two on one evening": _one_thing,
    "a date that ends at bedtime and could last": _date_s_end,
}
