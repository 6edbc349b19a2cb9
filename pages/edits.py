"""What was changed in the browser, kept: the one place where the sitting's widgets are saved.

A widget's name says what it holds: ("hope", week, kind, partner). Whatever a browser brings is
compared with what it was last given and saved at the start of a run, before anything is drawn.
Saved where it is drawn, a number typed just before the next step is chosen would be lost: the run
that draws it is cut short by the one that no longer does.

The hopes stand on a board of many slides, which brings them by the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

import streamlit as st

from pages import balance_board, mine, shared, who
from rituals import agreed, feeds, laying, lived, plans, undone, weeks
from rituals.model import Kind, Occurrence, Plan, Said, Season, Strand, Week

Name = tuple[str, ...]
STEPS_BACK = "edits steps back"  # session: the weeks as they were before each change
MOST_STEPS_BACK = 50
UNSAID = -1  # minutes: the choice that nothing is said
ONE_MOVE = timedelta(seconds=2)  # a hand that rests longer begins another
SHOWN = "edits shown"  # session: by name, what was kept under each of its widget's keys
ON_THEIR_WAY = 20  # keys of a widget at most that the browser has not drawn yet
VISIT = "edits visit"  # session: a word of its own, so that an older visit's echo finds no widget


def key(name: Name, kept: object) -> str:
    """A widget's key, another one whenever its value was changed elsewhere.

    A widget shows what it was first given as long as its key stays. Where the store says something
    new, a new key shows it, and a stale echo of the browser has nowhere to land.
    """
    given = _shown().setdefault(name, [kept])
    if given[-1] != kept:
        given.append(kept)
    return _key(name, len(given) - 1)


def board() -> str:
    """The key of the board of hopes; it stays, so that no hand ever holds what is gone."""
    return f"board {_visit()}"


def grid(week: Week) -> str:
    """The key of a week's grid."""
    return f"grid {week} {_visit()}"


def keep() -> None:
    """Saves what was changed in the browser since the last run."""
    on_board = balance_board.moved(board())
    for name, given in _shown().items():
        _keep(name, given, on_board)


def is_kept(name: Name, value: object) -> None:
    """Lets a widget keep its key although its value is new: it brought the value itself."""
    _shown()[name][-1] = value


def plan_of(week: Week) -> Plan:
    """The plan of a week as it is kept, or what it would begin with."""
    store = shared.store()
    kept = store.load_plan(week)
    return kept or shared.begun(store.load_last_plan(week), week, shared.household())


def change(week: Week, how: Callable[[Plan], Plan], about: Name = ()) -> Plan:
    """The plan of a week after a change, kept; one without a plan begins with it.

    Each change can be taken back, but for a hand that goes on moving the same hope: all of that is
    one step. What it is about is remembered, should another screen set it at the same time.
    """
    return _changed(plan_of(week), how, about)


def replanned(week: Week, how: Callable[[Plan], Plan], about: Name = ()) -> Plan:
    """The plan of a week after a change, its rituals placed anew around it."""
    life, now = shared.life_to_place(week, shared.household()), shared.now()
    return change(week, lambda plan: laying.laid(how(plan), life, now), about)


def told(week: Week, how: Callable[[Plan], Plan], about: Name = ()) -> None:
    """Keeps what somebody said of a week: no step back, for it is said anew where it was said."""
    _kept(plan_of(week), how, about)


def say_yes(some: Iterable[Plan], partner: str, only: Collection[str] | None = None) -> None:
    """Keeps a partner's yes to these weeks, or to some of what is in them; feeds hear of it."""
    for begun in some:
        mine.forget_what_is_agreed(begun.week, only)
        kept = shared.store().change_plan(begun, lambda p: agreed.say_yes(p, partner, only))
        if not shared.is_sample():
            feeds.tell(shared.own_store(), kept, shared.household(), shared.now())


