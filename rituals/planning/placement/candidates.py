"""Candidates: every place that a week's rituals could take on its grid.

Two candidates clash exactly if their masks share a bit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rituals.model import childcare
from rituals.model.household import Household, Kind, Strand
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Span
from rituals.model.time.week import Week
from rituals.planning.placement import durations
from rituals.planning.placement.grid import (
    CARE,
    CHILDREN,
    LANE,
    MINUTE,
    MINUTES,
    PER_QUARTER,
    SLOT,
    Grid,
    fits,
    ones,
    slots,
    week_grid,
)
from rituals.planning.placement.liked_hours import LikedHours
from rituals.planning.placement.order import first_partner
from rituals.planning.placement.request import Group, Request, Surroundings, grouped

STEPS = ((4, 1), (8, 2), (16, 4))  # quarters a day: so many are tried each, every second, fourth
WIDEST_STEP = 8  # quarters
QUARTER = 15  # minutes


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a ritual could take, in slots from the grid's first, and the bits it takes."""

    group: int
    start: int
    minutes: int
    day: int
    body: int  # in one lane
    mask: int
    cover: int  # slots of the children's time that it hands to the other partner
    evening: int  # the day to whose evening it belongs
    around: int = 0  # slots before and after it that it keeps free: there and home again
    hurried: bool = False  # it leaves the house and keeps none free


