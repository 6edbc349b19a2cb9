"""The balance board: a slider for every strand, which shows its value while the hand moves it.

Streamlit's own slider speaks only once it is let go. The board's are the browser's own ranges, so
keyboard, touch and screen reader come with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import streamlit as st

from rituals.model import totals

HERE = Path(__file__).resolve().parent
HTML = """
<p class="legend"><span>planned</span> <span>hoped for</span></p>
<div class="board"></div>
"""
SCRIPT = (HERE / "balance_board.js").read_text(encoding="utf-8")
STYLE = (HERE / "balance_board.css").read_text(encoding="utf-8")
_BOARD = st.components.v2.component("balance_board", html=HTML, css=STYLE, js=SCRIPT)


@dataclass(frozen=True)
class Slide:
    """One strand on the board; all numbers are minutes.

    The hand has the last word on a slide as long as its name stays. A new value from the store
    takes a new name: the board then shows it, and what comes back under the old one is an echo.
    """

    name: str  # the key in what comes back
    group: str  # the heading it stands under; "" for both
    label: str
    spoken: str  # what a screen reader calls it
    kind: str  # for its colour
    hoped: int
    planned: int
    low: int
    high: int
    usual: int  # where the scale of its card ends, unless more is hoped for
    note: str = ""  # what a hand that rests on it is told
    why: str = ""  # a short line beneath
    shades: Mapping[str, int] = field(default_factory=dict)  # of what is planned, in its place


def show(slides: Sequence[Slide], key: str) -> None:
    """Draws the board; `moved` returns what a hand moved on it."""
    measure = {"most": totals.MOST_HOPED, "step": totals.HALF_HOUR}
    rows = tuple(asdict(slide) for slide in slides)  # for a list Streamlit would load pandas
    _BOARD(key=key, data={**measure, "slides": rows})


def moved(key: str) -> dict[str, int]:
    """The minutes of every slide that was moved in this browser, by name."""
    brought = (st.session_state.get(key) or {}).get("moved") or {}
    return {name: minutes for name, minutes in brought.items() if isinstance(minutes, int)}
