"""Step 1: a look back on last week, or on an earlier one. Unsaid stays unsaid."""

from collections.abc import Sequence
from itertools import groupby
from zlib import crc32

import streamlit as st

from pages.panels import appreciation, grace, spontaneous
from pages.session import context, edits, stores, widgets
from pages.session.presses import press
from pages.ui import markdown
from rituals.model import local_time, totals, wording
from rituals.model.household import Household, Strand
from rituals.model.plan import Occurrence, Plan, Said, Season, standing
from rituals.model.ritual import Size
from rituals.model.summary import WeekSummary
from rituals.model.time.week import Week
from rituals.planning import review
from rituals.planning.conflicts import AnswerSetting, TotalSetting

ANSWERS = {Said.AS_PLANNED: "As planned", Said.A_LITTLE: "A little", Said.LET_GO: "Let it go"}
WHO_SAYS = "Either of you can answer. For time alone, the one who had it knows best."
TAPPED = "look back all"  # session, with a week: what was said of it with one tap, by id


def needs_review(last: Plan | None, week: Week, household: Household) -> bool:
    """True while the week just before has something to speak of; older ones may rest."""
    before = reviewed_plan(last, week, household)
    return before is not None and before is last and not review.is_answered(before)


def reviewed_plan(last: Plan | None, week: Week, household: Household) -> Plan | None:
    """The plan that is looked back on: the one chosen, else that of the week just before.

    None where that week has no plan, or has not begun.
    """
    if chosen := _chosen(week):
        return stores.store().load_plan(chosen)
    before = week - 1
    has_begun = before <= _this_week(household)
    return last if last is not None and last.week == before and has_begun else None


def show(plan: Plan, last: Plan | None, household: Household) -> None:
    """A past week as it was planned and is reviewed; `last` is the plan looked back on."""
    before = min(plan.week - 1, _this_week(household))
    reviewed = stores.store().week_summaries(before + 1)
    chosen = _chosen(plan.week)
    st.header(_heading(chosen or (last.week if last else None), household), anchor=False)
    if chosen:
        _back(plan.week, household)
    if last is not None:
        _week(last, household)
    elif chosen:
        st.write("Nothing was planned in it. What happened in it can still be said.")
    elif before != plan.week - 1:
        st.write("The week before this one has not begun yet: nothing waits to be said of it.")
    elif reviewed:
        newest = _day(reviewed[0].week, household)
        st.write(f"Good to see you. The newest week in here is that of {newest}; nothing waits.")
    else:
        st.write("There is no week to look back on yet, and nothing to catch up on.")
    at = last.week if last else chosen or before
    spontaneous.show(at, household)
    appreciation.show(before, household)
    oldest = before + (1 - review.MOST_WEEKS)
    since = max(reviewed[0].week + 1, oldest) if reviewed else before
    first = at if last or chosen else min(since, before)
    with st.expander("More", key="look back more") if last else st.container():
        if last is not None and last.season is not Season.GRACE:
            _roughly(last, household)
        if last is None or last.season is not Season.GRACE:
            grace.offer(before, (first, at), household)
        if reviewed:
            _another_week(plan.week, reviewed, household)


def _chosen(at_hand: Week) -> Week | None:
    """The week that was chosen in place of the one just before."""
    chosen = st.session_state.get(f"{context.LOOKED_AT} {at_hand}")
    week = Week.read(chosen) if chosen else None
    return None if week == at_hand - 1 else week


def _choose(at_hand: Week, chosen: str | None) -> None:
    st.session_state[f"{context.LOOKED_AT} {at_hand}"] = chosen


def _heading(week: Week | None, household: Household) -> str:
    if week is None:
        return "How was it?"
    of = f"the week of {_day(week, household)}"
    is_over = context.today(household) >= local_time.days(week, household)[-1]
    return f"How was {of}?" if is_over else f"How is {of} so far?"


def _back(at_hand: Week, household: Household) -> None:
    before = min(at_hand - 1, _this_week(household))
    st.button(
        f"Back to the week of {_day(before, household)}",
        icon=":material/undo:",
        type="tertiary",
        on_click=press(_choose),
        args=(at_hand, None),
    )


def _week(last: Plan, household: Household) -> None:
    if last.season is Season.GRACE:
        grace.show_rested(last)
        return
    # As high with nothing in it, so that no answer moves under a hand.
    with st.container(
        key="answered-all", horizontal=True, vertical_alignment="center", gap="small"
    ):
        _all_at_once(last)
        if so_far := _so_far(last):
            st.caption(so_far)
    if standing(last):
        # Drawn only while it is open: so many choices are what a first page would wait for.
        one_by_one = st.expander("One by one", key=f"look back {last.week}", on_change="rerun")
        if one_by_one.open:
            with one_by_one:
                _one_by_one(last, household)


def _all_at_once(last: Plan) -> None:
    if review.unanswered(last):
        st.button(
            "Just as planned",
            type="primary",
            icon=":material/done_all:",
            help="For everything that has not been said yet",
            on_click=press(_all_as_planned),
            args=(last,),
        )
    elif st.session_state.get(f"{TAPPED} {last.week}"):
        st.button(
            "Take it back",
            icon=":material/undo:",
            type="tertiary",
            help="What “Just as planned” said is open again; what you said yourselves stays",
            on_click=press(_open_again),
            args=(last.week,),
        )


