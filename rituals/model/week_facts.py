"""Facts of one week in this household: who sleeps, works or is away, where the children are.

From what is usual, what is different and the public holidays. The order in which things were told
does not matter, but where two contradict each other: there the later one holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter

from rituals.model import local_time, public_holidays
from rituals.model.difference import Difference, What, in_order, touching
from rituals.model.household import ONE, TWO, Household
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.model.time.window import Window

WEEKS_CACHED = 1024  # charts of many weeks ask for the same ones again and again
PARTNERS = (ONE, TWO)
ONE_DAY = timedelta(days=1)
NIGHT_SHIFT = timedelta(hours=12)  # before a sleep by day: what lies in it is what one sleeps after


@dataclass(frozen=True)
class Children:
    """Spans of the children at home, awake and asleep; both empty without children."""

    awake: Spans
    asleep: Spans


@dataclass(frozen=True)
class WeekFacts:
    """A week's facts, with the whole day on both sides of it; maps are by partner.

    `covered` is when both usually work and the children are usually at home: somebody has them
    then every week, whoever that is.
    """

    asleep: Mapping[str, Spans]  # by night and by day
    asleep_by_day: Mapping[str, Spans]
    work: Mapping[str, Spans]
    away: Mapping[str, Spans]
    children: Children
    elsewhere: Spans  # the children away from home, school and nights among it
    other_home: Spans  # of these, all but school
    sitter: Spans
    covered: Spans

    def not_there(self, partner: str) -> Spans:
        """When the children cannot count on a partner: away, at work, or asleep by day."""
        return self.away[partner] | self.work[partner] | self.asleep_by_day[partner]


@lru_cache(WEEKS_CACHED)
def week_facts(week: Week, household: Household) -> WeekFacts:
    """The facts of a week; at most a few milliseconds, once."""
    household = household.in_week(week)
    days = _Days.around(week, household)
    work = {p: days.at_work(p) for p in PARTNERS}
    away = {p: days.away(p) for p in PARTNERS}
    by_day = {p: days.asleep_by_day(p) for p in PARTNERS}
    asleep = {p: days.nights(p) | by_day[p] for p in PARTNERS}
    if not household.children:
        nobody = Children(Spans(), Spans())
        return WeekFacts(asleep, by_day, work, away, nobody, *[Spans()] * 4)
    school, other_home = days.children_elsewhere()
    elsewhere = school | other_home
    sleeping = days.children_asleep()
    at_home = days.whole - elsewhere
    children = Children(awake=at_home - sleeping, asleep=at_home & sleeping)
    covered = days.usually_covered({p: work[p] | away[p] for p in PARTNERS})
    return WeekFacts(
        asleep, by_day, work, away, children, elsewhere, other_home, days.sitter(), covered
    )


def named_days(week: Week, household: Household) -> dict[date, str]:
    """The public holidays of a week by day, each with its name."""
    then = household.in_week(week)
    region, shown = then.usual.holidays.region, local_time.days(week, then)
    years = {day.year for day in shown}
    found = {d: name for year in sorted(years) for d, name in holidays_of(year, region).items()}
    return {day: found[day] for day in shown if day in found}


def holidays_of(year: int, region: str) -> Mapping[date, str]:
    """The public holidays of a year by day; none of a region that nobody knows any more."""
    try:
        return public_holidays.named_in(year, region)
    except public_holidays.RegionError:
        return {}


def differences_in(week: Week, household: Household) -> list[Difference]:
    """Differences that touch a week, in the order of their days."""
    shown = local_time.days(week, household)
    change = (d for d in household.differences if d.touches(shown[0], shown[-1]))
    return sorted((d for d in change if d.what is not What.NOTHING), key=_by_days)


def calendars_say(week: Week, household: Household) -> list[Difference]:
    """Entries of the children's calendars that touch a week, in the order of their days.

    They are named beside what was told, and cannot be taken out: the calendar would say it again.
    """
    shown = local_time.days(week, household)
    return sorted(_of_calendars(shown[0], shown[-1], household), key=_by_days)


def _by_days(difference: Difference) -> tuple[date, date, str, str, str]:
    return difference.first, difference.last, difference.what, difference.partner, difference.id


def _of_calendars(first: date, last: date, household: Household) -> Iterator[Difference]:
    return (d for row in household.from_calendars for d in touching(row, first, last))


@dataclass(frozen=True)
class _Days:
    """The days of a week and two more on each side, for what begins before or ends after it."""

    household: Household
    whole: Spans
    days: tuple[date, ...]
    different: tuple[Difference, ...]  # on these days, in the order in which they were told

    @classmethod
    def around(cls, week: Week, household: Household) -> _Days:
        first = local_time.first_day(week, household)
        days = tuple(first + timedelta(days=n) for n in range(-2, 10))
        change = [d for d in household.differences if d.touches(days[0], days[-1])]
        change += _of_calendars(days[0], days[-1], household)
        whole = Spans([local_time.span_with_nights(week, household)])
        return cls(household, whole, days, tuple(in_order(change)))

    def at_work(self, partner: str) -> Spans:
        """Usual hours and turns, without days off, and with what was told of single days.

        A shift that ends on the morning after belongs to the day on which it begins.
        """
        by_day = self._shifts(partner)
        if partner in self.household.usual.holidays.off:
            by_day = _without(by_day, self._public_holidays())
        for change in self._told_of(partner):
            free = change.what in (What.OFF, What.HOME, What.AWAY)
            if change.what is What.WORK or (free and change.whole_days):
                by_day = _without(by_day, self._days_of(change))
            if change.what is What.AWAY or (free and not change.whole_days):
                by_day = {day: spans - self._stretch(change) for day, spans in by_day.items()}
            if change.what is What.WORK:
                by_day |= {day: Spans(spans) for day, spans in self._each_day(change).items()}
        return _joined(by_day) & self.whole

    def away(self, partner: str) -> Spans:
        """The trips of a partner, by day or with their nights."""
        spans = Spans()
        for change in self._told_of(partner):
            if change.what is What.AWAY:
                spans |= self._stretch(change)
            elif change.what in (What.HOME, What.OFF, What.WORK):
                spans -= self._stretch(change)
        return spans & self.whole

    def nights(self, partner: str) -> Spans:
        """From going to sleep to getting up, each night of its own hours."""
        return Spans(self._nights(partner)) & self.whole

    def asleep_by_day(self, partner: str) -> Spans:
        """The usual sleep after night shifts: none after one that is not worked, none on a trip."""
        turns = self._recurring(self.household.usual.asleep.get(partner, ()))
        if not turns:
            return turns
        usual = self._usual_work(partner) & self.whole
        worked = usual & self.at_work(partner)
        needed = (s for s in turns if _before(s, worked) or not _before(s, usual))
        return (Spans(needed) - self.away(partner)) & self.whole

    def children_elsewhere(self) -> tuple[Spans, Spans]:
        """School and what is like it; and the other home, with what was told of single days."""
        school, other = self._usual_school(), self._usually_elsewhere()
        if self.household.usual.holidays.no_school:
            school -= Spans(self._day(day) for day in self._public_holidays())
        for what, change in groupby(self._told_of(""), key=attrgetter("what")):
            stretches = self._stretches(change)
            if what is What.NO_SCHOOL:
                school -= stretches
            elif what is What.CHILDREN_HOME:
                school, other = school - stretches, other - stretches
            elif what is What.CHILDREN_AWAY:
                other |= stretches
        return school & self.whole, other & self.whole

    def children_asleep(self) -> Spans:
        """Their nights; a baby without a bedtime is never counted on to sleep."""
        if self.household.usual.no_bedtime:
            return Spans()
        return Spans(self._childrens_nights(local_time.hours_told)) & self.whole

    def sitter(self) -> Spans:
        """Usual evenings of a sitter, and what was told of single ones."""
        spans = self._recurring(self.household.usual.sitter)
        for change in self._told_of(""):
            if change.what is What.SITTER:
                spans |= self._stretch(change)
            elif change.what is What.NO_SITTER:
                spans -= self._stretch(change)
        return spans & self.whole

    def usually_covered(self, absent: Mapping[str, Spans]) -> Spans:
        """Both at work as ever, or on a trip in its place, the children at home as ever."""
        usual = self._usual_work(ONE) & self._usual_work(TWO) & absent[ONE] & absent[TWO]
        return usual - self._usual_school() - self._usually_elsewhere()

    def _usual_work(self, partner: str) -> Spans:
        return _joined(self._shifts(partner))

    def _shifts(self, partner: str) -> dict[date, Spans]:
        """The usual hours and turns by the day on which they begin."""
        weekly = tuple(self.household.hours.work.get(partner, ()))
        turns = self.household.usual.work.get(partner, ())
        found = [
            (day, span)
            for day in self.days
            for span in local_time.day_spans(weekly, day, self.household)
        ]
        found += [(at.date(), span) for at, span in self._begun(turns)]
        return {day: Spans(s for of, s in found if of == day) for day in {day for day, _ in found}}

    def _usual_school(self) -> Spans:
        usual = self.household.usual.school
        return self._weekly(self.household.hours.children_away) | self._recurring(usual)

    def _usually_elsewhere(self) -> Spans:
        return self._recurring(place.when for place in self.household.usual.elsewhere)

    def _told_of(self, partner: str) -> Iterator[Difference]:
        return (change for change in self.different if change.partner == partner)

    def _public_holidays(self) -> Iterator[date]:
        region = self.household.usual.holidays.region
        return (day for day in self.days if region and day in holidays_of(day.year, region))

    def _weekly(self, windows: Iterable[Window]) -> Spans:
        held = tuple(windows)
        return Spans(
            s for day in self.days for s in local_time.day_spans(held, day, self.household)
        )

    def _recurring(self, stretches: Iterable[Recurrence]) -> Spans:
        return Spans(span for _, span in self._begun(stretches))

    def _begun(self, stretches: Iterable[Recurrence]) -> Iterator[tuple[datetime, Span]]:
        """The spans of turns near the week, each with the local time at which it begins."""
        return (
            (start, span)
            for stretch in stretches
            for start, end in stretch.between(self.days[0], self.days[-1])
            for span in self._span(start, end)
        )

    def _days_of(self, change: Difference) -> Iterator[date]:
        return (day for day in self.days if change.first <= day <= change.last)

    def _each_day(self, change: Difference) -> dict[date, list[Span]]:
        """From its start to its end on each of its days; over midnight where the end is earlier."""
        start, end = change.start or time(), change.end or time()
        late = timedelta(days=end <= start)
        return {
            day: list(self._span(datetime.combine(day, start), datetime.combine(day + late, end)))
            for day in self._days_of(change)
        }

    def _stretches(self, change: Iterable[Difference]) -> Spans:
        """When differences of the children hold, in all; the nights are cut out of all at once."""
        by_hour: list[Difference] = []
        others: list[Difference] = []
        for one in change:
            is_by_hour = one.what is What.CHILDREN_AWAY and not (one.nights or one.whole_days)
            (by_hour if is_by_hour else others).append(one)
        hours = Spans(span for one in by_hour for span in self._from_to(one))
        return Spans(span for one in others for span in self._stretch(one)) | (
            hours - self._usual_childrens_nights if hours else hours
        )

    def _stretch(self, change: Difference) -> Spans:
        """When a difference holds, in all: hours count on its first and its last day."""
        match change.what:
            case What.WORK:
                return Spans(span for spans in self._each_day(change).values() for span in spans)
            case What.AWAY | What.CHILDREN_AWAY if change.whole_days:
                return self._away_on_days(change)
        whole = Spans(self._from_to(change))
        if change.what in (What.AWAY, What.CHILDREN_AWAY) and not change.nights:
            whole -= Spans(
                self._nights(change.partner) if change.partner else self._usual_childrens_nights
            )
        return whole

    def _from_to(self, change: Difference) -> Iterator[Span]:
        last = change.last if change.end else change.last + ONE_DAY
        start = datetime.combine(change.first, change.start or time())
        return self._span(start, datetime.combine(last, change.end or time()))

    def _away_on_days(self, change: Difference) -> Spans:
        """From getting up; back at the end of the last day: one's own for a partner, else bedtime.

        Without nights, each day so.
        """
        days = list(self._days_of(change)) if not change.nights else [change.first]
        ends = days if not change.nights else [change.last]
        return Spans(
            span
            for first, last in zip(days, ends, strict=True)
            for span in self._span(
                datetime.combine(first, self._hours(first, change.partner).wake),
                self._day_ends(last, change.partner),
            )
        )

    def _day_ends(self, day: date, partner: str) -> datetime:
        hours = self._hours(day, partner)
        if not partner:
            return datetime.combine(day, hours.bedtime)
        return datetime.combine(day + timedelta(days=hours.sleep <= hours.wake), hours.sleep)

    def _nights(self, partner: str) -> Iterator[Span]:
        for day in self.days:
            hours, next_day = self._hours(day, partner), day + ONE_DAY
            late = timedelta(days=hours.sleep <= hours.wake)
            up = datetime.combine(next_day, self._hours(next_day, partner).wake)
            yield from self._span(datetime.combine(day + late, hours.sleep), up)

    @cached_property
    def _usual_childrens_nights(self) -> Spans:
        return Spans(self._childrens_nights(local_time.hours_on))

    def _childrens_nights(
        self, hours_of: Callable[[date, Household], local_time.HoursOfDay]
    ) -> Iterator[Span]:
        for day in self.days:
            hours, next_day = hours_of(day, self.household), day + ONE_DAY
            late = timedelta(days=hours.bedtime <= hours.wake)  # told for after midnight
            up = datetime.combine(next_day, self._hours(next_day, "").wake)
            yield from self._span(datetime.combine(day + late, hours.bedtime), up)

    def _hours(self, day: date, partner: str) -> local_time.HoursOfDay:
        return local_time.hours_on(day, self.household, partner)

    def _day(self, day: date) -> Span:
        start, end = (datetime.combine(d, time()) for d in (day, day + ONE_DAY))
        return next(self._span(start, end))

    def _span(self, start: datetime, end: datetime) -> Iterator[Span]:
        begins, ends = (
            local_time.instant(at.date(), at.time(), self.household) for at in (start, end)
        )
        if begins < ends:
            yield Span(begins, ends)


def _without(by_day: Mapping[date, Spans], days: Iterable[date]) -> dict[date, Spans]:
    """Shifts but those that begin on some days."""
    gone = set(days)
    return {day: spans for day, spans in by_day.items() if day not in gone}


def _joined(by_day: Mapping[date, Spans]) -> Spans:
    return Spans(span for spans in by_day.values() for span in spans)


def _before(sleep: Span, work: Spans) -> bool:
    """True where work lies in the hours before a sleep."""
    return any(s.overlaps(Span(sleep.start - NIGHT_SHIFT, sleep.start)) for s in work)
