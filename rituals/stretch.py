"""How long each ritual lasts and how often it comes this week, so that the hopes are met.

Rituals begin at a comfortable length. Where a strand's hopes ask for more they grow, the one
nearest to its least first, a quarter of an hour at a time up to its most; then those that may come
more often do. Where hopes ask for less they shrink the same way. Nothing here looks at where
anything lies, so the same hopes and rituals always have the same lengths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rituals.model import Ritual, Strand

QUARTER = 15  # minutes


@dataclass(frozen=True)
class Asked:
    """A ritual for the same people, and how often it was chosen."""

    key: str
    ritual: Ritual
    strand: Strand
    times: int
    most: int  # times, where the hopes ask for more


@dataclass(frozen=True)
class Measure:
    """How long each of its occurrences lasts, and how many there are."""

    minutes: int
    times: int


def measures(
    groups: Sequence[Asked], given: Mapping[Strand, int], hopes: Mapping[Strand, int]
) -> dict[str, Measure]:
    """Each group's measure; `given` are the minutes of a strand that are there without them."""
    found: dict[str, Measure] = {}
    for strand in {group.strand for group in groups}:
        own = sorted((g for g in groups if g.strand == strand), key=lambda g: g.key)
        begun = {g.key: Measure(g.ritual.comfortable_minutes, g.times) for g in own}
        hoped = hopes.get(strand)
        found |= begun if hoped is None else _met(own, begun, hoped - given.get(strand, 0))
    return found


def _met(own: Sequence[Asked], begun: dict[str, Measure], hoped: int) -> dict[str, Measure]:
    growing = sum(m.minutes * m.times for m in begun.values()) < hoped
    step = _step(own, begun, hoped, growing=growing)
    while step is not None:
        begun = begun | step
        step = _step(own, begun, hoped, growing=growing)
    return begun


def _step(
    own: Sequence[Asked], now: dict[str, Measure], hoped: int, *, growing: bool
) -> dict[str, Measure] | None:
    """The next group that changes, and how; None where the hopes are met or nothing can change."""
    room = hoped - sum(m.minutes * m.times for m in now.values())
    ways = [_longer, _oftener] if growing else [_shorter]
    for way in ways:
        for group in sorted(own, key=lambda g: _filled(g, now[g.key], growing)):
            before = now[group.key]
            after = way(group, before)
            change = after.minutes * after.times - before.minutes * before.times
            if change and (0 < change <= room or room <= change < 0):
                return {group.key: after}
    return None


def _filled(group: Asked, now: Measure, growing: bool) -> tuple[float, str]:
    ritual = group.ritual
    room = ritual.most_minutes - ritual.least_minutes
    part = (now.minutes - ritual.least_minutes) / room if room else 1.0
    return (part if growing else -part), group.key


def _longer(group: Asked, now: Measure) -> Measure:
    return Measure(min(now.minutes + QUARTER, group.ritual.most_minutes), now.times)


def _oftener(group: Asked, now: Measure) -> Measure:
    return Measure(now.minutes, min(now.times + 1, group.most))


def _shorter(group: Asked, now: Measure) -> Measure:
    return Measure(max(now.minutes - QUARTER, group.ritual.least_minutes), now.times)
