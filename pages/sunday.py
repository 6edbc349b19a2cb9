"""The Sunday sitting: look back · balance · rituals · the week · take it with you."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.overview import grid, hopes, other_weeks, weeks
from pages.panels import agreement, calendar_question, clashes, differences, observation
from pages.session import context, edits, stores, widgets
from pages.session.presses import press
from pages.steps import balance, exchanges, look_back, rituals, take_it_with_you, the_week, today
from pages.ui import choice
from pages.ui.choice import quietly_one_of
from rituals.insights import season_effect
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import changes, review
from rituals.planning.conflicts import SeasonSetting

BALANCE = "2 · Balance"
STEPS = {
    BALANCE: balance.show,
    "3 · Rituals": rituals.show,
    context.THE_WEEK: the_week.show,
    "5 · Take it with you": take_it_with_you.show,
}
NAMES = [context.LOOK_BACK, *STEPS]
SEASONS = {season: words.button for season, words in wording.SEASONS.items()}
STEP = context.STEP
ABOUT = "sunday about"  # session: whether a phone shows what stands behind the heading
SIDES = [360, 872]  # how broad the step and the week are, in pixels of a page of 1360


def sitting() -> None:
    """The whole sitting about one week, with an observation on the weeks behind at its end."""
    household = context.household()
    week = context.week(household)
    quiet, step = _sitting(week, household)
    if step in NAMES[:2]:
        with quiet:  # filled last: nothing waits for it
            observation.show(week, household, anew=step != BALANCE)


def _sitting(week: Week, household: Household) -> tuple[DeltaGenerator, str]:
    """A step on the left, the week it is about on the right; and a place below the step."""
    by_week = stores.store().load_plans(weeks.weeks_shown(week))
    last = _newest_before(week, by_week)
    plan = by_week.setdefault(week, by_week.get(week) or context.new_plan(last, week, household))
    step = _head(plan, last, household)
    looked_at = look_back.reviewed_plan(last, week, household) if step == NAMES[0] else None
    with st.container(key="sides-week-first" if step == context.THE_WEEK else "sides"):
        left, right = st.columns(SIDES, gap="medium")
    in_sight = right.container(key="week-in-sight", gap="xsmall")
    with in_sight.container(key="band", gap="xxsmall"):
        _band(plan, by_week, step, household)
    with left.container(key="step"):
        if step == NAMES[0]:
            # What is different in the week to plan is asked as the sitting begins.
            calendar_question.show(household, plan.week, ahead=False)
            look_back.show(plan, looked_at, household)
        else:
            _questions(plan, step, household)
            STEPS[step](plan, household)
            if step == context.THE_WEEK:
                exchanges.show(plan, household)
        quiet = st.container()
        _on_to_the_next(step)
    with in_sight:
        grid.show(review.as_lived(looked_at) if looked_at else plan, plan.week, household, step)
    return quiet, step


def _head(plan: Plan, last: Plan | None, household: Household) -> str:
    """The week's name, what kind of week it is, the steps and what is different in it."""
    opened = st.session_state.get(ABOUT, False)
    with st.container(key="head-open" if opened else "head", gap="xsmall"):
        season = _heading(plan, household)
        step = _step(last, plan.week, household)
        if step != NAMES[-1]:  # where all of it is settled
            with season:
                _season(plan)
        with st.container(horizontal=True, horizontal_alignment="distribute", gap="small"):
            with st.container(width="content"):
                settled = step == NAMES[-1]
                asks = step in NAMES[:2]
                differences.show(plan.week, household, asks=asks, is_settled=settled)
            _season_effect(plan)
    return step


def _band(plan: Plan, by_week: Mapping[Week, Plan], step: str, household: Household) -> None:
    """The band above the grid: the weeks where hopes are set, else this week's own hours."""
    if step in NAMES[:2] and len(by_week) > 1:
        past = weeks.past_weeks(by_week, plan.week, household)
        weeks.show(plan, past, household, legend=step == NAMES[0])
    elif step == context.THE_WEEK:
        other_weeks.show(plan, household)
    else:
        hopes.show(plan, household, told=step != NAMES[-1])


