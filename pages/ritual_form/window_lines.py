"""The windows of a ritual as lines of a form: days, and from which hour until which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time

import streamlit as st

from pages.session.presses import press
from rituals.model import wording
from rituals.model.household import Household
from rituals.model.time.window import DAYS, Anchor, Window

LINES = "our_rituals lines"  # session: by name, the windows the form's lines began with
MOST_LINES = 4  # and still read at a glance
QUARTERS = [f"{m // 60 % 24:02}:{m % 60:02}" for m in range(5 * 60, 29 * 60, 15)]  # from 05:00
Key = Callable[[str], str]


@dataclass(frozen=True)
class Line:
    """One line of “when” as it stands in the form."""

    days: list[int]
    start: str | None
    end: str | None

    @property
    def window(self) -> Window:
        """The window of the line; only for one in which nothing is missing."""
        days = ",".join(DAYS[day] for day in sorted(self.days))
        return Window.read(f"{days} {self.start}-{self.end}")


def begin(windows: Iterable[Window]) -> None:
    """From the next run on, the lines are these."""
    st.session_state[LINES] = {str(n): str(window) for n, window in enumerate(windows)}


def draw(household: Household, key: Key) -> list[Line]:
    """The lines as they stand in the form; `key` makes the form's keys."""
    st.markdown("When it may be")
    began = st.session_state[LINES].items()
    lines = [_line(name, window, household, key) for name, window in began]
    evening = "after the children sleep" if household.children else "in the evening"
    quick = {
        "daily bedtime-sleep": f"{evening}, any day",
        "Sat-Sun wake-12:00": "weekend mornings",
        "Mon-Fri wake-09:00": "weekday mornings",
        "": "another time",
    }
    if len(lines) < MOST_LINES:
        with st.container(horizontal=True, gap="xsmall"):
            for window, label in quick.items():
                st.button(
                    label,
                    icon=":material/add:",
                    key=key(label),
                    on_click=press(_add),
                    args=(window,),
                )
    return lines


def mistakes(lines: list[Line]) -> Iterator[str]:
    """One sentence for each thing that is missing."""
    if not lines:
        yield "Please say when it may be; one line is enough."
    if any(not line.days for line in lines):
        yield "Please choose at least one day in each line of when it may be."
    if any(line.start is None or line.end is None for line in lines):
        yield "Please choose both hours in each line of when it may be."
    if any(line.start and line.start == line.end for line in lines):
        yield "A line ends at the hour it begins; please choose another end."


def _line(name: str, written: str, household: Household, key: Key) -> Line:
    days, _, hours = written.partition(" ")
    first, _, last = hours.partition("-")
    picked = st.pills(
        "Days",
        range(len(DAYS)),
        selection_mode="multi",
        default=Window.read(written).days if days else (),
        format_func=DAYS.__getitem__,
        key=key(f"{name} days"),
        on_change="ignore",
    )
    from_, until, away = st.columns([3, 3, 1.4], vertical_alignment="bottom")
    with from_:
        start = _hour("From", first, household, key(f"{name} start"))
    with until:
        end = _hour("Until", last, household, key(f"{name} end"))
    away.button("Take away", key=key(f"{name} away"), on_click=press(_take_away), args=(name,))
    return Line(picked, start, end)


def _hour(label: str, begun: str, household: Household, key: str) -> str | None:
    named = {anchor.value: f"when {wording.anchor(anchor, household)}" for anchor in Anchor}
    clock = household.formats.clock
    options = [*named, *QUARTERS]
    if begun and begun not in options:
        options.append(begun)
    return st.selectbox(
        label,
        options,
        index=options.index(begun) if begun else None,
        format_func=lambda hour: named.get(hour) or clock(time.fromisoformat(hour)),
        placeholder="",
        key=key,
        on_change="ignore",
    )


def _add(window: str) -> None:
    lines = st.session_state[LINES]
    name = str(max(map(int, lines), default=-1) + 1)
    st.session_state[LINES] = {**lines, name: window}


def _take_away(name: str) -> None:
    lines = st.session_state[LINES]
    st.session_state[LINES] = {other: line for other, line in lines.items() if other != name}
