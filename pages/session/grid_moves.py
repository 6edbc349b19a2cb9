"""Gestures on the grid of a week, kept at the start of a run as all edits are."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import streamlit as st

from pages.session import choices, context, edits, stores
from pages.ui.grid import week_grid
from pages.ui.grid.week_grid import Changed, Hands, Offers
from rituals.model import wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Occurrence, Plan, clash, standing
from rituals.model.ritual import Ritual, Size
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import changes, clashes
from rituals.planning.choices import suggestions
from rituals.planning.conflicts import PlaceSetting
from rituals.planning.options import at_hour

OFFERED = "grid offered"  # session: what was offered last for an hour


def save_moves() -> None:
    """Keeps the gestures on the grids since the last run, or answers with a refusal."""
    for hands, message in week_grid.unanswered():
        household = context.household()
        changed = week_grid.read(message, household)  # nothing, where nobody does that
        if changed and changed.what in ("offer", "add"):
            hands.answer(message, _at_an_hour(hands, message["mark"], changed, household))
        else:
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
    if changed.what == "undo":
        return _undo(week)
    plan, now, place = edits.plan_of(week), stores.now(), PlaceSetting(week, changed.id)
    occurrence = next((o for o in standing(plan) if o.id == changed.id), None)
    if occurrence is None:
        return "It is no longer in this week."
    match changed.what:
        case "move":
            return _move(plan, occurrence, changed, household)
        case "leave out":
            edits.change(week, lambda p: changes.let_go(p, changed.id, now), place)
        case "another idea":
            _another_idea(week, occurrence)
        case "swap":
            return _swap(week, occurrence)
        case what:
            edits.change(week, lambda p: with_fixed(p, changed.id, what == "pin", now), place)
    return ""


def _move(plan: Plan, occurrence: Occurrence, changed: Changed, household: Household) -> str:
    if changed.start is None or changed.minutes is None:
        return ""
    week, now = plan.week, stores.now()
    span = Span(changed.start, changed.start + timedelta(minutes=changed.minutes))
    if why := refusal(plan, occurrence, span, household, context.busy(week, household)):
        return why
    life = context.surroundings(week, household)
    place = PlaceSetting(week, changed.id)
    edits.change(week, lambda p: _put(p, changed.id, span, life, now), place)
    return ""


def _at_an_hour(hands: Hands, mark: int, changed: Changed, household: Household) -> str:
    """Looks for rituals that fit at an hour, or puts the one that was chosen there."""
    life, now = context.placing_context(hands.week, household), stores.now()
    if changed.start is not None:
        at = changed.start
        found = at_hour.offers_at(edits.plan_of(hands.week), at, life, now)
        st.session_state[OFFERED] = found
        lines = tuple((o.ritual.title, _when(o, household)) for o in found)
        moment = wording.moment(at, household)
        heading = f"Something for {moment}?" if found else f"Nothing else fits at {moment}."
        hands.offers = Offers(mark, heading, lines)
        return ""
    offers: list[at_hour.Offer] = st.session_state.get(OFFERED, [])
    if changed.number < len(offers):
        offer = offers[changed.number]
        choices.keep_as_it_is([offer.ritual.id])
        edits.change(hands.week, lambda plan: at_hour.with_offer(plan, offer, life, now))
    return ""


def _when(offer: at_hour.Offer, household: Household) -> str:
    start, end = (i.astimezone(household.tz).time() for i in (offer.span.start, offer.span.end))
    hours = household.formats.from_to(start, end, "–")
    whose = household.name(offer.partner) if offer.partner else ""
    return " · ".join(filter(None, (whose, hours, offer.ritual.what)))


def _swap(week: Week, occurrence: Occurrence) -> str:
    if ritual := occurrence.ritual:
        choices.swap(week, ritual)
    none = ritual is None or choices.has_no_other(week, ritual)
    return "Nothing else of its kind fits into this week." if none else ""


def _undo(week: Week) -> str:
    if not edits.can_go_back(week):
        return "There is nothing to take back."
    edits.go_back(week)
    return ""


def _another_idea(week: Week, occurrence: Occurrence) -> None:
    ritual, now = context.rituals().get(occurrence.ritual or ""), stores.now()
    if ritual is not None:
        edits.change(week, lambda plan: _with_next_way(plan, occurrence.id, ritual, now))


def _with_next_way(plan: Plan, id: str, ritual: Ritual, now: datetime) -> Plan:
    used = {o.way for o in standing(plan) if o.ritual == ritual.id}

    def with_another(occurrence: Occurrence) -> Occurrence:
        way = suggestions.next_way(ritual, occurrence.way, used)
        return changes.touched(replace(occurrence, way=way), now)

    return changes.with_occurrence(plan, id, with_another)


def _put(plan: Plan, id: str, span: Span, life: PlanningContext, now: datetime) -> Plan:
    """The plan with an occurrence where a hand put it: it stays there, whatever lies below."""
    return clashes.seen(changes.move(plan, id, span, True, now), id, life)
