"""Hoped, planned and lived hours by strand and week, as tidy rows.

What was said is stored; everything here follows from it. A strand that nobody spoke of is unknown
(NaN), never zero: it is left out of every sum and mean and keeps its place on every axis.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from math import isnan, nan
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from rituals.insights import shades
from rituals.model import local_time, totals, wording
from rituals.model.household import Household, Kind, Shade, Strand, Tone
from rituals.model.plan import Occurrence, Plan, Season, comfortable, standing
from rituals.model.time.formats import STANDARD, Formats
from rituals.model.time.week import Week
from rituals.model.wording import Caption

if TYPE_CHECKING:
    import pandas as pd

NUMBERS = ("hoped", "planned", "lived")
# From the bottom of every stack to its top.
STACK_ORDER: list[Tone] = [Kind.TOGETHER, *Shade, Kind.ALONE, Kind.SOLO, Kind.OUT]
PARTLY = "some of it is not said yet"
WEEKS_THAT_MAKE_A_USUAL = 3  # below that nobody can say what is usual for these two


class Row(NamedTuple):
    """One strand in one week; hours, NaN where unknown; `season` "" where there is no plan.

    Two are the part of together that is all of us; NaN too where it has no shades.
    """

    week: str
    starts: date
    season: str
    kind: str
    partner: str  # "" for together
    hoped: float
    planned: float
    lived: float
    grace: str = ""  # what a grace week is for, in a word
    open: bool = False  # whether some of what was planned is not said
    planned_all_of_us: float = nan
    lived_all_of_us: float = nan
    formats: Formats = STANDARD  # how the household writes the day


class Bar(NamedTuple):
    """A piece of a week's bar: both partners' hours of one kind, as `state` says."""

    label: str
    kind: str
    order: int  # in the stack
    hours: float
    state: str  # "lived", "planned" or "hoped"
    words: Caption
    top: float = 0.0  # hours of the whole bar: of the topmost piece, where a week is said in part
    note: str = ""  # which says so
    tone: Tone = Kind.TOGETHER  # its kind, together by its shade where it has any


class Gap(NamedTuple):
    """A week of grace, or one that nobody wrote down; only the first of a run has a note."""

    label: str
    grace: bool
    note: str
    words: Caption


def rows(
    plans_by_week: Mapping[Week, Plan],
    shown: Sequence[Week],
    household: Household,
    *,
    planned_from: Week | None = None,
) -> list[Row]:
    """Hours of each week and strand, one row each; a week without a plan is all unknown.

    What was planned before `planned_from` is left out where nobody asks for it: half the work.
    """
    return [
        row
        for week in shown
        for row in rows_of_week(
            week,
            plans_by_week.get(week),
            household,
            is_planned=planned_from is None or week >= planned_from,
        )
    ]


def rows_of_week(
    week: Week, plan: Plan | None, household: Household, *, is_planned: bool
) -> list[Row]:
    """Hours of one week by strand; what was planned is left out where nobody asks for it."""
    household = household.in_week(week)
    starts = local_time.first_day(week, household)
    season, grace = (plan.season.value, plan.grace) if plan else ("", "")
    counts = plan is not None and plan.season is not Season.GRACE
    rows = []
    for strand in household.strands():
        whose = strand.partner or ""
        kind = strand.kind.value
        row = Row(str(week), starts, season, kind, whose, nan, nan, nan, grace)
        row = row._replace(formats=household.formats)
        if plan is not None and counts:
            row = _with_numbers(row, plan, strand, household, is_planned=is_planned)
        rows.append(row)
    return rows


def frame(balance: Iterable[Row]) -> pd.DataFrame:
    """A tidy pandas frame of these rows, `starts` as timestamps."""
    import pandas as pd  # a first visit need not wait for it

    table = pd.DataFrame(balance, columns=list(Row._fields)).drop(columns=["open", "formats"])
    return table.assign(starts=pd.to_datetime(table["starts"]))


def is_empty(balance: Iterable[Row]) -> bool:
    """True if no number in these rows is known."""
    return all(isnan(hours) for row in balance for hours in _numbers_of(row))


def rows_of_partner(balance: Iterable[Row], partner: str) -> list[Row]:
    """Rows that one partner takes part in: their own and those of together."""
    return [row for row in balance if row.partner in ("", partner)]


def stacked_bars(balance: Sequence[Row], ahead: Week) -> list[Bar]:
    """Bars of the weeks: lived behind `ahead`, planned from it on, and hoped for `ahead`.

    What is unknown has none. Where nothing is planned or hoped for, a bar without height says so.
    """
    summed: dict[tuple[date, str, str, Tone], float] = {}
    parted = has_shades(balance)
    begins: dict[str, date] = {}
    for row in balance:
        begins[row.week] = row.starts
        for state in states(row, ahead):
            for of_row, hours in by_tone(row, state):
                # Weeks before there were children, beside those since; hopes have no shades.
                was_two = parted and of_row is Kind.TOGETHER and state != "hoped"
                tone = Shade.TWO_OF_US if was_two else of_row
                if hours > 0:  # false for what is unknown
                    part = (row.starts, row.kind, state, tone)
                    summed[part] = summed.get(part, 0.0) + hours
    formats = _formats(balance)
    bars = [_bar(*part, hours, ahead, formats) for part, hours in summed.items()]
    parts = {
        axis_label(begins[week], formats): week_label(begins[week], ahead, formats)
        for week in partly_reviewed(balance, ahead)
    }
    return [
        *_noted(bars, parts),
        *_nothing(begins.get(str(ahead)), balance, {part.state for part in bars}, ahead),
    ]


def by_tone(row: Row, state: str) -> tuple[tuple[Tone, float], ...]:
    """A number of a row as `state` says, in its tones; what is hoped for has no shades."""
    hours: float = getattr(row, state)
    all_of_us: float = getattr(row, f"{state}_all_of_us", nan)
    if isnan(all_of_us):
        return ((Kind(row.kind), hours),)
    return ((Shade.TWO_OF_US, hours - all_of_us), (Shade.ALL_OF_US, all_of_us))


def shades_in_words(row: Row, state: str) -> str:
    """A number of a row by shade: "the two of us 6 h · all of us 3 h"; empty where it is none."""
    parted = {tone: of for tone, of in by_tone(row, state) if isinstance(tone, Shade)}
    minutes = {shade: round(of * 60) for shade, of in parted.items()}
    return wording.shades(minutes) if any(minutes.values()) else ""


def has_shades(balance: Iterable[Row]) -> bool:
    """True if together has shades in these rows: there are children in some of their weeks."""
    return any(row.kind == Kind.SOLO for row in balance)


def rows_of_shade(balance: Iterable[Row], shade: Shade) -> list[Row]:
    """Rows of together with the hours of one shade alone; nothing is hoped for of it."""
    return [
        row._replace(
            hoped=nan,
            planned=dict(by_tone(row, "planned")).get(shade, nan),
            lived=dict(by_tone(row, "lived")).get(shade, nan),
        )
        for row in balance
        if row.kind == Kind.TOGETHER
    ]


def states(row: Row, ahead: Week) -> tuple[str, ...]:
    """Numbers that a week shows: lived behind `ahead`, planned from it on, hoped for it."""
    if row.week < str(ahead):
        return ("lived",)
    return ("planned", "hoped") if row.week == str(ahead) else ("planned",)


def partly_reviewed(balance: Iterable[Row], ahead: Week) -> set[str]:
    """Weeks behind `ahead`, as "2026-W48", of which one part is reviewed and another is not."""
    behind = [row for row in balance if row.week < str(ahead)]
    reviewed = {row.week for row in behind if not isnan(row.lived)}
    return reviewed & {row.week for row in behind if row.open or isnan(row.lived)}


def week_gaps(balance: Sequence[Row], ahead: Week) -> list[Gap]:
    """Weeks of grace, and those behind `ahead` since the first plan that nobody spoke of."""
    began = min((row.week for row in balance if row.season), default=str(ahead))
    reviewed = {row.week for row in balance if not isnan(row.lived)}
    gaps: list[Gap] = []
    before = None
    for row in {row.week: row for row in balance}.values():
        note = grace_label(row)
        if not note and began <= row.week < str(ahead) and row.week not in reviewed:
            note = "not written down"
        if note:
            gaps.append(_gap(row, note, ahead, is_first=note != before))
        before = note
    return gaps


def axis_labels(balance: Iterable[Row]) -> tuple[str, ...]:
    """Weeks of these rows as a chart names them, each once: "23 Nov 2026"."""
    return tuple(dict.fromkeys(axis_label(row.starts, row.formats) for row in balance))


def axis_label(starts: date, formats: Formats) -> str:
    """Label of a week on a chart, unique in any year: "23 Nov 2026"."""
    return f"{formats.brief_day(starts)} {starts.year}"


def week_label(starts: date, ahead: Week, formats: Formats) -> str:
    """Heading of a week: "Week of 23 November", with a year that is not the year at hand."""
    is_at_hand = starts.year == ahead.monday.year
    return f"Week of {formats.short_day(starts) if is_at_hand else formats.dated(starts)}"


def grace_label(row: Row) -> str:
    """Purpose of a week of grace, in a word; empty for any other week."""
    return (row.grace or "week off") if row.season == Season.GRACE else ""


def usual_minutes(past: Iterable[Plan]) -> int | None:
    """Median minutes that this couple's weeks ask, or None while too few are known."""
    weekly_minutes = [totals.minutes_in_all(plan) for plan in past if standing(plan)]
    return round(median(weekly_minutes)) if len(weekly_minutes) >= WEEKS_THAT_MAKE_A_USUAL else None


