"""A week in slots of five minutes, and the people who are free in each of them.

A week and the evening after it are cut into slots. One big integer holds four lanes of them: the
bodies of the two partners, the care of the children (while they need somebody, one partner at
a time may be away) and the children's own bodies.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from rituals.model import childcare, local_time
from rituals.model.household import ONE, TWO, Household, Kind
from rituals.model.plan import Occurrence
from rituals.model.ritual import Ritual
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.model.time.window import Anchor, Window
from rituals.model.week_facts import WeekFacts, week_facts
from rituals.planning.placement.request import Surroundings

SLOT = timedelta(minutes=5)
MINUTES = 5  # of a slot
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
WEEKEND = (5, 6)
SMALL_HOURS = 4 * 12  # slots: what begins in them belongs to the evening before
LATER_MORNING = timedelta(minutes=90)  # after the usual hour of waking
PER_QUARTER = 3  # slots
AFTER = timedelta(hours=12)  # of the morning after the week, for what begins on its last evening
EVENINGS = Window(tuple(range(7)), Anchor.SUPPER, Anchor.SLEEP)
LANE = {ONE: 0, TWO: 1}
CARE, CHILDREN = 2, 3


@dataclass(frozen=True)
class Blocker:
    """Something that stays where it is: what it takes, and whose it is."""

    mask: int
    partner: str | None
    span: Span
    occurrence: Occurrence | None = None  # else busy in a calendar, or at work
    work: bool = False
    away: bool = False  # on a trip
    asleep: bool = False  # by day: its own people are not up then, and not there for the children


@dataclass(frozen=True)
class Grid:
    """The slots of a week, and what is taken in them before anything is placed."""

    around: Surroundings
    household: Household
    week: Week
    origin: datetime  # of the first slot
    length: int  # slots of a lane
    midnights: tuple[int, ...]  # the slot in which each day begins, and the day after the last
    first: str = ONE  # the partner who comes first where one of two equals has to

    @property
    def order(self) -> tuple[str, str]:
        """The keys of the two partners in the order that lies in their weeks."""
        return self.first, childcare.OTHER[self.first]

    def slots(self, start: int, end: int) -> int:
        """The bits of one lane from a slot up to another."""
        start, end = max(start, 0), min(end, self.length)
        return ((1 << (end - start)) - 1) << start if start < end else 0

    def mask(self, spans: Iterable[Span], *, outward: bool = False) -> int:
        """The slots that lie in these spans; outward also those that are only touched."""
        bits = 0
        for span in spans:
            first, last = span.start - self.origin, span.end - self.origin
            start = first // SLOT if outward else -(-first // SLOT)
            bits |= self.slots(start, -(-last // SLOT) if outward else last // SLOT)
        return bits

    def day_of(self, slot: int) -> int:
        """The local day a slot lies on: 0 for the first of the week."""
        return bisect_right(self.midnights, slot) - 1

    def evening_of(self, slot: int) -> int:
        """The day to whose evening a slot belongs, if it lies in the small hours."""
        return bisect_right(self.midnights, max(slot - SMALL_HOURS, 0)) - 1

    def weekday(self, day: int) -> int:
        """The weekday of a day of the week, 0 for Monday."""
        return self.days[day].weekday()

    def clock(self, day: int, hour: time) -> int:
        """The slot of a local hour on a day; a small one is of the night after it."""
        if (day, hour) not in self._clocks:
            night = hour < local_time.SMALL_HOURS
            at = local_time.instant(self.days[day] + night * ONE_DAY, hour, self.household)
            self._clocks[day, hour] = self.slot_of(at)
        return self._clocks[day, hour]

    def later_morning(self, day: int) -> int:
        """The slot before which nothing should begin on a weekend; 0 on other days."""
        if self.weekday(day) not in WEEKEND:
            return 0
        return self.clock(day, self._wakes[day]) + LATER_MORNING // SLOT

    @cached_property
    def _clocks(self) -> dict[tuple[int, time], int]:
        return {}

    @cached_property
    def _wakes(self) -> tuple[time, ...]:
        return tuple(local_time.hours_on(day, self.household).wake for day in self.days)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the week, and the one after it."""
        following = local_time.days(self.week + 1, self.household)[0]
        return (*local_time.days(self.week, self.household), following)

    def slot_of(self, instant: datetime) -> int:
        """The slot an instant lies in."""
        return (instant - self.origin) // SLOT

    def hours(self, ritual: Ritual, partner: str | None = None) -> int:
        """The slots of a ritual's windows; hours that they name may be one partner's own."""
        windows = ritual.windows
        return self.mask(local_time.window_spans(windows, self.week, self.household, partner or ""))

    @cached_property
    def evenings(self) -> tuple[int, ...]:
        """The minutes from the first slot to the hour at which the evening of each day begins."""
        begins = (local_time.bedtime(day, self.household) for day in self.days)
        return tuple((at - self.origin) // MINUTE for at in begins)

    @cached_property
    def facts(self) -> WeekFacts:
        """Facts of the week, whatever is placed in it."""
        return week_facts(self.week, self.household)

    def bodies(self, partner: str | None, body: int) -> int:
        """The bits that one partner, or both, take in those slots."""
        return union(
            body << lane * self.length for key, lane in LANE.items() if partner in (None, key)
        )

    def care(self, of: childcare.Marks, body: int) -> int:
        """The slots in which somebody else has to be there for the children."""
        absence = childcare.absence(of)
        if absence.asleep:
            return self.uncared(body)
        return self.uncared(body & ~self.asleep) if absence.awake else 0

    def uncared(self, body: int) -> int:
        """The slots of these in which the children are at home without a sitter."""
        return body & self.at_home & ~self.sitter

    @cached_property
    def everything(self) -> int:
        """Each slot of one lane."""
        return self.slots(0, self.length)

    @cached_property
    def quarters(self) -> int:
        """The slots that begin on a quarter of an hour."""
        first = -(self.origin.minute // MINUTES) % PER_QUARTER
        return union(1 << slot for slot in range(first, self.midnights[-1], PER_QUARTER))

    @cached_property
    def awake(self) -> int:
        """The slots in which the children are at home and awake."""
        return self.mask(self.facts.children.awake)

    @cached_property
    def asleep(self) -> int:
        """The slots in which the children sleep at home."""
        return self.mask(self.facts.children.asleep)

    @cached_property
    def quiet(self) -> int:
        """The slots in which no child is awake at home; in the evening a baby may sleep, too."""
        quiet = self.facts.children.asleep | self.facts.elsewhere
        if self.household.usual.no_bedtime:
            quiet |= local_time.window_spans((EVENINGS,), self.week, self.household)
        return self.mask(quiet)

    @cached_property
    def at_home(self) -> int:
        """The slots in which the children are at home, if only for a part of them."""
        return self.mask(self.facts.children.awake | self.facts.children.asleep, outward=True)

    @cached_property
    def sitter(self) -> int:
        """The slots in which a sitter has the children."""
        return self.mask(childcare.sitter(self.around.sitter, self.week, self.household))

    def waking(self, partner: str | None) -> int:
        """The slots in which a partner does not sleep; None: neither of the two."""
        return self.everything & ~union(
            mask for key, mask in self._sleeping.items() if partner in (None, key)
        )

    @cached_property
    def _sleeping(self) -> dict[str, int]:
        return {key: self.mask(self.facts.asleep[key], outward=True) for key in LANE}

    @cached_property
    def ahead(self) -> int:
        """The slots that had not begun when the week was planned."""
        return ~self.slots(0, -((self.origin - self.around.since) // SLOT))

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """All that stays where it is: what stands, calendars, work."""
        return (
            *self._standing(),
            *self._busy(),
            *self._away(),
            *self._at_work(),
            *self._asleep_by_day(),
        )

    @cached_property
    def taken(self) -> int:
        """The bits of all that stays; of work and trips only the care of the children."""
        absent = self.everything << CARE * self.length
        return union(b.mask & absent if b.work or b.away else b.mask for b in self.blockers)

    @cached_property
    def working(self) -> int:
        """The bits of work, which small moments find room in."""
        return union(b.mask for b in self.blockers if b.work)

    @cached_property
    def travelling(self) -> int:
        """The bits of trips, on which there is room for small moments that need nobody near."""
        return union(b.mask for b in self.blockers if b.away)

    def _standing(self) -> Iterator[Blocker]:
        for o in self.around.standing:
            span = Span(o.start, o.end)
            body = self.mask([span], outward=True)
            mask = self.bodies(o.partner, body)
            if o.partner is not None:
                mask |= self.care(o, body) << CARE * self.length
            if o.with_children or o.kind is Kind.SOLO:
                mask |= body << CHILDREN * self.length
            yield Blocker(mask, o.partner, span, occurrence=o)

    def _busy(self) -> Iterator[Blocker]:
        for partner in LANE:
            for span in self.around.busy.get(partner, ()):
                yield Blocker(self._gone(partner, span), partner, span)

    def _away(self) -> Iterator[Blocker]:
        for partner in LANE:
            for span in self.facts.away[partner]:
                yield Blocker(self._gone(partner, span), partner, span, away=True)

    def _at_work(self) -> Iterator[Blocker]:
        for partner in LANE:
            for span in self.facts.work[partner]:
                yield Blocker(self._gone(partner, span), partner, span, work=True)

    def _asleep_by_day(self) -> Iterator[Blocker]:
        for partner in LANE:
            for span in self.facts.asleep_by_day[partner]:
                care = self.uncared(self.mask([span], outward=True)) << CARE * self.length
                yield Blocker(care, partner, span, asleep=True)

    def _gone(self, partner: str, span: Span) -> int:
        body = self.mask([span], outward=True)
        return self.bodies(partner, body) | self.uncared(body) << CARE * self.length


def week_grid(around: Surroundings, household: Household, week: Week, first: str = ONE) -> Grid:
    """The grid of a week."""
    whole = local_time.week_span(week, household)
    days = [*local_time.days(week, household), local_time.days(week + 1, household)[0]]
    at = (local_time.instant(day, time(), household) for day in days)
    midnights = tuple((midnight - whole.start) // SLOT for midnight in at)
    length = (whole.length + AFTER) // SLOT
    return Grid(around, household, week, whole.start, length, midnights, first)


def first_ahead(since: datetime, household: Household, week: Week) -> datetime:
    """The first slot of a week that has not begun by then: all that a week knows of an instant."""
    origin = local_time.week_span(week, household).start
    return origin + max(-((origin - since) // SLOT), 0) * SLOT


def slots(minutes: int) -> int:
    """Number of slots that so many minutes touch."""
    return -(-minutes // MINUTES)


def fits(free: int, length: int) -> int:
    """The slots at which so many free ones begin."""
    fitting, length_checked = free, 1
    while length_checked < length:
        more = min(length_checked, length - length_checked)
        fitting &= fitting >> more
        length_checked += more
    return fitting


def ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    written = f"{bits:b}"[::-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)


def union(masks: Iterable[int]) -> int:
    """All bits of these."""
    bits = 0
    for mask in masks:
        bits |= mask
    return bits


def stretches(bits: int) -> Iterator[tuple[int, int]]:
    """The first slot of each unbroken stretch of bits, and the one after its last."""
    at = 0
    while bits:
        gap = (bits & -bits).bit_length() - 1
        bits >>= gap
        length = (~bits & (bits + 1)).bit_length() - 1
        bits >>= length
        yield at + gap, at + gap + length
        at += gap + length
