"""Wishes about a whole week: limits over many candidates, each more of which costs points.

None of them can forbid anything; the package says what outranks what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from rituals.model.ritual import Size
from rituals.model.time.span import Span
from rituals.planning.placement.candidates import SearchSpace
from rituals.planning.placement.weights import ONCE_MORE, TOO_NEAR, TWO_AN_EVENING, WHITE_EVENING
from rituals.planning.placement.wishes_of_places import takes_evening

EVENINGS = 5  # a week that may be taken
LONG_ENOUGH = 45  # minutes that take an evening
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


def some_evenings_stay_white(space: SearchSpace) -> Iterable[AtMost]:
    """Not every evening holds something that takes it."""
    stands = {
        space.grid.day_of(space.grid.slot_of(o.start))
        for o in space.grid.around.standing
        if o.minutes >= LONG_ENOUGH and takes_evening(o.size, Span(o.start, o.end), space)
    }
    taking: dict[int, list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        size = space.groups[candidate.group].ritual.size
        long = candidate.minutes >= LONG_ENOUGH and candidate.day not in stands
        if long and takes_evening(size, space.span(candidate), space):
            taking.setdefault(candidate.day, []).append(index)
    left = EVENINGS - len(stands)
    if len(taking) > left:
        yield AtMost(max(left, 0), WHITE_EVENING, sets=list(taking.values()))


def one_thing_for_two_an_evening(space: SearchSpace) -> Iterable[AtMost]:
    """One thing an evening for the two of them; the rest of it stays open."""
    grid = space.grid
    stands = [
        grid.evening_of(grid.slot_of(o.start))
        for o in grid.around.standing
        if o.partner is None
        and not o.with_children
        and _is_of_evening(o.size, grid.slot_of(o.start), Span(o.start, o.end), space)
    ]
    by_evening: dict[int, list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        group = space.groups[candidate.group]
        for_two = group.partner is None and not group.ritual.with_children
        span = space.span(candidate)
        if for_two and _is_of_evening(group.ritual.size, candidate.start, span, space):
            by_evening.setdefault(grid.evening_of(candidate.start), []).append(index)
    for evening, own in by_evening.items():
        if len({space.candidates[i].group for i in own}) + stands.count(evening) > 1:
            yield AtMost(max(1 - stands.count(evening), 0), TWO_AN_EVENING, parts=own)


def _is_of_evening(size: Size, start: int, span: Span, space: SearchSpace) -> bool:
    """True of what begins after tea, or reaches into the evening."""
    begins = size is not Size.SMALL and start >= space.grid.clock(
        space.grid.evening_of(start), FIVE
    )
    return begins or takes_evening(size, span, space)
