"""Checks of what a couple tells of its usual weeks, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.model.usual import LONGEST_WAY_HOME
from rituals.model.wording import WEEKDAYS

AT_ONCE = "wakes up at the very minute of going to sleep; please look at the two again."
ANY_WEEK = Week(2026, 2)  # usual hours are alike in each; no zone changes its clock in this one


class UsualError(ValueError):
    """Something usual that cannot be; the text is one sentence for people."""


def checked(household: Household) -> Household:
    """The household, if its usual weeks can be; raises UsualError."""
    of_each = (of_lines(who, lines, household) for who, lines in _lines(household))
    found = (of_hours(household), *of_each, _of_way_home(household.usual.way_home))
    if problem := next(filter(None, found), ""):
        raise UsualError(problem)
    return household


def of_hours(household: Household) -> str:
    """Sentence about hours of a day that are in no order; empty where they are in order."""
    days = [ANY_WEEK.monday + timedelta(days=n) for n in range(7)]
    household = household.lasting
    alike = replace(household, usual=replace(household.usual, days=()))
    if problem := _of_day(days[0], alike):
        return problem
    for day in days:
        if problem := _of_day(day, household):
            kept = any(problem.startswith(partner.name) for partner in household.partners)
            begins = problem[:1] if kept else problem[:1].lower()
            return f"On {WEEKDAYS[day.weekday()]} {begins}{problem[1:]}"
    return ""


def of_lines(who: str, lines: Iterable[Window], household: Household) -> str:
    """Sentence about lines that cannot be, begun with whose they are; empty where they can."""
    windows = list(lines)
    if any(line.start == line.end for line in windows):
        return f"{who} until the very minute it begins; please choose another end."
    lasting = household.lasting
    spans = [local_time.window_spans([line], ANY_WEEK, lasting) for line in windows]
    if any(one & other for one, other in combinations(spans, 2)):
        return f"{who} at the same hours in two lines; please leave them in one."
    return ""


def _of_day(day: date, household: Household) -> str:
    wake, supper, bedtime, sleep = local_time.hours_on(day, household)
    if bedtime <= wake:
        evening = "The children’s bedtime" if household.children else "The evening"
        return f"{evening} comes later in the day than waking up; please look at the two again."
    # Older children go to bed later than their parents.
    if wake <= sleep <= (supper if household.children else bedtime):
        return "Going to sleep comes last in the day, or after midnight; please look at it again."
    own = {p.name: local_time.hours_on(day, household, p.key) for p in household.partners}
    at_once = (name for name, hours in own.items() if hours.wake == hours.sleep)
    return next((f"{name} {AT_ONCE}" for name in at_once), "")


def _of_way_home(minutes: int) -> str:
    fits = 0 <= minutes <= LONGEST_WAY_HOME
    return "" if fits else f"The way home takes from 0 to {LONGEST_WAY_HOME} minutes here."


def _lines(household: Household) -> Iterator[tuple[str, tuple[Window, ...]]]:
    """Hours of every week, each with the beginning of a sentence about them."""
    for partner in household.partners:
        yield f"{partner.name} works", household.hours.work.get(partner.key, ())
    if household.children:
        yield "The children are away", household.hours.children_away
