"""Hoped, planned and lived hours by strand and week, as tidy frames.

What was said is stored; everything here follows from it. A strand that nobody spoke of is unknown
(NaN), never zero: it is left out of every sum and mean and keeps its place on every axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import nan
from statistics import median

import pandas as pd

from rituals import plans, weeks
from rituals.model import Household, Occurrence, Plan, Season, Strand, Week

COLUMNS = ("week", "starts", "season", "kind", "partner", "hoped", "planned", "lived")
WEEKS_THAT_MAKE_A_USUAL = 3  # below that nobody can say what is usual for these two
ROOM = 0.2  # of what is hoped: how far a comfortable range reaches
LEAST_ROOM = 30  # minutes


def frame(
    plans_by_week: Mapping[Week, Plan], shown: Sequence[Week], household: Household
) -> pd.DataFrame:
    """One row for each week and strand, hours as floats; a week without a plan is all unknown.

    `starts` is the week's first day, `season` "" where there is no plan, `partner` "" for together.
    """
    rows = [
        row for week in shown for row in _rows(week, plans_by_week.get(week), household)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def by_kind(balance: pd.DataFrame) -> pd.DataFrame:
    """The same by kind: both partners' hours added up; unknown only where all of it is."""
    keys = ["week", "starts", "season", "kind"]
    summed = balance.groupby(keys, sort=False)[["hoped", "planned", "lived"]]
    return summed.sum(min_count=1).reset_index()


def comfortable(hoped: int) -> tuple[int, int]:
    """The range, in minutes, around what is hoped."""
    room = max(round(hoped * ROOM), LEAST_ROOM)
    return max(hoped - room, 0), hoped + room


def usual_ask(past: Iterable[Plan]) -> int | None:
    """The minutes that this couple's weeks usually ask, or None while too few are known."""
    asked = [plans.asks(plan) for plan in past if plans.standing(plan)]
    return round(median(asked)) if len(asked) >= WEEKS_THAT_MAKE_A_USUAL else None


def asks_more_than_usual(plan: Plan, past: Iterable[Plan]) -> bool:
    """Whether a week holds clearly more than this couple's own usual."""
    usual = usual_ask(past)
    return usual is not None and plans.asks(plan) > comfortable(usual)[1]


def beside_hopes(plan: Plan) -> str:
    """How what is planned lies beside what is hoped: a few words that end a sentence."""
    planned = sum(plans.planned(plan, strand) for strand in plan.hopes)
    low, high = comfortable(sum(plans.hoped(plan, strand) for strand in plan.hopes))
    if planned < low:
        return "there is room for more, or for nothing at all"
    return "about what you hoped for" if planned <= high else "a little more than you hoped for"


def lived(plan: Plan, strand: Strand) -> int | None:
    """The lived minutes of a strand, or None as long as nobody has spoken of it."""
    if plan.season is Season.GRACE or not _is_looked_back_on(plan):
        return None
    of_it = [o for o in plan.occurrences if o.strand == strand and _counts(o)]
    if of_it and all(o.said is None for o in of_it):
        return None
    return sum(o.lived or 0 for o in of_it)


def _is_looked_back_on(plan: Plan) -> bool:
    return any(o.said is not None for o in plan.occurrences)


def _counts(occurrence: Occurrence) -> bool:
    return not occurrence.let_go or occurrence.said is not None


def _rows(week: Week, plan: Plan | None, household: Household) -> Iterable[tuple[object, ...]]:
    starts = pd.Timestamp(weeks.first_day(week, household))
    for strand in household.strands():
        key = (str(week), starts, plan.season.value if plan else "", strand.kind.value)
        numbers = _numbers(plan, strand) if plan else (nan, nan, nan)
        yield (*key, strand.partner or "", *numbers)


def _numbers(plan: Plan, strand: Strand) -> tuple[float, float, float]:
    paused = plan.season is Season.GRACE
    said = lived(plan, strand)
    hoped = plans.hoped(plan, strand) / 60 if strand in plan.hopes else nan
    return (
        nan if paused else hoped,
        nan if paused else plans.planned(plan, strand) / 60,
        nan if said is None else said / 60,
    )
