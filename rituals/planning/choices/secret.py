"""Secret rituals: so many a week are chosen, and each plans them for the other in a drawer.

No week places them, and none shows an idea, a day or an hour of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rituals.model import wording
from rituals.model.household import ONE, TWO, Household
from rituals.model.plan import Choice, Occurrence, Plan, Season, times
from rituals.model.ritual import Ritual
from rituals.text import single_line

OFTEN = ("", "once", "twice")


def is_secret(choice: Choice, rituals: Mapping[str, Ritual]) -> bool:
    """True for a choice that no week places."""
    return choice.ritual in rituals and rituals[choice.ritual].secret


def chosen_by(plan: Plan, giver: str, rituals: Mapping[str, Ritual]) -> dict[str, int]:
    """By id, the number of each secret ritual to plan this week; none in a week off."""
    if plan.season is Season.GRACE:
        return {}
    ids = dict.fromkeys(c.ritual for c in plan.choices if is_secret(c, rituals))
    found = {id: _times(plan, id, giver) for id in ids}
    return {id: amount for id, amount in found.items() if amount}


def line(ritual: Ritual, plan: Plan, household: Household) -> str:
    """The sentence of a secret ritual, as "Each of you: one unexpected text"."""
    one, two = (_times(plan, ritual.id, partner) for partner in (ONE, TWO))
    if one == two:
        title = _within_a_line(single_line(ritual.title))
        amount = f"one {title}" if one == 1 else f"{title}, {_often(one)}"
        return f"Each of you: {amount}"
    amounts = {ONE: one, TWO: two}
    return ", ".join(
        f"{single_line(household.name(partner))} {_often(amount)}"
        for partner, amount in amounts.items()
        if amount
    )


def briefly(ritual: Ritual, plan: Plan) -> str:
    """A word or two on how often each has it, as "each 2×"."""
    amounts = {_times(plan, ritual.id, partner) for partner in (ONE, TWO)}
    return f"each {amounts.pop()}×" if len(amounts) == 1 else f"{sum(amounts)}×"


def is_ahead(occurrence: Occurrence, rituals: Mapping[str, Ritual], now: datetime) -> bool:
    """True for an hour ahead of a ritual that is secret by now."""
    ritual = rituals.get(occurrence.ritual or "")
    is_open = occurrence.start > now and occurrence.said is None
    return is_open and ritual is not None and ritual.secret


def what_left(plan: Plan, rituals: Mapping[str, Ritual], now: datetime) -> str:
    """Sentence on what was in this week and is secret by now; "" where nothing left it."""
    ours = {choice.ritual for choice in plan.choices}
    ahead = [o for o in plan.occurrences if o.ritual in ours and is_ahead(o, rituals, now)]
    lying = {o.ritual for o in ahead if o.chosen}
    left = dict.fromkeys(o.ritual or "" for o in ahead if o.ritual not in lying)
    titles = wording.listed([single_line(rituals[id].title) for id in left])
    if len(left) > 1:
        return f"{titles} are secrets of each of you now: they left the shared week."
    return f"{titles} is now a secret of each of you: it left the shared week." if left else ""


def _times(plan: Plan, ritual: str, partner: str) -> int:
    return times(plan, ritual, partner) + times(plan, ritual, None)


def _often(amount: int) -> str:
    return OFTEN[amount] if amount < len(OFTEN) else f"{wording.number(amount)} times"


def _within_a_line(title: str) -> str:
    """A title that goes on in a sentence; a word in capitals stays one."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
