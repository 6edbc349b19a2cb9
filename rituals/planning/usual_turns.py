"""Weeks in turns, early and late, A and B: their lines as recurrences, and recurrences as lines.

A week is seven days as the household sees them: from its Monday, or from the Saturday or Sunday
before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from math import lcm

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.recurrence import MOST_WEEKS, Recurrence
from rituals.model.time.window import Anchor, NotationError, Window

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)


def turns(
    lines_by_week: Sequence[Sequence[Window]], monday: date, week_starts: int = 0
) -> tuple[Recurrence, ...]:
    """Recurrences of weeks that take turns; the first is the week of `monday`.

    Raises NotationError for more weeks than a cycle has, and for an hour without a clock time.
    """
    cycle = len(lines_by_week)
    return tuple(
        _recurrence(window, days, monday + ONE_WEEK * (number - before), cycle)
        for number, lines in enumerate(lines_by_week)
        for window in lines
        for days, before in _beside_monday(window.days, week_starts)
    )


def weeks_of(
    recurrences: Iterable[Recurrence], monday: date, week_starts: int = 0
) -> list[list[Window]]:
    """Windows of each week of a cycle, from the week of `monday` on; one empty week for none.

    Days with the same hours are one window. Raises NotationError where weeks cannot show it: a
    stretch of more than a day, or cycles that meet in no eight weeks.
    """
    recurring = tuple(recurrences)
    cycle = lcm(*(r.weeks for r in recurring))
    if cycle > MOST_WEEKS:
        raise NotationError(f"Together these turns are longer than {MOST_WEEKS} weeks.")
    if any(r.end - r.start > ONE_DAY for r in recurring):
        raise NotationError("One of these is longer than a day.")
    return [_windows(recurring, monday, number, week_starts) for number in range(cycle)]


def place_in_turn(
    turning: Iterable[Recurrence], household: Household, today: date, week_a: date | None = None
) -> int:
    """Number of weeks since week A: that of a day, or else the one in which the first began."""
    this = local_time.week_of(today, household)
    days = [week_a] if week_a else [r.start.date() for r in turning]
    return this - min((local_time.week_of(day, household) for day in days), default=this)


def with_letters(
    household: Household,
    what: tuple[str, str],
    turning: Iterable[Recurrence],
    place: tuple[int, int],
    today: date,
) -> Household:
    """A household that knows which week is A: kept where the first of these does not say it.

    `place` is the number of weeks in turn, and that of the week of `today` among them.
    """
    recurring, (cycle, this) = tuple(turning), place
    week_a = {key: day for key, day in household.usual.week_a.items() if key != what}
    if recurring and (place_in_turn(recurring, household, today) - this) % cycle:
        week_a[what] = (local_time.week_of(today, household) - this).monday
    return replace(household, usual=replace(household.usual, week_a=week_a))


def _recurrence(window: Window, days: tuple[int, ...], monday: date, cycle: int) -> Recurrence:
    hours = window.start, window.end
    if isinstance(hours[0], Anchor) or isinstance(hours[1], Anchor):
        raise NotationError(f"“{window}” needs clock times; write it like “Mon-Fri 18:00-20:00”.")
    first = monday + timedelta(days=days[0])
    last = first + timedelta(days=hours[1] <= hours[0])
    ends = datetime.combine(first, hours[0]), datetime.combine(last, hours[1])
    return Recurrence(*ends, cycle, days)


def _beside_monday(
    days: tuple[int, ...], week_starts: int
) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Weekdays from Monday on, and those before it in a week that starts on another day."""
    first = week_starts or 7
    for some, before in (
        (tuple(d for d in days if d < first), False),
        (tuple(d for d in days if d >= first), True),
    ):
        if some:
            yield some, before


def _windows(
    recurrences: Sequence[Recurrence], monday: date, number: int, week_starts: int
) -> list[Window]:
    days_at: dict[tuple[time, time], set[int]] = {}
    for recurring in recurrences:
        for days, before in _beside_monday(recurring.weekdays, week_starts):
            if recurring.week_in_cycle(monday + ONE_WEEK * (number - before)) == 0:
                days_at.setdefault((recurring.start.time(), recurring.end.time()), set()).update(
                    days
                )
    found = (Window(tuple(sorted(days)), *hours) for hours, days in days_at.items())
    return sorted(found, key=lambda w: (w.days, w.start))
