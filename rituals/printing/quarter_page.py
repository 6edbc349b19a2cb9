"""Our season on paper: thirteen weeks on one upright page, and a line to write on.

It shows what Our weeks shows: lived hours, what is in the plan ahead, gaps and weeks of grace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rituals import text
from rituals.insights import balance, named_weeks
from rituals.model import local_time, wording
from rituals.model.household import Household, Tone
from rituals.model.plan import Plan, Said, Season
from rituals.model.time.formats import Paper
from rituals.model.time.week import Week
from rituals.printing.fonts import Typeface
from rituals.printing.page import QUIET, SOFT, TONES, WHITE, Page, both_names

WEEKS = 13  # a quarter of a year
MOST_RITUALS = 6
HOURS_APART, LEAST_HOURS = 5, 10  # of the lines across, and how far up they go at least
CHART, AXIS, BAR = 105.0, 11.0, 0.7  # mm high, mm at the left, part of a week's room
MOST_NAMES, NAME, NAME_ROOM = 3, 7.5, 38.0  # of a week; points; mm that a name has at least
HALF = 0.5  # the strength in which what lies ahead is drawn
MARK, LEAST_FOR_MARK = 2.6, 4.0  # mm: a mark in a bar, and how high that has to be
NAME_APART = 3.6  # mm
HAND = 10.0  # mm from line to line where a hand writes


@dataclass(frozen=True)
class _Chart:
    """Edges of the chart on its page, and the hours that its height stands for."""

    left: float
    right: float
    top: float
    bottom: float
    hours: float

    @property
    def step(self) -> float:
        """Width of a week in millimetres."""
        return (self.right - self.left) / WEEKS

    def height(self, hours: float) -> float:
        return hours / self.hours * (self.bottom - self.top)


@dataclass(frozen=True)
class _LivedRitual:
    """Title and tone of a ritual that was lived."""

    title: str
    tone: Tone


def quarter(
    plans_by_week: Mapping[Week, Plan],
    shown: tuple[Week, Week],
    household: Household,
    paper: Paper | None = None,
    folders: Iterable[Path] = (),
) -> bytes:
    """Thirteen weeks as a PDF of one page; `shown` is the last of them, and the week to plan.

    What lies before the week to plan is lived or open; `folders` hold fonts for letters that
    ours lack.
    """
    last, _ = shown
    plans = [plans_by_week[week] for week in quarter_weeks(last) if week in plans_by_week]
    first = local_time.first_day(quarter_weeks(last)[0], household)
    last_day = local_time.days(last, household)[-1]
    lived = _most_often(plans, household)
    names = _names(quarter_weeks(last), household)
    texts = (
        both_names(household),
        *(plan.grace for plan in plans),
        *(one.title for one in lived),
        *(name for printed in names.values() for name in printed),
    )
    days = household.formats.days(first, last_day)
    title = f"Our season, {days}"
    page = Page(title, last_day, paper or household.paper, texts, folders)
    top = page.write_head("Our season", f"{both_names(household)} · {days}")
    top = _legend(page, household.over(quarter_weeks(last)), top)
    top = _chart(page, plans_by_week, shown, household, top)
    top = _often(page, lived, top + 14)
    _open_line(page, top + 12)
    return page.as_pdf()


def quarter_weeks(last: Week) -> tuple[Week, ...]:
    """Thirteen weeks that end with `last`."""
    return tuple(last + back for back in range(1 - WEEKS, 1))


def file_name(last: Week) -> str:
    """Name of the file of a quarter."""
    return f"leavewell-season-until-{last}.pdf"


def _names(weeks: Iterable[Week], household: Household) -> dict[Week, list[str]]:
    """Trips, public holidays and the like by week, the first few of each."""
    facts = {week: named_weeks.naming_facts(week, household) for week in weeks}
    return {
        week: [text.bidi_isolated(fact.text) for fact in found[:MOST_NAMES]]
        for week, found in facts.items()
        if found
    }


def _most_often(plans: Iterable[Plan], household: Household) -> list[_LivedRitual]:
    """Rituals lived most often, the most often first; those without a name are left out."""
    times = Counter(
        _LivedRitual(text.bidi_isolated(occurrence.title), occurrence.tone(household))
        for plan in plans
        if plan.season is not Season.GRACE
        for occurrence in plan.occurrences
        if occurrence.said in {Said.AS_PLANNED, Said.A_LITTLE}
        and occurrence.title != wording.UNTITLED
    )
    often = sorted(times.items(), key=lambda counted: (-counted[1], counted[0].title))
    return [one for one, _ in often[:MOST_RITUALS]]


def _legend(page: Page, household: Household, top: float) -> float:
    x = page.left
    for tone in household.tones():
        page.mark(tone, x + 1.7, top + 2.8, 3.4)
        page.write(x + 5, top + 4, wording.TONES[tone], 10)
        x += 12 + page.text_width(wording.TONES[tone], 10)
    return top + 9


def _chart(
    page: Page,
    plans_by_week: Mapping[Week, Plan],
    shown: tuple[Week, Week],
    household: Household,
    top: float,
) -> float:
    """Draws each week's hours, stacked by tone; returns where the chart ends."""
    last, ahead = shown
    rows = balance.rows(plans_by_week, quarter_weeks(last), household)
    bars = [bar for bar in balance.stacked_bars(rows, ahead) if bar.state != "hoped"]
    labels = balance.axis_labels(rows)
    high = {label: sum(b.hours for b in bars if b.label == label) for label in labels}
    weeks = list(zip(quarter_weeks(last), labels, strict=True))
    names = _names(quarter_weeks(last), household)
    named = max((high[label] for week, label in weeks if week in names), default=0.0)
    most = max(*high.values(), named * CHART / (CHART - NAME_ROOM))
    hours = max(-(-most // HOURS_APART) * HOURS_APART, LEAST_HOURS)
    chart = _Chart(page.left + AXIS, page.right, top, top + CHART, hours)
    gaps = {gap.label: gap for gap in balance.week_gaps(rows, ahead)}
    _hour_lines(page, chart)
    for place, (week, label) in enumerate(weeks):
        if gap := gaps.get(label):
            plan = plans_by_week.get(week)
            _gap(page, chart, place, gap, text.bidi_isolated(plan.grace) if plan else "")
        else:
            _name(page, chart, place, names.get(week, ()), high[label])
    for place, label in enumerate(labels):
        _bar(page, chart, place, [b for b in bars if b.label == label])
        _centred(page, chart, place, label[:-5])  # the head says the year
    caption = "Solid is what happened, soft is in the plan; a week nobody wrote down stays open."
    page.write(chart.left, chart.bottom + 11, caption, 8.5, colour=QUIET)
    return chart.bottom + 11


def _hour_lines(page: Page, chart: _Chart) -> None:
    for hours in range(0, int(chart.hours) + 1, HOURS_APART):
        y = chart.bottom - chart.height(hours)
        page.rule(chart.left, chart.right, y)
        label = f"{hours} h"
        x = chart.left - 2 - page.text_width(label, 8.5)
        page.write(x, y + 1, label, 8.5, colour=QUIET)


def _gap(page: Page, chart: _Chart, place: int, gap: balance.Gap, name: str) -> None:
    """Draws a week of grace as a soft band with its name; one not written down stays open."""
    x = chart.left + place * chart.step
    ground = SOFT if gap.grace else WHITE
    page.box((x, chart.top), (chart.step, chart.bottom - chart.top), ground)
    room = chart.bottom - chart.top - 6
    for line in page.lines(name if gap.grace and name else gap.note, room, 1, 9):
        page.write_upwards(x + chart.step / 2 + 1.2, chart.bottom - 3, line, 9)


def _name(page: Page, chart: _Chart, place: int, names: Iterable[str], hours: float) -> None:
    """Writes what made a week another one upwards from its bar, line beside line."""
    printed = [name for name in names if page.can_print(name)]
    y = chart.bottom - chart.height(hours) - 2
    x = chart.left + (place + 0.5) * chart.step - (len(printed) - 1) * NAME_APART / 2 + 0.9
    for number, name in enumerate(printed):
        for line in page.lines(name, y - chart.top, 1, NAME):
            page.write_upwards(x + number * NAME_APART, y, line, NAME)


def _bar(page: Page, chart: _Chart, place: int, pieces: Sequence[balance.Bar]) -> None:
    wide = chart.step * BAR
    x = chart.left + place * chart.step + (chart.step - wide) / 2
    y = chart.bottom
    for piece in sorted(pieces, key=lambda bar: bar.order):
        tone, high = piece.tone, chart.height(piece.hours)
        is_lived = piece.state == "lived"
        fill = TONES[tone] if is_lived else TONES[tone].tinted(HALF)
        y -= high
        page.box((x, y), (wide, high), fill, WHITE)
        if high >= LEAST_FOR_MARK:
            mark = WHITE if is_lived else TONES[tone]
            page.mark(tone, x + wide / 2, y + high / 2, MARK, mark)


def _centred(page: Page, chart: _Chart, place: int, label: str) -> None:
    x = chart.left + (place + 0.5) * chart.step - page.text_width(label, 8) / 2
    page.write(x, chart.bottom + 4.5, label, 8, colour=QUIET)


def _often(page: Page, lived: Sequence[_LivedRitual], top: float) -> float:
    """Writes the rituals that were lived most often, in two columns; returns where they end."""
    if not lived:
        return top
    page.write(page.left, top, "What happened most often", 15, Typeface.HEAD)
    wide, rows = (page.right - page.left) / 2, -(-len(lived) // 2)
    for place, one in enumerate(lived):
        x = page.left + (place // rows) * wide
        y = top + 8.5 + place % rows * 7
        page.mark(one.tone, x + 1.7, y - 1.4, 3.4)
        for line in page.lines(_called(page, one), wide - 10, 1, 11):
            page.write(x + 5.5, y, line, 11)
    return top + 8.5 + rows * 7


def _called(page: Page, lived: _LivedRitual) -> str:
    return lived.title if page.can_print(lived.title) else wording.heading(lived.tone)


def _open_line(page: Page, top: float) -> None:
    page.write(page.left, top, "What we want to keep from these weeks", 15, Typeface.HEAD)
    for y in _lines_for_a_hand(page, top + 4):
        page.rule(page.left, page.right, y, dotted=True)


def _lines_for_a_hand(page: Page, top: float) -> Iterator[float]:
    count = int((page.bottom - top) // HAND)
    yield from (top + HAND * line for line in range(1, max(count, 1) + 1))