def _roughly(last: Plan, household: Household) -> None:
    whole = st.expander("Only roughly", key=f"look back whole {last.week}", on_change="rerun")
    if whole.open:
        with whole:
            _as_a_whole(last, household)


def _all_as_planned(last: Plan) -> None:
    tapped = st.session_state.get(f"{TAPPED} {last.week}", ())
    st.session_state[f"{TAPPED} {last.week}"] = (*tapped, *(o.id for o in review.unanswered(last)))
    edits.record(last.week, review.answer_all_as_planned)


def _open_again(week: Week) -> None:
    tapped = st.session_state.pop(f"{TAPPED} {week}")
    edits.record(week, lambda plan: review.reopen(plan, tapped))


def _so_far(last: Plan) -> str:
    if review.has_no_answer(last):
        return ""
    if not standing(last):
        return "What you said is kept, and the rest stays open."
    if review.is_answered(last):
        return "Everything is said, and can be said anew."
    return "The others stay open."


def _one_by_one(last: Plan, household: Household) -> None:
    st.caption(WHO_SAYS)
    strands = [s for s in household.in_week(last.week).strands() if s in last.lived]
    if rough := [wording.strand(strand, household) for strand in strands]:
        st.caption(markdown.plain(f"{wording.listed(rough)}: what was said roughly counts there."))
    occurrences = standing(last)
    for day, of_day in groupby(occurrences, lambda o: local_time.local_day(o.start, household)):
        st.markdown(f"**{household.formats.day(day)}**")
        for occurrence in of_day:
            _occurrence(last.week, occurrence, household)


def _occurrence(week: Week, occurrence: Occurrence, household: Household) -> None:
    start = household.clock(occurrence.start)
    title = wording.title(occurrence, household)
    clock = household.formats.clock(start)
    with st.container(gap="xxsmall"):
        # As high with a length as without one, so that no answer moves under a hand.
        with st.container(
            key=f"answered-{occurrence.id}",
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            gap="small",
        ):
            st.markdown(
                f"{markdown.dot(occurrence.tone(household))} {clock} {markdown.plain(title)}",
                width="stretch",
            )
            if occurrence.said not in (None, Said.LET_GO) and occurrence.size is not Size.SMALL:
                spontaneous.choose_minutes(week, occurrence, household)
        st.segmented_control(
            f"{markdown.spoken(title)}, {wording.moment(occurrence.start, household)}",
            list(ANSWERS),
            default=occurrence.said,
            format_func=ANSWERS.__getitem__,
            key=widgets.key(AnswerSetting(week, occurrence.id), occurrence.said),
            label_visibility="collapsed",
        )


def _as_a_whole(last: Plan, household: Household) -> None:
    """One length for each strand; what is chosen here counts alone."""
    st.caption(
        "About how long was it, all in all? What you say here counts for that kind of time, in "
        "place of what is said one by one."
    )
    left, right = st.columns(2, gap="small")
    strands = household.in_week(last.week).strands()
    for number, strand in enumerate(strands):
        with right if number > len(strands) // 2 else left:
            _strand(last, strand, household)


def _strand(last: Plan, strand: Strand, household: Household) -> None:
    minutes = last.lived.get(strand, widgets.UNSAID)
    offered = review.lengths_of_a_strand(totals.planned(last, strand, household))
    options = sorted({widgets.UNSAID, minutes, *offered})
    st.selectbox(
        markdown.plain(wording.strand(strand, household)),
        options,
        index=options.index(minutes),
        format_func=_about,
        key=widgets.key(TotalSetting(last.week, strand), minutes),
    )


def _about(minutes: int) -> str:
    if minutes == widgets.UNSAID:
        return "Not said"
    return f"About {wording.hours(minutes)}" if minutes else "None this time"


def _another_week(at_hand: Week, reviewed: Sequence[WeekSummary], household: Household) -> None:
    """Every week with a plan, but for the one just before while that is the one looked at."""
    chosen = _chosen(at_hand)
    others = [week for week in reviewed if chosen or week.week != at_hand - 1]
    lines = {str(week.week): _line(week, at_hand, household) for week in others}
    # A box knows its choice by the line it shows: once a line says something new it is another box.
    key = f"{context.LOOKED_AT} {at_hand} {crc32(repr(lines).encode())}"
    if lines:
        st.selectbox(
            "Another week",
            list(lines),
            index=list(lines).index(str(chosen)) if str(chosen) in lines else None,
            format_func=lines.__getitem__,
            placeholder="Another week",
            key=key,
            label_visibility="collapsed",
            on_change=press(lambda: _choose(at_hand, st.session_state[key])),
        )


def _line(summary: WeekSummary, at_hand: Week, household: Household) -> str:
    first = local_time.first_day(summary.week, household)
    year = "" if summary.week.year == at_hand.year else f" {first.year}"
    label = f"Week of {household.formats.short_day(first)}{year}"
    if summary.rests:
        return " · ".join(filter(None, (label, "week off", summary.grace)))
    return label if summary.reviewed else f"{label} · nothing said yet"


def _this_week(household: Household) -> Week:
    """The newest week that has begun."""
    return local_time.week_of(context.today(household), household)


def _day(week: Week, household: Household) -> str:
    return household.formats.short_day(local_time.first_day(week, household))
