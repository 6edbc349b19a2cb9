"""Hoped, planned and lived hours by strand and week, as tidy rows.

What was said is stored; everything here follows from it. A strand that nobody spoke of is unknown
(NaN), never zero: it is left out of every sum and mean and keeps its place on every axis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isnan, nan
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from rituals import plans, weeks, words
from rituals.model import Household, Kind, Occurrence, Plan, Season, Strand, Week, comfortable

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("hoped", "planned", "lived")
ORDER = list(Kind)  # from the bottom of every stack to its top
WEEKS_THAT_MAKE_A_USUAL = 3  # below that nobody can say what is usual for these two


class Row(NamedTuple):
    """One strand in one week; hours, NaN where unknown; `season` "" where there is no plan."""

    week: str
    starts: date
    season: str
    kind: str
    partner: str  # "" for together
    hoped: float
    planned: float
    lived: float


class Bar(NamedTuple):
    """A piece of a week's bar: both partners' hours of one kind, as `state` says."""

    label: str
    kind: str
    order: int  # in the stack
    hours: float
    state: str  # "lived", "planned" or "hoped"
    words: str


class StrandWeek(NamedTuple):
    """One strand in one week, with its comfortable range; hours, NaN where unknown."""

    label: str
    low: float
    high: float
    planned: float
    lived: float
    words: str


class Gap(NamedTuple):
    """A week of grace, or one that nobody wrote down."""

    label: str
    grace: bool
    note: str
    words: str


def rows(
    plans_by_week: Mapping[Week, Plan], shown: Sequence[Week], household: Household
) -> list[Row]:
    """The hours of each week and strand; a week without a plan is all unknown."""
    return [row for week in shown for row in _rows(week, plans_by_week.get(week), household)]


def frame(balance: Iterable[Row]) -> pd.DataFrame:
    """The same rows as a tidy frame, `starts` as timestamps."""
    import pandas as pd  # a first visit need not wait for it

    told = pd.DataFrame(balance, columns=list(Row._fields))
    return told.assign(starts=pd.to_datetime(told["starts"]))


def is_empty(balance: Iterable[Row]) -> bool:
    """Whether nothing at all is known."""
    return all(isnan(hours) for row in balance for hours in _numbers_of(row))


def of_partner(balance: Iterable[Row], partner: str) -> list[Row]:
    """The rows one partner takes part in: theirs and together."""
    return [row for row in balance if row.partner in ("", partner)]


def stacked(balance: Iterable[Row], ahead: Week) -> list[Bar]:
    """The bars of the weeks: lived behind `ahead`, planned from it on, and hoped for `ahead`.

    What is unknown has none.
    """
    summed: dict[tuple[date, str, str], float] = {}
    for row in balance:
        for state in _states(row.week, str(ahead)):
            hours: float = getattr(row, state)
            if hours > 0:  # false for what is unknown
                bar = (row.starts, row.kind, state)
                summed[bar] = summed.get(bar, 0.0) + hours
    return [_bar(*bar, hours) for bar, hours in summed.items()]


def strand_weeks(balance: Iterable[Row], strand: Strand) -> list[StrandWeek]:
    """One strand, week by week."""
    return [
        _strand_week(row)
        for row in balance
        if (row.kind, row.partner) == (strand.kind, strand.partner or "")
    ]


def unwritten(balance: Sequence[Row], ahead: Week) -> list[Gap]:
    """The weeks of grace, and those behind `ahead` since the first plan that nobody spoke of."""
    began = min((row.week for row in balance if row.season), default=str(ahead))
    known = {row.week for row in balance if not isnan(row.lived)}
    gaps = {
        row.week: _gap(row.starts, row.season == Season.GRACE)
        for row in balance
        if row.season == Season.GRACE or (began <= row.week < str(ahead) and row.week not in known)
    }
    return list(gaps.values())


def labels(balance: Iterable[Row]) -> tuple[str, ...]:
    """The weeks as they stand under a chart, each once: "23 Nov"."""
    return tuple(dict.fromkeys(_label(row.starts) for row in balance))


def usual_ask(past: Iterable[Plan]) -> int | None:
    """The minutes that this couple's weeks usually ask, or None while too few are known."""
    asked = [plans.asks(plan) for plan in past if plans.standing(plan)]
    return round(median(asked)) if len(asked) >= WEEKS_THAT_MAKE_A_USUAL else None


