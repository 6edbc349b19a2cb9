"""Gestures on the grid of a week, kept at the start of a run as all edits are."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pages.session import context, edits, stores
from pages.ui import week_grid
from pages.ui.week_grid import Changed
from rituals.model import wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, clash, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import changes, clashes
from rituals.planning.conflicts import PlaceSetting


def save_moves() -> None:
    """Keeps the gestures on the grids since the last run, or answers with a refusal."""
    for hands, message in week_grid.unanswered():
        household = context.household()
        changed = week_grid.read(message, household)  # nothing, where nobody does that
        hands.answer(message, _keep(hands.week, changed, household) if changed else "")


def refusal(
    plan: Plan,
    occurrence: Occurrence,
    span: Span,
    household: Household,
    busy: Mapping[str, Spans],
) -> str:
    """A sentence if an occurrence cannot be placed at a span; "" if it can."""
    if other := clash(plan, occurrence, span):
        at = wording.moment(other.start, household)
        return f"{wording.title(other, household)} is there already, from {at}."
    if occurrence.size is Size.SMALL:
        return ""
    for partner in household.partners:
        taken = busy.get(partner.key, Spans()) & Spans([span])
        if taken and occurrence.partner in (None, partner.key):
            first = next(iter(taken)).start
            return f"{partner.name}’s {wording.moment(first, household)} is taken."
    return ""


def with_fixed(plan: Plan, id: str, fixed: bool, now: datetime) -> Plan:
    """The plan with one occurrence fixed or loosened wherever it lies by now."""
    lying = next((o for o in standing(plan) if o.id == id), None)
    if lying is None:
        return plan
    return changes.move(plan, id, Span(lying.start, lying.end), fixed, now)


def _keep(week: Week, changed: Changed, household: Household) -> str:
    """Keeps a gesture; "" or a sentence of refusal."""
    plan, now, place = edits.plan_of(week), stores.now(), PlaceSetting(week, changed.id)
    occurrence = next((o for o in standing(plan) if o.id == changed.id), None)
    if occurrence is None:
        return "It is no longer in this week."
    if changed.what == "leave out":
        edits.change(week, lambda p: changes.let_go(p, changed.id, now), place)
    elif changed.start is None or changed.minutes is None:
        edits.change(week, lambda p: with_fixed(p, changed.id, changed.what == "pin", now), place)
    else:
        span = Span(changed.start, changed.start + timedelta(minutes=changed.minutes))
        if why := refusal(plan, occurrence, span, household, context.busy(week, household)):
            return why
        life = context.surroundings(week, household)
        edits.change(week, lambda p: _put(p, changed.id, span, life, now), place)
    return ""


def _put(plan: Plan, id: str, span: Span, life: PlanningContext, now: datetime) -> Plan:
    """The plan with an occurrence where a hand put it: it stays there, whatever lies below."""
    return clashes.seen(changes.move(plan, id, span, True, now), id, life)
