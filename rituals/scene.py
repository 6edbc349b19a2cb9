"""Everywhere a week's rituals could lie, as bits: the ground that placement stands on.

A week and the evening after it are cut into slots of five minutes. One big integer holds four
lanes of them: the bodies of the two partners, the care of the children (while somebody has to be
there, one partner at a time may be away) and the children's own bodies. Two candidates clash
exactly if their masks share a bit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from statistics import median_low

from rituals import coverage, stretch, weeks
from rituals.model import (
    ONE,
    TWO,
    Household,
    Kind,
    Needs,
    Occurrence,
    Ritual,
    Size,
    Strand,
    Week,
)
from rituals.spans import Span
from rituals.wanted import Around, Group, Wanted, groups

SLOT = timedelta(minutes=5)
MINUTES = 5  # of a slot
MINUTE = timedelta(minutes=1)
PER_QUARTER = 3  # slots
AFTER = timedelta(hours=12)  # of the morning after the week, for what begins on its last evening
LANE = {ONE: 0, TWO: 1}
CARE, CHILDREN = 2, 3
STEPS = ((4, 1), (8, 2), (16, 4))  # quarters a day: so many are tried each, every second, fourth
WIDEST_STEP = 8  # quarters


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a ritual could take, in slots from the scene's first, and the bits it takes."""

    group: int
    start: int
    minutes: int
    day: int
    mask: int
    cover: int  # slots of the children's time that it hands to the other partner


@dataclass(frozen=True)
class Blocker:
    """Something that stays where it is: what it takes, and whose it is."""

    mask: int
    partner: str | None
    span: Span
    occurrence: Occurrence | None = None  # else busy in a calendar, or at work
    work: bool = False


