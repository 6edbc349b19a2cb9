"""Step 5: the week, or the next few, into a calendar."""

from collections.abc import Callable

import streamlit as st

from pages.panels import agreement, childcare_question
from pages.publishing import by_caldav, by_feed, by_file, printing
from pages.session import context, stores, who
from pages.ui import markdown
from pages.ui.choice import one_of
from rituals.calendars.outgoing import checklist
from rituals.model.calendar import Audience
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import changes, responsibility, sitters

MOST_WEEKS = 4
MOST_TAKINGS = 8  # the newest ones are shown


def show(plan: Plan, household: Household) -> None:
    """The choice of audience and weeks; then each way into a calendar."""
    _who_thinks(plan, household)
    audience = _for_whom(household)
    ahead = _weeks(plan, household)
    for each in ahead:
        childcare_question.show_open(each, household)
    _what_waits(ahead, household)
    agreement.show(ahead, household)
    by_caldav.show(ahead, audience, household)
    by_feed.show(ahead)
    if not _has_server(audience) or st.toggle("As a file, too", key="take as a file"):
        by_file.show(ahead, audience, household)
    _what_was_taken(plan.week, household)
    _on_paper(plan, household)


def _who_thinks(plan: Plan, household: Household) -> None:
    """Names those who book, buy and remind; draws nothing where nothing is chosen."""
    if line := responsibility.line(plan, context.rituals(), household, markdown.plain):
        st.markdown(line)


def _what_waits(ahead: list[Plan], household: Household) -> None:
    rituals, now = context.rituals(), stores.now()
    count = sum(len(sitters.ids(plan, household, rituals, now)) for plan in ahead)
    if sentence := checklist.waiting_sentence(count):
        st.caption(f":material/hourglass_empty: {sentence}")


def _for_whom(household: Household) -> Audience:
    of_one = {Audience(key): name for key, name in who.names(household).items()}
    names = {Audience.SHARED: context.audience_name(Audience.SHARED, household)} | of_one
    audience = one_of("For whom", names, Audience.SHARED, "take for whom")
    if audience is not Audience.SHARED:
        name = names[audience]
        st.caption(
            f"Only what is {name}’s own. What you do together is in the calendar for both of you."
        )
    return audience


def _weeks(plan: Plan, household: Household) -> list[Plan]:
    """The plan and those of the weeks after it that are to be taken too."""
    names = {1: "This week"} | {n: f"{n} weeks" for n in range(2, MOST_WEEKS + 1)}
    count = one_of("How many weeks", names, 1, "take weeks")
    later = [plan.week + n for n in range(1, count)]
    return changes.plans_ahead(plan, later, stores.store().load_plans(later), _begin(household))


def _begin(household: Household) -> Callable[[Plan, Week], Plan]:
    return lambda last, week: context.new_plan(last, week, household)


def _on_paper(plan: Plan, household: Household) -> None:
    folded = st.expander("On paper", key="take on paper", on_change="rerun")
    if folded.open:
        with folded:
            printing.show(plan, household)


def _has_server(audience: Audience) -> bool:
    """True if the week goes to a server, so that a file would only double it."""
    return not stores.is_sample() and audience in stores.own_store().load_servers()


def _what_was_taken(week: Week, household: Household) -> None:
    near = [week + n for n in range(-MOST_WEEKS, MOST_WEEKS + 1)]
    takings = checklist.export_history(stores.store().load_exported(near), household, MOST_TAKINGS)
    if takings:
        with st.expander("What you took with you"):
            st.markdown("\n".join(f"- {markdown.plain(line)}" for line in takings))
