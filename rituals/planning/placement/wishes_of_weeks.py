"""Wishes about whole weeks: limits over many places in one, and turns from one to the next.

Of a limit each place more costs points; a turn gives points to each place. None of them can forbid
anything; the package says what outranks what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from rituals.model import childcare, local_time
from rituals.model.household import ONE, TWO
from rituals.model.plan import Occurrence
from rituals.model.ritual import Size
from rituals.model.time.lean import Lean
from rituals.model.time.span import Span
from rituals.model.time.window import Anchor
from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.request import Group
from rituals.planning.placement.weights import (
    A_THIRD_OUTING,
    FAIR,
    FULL_EVENING,
    ONCE_MORE,
    TOO_NEAR,
    TWICE_TO_BED,
    TWO_AN_EVENING,
    TWO_EVENINGS,
    WENT_WITHOUT,
    WHITE_EVENING,
)
from rituals.planning.placement.wishes_of_places import reaches_evening

EVENINGS = 5  # a week that may be taken
MOST_FOR_TWO = 2  # things on one evening
MOST_OUTINGS = 2  # of one of them on one day
LONG_ENOUGH = 45  # minutes that take an evening
FAIR_ENOUGH = 90  # minutes a week of it more than the other's
WAITS_AT_MOST = 5  # weeks that count: by then it outranks even another's habit
FIVE = time(17)  # what begins later is of the evening


@dataclass(frozen=True)
class AtMost:
    """Candidates and sets of them, of which at most so many are welcome; each more costs `over`.

    Where it is `rising` the second more costs twice that, the third three times.
    """

    most: int
    over: int
    rising: int = 0  # steps
    parts: Sequence[int] = ()
    sets: Sequence[Sequence[int]] = ()  # each counts once, however many of it are chosen


def goes_first_after_waiting(space: SearchSpace) -> Iterable[int]:
    """A place for what lately had none, where not everything can have one."""
    ago = [(o, _weeks_ago(o, space)) for o in space.grid.around.past]
    waits = [_waits(group, ago) for group in space.groups]
    for candidate in space.candidates:
        times = max(len(space.groups[candidate.group].wanted), 1)
        yield -(WENT_WITHOUT * waits[candidate.group] // times)


def who_had_less_comes_first(space: SearchSpace) -> Iterable[int]:
    """Time alone and out for the partner who lately had less of it, where both cannot have it."""
    less = _had_less(space)
    for candidate in space.candidates:
        strand = space.groups[candidate.group].strand
        theirs = strand.kind in childcare.AWAY and strand.partner == less
        yield -FAIR if theirs else 0


def repeats_lie_apart(space: SearchSpace) -> Iterable[AtMost]:
    """Two times a week some days apart, three times with a day between."""
    for number, group in enumerate(space.groups):
        apart = len(space.grid.midnights[:-1]) // max(len(group.wanted), 1)
        if len(group.wanted) < 2 or apart < 2:
            continue
        own = [(i, c) for i, c in enumerate(space.candidates) if c.group == number]
        for first in range(len(space.grid.midnights) - apart):
            near = [i for i, c in own if first <= c.day < first + apart]
            yield AtMost(1, TOO_NEAR, parts=near)


def first_times_come_first(space: SearchSpace) -> Iterable[AtMost]:
    """The first time of one thing before the second of another: each more is worth less."""
    for number, group in enumerate(space.groups):
        own = [i for i, c in enumerate(space.candidates) if c.group == number]
        if own and len(group.wanted) > 1:
            yield AtMost(1, ONCE_MORE, rising=len(group.wanted) - 1, parts=own)


def one_puts_the_children_to_bed(space: SearchSpace) -> Iterable[AtMost]:
    """One of the two an evening for what ends with the children's bedtime."""
    by_evening: dict[tuple[str, int], list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        group = space.groups[candidate.group]
        if _ends_at_bedtime(group):
            by_evening.setdefault((group.ritual.id, candidate.day), []).append(index)
    for (id, day), own in by_evening.items():
        stands = _put_to_bed(id, day, space)
        if stands or len({space.candidates[i].group for i in own}) > 1:
            yield AtMost(0 if stands else 1, TWICE_TO_BED, parts=own)


def some_evenings_stay_white(space: SearchSpace) -> Iterable[AtMost]:
    """Not every evening holds something that takes it."""
    stands = {
        space.grid.day_of(space.grid.slot_of(o.start))
        for o in space.grid.around.standing
        if o.minutes >= LONG_ENOUGH and _takes_evening(o.size, Span(o.start, o.end), space)
    }
    taking: dict[int, list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        long = candidate.minutes >= LONG_ENOUGH and candidate.day not in stands
        if long and reaches_evening(candidate, space):
            taking.setdefault(candidate.day, []).append(index)
    left = EVENINGS - len(stands)
    if len(taking) > left:
        yield AtMost(max(left, 0), WHITE_EVENING, sets=list(taking.values()))


def one_thing_for_two_an_evening(space: SearchSpace) -> Iterable[AtMost]:
    """One thing an evening for the two of them; a second is short, a third has no place."""
    stands = _standing_for_two(space)
    by_evening: dict[int, list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        if is_evening_for_two(candidate, space):
            evening = candidate.evening
            by_evening.setdefault(evening, []).append(index)
    for evening, own in by_evening.items():
        there = [minutes for at, minutes in stands if at == evening]
        some = len({space.candidates[i].group for i in own}) + len(there)
        long = [i for i in own if space.candidates[i].minutes >= LONG_ENOUGH]
        full = any(minutes >= LONG_ENOUGH for minutes in there)
        if some > 1:
            yield AtMost(max(1 - len(there), 0), TWO_AN_EVENING, parts=own)
            yield AtMost(0 if full else 1, FULL_EVENING, parts=long)
        if some > MOST_FOR_TWO:
            yield AtMost(max(MOST_FOR_TWO - len(there), 0), FULL_EVENING, parts=own)


def one_evening_out_of_each(space: SearchSpace) -> Iterable[AtMost]:
    """One thing an evening that takes it, for each of the two: no second one after it."""
    for key in space.grid.order:
        by_evening: dict[int, list[int]] = {}
        for index, candidate in enumerate(space.candidates):
            group = space.groups[candidate.group]
            if group.ritual.size is Size.EVENING and group.partner in (None, key):
                evening = candidate.evening
                by_evening.setdefault(evening, []).append(index)
        for own in by_evening.values():
            some = {space.groups[space.candidates[i].group].partner for i in own}
            if len({space.candidates[i].group for i in own}) > 1 and key in some:
                yield AtMost(1, TWO_EVENINGS, parts=own)


def two_outings_a_day(space: SearchSpace) -> Iterable[AtMost]:
    """Out of the house twice a day, and no third time, for each of the two."""
    for key in space.grid.order:
        by_day: dict[int, list[int]] = {}
        for index, candidate in enumerate(space.candidates):
            group = space.groups[candidate.group]
            if space.way_home(group) and group.whose in (None, key):
                by_day.setdefault(candidate.day, []).append(index)
        for own in by_day.values():
            if len({space.candidates[i].group for i in own}) > MOST_OUTINGS:
                yield AtMost(MOST_OUTINGS, A_THIRD_OUTING, parts=own)


def is_full(candidate: Candidate, chosen: Sequence[Candidate], space: SearchSpace) -> bool:
    """True of something on an evening that has what it should hold of its kind.

    The children are put to bed once, and there is one thing for the two of them.
    """
    group = space.groups[candidate.group]
    if _ends_at_bedtime(group):
        others = (c for c in chosen if c.day == candidate.day and c.group != candidate.group)
        once_more = any(space.groups[c.group].ritual.id == group.ritual.id for c in others)
        return once_more or _put_to_bed(group.ritual.id, candidate.day, space)
    if not is_evening_for_two(candidate, space):
        return False
    evenings = {at for at, _ in _standing_for_two(space)}
    evenings |= {c.evening for c in chosen if is_evening_for_two(c, space)}
    return candidate.evening in evenings


def is_evening_for_two(candidate: Candidate, space: SearchSpace) -> bool:
    """True of what is for the two of them alone on an evening, and more than a few minutes."""
    group = space.groups[candidate.group]
    for_two = group.whose is None and not group.ritual.with_children
    return for_two and (
        _begins_late(group.ritual.size, candidate.start, space) or reaches_evening(candidate, space)
    )


def _ends_at_bedtime(group: Group) -> bool:
    ends = {window.end for window in group.ritual.windows}
    return group.ritual.with_children and group.ritual.leans is Lean.END and Anchor.BEDTIME in ends


def _put_to_bed(id: str, day: int, space: SearchSpace) -> bool:
    """True where it stands already that one of the two does it on that day."""
    grid = space.grid
    stands = (grid.slot_of(o.start) for o in grid.around.standing if o.ritual == id)
    return any(grid.day_of(slot) == day for slot in stands)


def _had_less(space: SearchSpace) -> str | None:
    """The partner who lately had clearly less time alone and out than the other."""
    free = [o for o in space.grid.around.past if o.kind in childcare.AWAY and not o.let_go]
    had = {
        key: sum(o.minutes if o.lived is None else o.lived for o in free if o.partner == key)
        for key in (ONE, TWO)
    }
    seen = {_weeks_ago(o, space) for o in free}
    if abs(had[ONE] - had[TWO]) <= FAIR_ENOUGH * len(seen):
        return None
    return min(had, key=lambda key: had[key])


def _weeks_ago(o: Occurrence, space: SearchSpace) -> int:
    household = space.grid.household
    return space.grid.week - local_time.week_of(local_time.local_day(o.start, household), household)


def _waits(group: Group, past: Iterable[tuple[Occurrence, int]]) -> int:
    """The weeks, of those that are known, since which it had no place."""
    had = [week for o, week in past if group.has(o) and not o.let_go]
    last = min(had, default=WAITS_AT_MOST + 1)
    return min(len({week for _, week in past if week < last}), WAITS_AT_MOST)


def _standing_for_two(space: SearchSpace) -> list[tuple[int, int]]:
    """The evening of each thing that stands for the two of them, with its minutes."""
    grid = space.grid
    return [
        (grid.evening_of(grid.slot_of(o.start)), o.minutes)
        for o in grid.around.standing
        if o.partner is None
        and not o.with_children
        and (
            _begins_late(o.size, grid.slot_of(o.start), space)
            or _takes_evening(o.size, Span(o.start, o.end), space)
        )
    ]


def _begins_late(size: Size, start: int, space: SearchSpace) -> bool:
    """True of what begins after tea."""
    evening = space.grid.evening_of(start)
    return size is not Size.SMALL and start >= space.grid.clock(evening, FIVE)


def _takes_evening(size: Size, span: Span, space: SearchSpace) -> bool:
    """True where what stands already reaches beyond the children's bedtime."""
    day = local_time.local_day(span.start, space.grid.household)
    return size is not Size.SMALL and span.end > local_time.bedtime(day, space.grid.household)
