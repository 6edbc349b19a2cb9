"""A week of a household minute by minute: who sleeps, works or is away, where the children are.

A second account of what `rituals.model.week_facts` says, by arithmetic on dates and in sets of
minutes: two who work the same thing out in two ways seldom make the same mistake.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import ceil

import holidays

from rituals.model.difference import Difference, What
from rituals.model.household import ONE, TWO, Household
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window

Minutes = frozenset[int]  # since the epoch, so that no zone is in them
Shift = tuple[date, Minutes]  # with the day on which it begins
DAY = timedelta(days=1)
BEFORE, AFTER = 2, 10  # days around the first of a week whose nights and shifts may reach into it
LONGEST_TURN = 60  # days
SMALL_HOURS = time(4)  # what ends before it belongs to the night before
NOBODY: Minutes = frozenset()


class Life:
    """Who is where in each minute from the day before a week to the day after it."""

    def __init__(self, household: Household, week: Week) -> None:
        self.household, self.tz = household, household.tz
        self.first = week.monday - timedelta(days=-household.week_starts % 7)
        self.days = self._run(0, 7)
        near = self._run(-BEFORE, AFTER)
        self.near = near
        self.whole = self.between(self._midnight(self.first - DAY), self._midnight(near[-2]))
        told = [d for d in household.differences if d.first <= near[-1] and near[0] <= d.last]
        self.told = sorted(told, key=lambda d: (d.told, d.id))

    # -- the two -------------------------------------------------------------------------------

    @cached_property
    def work(self) -> dict[str, Minutes]:
        """By partner; a shift belongs to the day on which it begins."""
        return {key: self._work(key) & self.whole for key in (ONE, TWO)}

    @cached_property
    def away(self) -> dict[str, Minutes]:
        """The trips of each partner."""
        return {key: self._away(key) & self.whole for key in (ONE, TWO)}

    @cached_property
    def nights(self) -> dict[str, Minutes]:
        """From going to sleep to getting up, by partner."""
        return {key: _all(self._nights(key)) for key in (ONE, TWO)}

    @cached_property
    def day_sleep(self) -> dict[str, Minutes]:
        """The sleep after night shifts: none after a shift that is not worked."""
        return {key: self._day_sleep(key) & self.whole for key in (ONE, TWO)}

    def missing(self, partner: str) -> Minutes:
        """The minutes in which the children cannot count on a partner."""
        return self.work[partner] | self.away[partner] | self.day_sleep[partner]

    def _work(self, partner: str) -> Minutes:
        usual = self.household.usual.holidays
        off = self._public_holidays() if partner in usual.off else set()
        shifts = [(day, minutes) for day, minutes in self._shifts(partner) if day not in off]
        for told in self._of(partner):
            free = told.what in (What.OFF, What.HOME, What.AWAY)
            if (free and told.whole_days) or told.what is What.WORK:
                shifts = [(d, m) for d, m in shifts if not told.first <= d <= told.last]
            if told.what is What.AWAY or (free and not told.whole_days):
                stretch = self._stretch(told)
                shifts = [(d, m - stretch) for d, m in shifts]
            if told.what is What.WORK:
                shifts += self._each_day(told)
        return _all(minutes for _, minutes in shifts)

    def _away(self, partner: str) -> Minutes:
        away = NOBODY
        for told in self._of(partner):
            if told.what is What.AWAY:
                away |= self._stretch(told)
            elif told.what in (What.HOME, What.OFF):
                away -= self._stretch(told)
            elif told.what is What.WORK:
                away -= _all(minutes for _, minutes in self._each_day(told))
        return away

    def _day_sleep(self, partner: str) -> Minutes:
        usual = _all(m for _, m in self._shifts(partner)) & self.whole
        found = NOBODY
        for _, sleep in self.turns(self.household.usual.asleep.get(partner, ())):
            before = frozenset(range(min(sleep, default=0) - 12 * 60, min(sleep, default=0)))
            if not before & usual or before & usual & self.work[partner]:
                found |= sleep
        return found - self._away(partner)

    def _shifts(self, partner: str) -> Iterator[Shift]:
        yield from self._windows(self.household.hours.work.get(partner, ()))
        yield from self.turns(self.household.usual.work.get(partner, ()))

    # -- the children --------------------------------------------------------------------------

    @cached_property
    def elsewhere(self) -> Minutes:
        """The children are not at home."""
        usual = self.household.usual
        school, other = self._school, self._other_home
        if usual.holidays.no_school:
            school -= _all(
                self.between(self._midnight(d), self._midnight(d + DAY))
                for d in self._public_holidays()
            )
        for told in self._of(""):
            if told.what is What.CHILDREN_AWAY:
                other |= self._stretch(told)
            elif told.what in (What.NO_SCHOOL, What.CHILDREN_HOME):
                school -= self._stretch(told)
                other -= self._stretch(told) if told.what is What.CHILDREN_HOME else NOBODY
        return (school | other) & self.whole

    @cached_property
    def bed(self) -> Minutes:
        """The children's nights, wherever they are; a baby has none that one could count on."""
        if self.household.usual.no_bedtime:
            return NOBODY
        told = {
            day: d.start
            for d in self._of("")
            if d.what is What.BEDTIME and d.start
            for day in self.near
            if d.first <= day <= d.last
        }
        return _all(self._bedtimes(told))

    @cached_property
    def may_sleep(self) -> Minutes:
        """From supper until the two go to sleep, where a baby has no bedtime."""
        if not self.household.usual.no_bedtime:
            return NOBODY
        return self.lie([Window.read("daily supper-sleep")], self.days)

    @cached_property
    def at_home(self) -> Minutes:
        """The minutes in which children are at home."""
        return self.whole - self.elsewhere if self.household.children else NOBODY

    @cached_property
    def sitter(self) -> Minutes:
        """The usual evenings of a sitter, and what was told of single ones."""
        found = _all(minutes for _, minutes in self.turns(self.household.usual.sitter))
        for told in self._of(""):
            if told.what is What.SITTER:
                found |= self._stretch(told)
            elif told.what is What.NO_SITTER:
                found -= self._stretch(told)
        return found & self.whole

    @cached_property
    def somebodys(self) -> Minutes:
        """Both at work as ever, or on a trip instead, and the children at home as ever."""
        found = self.whole - self._school - self._other_home
        for key in (ONE, TWO):
            found &= _all(minutes for _, minutes in self._shifts(key))
            found &= self.work[key] | self.away[key]
        return found

    @cached_property
    def _school(self) -> Minutes:
        some = [*self._windows(self.household.hours.children_away)]
        some += self.turns(self.household.usual.school)
        return _all(minutes for _, minutes in some)

    @cached_property
    def _other_home(self) -> Minutes:
        return _all(m for _, m in self.turns(e.when for e in self.household.usual.elsewhere))

    # -- clocks --------------------------------------------------------------------------------

    def lie(self, windows: Iterable[Window], days: Sequence[date], partner: str = "") -> Minutes:
        """The minutes of windows that begin on some days."""
        return _all(self._window(w, d, partner) for w in windows for d in days)

    def turns(self, some: Iterable[Recurrence]) -> Iterator[Shift]:
        """The turns that begin on a day near the week, or long before it and reach it."""
        for turn in some:
            week = turn.start.date() - timedelta(days=turn.start.weekday())
            for day in self._run(-LONGEST_TURN, AFTER):
                weeks = (day - timedelta(days=day.weekday()) - week).days // 7
                if weeks % turn.weeks == 0 and day.weekday() in (turn.days or (_weekday(turn),)):
                    begins = datetime.combine(day, turn.start.time())
                    yield day, self.between(begins, begins + (turn.end - turn.start))

    def between(self, start: datetime, end: datetime) -> Minutes:
        """The minutes between two local clock times."""
        return frozenset(touched(start.replace(tzinfo=self.tz), end.replace(tzinfo=self.tz)))

    def evening(self, day: date) -> int:
        """The minute at which the evening of a day begins: with the bedtime, after midnight too."""
        bedtime = self._as_told(Anchor.BEDTIME, day, "")
        late = DAY * (bedtime <= self._edge(Anchor.WAKE, day))
        begins = datetime.combine(day + late, bedtime)
        return min(self.between(begins, begins + timedelta(minutes=1)))

    def _windows(self, windows: Iterable[Window]) -> list[Shift]:
        return [(day, self._window(w, day, "")) for w in windows for day in self.near]

    def _window(self, window: Window, day: date, partner: str) -> Minutes:
        if day.weekday() not in window.days:
            return NOBODY
        start, end = (self._as_told(edge, day, partner) for edge in (window.start, window.end))
        wake, sleep = (self._edge(edge, day, partner) for edge in (Anchor.WAKE, Anchor.SLEEP))
        if window.start is Anchor.BEDTIME and start <= wake:  # told for after midnight
            goes_on = start < end <= wake
            ends = [datetime.combine(day + DAY, clock) for clock in (start, end)]
            return self.between(*ends) if goes_on else NOBODY
        if window.end is Anchor.BEDTIME and wake < end <= start:
            return NOBODY
        in_bed = window.end is Anchor.SLEEP and wake < sleep <= start
        slept_through = window.start is Anchor.WAKE and SMALL_HOURS < end <= start
        if in_bed or (slept_through and not isinstance(window.end, Anchor)):
            return NOBODY
        last = day if end > start else day + DAY
        return self.between(datetime.combine(day, start), datetime.combine(last, end))

    def _as_told(self, edge: time | Anchor, day: date, partner: str) -> time:
        """A clock time of a day, with another bedtime where one was told."""
        if edge is Anchor.BEDTIME and self.household.children:
            for told in self.told:
                if told.what is What.BEDTIME and told.start and told.first <= day <= told.last:
                    edge = told.start
        return self._edge(edge, day, partner)

    def _edge(self, edge: time | Anchor, day: date, partner: str = "") -> time:
        """A clock time of a day: the last line that speaks of it, a partner's own first."""
        if not isinstance(edge, Anchor):
            return edge
        lines = [d for d in self.household.usual.days if day.weekday() in d.days]
        for whose in (partner, "") if partner else ("",):
            for line in reversed([line for line in lines if line.partner == whose]):
                if (told := getattr(line, edge.value)) is not None:
                    return time.fromisoformat(told.isoformat())
        usual: time = getattr(self.household.hours, edge.value)
        return usual

    def _nights(self, partner: str) -> Iterator[Minutes]:
        for day in self.near:
            sleep = self._edge(Anchor.SLEEP, day, partner)
            late = DAY * (sleep <= self._edge(Anchor.WAKE, day, partner))
            up = datetime.combine(day + DAY, self._edge(Anchor.WAKE, day + DAY, partner))
            yield self.between(datetime.combine(day + late, sleep), up)

    def _bedtimes(self, told: dict[date, time]) -> Iterator[Minutes]:
        for day in self.near:
            bedtime = told.get(day) or self._edge(Anchor.BEDTIME, day)
            late = DAY * (bedtime <= self._edge(Anchor.WAKE, day))
            up = datetime.combine(day + DAY, self._edge(Anchor.WAKE, day + DAY))
            yield self.between(datetime.combine(day + late, bedtime), up)

    # -- what was told -------------------------------------------------------------------------

    def _of(self, partner: str) -> Iterator[Difference]:
        return (told for told in self.told if told.partner == partner)

    def _each_day(self, told: Difference) -> list[Shift]:
        assert told.start is not None
        assert told.end is not None
        late = DAY * (told.end <= told.start)
        return [
            (
                day,
                self.between(
                    datetime.combine(day, told.start), datetime.combine(day + late, told.end)
                ),
            )
            for day in self.near
            if told.first <= day <= told.last
        ]

    def _stretch(self, told: Difference) -> Minutes:
        """From its first hour to its last; who is away for whole days leaves after getting up."""
        gone = told.what in (What.AWAY, What.CHILDREN_AWAY)
        if gone and told.whole_days and not told.nights:
            days = (day for day in self.near if told.first <= day <= told.last)
            return _all(self.between(self._leaves(d, told), self._is_back(d, told)) for d in days)
        if gone and told.whole_days:
            return self.between(self._leaves(told.first, told), self._is_back(told.last, told))
        start = datetime.combine(told.first, told.start or time())
        end = datetime.combine(told.last, told.end) if told.end else self._midnight(told.last + DAY)
        minutes = self.between(start, end)
        if gone and not told.nights:
            minutes -= _all(self._nights(told.partner) if told.partner else self._bedtimes({}))
        return minutes

    def _leaves(self, day: date, told: Difference) -> datetime:
        return datetime.combine(day, self._edge(Anchor.WAKE, day, told.partner))

    def _is_back(self, day: date, told: Difference) -> datetime:
        """At the end of the day: when one goes to sleep, when the children do."""
        if not told.partner:
            return datetime.combine(day, self._edge(Anchor.BEDTIME, day))
        sleep = self._edge(Anchor.SLEEP, day, told.partner)
        late = DAY * (sleep <= self._edge(Anchor.WAKE, day, told.partner))
        return datetime.combine(day + late, sleep)

    def _public_holidays(self) -> set[date]:
        country, _, part = self.household.usual.holidays.region.partition("-")
        if not country:
            return set()
        try:
            found = holidays.country_holidays(country, subdiv=part or None)
        except NotImplementedError:
            return set()
        return {day for day in self.near if day in found}

    def _run(self, start: int, end: int) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(start, end)]

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time())


def touched(start: datetime, end: datetime) -> range:
    """The minutes that a stretch of time touches."""
    return range(int(start.timestamp() // 60), ceil(end.timestamp() / 60))


def minutes_of(spans: Iterable[Span]) -> Minutes:
    """The minutes that spans touch."""
    return _all(frozenset(touched(span.start, span.end)) for span in spans)


def _all(some: Iterable[Minutes]) -> Minutes:
    return NOBODY.union(*some)


def _weekday(turn: Recurrence) -> int:
    return turn.start.weekday()
