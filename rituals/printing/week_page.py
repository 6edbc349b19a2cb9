"""A week for the fridge: one upright page with seven days and room to write by hand.

It shows what every shared page shows, the standing occurrences of the plan, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rituals.model import local_time, text, totals, wording
from rituals.model.household import Household, Kind
from rituals.model.plan import Occurrence, Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.model.week import Week
from rituals.planning import responsibility
from rituals.printing.fonts import Face
from rituals.printing.page import QUIET, SOFT, Paper, Sheet, from_to, names, usual_paper

A_LINE = 0.46  # mm from line to line for each point of a letter's size
TITLE, WAY, HOUR = 11.0, 8.5, 9.5  # points
DAY_ROOM, HOUR_ROOM, MARK_ROOM = 30.0, 23.0, 5.5  # mm, from the left
NOTES_ROOM = 46.0  # mm, at the right: nothing is printed there
LEAST_DAY, BETWEEN = 12.0, 1.4  # mm
FOOT_ROOM, GRACE_ROOM = 17.0, 14.0  # mm
HAND = 8.0  # mm from line to line where a hand writes
RESTS = "Everything rests, and nothing is asked."


@dataclass(frozen=True)
class _Fit:
    """How large the letters are, and how many lines a title and a way may take."""

    scale: float
    titles: int
    ways: int


FITS = (_Fit(1, 2, 2), _Fit(0.92, 2, 2), _Fit(0.92, 2, 1), _Fit(0.84, 2, 1), _Fit(0.76, 1, 1))


@dataclass(frozen=True)
class _Entry:
    """One occurrence in lines."""

    hour: str
    kind: Kind
    title: tuple[str, ...]
    way: tuple[str, ...]
    scale: float

    @property
    def high(self) -> float:
        lines = len(self.title) * TITLE + len(self.way) * WAY
        return (lines * A_LINE + BETWEEN) * self.scale


def week(
    plan: Plan,
    household: Household,
    paper: Paper | None = None,
    folders: Iterable[Path] = (),
    rituals: Mapping[str, Ritual] | None = None,
) -> bytes:
    """A week as a PDF of one page; `folders` hold fonts for letters that ours lack.

    Where the rituals are told, too, a line at its foot says who thinks of which.
    """
    thoughts = responsibility.line(plan, rituals or {}, household)
    days = local_time.days(plan.week, household)
    title = f"The week of {wording.short_day(days[0])}"
    sheet = Sheet(
        f"{title} {days[0].year}",
        days[0],
        paper or usual_paper(household),
        [*_texts(plan, household), thoughts],
        folders,
    )
    top = sheet.head(title, f"{names(household)} · {from_to(days[0], days[-1])}")
    if plan.season is Season.GRACE:
        top = _grace(sheet, plan, top)
        bottom = sheet.bottom
    else:
        bottom = _thoughts(sheet, thoughts, _foot(sheet, plan, household))
    _days(sheet, plan, household, top, bottom)
    return sheet.content()


def file_name(week: Week) -> str:
    """What the file of a week is called."""
    return f"leavewell-week-{week}.pdf"


def _texts(plan: Plan, household: Household) -> Iterable[str]:
    """Everything people wrote that this page may show."""
    yield names(household)
    yield plan.grace
    for occurrence in standing(plan):
        yield wording.title(occurrence, household)
        yield occurrence.way


def _grace(sheet: Sheet, plan: Plan, top: float) -> float:
    """A grace week's name, in a soft band; where it ends."""
    name = text.single_line(plan.grace)
    said = f"A grace week: {name}" if name else "A grace week"
    wide = sheet.right - sheet.left
    (line,) = sheet.lines(said, wide - 8, 1, 12, Face.BOLD)
    sheet.box((sheet.left, top - 2), (wide, GRACE_ROOM), SOFT)
    sheet.write(sheet.left + 4, top + 4, line, 12, Face.BOLD)
    sheet.write(sheet.left + 4, top + 9, RESTS, 10)
    return top + GRACE_ROOM + 1


def _foot(sheet: Sheet, plan: Plan, household: Household) -> float:
    """What is in the plan and hoped for, by kind, with the kinds' marks; where it begins."""
    top = sheet.bottom - FOOT_ROOM
    kinds = list(dict.fromkeys(strand.kind for strand in household.strands()))
    step = (sheet.right - sheet.left) / len(kinds)
    sheet.rule(sheet.left, sheet.right, top + 2)
    for place, kind in enumerate(kinds):
        x = sheet.left + place * step
        sheet.mark(kind, x + 1.7, top + 7.3, 3.4)
        sheet.write(x + MARK_ROOM, top + 8.5, wording.KINDS[kind], 10, Face.BOLD)
        for row, told in enumerate(_hours(plan, kind, household)):
            sheet.write(x + MARK_ROOM, top + 13 + 4 * row, told, 8.5, colour=QUIET)
    return top