def take_yes_back(some: Iterable[Plan], partner: str) -> None:
    """Keeps that a partner's yes to these weeks was taken back."""
    for plan in some:
        told(plan.week, lambda p: agreed.take_back(p, partner))


def put_back(week: Week, occurrence: str) -> None:
    """Puts an occurrence where both had said yes to it."""
    change(week, lambda plan: agreed.as_it_was(plan, occurrence, shared.now()))


def pause(some: Iterable[Week], word: str) -> None:
    """Lets weeks rest; one without a plan keeps what it would begin with."""
    for week in some:
        _changed(_carried(week), lambda plan: lived.rest(plan, word))


def resume(some: Iterable[Week]) -> None:
    """Gives weeks of grace back as they were; those ahead are placed again."""
    for week in some:
        (change if _is_over(week) else replanned)(week, lived.resume)


def resting(week: Week) -> list[Week]:
    """The weeks of grace in a row from this one on, to the end of that row."""
    ahead = shared.store().load_plans([week + n for n in range(lived.MOST_WEEKS)])
    row = lived.from_here(week, {w for w, plan in ahead.items() if plan.season is Season.GRACE})
    return [*row, *resting(week + len(row))] if len(row) == lived.MOST_WEEKS else row


def add_what_happened(week: Week, occurrence: Occurrence) -> None:
    """Keeps what just happened in its week, whatever else that week holds or would begin with."""
    begun = _carried(week) if _is_over(week) else plan_of(week)
    _kept(begun, lambda plan: lived.happened(plan, occurrence))


def can_go_back(week: Week) -> bool:
    """Whether there is a change of this week to take back."""
    return any(step.before.week == week for step in _steps())


def go_back(week: Week) -> None:
    """Takes the last change of a week back, and no more: another screen's changes stay."""
    number = max(n for n, step in enumerate(_steps()) if step.before.week == week)
    step, now = _steps().pop(number), shared.now()

    def back(plan: Plan) -> Plan:
        return plans.back_to(plan, undone.without(step.before, step.after, plan), now)

    _kept(step.before, _with_our_yes(back))


def forget_steps() -> None:
    """What came from elsewhere is not taken back with a step of our own."""
    st.session_state.pop(STEPS_BACK, None)


@dataclass
class _Step:
    """A week as it was before a change of something, and after."""

    before: Plan
    after: Plan
    about: Name
    last: datetime


def _steps() -> list[_Step]:
    steps: list[_Step] = st.session_state.setdefault(STEPS_BACK, [])
    return steps


def _remember(steps: list[_Step], step: _Step) -> None:
    last = steps[-1] if steps else step
    same = last.about == step.about and step.about[:1] == ("hope",)
    if steps and same and last.after == step.before and step.last - last.last < ONE_MOVE:
        last.after, last.last = step.after, step.last
    else:
        steps.append(step)
        del steps[:-MOST_STEPS_BACK]


def _carried(week: Week) -> Plan:
    """The same, but what would lie in it has no place yet: that takes a moment for each week."""
    store, household = shared.store(), shared.household()
    if kept := store.load_plan(week):
        return kept
    last = store.load_last_plan(week)
    return plans.carried_over(last, week, household) if last else plans.first(week, household)


def _is_over(week: Week) -> bool:
    return weeks.week_span(week, shared.household()).end <= shared.now()


def _changed(before: Plan, how: Callable[[Plan], Plan], about: Name = ()) -> Plan:
    steps = _steps()  # once it is kept no run may be cut short before it can be taken back
    found, after = _kept(before, _with_our_yes(how), about)
    if after != found:
        _remember(steps, _Step(found, after, about, shared.now()))
    return after


def _kept(begun: Plan, how: Callable[[Plan], Plan], about: Name = ()) -> tuple[Plan, Plan]:
    """The plan before a change and after it, and it is known which of it was set here."""
    found, note = [], mine.noting(about)

    def noted(plan: Plan) -> Plan:
        found.append(plan)
        return how(plan)

    after = shared.store().change_plan(begun, noted)
    note(found[-1], after)
    return found[-1], after


