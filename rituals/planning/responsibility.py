"""The partner who thinks of each of a week's rituals: who books, buys and reminds.

It alternates from week to week, unless a ritual has one who always thinks of it. What is one
partner's own time is that partner's own thought, and is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from rituals import text
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Plan, Season
from rituals.model.ritual import Ritual

Thoughts: TypeAlias = dict[str, list[Ritual]]  # by the key of the partner who thinks of them


def of_week(plan: Plan, rituals: Mapping[str, Ritual], household: Household) -> Thoughts:
    """By partner, what each thinks of this week.

    What alternates goes to the one and the other in the order it was chosen; what is chosen later
    changes nothing before it.
    """
    keys = [partner.key for partner in household.partners]
    thoughts: Thoughts = {key: [] for key in keys}
    turn = plan.week.ordinal
    for ritual in _shared(plan, rituals):
        if ritual.thinks in thoughts:
            thoughts[ritual.thinks].append(ritual)
        else:
            thoughts[keys[turn % 2]].append(ritual)
            turn += 1
    return thoughts


def line(
    plan: Plan,
    rituals: Mapping[str, Ritual],
    household: Household,
    shown: Callable[[str], str] = text.single_line,
) -> str:
    """The thoughts as "Maya looks after Dinner out, Jonas after A walk."; "" without any."""
    parts: list[str] = []
    for key, thought in of_week(plan, rituals, household).items():
        if thought:
            titles = wording.listed([shown(ritual.title) for ritual in thought])
            verb = "after" if parts else "looks after"
            parts.append(f"{shown(household.name(key))} {verb} {titles}")
    return f"{', '.join(parts)}." if parts else ""


def _shared(plan: Plan, rituals: Mapping[str, Ritual]) -> list[Ritual]:
    if plan.season is Season.GRACE:
        return []
    chosen = [c.ritual for c in plan.choices if c.partner is None and c.times > 0]
    return [rituals[id] for id in chosen if id in rituals and not rituals[id].secret]
