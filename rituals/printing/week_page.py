"""A week for the fridge: one upright page with seven days and room to write by hand.

It shows what every shared page shows, the standing occurrences of the plan, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from rituals import text
from rituals.model import local_time, totals, wording, wording_of_weeks
from rituals.model.household import Household, Kind, Tone
from rituals.model.plan import Occurrence, Plan, Season, standing
from rituals.model.ritual import Ritual
from rituals.model.time.formats import Formats, Paper
from rituals.model.time.week import Week
from rituals.planning import responsibility
from rituals.printing.fonts import Typeface
from rituals.printing.page import QUIET, SOFT, Page, both_names

A_LINE = 0.46  # mm from line to line for each point of a letter's size
TITLE, WAY, HOUR = 11.0, 8.5, 9.5  # points
DAY_ROOM, HOUR_ROOM, MARK_ROOM = 30.0, 23.0, 5.5  # mm, from the left
NOTES_ROOM = 46.0  # mm, at the right: nothing is printed there
LEAST_DAY, BETWEEN = 12.0, 1.4  # mm
FOOT_ROOM, GRACE_ROOM = 17.0, 14.0  # mm
SHADE_ROOM = 4.0  # mm: a line in the foot for each shade of together
HAND = 8.0  # mm from line to line where a hand writes
NO_SITTER_YET = "Open until a sitter is found"
RESTS = "Everything rests, and nothing is asked."


@dataclass(frozen=True)
class _Fit:
    """Scale of the letters, and the lines that a title and an idea may take."""

    scale: float
    titles: int
    ways: int


FITS = (_Fit(1, 2, 2), _Fit(0.92, 2, 2), _Fit(0.92, 2, 1), _Fit(0.84, 2, 1), _Fit(0.76, 1, 1))


@dataclass(frozen=True)
class _Entry:
    """One occurrence in lines."""

    hour: str
    tone: Tone
    title: tuple[str, ...]
    way: tuple[str, ...]
    scale: float
    hour_room: float
    waits: bool  # for a sitter: drawn with a dashed outline

    @property
    def height(self) -> float:
        lines = len(self.title) * TITLE + len(self.way) * WAY
        return (lines * A_LINE + BETWEEN) * self.scale


def week(  # noqa: PLR0913 - all that can stand on a page, most of it optional
    plan: Plan,
    household: Household,
    paper: Paper | None = None,
    folders: Iterable[Path] = (),
    rituals: Mapping[str, Ritual] | None = None,
    waiting: Collection[str] = (),
) -> bytes:
    """A week as a PDF of one page; `folders` hold fonts for letters that ours lack.

    Given the rituals, too, a line at its foot says who looks after which; `waiting` are the ids of
    what is open until a sitter is found.
    """
    responsibilities = responsibility.line(plan, rituals or {}, household)
    paper, household = paper or household.paper, household.in_week(plan.week)
    days = local_time.days(plan.week, household)
    title = f"The week of {household.formats.short_day(days[0])}"
    page = Page(
        f"{title} {days[0].year}",
        days[0],
        paper,
        [*_texts(plan, household), responsibilities, _what_is_different(plan, household)],
        folders,
    )
    top = page.write_head(
        title, f"{both_names(household)} · {household.formats.days(days[0], days[-1])}"
    )
    top = _facts(page, plan, household, top)
    if plan.season is Season.GRACE:
        top = _grace(page, plan, top)
        bottom = page.bottom
    else:
        bottom = _responsibilities(page, responsibilities, _foot(page, plan, household))
    _days(page, plan, household, (top, bottom), waiting)
    return page.as_pdf()


def file_name(week: Week) -> str:
    """Name of the file of a week."""
    return f"leavewell-week-{week}.pdf"


def _texts(plan: Plan, household: Household) -> Iterable[str]:
    """Everything people wrote that this page may show."""
    yield both_names(household)
    yield plan.grace
    for occurrence in standing(plan):
        yield _title(occurrence, household)
        yield occurrence.way


def _grace(page: Page, plan: Plan, top: float) -> float:
    """Writes a grace week's name in a soft band; returns where it ends."""
    name = text.bidi_isolated(plan.grace)
    heading = f"A week off: {name}" if name else "A week off"
    wide = page.right - page.left
    (line,) = page.lines(heading, wide - 8, 1, 12, Typeface.BOLD)
    page.box((page.left, top - 2), (wide, GRACE_ROOM), SOFT)
    page.write(page.left + 4, top + 4, line, 12, Typeface.BOLD)
    page.write(page.left + 4, top + 9, RESTS, 10)
    return top + GRACE_ROOM + 1


