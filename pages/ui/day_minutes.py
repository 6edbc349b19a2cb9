"""Instants as minutes of a day's own clock, which is all that the browser knows of time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from rituals.model import local_time
from rituals.model.household import Household
from rituals.model.time.span import Span, Spans

HOUR, DAY = 60, 24 * 60  # in minutes


def pieces(
    spans: Spans, day: date, shown: tuple[int, int], household: Household
) -> list[tuple[int, int]]:
    """Spans clipped to the hours shown of a day, in minutes of its clock."""
    window = Span(_instant(day, shown[0], household), _instant(day, shown[1], household))
    return [
        (minute(span.start, day, household), minute(span.end, day, household))
        for span in spans & Spans([window])
    ]


def minute(instant: datetime, day: date, household: Household) -> int:
    """The minute of a day's clock, past its midnight from 24:00 on."""
    local = household.clock(instant)
    return (local.date() - day).days * DAY + local.hour * HOUR + local.minute


def _instant(day: date, minute: int, household: Household) -> datetime:
    whole, rest = divmod(minute, DAY)
    at = time(rest // HOUR, rest % HOUR)
    return local_time.instant(day + timedelta(days=whole), at, household)
