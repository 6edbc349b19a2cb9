"""The couple and their strands: partners, children, time zone, usual hours.

Local hours become instants in `local_time.py` alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from zoneinfo import ZoneInfo

from rituals.model.difference import Difference, What, in_order
from rituals.model.time.formats import STANDARD, Formats, Paper
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.model.usual import NOTHING, OF_A_WEEK, Usual

ONE, TWO = "one", "two"  # the two partners' keys: left and right on every screen
CHILDREN = "children"  # whose hours and calendars are neither partner's
BOTH = ""  # whose yes it is where both said the same
LETTER_ZONES = ("America/", "US/", "Canada/", "Pacific/Honolulu")
# Fields of Household that are kept for the weeks that are over, for the facts of a week follow from
# them: the zone too, for hours are told by its clock. All others hold at any time.
KEPT_BY_WEEK = ("children", "zone", "week_starts", "hours", "usual")
AT_ANY_TIME = ("id", "partners", "formats", "differences", "from_calendars", "earlier")


class Kind(StrEnum):
    """The four kinds of time."""

    TOGETHER = "together"
    ALONE = "alone"
    SOLO = "solo"
    OUT = "out"


class Shade(StrEnum):
    """The two shades of together where there are children: without them, and with them."""

    TWO_OF_US = "two of us"
    ALL_OF_US = "all of us"


Tone = Kind | Shade  # a kind of time as charts and paper tell it apart: together by its shades


@dataclass(frozen=True)
class Partner:
    """One of the two people."""

    key: str
    name: str


@dataclass(frozen=True)
class Hours:
    """The usual hours of a household: local clock times, all of them a proposal."""

    wake: time = time(6, 30)
    sleep: time = time(22, 30)
    bedtime: time = time(19, 30)  # the children's; without children: when the evening begins
    work: Mapping[str, tuple[Window, ...]] = field(default_factory=dict, hash=False)
    children_away: tuple[Window, ...] = ()
    supper: time = time(18)


@dataclass(frozen=True)
class Earlier:
    """All that was usual in the weeks before one, from which on other things are."""

    until: Week
    children: bool
    zone: str
    week_starts: int
    hours: Hours
    usual: Usual  # as far as weeks follow from it

    @classmethod
    def of(cls, household: Household, until: Week) -> Earlier:
        """Copy of all that is usual in a household, for the weeks before one."""
        usual = Usual(**{name: getattr(household.usual, name) for name in OF_A_WEEK})
        told = {name: getattr(household, name) for name in KEPT_BY_WEEK}
        return cls(until, **told | {"usual": usual})


@dataclass(frozen=True)
class Household:
    """Two partners, their children or none, their time zone and usual hours.

    `differences` is what was told by hand; `from_calendars` what the children's calendars say, in
    rows that each go on in time, as difference.touching wants them. It is kept nowhere else.
    `earlier` is what was usual before, the oldest first: a week that is over stays as it was.
    """

    id: str
    partners: tuple[Partner, Partner]
    children: bool
    zone: str
    week_starts: int = 0
    hours: Hours = Hours()
    usual: Usual = field(default=NOTHING, hash=False)
    differences: tuple[Difference, ...] = field(default=(), hash=False, repr=False)
    from_calendars: tuple[tuple[Difference, ...], ...] = field(default=(), hash=False, repr=False)
    formats: Formats = STANDARD
    earlier: tuple[Earlier, ...] = field(default=(), hash=False, repr=False)

    def in_week(self, week: Week) -> Household:
        """The household as it was in a week, or is: that week's facts follow from it."""
        if not self.earlier:
            return self
        return self._as_told(bisect_right(self.earlier, week, key=attrgetter("until")))

    def on_day(self, day: date) -> Household:
        """The household as it was on a day, or is."""
        return self._as_told(bisect_right(self._days, day)) if self.earlier else self

    def at(self, instant: datetime) -> Household:
        """The household as it was at an instant, or is."""
        return self._as_told(bisect_right(self._midnights, instant)) if self.earlier else self

    def clock(self, instant: datetime) -> datetime:
        """An instant on the clock at home, wherever that was then."""
        return instant.astimezone(self.at(instant).tz)

    def over(self, weeks: Iterable[Week]) -> Household:
        """The household as its kinds of time are named for many weeks: with children if ever."""
        some = self.children or not any(self.in_week(week).children for week in weeks)
        return self if some else replace(self.lasting, children=True)

    @property
    def lasting(self) -> Household:
        """The household without what was usual before: what is usual now, whatever the week."""
        return self._lasting if self.earlier else self

    @cached_property
    def _lasting(self) -> Household:
        return replace(self, earlier=())

    def first_day(self, week: Week) -> date:
        """The day on which a week begins, counted as in the week before it.

        The first week that is to begin on another day goes on from the one before, so that each
        day is of one week: it alone is some days longer, or shorter.
        """
        return _counted_from(week, self.in_week(week - 1).week_starts)

    def _as_told(self, times: int) -> Household:
        """The household once it was told so many times that other things are usual."""
        return self._then[times]

    @cached_property
    def _then(self) -> tuple[Household, ...]:
        """The household as it was each time, and now; each knows when its weeks began before."""
        each = [*(self._as_in(one) for one in self.earlier), self.lasting]
        return tuple(_with_borders(then, self.earlier[:n]) for n, then in enumerate(each))

    @cached_property
    def _days(self) -> tuple[date, ...]:
        """The days with which other things were usual, each as it was told until then."""
        return tuple(_counted_from(one.until, one.week_starts) for one in self.earlier)

    @cached_property
    def _midnights(self) -> tuple[datetime, ...]:
        told = zip(self._then, self._days, strict=False)  # and none for now
        return tuple(datetime.combine(day, time(), then.tz) for then, day in told)

    def _as_in(self, earlier: Earlier) -> Household:
        told = {name: getattr(earlier, name) for name in KEPT_BY_WEEK}
        usual = {name: getattr(earlier.usual, name) for name in OF_A_WEEK}
        return replace(self, **told | {"usual": replace(self.usual, **usual)}, earlier=())

    @cached_property
    def tz(self) -> ZoneInfo:
        """The time zone itself; UTC where nobody knows one of this name."""
        try:
            return ZoneInfo(self.zone)
        except (OSError, ValueError, LookupError):  # OSError: the name of a folder of zones
            return ZoneInfo("UTC")

    @cached_property
    def other_bedtimes(self) -> tuple[Difference, ...]:
        """Other bedtimes of its children, in the order in which they were told."""
        differences = in_order(self.differences) if self.children else ()
        return tuple(d for d in differences if d.what is What.BEDTIME and d.start)

    @property
    def zone_is_known(self) -> bool:
        """True if there is a time zone of this name: by another nothing is planned."""
        return self.tz.key == self.zone

    @property
    def paper(self) -> Paper:
        """The size of paper that was told, or else what printers most likely hold in the zone."""
        usual = Paper.LETTER if self.zone.startswith(LETTER_ZONES) else Paper.A4
        return self.formats.paper or usual

    def name(self, partner: str) -> str:
        """The name of the partner with this key."""
        return next(p.name for p in self.partners if p.key == partner)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of time this household has: all four, or three without children."""
        return tuple(kind for kind in Kind if self.children or kind is not Kind.SOLO)

    def tones(self) -> tuple[Tone, ...]:
        """The kinds of time this household has; with children together is in its two shades."""
        together, *kinds = self.kinds()
        return (*(Shade if self.children else (together,)), *kinds)

    def strands(self) -> tuple[Strand, ...]:
        """The strands this household has: seven, or five without children."""
        together, *kinds = self.kinds()
        own = (Strand(kind, p.key) for p in self.partners for kind in kinds)
        return (Strand(together), *own)


def earlier_after(
    before: Household, after: Household, first: Week, unplanned: Week | None = None
) -> tuple[Earlier, ...]:
    """All that was usual earlier, once a household is another one from a week on.

    Of several changes from one week on the first counts; one that is taken back leaves nothing.
    Another first day of the week waits for `unplanned`, so that no plan loses a day.
    """
    kept = [one for one in before.earlier if one.until < first]
    last = Earlier.of(before.in_week(first - 1), first)
    return _one_each([*kept, last, *_still_to_begin(before, after, first, unplanned)], after)


def _still_to_begin(
    before: Household, after: Household, first: Week, unplanned: Week | None
) -> Iterator[Earlier]:
    """Usual week of those that still begin as before, until weeks begin on another day."""
    ahead = [one.until for one in before.earlier if one.until > first]
    if before.week_starts != after.week_starts:
        begins = max(unplanned or first, first)
        ahead = [*(until for until in ahead if until < begins), *[begins][: begins > first]]
    for until in ahead:
        starts = before.in_week(until - 1).week_starts
        yield Earlier.of(replace(after, week_starts=starts), until)


def _one_each(told: Sequence[Earlier], now: Household) -> tuple[Earlier, ...]:
    """Earlier usual weeks without those that the next one, or the present, repeats."""
    following = [*told[1:], Earlier.of(now, told[-1].until)] if told else []
    return tuple(
        one
        for one, after in zip(told, following, strict=True)
        if one != replace(after, until=one.until)
    )


def _with_borders(then: Household, before: Sequence[Earlier]) -> Household:
    """A household that knows of what was before it only on which day weeks began."""
    starts = [Earlier.of(replace(then, week_starts=one.week_starts), one.until) for one in before]
    borders = _one_each(starts, then)
    return replace(then, earlier=borders) if borders else then


def _counted_from(week: Week, starts: int) -> date:
    """The day on which a week begins where weeks do on this weekday."""
    return week.monday - timedelta(days=(7 - starts) % 7)


@dataclass(frozen=True, order=True)
class Strand:
    """A kind of time and whose it is; nobody's alone for together."""

    kind: Kind
    partner: str | None = None

    @classmethod
    def of(cls, kind: Kind, partner: str | None) -> Strand:
        """The strand that time of this kind counts for; together it is nobody's alone."""
        return cls(kind, None if kind is Kind.TOGETHER else partner)
