"""Our weeks: six ways to look at the weeks that were, one at a time, and the season ahead."""

import streamlit as st

from pages.session import context, stores, who
from pages.ui.choice import quietly_one_of
from pages.week_views import (
    query,
    rhythm,
    rituals,
    season_ahead,
    side_by_side,
    strands,
    two_of_us,
    year,
)
from rituals.model import local_time
from rituals.model.household import BOTH, Household

VIEWS = {
    "Weeks": side_by_side.show,
    "Each kind of time": strands.show,
    "The two of us": two_of_us.show,
    "Our rhythm": rhythm.show,
    "Our rituals": rituals.show,
    "A year": year.show,
}
SO_FAR, AHEAD = "so far", "ahead"
NAMES = list(VIEWS)
BY_YEAR = {"A year"}  # views that go back by whole years
OF_ONE = {"Weeks", "Each kind of time"}  # views that can be of one partner
ALL = 0
LENGTHS = {8: "8 weeks", 26: "26 weeks", 104: "2 years"}
YEARS = {52: "1 year", 104: "2 years"}
FEWEST = 8  # weeks on an axis, so that the first ones do not stand alone in a wide field


def show() -> None:
    """The page."""
    household = context.household()
    title, choices = st.columns([2, 3], vertical_alignment="bottom")
    title.title("Our weeks", anchor=False)
    if _looks_ahead():
        season_ahead.show(household)
        return
    first = stores.store().first_week()
    if first is None:
        st.write(
            "Here your weeks will stand side by side: what you hoped for, what was planned and "
            "what happened. The first one appears with your first Sunday."
        )
        return
    view = _view()
    ahead = local_time.week_to_plan(context.today(household), household)
    back = max(ahead - first + 1, FEWEST)
    with choices.container(horizontal=True, horizontal_alignment="right"):
        length = _length(view, back)
        partner = _partner(household) if view in OF_ONE else ""
    shown = tuple(ahead - n for n in range(min(length or back, back) - 1, -1, -1))
    VIEWS[view](query.ViewQuery(household, ahead, shown, partner))


def _looks_ahead() -> bool:
    names = {SO_FAR: "Our weeks so far", AHEAD: "The season ahead"}
    options = {"persist_state": "session"}
    return quietly_one_of("Which weeks", names, SO_FAR, "weeks which", **options) == AHEAD


def _view() -> str:
    names = dict(zip(NAMES, NAMES, strict=True))
    options = {"wrap": True, "persist_state": "session"}
    return quietly_one_of("What to look at", names, NAMES[0], "weeks view", **options)


def _length(view: str, back: int) -> int:
    """The number of weeks to show, the one ahead included; ALL, which is 0, for every week."""
    lengths, key, usual = (
        (YEARS, "weeks years", 52) if view in BY_YEAR else (LENGTHS, "weeks length", 26)
    )
    names = lengths | ({ALL: "All"} if back - 1 > max(lengths) else {})
    return quietly_one_of("How far back", names, usual, key, persist_state="session")


def _partner(household: Household) -> str:
    names = who.all_names(household)
    return quietly_one_of("Whose weeks", names, BOTH, "weeks partner", persist_state="session")


show()
