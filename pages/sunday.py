"""The Sunday sitting: look back · balance · rituals · the week · take it with you."""

from collections.abc import Mapping

import streamlit as st

from pages import overview, shared
from pages.steps import balance, look_back, rituals, take_it_with_you, the_week
from rituals import plans, weeks, words
from rituals.model import Household, Plan, Season, Week

STEPS = {
    "1 · Look back": look_back.show,
    "2 · Balance": balance.show,
    "3 · Rituals": rituals.show,
    "4 · The week": the_week.show,
    "5 · Take it with you": take_it_with_you.show,
}
NAMES = list(STEPS)
SEASONS = {
    Season.CALM: "Calm",
    Season.USUAL: "Usual",
    Season.HARD: "Hard week",
    Season.GRACE: "Grace",
}
STEP = "sunday step"


@st.fragment
def sitting() -> None:
    """The whole sitting about one week; what is moved in it redraws this and no more."""
    household = shared.household()
    week = shared.week(household)
    kept = shared.store().load_plans([week + back for back in range(1 - overview.WEEKS_SHOWN, 1)])
    last = _newest_before(week, kept)
    plan = kept.get(week) or shared.begun(last, week, household)
    plan = _heading(plan, household)
    said = st.empty()
    step = _step(last, week, household)
    left, right = st.columns(_widths(step), gap="large")
    with left:
        plan, last = STEPS[step](plan, last, household)
        _on_to_the_next(step)
    with right:
        looking_back = step == NAMES[0]
        shown = kept | {each.week: each for each in (last, plan) if each}
        overview.show(plan, shown, last if looking_back and last else plan, household)
    said.caption(overview.sentence(plan, last))


def _newest_before(week: Week, kept: Mapping[Week, Plan]) -> Plan | None:
    there = [before for before in kept if before < week]
    return kept[max(there)] if there else shared.store().load_last_plan(week)


def _heading(plan: Plan, household: Household) -> Plan:
    title, season = st.columns([3, 2], vertical_alignment="bottom", gap="small")
    title.title(
        f"The week of {words.short_day(weeks.first_day(plan.week, household))}", anchor=False
    )
    with season.container(horizontal=True, horizontal_alignment="right"):
        return _season(plan)


def _season(plan: Plan) -> Plan:
    chosen = st.segmented_control(
        "Season: how much this week may ask",
        list(SEASONS),
        default=plan.season,
        format_func=SEASONS.__getitem__,
        key=shared.key(f"season {plan.week}", plan.season),
        required=True,
        label_visibility="collapsed",
    )
    if chosen == plan.season:
        return plan
    plan = shared.change(plan, lambda p: plans.in_season(p, chosen))
    shared.keeps(f"season {plan.week}", chosen)
    return plan


def _step(last: Plan | None, week: Week, household: Household) -> str:
    if STEP not in st.session_state:
        st.session_state[STEP] = NAMES[0] if look_back.is_open(last, week) else NAMES[1]
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        step = st.segmented_control(
            "Step", NAMES, key=STEP, required=True, label_visibility="collapsed", wrap=True
        )
        with st.container(horizontal=True, width="content"):
            _other_week("Earlier", "chevron_left", week + -1, household)
            _other_week("Later", "chevron_right", week + 1, household)
    return step


def _other_week(label: str, icon: str, week: Week, household: Household) -> None:
    first = words.short_day(weeks.first_day(week, household))
    st.button(
        label,
        icon=f":material/{icon}:",
        help=f"The week of {first}",
        type="tertiary",
        on_click=lambda: st.session_state.update({shared.WEEK: str(week)}),
    )


def _widths(step: str) -> list[float]:
    return {NAMES[0]: [6, 7], NAMES[1]: [1, 2]}.get(step, [2, 3])


def _on_to_the_next(step: str) -> None:
    following = NAMES[NAMES.index(step) + 1 :]
    if following:
        st.button(
            f"On to {following[0].partition(' · ')[2].lower()}",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=lambda: st.session_state.update({STEP: following[0]}),
        )


sitting()
