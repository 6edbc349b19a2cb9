"""Choices of how a week is taken: by which route, for whom, and how many weeks.

Each is chosen under "More ways" and holds while that is closed: it is read from the session.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from pages.session import context, stores, who
from pages.ui.choice import one_of
from rituals.calendars.outgoing import checklist
from rituals.model.calendar import Audience, Route
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.week import Week
from rituals.planning import agreement

MOST_WEEKS = 4
ROUTES = {
    Route.FILE: "File",
    Route.FEED: "Subscribe link",
    Route.SERVER: "Calendar server",
}
FOR_WHOM, WEEKS = "take for whom", "take weeks"  # session: what was chosen of each


def weight(ahead: Iterable[Plan]) -> Literal["primary", "secondary"]:
    """The look of the button that takes the weeks: the yes of both goes before it."""
    return "secondary" if any(agreement.proposals(plan) for plan in ahead) else "primary"


def audience() -> Audience:
    """The audience of the calendar; both of them, unless chosen otherwise."""
    chosen: Audience = st.session_state.get(FOR_WHOM, Audience.SHARED)
    return chosen


def weeks() -> int:
    """The number of weeks that are taken."""
    chosen: int = st.session_state.get(WEEKS, 1)
    return chosen


def route(of: Audience, week: Week) -> Route:
    """The route chosen in this visit, else that of the last taking; a file the first time."""
    if stores.is_sample():
        return Route.FILE
    chosen: Route = st.session_state.get(_route_key(of)) or _usual_route(of, week)
    return chosen


def has_server(of: Audience) -> bool:
    """True if a calendar on a server was set up for them."""
    return of in stores.own_store().load_servers()


def near(week: Week) -> list[Week]:
    """The weeks around one in which a taking is looked for."""
    return [week + n for n in range(-MOST_WEEKS, MOST_WEEKS + 1)]


def show_route(of: Audience, week: Week) -> None:
    """The choice of the route; the sample couple has files alone."""
    if not stores.is_sample():
        one_of(
            "How",
            ROUTES,
            _usual_route(of, week),
            _route_key(of),
            wrap=True,
            persist_state="session",
        )


def show_audience(household: Household) -> None:
    """The choice for whom."""
    of_one = {Audience(key): name for key, name in who.names(household).items()}
    names = {Audience.SHARED: context.audience_name(Audience.SHARED, household)} | of_one
    chosen = one_of(
        "For whom", names, Audience.SHARED, FOR_WHOM, wrap=True, persist_state="session"
    )
    if chosen is not Audience.SHARED:
        name = names[chosen]
        st.caption(
            f"Only what is {name}’s own. What you do together is in the calendar for both of you."
        )


def show_weeks() -> None:
    """The choice of how many weeks."""
    names = {1: "This week"} | {n: f"{n} weeks" for n in range(2, MOST_WEEKS + 1)}
    one_of("How many weeks", names, 1, WEEKS, wrap=True, persist_state="session")


def _usual_route(of: Audience, week: Week) -> Route:
    store = stores.own_store()
    has = {
        Route.SERVER: has_server(of),
        Route.FEED: of in store.load_feeds(),
        Route.FILE: True,
    }
    last = checklist.last_route(store.load_exported(near(week)), of, week)
    if last is not None and has[last]:
        return last
    return next(each for each, is_there in has.items() if is_there)


def _route_key(of: Audience) -> str:
    return f"take route {of}"
