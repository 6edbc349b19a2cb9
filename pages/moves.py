"""What a hand did to the week's grid, kept."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from pages import edits, shared
from pages.week_grid import Changed
from rituals import plans, words
from rituals.model import Household, Occurrence, Plan, Size
from rituals.spans import Span, Spans


def keep(
    plan: Plan, changed: Changed, household: Household, busy: Mapping[str, Spans] | None = None
) -> str:
    """Keeps a change; nothing, or the sentence that says why it cannot be."""
    now = shared.now()
    occurrence = next((o for o in plans.standing(plan) if o.id == changed.id), None)
    if occurrence is None:
        return "It is no longer in this week."
    thing = ("lies", str(plan.week), changed.id)
    if changed.what == "let go":
        edits.change(plan.week, lambda p: plans.let_go(p, changed.id, now), thing)
    elif changed.start is None or changed.minutes is None:
        edits.change(plan.week, lambda p: fixed(p, changed.id, changed.what == "fix", now), thing)
    else:
        span = Span(changed.start, changed.start + timedelta(minutes=changed.minutes))
        if sentence := refusal(plan, occurrence, span, household, busy or {}):
            return sentence
        # What a hand put somewhere stays there.
        edits.change(plan.week, lambda p: plans.move(p, changed.id, span, True, now), thing)
    return ""


def refusal(
    plan: Plan,
    occurrence: Occurrence,
    span: Span,
    household: Household,
    busy: Mapping[str, Spans],
) -> str:
    """Why an occurrence cannot lie there, in a sentence; nothing where it can."""
    if other := plans.clash(plan, occurrence, span):
        at = words.moment(other.start, household)
        return f"{words.title(other, household)} is there already, from {at}."
    if occurrence.size is Size.SMALL:
        return ""
    for partner in household.partners:
        taken = busy.get(partner.key, Spans()) & Spans([span])
        if taken and occurrence.partner in (None, partner.key):
            first = next(iter(taken)).start
            return f"{partner.name}’s {words.moment(first, household)} is taken."
    return ""


def fixed(plan: Plan, id: str, fixed: bool, now: datetime) -> Plan:
    """The plan with one occurrence fixed or loosened wherever it lies by now."""
    lying = next((o for o in plans.standing(plan) if o.id == id), None)
    if lying is None:
        return plan
    return plans.move(plan, id, Span(lying.start, lying.end), fixed, now)