def asks_more_than_usual(plan: Plan, past: Iterable[Plan]) -> bool:
    """Whether a week holds clearly more than this couple's own usual."""
    usual = usual_ask(past)
    return usual is not None and plans.asks(plan) > comfortable(usual)[1]


def beside_hopes(plan: Plan, household: Household) -> str:
    """How what is planned lies beside what is hoped: a few words that end a sentence."""
    planned = sum(plans.planned(plan, strand, household) for strand in plan.hopes)
    low, high = comfortable(sum(plans.hoped(plan, strand) for strand in plan.hopes))
    if planned < low:
        return "there is room for more, or for nothing at all"
    return "about what you hoped for" if planned <= high else "a little more than you hoped for"


def lived(plan: Plan, strand: Strand, household: Household) -> int | None:
    """The lived minutes of a strand, or None as long as nobody has spoken of it.

    What was said of it as a whole counts, in place of what was said one by one.
    """
    if plan.season is Season.GRACE:
        return None
    if strand in plan.lived:
        return plan.lived[strand]
    if not _is_looked_back_on(plan):
        return None
    handed = plans.handed_over(plan, strand, household)
    of_it = [o for o in plan.occurrences if o.strand == strand and _counts(o)]
    meanwhile = [o for o in plan.occurrences if o.id in handed]
    spoken = [*of_it, *meanwhile]
    if spoken and all(o.said is None for o in spoken):
        return None
    taken_over = sum(handed[o.id] * (o.lived or 0) / max(o.minutes, 1) for o in meanwhile)
    return sum(o.lived or 0 for o in of_it) + round(taken_over)


def _range(hoped: float) -> tuple[float, float]:
    if isnan(hoped):
        return nan, nan
    low, high = comfortable(round(hoped * 60))
    return low / 60, high / 60


def _states(week: str, ahead: str) -> tuple[str, ...]:
    if week < ahead:
        return ("lived",)
    return ("planned", "hoped") if week == ahead else ("planned",)


def _bar(starts: date, kind: str, state: str, hours: float) -> Bar:
    told = f"{words.KINDS[Kind(kind)]} · {words.hours(round(hours * 60))} {state}"
    in_words = f"Week of {words.short_day(starts)} · {told}"
    return Bar(_label(starts), kind, ORDER.index(Kind(kind)), hours, state, in_words)


def _strand_week(row: Row) -> StrandWeek:
    low, high = _range(row.hoped)
    return StrandWeek(_label(row.starts), low, high, row.planned, row.lived, _week_in_words(row))


def _gap(starts: date, grace: bool) -> Gap:
    note = "grace" if grace else "not written down"
    return Gap(_label(starts), grace, note, f"Week of {words.short_day(starts)} · {note}")


def _label(starts: date) -> str:
    return f"{starts.day} {words.MONTHS[starts.month - 1][:3]}"


def _week_in_words(row: Row) -> str:
    known = [
        f"{words.hours(round(hours * 60))} {name}"
        for name, hours in zip(NUMBERS, _numbers_of(row), strict=True)
        if not isnan(hours)
    ]
    return f"Week of {words.short_day(row.starts)} · {', '.join(known) or 'not written down'}"


def _numbers_of(row: Row) -> tuple[float, float, float]:
    return row.hoped, row.planned, row.lived


def _is_looked_back_on(plan: Plan) -> bool:
    return any(o.said is not None for o in plan.occurrences)


def _counts(occurrence: Occurrence) -> bool:
    planned = occurrence.chosen and not occurrence.let_go
    return planned or occurrence.said is not None


def _rows(week: Week, plan: Plan | None, household: Household) -> Iterable[Row]:
    starts = weeks.first_day(week, household)
    season = plan.season.value if plan else ""
    for strand in household.strands():
        numbers = _numbers(plan, strand, household) if plan else (nan, nan, nan)
        yield Row(str(week), starts, season, strand.kind.value, strand.partner or "", *numbers)


def _numbers(plan: Plan, strand: Strand, household: Household) -> tuple[float, float, float]:
    paused = plan.season is Season.GRACE
    said = lived(plan, strand, household)
    hoped = plans.hoped(plan, strand) / 60 if strand in plan.hopes else nan
    return (
        nan if paused else hoped,
        nan if paused else plans.planned(plan, strand, household) / 60,
        nan if said is None else said / 60,
    )
