"""Changes of the weeks, kept: each can be taken back, and carries the yes of those who sit here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from pages.session import context, own_edits, stores, who
from rituals.calendars.outgoing import feeds
from rituals.model import local_time
from rituals.model.plan import Occurrence, Plan, Season
from rituals.model.ritual import Ritual
from rituals.model.time.week import Week
from rituals.planning import agreement, changes, review, scheduling, undo
from rituals.planning.choices import dear
from rituals.planning.conflicts import PLACED, HopeSetting, PlaceSetting, Setting
from rituals.planning.season import arrivals

About = Setting | None
STEPS_BACK = "edits steps back"  # session: the weeks as they were before each change
MOST_STEPS_BACK = 50
ONE_MOVE = timedelta(seconds=2)  # a hand that rests longer begins another


def plan_of(week: Week) -> Plan:
    """The plan of a week as kept, or the one it would begin with."""
    store = stores.store()
    kept = store.load_plan(week)
    return kept or context.new_plan(store.load_last_plan(week), week, context.household())


def change(week: Week, how: Callable[[Plan], Plan], about: About = None) -> Plan:
    """The plan of a week after a change, kept; one without a plan begins with it.

    Each change can be taken back, but for a hand that goes on moving the same hope: all of that is
    one step. What it is about is remembered, should another screen set it at the same time.
    """
    return _changed(plan_of(week), how, about)


def replan(
    week: Week, how: Callable[[Plan], Plan], about: About = None, *, at_rest: bool = True
) -> Plan:
    """The plan of a week after a change, its rituals placed anew around it."""
    life, now = context.placing_context(week, context.household()), stores.now()

    def placed(plan: Plan) -> Plan:
        return scheduling.scheduled(how(plan), life, now, at_rest=at_rest)

    return change(week, placed, about)


def record(week: Week, how: Callable[[Plan], Plan], about: About = None) -> None:
    """Keeps a review of a week; it has no step back, for it can be changed where it was given."""
    _kept(plan_of(week), how, about)


def put(setting: Setting, value: Any) -> None:
    """Keeps the value of a setting, with what follows from it."""
    now = stores.now()

    def how(plan: Plan) -> Plan:
        return setting.put(plan, value, now)

    if isinstance(setting, PLACED):
        replan(setting.week, how, setting, at_rest=not isinstance(setting, HopeSetting))
    elif isinstance(setting, PlaceSetting):
        change(setting.week, how, setting)
    else:
        record(setting.week, how, setting)


def say_yes(some: Iterable[Plan], partner: str, only: Collection[str] | None = None) -> None:
    """Keeps a partner's yes to these weeks, or to some of what is in them; feeds hear of it."""
    for begun in some:
        own_edits.forget_what_is_agreed(begun.week, only)
        kept = stores.store().change_plan(begun, lambda p: agreement.say_yes(p, partner, only))
        if not stores.is_sample():
            feeds.record_week(stores.own_store(), kept, context.household(), stores.now())


def take_yes_back(some: Iterable[Plan], partner: str) -> None:
    """Keeps that a partner's yes to these weeks was taken back."""
    for plan in some:
        record(plan.week, lambda p: agreement.withdraw_yes(p, partner))


def put_back(week: Week, occurrence: str) -> None:
    """Puts an occurrence back to the place both had agreed on."""
    change(week, lambda plan: agreement.moved_back(plan, occurrence, stores.now()))


def pause(some: Iterable[Week], word: str) -> None:
    """Lets weeks rest; one without a plan keeps what it would begin with."""
    for week in some:
        _changed(_carried(week), lambda plan: review.rest(plan, word))


def resume(some: Iterable[Week]) -> None:
    """Gives weeks of grace back as they were; those ahead are placed again."""
    for week in some:
        (change if _is_over(week) else replan)(week, review.resume)


def grace_weeks_from(week: Week) -> list[Week]:
    """The weeks of grace in a row from this one on, to the end of that row."""
    ahead = stores.store().load_plans([week + n for n in range(review.MOST_WEEKS)])
    row = review.grace_weeks_from(
        week, {w for w, plan in ahead.items() if plan.season is Season.GRACE}
    )
    return [*row, *grace_weeks_from(week + len(row))] if len(row) == review.MOST_WEEKS else row


