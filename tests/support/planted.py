"""Legal weeks in which exactly one rule is broken: what a checker of legality has to catch.

Each is planted in the facts or in a place, from clock times; no rule of the planner is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Any

from bench.households import Case
from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Needs, Size
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span, Spans
from rituals.planning.placement.place import Placed, Placement
from tests.support.legality import THE_OTHER, faults
from tests.support.life_by_minute import Life, touched

MINUTE, QUARTER, DAY = timedelta(minutes=1), timedelta(minutes=15), timedelta(days=1)
LATE = time(23, 59)
LAST_TOLD = datetime(2030, 1, 1, tzinfo=UTC)  # over all that was told before


@dataclass(frozen=True)
class Week:
    """A placement and all that it was placed into."""

    case: Case
    placement: Placement

    def faults(self) -> list[str]:
        """Sentences of the checker, one for each broken rule."""
        case, around = self.case, self.case.around
        return faults(self.placement, case.wanted, around, case.household, case.week)

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The placed rituals."""
        return self.placement.placed

    def at(self, one: Placed) -> datetime:
        """The local start of a placed ritual."""
        return one.span.start.astimezone(self.case.household.tz)

    @cached_property
    def life(self) -> Life:
        """The week minute by minute."""
        return Life(self.case.household, self.case.week)


Planting = tuple[Week, str] | None  # with a part of the sentence that is expected


def planted(week: Week, chance: Random) -> Iterator[tuple[str, Week, str]]:
    """The week once for each rule that can be broken in it."""
    for rule, plant in PLANTS.items():
        some = sorted(week.placed, key=lambda one: (one.span, one.wanted.ritual.id))
        chance.shuffle(some)
        found = next((found for one in some if (found := plant(week, one))), None)
        if found:
            yield rule, *found


def _outside_its_windows(week: Week, one: Placed) -> Planting:
    life, ritual = week.life, one.wanted.ritual
    lies = life.lie(ritual.windows, life.days, one.wanted.partner or "")
    for quarters in range(4, 7 * 96, 4):
        span = Span(one.span.start + quarters * QUARTER, one.span.end + quarters * QUARTER)
        if lies.isdisjoint(_minutes(span)):
            return _moved(week, one, span), "lies outside its windows"
    return None


def _in_the_past(week: Week, one: Placed) -> Planting:
    return _around(week, since=one.span.start + MINUTE), "begins in the past"


def _at_an_odd_minute(week: Week, one: Placed) -> Planting:
    span = Span(one.span.start + MINUTE, one.span.end + MINUTE)
    return _moved(week, one, span), "begins neither at a quarter"


def _too_long(week: Week, one: Placed) -> Planting:
    most = timedelta(minutes=one.wanted.ritual.most_minutes + 5)
    span = Span(one.span.start, one.span.start + most)
    return _moved(week, one, span), "lasts other minutes"


def _too_short(week: Week, one: Placed) -> Planting:
    least = timedelta(minutes=one.wanted.ritual.least_minutes - 1)
    span = Span(one.span.start, one.span.start + least)
    return _moved(week, one, span), "lasts other minutes"


def _over_an_appointment(week: Week, one: Placed) -> Planting:
    key = one.wanted.partner or TWO
    return _busy(week, key, Span(one.span.end - MINUTE, one.span.end)), f"takes {key} out of what"


def _over_work(week: Week, one: Placed) -> Planting:
    key = one.wanted.partner or ONE
    if one.wanted.ritual.size is Size.SMALL:
        return None
    return _told(week, one, What.WORK, key), f"takes {key} out of work"


def _a_kiss_at_work(week: Week, one: Placed) -> Planting:
    if one.wanted.ritual.size is not Size.SMALL or not one.wanted.ritual.in_person:
        return None
    return _told(week, one, What.WORK, TWO), f"takes {TWO} out of work"


def _over_a_trip(week: Week, one: Placed) -> Planting:
    key = one.wanted.partner or TWO
    if one.wanted.ritual.size is Size.SMALL:
        return None
    return _told(week, one, What.AWAY, key, nights=True), f"takes {key} away from a trip"


def _a_kiss_on_a_trip(week: Week, one: Placed) -> Planting:
    if one.wanted.ritual.size is not Size.SMALL or not one.wanted.ritual.in_person:
        return None
    return _told(week, one, What.AWAY, ONE, nights=True), f"takes {ONE} away from a trip"


def _over_sleep_by_day(week: Week, one: Placed) -> Planting:
    key, case = one.wanted.partner or ONE, week.case
    start, end = (at.astimezone(case.household.tz) for at in (one.span.start, one.span.end))
    turn = Recurrence(start.replace(tzinfo=None), end.replace(tzinfo=None), 1)
    usual = case.household.usual
    asleep = {**usual.asleep, key: (turn,)}
    household = replace(case.household, usual=replace(usual, asleep=asleep))
    if not set(_minutes(one.span)) <= Life(household, case.week).day_sleep[key]:
        return None  # of a night shift that is not worked one need not sleep
    return replace(week, case=replace(case, household=household)), "takes of somebody's sleep"


def _with_the_children_awake(week: Week, one: Placed) -> Planting:
    life, own = week.life, set(_minutes(one.span)) & week.life.at_home
    if one.wanted.ritual.needs is not Needs.ASLEEP or week.at(one).hour < 17:
        return None
    if not own or not own <= life.bed:
        return None
    day = week.at(one).date()
    told = Difference("planted", What.BEDTIME, day, day, LAST_TOLD, start=LATE)
    return _with(week, told), "finds the children awake"


