"""Hours lived together in each week of a year, a small cell for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import NamedTuple

from rituals.insights import balance
from rituals.model import local_time, wording
from rituals.model.household import Household
from rituals.model.plan import Season
from rituals.model.summary import TogetherSums
from rituals.model.time.week import Week
from rituals.model.wording import Caption


class WeekCell(NamedTuple):
    """A week in its year; hours NaN where unknown."""

    week: str
    year: str
    number: int  # of the week in its year
    hours: float
    state: str  # "lived", "grace" or "open"
    words: Caption


def week_cells(
    sums: Mapping[Week, TogetherSums], shown: Sequence[Week], household: Household, ahead: Week
) -> list[WeekCell]:
    """Cells of the weeks behind `ahead`, from the first that has a plan."""
    first = min(sums, default=ahead)
    return [
        _cell(week, sums.get(week), household, ahead) for week in shown if first <= week < ahead
    ]


def hours_together(sums: TogetherSums | None) -> float:
    """Hours lived together in a week, NaN where nobody can say."""
    if sums is None or sums.season == Season.GRACE:
        return nan
    if sums.whole is not None:
        return sums.whole / 60
    is_known = sums.answered if sums.counted else sums.settled
    return sums.minutes / 60 if is_known else nan


def is_known_by_the_hour(sums: TogetherSums) -> bool:
    """True if it was said of a week when the two were together, and not only how long."""
    return sums.whole is None and not isnan(hours_together(sums))


def _cell(week: Week, sums: TogetherSums | None, household: Household, ahead: Week) -> WeekCell:
    hours = hours_together(sums)
    if sums is not None and sums.season == Season.GRACE:
        state, text = "grace", sums.grace or "week off"
    elif isnan(hours):
        state, text = "open", "not written down"
    else:
        state, text = "lived", f"{wording.hours(round(hours * 60))} together"
    of = balance.week_label(local_time.first_day(week, household), ahead, household.formats)
    return WeekCell(str(week), str(week.year), week.number, hours, state, Caption(of, text))
