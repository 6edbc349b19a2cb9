"""Step 5: both say yes, and one button takes the week, or the next few, into a calendar."""

from collections.abc import Callable

import streamlit as st

from pages.panels import agreement, childcare_question
from pages.publishing import by_caldav, by_feed, by_file, choices, guides, printing
from pages.session import context, stores
from pages.ui import markdown
from rituals.calendars.outgoing import checklist
from rituals.insights import week_in_words
from rituals.model.calendar import Audience, Route
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import changes, responsibility, sitters

MOST_TAKINGS = 8  # the newest ones are shown
TAKE_BY = {Route.FILE: by_file.show, Route.FEED: by_feed.show, Route.SERVER: by_caldav.show}

WAYS = {Route.FILE: "file", Route.FEED: "address", Route.SERVER: "server"}  # as guides name them
COMES_BACK = "What one of you moved, renamed or let go there comes back into the plan."


def show(plan: Plan, household: Household) -> None:
    """Two yes, one button, and a word for the week; all else is under "More ways"."""
    audience, ahead = choices.audience(), _weeks(plan, household)
    agreement.show(ahead, household)
    for each in ahead:
        childcare_question.show_open(each, household)
    route = choices.route(audience, plan.week)
    if route is Route.SERVER and not choices.has_server(audience):
        st.page_link("calendars.py", label="Set up a calendar server", icon=":material/dns:")
    TAKE_BY[route](ahead, audience, household)
    folded = st.expander("More ways", key="take more ways", on_change="rerun")
    if folded.open:
        with folded:
            _more_ways(ahead, route, audience, household)
    _say_goodbye(plan, household)


def _weeks(plan: Plan, household: Household) -> list[Plan]:
    """The plan and those of the weeks after it that are to be taken too."""
    later = [plan.week + n for n in range(1, choices.weeks())]
    return changes.plans_ahead(plan, later, stores.store().load_plans(later), _begin(household))


def _begin(household: Household) -> Callable[[Plan, Week], Plan]:
    return lambda last, week: context.new_plan(last, week, household)


def _more_ways(ahead: list[Plan], route: Route, audience: Audience, household: Household) -> None:
    plan = ahead[0]
    choices.show_route(audience, plan.week)
    choices.show_audience(household)
    choices.show_weeks()
    if route is Route.FILE:
        by_file.show_choices(ahead, audience, household)
    elif route is Route.SERVER:
        st.caption(COMES_BACK)
    _what_waits(ahead, household)
    _folded("On paper", "take on paper", lambda: printing.show(plan, household))
    _folded("In your calendar program", "take guide", lambda: guides.show(WAYS[route]))
    _what_was_taken(plan.week, household)
    _who_thinks(plan, household)


def _folded(label: str, key: str, show_it: Callable[[], None]) -> None:
    folded = st.expander(label, key=key, on_change="rerun")
    if folded.open:
        with folded:
            show_it()


def _what_waits(ahead: list[Plan], household: Household) -> None:
    rituals, now = context.rituals(), stores.now()
    count = sum(len(sitters.ids(plan, household, rituals, now)) for plan in ahead)
    if sentence := checklist.waiting_sentence(count):
        st.caption(f":material/hourglass_empty: {sentence}")


def _what_was_taken(week: Week, household: Household) -> None:
    taken = stores.store().load_exported(choices.near(week))
    lines = checklist.export_history(taken, household, MOST_TAKINGS)
    if lines:
        with st.expander("What you took with you"):
            st.markdown("\n".join(f"- {markdown.plain(line)}" for line in lines))


def _who_thinks(plan: Plan, household: Household) -> None:
    """Names those who book, buy and remind; draws nothing where nothing is chosen."""
    if line := responsibility.line(plan, context.rituals(), household, markdown.plain):
        st.caption(line)


def _say_goodbye(plan: Plan, household: Household) -> None:
    """A sentence on the week's contents, and a wish for it."""
    with st.container(key="take-goodbye", gap="xsmall"):
        if told := week_in_words.sentence(plan, household):
            st.markdown(markdown.plain(told))
        if wish := week_in_words.goodbye(plan, household, context.today(household)):
            st.caption(wish)
