"""The Sunday sitting: look back · balance · rituals · the week · take it with you."""

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.panels import (
    agreement,
    calendar_question,
    clashes,
    differences,
    observation,
    overview,
)
from pages.session import context, stores, widgets
from pages.steps import balance, exchanges, look_back, rituals, take_it_with_you, the_week, today
from pages.ui.choice import quietly_one_of
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import review
from rituals.planning.conflicts import SeasonSetting

BALANCE = "2 · Balance"
STEPS = {
    BALANCE: balance.show,
    "3 · Rituals": rituals.show,
    "4 · The week": the_week.show,
    "5 · Take it with you": take_it_with_you.show,
}
NAMES = [context.LOOK_BACK, *STEPS]
SEASONS = {season: words.button for season, words in wording.SEASONS.items()}
STEP = context.STEP


def sitting() -> None:
    """The whole sitting about one week, with an observation on the weeks behind at its start."""
    household = context.household()
    week = context.week(household)
    quiet, step = _sitting(week, household)
    if step in NAMES[:2]:
        with quiet:  # filled last: nothing waits for it
            observation.show(week, household, anew=step != BALANCE)


def _sitting(week: Week, household: Household) -> tuple[DeltaGenerator, str]:
    """A step on the left, what follows from it on the right; and a place above the two."""
    by_week = stores.store().load_plans(overview.weeks_shown(week))
    last = _newest_before(week, by_week)
    plan = by_week.setdefault(week, by_week.get(week) or context.new_plan(last, week, household))
    _heading(plan, household)
    before = overview.past_weeks(by_week, week, household)
    st.caption(overview.progress(plan, before.last, household))
    step = _step(last, week, household)
    if step != NAMES[-1]:  # which asks by itself
        agreement.ask_again(plan, household)
    if step != NAMES[-1]:
        differences.show(week, household)
    if step != NAMES[0]:
        clashes.show(plan, household)
        calendar_question.show(household, week)
    quiet = st.container()
    looked_at = look_back.reviewed_plan(last, week, household) if step == NAMES[0] else None
    left, right = st.columns(_widths(step), gap="large")
    with right:
        overview.show_weeks(plan, before, household)
    with left:
        if step == NAMES[0]:
            look_back.show(plan, looked_at, household)
        else:
            STEPS[step](plan, household)
        _on_to_the_next(step)
    with right:
        shown = review.as_lived(looked_at) if looked_at else plan
        overview.show_week(shown, plan.week, household)
        if shown.week == plan.week:
            exchanges.show(plan, household)
    return quiet, step


def _newest_before(week: Week, kept: Mapping[Week, Plan]) -> Plan | None:
    earlier = [before for before in kept if before < week]
    return kept[max(earlier)] if earlier else stores.store().load_last_plan(week)


def _heading(plan: Plan, household: Household) -> None:
    title, season = st.columns([3, 2], vertical_alignment="bottom", gap="small")
    first = local_time.first_day(plan.week, household)
    title.title(f"The week of {household.formats.short_day(first)}", anchor=False)
    with season.container(horizontal=True, horizontal_alignment="right"):
        key = widgets.key(SeasonSetting(plan.week), plan.season)
        quietly_one_of("This week is", SEASONS, plan.season, key)


def _step(last: Plan | None, week: Week, household: Household) -> str:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        step = st.segmented_control(
            "Step",
            NAMES,
            default=_first_step(last, week, household),
            key=STEP,
            required=True,
            label_visibility="collapsed",
            wrap=True,
            persist_state="session",
        )
        with st.container(horizontal=True, width="content"):
            _other_week("Earlier", "chevron_left", week - 1, household)
            _other_week("Later", "chevron_right", week + 1, household)
    return step or BALANCE


def _first_step(last: Plan | None, week: Week, household: Household) -> str | None:
    """The step a sitting begins with: a default alone, for a page open over a start has its own."""
    if STEP in st.session_state:
        return None
    return NAMES[0] if look_back.needs_review(last, week, household) else BALANCE


def _other_week(label: str, icon: str, week: Week, household: Household) -> None:
    first = household.formats.short_day(local_time.first_day(week, household))
    st.button(
        label,
        key=f"sunday {label}",  # else another one in each week, for a moment beside the one before
        icon=f":material/{icon}:",
        help=f"The week of {first}",
        type="tertiary",
        on_click=lambda: st.session_state.update({context.WEEK: str(week)}),
    )


def _widths(step: str) -> Sequence[int]:
    return {NAMES[0]: [6, 7], BALANCE: [1, 2]}.get(step, [2, 3])


def _on_to_the_next(step: str) -> None:
    following = NAMES[NAMES.index(step) + 1 :]
    if following:
        st.button(
            f"On to {following[0].partition(' · ')[2].lower()}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=lambda: st.session_state.update({STEP: following[0]}),
        )


if today.opens():
    today.show()
else:
    sitting()
