"""Hours together by weekday and part of the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.time.day_parts import NIGHT_ENDS, PARTS

ONE_DAY = timedelta(days=1)


class WeekdayCell(NamedTuple):
    """A part of a weekday, and the hours that were lived together in it."""

    day: str
    part: str
    hours: float
    words: str
    value: str = ""  # the hours as written


def weekday_cells(
    together: Iterable[tuple[datetime, int]], weeks_known: int, household: Household
) -> list[WeekdayCell]:
    """Every part of the week with its hours; empty where no week is known.

    `together` holds when each time together began, and the minutes that were lived of it.
    """
    if not weeks_known:
        return []
    summed = {(day, part): timedelta() for part in PARTS for day in _weekdays(household)}
    for start, minutes in together:
        for where, length in _pieces(start, timedelta(minutes=minutes), household):
            summed[where] += length
    return [_cell(day, part, length) for (day, part), length in summed.items()]


def fullest_part(found: Iterable[WeekdayCell]) -> str:
    """Part of the week with most hours, as "Thursday evening"; empty without any."""
    best = max(found, key=lambda cell: cell.hours, default=None)
    return f"{best.day} {best.part.lower()}" if best and best.hours else ""


def _weekdays(household: Household) -> tuple[str, ...]:
    first = household.week_starts
    return tuple(wording.WEEKDAYS[(first + n) % 7] for n in range(7))


def _pieces(
    start: datetime, length: timedelta, household: Household
) -> Iterator[tuple[tuple[str, str], timedelta]]:
    """Parts of the week that a stretch of time lies in, each with its share."""
    end = start + length
    while start < end:
        day, part, ends = _part(start, household)
        upto = min(ends, end)
        yield (wording.WEEKDAYS[day.weekday()], part), upto - start
        start = upto


def _part(instant: datetime, household: Household) -> tuple[date, str, datetime]:
    """Day and part of it that an instant lies in, and when that part ends."""
    then = household.at(instant)  # by two clocks a part could end before it begins
    local = instant.astimezone(then.tz)
    late = local.time() < NIGHT_ENDS
    day = local.date() - ONE_DAY * late
    names, begins = list(PARTS), list(PARTS.values())
    number = len(PARTS) - 1 if late else sum(local.time() >= hour for hour in begins) - 1
    if number == len(PARTS) - 1:
        return day, names[-1], local_time.instant(day + ONE_DAY, NIGHT_ENDS, then)
    return day, names[number], local_time.instant(day, begins[number + 1], then)


def _cell(day: str, part: str, length: timedelta) -> WeekdayCell:
    minutes = length // timedelta(minutes=1)
    value = wording.hours(minutes)
    text = f"{day} {part.lower()} · {value} together"
    return WeekdayCell(day, part, minutes / 60, text, value)