def add_spontaneous(week: Week, occurrence: Occurrence) -> None:
    """Keeps a spontaneous occurrence in its week, whatever else that holds or would begin with."""
    begun = _carried(week) if _is_over(week) else plan_of(week)
    _kept(begun, lambda plan: review.add_spontaneous(plan, occurrence))


def save_ritual(ritual: Ritual) -> None:
    """Keeps a ritual; what is planned of it from this week on has its marks."""
    store, household, now = stores.store(), context.household(), stores.now()
    store.save_ritual(ritual)
    ahead = scheduling.weeks_ahead(context.today(household), household)
    for plan in store.load_plans(ahead).values():
        if scheduling.marked(plan, {ritual.id: ritual}, household, now) != plan:
            store.change_plan(
                plan, lambda p: scheduling.marked(p, {ritual.id: ritual}, household, now)
            )


def keep_dear(ritual: Ritual, is_dear: bool) -> None:
    """Keeps a ritual dear or not, as it is kept by then; raises DearError for one too many."""
    stores.store().change_ritual(
        lambda own: dear.with_heart(own.get(ritual.id, ritual), is_dear, own)
    )


def can_go_back(week: Week) -> bool:
    """True if there is a change of this week to take back."""
    return any(step.before.week == week for step in _steps())


def go_back(week: Week) -> None:
    """Takes the last change of a week back, and no more: another screen's changes stay."""
    number = max(n for n, step in enumerate(_steps()) if step.before.week == week)
    step, now = _steps().pop(number), stores.now()

    def back(plan: Plan) -> Plan:
        return changes.back_to(plan, undo.undone(step.before, step.after, plan), now)

    _kept(step.before, _with_our_yes(back))


def forget_steps() -> None:
    """Forgets all steps back, for changes from elsewhere are not to be taken back with them."""
    st.session_state.pop(STEPS_BACK, None)


@dataclass
class _Step:
    """A week as it was before a change of something, and after."""

    before: Plan
    after: Plan
    about: About
    last: datetime


def _steps() -> list[_Step]:
    steps: list[_Step] = st.session_state.setdefault(STEPS_BACK, [])
    return steps


def _remember(steps: list[_Step], step: _Step) -> None:
    last = steps[-1] if steps else step
    same = last.about == step.about and isinstance(step.about, HopeSetting)
    if steps and same and last.after == step.before and step.last - last.last < ONE_MOVE:
        last.after, last.last = step.after, step.last
    else:
        steps.append(step)
        del steps[:-MOST_STEPS_BACK]


def _carried(week: Week) -> Plan:
    """The plan of a week, or one carried over without placing it, which takes a moment each."""
    store, household = stores.store(), context.household()
    if kept := store.load_plan(week):
        return kept
    last = store.load_last_plan(week)
    if last is None:
        return changes.first_plan(week, household)
    return arrivals.without_rare(changes.carried_over(last, week, household), context.rituals())


def _is_over(week: Week) -> bool:
    return local_time.week_span(week, context.household()).end <= stores.now()


def _changed(before: Plan, how: Callable[[Plan], Plan], about: About = None) -> Plan:
    steps = _steps()  # once it is kept no run may be cut short before it can be taken back
    rituals, now = context.rituals(), stores.now()

    def without_secrets(plan: Plan) -> Plan:
        return scheduling.without_secrets(how(plan), rituals, now)

    found, after = _kept(before, _with_our_yes(without_secrets), about)
    if after != found:
        _remember(steps, _Step(found, after, about, stores.now()))
    return after


def _kept(begun: Plan, how: Callable[[Plan], Plan], about: About = None) -> tuple[Plan, Plan]:
    """Keeps a change and notes it as set here; the plan before and after it."""
    found, note = [], own_edits.remember(about)

    def noted(plan: Plan) -> Plan:
        found.append(plan)
        return how(plan)

    after = stores.store().change_plan(begun, noted)
    note(found[-1], after)
    return found[-1], after


def _with_our_yes(how: Callable[[Plan], Plan]) -> Callable[[Plan], Plan]:
    """A change that has the yes of those who sit here."""
    sitting = who.present()
    return lambda plan: agreement.with_own_yes(plan, how(plan), sitting)
