"""Gestures on the grid of a week, kept at the start of a run as all edits are."""

from collections.abc import Mapping, Sequence
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
from rituals.planning.options import at_hour, swaps
from rituals.planning.options.at_hour import Offer

OFFERED = "grid offered"  # session: what was offered last, and in whose place


def save_moves() -> None:
    """Keeps the gestures on the grids since the last run, or answers with a refusal."""
    for hands, message in week_grid.unanswered():
        household = context.household()
        changed = week_grid.read(message, household)  # nothing, where nobody does that
        if changed and changed.what in OFFERS:
            OFFERS[changed.what](hands, message["mark"], changed, household)
            hands.answer(message)
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


def _offer(hands: Hands, mark: int, changed: Changed, household: Household) -> None:
    """Looks for rituals that fit at an hour."""
    if changed.start is None:
        return
    life, at = context.placing_context(hands.week, household), changed.start
    found = at_hour.offers_at(edits.plan_of(hands.week), at, life, stores.now())
    moment = wording.moment(at, household)
    heading = f"Something for {moment}?" if found else f"Nothing else fits at {moment}."
    st.session_state[OFFERED] = found, ""
    hands.offers = Offers(mark, heading, _lines(found, household), "add")


def _add(hands: Hands, _mark: int, changed: Changed, household: Household) -> None:
    """Puts the one that was chosen at its hour."""
    life, now = context.placing_context(hands.week, household), stores.now()
    if offer := _chosen(changed)[0]:
        choices.keep_as_it_is([offer.ritual.id])
        before = edits.plan_of(hands.week)
        after = edits.change(hands.week, lambda plan: at_hour.with_offer(plan, offer, life, now))
        choices.tell_what_else(before, after, [offer.ritual.id])


def _swap(hands: Hands, mark: int, changed: Changed, household: Household) -> None:
    """Looks for rituals that fit in the place of one."""
    life, plan = context.placing_context(hands.week, household), edits.plan_of(hands.week)
    lying = next((o for o in standing(plan) if o.id == changed.id), None)
    found = swaps.others(plan, lying, life, stores.now()) if lying else []
    title = wording.title(lying, household) if lying else "this"
    heading = f"Instead of {title}" if found else "Nothing else of its kind fits here."
    st.session_state[OFFERED] = found, changed.id
    hands.offers = Offers(mark, heading, _lines(found, household), "take")


def _take(hands: Hands, _mark: int, changed: Changed, household: Household) -> None:
    """Puts the one that was chosen in the place of another."""
    life, now = context.placing_context(hands.week, household), stores.now()
    offer, id = _chosen(changed)
    if offer:
        choices.keep_as_it_is([offer.ritual.id])
        before = edits.plan_of(hands.week)
        after = edits.change(hands.week, lambda plan: swaps.swapped_for(plan, id, offer, life, now))
        gone = {o.ritual or "" for o in standing(before) if o.id == id}
        choices.tell_what_else(before, after, {offer.ritual.id, *gone})


OFFERS = {"offer": _offer, "add": _add, "swap": _swap, "take": _take}


def _chosen(changed: Changed) -> tuple[Offer | None, str]:
    """The chosen one of the last offers, and the id of the block it would replace, if any."""
    found, id = st.session_state.get(OFFERED, ([], ""))
    return (found[changed.number] if changed.number < len(found) else None), id


def _lines(found: Sequence[Offer], household: Household) -> tuple[tuple[str, str], ...]:
    return tuple((offer.ritual.title, _when(offer, household)) for offer in found)


def _when(offer: Offer, household: Household) -> str:
    start, end = (household.clock(i).time() for i in (offer.span.start, offer.span.end))
    hours = household.formats.from_to(start, end, "–")
    whose = household.name(offer.partner) if offer.partner else ""
    return " · ".join(filter(None, (whose, hours, offer.ritual.what)))


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