def _thoughts(sheet: Sheet, line: str, bottom: float) -> float:
    """Who thinks of what, above the foot; where it begins."""
    told = sheet.lines(line, sheet.right - sheet.left, 2, WAY) if sheet.knows(line) else ()
    for above, row in enumerate(reversed(told)):
        sheet.write(sheet.left, bottom - above * WAY * A_LINE, row, WAY, colour=QUIET)
    return bottom - len(told) * (WAY * A_LINE + BETWEEN)


def _hours(plan: Plan, kind: Kind, household: Household) -> Iterable[str]:
    strands = [strand for strand in household.strands() if strand.kind is kind]
    planned = sum(totals.planned(plan, strand, household) for strand in strands)
    hoped = sum(totals.hoped(plan, strand) for strand in strands if strand in plan.hopes)
    if planned:
        yield f"{wording.hours(planned)} in the plan"
    if hoped or not planned:
        yield f"{wording.hours(hoped) if hoped else 'nothing'} hoped for"


def _days(sheet: Sheet, plan: Plan, household: Household, top: float, bottom: float) -> None:
    lying = {day: list[Occurrence]() for day in local_time.days(plan.week, household)}
    for occurrence in standing(plan):
        lying.get(local_time.local_day(occurrence.start, household), []).append(occurrence)
    by_day = _fitted(sheet, list(lying.values()), household, bottom - top)
    highs = _levelled([_needed(entries) for entries in by_day], bottom - top)
    for day, entries, high in zip(lying, by_day, highs, strict=True):
        _day(sheet, day, entries, top, high)
        top += high


def _fitted(
    sheet: Sheet, by_day: Sequence[Sequence[Occurrence]], household: Household, room: float
) -> list[list[_Entry]]:
    """The days' entries in the largest letters with which all of them have room."""
    fits = [*FITS, *(_Fit(0.76 * 0.9**n, 1, 0) for n in range(99))]
    for fit in fits:
        entries = [[_entry(sheet, o, household, fit) for o in day] for day in by_day]
        if sum(map(_needed, entries)) <= room:
            break
    return entries


def _entry(sheet: Sheet, occurrence: Occurrence, household: Household, fit: _Fit) -> _Entry:
    room = sheet.right - sheet.left - DAY_ROOM - HOUR_ROOM - MARK_ROOM - NOTES_ROOM
    start, end = (t.astimezone(household.tz) for t in (occurrence.start, occurrence.end))
    title = text.single_line(wording.title(occurrence, household))
    if not sheet.knows(occurrence.title):
        title = wording.strand(occurrence.strand, household)
    return _Entry(
        f"{start:%H:%M}–{end:%H:%M}",
        occurrence.kind,
        sheet.lines(title, room, fit.titles, TITLE * fit.scale, Face.BOLD),
        sheet.lines(text.single_line(occurrence.way), room, fit.ways, WAY * fit.scale),
        fit.scale,
    )


def _needed(entries: Sequence[_Entry]) -> float:
    return max(LEAST_DAY, 3 + sum(entry.high for entry in entries))


def _levelled(needed: Sequence[float], room: float) -> list[float]:
    """Heights that fill the room: all the same, but for days that need more."""
    more: set[int] = set()
    while True:
        left = room - sum(needed[day] for day in more)
        level = left / max(len(needed) - len(more), 1)
        above = {day for day, high in enumerate(needed) if high > level and day not in more}
        if not above:
            return [needed[day] if day in more else level for day in range(len(needed))]
        more |= above


def _day(sheet: Sheet, day: date, entries: Iterable[_Entry], top: float, high: float) -> None:
    sheet.rule(sheet.left, sheet.right, top)
    sheet.write(sheet.left, top + 6, wording.WEEKDAYS[day.weekday()], 12, Face.HEAD)
    sheet.write(sheet.left, top + 10.5, wording.short_day(day), 8.5, colour=QUIET)
    y = top + 1.5
    for entry in entries:
        _draw(sheet, entry, y)
        y += entry.high
    for row in range(1, int((high - 3) // HAND) + 1):
        sheet.rule(sheet.right - NOTES_ROOM + 5, sheet.right, top + row * HAND, dotted=True)


def _draw(sheet: Sheet, entry: _Entry, top: float) -> None:
    scale = entry.scale
    x = sheet.left + DAY_ROOM
    y = top + TITLE * A_LINE * scale * 0.85
    sheet.write(x, y, entry.hour, HOUR * scale, colour=QUIET)
    sheet.mark(entry.kind, x + HOUR_ROOM + 1.6, y - 1.35 * scale, 3.3 * scale)
    x += HOUR_ROOM + MARK_ROOM
    for row in entry.title:
        sheet.write(x, y, row, TITLE * scale, Face.BOLD)
        y += TITLE * A_LINE * scale
    y -= (TITLE - WAY) * A_LINE * scale
    for row in entry.way:
        sheet.write(x, y, row, WAY * scale, colour=QUIET)
        y += WAY * A_LINE * scale
