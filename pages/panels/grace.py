"""Weeks of grace: begun with one tap, for as long as it takes, and taken back as easily."""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.session import edits, presses, stores, widgets
from pages.session.presses import press
from pages.ui import markdown
from pages.ui.choice import one_of_many
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import review

WORDS = ("Illness", "Newborn", "Moving", "Holiday")
OWN = "Or a word of your own"


def show_resting(plan: Plan, household: Household) -> None:
    """The word of a week of grace at hand, and for how many weeks everything rests."""
    st.write("Everything rests, and nothing is hoped for. All of it is there again afterwards.")
    listed = plan.grace if plan.grace in WORDS else None
    st.pills(
        "What for, if you like",
        WORDS,
        default=listed,
        key=widgets.key(widgets.Grace(plan.week, "pill"), listed),
        wrap=True,
    )
    own = "" if listed else plan.grace
    key = widgets.key(widgets.Grace(plan.week, "word"), own)
    st.text_input(OWN, own, max_chars=review.LETTERS, key=key, autocomplete="off")
    resting = len(edits.grace_weeks_from(plan.week))
    counts = list(range(1, max(review.MOST_WEEKS, resting) + 1))
    st.selectbox(
        "For how many weeks",
        counts,
        index=resting - 1,
        format_func=lambda n: _until(plan.week, n, household),
        key=widgets.key(widgets.Rests(plan.week), resting),
    )


def offer(most: Week, shown: tuple[Week, Week], household: Household) -> None:
    """Lets weeks up to `most` rest after all; `shown` are the ones it begins with."""
    folded = st.expander(
        "A week off?", icon=":material/spa:", key=f"grace {shown[1]}", on_change="rerun"
    )
    if not folded.open:
        return
    with folded:
        st.caption("Nothing is asked of a week off, and it stays out of every sum.")
        first, last = _which(most, shown, household)
        with st.container(horizontal=True, gap="small"):
            for word in WORDS:
                at = (first, last, word)
                st.button(word, key=f"grace {word}", on_click=press(_pause), args=at)
        with st.form("grace", border=False):
            own = st.text_input(OWN, max_chars=review.LETTERS, autocomplete="off")
            presses.submit(
                "Let it rest",
                partial(_pause, first, last, own),
                key="grace own",
                draw=st.form_submit_button,
            )


def show_rested(plan: Plan) -> None:
    """A week of grace that is looked back on, with buttons that take it back."""
    st.write(
        f"{markdown.sentence(plan.grace)} Nothing is asked of it, and its plan is kept underneath."
    )
    before = {summary.week for summary in stores.store().week_summaries(plan.week) if summary.rests}
    row = review.grace_weeks_around(plan.week, before | set(edits.grace_weeks_from(plan.week)))
    with st.container(horizontal=True):
        resume = press(edits.resume)
        st.button("Take it back", on_click=resume, args=([plan.week],))
        if len(row) > 1:
            all_of_them = "both" if len(row) == 2 else f"all {len(row)}"
            st.button(f"Take {all_of_them} weeks back", on_click=resume, args=(row,))


def _pause(first: Week, last: Week, word: str) -> None:
    edits.pause([first + n for n in range(last - first + 1)], word)


def _which(most: Week, shown: tuple[Week, Week], household: Household) -> tuple[Week, Week]:
    first, last = shown
    around = {first, *(last + n for n in range(1 - review.MOST_WEEKS, review.MOST_WEEKS))}
    allowed = sorted(week for week in around if week <= most)
    left, right = st.columns(2, gap="small")
    with left:
        first = _week("From the week of", allowed, first, household)
    with right:
        upto = [week for week in allowed if week >= first]
        return first, _week("To the week of", upto, max(first, last), household)


def _week(label: str, weeks: list[Week], shown: Week, household: Household) -> Week:
    names = {str(week): _day(week, household) for week in weeks}
    key = f"grace {label} {shown} {weeks[0]}"
    return Week.read(one_of_many(label, names, str(shown), key))


def _until(week: Week, count: int, household: Household) -> str:
    if count == 1:
        return "This week"
    return f"{count} weeks, up to that of {_day(week + (count - 1), household)}"


def _day(week: Week, household: Household) -> str:
    return household.formats.short_day(local_time.first_day(week, household))
