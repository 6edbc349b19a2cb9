"""Suggestions: a ritual's way for this time, and a pair of rituals that would be new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import count
from math import gcd
from zlib import crc32

from rituals.model.household import Household
from rituals.model.ritual import RESTED, Ritual, fitting
from rituals.model.time.week import Week


def way(ritual: Ritual, week: Week, number: int) -> str:
    """A way for this time: once a week, or in its rhythm, all come before the first comes again."""
    if not ritual.ways:
        return ""
    ways = len(ritual.ways)
    # A step that shares no divisor with the number of ways leaves none of them out.
    step = next(n for n in count(max(ritual.frequency.most, 1)) if gcd(n, ways) == 1)
    turn = week.ordinal // ritual.rhythm.every_weeks
    return ritual.ways[(turn * step + number + crc32(ritual.id.encode())) % ways]


def next_way(ritual: Ritual, present: str, used: Set[str]) -> str:
    """The way after the present one, one that is not used already where there is one left."""
    if not ritual.ways:
        return present
    begin = ritual.ways.index(present) + 1 if present in ritual.ways else 0
    in_turn = [*ritual.ways[begin:], *ritual.ways[:begin]]
    return next((way for way in in_turn if way not in used and way != present), in_turn[0])


def something_new(
    rituals: Sequence[Ritual], last_lived_in: Mapping[str, Week], week: Week
) -> tuple[Ritual | None, Ritual | None]:
    """One ritual that has rested for four weeks and one never chosen; another pair each week."""
    rested = [r for r in rituals if r.id in last_lived_in and week - last_lived_in[r.id] > RESTED]
    never = [r for r in rituals if r.id not in last_lived_in]
    return _pick(rested, week), _pick(never, week)


def _pick(rituals: Sequence[Ritual], week: Week) -> Ritual | None:
    ordered = sorted(rituals, key=lambda ritual: crc32(ritual.id.encode()))
    return ordered[week.ordinal % len(ordered)] if ordered else None


def choosable_by_both(
    one: Set[str], two: Set[str], rituals: Iterable[Ritual], household: Household
) -> list[Ritual]:
    """The rituals that both marked, of those the household can choose."""
    return marked_by_both(one, two, fitting(rituals, household))


def marked_by_both(one: Set[str], two: Set[str], rituals: Iterable[Ritual]) -> list[Ritual]:
    """Of these rituals those that both marked, in the order they have."""
    return [ritual for ritual in rituals if ritual.id in one and ritual.id in two]
