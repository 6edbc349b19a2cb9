"""A week that hands can move: seven days, two partners left and right; on a phone a list.

The browser knows clock times only, as minutes of a day's own clock, past midnight from 24:00 on.
They come from instants here, and become instants again here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui.grid import shape
from pages.ui.grid.hour_scale import HourScale
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.plan import Plan
from rituals.model.time.span import Span, Spans
from rituals.model.time.week import Week
from rituals.planning import agreement

GESTURES = ("pin", "unpin", "leave out", "another idea", "swap", "undo")  # which carry nothing else
HERE = Path(__file__).parent
SCRIPT = """
const grid = import(new URL("/app/scripts/week_grid.js", location.origin));
export default (component) => { grid.then((module) => module.default(component)); };
"""
DONE = "done"  # what hands did, as the browser tells it
HANDS = "week grid hands"  # session: by the grid's key

# This travels with every message; the script itself is loaded once.
_GRID = st.components.v2.component(
    "leavewell_week",
    html="""<div class="lw" lang="en">
    <details class="lw-help"><summary aria-label="What the marks mean">?</summary>
    <p class="lw-key"></p><p class="lw-how" id="lw-how"></p></details>
    <div class="lw-week" role="group" aria-label="The week, day by day"></div>
    <p class="lw-none"></p><p class="lw-detail" id="lw-detail"></p>
    <p class="lw-said" role="status"></p>
    <p class="lw-unseen" role="status"></p>
    <dialog class="lw-sheet" aria-labelledby="lw-sheet-title"></dialog>
    <p class="lw-toast" role="status"></p></div>""",
    css=(HERE / "week_grid.css").read_text("utf-8"),
    js=SCRIPT,
)


@dataclass(frozen=True)
class Changed:
    """One gesture: "move", one of GESTURES, "offer" and "add" of an hour, "take" after a swap."""

    id: str
    what: str
    start: datetime | None = None  # in UTC, of a move; a stretch is one too
    minutes: int | None = None
    number: int = 0  # of the offer that is added or taken


@dataclass(frozen=True)
class Offers:
    """Rituals that fit at an hour, in the words of a sheet; its mark tells one from the next."""

    mark: int
    heading: str
    lines: tuple[tuple[str, str], ...]  # a title, and when and for whom
    does: str  # with the one that is chosen: "add" or "take"


@dataclass
class Hands:
    """The hands on the grid of a week, and how far what they did was answered.

    The browser goes on telling all that has no answer yet, so a run that is cut short loses none.
    """

    week: Week
    heard: int = 0  # the mark of what was answered last
    refused: int = 0  # and of what could not be kept last,
    why: str = ""  # in a sentence
    scale: HourScale | None = None  # as it was when the week was opened
    offers: Offers | None = None  # for the hour that was pointed at last
    told: tuple[int, str] = (0, "")  # what came of a press elsewhere, and when, in ms

    def answer(self, message: Mapping[str, Any], why: str = "") -> None:
        """Acknowledges a message of the browser; `why` is a sentence if it was refused."""
        self.heard = message["mark"]
        if why:
            self.refused, self.why = self.heard, why


def show(  # noqa: PLR0913 - all that can be seen on a week, most of it optional
    plan: Plan,
    household: Household,
    *,
    key: str,
    now: datetime,
    busy: Mapping[str, Spans] | None = None,
    about: Mapping[str, shape.About] | None = None,
    covers: Sequence[tuple[Span, str]] = (),
    waiting: Collection[str] = (),
    movable: bool = True,
    line: str = "",
    view: str = "",
) -> None:
    """Draws a week; a dropped block stays where it was dropped until there is an answer.

    A `line` stands in a week that holds nothing. With another `view` than before the page is
    scrolled to its top.
    """
    hands = _hands().setdefault(key, Hands(plan.week))
    hands.scale = shape.scale(plan, household, busy or {}, hands.scale)
    drawn = shape.shape(plan, household, hands.scale, busy or {}, about or {})
    for shown in drawn["days"]:
        shape.cover(shown, covers, (drawn["first"], drawn["last"]), household)
    shape.show_over(drawn, now, household)
    if movable:
        shape.propose(drawn, {o.id for o in agreement.proposals(plan)})
    shape.show_waiting(drawn, waiting)
    drawn |= {"heard": hands.heard, "refused": hands.refused, "why": hands.why}
    drawn |= {"movable": movable, "line": line, "view": view}
    drawn |= {"told": hands.told}
    drawn |= {"offers": asdict(hands.offers) if hands.offers else None}
    # In any other value than a tuple Streamlit would look for a table, and load pandas for it.
    _GRID(key=key, data={"week": (drawn,)})


def say(week: Week, sentence: str, now: datetime) -> None:
    """Says beside the grids of a week what a press did, with the way back."""
    for hands in _hands().values():
        if hands.week == week and sentence:
            hands.told = round(now.timestamp() * 1000), sentence


def unanswered() -> Iterator[tuple[Hands, dict[str, Any]]]:
    """Messages of the browser's grids without an answer yet, in their order, with their hands."""
    for key, hands in _hands().items():
        for message in (st.session_state.get(key) or {}).get(DONE) or ():
            if message["mark"] > hands.heard:
                yield hands, message


def read(message: Mapping[str, Any], household: Household) -> Changed | None:
    """A message as a gesture, its clock time as an instant in UTC; None for an unknown one."""
    match message:
        case {"id": str(id), "what": "move", "start": str(start), "minutes": int(minutes)}:
            return Changed(id, "move", _instant(start, household), minutes)
        case {"what": "offer", "start": str(start)}:
            return Changed("", "offer", _instant(start, household))
        case {"what": "add" | "take" as what, "number": int(number)}:
            return Changed("", what, number=number)
        case {"id": str(id), "what": str(what)} if what in GESTURES:
            return Changed(id, what)
    return None


def _instant(clock: str, household: Household) -> datetime:
    local = datetime.fromisoformat(clock)
    return local_time.instant(local.date(), local.time(), household)


def _hands() -> dict[str, Hands]:
    hands: dict[str, Hands] = st.session_state.setdefault(HANDS, {})
    return hands
