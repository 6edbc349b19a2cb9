"""A season's effect on the hopes of its week, in one sentence."""

from __future__ import annotations

from rituals.model import wording
from rituals.model.plan import Plan, Season

EFFECTS = {Season.CALM: "a quarter higher", Season.HARD: "halved"}


def sentence(plan: Plan) -> str:
    """The season's effect and what it left, as "Five hopes are halved, the two you set stay.";
    "" where it changes none.
    """
    if plan.season not in EFFECTS:
        return ""
    by_hand = set_by_hand(plan)
    changed = sum(hope.by_hand is None and hope.usual > 0 for hope in plan.hopes.values())
    stay = _stay(by_hand)
    if not changed:
        return f"{stay[0].upper()}{stay[1:]}." if stay else ""
    what = "hope is" if changed == 1 else "hopes are"
    effect = f"{wording.number(changed).capitalize()} {what} {EFFECTS[plan.season]}"
    return f"{', '.join(filter(None, (effect, stay)))}."


def set_by_hand(plan: Plan) -> int:
    """The number of hopes that were set by hand."""
    return sum(hope.by_hand is not None for hope in plan.hopes.values())


def _stay(by_hand: int) -> str:
    if not by_hand:
        return ""
    return (
        "the one you set stays" if by_hand == 1 else f"the {wording.number(by_hand)} you set stay"
    )
