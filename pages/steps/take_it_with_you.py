"""Step 5: the week, or the next few, as a file for the calendar both share."""

from collections.abc import Callable

import streamlit as st

from pages import shared
from rituals import plans, weeks
from rituals.model import Household, Occurrence, Plan, Week
from rituals.storage import Store
from rituals.taken import Audience, Ledger, Route

MOST_WEEKS = 4


def show(plan: Plan, _last: Plan | None, household: Household) -> None:
    """Which weeks and rituals to take, and the file."""
    count = st.segmented_control(
        "How many weeks",
        range(1, MOST_WEEKS + 1),
        default=1,
        format_func=lambda n: "This week" if n == 1 else f"{n} weeks",
        key="take weeks",
        required=True,
    )
    later = [plan.week + n for n in range(1, count)]
    ahead = plans.ahead(plan, later, shared.store().load_plans(later), _begin(household))
    lying = [o for each in ahead for o in plans.standing(each)]
    if not lying:
        st.write("Nothing lies in the plan yet, so there is nothing to take.")
        return
    _download(ahead, _rituals(lying), household)
    st.caption(
        "The file adds events. Importing it again may double them, and no file takes an event "
        "away: what you let go later is deleted by hand, easiest in a calendar of its own. What "
        "you took with you stays where it is; only by hand you move it from there."
    )


def _begin(household: Household) -> Callable[[Plan, Week], Plan]:
    return lambda last, week: shared.begun(last, week, household)


def _rituals(lying: list[Occurrence]) -> set[str]:
    """The titles of what is to be taken: everything, unless some of it is tapped away."""
    titles = list(dict.fromkeys(o.title for o in lying))
    taken = st.pills(
        "What to take",
        titles,
        selection_mode="multi",
        default=titles,
        format_func=shared.plain,
        key=f"take {titles}",
        wrap=True,
    )
    return set(taken)


def _download(ahead: list[Plan], titles: set[str], household: Household) -> None:
    from rituals import ics

    store = shared.store()

    def file() -> bytes:
        """What is taken is kept, so that it stays where it is from now on."""
        taken = [o for plan in ahead for o in _taken(store, plan, titles, household)]
        return ics.calendar(taken, household)

    st.download_button(
        "Take it with you (.ics)",
        file,
        ics.file_name(weeks.first_day(ahead[0].week, household), len(ahead), household),
        "text/calendar",
        on_click="ignore",
        type="primary",
        icon=":material/event_available:",
        disabled=not titles,
    )
    count = sum(o.title in titles for plan in ahead for o in plans.standing(plan))
    st.caption(f"{count} events for the calendar you share.")


def _taken(store: Store, plan: Plan, titles: set[str], household: Household) -> list[Occurrence]:
    kept = store.change_plan(plan, lambda there: there)
    taken = [o for o in plans.standing(kept) if o.title in titles]
    ledger = Ledger.of(household, Audience.SHARED, Route.FILE, store.load_taken([kept.week]))
    store.save_taken(ledger.tell(kept.week, taken, shared.now()))
    return taken
