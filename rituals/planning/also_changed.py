"""Sentence on all else of a week that one choice changed, so that nothing moves unsaid."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rituals.model import wording
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, in_order, standing

MOST = 2  # that are named


def sentence(
    before: Plan, after: Plan, household: Household, but: Collection[str | None] = ()
) -> str:
    """Other changes as "Family walk is 30 min shorter now."; "" where there are none.

    `but` are the rituals that the choice was about.
    """
    found = [
        f"{wording.title(was, household)} {how}"
        for was, how in _changes(before, after, household)
        if was.ritual not in but
    ]
    if len(found) > MOST:
        found = [*found[:MOST], f"{wording.number(len(found) - MOST)} more changed"]
    return f"{'; '.join(found)}." if found else ""


def _changes(before: Plan, after: Plan, household: Household) -> Iterator[tuple[Occurrence, str]]:
    lying = {o.id: o for o in standing(after)}
    for was in in_order(standing(before)):
        if how := _how(was, lying.get(was.id), household):
            yield was, how


def _how(was: Occurrence, now: Occurrence | None, household: Household) -> str:
    if now is None:
        return "has no place now"
    longer = now.minutes - was.minutes
    length = f"{wording.hours(abs(longer))} {'longer' if longer > 0 else 'shorter'}"
    if now.start != was.start:
        moved = f"is on {wording.moment(now.start, household)} now"
        return f"{moved}, {length}" if longer else moved
    return f"is {length} now" if longer else ""
