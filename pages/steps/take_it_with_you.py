"""Step 5: the week, or the next few, into a calendar."""

from collections.abc import Callable

import streamlit as st

from pages import saying_yes, shared, thinking
from pages.out import by_feed, by_file, by_server
from rituals import checklist, plans
from rituals.model import Household, Plan, Week
from rituals.taken import Audience

MOST_WEEKS = 4
MOST_TAKINGS = 8  # the newest ones are shown


def show(plan: Plan, _last: Plan | None, household: Household) -> None:
    """For whom and which weeks; then each way into a calendar."""
    thinking.show(plan, household)
    audience = _for_whom(household)
    ahead = _weeks(plan, household)
    saying_yes.show(ahead, household)
    by_server.show(ahead, audience, household)
    by_feed.show(ahead)
    if not _has_server(audience) or st.toggle("As a file, too", key="take as a file"):
        by_file.show(ahead, audience, household)
    _what_was_taken(plan.week, household)
    _on_paper(plan, household)


def _for_whom(household: Household) -> Audience:
    names = {audience: shared.for_whom(audience, household) for audience in Audience}
    audience = st.segmented_control(
        "For whom",
        list(names),
        default=Audience.SHARED,
        format_func=lambda one: shared.plain(names[one]),
        key="take for whom",
        required=True,
    )
    if audience is not Audience.SHARED:
        name = shared.plain(names[audience])
        st.caption(
            f"Only what is {name}’s own. What you do together is in the calendar for both of you."
        )
    return audience


def _weeks(plan: Plan, household: Household) -> list[Plan]:
    """The plan and those of the weeks after it that are to be taken too."""
    count = st.segmented_control(
        "How many weeks",
        range(1, MOST_WEEKS + 1),
        default=1,
        format_func=lambda n: "This week" if n == 1 else f"{n} weeks",
        key="take weeks",
        required=True,
    )
    later = [plan.week + n for n in range(1, count)]
    return plans.ahead(plan, later, shared.store().load_plans(later), _begin(household))


def _begin(household: Household) -> Callable[[Plan, Week], Plan]:
    return lambda last, week: shared.begun(last, week, household)


def _on_paper(plan: Plan, household: Household) -> None:
    folded = st.expander("On paper", key="take on paper", on_change="rerun")
    if folded.open:
        from pages import printing  # fonts take a moment to load

        with folded:
            printing.show(plan, household)


def _has_server(audience: Audience) -> bool:
    """Whether the week goes to a server, so that a file would only double it."""
    return not shared.is_sample() and audience in shared.own_store().load_servers()


def _what_was_taken(week: Week, household: Household) -> None:
    near = [week + n for n in range(-MOST_WEEKS, MOST_WEEKS + 1)]
    takings = checklist.takings(shared.store().load_taken(near), household, MOST_TAKINGS)
    if takings:
        with st.expander("What you took with you"):
            st.markdown("\n".join(f"- {shared.plain(line)}" for line in takings))
