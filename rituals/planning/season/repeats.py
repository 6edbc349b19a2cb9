"""Repeats of what is rare: how often it comes in the weeks ahead, and which weeks are decided.

Weeks are numbers, counted from the first one ahead; those behind are below zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from rituals.model import local_time
from rituals.model.context import RareWeek, SeasonContext
from rituals.model.household import BOTH
from rituals.model.plan import Plan, Season
from rituals.model.ritual import Ritual, kept, partners
from rituals.model.time.week import Week

SOON = 8  # weeks within which something begins that never was
HALF_A_YEAR = 26  # weeks; what is decided so near to a date stands for it


class Decided(Enum):
    """Reason why the week of a repeat is not chosen anew."""

    PLANNED = "in the plan of its week"
    BY_HAND = "moved there by hand"
    LEFT_OUT = "left out of that week"
    DATE = "its day is in that week"


@dataclass(frozen=True)
class Repeat:
    """One time of something rare: the week it asks for, and where it lay, or why it stays.

    `weeks` are those it may come in, from the first to before the last.
    """

    asks_for: int
    weeks: range = range(0)
    lay: int | None = None
    decided: Decided | None = None


@dataclass(frozen=True)
class Thing:
    """A rare ritual of both (None) or of one partner, and its repeats in their order."""

    ritual: Ritual
    partner: str | None
    last: Week | None
    repeats: tuple[Repeat, ...]
    left_out: tuple[Week, ...] = ()  # weeks behind that count as if it had been there

    @property
    def every_weeks(self) -> int:
        """Its distance from one time to the next."""
        return self.ritual.rhythm.every_weeks


def things(context: SeasonContext, weeks: Sequence[Week]) -> list[Thing]:
    """All that the household keeps now and then, in the order of ids."""
    household = context.household
    rare = sorted(kept(context.rituals.values(), household), key=lambda ritual: ritual.id)
    return [_thing(r, partner, context, weeks) for r in rare for partner in partners(r)]


@dataclass
class _Known:
    """All that is known of one thing's weeks."""

    decided: dict[int, Decided] = field(default_factory=dict)
    lay: list[int] = field(default_factory=list)
    left_out: list[Week] = field(default_factory=list)  # behind


def _thing(
    ritual: Ritual, partner: str | None, context: SeasonContext, weeks: Sequence[Week]
) -> Thing:
    key = ritual.id, partner or BOTH
    known = _known(ritual.id, partner, context, weeks)
    last = context.last.get(key)
    if ritual.rhythm.date:
        repeats = list(_dated(ritual, known, context, weeks))
    else:
        distance = ritual.rhythm.every_weeks
        counted = [week - weeks[0] for week in (*known.left_out, *([last] if last else []))]
        if key in context.let_go:  # half a distance of rest
            counted.append(context.let_go[key] - weeks[0] - distance // 2)
        repeats = list(_regular(distance, max(counted, default=None), known, len(weeks)))
    return Thing(ritual, partner, last, tuple(repeats), tuple(known.left_out))


def _known(
    ritual: str, partner: str | None, context: SeasonContext, weeks: Sequence[Week]
) -> _Known:
    known = _Known()
    rows = [r for r in context.rows if (r.ritual, r.partner) == (ritual, partner or BOTH)]
    for row in sorted(rows):
        at, what = row.week - weeks[0], _decided(row, context.plans.get(row.week))
        if at < 0:
            known.left_out += [row.week] if what is Decided.LEFT_OUT else []
        elif at < len(weeks) and what is None:
            known.lay.append(at)
        elif at < len(weeks) and what is not None:
            known.decided[at] = what
    for at, week in enumerate(weeks):
        if _has(context.plans.get(week), ritual, partner):
            known.decided[at] = Decided.PLANNED
    return known


def _decided(row: RareWeek, plan: Plan | None) -> Decided | None:
    """A week that was chosen and whose plan does not have it: there it was left out."""
    if _has(plan, row.ritual, row.partner or None):
        return Decided.PLANNED
    if row.left_out or (plan is not None and plan.season is not Season.GRACE):
        return Decided.LEFT_OUT
    return Decided.BY_HAND if row.by_hand else None


def _has(plan: Plan | None, ritual: str, partner: str | None) -> bool:
    if plan is None or plan.season is Season.GRACE:
        return False
    return any((c.ritual, c.partner) == (ritual, partner) for c in plan.choices)


def _dated(
    ritual: Ritual, known: _Known, context: SeasonContext, weeks: Sequence[Week]
) -> Iterator[Repeat]:
    """One in the week of each of its days, unless something near it is decided."""
    behind = [week - weeks[0] for week in known.left_out]
    decided: Mapping[int, Decided] = known.decided
    near = [*behind, *decided]
    dated = [
        at
        for at in _weeks_of_its_days(ritual, context, weeks)
        if all(abs(at - other) > HALF_A_YEAR for other in near)
    ]
    for at in sorted([*dated, *decided]):
        yield Repeat(at, range(at, at + 1), None, decided.get(at, Decided.DATE))


def _weeks_of_its_days(
    ritual: Ritual, context: SeasonContext, weeks: Sequence[Week]
) -> Iterator[int]:
    for year in range(weeks[0].year - 1, weeks[-1].year + 2):
        day = ritual.rhythm.day_in(year)
        at = local_time.week_of(day, context.household) - weeks[0] if day else -1
        plan = context.plans.get(weeks[0] + at)
        if at in range(len(weeks)) and not (plan and plan.season is Season.GRACE):
            yield at


def _regular(distance: int, last: int | None, known: _Known, ahead: int) -> Iterator[Repeat]:
    """One each distance from the last on; what never was begins soon, in any week of the first.

    What is decided, or lies near, takes the repeat that asks for a week about there.
    """
    decided, lay = sorted(known.decided), list(known.lay)
    asks_for = min(distance, SOON) // 2 if last is None else max(last + distance, 0)
    room = distance - 1 if last is None else distance * 3 // 4
    while asks_for < ahead or decided or lay:
        is_near = bool(lay) and lay[0] <= asks_for + room
        if is_near and not (decided and decided[0] <= lay[0]):
            yield Repeat(asks_for, _around(asks_for, distance, last is None), lay[0])
            asks_for = max(asks_for, lay.pop(0)) + distance
        elif decided and (decided[0] < asks_for + distance or asks_for >= ahead):
            at = decided.pop(0)
            yield Repeat(at, range(at, at + 1), None, known.decided[at])
            asks_for = at + distance
            lay = [other for other in lay if other > at]
        elif asks_for < ahead:
            yield Repeat(asks_for, _around(asks_for, distance, last is None))
            asks_for += distance
        else:
            return
        last, room = asks_for - distance, distance * 3 // 4


def _around(asks_for: int, distance: int, is_first: bool) -> range:
    """The weeks that a repeat may come in."""
    return range(0, distance) if is_first else range(asks_for - distance // 2, asks_for + distance)
