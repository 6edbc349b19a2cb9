"""Lines about what is held and meets something new, with their answers; reasons for places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial

import streamlit as st

from pages.session import calendar_refresh, context, edits, last_answer, stores, who
from pages.session.presses import press
from pages.ui import lazy, markdown
from rituals.model import local_time, wording
from rituals.model.context import PlanningContext
from rituals.model.household import Household
from rituals.model.plan import Plan, standing
from rituals.model.time.week import Week
from rituals.planning import changes, clashes, scheduling
from rituals.planning.clashes import Clash, Sort, Titles
from rituals.planning.conflicts import PlaceSetting
from rituals.planning.options import other_place
from rituals.planning.options.other_place import OtherPlace

HERE = "clash"  # where answers are given
MOST_LINES = 2  # until more are asked for: what one came for stays in sight
ALL = "clash all"  # session: whether all of them are shown
QUARTER = timedelta(minutes=15)
DRAWN = frozenset({Sort.BUSY, Sort.TRIP, Sort.WORK})  # behind the blocks of a week's grid


@dataclass(frozen=True)
class _Look:
    """A week in its surroundings: what it meets, and the bands behind its blocks."""

    life: PlanningContext
    clashes: tuple[Clash, ...]
    bands: Mapping[str, set[str]]


def show(plan: Plan, household: Household) -> None:
    """The open clashes of one week, and the last answer."""
    _show([plan], household, dated=False)


def show_ahead(household: Household) -> None:
    """The open clashes of the weeks ahead that have a plan, and the last answer."""
    ahead = stores.store().load_plans(calendar_refresh.weeks_ahead(household))
    _show(ahead.values(), household, dated=True)


def why(plan: Plan, household: Household) -> Mapping[str, str]:
    """Reasons for the places of a week, or the clash that one of them has."""
    if _is_over(plan, household):
        return {}
    seen = _look(plan, household)
    met = {c.occurrence.id: _sentence(c, household) for c in seen.clashes}
    return {**_reasons(plan, seen.life, _next_quarter(stores.now())), **met}


def bands_met(plan: Plan, household: Household) -> Mapping[str, set[str]]:
    """Partners whose appointments, trips or work lie behind an occurrence, by its id."""
    return {} if _is_over(plan, household) else _look(plan, household).bands


def best_other_place(
    plan: Plan, id: str, household: Household, *, another_day: bool = False
) -> OtherPlace | None:
    """The best other place of an occurrence from the next quarter of an hour on."""
    lazy.load_solver()
    life, since = _look(plan, household).life, _next_quarter(stores.now())
    return _other_place(plan, id, life, since, another_day)


def _is_over(plan: Plan, household: Household) -> bool:
    return local_time.week_span(plan.week, household).end <= stores.now()


def _look(plan: Plan, household: Household) -> _Look:
    store = stores.store()
    key = f"{store.engine.url} {store.revision()}"
    return _look_at(key, plan, household, _next_quarter(stores.now()))


@lru_cache(64)  # a look at every week that may have a plan
def _look_at(_key: str, plan: Plan, household: Household, since: datetime) -> _Look:
    """The look at a plan, which a page asks for again and again, as its store is now."""
    life = context.planning_context(plan.week, household)
    met = {o.id: clashes.meetings(o, plan.week, life) for o in standing(plan)}
    bands = {
        id: {m.partner for m in some if m.partner and m.sort in DRAWN} for id, some in met.items()
    }
    return _Look(life, clashes.clashes(plan, life, since), bands)


@lru_cache(16)
def _reasons(plan: Plan, life: PlanningContext, since: datetime) -> Mapping[str, str]:
    """The reasons of a week's places, which take longer than what it meets."""
    return scheduling.reasons(plan, life, since)


@lru_cache(64)
def _other_place(
    plan: Plan, id: str, life: PlanningContext, since: datetime, another_day: bool
) -> OtherPlace | None:
    """The best other place: a page asks for it again and again."""
    return other_place.other_place(plan, id, life, since, another_day=another_day)


def _show(plans: Iterable[Plan], household: Household, *, dated: bool) -> None:
    plans = list(plans)
    last_answer.show(HERE, plans)
    found = [(plan, clash) for plan in plans for clash in _look(plan, household).clashes]
    shown = len(found) if st.session_state.get(ALL) else MOST_LINES
    for plan, clash in found[:shown]:
        _line(plan, clash, household, dated=dated)
    if more := len(found[MOST_LINES:]):
        _more(more, shows=shown == MOST_LINES)


def _more(more: int, *, shows: bool) -> None:
    """A button that shows the others, or hides them again."""
    st.button(
        f"{wording.number(more).capitalize()} more" if shows else "Fewer",
        key="clash more",
        type="tertiary",
        icon=f":material/expand_{'more' if shows else 'less'}:",
        on_click=press(lambda: st.session_state.update({ALL: shows})),
    )


def _line(plan: Plan, clash: Clash, household: Household, *, dated: bool) -> None:
    """One clash, with the best other place named before anybody presses."""
    place = best_other_place(plan, clash.occurrence.id, household)
    about, title = (plan.week, clash.occurrence.id), wording.title(clash.occurrence, household)
    name = f"clash {plan.week} {clash.occurrence.id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=name):
        sentence = markdown.plain(_sentence(clash, household, dated=dated))
        st.markdown(f":material/event_busy: {sentence}", width="content")
        if place:
            is_shorter = place.span.length < clash.occurrence.end - clash.occurrence.start
            at = wording.moment(place.span.start, household)
            to = wording.stretch(place.span, household) if is_shorter else at
            answer = partial(_move, *about, place, f"{title} is on {to} now.")
            st.button(f"Move it to {to}", key=f"{name} move", on_click=press(answer))
        if clashes.can_be_kept(clash):
            answer = partial(_keep_both, plan.week, clash)
            st.button(
                "Keep both", key=f"{name} both", on_click=press(answer), help=markdown.spoken(title)
            )
        answer = partial(_leave_out, *about, f"{title} is left out this week.")
        st.button(
            "Leave it out", key=f"{name} out", on_click=press(answer), help=markdown.spoken(title)
        )


def _sentence(clash: Clash, household: Household, *, dated: bool = False) -> str:
    titles = _titles(clash)
    return clashes.sentence(clash, household, titles, dated=dated)


def _titles(clash: Clash) -> Titles:
    """Titles of the appointments of the one who sits here alone: they are for no other eyes."""
    partner = who.single_partner()
    own = [m for m in clash.meets if m.partner == partner and m.sort is Sort.BUSY]
    if partner is None or not own:
        return {}
    found = [b for m in own for b in stores.store().load_titles(partner, m.span)]
    return {partner: [(busy.span, busy.title) for busy in found if not busy.free]}


def _next_quarter(now: datetime) -> datetime:
    """The quarter of an hour after an instant: so long the same places are ahead."""
    begun = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return begun + QUARTER


def _move(week: Week, id: str, place: OtherPlace, said: str) -> None:
    now = stores.now()
    _answer(week, id, lambda plan: other_place.moved(plan, id, place, now), said)


def _keep_both(week: Week, clash: Clash) -> None:
    _answer(week, clash.occurrence.id, partial(clashes.kept_both, clash), "Both stay.")


def _leave_out(week: Week, id: str, said: str) -> None:
    now = stores.now()
    _answer(week, id, lambda plan: changes.let_go(plan, id, now), said)


def _answer(week: Week, id: str, how: Callable[[Plan], Plan], said: str) -> None:
    last_answer.keep(HERE, said, edits.change(week, how, PlaceSetting(week, id)))