def _with_our_yes(how: Callable[[Plan], Plan]) -> Callable[[Plan], Plan]:
    """A change that has the yes of those who sit here."""
    sitting = who.sits()
    return lambda plan: agreed.followed(plan, how(plan), sitting)


def _keep(name: Name, given: list[Any], on_board: Mapping[str, int]) -> None:
    """Saves what was set under the newest key of a widget that says more than was kept of it.

    It may be an older key: the browser draws the news of another screen later than it is sent.
    """
    for generation in reversed(range(len(given))[-ON_THEIR_WAY:]):
        under = _key(name, generation)
        live = on_board.get(under, st.session_state.get(under, given[generation]))
        if live != given[generation]:
            SAVED_BY[name[0]](*name[1:], live)
            given[generation] = live
            return


def _shown() -> dict[Name, list[Any]]:
    shown: dict[Name, list[Any]] = st.session_state.setdefault(SHOWN, {})
    return shown


def _key(name: Name, generation: int) -> str:
    return " ".join((*name, _visit(), str(generation)))


def _visit() -> str:
    visit: str = st.session_state.setdefault(VISIT, token_hex(4))
    return visit


def _save_hope(week: str, kind: str, partner: str, minutes: int) -> None:
    strand = Strand(Kind(kind), partner or None)
    name = ("hope", week, kind, partner)
    replanned(Week.read(week), lambda plan: plans.hope(plan, strand, minutes), name)


def _save_season(week: str, season: Season) -> None:
    replanned(Week.read(week), lambda plan: plans.in_season(plan, season), ("season", week))


def _save_times(week: str, ritual: str, partner: str, times: int) -> None:
    name = ("times", week, ritual, partner)
    _choose(week, ritual, lambda plan: plans.choose(plan, ritual, partner or None, times), name)


def _save_oftener(week: str, ritual: str, partner: str, oftener: bool) -> None:
    most = shared.rituals()[ritual].rhythm.most if oftener else 0

    def choose(plan: Plan) -> Plan:
        times = plans.times(plan, ritual, partner or None)
        return plans.choose(plan, ritual, partner or None, times, most)

    _choose(week, ritual, choose)


def _choose(week: str, ritual: str, how: Callable[[Plan], Plan], about: Name = ()) -> None:
    if ritual not in shared.store().load_rituals():
        kept = shared.rituals()[ritual]
        shared.store().save_ritual(kept)  # so that it stays as it was chosen
    replanned(Week.read(week), how, about)


def _save_said(week: str, occurrence: str, said: Said | None) -> None:
    name = ("said", week, occurrence)
    told(Week.read(week), lambda plan: lived.say(plan, occurrence, said), name)


def _save_lived(week: str, occurrence: str, minutes: int) -> None:
    name = ("lived", week, occurrence)
    told(Week.read(week), lambda plan: lived.say_minutes(plan, occurrence, minutes), name)


def _save_whole(week: str, kind: str, partner: str, minutes: int) -> None:
    strand, said = Strand(Kind(kind), partner or None), None if minutes == UNSAID else minutes
    name = ("whole", week, kind, partner)
    told(Week.read(week), lambda plan: lived.say_as_a_whole(plan, strand, said), name)


def _save_grace(week: str, _widget: str, word: str | None) -> None:
    pause(resting(Week.read(week)), word or "")


def _save_rests(week: str, count: int) -> None:
    first = Week.read(week)
    there = resting(first)
    if there:
        word = plan_of(first).grace
        pause([first + n for n in range(len(there), count)], word)
        resume(there[count:])


SAVED_BY: dict[str, Callable[..., None]] = {
    "hope": _save_hope,
    "season": _save_season,
    "times": _save_times,
    "oftener": _save_oftener,
    "said": _save_said,
    "lived": _save_lived,
    "whole": _save_whole,
    "grace": _save_grace,
    "rests": _save_rests,
}