def _questions(plan: Plan, step: str, household: Household) -> None:
    """The questions that wait for an answer before the week is settled."""
    if step != NAMES[-1]:  # which asks by itself
        agreement.ask_again(plan, household)
    clashes.show(plan, household)
    calendar_question.show(household, plan.week)


def _newest_before(week: Week, kept: Mapping[Week, Plan]) -> Plan | None:
    earlier = [before for before in kept if before < week]
    return kept[max(earlier)] if earlier else stores.store().load_last_plan(week)


def _heading(plan: Plan, household: Household) -> DeltaGenerator:
    """The week's name, and a place beside it."""
    title, season = st.columns([1, 1], vertical_alignment="bottom", gap="small")
    first = local_time.first_day(plan.week, household)
    title.title(f"The week of {household.formats.short_day(first)}", anchor=False)
    return season.container(
        key="season",
        horizontal=True,
        horizontal_alignment="right",
        vertical_alignment="center",
        gap="small",
    )


def _season(plan: Plan) -> None:
    st.caption("This week is", width="content")
    key = widgets.key(SeasonSetting(plan.week), plan.season)
    quietly_one_of("This week is", SEASONS, plan.season, key)


def _season_effect(plan: Plan) -> None:
    """A line on the season's effect on the hopes, and a press that includes those set by hand."""
    if not (sentence := season_effect.sentence(plan)):
        return
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", width="content", key="effect"
    ):
        st.caption(sentence, width="content")
        if season_effect.set_by_hand(plan):
            st.button(
                "Include them",
                type="tertiary",
                on_click=press(_include),
                args=(plan.week,),
            )


def _include(week: Week) -> None:
    edits.replan(week, changes.with_usual_hopes)


def _step(last: Plan | None, week: Week, household: Household) -> str:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="steps"):
        step = quietly_one_of(
            "Step",
            dict(zip(NAMES, NAMES, strict=True)),
            choice.remembered(STEP) or _first_step(last, week, household),
            STEP,
            remembers=True,
            wrap=True,
        )
        with st.container(horizontal=True, width="content", key="arrows"):
            if step != NAMES[-1]:
                _about_the_week()
            _other_week("Earlier", "left", week, -1, household)
            _other_week("Later", "right", week, 1, household)
    return step


def _about_the_week() -> None:
    """On a phone, opens what kind of week it is and what is different in it."""
    with st.container(key="about-the-week", width="content"):
        st.button(
            "About this week",
            icon=":material/tune:",
            type="tertiary",
            on_click=press(
                lambda: st.session_state.update({ABOUT: not st.session_state.get(ABOUT)})
            ),
        )


def _first_step(last: Plan | None, week: Week, household: Household) -> str:
    """The step a sitting begins with."""
    return NAMES[0] if look_back.needs_review(last, week, household) else BALANCE


def _other_week(
    label: str, side: Literal["left", "right"], week: Week, later: int, household: Household
) -> None:
    first = household.formats.short_day(local_time.first_day(week + later, household))
    is_none = later < 0 and _is_the_first(week, household)
    st.button(
        label,
        key=f"sunday {label}",  # else another one in each week, for a moment beside the one before
        icon=f":material/chevron_{side}:",
        icon_position=side,
        help="Your weeks begin with this one" if is_none else f"The week of {first}",
        type="tertiary",
        disabled=is_none,
        on_click=press(_turn),
        args=(week, later),
    )


def _is_the_first(week: Week, household: Household) -> bool:
    """True where every week before is over, and nothing of it is kept."""
    running = local_time.week_of(context.today(household), household)
    kept = stores.store().first_week()
    return week <= min(running, kept or running)


def _turn(week: Week, later: int) -> None:
    """Turns on from the week that a quick hand has turned to already."""
    at = Week.read(st.session_state.get(context.WEEK, str(week)))
    st.session_state[context.WEEK] = str(at + later)


def _on_to_the_next(step: str) -> None:
    following = NAMES[NAMES.index(step) + 1 :]
    if following:
        st.button(
            f"On to {following[0].partition(' · ')[2].lower()}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=press(lambda: choice.take(STEP, following[0])),
        )


if today.opens():
    today.show()
else:
    sitting()
