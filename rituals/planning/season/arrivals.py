"""What is rare in a single week: chosen when it begins, and on its day where it has a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from rituals.model import local_time
from rituals.model.context import Due, PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Choice, Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.model.time.window import Window
from rituals.planning.season import wording
from rituals.planning.season.season import SeasonAhead, day_in


def begun(plan: Plan, context: PlanningContext) -> Plan:
    """A week that begins: without what was rare in the week before it, with what is due in it."""
    weekly = without_rare(plan, context.rituals)
    due = [_choice(one, plan.week, context) for one in context.due if one.ritual in context.rituals]
    return replace(weekly, choices=(*weekly.choices, *due))


def without_rare(plan: Plan, rituals: Mapping[str, Ritual]) -> Plan:
    """The plan without what is rare."""
    rare = {ritual.id for ritual in rituals.values() if not ritual.rhythm.is_weekly}
    return replace(plan, choices=tuple(c for c in plan.choices if c.ritual not in rare))


def missing(
    season: SeasonAhead, plans: Mapping[Week, Plan], today: date, household: Household
) -> dict[Week, list[Choice]]:
    """What the season puts into weeks that are planned already and have not begun, by week."""
    found: dict[Week, list[Choice]] = {}
    for entry in season.rare:
        plan = plans.get(entry.week)
        if plan is None or plan.season is Season.GRACE or entry.is_left_out:
            continue
        has_begun = local_time.first_day(entry.week, household) <= today
        is_there = (entry.ritual.id, entry.partner) in _chosen(plan)
        if not has_begun and not is_there:
            found.setdefault(entry.week, []).append(Choice(entry.ritual.id, entry.partner, 1))
    return found


def with_choices(plan: Plan, some: Iterable[Choice]) -> Plan:
    """The plan with some more chosen, unless they are already."""
    here = _chosen(plan)
    new = tuple(c for c in some if (c.ritual, c.partner) not in here)
    return replace(plan, choices=(*plan.choices, *new))


def on_its_day(ritual: Ritual, week: Week, household: Household) -> Ritual:
    """The ritual as it may lie in a week: what has a date on its day alone."""
    day = day_in(ritual, week, household)
    if day is None:
        return ritual
    windows = [w for w in ritual.windows if day.weekday() in w.days] or ritual.windows
    only = (Window((day.weekday(),), w.start, w.end) for w in windows)
    return replace(ritual, windows=tuple(dict.fromkeys(only)))


def reasons(plan: Plan, context: PlanningContext, found: Mapping[str, str]) -> dict[str, str]:
    """Reasons by occurrence; before those of what is rare stands why it is in this week."""
    due = {(one.ritual, one.partner): one for one in context.due}
    whys = dict(found)
    for o in standing(plan):
        one = due.get((o.ritual or "", o.partner))
        if one and one.ritual in context.rituals:
            why = wording.why(context.rituals[one.ritual], plan.week, one.last, context.household)
            whys[o.id] = f"{why} {found.get(o.id, '')}".strip()
    return whys


def _choice(due: Due, week: Week, context: PlanningContext) -> Choice:
    """What is due, chosen; what was moved here or has its day here does not rest."""
    has_day = day_in(context.rituals[due.ritual], week, context.household) is not None
    return Choice(due.ritual, due.partner, 1, by_hand=due.by_hand or has_day)


def _chosen(plan: Plan) -> set[tuple[str, str | None]]:
    return {(choice.ritual, choice.partner) for choice in plan.choices}