@dataclass(frozen=True)
class SearchSpace:
    """Groups to place on a week's grid, and every candidate that is free for each of them.

    With a `close` look each ritual is also tried at its least minutes and begins wide windows more
    often; those of these keys begin at every quarter and are tried at every length.
    """

    grid: Grid
    groups: tuple[Group, ...]
    hours: Mapping[str, int]  # by group, the slots of its windows
    close: Collection[str] = ()
    every_length: bool = False

    @cached_property
    def candidates(self) -> list[Candidate]:
        """The places, group after group, each in the order of time."""
        return [c for n in range(len(self.groups)) for c in self._candidates(n)]

    @cached_property
    def liked(self) -> LikedHours:
        """The hours that each ritual likes best."""
        rooms = {group.key: self._room(group) for group in self.groups}
        return LikedHours(self.grid, self.groups, rooms)

    @cached_property
    def _takes(self) -> dict[str, tuple[tuple[int, ...], int]]:
        return {group.key: _taking(group, self.grid) for group in self.groups}

    def span(self, candidate: Candidate) -> Span:
        """The instants of a candidate."""
        start = self.grid.origin + candidate.start * SLOT
        return Span(start, start + candidate.minutes * MINUTE)

    def windows(self, group: Group, *, past: bool = False) -> int:
        """The slots of a ritual's windows, all else aside; `past` adds those that are over."""
        ritual = group.ritual
        allowed = self.own_hours(group)
        if not past:
            allowed &= self.grid.ahead
        if self.grid.household.children and ritual.needs is Needs.ASLEEP:
            allowed &= self.grid.quiet
        if self.grid.household.children and ritual.with_children:
            allowed &= self.grid.awake
        if group.partner is None and ritual.needs is not Needs.SITTER:
            allowed &= ~self.grid.care(ritual, allowed)
        return allowed

    def own_hours(self, group: Group) -> int:
        """The slots of a ritual's windows in which its people are up, children and all aside."""
        return self.hours[group.key] & self.grid.waking(group.whose)

    def asks_for_somebody(self, group: Group) -> bool:
        """True where neither of the two is with the children meanwhile."""
        ritual = group.ritual
        both_gone = group.partner is None and childcare.absence(ritual).asleep
        return self.grid.household.children and (ritual.needs is Needs.SITTER or both_gone)

    def has_sitter(self, body: int) -> bool:
        """True where a sitter is known for all of those slots in which the children are at home."""
        return bool(body & self.grid.at_home) and not self.grid.uncared(body)

    def at(self, number: int, start: int, minutes: int) -> Candidate:
        """The candidate of a group at a slot."""
        body = self.grid.slots(start, start + slots(minutes))
        mask, cover = self._bits(self.groups[number], body)
        day, evening = self.grid.day_of(start), self.grid.evening_of(start)
        return Candidate(number, start, minutes, day, body, mask, cover, evening)

    def plain(self, candidate: Candidate) -> Candidate:
        """The candidate without the way there and home, which nothing but a wish keeps free."""
        if not (candidate.around or candidate.hurried):
            return candidate
        return self.at(candidate.group, candidate.start, candidate.minutes)

    def starts(  # noqa: PLR0913 - a question with some sides
        self,
        group: Group,
        free: int,
        minutes: int,
        *,
        every: bool = False,
        again: bool = False,
        anywhere: bool = False,
    ) -> list[int]:
        """Slots at which so many minutes could begin: on quarters, fewer in wide windows.

        `again` also on the days on which it already stands; `anywhere` also long before the end
        of its windows what belongs there.
        """
        days = set() if again else self.days_of(group)
        quarters = [
            slot
            for slot in ones(fits(free, slots(minutes)) & self.grid.quarters)
            if self.grid.day_of(slot) not in days
        ]
        if not anywhere and (self.liked.is_tied(group) or not every):
            quarters = self.liked.late(group, quarters, minutes)
        return quarters if every else self._some(group, quarters, minutes)

    def free(self, group: Group) -> int:
        """The slots of its windows in which nothing that stays is in a ritual's way."""
        taken = self.grid.taken
        if not group.ritual.possible_apart:
            taken |= self.grid.working | self.grid.travelling
        return self.windows(group) & ~self.folded(group, taken)

    def folded(self, group: Group, mask: int) -> int:
        """The slots that something with this mask takes from a ritual, in one lane."""
        everything = self.grid.everything
        hit = mask & self._bits(group, everything)[0]
        taken = 0
        while hit:
            taken |= hit & everything
            hit >>= self.grid.length
        return taken

    def at_work(self, group: Group) -> int:
        """The slots in which work has somebody who takes part."""
        everything = self.grid.everything
        return self.folded(group, self.grid.working & self.grid.bodies(group.partner, everything))

    def lanes(self, group: Group) -> tuple[int, ...]:
        """The lanes in which a ritual takes every slot it lies in; that of care it may take too."""
        return self._takes[group.key][0]

    def care(self, candidate: Candidate) -> int:
        """The slots in which a candidate needs the other partner with the children."""
        return candidate.body & self._takes[self.groups[candidate.group].key][1]

    def days_of(self, group: Group) -> set[int]:
        """The days on which it already stands."""
        return {
            self.grid.day_of(self.grid.slot_of(o.start))
            for o in self.grid.around.standing
            if group.has(o)
        }

    def way_home(self, group: Group) -> int:
        """Slots around a ritual that its people need to go there and come home."""
        ritual = group.ritual
        goes = ritual.leaves and ritual.size is not Size.SMALL
        return slots(self.grid.household.usual.way_home) if goes else 0

    def stretch(self, candidate: Candidate, lane: int) -> tuple[int, int]:
        """The first slot that a candidate takes in a lane, and the one after its last."""
        end = candidate.start + slots(candidate.minutes)
        around = candidate.around if lane in LANE.values() else 0
        return max(candidate.start - around, 0), min(end + around, self.grid.length)

    def _room(self, group: Group) -> int:
        """The slots of its windows that suit the children, whatever else lies in them."""
        room = self.own_hours(group)
        if self.grid.household.children and group.ritual.needs is Needs.ASLEEP:
            room &= self.grid.quiet
        if self.grid.household.children and group.ritual.with_children:
            room &= self.grid.awake
        return room

    def _candidates(self, number: int) -> Iterator[Candidate]:
        group = self.groups[number]
        if not group.wanted:
            return
        free = self.free(group)
        least = group.ritual.least_minutes
        every = group.key in self.close
        lengths = self._lengths(group)
        places = {(s, m) for m in lengths for s in self.starts(group, free, m, every=every)}
        places |= self._kept(group, free) | self._with_sitter(group, free)
        if not places:
            places = {(s, least) for s in self.starts(group, free, least)}
        lay = {self.grid.slot_of(w.lay.start) for w in group.wanted if w.lay}
        for start, minutes in sorted(places):
            yield from self._ways(self.at(number, start, minutes), is_kept=start in lay)

    def _ways(self, place: Candidate, *, is_kept: bool) -> Iterator[Candidate]:
        """A place with time for the way there and home, and where that is asked for without."""
        group = self.groups[place.group]
        if not (around := self.way_home(group)):
            yield place
            return
        yield self.with_way_home(place, around)
        if is_kept or self.every_length or group.key in self.close:
            yield replace(place, hurried=True)

    def _lengths(self, group: Group) -> set[int]:
        """The lengths at which a ritual is tried: longer than the hopes ask is never better."""
        least = group.ritual.least_minutes
        if self.every_length:
            return {least, *range(group.minutes, least, -QUARTER)}
        if group.key in self.close:
            return {
                group.minutes,
                max((group.minutes + least) // 2 // QUARTER * QUARTER, least),
                least,
            }
        return {group.minutes, least} if self.close else {group.minutes}

    def with_way_home(self, place: Candidate, around: int) -> Candidate:
        """The candidate with so many slots around it in which its people go there and come home."""
        group, end = self.groups[place.group], place.start + slots(place.minutes)
        ways = self.grid.slots(place.start - around, end + around)
        care = self.grid.care(group.ritual, ways) if group.partner else 0
        own = self.grid.bodies(group.partner, ways) | care << CARE * self.grid.length
        return replace(place, mask=place.mask | own, around=around)

    def _kept(self, group: Group, free: int) -> set[tuple[int, int]]:
        """Its present starts, at the present and the hoped length, where these are still free.

        What is tied to an hour goes along with it: to a bedtime, or to who leaves and comes.
        """
        lay = [
            (self.grid.slot_of(w.lay.start), w.lay.length // MINUTE) for w in group.wanted if w.lay
        ]
        places = {(start, minutes) for start, own in lay for minutes in (own, group.minutes)}
        days = self.days_of(group)
        return {
            (start, minutes)
            for start, minutes in places
            if 0 <= start < self.grid.length
            and self.grid.day_of(start) not in days
            and fits(free, slots(minutes)) >> start & 1
            and self.liked.late(group, [start], minutes)
        }

    def _with_sitter(self, group: Group, free: int) -> set[tuple[int, int]]:
        """The beginnings of a sitter's hours, no longer than these, for what needs a sitter."""
        if group.ritual.needs is not Needs.SITTER:
            return set()
        there = free & (self.grid.sitter | ~self.grid.at_home)
        days, places = self.days_of(group), set()
        for start in ones(there & ~(there << 1) & self.grid.quarters):
            length = (~(there >> start) & (there >> start) + 1).bit_length() - 1
            minutes = min(group.minutes, length * MINUTES)
            if minutes >= group.ritual.least_minutes and self.grid.day_of(start) not in days:
                places.add((start, minutes))
        return places

    def _some(self, group: Group, quarters: Sequence[int], minutes: int) -> list[int]:
        """Each quarter of a narrow day; of a wide one some, those where it likes to lie among them.

        Also the first and the last of each stretch that is free.
        """
        by_day: dict[int, list[int]] = {}
        for start in quarters:
            by_day.setdefault(self.grid.day_of(start), []).append(start)
        most = max(map(len, by_day.values()), default=0)
        step = next((every for upto, every in STEPS if most <= upto), WIDEST_STEP)
        step = max(step // 2, 1) if self.close else step
        if step == 1:
            return list(quarters)
        free = set(quarters)
        into = {start: start - self.grid.midnights[self.grid.day_of(start)] for start in quarters}
        return [
            start
            for start in quarters
            if start - PER_QUARTER not in free
            or into[start] // PER_QUARTER % step == 0
            or abs(start - self.liked.home(group, start, minutes)) < PER_QUARTER
        ]

    def _bits(self, group: Group, body: int) -> tuple[int, int]:
        """The mask of a ritual in those slots; the number in which the other has the children."""
        lanes, needed = self._takes[group.key]
        care = body & needed
        mask = care << CARE * self.grid.length
        for lane in lanes:
            mask |= body << lane * self.grid.length
        return mask, (care & self.grid.awake).bit_count()


def search_space(
    requests: Iterable[Request], surroundings: Surroundings, household: Household, week: Week
) -> SearchSpace:
    """The search space of a week for a first look: wide windows are tried at some quarters only."""
    wanted = tuple(requests)
    first = first_partner(wanted, surroundings, household, week)
    grid, groups = week_grid(surroundings, household, week, first), grouped(wanted, first)
    hours = {g.key: grid.hours(g.ritual, g.partner) for g in groups}
    return SearchSpace(grid, _measured(groups, grid, hours), hours)


def _measured(groups: Sequence[Group], grid: Grid, hours: Mapping[str, int]) -> tuple[Group, ...]:
    """The groups as long and as often as the hopes ask; an extra time may fall away."""
    some = [_chosen(group) for group in groups]
    measures = durations.measures(some, _given(groups, grid, hours), grid.around.hopes)
    return tuple(
        replace(
            g,
            wanted=g.wanted[: measures[g.key].times],
            minutes=measures[g.key].minutes,
            keeps_lengths=measures[g.key].kept,
        )
        for g in groups
    )


def _chosen(group: Group) -> durations.ChosenRitual:
    times = sum(not want.extra for want in group.wanted)
    lay = tuple(want.lay.length // MINUTE for want in group.wanted if want.lay)
    return durations.ChosenRitual(
        group.key, group.ritual, group.strand, times, len(group.wanted), lay
    )


def _given(groups: Iterable[Group], grid: Grid, hours: Mapping[str, int]) -> dict[Strand, int]:
    """The minutes of each strand that are given whatever is placed, the likely cover included."""
    given: dict[Strand, int] = {}
    for o in grid.around.left_out:  # what is let go makes nothing else grow
        given[o.strand] = given.get(o.strand, 0) + o.minutes
    for o in grid.around.standing:
        given[o.strand] = given.get(o.strand, 0) + o.minutes
        if o.partner:
            body = grid.mask([Span(o.start, o.end)])
            cover = (grid.care(o, body) & grid.awake).bit_count()
            other = Strand(Kind.SOLO, childcare.OTHER[o.partner])
            given[other] = given.get(other, 0) + cover * MINUTES
    for group in groups:
        if group.partner:
            other = Strand(Kind.SOLO, childcare.OTHER[group.partner])
            cover = _likely_cover(group, grid, hours[group.key])
            given[other] = given.get(other, 0) + cover
    return given


def _likely_cover(group: Group, grid: Grid, allowed: int) -> int:
    """The minutes that the other has the children meanwhile, if it lies anywhere it may."""
    cover = grid.care(group.ritual, allowed) & grid.awake
    times = sum(not w.extra for w in group.wanted)
    whole = max(allowed.bit_count(), 1)
    return group.ritual.comfortable_minutes * times * cover.bit_count() // whole


def _taking(group: Group, grid: Grid) -> tuple[tuple[int, ...], int]:
    """The lanes that a ritual takes whole; the slots in which it needs somebody else."""
    lanes = tuple(LANE[key] for key in grid.order if group.whose in (None, key))
    if grid.household.children and group.ritual.with_children:
        lanes += (CHILDREN,)
    if group.ritual.needs is Needs.SITTER or group.whose is None:
        return lanes, 0
    return lanes, grid.care(group.ritual, grid.everything)
