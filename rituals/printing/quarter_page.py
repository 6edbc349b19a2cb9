"""Our season on paper: thirteen weeks on one upright page, and a line to write on.

It shows what Our weeks shows: lived hours, what is in the plan ahead, gaps and weeks of grace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from rituals.insights import balance
from rituals.model import local_time, text, wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Plan, Said, Season
from rituals.model.week import Week
from rituals.printing.fonts import Face
from rituals.printing.page import (
    KINDS,
    QUIET,
    SOFT,
    WHITE,
    Paper,
    Sheet,
    from_to,
    names,
    usual_paper,
)

WEEKS = 13  # a quarter of a year
MOST_RITUALS = 6
HOURS_APART, LEAST_HOURS = 5, 10  # of the lines across, and how far up they go at least
CHART, AXIS, BAR = 105.0, 11.0, 0.7  # mm high, mm at the left, part of a week's room
HALF = 0.5  # the strength in which what lies ahead is drawn
MARK, LEAST_FOR_MARK = 2.6, 4.0  # mm: a mark in a bar, and how high that has to be
HAND = 10.0  # mm from line to line where a hand writes


@dataclass(frozen=True)
class _Chart:
    """Where the chart lies on its sheet, and how many hours it is high."""

    left: float
    right: float
    top: float
    bottom: float
    hours: float

    @property
    def step(self) -> float:
        """The room of a week."""
        return (self.right - self.left) / WEEKS

    def high(self, hours: float) -> float:
        return hours / self.hours * (self.bottom - self.top)


@dataclass(frozen=True)
class _Lived:
    """A ritual that was lived, as it is called."""

    title: str
    kind: Kind


def season(
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
    there = [plans_by_week[week] for week in of_season(last) if week in plans_by_week]
    first = local_time.first_day(of_season(last)[0], household)
    until = local_time.first_day(last, household) + timedelta(days=6)
    lived = _most_often(there)
    texts = (names(household), *(plan.grace for plan in there), *(one.title for one in lived))
    title = f"Our season, {from_to(first, until)}"
    sheet = Sheet(title, until, paper or usual_paper(household), texts, folders)
    top = sheet.head("Our season", f"{names(household)} · {from_to(first, until)}")
    top = _legend(sheet, household, top)
    top = _chart(sheet, plans_by_week, shown, household, top)
    top = _often(sheet, lived, top + 14)
    _open_line(sheet, top + 12)
    return sheet.content()


def of_season(last: Week) -> tuple[Week, ...]:
    """The thirteen weeks that end with this one."""
    return tuple(last + back for back in range(1 - WEEKS, 1))


def file_name(last: Week) -> str:
    """What the file of a season is called."""
    return f"leavewell-season-until-{last}.pdf"


def _most_often(there: Iterable[Plan]) -> list[_Lived]:
    """What was lived most often, the most often first; what nobody gave a name is left out."""
    times = Counter(
        _Lived(text.single_line(occurrence.title), occurrence.kind)
        for plan in there
        if plan.season is not Season.GRACE
        for occurrence in plan.occurrences
        if occurrence.said in {Said.AS_PLANNED, Said.A_LITTLE}
        and occurrence.title != wording.UNTITLED
    )
    often = sorted(times.items(), key=lambda counted: (-counted[1], counted[0].title))
    return [one for one, _ in often[:MOST_RITUALS]]


def _legend(sheet: Sheet, household: Household, top: float) -> float:
    x = sheet.left
    for kind in dict.fromkeys(strand.kind for strand in household.strands()):
        sheet.mark(kind, x + 1.7, top + 2.8, 3.4)
        sheet.write(x + 5, top + 4, wording.KINDS[kind], 10)
        x += 12 + sheet.wide(wording.KINDS[kind], 10)
    return top + 9


def _chart(
    sheet: Sheet,
    plans_by_week: Mapping[Week, Plan],
    shown: tuple[Week, Week],
    household: Household,
    top: float,
) -> float:
    """The hours of each week, stacked by kind; where the chart ends."""
    last, ahead = shown
    rows = balance.rows(plans_by_week, of_season(last), household)
    bars = [bar for bar in balance.stacked_bars(rows, ahead) if bar.state != "hoped"]
    labels = balance.axis_labels(rows)
    most = max((sum(b.hours for b in bars if b.label == label) for label in labels), default=0.0)
    hours = max(-(-most // HOURS_APART) * HOURS_APART, LEAST_HOURS)
    chart = _Chart(sheet.left + AXIS, sheet.right, top, top + CHART, hours)
    gaps = {gap.label: gap for gap in balance.week_gaps(rows, ahead)}
    _hour_lines(sheet, chart)
    for place, (week, label) in enumerate(zip(of_season(last), labels, strict=True)):
        if gap := gaps.get(label):
            plan = plans_by_week.get(week)
            _gap(sheet, chart, place, gap, text.single_line(plan.grace) if plan else "")
    for place, label in enumerate(labels):
        _bar(sheet, chart, place, [b for b in bars if b.label == label])
        _centred(sheet, chart, place, label[:-5])  # the head says the year
    said = "Solid is lived, soft is in the plan; a week nobody wrote down stays open."
    sheet.write(chart.left, chart.bottom + 11, said, 8.5, colour=QUIET)
    return chart.bottom + 11


def _hour_lines(sheet: Sheet, chart: _Chart) -> None:
    for hours in range(0, int(chart.hours) + 1, HOURS_APART):
        y = chart.bottom - chart.high(hours)
        sheet.rule(chart.left, chart.right, y)
        label = f"{hours} h"
        x = chart.left - 2 - sheet.wide(label, 8.5)
        sheet.write(x, y + 1, label, 8.5, colour=QUIET)


def _gap(sheet: Sheet, chart: _Chart, place: int, gap: balance.Gap, name: str) -> None:
    """A week of grace as a soft band with its name; one that nobody wrote down stays open."""
    x = chart.left + place * chart.step
    ground = SOFT if gap.grace else WHITE
    sheet.box((x, chart.top), (chart.step, chart.bottom - chart.top), ground)
    room = chart.bottom - chart.top - 6
    for line in sheet.lines(name if gap.grace and name else gap.note, room, 1, 9):
        sheet.write_upwards(x + chart.step / 2 + 1.2, chart.bottom - 3, line, 9)


def _bar(sheet: Sheet, chart: _Chart, place: int, pieces: Sequence[balance.Bar]) -> None:
    wide = chart.step * BAR
    x = chart.left + place * chart.step + (chart.step - wide) / 2
    y = chart.bottom
    for piece in sorted(pieces, key=lambda bar: bar.order):
        kind, high = Kind(piece.kind), chart.high(piece.hours)
        is_lived = piece.state == "lived"
        fill = KINDS[kind] if is_lived else KINDS[kind].soft(HALF)
        y -= high
        sheet.box((x, y), (wide, high), fill, WHITE)
        if high >= LEAST_FOR_MARK:
            mark = WHITE if is_lived else KINDS[kind]
            sheet.mark(kind, x + wide / 2, y + high / 2, MARK, mark)


def _centred(sheet: Sheet, chart: _Chart, place: int, label: str) -> None:
    x = chart.left + (place + 0.5) * chart.step - sheet.wide(label, 8) / 2
    sheet.write(x, chart.bottom + 4.5, label, 8, colour=QUIET)


def _often(sheet: Sheet, lived: Sequence[_Lived], top: float) -> float:
    """The rituals that were lived most often, in two columns; where they end."""
    if not lived:
        return top
    sheet.write(sheet.left, top, "What you lived most often", 15, Face.HEAD)
    wide, rows = (sheet.right - sheet.left) / 2, -(-len(lived) // 2)
    for place, one in enumerate(lived):
        x = sheet.left + (place // rows) * wide
        y = top + 8.5 + place % rows * 7
        sheet.mark(one.kind, x + 1.7, y - 1.4, 3.4)
        for line in sheet.lines(_called(sheet, one), wide - 10, 1, 11):
            sheet.write(x + 5.5, y, line, 11)
    return top + 8.5 + rows * 7


def _called(sheet: Sheet, lived: _Lived) -> str:
    return lived.title if sheet.knows(lived.title) else wording.KINDS[lived.kind]


def _open_line(sheet: Sheet, top: float) -> None:
    sheet.write(sheet.left, top, "What we want to keep from these weeks", 15, Face.HEAD)
    for y in _lines_for_a_hand(sheet, top + 4):
        sheet.rule(sheet.left, sheet.right, y, dotted=True)


def _lines_for_a_hand(sheet: Sheet, top: float) -> Iterator[float]:
    count = int((sheet.bottom - top) // HAND)
    yield from (top + HAND * line for line in range(1, max(count, 1) + 1))