class Scene:
    """A week's ground: its groups, and every place that is free for each of them.

    With a `close` look each ritual is also tried at its least minutes and begins wide windows more
    often; those of these keys begin at every quarter.
    """

    def __init__(
        self,
        wanted: Iterable[Wanted],
        around: Around,
        household: Household,
        week: Week,
        *,
        close: Collection[str] = (),
    ) -> None:
        self.around, self.household, self.week, self.close = around, household, week, close
        whole = weeks.week_span(week, household)
        self.origin = whole.start
        self.length = (whole.length + AFTER) // SLOT
        days = [*weeks.days(week, household), weeks.days(week + 1, household)[0]]
        at = [weeks.instant(day, time(), household) for day in days]
        self.midnights = [(midnight - self.origin) // SLOT for midnight in at]
        first = -(self.origin.minute // MINUTES) % PER_QUARTER
        self._quarters = _union(1 << s for s in range(first, self.midnights[-1], PER_QUARTER))
        at_home = coverage.children(week, household)
        self.awake, self.asleep = self._mask(at_home.awake), self._mask(at_home.asleep)
        self.sitter = self._mask(around.sitter)
        closed = self._mask(weeks.sleep(week, household), outward=True)
        over = -((self.origin - around.since) // SLOT)
        self._waking = self.slots(0, self.length) & ~closed
        self._ahead = ~self.slots(0, over)
        self.blockers = (*self._standing(), *self._busy(), *self._at_work())
        self._taken = _union(b.mask for b in self.blockers if not b.work)
        self._working = _union(b.mask for b in self.blockers if b.work)
        self._known: dict[str, int] = {}  # the windows of each ritual
        asked = groups(wanted)
        self._takes = {group.key: self._taking(group) for group in asked}
        self.groups = self._measured(asked)
        self.candidates = [c for n in range(len(self.groups)) for c in self._candidates(n)]

    def span(self, candidate: Candidate) -> Span:
        """The instants of a candidate."""
        start = self.origin + candidate.start * SLOT
        return Span(start, start + candidate.minutes * MINUTE)

    def day_of(self, slot: int) -> int:
        """The local day a slot lies on: 0 for the first of the week."""
        return bisect_right(self.midnights, slot) - 1

    def slot_of(self, instant: datetime) -> int:
        """The slot an instant lies in."""
        return (instant - self.origin) // SLOT

    def slots(self, start: int, end: int) -> int:
        """The bits of one lane from a slot up to another."""
        start, end = max(start, 0), min(end, self.length)
        return ((1 << (end - start)) - 1) << start if start < end else 0

    def windows(self, group: Group, *, past: bool = False) -> int:
        """The slots in which a ritual may lie, whatever else is there; also those that are over."""
        ritual = group.ritual
        allowed = self._waking if past else self._waking & self._ahead
        allowed &= self._windows(ritual)
        if self.household.children and ritual.needs is Needs.ASLEEP:
            allowed &= self.asleep
        if self.household.children and ritual.with_children:
            allowed &= self.awake
        if group.partner is None and ritual.needs is not Needs.SITTER:
            allowed &= ~self._care(ritual.kind, ritual.size, allowed)
        return allowed

    def at(self, number: int, start: int, minutes: int) -> Candidate:
        """The candidate of a group at a slot."""
        body = self.slots(start, start + slots(minutes))
        mask, cover = self._bits(self.groups[number], body)
        return Candidate(number, start, minutes, self.day_of(start), mask, cover)

    def body(self, candidate: Candidate) -> int:
        """The slots of one lane that a candidate takes."""
        return self.slots(candidate.start, candidate.start + slots(candidate.minutes))

    def starts(
        self, group: Group, free: int, minutes: int, *, every: bool = False, again: bool = False
    ) -> list[int]:
        """Where a ritual of so many minutes could begin: on quarters, fewer in wide windows.

        `again` also on the days on which it already stands.
        """
        days = set() if again else self.days_of(group)
        quarters = [
            slot
            for slot in _ones(fits(free, slots(minutes)) & self._quarters)
            if self.day_of(slot) not in days
        ]
        return quarters if every else self._some(quarters, self.learnt(group))

    def free(self, group: Group) -> int:
        """The slots of its windows in which nothing that stays is in a ritual's way."""
        taken = self._taken | (0 if group.ritual.size is Size.SMALL else self._working)
        return self.windows(group) & ~self.folded(group, taken)

    def folded(self, group: Group, mask: int) -> int:
        """The slots that something with this mask takes from a ritual, in one lane."""
        everything = self.slots(0, self.length)
        hit = mask & self._bits(group, everything)[0]
        taken = 0
        while hit:
            taken |= hit & everything
            hit >>= self.length
        return taken

    def at_work(self, group: Group) -> int:
        """The slots in which work has somebody who takes part."""
        everything = self.slots(0, self.length)
        return self.folded(group, self._working & self._bodies(group.partner, everything))

    def lanes(self, group: Group) -> tuple[int, ...]:
        """The lanes in which a ritual takes every slot it lies in; that of care it may take too."""
        return self._takes[group.key][0]

    def care(self, candidate: Candidate) -> int:
        """The slots in which a candidate needs the other partner with the children."""
        return self.body(candidate) & self._takes[self.groups[candidate.group].key][1]

    def days_of(self, group: Group) -> set[int]:
        """The days on which it already stands."""
        return {self.day_of(self.slot_of(o.start)) for o in self.around.standing if group.has(o)}

    def learnt(self, group: Group) -> int | None:
        """The slot of the day at which it lay in the last weeks, where that says anything."""
        lay = [o.start.astimezone(self.household.tz) for o in self.around.past if group.has(o)]
        if len(lay) < 2:
            return None
        return median_low((at.hour * 60 + at.minute) // MINUTES for at in lay)

    def _measured(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        """The groups as long and as often as the hopes ask; an extra time may fall away."""
        asked = [
            stretch.Asked(
                g.key, g.ritual, g.strand, sum(not w.extra for w in g.wanted), len(g.wanted)
            )
            for g in groups
        ]
        measures = stretch.measures(asked, self._given(groups), self.around.hopes)
        return tuple(
            replace(g, wanted=g.wanted[: measures[g.key].times], minutes=measures[g.key].minutes)
            for g in groups
        )

    def _given(self, groups: Iterable[Group]) -> dict[Strand, int]:
        """The minutes of each strand that are there whatever is placed, as far as can be told."""
        given: dict[Strand, int] = {}
        for o in self.around.standing:
            given[o.strand] = given.get(o.strand, 0) + o.minutes
            if o.partner:
                body = self._mask([Span(o.start, o.end)])
                cover = (self._care(o.kind, o.size, body) & self.awake).bit_count()
                other = Strand(Kind.SOLO, coverage.OTHER[o.partner])
                given[other] = given.get(other, 0) + cover * MINUTES
        for group in groups:
            if group.partner:
                other = Strand(Kind.SOLO, coverage.OTHER[group.partner])
                given[other] = given.get(other, 0) + self._likely_cover(group)
        return given

    def _likely_cover(self, group: Group) -> int:
        """The minutes that the other has the children meanwhile, if it lies anywhere it may."""
        allowed = self._windows(group.ritual)
        cover = self._care(group.ritual.kind, group.ritual.size, allowed) & self.awake
        times = sum(not w.extra for w in group.wanted)
        whole = max(allowed.bit_count(), 1)
        return group.ritual.comfortable_minutes * times * cover.bit_count() // whole

    def _candidates(self, number: int) -> Iterator[Candidate]:
        group = self.groups[number]
        if not group.wanted:
            return
        free = self.free(group)
        least = group.ritual.least_minutes
        lengths = {group.minutes, least} if self.close else {group.minutes}
        every = group.key in self.close
        places = {(s, m) for m in lengths for s in self.starts(group, free, m, every=every)}
        places |= self._kept(group, free)
        if not places:
            places = {(s, least) for s in self.starts(group, free, least)}
        for start, minutes in sorted(places):
            yield self.at(number, start, minutes)

    def _kept(self, group: Group, free: int) -> set[tuple[int, int]]:
        """Where it already lies, as long as it is and as long as is asked, if it still may."""
        lay = [(self.slot_of(w.lay.start), w.lay.length // MINUTE) for w in group.wanted if w.lay]
        there = {(start, minutes) for start, own in lay for minutes in (own, group.minutes)}
        days = self.days_of(group)
        return {
            (start, minutes)
            for start, minutes in there
            if 0 <= start < self.length
            and self.day_of(start) not in days
            and fits(free, slots(minutes)) >> start & 1
        }

    def _some(self, quarters: Sequence[int], learnt: int | None) -> list[int]:
        """Each quarter of a narrow day; of a wide one some, its hour, and where it gets free."""
        by_day: dict[int, list[int]] = {}
        for start in quarters:
            by_day.setdefault(self.day_of(start), []).append(start)
        most = max(map(len, by_day.values()), default=0)
        step = next((every for upto, every in STEPS if most <= upto), WIDEST_STEP)
        step = max(step // 2, 1) if self.close else step
        there = set(quarters)
        into = {start: start - self.midnights[self.day_of(start)] for start in quarters}
        return [
            start
            for start in quarters
            if start - PER_QUARTER not in there
            or into[start] // PER_QUARTER % step == 0
            or into[start] == learnt
        ]

    def _bits(self, group: Group, body: int) -> tuple[int, int]:
        """What a ritual takes in those slots; how many the other has the children in."""
        lanes, needed = self._takes[group.key]
        care = body & needed
        mask = care << CARE * self.length
        for lane in lanes:
            mask |= body << lane * self.length
        return mask, (care & self.awake).bit_count()

    def _taking(self, group: Group) -> tuple[tuple[int, ...], int]:
        """The lanes that a ritual takes whole; the slots in which it needs somebody else."""
        ritual = group.ritual
        lanes = tuple(lane for key, lane in LANE.items() if group.partner in (None, key))
        if self.household.children and ritual.with_children:
            lanes += (CHILDREN,)
        if ritual.needs is Needs.SITTER or group.partner is None:
            return lanes, 0
        return lanes, self._care(ritual.kind, ritual.size, self.slots(0, self.length))

    def _windows(self, ritual: Ritual) -> int:
        if ritual.id not in self._known:
            lie = weeks.window_spans(ritual.windows, self.week, self.household)
            self._known[ritual.id] = self._mask(lie)
        return self._known[ritual.id]

    def _bodies(self, partner: str | None, body: int) -> int:
        return _union(
            body << lane * self.length for key, lane in LANE.items() if partner in (None, key)
        )

    def _care(self, kind: Kind, size: Size, body: int) -> int:
        """The slots in which somebody else has to be with the children."""
        if not coverage.takes_away(kind, size):
            return 0
        needed = self.awake | (self.asleep if kind is Kind.OUT else 0)
        return body & needed & ~self.sitter

    def _mask(self, spans: Iterable[Span], *, outward: bool = False) -> int:
        """The slots that lie in these spans; outward also those that are only touched."""
        bits = 0
        for span in spans:
            first, last = span.start - self.origin, span.end - self.origin
            start = first // SLOT if outward else -(-first // SLOT)
            bits |= self.slots(start, -(-last // SLOT) if outward else last // SLOT)
        return bits

    def _standing(self) -> Iterator[Blocker]:
        for o in self.around.standing:
            span = Span(o.start, o.end)
            body = self._mask([span], outward=True)
            mask = self._bodies(o.partner, body)
            if o.partner is not None:
                mask |= self._care(o.kind, o.size, body) << CARE * self.length
            if o.kind is Kind.SOLO:
                mask |= body << CHILDREN * self.length
            yield Blocker(mask, o.partner, span, occurrence=o)

    def _busy(self) -> Iterator[Blocker]:
        for partner in LANE:
            for span in self.around.busy.get(partner, ()):
                yield Blocker(self._gone(partner, span), partner, span)

    def _at_work(self) -> Iterator[Blocker]:
        for partner in LANE:
            windows = self.household.hours.work.get(partner, ())
            for span in weeks.near(windows, self.week, self.household):
                yield Blocker(self._gone(partner, span), partner, span, work=True)

    def _gone(self, partner: str, span: Span) -> int:
        body = self._mask([span], outward=True)
        care = body & (self.awake | self.asleep) & ~self.sitter
        return self._bodies(partner, body) | care << CARE * self.length


def slots(minutes: int) -> int:
    """How many slots so many minutes touch."""
    return -(-minutes // MINUTES)


def fits(free: int, length: int) -> int:
    """The slots at which so many free ones begin."""
    fitting, known = free, 1
    while known < length:
        more = min(known, length - known)
        fitting &= fitting >> more
        known += more
    return fitting


def _ones(bits: int) -> Iterator[int]:
    """The places of the bits that are set."""
    written = f"{bits:b}"[::-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
