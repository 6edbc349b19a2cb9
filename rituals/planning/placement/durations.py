"""Length and number of each ritual's times this week, so that the hopes are met.

Hopes are ranges: what lies somewhere keeps its length as long as all of it lies within them. Else
rituals begin at a comfortable length. Where a strand's hopes ask for more they grow, the one
nearest to its least first, a quarter of an hour at a time up to its most; then those that may come
more often do. Where hopes ask for less they shrink the same way. Nothing here looks at where
anything lies, so the same hopes and rituals always have the same lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low

from rituals.model.household import Kind, Strand
from rituals.model.plan import comfortable
from rituals.model.ritual import Ritual

QUARTER = 15  # minutes
RECKONED = 60  # minutes by which what the other's absences bring may be off


@dataclass(frozen=True)
class ChosenRitual:
    """A ritual for the same people, and how often it was chosen."""

    key: str
    ritual: Ritual
    strand: Strand
    times: int
    most: int  # times, where the hopes ask for more
    lay: tuple[int, ...] = ()  # minutes of those that lie somewhere already


@dataclass(frozen=True)
class Measure:
    """Minutes of each of its occurrences, and their number; `kept`: each as long as it lies."""

    minutes: int
    times: int
    kept: bool = False


def measures(
    groups: Sequence[ChosenRitual], given: Mapping[Strand, int], hopes: Mapping[Strand, int]
) -> dict[str, Measure]:
    """Each group's measure; `given` are the minutes of a strand without them."""
    found: dict[str, Measure] = {}
    for strand in {group.strand for group in groups}:
        own = sorted((g for g in groups if g.strand == strand), key=lambda g: g.key)
        hoped = hopes.get(strand)
        begun = {g.key: Measure(g.ritual.comfortable_minutes, g.times) for g in own}
        lying = {g.key: _as_it_lies(g) for g in own}
        had = given.get(strand, 0)
        if hoped is None:
            found |= begun
        elif any(g.lay for g in own) and _is_within(strand, hoped, had + _lie(own)):
            found |= lying
        else:
            found |= _met(own, begun, hoped - had)
    return found


def _as_it_lies(group: ChosenRitual) -> Measure:
    """The measure that a ritual has already, comfortable where it is new."""
    if not group.lay:
        return Measure(group.ritual.comfortable_minutes, group.times)
    times = min(max(group.times, len(group.lay)), group.most)
    return Measure(median_low(group.lay), times, kept=True)


def _lie(own: Sequence[ChosenRitual]) -> int:
    """The minutes of all times as they lie; comfortable ones of those that are new."""
    new = sum(max(g.times - len(g.lay), 0) * g.ritual.comfortable_minutes for g in own)
    return sum(sum(g.lay) for g in own) + new


def _is_within(strand: Strand, hoped: int, minutes: int) -> bool:
    """True in the range of the hopes; with the children much of it is only reckoned with."""
    least, most = comfortable(hoped)
    room = RECKONED if strand.kind is Kind.SOLO else 0
    return least - room <= minutes <= most + room


def _met(own: Sequence[ChosenRitual], begun: dict[str, Measure], hoped: int) -> dict[str, Measure]:
    """The measures on the way from the comfortable ones that come nearest to the hopes."""
    best = begun
    for now in _steps(own, begun, growing=_total(begun) < hoped):
        if abs(_total(now) - hoped) >= abs(_total(best) - hoped):
            break
        best = now
    return best


def _total(now: Mapping[str, Measure]) -> int:
    return sum(measure.minutes * measure.times for measure in now.values())


def _steps(
    own: Sequence[ChosenRitual], now: dict[str, Measure], *, growing: bool
) -> Iterator[dict[str, Measure]]:
    """All measures from here on, one change after the other, whatever is hoped for.

    Because the way is always the same one, a higher hope never shortens anything.
    """
    for way in (_longer, _oftener) if growing else (_shorter,):
        while change := _change(own, now, way, growing=growing):
            now = now | change
            yield now


def _change(
    own: Sequence[ChosenRitual],
    now: Mapping[str, Measure],
    way: Callable[[ChosenRitual, Measure], Measure],
    *,
    growing: bool,
) -> dict[str, Measure]:
    """The group that is next, and how it changes; nothing where none can."""
    for group in sorted(own, key=lambda g: _filled(g, now[g.key], growing=growing)):
        after = way(group, now[group.key])
        if after != now[group.key]:
            return {group.key: after}
    return {}


def _filled(group: ChosenRitual, now: Measure, *, growing: bool) -> tuple[float, int, str]:
    ritual = group.ritual
    room = ritual.most_minutes - ritual.least_minutes
    part = (now.minutes - ritual.least_minutes) / room if room else 1.0
    return part if growing else -part, now.times - group.times, group.key


def _longer(group: ChosenRitual, now: Measure) -> Measure:
    return Measure(min(now.minutes + QUARTER, group.ritual.most_minutes), now.times)


def _oftener(group: ChosenRitual, now: Measure) -> Measure:
    return Measure(now.minutes, min(now.times + 1, group.most))


def _shorter(group: ChosenRitual, now: Measure) -> Measure:
    return Measure(max(now.minutes - QUARTER, group.ritual.least_minutes), now.times)