def asks_more_than_usual(plan: Plan, past: Iterable[Plan]) -> bool:
    """True if a week holds clearly more than this couple's own usual."""
    usual = usual_minutes(past)
    return usual is not None and totals.minutes_in_all(plan) > comfortable(usual)[1]


def lived_minutes(plan: Plan, strand: Strand, household: Household) -> int | None:
    """Lived minutes of a strand, or None as long as nobody has spoken of it.

    What was said of it as a whole counts, in place of what was said one by one. Of a strand that
    held nothing, none was lived once all of its week is said.
    """
    return _lived_and_open(plan, strand, household)[0]


def _lived_and_open(plan: Plan, strand: Strand, household: Household) -> tuple[int | None, bool]:
    """Lived minutes of a strand, and True if some of what was planned of it is not said."""
    if plan.season is Season.GRACE:
        return None, False
    if strand in plan.lived:
        return plan.lived[strand], False
    handed_over = totals.handed_over(plan, strand, household)
    own = [o for o in plan.occurrences if o.strand == strand and _counts(o)]
    covering = [o for o in plan.occurrences if o.id in handed_over]
    trips = totals.minutes_of_trips(plan, strand, household)
    if not own and not covering:
        return (trips if _is_settled(plan) else None), False
    answered = [o.said is not None for o in (*own, *covering)]
    if not any(answered):
        return None, True
    covered = sum(handed_over[o.id] * (o.lived or 0) / max(o.minutes, 1) for o in covering)
    return sum(o.lived or 0 for o in own) + round(covered) + trips, not all(answered)


