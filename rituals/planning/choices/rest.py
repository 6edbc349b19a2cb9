"""Rituals that rest this week: in a hard week, and where nothing is hoped for.

It is a proposal: what was chosen by hand this week never rests, and one press takes it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from rituals.model.household import Strand
from rituals.model.plan import Choice, Plan, Season
from rituals.model.ritual import Ritual, Size

SHARE_OF_HARD_WEEK = 0.6  # of the times of a usual week, at most


def awake(plan: Plan, rituals: Mapping[str, Ritual]) -> tuple[Choice, ...]:
    """The choices of a week that look for a place, each as often as it does."""
    hoped_for = [replace(c, times=_hoped_times(c, plan, rituals)) for c in plan.choices]
    left = _of_hard_week(hoped_for, rituals) if plan.season is Season.HARD else hoped_for
    return tuple(choice for choice in left if choice.times)


def resting(plan: Plan, rituals: Mapping[str, Ritual]) -> tuple[Choice, ...]:
    """The choices of a week that rest, each as often as it does."""
    up = {(c.ritual, c.partner): c.times for c in awake(plan, rituals)}
    rest = (replace(c, times=c.times - up.get((c.ritual, c.partner), 0)) for c in plan.choices)
    return tuple(choice for choice in rest if choice.times and choice.ritual in rituals)


def woken(plan: Plan, choices: Collection[Choice]) -> Plan:
    """The plan with these choices made by hand, so that they rest no longer."""
    keys = {(c.ritual, c.partner) for c in choices}
    return replace(
        plan,
        choices=tuple(
            replace(c, by_hand=True) if (c.ritual, c.partner) in keys else c for c in plan.choices
        ),
    )


def _hoped_times(choice: Choice, plan: Plan, rituals: Mapping[str, Ritual]) -> int:
    ritual = rituals.get(choice.ritual)
    if ritual is None or choice.by_hand:
        return choice.times
    strand = Strand.of(ritual.kind, choice.partner)
    hope = plan.hopes.get(strand)
    # Not in this season's measure, which rounds: what is hoped for a little is hoped for.
    nothing = hope is not None and (hope.usual if hope.by_hand is None else hope.by_hand) == 0
    return 0 if nothing else choice.times


def _of_hard_week(choices: Iterable[Choice], rituals: Mapping[str, Ritual]) -> list[Choice]:
    """What stays in a hard week: what is dear and what was chosen by hand, and small moments.

    Of small moments only so many that the week is clearly lighter than usual; what was chosen by
    hand takes none of their room, or taking something in would let another one rest.
    """
    all_of_them = list(choices)
    room = int(SHARE_OF_HARD_WEEK * sum(c.times for c in all_of_them))
    held = [c for c in all_of_them if _stays(c, rituals)]
    room -= sum(c.times for c in held if not c.by_hand)
    small = [c for c in all_of_them if c not in held and _is_small(c, rituals)]
    fewer = {(c.ritual, c.partner): times for c, times in _fewer(small, max(room, 0))}
    return [
        c if c in held else replace(c, most=0, times=fewer.get((c.ritual, c.partner), 0))
        for c in all_of_them
    ]


def _fewer(small: list[Choice], room: int) -> Iterable[tuple[Choice, int]]:
    """Small choices, one time each and then again in turn, as long as there is room."""
    times = dict.fromkeys(range(len(small)), 0)
    while room and (left := [n for n, c in enumerate(small) if times[n] < c.times]):
        least = min(left, key=lambda n: (times[n], n))
        times[least] += 1
        room -= 1
    return ((choice, times[n]) for n, choice in enumerate(small))


def _stays(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    ritual = rituals.get(choice.ritual)
    return choice.by_hand or (ritual is not None and ritual.dear)


def _is_small(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    ritual = rituals.get(choice.ritual)
    return ritual is not None and ritual.size is Size.SMALL
