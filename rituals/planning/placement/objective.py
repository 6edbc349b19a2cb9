"""Objective of the placement: each soft constraint a function with points and a sentence.

Points count bother: one is about what five minutes in the wrong place are worth, and the week with
the fewest wins. A wish about single places gives points to each candidate (`EACH`); a wish about
the whole week gives limits over many of them (`WEEK`). None of them can forbid anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from rituals.model import childcare, local_time
from rituals.model.household import ONE, TWO
from rituals.model.ritual import Needs, Size
from rituals.model.time.span import Span
from rituals.planning.placement.candidates import Candidate, SearchSpace
from rituals.planning.placement.grid import PER_QUARTER, SLOT, slots
from rituals.planning.placement.request import Group

A_PLACE = 400  # what a chosen ritual without a place costs: more than all else together
KEPT = 60  # what it is worth to lie where it lay
KEPT_START = 58  # at the same hour, but longer or shorter: less than one slot of hopes unmet
KEPT_DAY = 25  # on the same day
ELSEWHERE = 3  # of what a place is worth, where another week is asked for: a third, the other way
FAIR = 8  # for the partner who lately had less time alone and out
FAIR_ENOUGH = 90  # minutes a week of it more than the other's
WITH_SITTER = 80  # of a sitter who is known: worth more than the place where it lay
HOUR_AT_MOST = 16  # however far from its usual hour
SAME_DAY_AGAIN = 3  # on the weekday where it lay last
TOO_NEAR = 20  # two of a ritual closer than their number asks
WHITE_EVENING = 30  # an evening beyond those that may be taken
EVENINGS = 5  # a week that may be taken
LONG_ENOUGH = 45  # minutes that take an evening
UNDER, OVER = 3, 1  # a slot shorter or longer than the hopes ask for
WIDE = timedelta(hours=4)  # of room in its window: then no hour in it is the usual one


@dataclass(frozen=True)
class AtMost:
    """Candidates and sets of them, of which at most so many are welcome; each more costs `over`."""

    most: int
    over: int
    parts: Sequence[int] = ()
    sets: Sequence[Sequence[int]] = ()  # each counts once, however many of it are chosen


def points(space: SearchSpace) -> list[int]:
    """The points of each candidate by itself."""
    return [sum(each) for each in zip(*(wish(space) for wish in EACH), strict=True)]


def limits(space: SearchSpace) -> list[AtMost]:
    """Every balance of the week."""
    return [balance for wish in WEEK for balance in wish(space)]


def prefers_what_is_hoped_for(space: SearchSpace) -> Iterable[int]:
    """As long as the hopes of its strand ask for, rather shorter than longer."""
    for candidate in space.candidates:
        off = slots(candidate.minutes) - slots(space.groups[candidate.group].minutes)
        yield off * OVER if off > 0 else -off * UNDER


def prefers_its_hour(space: SearchSpace) -> Iterable[int]:
    """The hour at which it usually lies, else soon after its window opens."""
    usual = _usual_starts(space)
    for candidate in space.candidates:
        at = usual.get((candidate.group, candidate.start))
        off = 0 if at is None else abs(candidate.start - at) // PER_QUARTER
        yield min(off, HOUR_AT_MOST)


def prefers_another_weekday(space: SearchSpace) -> Iterable[int]:
    """Another weekday than last time."""
    last = [_last_weekday(group, space) for group in space.groups]
    first = local_time.first_day(space.grid.week, space.grid.household).weekday()
    for candidate in space.candidates:
        yield SAME_DAY_AGAIN if last[candidate.group] == (first + candidate.day) % 7 else 0


def who_had_less_comes_first(space: SearchSpace) -> Iterable[int]:
    """Time alone and out for the partner who lately had less of it, where both cannot have it."""
    less = _had_less(space)
    for candidate in space.candidates:
        strand = space.groups[candidate.group].strand
        theirs = strand.kind in childcare.AWAY and strand.partner == less
        yield -FAIR if theirs else 0


def prefers_a_sitter_s_hours(space: SearchSpace) -> Iterable[int]:
    """Hours of a known sitter, for what needs one."""
    needs = [group.ritual.needs is Needs.SITTER for group in space.groups]
    for candidate in space.candidates:
        drawn = needs[candidate.group] and space.has_sitter(space.body(candidate))
        yield -WITH_SITTER if drawn else 0


def keeps_its_place(space: SearchSpace) -> Iterable[int]:
    """The place it has already, or one near; another one where an alternative week is wanted."""
    lays = [
        [(space.grid.slot_of(w.lay.start), w.lay.length) for w in group.wanted if w.lay]
        for group in space.groups
    ]
    for candidate in space.candidates:
        kept = max((_kept(candidate, *lay, space) for lay in lays[candidate.group]), default=0)
        yield kept // ELSEWHERE if space.grid.around.another else -kept


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


def some_evenings_stay_white(space: SearchSpace) -> Iterable[AtMost]:
    """Not every evening holds something that takes it."""
    stands = {
        space.grid.day_of(space.grid.slot_of(o.start))
        for o in space.grid.around.standing
        if o.minutes >= LONG_ENOUGH and _takes_evening(o.size, Span(o.start, o.end), space)
    }
    taking: dict[int, list[int]] = {}
    for index, candidate in enumerate(space.candidates):
        size = space.groups[candidate.group].ritual.size
        long = candidate.minutes >= LONG_ENOUGH and candidate.day not in stands
        if long and _takes_evening(size, space.span(candidate), space):
            taking.setdefault(candidate.day, []).append(index)
    left = EVENINGS - len(stands)
    if len(taking) > left:
        yield AtMost(max(left, 0), WHITE_EVENING, sets=list(taking.values()))


EACH: tuple[Callable[[SearchSpace], Iterable[int]], ...] = (
    prefers_what_is_hoped_for,
    prefers_its_hour,
    prefers_another_weekday,
    who_had_less_comes_first,
    prefers_a_sitter_s_hours,
    keeps_its_place,
)
WEEK: tuple[Callable[[SearchSpace], Iterable[AtMost]], ...] = (
    repeats_lie_apart,
    some_evenings_stay_white,
)


def _had_less(space: SearchSpace) -> str | None:
    """The partner who lately had clearly less time alone and out than the other."""
    free = [o for o in space.grid.around.past if o.kind in childcare.AWAY]
    had = {
        key: sum(o.minutes if o.lived is None else o.lived for o in free if o.partner == key)
        for key in (ONE, TWO)
    }
    seen = {
        local_time.week_of(
            local_time.local_day(o.start, space.grid.household), space.grid.household
        )
        for o in free
    }
    if abs(had[ONE] - had[TWO]) <= FAIR_ENOUGH * len(seen):
        return None
    return min(had, key=lambda key: had[key])


def _kept(candidate: Candidate, start: int, length: timedelta, space: SearchSpace) -> int:
    if start == candidate.start:
        return KEPT if length == timedelta(minutes=candidate.minutes) else KEPT_START
    if space.grid.day_of(start) == candidate.day:
        return max(KEPT_DAY - abs(start - candidate.start) // PER_QUARTER, 0)
    return 0


def _takes_evening(size: Size, span: Span, space: SearchSpace) -> bool:
    """True where it reaches beyond the children's bedtime; small moments take no evening."""
    day = local_time.local_day(span.start, space.grid.household)
    bedtime = local_time.bedtime(day, space.grid.household)
    return size is not Size.SMALL and span.end > bedtime