def _what_is_different(plan: Plan, household: Household) -> str:
    facts = wording_of_weeks.named_facts(plan.week, household)
    return text.single_line(" · ".join(fact.text for fact in facts))


def _facts(page: Page, plan: Plan, household: Household, top: float) -> float:
    """Writes what makes the week another one, under its heading; returns where that ends."""
    sentence = _what_is_different(plan, household)
    if not sentence or not page.can_print(sentence):
        return top
    lines = page.lines(sentence, page.right - page.left, 2, WAY)
    for number, row in enumerate(lines):
        page.write(page.left, top + number * WAY * A_LINE, row, WAY, colour=QUIET)
    return top + len(lines) * WAY * A_LINE + BETWEEN


def _foot(page: Page, plan: Plan, household: Household) -> float:
    """Writes the planned and hoped hours by kind, with the kinds' marks; returns its top."""
    shades = totals.planned_by_shade(plan, household)
    shades = shades if any(shades.values()) else {}
    top = page.bottom - FOOT_ROOM - SHADE_ROOM * len(shades)
    kinds = list(dict.fromkeys(strand.kind for strand in household.strands()))
    step = (page.right - page.left) / len(kinds)
    page.rule(page.left, page.right, top + 2)
    for place, kind in enumerate(kinds):
        x = page.left + place * step
        page.mark(kind, x + 1.7, top + 7.3, 3.4)
        page.write(x + MARK_ROOM, top + 8.5, wording.KINDS[kind], 10, Typeface.BOLD)
        for row, hours in enumerate(_hours(plan, kind, household)):
            page.write(x + MARK_ROOM, top + 13 + 4 * row, hours, 8.5, colour=QUIET)
    for row, (shade, minutes) in enumerate(shades.items(), start=2):
        y = top + 13 + 4 * row
        page.mark(shade, page.left + 1.7, y - 1, 2.6)
        page.write(page.left + MARK_ROOM, y, wording.shades({shade: minutes}), 8.5, colour=QUIET)
    return top


def _responsibilities(page: Page, sentence: str, bottom: float) -> float:
    """Writes who looks after what, above the foot; returns where it begins."""
    lines = page.lines(sentence, page.right - page.left, 2, WAY) if page.can_print(sentence) else ()
    for above, row in enumerate(reversed(lines)):
        page.write(page.left, bottom - above * WAY * A_LINE, row, WAY, colour=QUIET)
    return bottom - len(lines) * (WAY * A_LINE + BETWEEN)


def _hours(plan: Plan, kind: Kind, household: Household) -> Iterable[str]:
    strands = [strand for strand in household.strands() if strand.kind is kind]
    planned = sum(totals.planned(plan, strand, household) for strand in strands)
    hoped = sum(totals.hoped(plan, strand) for strand in strands if strand in plan.hopes)
    if planned:
        yield f"{wording.hours(planned)} in the plan"
    if hoped or not planned:
        yield f"{wording.hours(hoped) if hoped else 'nothing'} hoped for"


def _days(
    page: Page,
    plan: Plan,
    household: Household,
    room: tuple[float, float],
    waiting: Collection[str],
) -> None:
    top, bottom = room
    lying = {day: list[Occurrence]() for day in local_time.days(plan.week, household)}
    for occurrence in standing(plan):
        lying.get(local_time.local_day(occurrence.start, household), []).append(occurrence)
    by_day = _fitted(page, list(lying.values()), household, bottom - top, waiting)
    highs = _levelled([_needed(entries) for entries in by_day], bottom - top)
    for day, entries, high in zip(lying, by_day, highs, strict=True):
        _day(page, day, entries, top, high, household.formats)
        top += high


