"""Checks of what a couple tells of its usual weeks, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.week import Week
from rituals.model.time.window import Window

ANY_WEEK = Week(2026, 2)  # usual hours are alike in each; no zone changes its clock in this one


class UsualError(ValueError):
    """Something usual that cannot be; the text is one sentence for people."""


def checked(household: Household) -> Household:
    """The household, if its usual weeks can be; raises UsualError."""
    for day in (ANY_WEEK.monday + timedelta(days=n) for n in range(7)):
        _check_hours(day, household)
    for who, lines in _lines(household):
        _check_lines(who, lines, household)
    return household


def _check_hours(day: date, household: Household) -> None:
    wake, supper, bedtime, sleep = local_time.hours_on(day, household)
    if bedtime <= wake:
        evening = "The children’s bedtime" if household.children else "The evening"
        raise UsualError(
            f"{evening} comes later in the day than waking up; please look at the two again."
        )
    # Older children go to bed later than their parents.
    if wake <= sleep <= (supper if household.children else bedtime):
        raise UsualError(
            "Going to sleep comes last in the day, or after midnight; please look at it again."
        )
    for partner in household.partners:
        own = local_time.hours_on(day, household, partner.key)
        if own.wake == own.sleep:
            raise UsualError(
                f"{partner.name} wakes up at the very minute of going to sleep; "
                "please look at the two again."
            )


def _check_lines(who: str, lines: Iterable[Window], household: Household) -> None:
    told = list(lines)
    if any(line.start == line.end for line in told):
        raise UsualError(f"{who} until the very minute it begins; please choose another end.")
    spans = [local_time.window_spans([line], ANY_WEEK, household) for line in told]
    if any(one & other for one, other in combinations(spans, 2)):
        raise UsualError(f"{who} at the same hours in two lines; please leave them in one.")


def _lines(household: Household) -> Iterator[tuple[str, tuple[Window, ...]]]:
    """Hours of every week, each with the beginning of a sentence about them."""
    for partner in household.partners:
        yield f"{partner.name} works", household.hours.work.get(partner.key, ())
    if household.children:
        yield "The children are away", household.hours.children_away