def _noted(bars: Sequence[Bar], parts: Mapping[str, str]) -> Iterable[Bar]:
    """The bars; in each week that is said in part, the topmost piece carries a note of it."""
    hours, order = dict.fromkeys(parts, 0.0), dict.fromkeys(parts, -1)
    for bar in bars:
        if bar.label in parts:
            hours[bar.label] += bar.hours
            order[bar.label] = max(order[bar.label], bar.order)
    for bar in bars:
        if bar.order == order.get(bar.label):
            note = Caption(parts[bar.label], PARTLY)
            yield bar._replace(top=hours[bar.label], note=str(note))
        else:
            yield bar


def _bar(  # noqa: PLR0913 - a part of the sum, and when it is looked at
    starts: date, kind: str, state: str, tone: Tone, hours: float, ahead: Week, formats: Formats
) -> Bar:
    text = f"{wording.heading(tone)} · {wording.hours(round(hours * 60))} {wording.STATES[state]}"
    in_words = Caption(week_label(starts, ahead, formats), text)
    order = STACK_ORDER.index(tone)
    return Bar(axis_label(starts, formats), kind, order, hours, state, in_words, tone=tone)


def _nothing(
    starts: date | None, balance: Sequence[Row], states: Collection[str], ahead: Week
) -> Iterable[Bar]:
    """Bars without height for what the week ahead has none of, so that a tooltip says so."""
    formats = _formats(balance)
    missing = (state for state in ("planned", "hoped") if starts and state not in states)
    for state in missing:
        assert starts is not None  # noqa: S101 - for the types
        in_words = Caption(
            week_label(starts, ahead, formats), f"nothing {wording.STATES[state]} yet"
        )
        tone = Shade.TWO_OF_US if has_shades(balance) else Kind.TOGETHER
        yield Bar(axis_label(starts, formats), Kind.TOGETHER, 0, 0.0, state, in_words, tone=tone)


def _gap(row: Row, note: str, ahead: Week, *, is_first: bool) -> Gap:
    in_words = Caption(week_label(row.starts, ahead, row.formats), note)
    grace = row.season == Season.GRACE
    return Gap(axis_label(row.starts, row.formats), grace, note if is_first else "", in_words)


def _formats(balance: Sequence[Row]) -> Formats:
    return balance[0].formats if balance else STANDARD


def _numbers_of(row: Row) -> tuple[float, float, float]:
    return row.hoped, row.planned, row.lived


def _is_settled(plan: Plan) -> bool:
    """True if something was planned and all of it is said, some of it one by one."""
    occurrences = standing(plan)
    one_by_one = any(o.said is not None for o in occurrences)
    return one_by_one and all(o.said is not None or o.strand in plan.lived for o in occurrences)


def _counts(occurrence: Occurrence) -> bool:
    planned = occurrence.chosen and not occurrence.let_go
    return planned or occurrence.said is not None


def _with_numbers(
    row: Row, plan: Plan, strand: Strand, household: Household, *, is_planned: bool
) -> Row:
    minutes, is_open = _lived_and_open(plan, strand, household)
    row = row._replace(
        hoped=totals.hoped(plan, strand) / 60 if strand in plan.hopes else nan,
        planned=totals.planned(plan, strand, household) / 60 if is_planned else nan,
        lived=nan if minutes is None else minutes / 60,
        open=is_open,
    )
    if strand.kind is not Kind.TOGETHER or not household.in_week(plan.week).children:
        return row
    planned = totals.planned_by_shade(plan, household)[Shade.ALL_OF_US]
    return row._replace(
        planned_all_of_us=planned / 60 if is_planned else nan,
        lived_all_of_us=nan if minutes is None else shades.lived_all_of_us(plan, minutes) / 60,
    )
