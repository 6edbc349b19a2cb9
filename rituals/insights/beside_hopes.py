"""A week's planned hours beside what is hoped for: by kind, in one line, and in a sentence.

Planned is what the rituals hold and the time with the children that the other's being alone, out
or away brings; every number on the Sunday page adds up to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rituals.model import totals, wording
from rituals.model.childcare import OTHER
from rituals.model.household import Household, Kind, Strand, Tone
from rituals.model.plan import Plan, Season, comfortable, standing

MOST_NAMED = 3  # kinds of time that the sentence names, those furthest from what is hoped first
WHERE = {
    Kind.TOGETHER: "together",
    Kind.ALONE: "alone",
    Kind.SOLO: "with the children",
    Kind.OUT: "out",
}
ROOM = "There is room for more, or for nothing at all."
RESTS = "This week rests"


class KindHours(NamedTuple):
    """Minutes of both partners of one kind: planned, by tone, and hoped for."""

    kind: Kind
    tones: tuple[tuple[Tone, int], ...]
    hoped: int

    @property
    def planned(self) -> int:
        """The minutes of all its tones."""
        return sum(minutes for _, minutes in self.tones)


class _Beside(NamedTuple):
    strand: Strand
    over: int  # minutes above what is hoped, below 0 under it


def by_kind(plan: Plan, household: Household) -> tuple[KindHours, ...]:
    """The minutes of each kind of time the household has, in the order of the board."""
    strands = household.in_week(plan.week).strands()
    return tuple(
        _kind(plan, kind, [s for s in strands if s.kind is kind], household)
        for kind in dict.fromkeys(strand.kind for strand in strands)
    )


def line(plan: Plan, household: Household) -> str:
    """The hours planned and hoped for, as "36 h planned, 29 h 30 hoped for"."""
    if plan.season is Season.GRACE:
        return RESTS
    kinds = by_kind(plan, household)
    planned, hoped = sum(k.planned for k in kinds), sum(k.hoped for k in kinds)
    return f"{wording.hours(planned)} planned, {wording.hours(hoped)} hoped for"


def sentence(plan: Plan, household: Household) -> str:
    """Which kinds of time leave the range around what is hoped, and why; else that none does."""
    if plan.season is Season.GRACE:
        return ""
    strands = household.in_week(plan.week).strands()
    outside = [b for strand in strands if (b := _beside(plan, strand, household))]
    if not standing(plan) or len([b for b in outside if b.over < 0]) > MOST_NAMED:
        return " ".join(filter(None, (_brought(plan, strands, household), ROOM)))
    if not outside:
        return "All of it is about as you hope."
    named = sorted(outside, key=lambda b: -abs(b.over))[:MOST_NAMED]
    kinds = [None, *(b.strand.kind for b in named)]
    parts = [
        _in_words(plan, b, household, before=before)
        for b, before in zip(named, kinds, strict=False)
    ]
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


def _kind(plan: Plan, kind: Kind, strands: Iterable[Strand], household: Household) -> KindHours:
    of_kind = list(strands)
    planned = sum(totals.planned(plan, strand, household) for strand in of_kind)
    shades = totals.planned_by_shade(plan, household) if kind is Kind.TOGETHER else {}
    tones: tuple[tuple[Tone, int], ...] = tuple(shades.items()) or ((kind, planned),)
    return KindHours(kind, tones, sum(totals.hoped(plan, strand) for strand in of_kind))


def _beside(plan: Plan, strand: Strand, household: Household) -> _Beside | None:
    """The distance of a strand from what is hoped; None within its range."""
    hoped, planned = totals.hoped(plan, strand), totals.planned(plan, strand, household)
    low, high = comfortable(hoped)
    return None if low <= planned <= high else _Beside(strand, planned - hoped)


def _in_words(plan: Plan, beside: _Beside, household: Household, *, before: Kind | None) -> str:
    """Clause on a strand's distance to its hope; its kind is named unless it was just `before`."""
    strand = beside.strand
    words = [_how_long(abs(beside.over)), "more" if beside.over > 0 else "less"]
    if before is not strand.kind:
        words.append(WHERE[strand.kind])
    if strand.partner is not None:
        words.append(f"for {household.name(strand.partner)}")
    if before is None:
        words.append("than you hoped")
    return f"{' '.join(words)}{_because(plan, beside, household)}"


def _how_long(minutes: int) -> str:
    """Minutes as one says them: an hour, three hours, 2 h 30."""
    whole, rest = divmod(minutes, 60)
    if rest or not 0 < whole < len(wording.NUMBERS):
        return wording.hours(minutes)
    return "an hour" if whole == 1 else f"{wording.number(whole)} hours"


def _because(plan: Plan, beside: _Beside, household: Household) -> str:
    """The reason for time with the children above what is hoped, where the other's absence is."""
    strand = beside.strand
    if beside.over < 0 or not totals.brought_by_absence(plan, strand, household):
        return ""
    other = household.name(OTHER[strand.partner or ""])
    trips = totals.minutes_of_trips(plan, strand, household)
    handed = sum(totals.handed_over(plan, strand, household).values())
    return f", because {other} {'is away' if trips >= handed else 'is alone or out'}"


def _brought(plan: Plan, strands: Iterable[Strand], household: Household) -> str:
    minutes = sum(totals.minutes_of_trips(plan, strand, household) for strand in strands)
    return f"A trip brings {wording.hours(minutes)} with the children." if minutes else ""
