"""Our weeks: six ways to look at the weeks that were, one at a time, and the season ahead."""

from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.session import context, stores, who
from pages.session.presses import press
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
OPEN = "weeks choices"  # session: whether a phone shows all that can be chosen
EVERY = {ALL: "All"}
LENGTHS = {8: "8 weeks", 26: "26 weeks", 104: "2 years"}
YEARS = {52: "1 year", 104: "2 years"}
USUAL = 26
FEWEST = 8  # weeks on an axis, so that the first ones do not stand alone in a wide field


def show() -> None:
    """The page."""
    household = context.household()
    with st.container(key="weeks-choices-open" if st.session_state.get(OPEN) else "weeks-choices"):
        wanted = _head(household)
    if wanted is None:
        season_ahead.show(household)
    elif wanted.query is None:
        st.write(
            "Here your weeks will stand side by side: what you hoped for, what was planned and "
            "what happened. The first one appears with your first Sunday."
        )
    else:
        VIEWS[wanted.view](wanted.query)


@dataclass(frozen=True)
class _Wanted:
    """A way to look at the weeks that were, and which of them; None where there are none yet."""

    view: str
    query: query.ViewQuery | None


def _head(household: Household) -> _Wanted | None:
    """The title and what is chosen below it; None for the season ahead."""
    title, choices = st.columns([2, 3], vertical_alignment="bottom")
    title.title("Our weeks", anchor=False)
    in_short = title.container(key="weeks-in-short")
    if _looks_ahead():
        _in_short(in_short, "The season ahead")
        return None
    first = stores.store().first_week()
    if first is None:
        _in_short(in_short, "Our weeks so far")
        return _Wanted(NAMES[0], None)
    view = _view()
    ahead = local_time.week_to_plan(context.today(household), household)
    back = max(ahead - first + 1, FEWEST)
    with choices.container(horizontal=True, horizontal_alignment="right"):
        length, name = _length(view, back)
        partner = _partner(household) if view in OF_ONE else BOTH
    whose = [_whose(household)[partner]] if partner != BOTH else []
    _in_short(in_short, " · ".join([view, name, *whose]))
    shown = tuple(ahead - n for n in range(min(length or back, back) - 1, -1, -1))
    return _Wanted(view, query.ViewQuery(household, ahead, shown, partner))


def _in_short(place: DeltaGenerator, chosen: str) -> None:
    """On a phone, what is chosen: a press opens the choices."""
    is_open = bool(st.session_state.get(OPEN))
    place.button(
        chosen,
        key="weeks in short",
        icon=f":material/expand_{'less' if is_open else 'more'}:",
        icon_position="right",
        on_click=press(lambda: st.session_state.update({OPEN: not is_open})),
    )


def _looks_ahead() -> bool:
    names = {SO_FAR: "Our weeks so far", AHEAD: "The season ahead"}
    which = quietly_one_of("Which weeks", names, SO_FAR, "weeks which", remembers=True)
    return which == AHEAD


def _view() -> str:
    names = dict(zip(NAMES, NAMES, strict=True))
    key = "weeks view"
    return quietly_one_of("What to look at", names, NAMES[0], key, remembers=True, wrap=True)


def _length(view: str, back: int) -> tuple[int, str]:
    """The number of weeks to show, the one ahead included, 0 for every week; and its name."""
    if view in BY_YEAR:
        names, key = YEARS | (EVERY if back - 1 > max(YEARS) else {}), "weeks years"
    else:
        names, key = _lengths(back), "weeks length"
    if st.session_state.get(key, ALL) not in names:  # of a longer life, before it was deleted
        st.session_state.pop(key, None)
    usual = USUAL if USUAL in names else next(iter(names))
    length = quietly_one_of("How far back", names, usual, key, remembers=True)
    return length, names[length]


def _lengths(back: int) -> dict[int, str]:
    """The lengths up to the first that holds every week, which says so where there are fewer."""
    behind = back - 1
    whole = next((n for n in LENGTHS if n >= behind), None)
    if whole is None:
        return LENGTHS | EVERY
    names = {n: name for n, name in LENGTHS.items() if n <= whole}
    return names | ({whole: EVERY[ALL]} if whole > max(behind, FEWEST) else {})


def _partner(household: Household) -> str:
    names = _whose(household)
    return quietly_one_of("Whose weeks", names, BOTH, "weeks partner", remembers=True)


def _whose(household: Household) -> dict[str, str]:
    """Named otherwise than who sits here, which is another choice."""
    return {BOTH: "Hours of both"} | {key: f"{n}’s" for key, n in who.names(household).items()}


show()
