"""Weeks that ask for less: a hard one, and one for which nothing is hoped."""

from dataclasses import fields, replace
from typing import Any

from bench.natural import Lived, sunday
from rituals.model.plan import Choice, Occurrence, Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.planning import changes, scheduling

DEAR = 2  # rituals of a selection that are dear to the couple


def hard(lived: Lived) -> tuple[int, int, int]:
    """Blocks of a usual week, of the same one as a hard one, and dear ones that the latter lost."""
    lived = _with_dear(lived)
    usual = _planned(lived, lived.begun)
    less = _planned(lived, changes.in_season(lived.begun, Season.HARD))
    keys = {_key(o) for o in less}
    dear = {id for id, ritual in lived.context.rituals.items() if getattr(ritual, "dear", False)}
    return len(usual), len(less), sum(o.ritual in dear and _key(o) not in keys for o in usual)


def nothing_hoped(lived: Lived) -> tuple[int, int]:
    """Blocks of a week in which all hopes are 0, and among them those not chosen by hand."""
    begun = lived.begun
    for strand in lived.context.household.strands():
        begun = changes.with_hope(begun, strand, 0)
    by_hand, *others = begun.choices
    choices = (_marked(by_hand, True), *(_marked(choice, False) for choice in others))
    lying = _planned(lived, replace(begun, choices=choices))
    kept = {(by_hand.ritual, by_hand.partner)} if _knows(Choice, "by_hand") else set()
    return len(lying), sum((o.ritual, o.partner) not in kept for o in lying)


def _planned(lived: Lived, begun: Plan) -> tuple[Occurrence, ...]:
    now = sunday(begun.week, lived.context.household)
    return standing(scheduling.scheduled(begun, lived.context, now))


def _with_dear(lived: Lived) -> Lived:
    """The week with the first usual ones of its choices dear to the couple."""
    if not _knows(Ritual, "dear"):
        return lived
    rituals = dict(lived.context.rituals)
    usual = [c.ritual for c in lived.begun.choices if c.times == 1]
    for id in list(dict.fromkeys(usual))[:DEAR]:
        more: dict[str, Any] = {"dear": True}
        rituals[id] = replace(rituals[id], **more)
    return replace(lived, context=replace(lived.context, rituals=rituals))


def _marked(choice: Choice, by_hand: bool) -> Choice:
    more: dict[str, Any] = {"by_hand": by_hand} if _knows(Choice, "by_hand") else {}
    return replace(choice, **more)


def _knows(sort: type, name: str) -> bool:
    return name in {field.name for field in fields(sort)}


def _key(o: Occurrence) -> tuple[str | None, str | None, int]:
    return o.ritual, o.partner, o.number