def _with_children_who_are_away(week: Week, one: Placed) -> Planting:
    if not (one.wanted.ritual.with_children and week.case.household.children):
        return None
    return _told(week, one, What.CHILDREN_AWAY, "", nights=True), "finds the children asleep or"


def _children_alone(week: Week, one: Placed) -> Planting:
    ritual, life = one.wanted.ritual, week.life
    away = ritual.leaves or (
        ritual.kind in (Kind.ALONE, Kind.OUT) and ritual.size is not Size.SMALL
    )
    there = set(_minutes(one.span)) & (life.at_home - life.bed)
    if not (one.wanted.partner and away and there) or ritual.with_children:
        return None
    return _uncovered(week, one), "leaves the children without anybody"


def _sleeping_children_alone(week: Week, one: Placed) -> Planting:
    life, ritual = week.life, one.wanted.ritual
    there = set(_minutes(one.span)) & life.at_home & life.bed
    if not (one.wanted.partner and there) or ritual.with_children:
        return None
    leaves = replace(one, wanted=replace(one.wanted, ritual=replace(ritual, leaves=True)))
    return _uncovered(_instead(week, one, leaves), leaves), "leaves the sleeping children without"


def _at_once(week: Week, one: Placed) -> Planting:
    for other in week.placed:
        if other is not one and None in (one.wanted.partner, other.wanted.partner):
            span = Span(other.span.start, other.span.start + one.span.length)
            return _moved(week, one, span), "asks for the same person as"
    return None


def _twice_a_day(week: Week, one: Placed) -> Planting:
    ritual, start = one.wanted.ritual, one.span.start - MINUTE
    if (start.astimezone(week.case.household.tz)).date() != week.at(one).date():
        return None
    standing = Occurrence(
        "planted",
        ritual.title,
        ritual.kind,
        one.wanted.partner,
        start,
        start + MINUTE,
        LAST_TOLD,
        LAST_TOLD,
        ritual=ritual.id,
        fixed=True,
    )
    around = week.case.around
    return _around(week, standing=(*around.standing, standing)), "lies on the same day as"


def _with_both_apart(week: Week, one: Placed) -> Planting:
    if one.wanted.ritual.kind is not Kind.SOLO or not week.case.household.children:
        return None
    for other in week.placed:
        whose = {one.wanted.partner, other.wanted.partner}
        if other.wanted.ritual.with_children and whose == {ONE, TWO}:
            span = Span(other.span.start, other.span.start + one.span.length)
            return _moved(week, one, span), "asks for the children at the same time"
    return None


def _without_an_answer(week: Week, one: Placed) -> Planting:
    if one.wanted.extra:
        return None
    left = tuple(other for other in week.placed if other is not one)
    return _placed(week, left), "has no answer"


def _answered_twice(week: Week, one: Placed) -> Planting:
    return _placed(week, (*week.placed, one)), "has more answers"


PLANTS: dict[str, Callable[[Week, Placed], Planting]] = {
    plant.__name__.strip("_").replace("_", " "): plant
    for plant in (
        _outside_its_windows,
        _in_the_past,
        _at_an_odd_minute,
        _too_long,
        _too_short,
        _over_an_appointment,
        _over_work,
        _a_kiss_at_work,
        _over_a_trip,
        _a_kiss_on_a_trip,
        _over_sleep_by_day,
        _with_the_children_awake,
        _with_children_who_are_away,
        _children_alone,
        _sleeping_children_alone,
        _at_once,
        _twice_a_day,
        _with_both_apart,
        _without_an_answer,
        _answered_twice,
    )
}


def _minutes(span: Span) -> range:
    return touched(span.start, span.end)


def _placed(week: Week, some: tuple[Placed, ...]) -> Week:
    return replace(week, placement=replace(week.placement, placed=some))


def _moved(week: Week, one: Placed, span: Span) -> Week:
    return _placed(week, tuple(replace(p, span=span) if p is one else p for p in week.placed))


def _instead(week: Week, one: Placed, other: Placed) -> Week:
    """The week with another ritual asked for and placed instead of one."""
    case = week.case
    wanted = tuple(other.wanted if want == one.wanted else want for want in case.wanted)
    placed = tuple(other if p is one else p for p in week.placed)
    return replace(_placed(week, placed), case=replace(case, wanted=wanted))


def _around(week: Week, **changed: Any) -> Week:
    case = week.case
    return replace(week, case=replace(case, around=replace(case.around, **changed)))


def _busy(week: Week, key: str, span: Span) -> Week:
    busy = week.case.around.busy
    return _around(week, busy={**busy, key: busy.get(key, Spans()) | Spans([span])})


def _told(week: Week, one: Placed, what: What, key: str, *, nights: bool = False) -> Week:
    """The week once it was told that somebody is elsewhere while a ritual lies there."""
    start, end = (at.astimezone(week.case.household.tz) for at in (one.span.start, one.span.end))
    last = start.date() if what is What.WORK else end.date()
    return _with(
        week,
        Difference(
            "planted", what, start.date(), last, LAST_TOLD, key, start.time(), end.time(), nights
        ),
    )


def _with(week: Week, *told: Difference) -> Week:
    household = week.case.household
    household = replace(household, differences=(*household.differences, *told))
    return replace(week, case=replace(week.case, household=household))


def _uncovered(week: Week, one: Placed) -> Week:
    """The week without a sitter, in which the other is busy while a ritual lies there."""
    day = week.at(one).date()
    none = Difference("planted", What.NO_SITTER, day - DAY, day + DAY, LAST_TOLD)
    week = _around(_with(week, none), sitter=Spans())
    return _busy(week, THE_OTHER[one.wanted.partner or ""], one.span)
