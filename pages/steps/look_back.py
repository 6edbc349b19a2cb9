"""Step 1: what became of last week. Unsaid stays unsaid."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import uuid4

import streamlit as st

from pages import edits, shared
from rituals import plans, weeks, words
from rituals.model import ONE, TWO, Household, Kind, Occurrence, Plan, Said, Week

SAID = {Said.AS_PLANNED: "As planned", Said.A_LITTLE: "A little", Said.LET_GO: "Let it go"}
PARTS = {"Morning": time(8), "Midday": time(12), "Afternoon": time(15), "Evening": time(20)}
LENGTHS = (15, 30, 45, 60, 90, 120, 180, 240)
BOTH = "Both of us"
DAYS_BACK = 8  # that one still remembers
UNTITLED = "Just happened"


def is_open(last: Plan | None, week: Week) -> bool:
    """Whether there is something of the week just before to speak of; older ones may rest."""
    return last is not None and last.week == week + -1 and not plans.is_said(last)


def show(plan: Plan, last: Plan | None, household: Household) -> None:
    """Last week's occurrences, each with what is said of it, and what just happened."""
    st.header("How was it?", anchor=False)
    if last is None or not plans.standing(last):
        st.write("There is no week to look back on yet, and nothing to catch up on.")
    elif last.week != plan.week + -1:
        first = words.short_day(weeks.first_day(last.week, household))
        st.write(f"The week of {first} is the newest one in here. Nothing waits for you.")
        st.caption("You may still say how it was, or just go on.")
    if last is not None:
        _last_week(last, household)
    _just_happened(household)


def _last_week(last: Plan, household: Household) -> None:
    there = plans.standing(last)
    if there and not plans.is_said(last):
        st.button(
            "Just as planned",
            type="primary",
            icon=":material/done_all:",
            help="For everything that has not been said yet",
            on_click=lambda: edits.change(last.week, plans.say_all_as_planned),
        )
    if lived := [o for o in last.occurrences if o.spontaneous or o in there]:
        label = "Everything is said. Look at it again?" if plans.is_said(last) else "One by one"
        # Drawn only while it is open: so many choices are what a first page would wait for.
        one_by_one = st.expander(label, key=f"look back {last.week}", on_change="rerun")
        if one_by_one.open:
            with one_by_one:
                _occurrences(lived, last.week, household)


def _occurrences(lived: list[Occurrence], week: Week, household: Household) -> None:
    for day, of_day in groupby(lived, lambda o: weeks.local_day(o.start, household)):
        st.markdown(f"**{words.day(day)}**")
        for occurrence in of_day:
            _occurrence(week, occurrence, household)


def _occurrence(week: Week, occurrence: Occurrence, household: Household) -> None:
    start = occurrence.start.astimezone(household.tz)
    title = words.title(occurrence, household)
    told, choice = st.columns([4, 5], vertical_alignment="center", gap="small")
    told.markdown(f"{shared.dot(occurrence.kind)} {start:%H:%M} {shared.plain(title)}")
    with choice:
        st.segmented_control(
            f"{shared.spoken(title)}, {words.moment(occurrence.start, household)}",
            list(SAID),
            default=occurrence.said,
            format_func=SAID.__getitem__,
            key=edits.key(("said", str(week), occurrence.id), occurrence.said),
            label_visibility="collapsed",
        )


def _just_happened(household: Household) -> None:
    with (
        st.expander("Something that just happened", icon=":material/add:"),
        st.form("just happened", clear_on_submit=True, border=False),
    ):
        kinds = [kind for kind in Kind if household.children or kind is not Kind.SOLO]
        kind = st.pills(
            "What it was",
            kinds,
            default=Kind.TOGETHER,
            format_func=words.KINDS.__getitem__,
            required=True,
            wrap=True,
        )
        names = {"": BOTH} | {p.key: p.name for p in household.partners}
        whose = st.selectbox("Who", list(names), format_func=names.__getitem__)
        minutes = st.select_slider("How long, about", LENGTHS, value=60, format_func=words.hours)
        today = shared.today(household)
        days = [today - weeks.ONE_DAY * back for back in range(DAYS_BACK)]
        day = st.selectbox("When", days, format_func=words.day)
        part = st.pills("About", list(PARTS), default="Evening", required=True, wrap=True)
        title = st.text_input("In a word, if you like", max_chars=80)
        if st.form_submit_button("Add it", type="primary"):
            start = weeks.instant(day, PARTS[part], household)
            whom = (None,) if kind is Kind.TOGETHER else (whose,) if whose else (ONE, TWO)
            for partner in whom:
                _add(day, _happened(title, kind, partner, start, minutes), household)
            st.toast("It is in its week now.")
            st.rerun()


def _add(day: date, occurrence: Occurrence, household: Household) -> None:
    """Into the week of its day; one without a plan gets nothing else by this."""
    begun = plans.first(weeks.week_of(day, household), household)
    shared.store().change_plan(begun, lambda p: plans.happened(p, occurrence))


def _happened(
    title: str, kind: Kind, partner: str | None, start: datetime, minutes: int
) -> Occurrence:
    now = shared.now()
    return Occurrence(
        id=uuid4().hex,
        title=title.strip() or UNTITLED,
        kind=kind,
        partner=partner,
        start=start,
        end=start + timedelta(minutes=minutes),
        created=now,
        changed=now,
        spontaneous=True,
        said=Said.AS_PLANNED,
        lived=minutes,
    )
