"""Surprises that come again: every so many weeks, or on the same date of each year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import NAMESPACE_OID, uuid5

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.rhythm import YEAR, YearlyDate
from rituals.surprises import surprise as surprises
from rituals.surprises.surprise import Drawer, State, Surprise

ONCE = 0


def with_next(drawer: Drawer, household: Household, now: datetime) -> Drawer:
    """Drawer in which each surprise that is over and comes again lies for its next time.

    What is over does not come again itself, so the same drawer gets no second one.
    """
    found: list[Surprise] = []
    for one in drawer.surprises:
        if one.every_weeks and one.end <= now:
            found += [replace(one, every_weeks=ONCE), _next(one, household, now)]
        else:
            found.append(one)
    return replace(drawer, surprises=surprises.by_time(found))


def _next(one: Surprise, household: Household, now: datetime) -> Surprise:
    day, hour = (
        local_time.local_day(one.start, household),
        one.start.astimezone(household.tz).time(),
    )
    ahead = _day_after(day, one.every_weeks)
    while local_time.instant(ahead, hour, household) <= now:
        ahead = _day_after(ahead, one.every_weeks)
    start = local_time.instant(ahead, hour, household)
    suggested = one.line == surprises.suggested_line(day, one.covers)
    return replace(
        one,
        id=uuid5(NAMESPACE_OID, f"{one.id} {start.isoformat()}").hex,
        start=start,
        line=surprises.suggested_line(ahead, one.covers) if suggested else one.line,
        reveal_on=one.reveal_on and one.reveal_on + (ahead - day),
        created=now,
        changed=now,
        sequence=0,
        state=State.LIES,
    )


def _day_after(day: date, weeks: int) -> date:
    if weeks == YEAR:
        return YearlyDate(day.month, day.day).in_year(day.year + 1)
    return day + timedelta(weeks=weeks)