def _fitted(
    page: Page,
    by_day: Sequence[Sequence[Occurrence]],
    household: Household,
    room: float,
    waiting: Collection[str],
) -> list[list[_Entry]]:
    """Entries of each day in the largest letters with which all of them have room."""
    fits = [*FITS, *(_Fit(0.76 * 0.9**n, 1, 0) for n in range(99))]
    for fit in fits:
        entries = [
            [_entry(page, o, household, fit, waits=o.id in waiting) for o in day] for day in by_day
        ]
        if sum(map(_needed, entries)) <= room:
            break
    return entries


def _entry(
    page: Page, occurrence: Occurrence, household: Household, fit: _Fit, *, waits: bool
) -> _Entry:
    before = _hour_room(page, household.formats)
    room = page.right - page.left - DAY_ROOM - before - MARK_ROOM - NOTES_ROOM
    start, end = (household.clock(t) for t in (occurrence.start, occurrence.end))
    title = _title(occurrence, household)
    if not page.can_print(occurrence.title):
        title = wording.strand(occurrence.strand, household)
    way = text.bidi_isolated(occurrence.way)
    if waits:
        way = f"{NO_SITTER_YET} · {way}" if way else NO_SITTER_YET
    return _Entry(
        household.formats.from_to(start, end),
        occurrence.tone(household),
        page.lines(title, room, fit.titles, TITLE * fit.scale, Typeface.BOLD),
        page.lines(way, room, fit.ways, WAY * fit.scale),
        fit.scale,
        before,
        waits,
    )


def _hour_room(page: Page, formats: Formats) -> float:
    """Room for the longest hours there are."""
    longest = formats.from_to(time(10), time(12))
    return max(HOUR_ROOM, page.text_width(longest, HOUR) + BETWEEN)


def _title(occurrence: Occurrence, household: Household) -> str:
    """A title with the name of who has it, each running its own way."""
    title = text.bidi_isolated(occurrence.title)
    if occurrence.partner is None:
        return title
    return f"{text.bidi_isolated(household.name(occurrence.partner))}: {title}"


def _needed(entries: Sequence[_Entry]) -> float:
    return max(LEAST_DAY, 3 + sum(entry.height for entry in entries))


def _levelled(needed: Sequence[float], room: float) -> list[float]:
    """Heights that fill the room: all the same, but for days that need more."""
    taller: set[int] = set()
    while True:
        left = room - sum(needed[day] for day in taller)
        level = left / max(len(needed) - len(taller), 1)
        above = {day for day, high in enumerate(needed) if high > level and day not in taller}
        if not above:
            return [needed[day] if day in taller else level for day in range(len(needed))]
        taller |= above


def _day(  # noqa: PLR0913 - a day, how it is written, and where
    page: Page, day: date, entries: Iterable[_Entry], top: float, high: float, formats: Formats
) -> None:
    page.rule(page.left, page.right, top)
    page.write(page.left, top + 6, wording.WEEKDAYS[day.weekday()], 12, Typeface.HEAD)
    page.write(page.left, top + 10.5, formats.short_day(day), 8.5, colour=QUIET)
    y = top + 1.5
    for entry in entries:
        _draw(page, entry, y)
        if entry.waits:
            left = page.left + DAY_ROOM - 1
            wide = page.right - NOTES_ROOM - left
            page.outline((left, y - 0.4), (wide, entry.height - 0.3))
        y += entry.height
    for row in range(1, int((high - 3) // HAND) + 1):
        page.rule(page.right - NOTES_ROOM + 5, page.right, top + row * HAND, dotted=True)


def _draw(page: Page, entry: _Entry, top: float) -> None:
    scale = entry.scale
    x = page.left + DAY_ROOM
    y = top + TITLE * A_LINE * scale * 0.85
    page.write(x, y, entry.hour, HOUR * scale, colour=QUIET)
    page.mark(entry.tone, x + entry.hour_room + 1.6, y - 1.35 * scale, 3.3 * scale)
    x += entry.hour_room + MARK_ROOM
    for row in entry.title:
        page.write(x, y, row, TITLE * scale, Typeface.BOLD)
        y += TITLE * A_LINE * scale
    y -= (TITLE - WAY) * A_LINE * scale
    for row in entry.way:
        page.write(x, y, row, WAY * scale, colour=QUIET)
        y += WAY * A_LINE * scale
