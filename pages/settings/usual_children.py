"""The fields of the children: names, when they are away by day, and when with nights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import streamlit as st

from pages.session.presses import press
from pages.settings import turn_lines
from pages.settings.turn_lines import LETTERS, Edited, Place
from rituals import text
from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.recurrence import Recurrence
from rituals.model.time.window import DAYS, Window
from rituals.model.usual import OLDEST, Child, Elsewhere
from rituals.planning import usual_turns

SCHOOL = Window((), time(8), time(16))
LONGEST_NAME = 40
PRESET = "household preset"  # session: the pattern that fills the lines of the open form
ONE_WEEK = timedelta(weeks=1)
BY_DAY, NIGHTS = ("school", ""), ("elsewhere", "")  # what takes turns, as Usual.week_a names it
NO_DAY = -1
NAMED = {NO_DAY: "–", **dict(enumerate(DAYS))}


@dataclass(frozen=True)
class Stay:
    """From a weekday and hour to the next such: at least a moment, at most a week."""

    day: int
    start: time
    last: int
    end: time
    place: str = ""


Weeks = tuple[tuple[Stay, ...], ...]
NO_STAY = Stay(NO_DAY, time(10), 6, time(18))
FRI_TO_MON = Stay(4, time(16), 0, time(8))
PRESETS: dict[str, Weeks] = {
    "Every second weekend": ((), (Stay(5, time(10), 6, time(18)),)),
    "Week on, week off": ((), (Stay(0, time(16), 0, time(8)),)),
    "2-2-3": (
        (Stay(2, time(16), 4, time(8)),),
        (Stay(0, time(16), 2, time(8)), FRI_TO_MON),
    ),
}


def edit_children(kept: Household, key: str, today: date) -> Edited:
    """The household with its children, and when they are away by day or with nights."""
    children, holds = _edit_names(kept.usual.children, key, today)
    household = replace(kept, usual=replace(kept.usual, children=children))
    household, by_day, turns = _edit_school(household, key, today)
    household, (cycle, this) = _edit_elsewhere(household, key, today)
    if cycle == 1:
        cycle, this = len(turns.weeks), turns.this
    return Edited(household, holds and by_day, cycle, this)


def forget_preset() -> None:
    """Lets the next form begin with what is kept."""
    st.session_state.pop(PRESET, None)


def _edit_names(kept: Sequence[Child], key: str, today: date) -> tuple[tuple[Child, ...], bool]:
    count = turn_lines.lines_of(f"{key} child", 0, len(kept))
    found: list[Child] = []
    holds = True
    for number in range(count):
        child = kept[number] if number < len(kept) else Child("")
        name, born = _child(number, child, key, today)
        if name:
            found.append(Child(name, born))
        if problem := _of_child(name, born, found):
            st.info(problem)
            holds = False
    turn_lines.adds("Another child", f"{key} child lines 0")
    return tuple(found), holds


def _child(number: int, child: Child, key: str, today: date) -> tuple[str, int | None]:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input(
            f"Child {number + 1}",
            child.name,
            key=f"{key} child {number}",
            placeholder="Name",
            label_visibility="collapsed",
            autocomplete="off",
        )
        born = st.number_input(
            f"Child {number + 1}, born in",
            min(today.year - OLDEST, child.born or today.year),
            max(today.year, child.born or 0),
            child.born,
            key=f"{key} born {number}",
            placeholder="born in",
            label_visibility="collapsed",
            width=170,
        )
    return text.single_line(name), born


def _of_child(name: str, born: int | None, found: Sequence[Child]) -> str:
    if born and not name:
        return "A year stands here without a name; a short one is fine."
    if len(name) > LONGEST_NAME:
        return f"Names have room for {LONGEST_NAME} letters here; a short form is fine."
    if name and [child.name.casefold() for child in found].count(name.casefold()) > 1:
        return "Two children with one name are hard to tell apart; a nickname for one will do."
    return ""


def _edit_school(
    kept: Household, key: str, today: date
) -> tuple[Household, bool, turn_lines.Turns]:
    place = Place(f"{key} school", "The children are away", SCHOOL, "Away by day", heads=False)
    week_a = kept.usual.week_a.get(BY_DAY)
    weekly, school = kept.hours.children_away, kept.usual.school
    begun, others = turn_lines.read(weekly, school, kept, today, week_a)
    turns, holds = turn_lines.edit(place, begun, kept)
    turn_lines.show_others(others, today)
    if turns == begun:
        return kept, holds, turns
    alike = len(turns.weeks) == 1
    hours = replace(kept.hours, children_away=turns.weeks[0] if alike else ())
    school = others if alike else (*others, *turn_lines.write(turns, kept, today))
    household = replace(kept, hours=hours, usual=replace(kept.usual, school=school))
    in_turn = len(turns.weeks), turns.this
    return usual_turns.with_letters(household, BY_DAY, school, in_turn, today), holds, turns


def _edit_elsewhere(kept: Household, key: str, today: date) -> tuple[Household, tuple[int, int]]:
    week_a = kept.usual.week_a.get(NIGHTS)
    begun, this, others = read_stays(kept.usual.elsewhere, kept, today, week_a)
    preset: str = st.session_state.get(PRESET, "")
    shown = _at(PRESETS[preset], begun) if preset else begun
    place = Place(
        f"{key} nights {preset}".strip(),
        "They are elsewhere",
        SCHOOL,
        "Away with nights",
        "Another stay",
        heads=False,
    )
    begun_turns = turn_lines.Turns(((),) * len(shown), 0 if preset else this)
    how = turn_lines.choose_how(place, begun_turns)
    _show_presets(key)
    cycle = 1 if how == turn_lines.EVERY else turn_lines.cycle_of(place.key, len(shown))
    weeks = tuple(
        _stays(place.key, number, shown[number] if number < len(shown) else (), cycle > 1)
        for number in range(cycle)
    )
    now = turn_lines.foot(place, cycle, begun_turns.this)
    turn_lines.show_others((other.when for other in others), today)
    if (weeks, now) == (begun, this):
        return kept, (cycle, now)
    elsewhere = (*others, *write_stays(weeks, now, kept, today))
    turning = [other.when for other in elsewhere]
    household = replace(kept, usual=replace(kept.usual, elsewhere=elsewhere))
    in_turn = cycle, now
    return usual_turns.with_letters(household, NIGHTS, turning, in_turn, today), in_turn


def _at(pattern: Weeks, kept: Weeks) -> Weeks:
    """A pattern at the place that was told already."""
    where = next((stay.place for week in kept for stay in week), "")
    return tuple(tuple(replace(stay, place=where) for stay in week) for week in pattern)


def _show_presets(key: str) -> None:
    """The patterns that fill the lines with a press."""
    with st.container(horizontal=True):
        for name in PRESETS:
            st.button(
                name,
                key=f"{key} preset {name}",
                on_click=press(st.session_state.__setitem__),
                args=(PRESET, name),
            )


def _stays(key: str, number: int, kept: tuple[Stay, ...], letter: bool) -> tuple[Stay, ...]:
    count = turn_lines.lines_of(key, number, len(kept))
    school = (
        _stay(key, number, line, kept[line] if line < len(kept) else NO_STAY, letter)
        for line in range(count)
    )
    return tuple(stay for stay in school if stay.day != NO_DAY)


def _stay(key: str, number: int, line: int, kept: Stay, letter: bool) -> Stay:
    at, more = f"{key} {LETTERS[number]}{line}", turn_lines.which(number, line, letter)
    with st.container(horizontal=True, vertical_alignment="center", key=f"usual-line {at}"):
        if letter:
            st.markdown(f"**{LETTERS[number]}**" if not line else "", width=16)
        day = _day(f"Elsewhere from, day{more}", kept.day, list(NAMED), f"{at} day")
        start = turn_lines.hour(f"Elsewhere from, hour{more}", kept.start, f"{at} from")
        st.markdown("–", width="content")
        last = _day(f"Elsewhere until, day{more}", kept.last, list(range(7)), f"{at} last")
        end = turn_lines.hour(f"Elsewhere until, hour{more}", kept.end, f"{at} until")
        place = st.text_input(
            f"Where{more}",
            kept.place,
            key=f"{at} place",
            placeholder="Where",
            max_chars=text.LONGEST_TITLE,
            label_visibility="collapsed",
            autocomplete="off",
            width=112,
        )
    return Stay(day, start, last, end, text.single_line(place))


def _day(label: str, kept: int, days: list[int], key: str) -> int:
    chosen: int = st.selectbox(
        label,
        days,
        days.index(kept),
        NAMED.__getitem__,
        key=key,
        label_visibility="collapsed",
        width=84,
    )
    return chosen


def read_stays(
    school: Iterable[Elsewhere], household: Household, today: date, week_a: date | None = None
) -> tuple[Weeks, int, tuple[Elsewhere, ...]]:
    """Stays week by week of their cycle, which week this is, and what no form shows."""
    kept = tuple(school)
    cycle = turn_lines.common_cycle(other.when for other in kept)
    if not cycle:
        return ((),), 0, kept
    first = local_time.week_of(today, household)
    begun = [other.when for other in kept]
    this = usual_turns.place_in_turn(begun, household, today, week_a) % cycle
    days = [d for n in range(cycle) for d in local_time.days(first - this + n, household)]
    weeks: list[list[Stay]] = [[] for _ in range(cycle)]
    for other in kept:
        for start, end in other.when.between(days[0], days[-1]):
            for begins, ends in _by_week(start, end):
                number = (begins.date() - days[0]).days // 7 % cycle
                stay = Stay(
                    begins.weekday(), begins.time(), ends.weekday(), ends.time(), other.place
                )
                weeks[number] += [] if stay in weeks[number] else [stay]
    return tuple(tuple(week) for week in weeks), this, ()


def _by_week(start: datetime, end: datetime) -> Iterable[tuple[datetime, datetime]]:
    """A stretch in parts of a week at most."""
    while end - start > ONE_WEEK:
        yield start, start + ONE_WEEK
        start += ONE_WEEK
    yield start, end


def write_stays(
    weeks: Sequence[Sequence[Stay]], this: int, household: Household, today: date
) -> tuple[Elsewhere, ...]:
    """Stays as they are kept."""
    first = local_time.week_of(today, household) - this
    return tuple(
        Elsewhere(_recurrence(stay, local_time.days(first + n, household), len(weeks)), stay.place)
        for n, week in enumerate(weeks)
        for stay in week
    )


def _recurrence(stay: Stay, days: Sequence[date], cycle: int) -> Recurrence:
    begins = next(day for day in days if day.weekday() == stay.day)
    start = datetime.combine(begins, stay.start)
    last = begins + timedelta(days=(stay.last - stay.day) % 7)
    end = datetime.combine(last, stay.end)
    return Recurrence(start, end if end > start else end + ONE_WEEK, cycle)
