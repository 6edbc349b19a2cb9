"""Rituals taken into a week or out of it, swapped or suggested: each by one press."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from pages.session import context, edits, stores, who
from pages.ui.grid import week_grid
from rituals.model.household import ONE, TWO
from rituals.model.plan import Plan, times
from rituals.model.time.week import Week
from rituals.planning import also_changed, changes
from rituals.planning.choices import shelf
from rituals.planning.conflicts import TimesSetting
from rituals.planning.options.first_week import first_week, is_of_any_week
from rituals.planning.options.swaps import swapped

SUGGESTED = "choices suggested"  # session: by week the number of its suggestion, and what it chose
JUST_NOW = "choices just now"  # session: the week and the ritual that was taken in last
NO_OTHER = "choices no other"  # session: the week and the ritual that nothing stands for


def add(week: Week, ritual: str) -> None:
    """Takes a ritual into a week, for whom it is; who has it already has it as often as before."""
    found, household = context.rituals()[ritual], context.household()
    here = who.single_partner()

    def with_it(plan: Plan) -> Plan:
        for partner in shelf.for_whom(found, plan, household, here):
            if not times(plan, ritual, partner):
                plan = changes.choose(plan, ritual, partner, shelf.times(found))
        return plan

    keep_as_it_is([ritual])
    before = edits.plan_of(week)
    tell_what_else(before, edits.replan(week, with_it), [ritual])
    _say(JUST_NOW, week, ritual)


def leave_out(week: Week, ritual: str) -> None:
    """Takes a ritual out of a week, whoever has it."""

    def without(plan: Plan) -> Plan:
        for partner in _chosen_by(plan, ritual):
            plan = changes.choose(plan, ritual, partner, 0)
        return plan

    before = edits.plan_of(week)
    by = _chosen_by(before, ritual)
    after = edits.replan(week, without, TimesSetting(week, ritual, by[0]) if by else None)
    tell_what_else(before, after, [ritual])


def swap(week: Week, ritual: str) -> None:
    """Puts the next ritual that fits in the place of one, or remembers that there is none."""
    life, now = context.placing_context(week, context.household()), stores.now()
    before = edits.plan_of(week)
    chosen = {choice.ritual for choice in before.choices}
    after = edits.change(week, lambda plan: swapped(plan, ritual, life, now) or plan)
    if new := {choice.ritual for choice in after.choices} - chosen:
        keep_as_it_is(new)
        tell_what_else(before, after, [ritual, *new])
        _say(JUST_NOW, week, new.pop())
    else:
        _say(NO_OTHER, week, ritual)


def suggest(week: Week) -> None:
    """Puts the next first week in the place of none, or of the one suggested before."""
    life, now = context.placing_context(week, context.household()), stores.now()
    number = 1 + st.session_state.get(_suggested(week), (-1, ()))[0]

    def begun(plan: Plan) -> Plan:
        free = not is_begun(plan) or is_as_suggested(plan)
        return first_week(plan, life, now, number) if free else plan

    after = edits.change(week, begun)
    keep_as_it_is(choice.ritual for choice in after.choices)
    st.session_state[_suggested(week)] = number, after.choices


def is_begun(plan: Plan) -> bool:
    """True where something is chosen that was not due by itself."""
    rituals = context.rituals()
    return any(is_of_any_week(choice, rituals) for choice in plan.choices)


def is_as_suggested(plan: Plan) -> bool:
    """True where a week holds what was suggested here, and nothing was changed in it since."""
    _, choices = st.session_state.get(_suggested(plan.week), (-1, None))
    return choices == plan.choices and is_begun(plan)


def is_new(week: Week, ritual: str) -> bool:
    """True for the ritual that was taken into a week last."""
    return st.session_state.get(JUST_NOW) == (week, ritual)


def has_no_other(week: Week, ritual: str) -> bool:
    """True once after a press that found nothing to stand for a ritual."""
    if st.session_state.get(NO_OTHER) != (week, ritual):
        return False
    del st.session_state[NO_OTHER]
    return True


def keep_as_it_is(rituals: Iterable[str]) -> None:
    """Keeps rituals of the catalogue as they were chosen, whatever the catalogue holds later."""
    own = stores.store().load_rituals()
    for ritual in {*rituals} - own.keys():
        stores.store().save_ritual(context.rituals()[ritual])


def tell_what_else(before: Plan, after: Plan, but: Iterable[str]) -> None:
    """Says in the week's grid what else of it a choice moved, made shorter or longer."""
    sentence = also_changed.sentence(before, after, context.household(), {*but})
    week_grid.say(after.week, sentence, stores.now())


def _chosen_by(plan: Plan, ritual: str) -> list[str | None]:
    return [partner for partner in (None, ONE, TWO) if times(plan, ritual, partner)]


def _say(what: str, week: Week, ritual: str) -> None:
    st.session_state[what] = week, ritual


def _suggested(week: Week) -> str:
    return f"{SUGGESTED} {week}"