def _usual_starts(space: SearchSpace) -> dict[tuple[int, int], int]:
    """For each group and start, where in that stretch of its window it is at home."""
    usual: dict[tuple[int, int], int] = {}
    for number, own in groupby(space.candidates, key=lambda c: c.group):
        group, starts = space.groups[number], sorted({c.start for c in own})
        for run in _runs(starts, group, space):
            at = _at_home(run, space.learnt(group), space)
            usual |= {} if at is None else {(number, start): at for start in run}
    return usual


def _runs(starts: Sequence[int], group: Group, space: SearchSpace) -> Iterator[list[int]]:
    """The starts of each stretch of its windows."""
    closed = ~space.windows(group)
    run: list[int] = []
    for start in starts:
        if run and space.grid.slots(run[-1], start) & closed:
            yield run
            run = []
        run.append(start)
    if run:
        yield run


def _at_home(run: Sequence[int], learnt: int | None, space: SearchSpace) -> int | None:
    if learnt is not None:
        return space.grid.midnights[space.grid.day_of(run[0])] + learnt
    room = (run[-1] - run[0]) * SLOT
    return None if room > WIDE else run[0] + min((run[-1] - run[0]) // 3, 2 * PER_QUARTER)


def _last_weekday(group: Group, space: SearchSpace) -> int | None:
    lay = [o.start for o in space.grid.around.past if group.has(o)]
    if not lay or len(group.wanted) > 1:
        return None
    return max(lay).astimezone(space.grid.household.tz).weekday()
