"""A week as a grid: seven days, two partners left and right, work hatched; on a phone a list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from rituals import plans, weeks, words
from rituals.model import ONE, TWO, Household, Occurrence, Plan
from rituals.placement import share_somebody
from rituals.spans import Span

LANES = {None: (0, 100), ONE: (0, 50), TWO: (50, 50)}  # left and width, in parts of a hundred
WIDER = {None: (0, 100), ONE: (0, 88), TWO: (12, 88)}  # beside nobody
HOUR = timedelta(hours=1)
LINES_FOR_A_NAME = 3  # beside a title; the lane tells whose it is as well
LINE = 0.55  # hours: what one line of text takes, so that small moments can be read


@dataclass(frozen=True)
class _Block:
    """Where an occurrence is drawn: hours of the clock on its day; past midnight from 24 on."""

    occurrence: Occurrence
    top: float
    bottom: float

    def beside(self, other: "_Block") -> bool:
        return self.top < other.bottom and other.top < self.bottom


def html(plan: Plan, household: Household) -> str:
    """The grid of one plan, as HTML in which every text is escaped."""
    by_day = {
        day: _blocks((o for o in plans.standing(plan) if _is_on(day, o, household)), household)
        for day in weeks.days(plan.week, household)
    }
    first, last = _hours_shown(by_day.values(), household)
    marks = "".join(
        f'<span style="top:{_part(hour - first, last - first)}%">{hour % 24:02}</span>'
        for hour in range(first, last, 2)
    )
    columns = "".join(_day(*each, household, (first, last)) for each in by_day.items())
    hours = f'<div class="lw-hours" aria-hidden="true">{marks}</div>'
    return f'<div class="lw-week" lang="en">{hours}{columns}</div>'


def _is_on(day: date, occurrence: Occurrence, household: Household) -> bool:
    return weeks.local_day(occurrence.start, household) == day


def _blocks(of_day: Iterable[Occurrence], household: Household) -> list[_Block]:
    """Blocks of at least a line; what would be hidden by one of the same people moves down."""
    blocks: list[_Block] = []
    for occurrence in of_day:
        top, bottom = _clock(Span(occurrence.start, occurrence.end), household)
        above = [
            b.bottom for b in blocks if share_somebody(b.occurrence.partner, occurrence.partner)
        ]
        top = max([top, *above])
        blocks.append(_Block(occurrence, top, max(bottom, top + LINE)))
    return blocks


def _hours_shown(days: Iterable[Sequence[_Block]], household: Household) -> tuple[int, int]:
    hours = household.hours
    blocks = [block for day in days for block in day]
    asleep = hours.sleep.hour + 1 + (24 if hours.sleep <= hours.wake else 0)
    first = min([hours.wake.hour, *(int(b.top) for b in blocks)])
    return first, max([asleep, *(-int(-b.bottom // 1) for b in blocks)])


def _day(day: date, blocks: Sequence[_Block], household: Household, shown: tuple[int, int]) -> str:
    busy = "".join(_work(day, key, household, shown) for key in (ONE, TWO))
    lines = "".join(_line(block, blocks, household, shown) for block in blocks)
    name = words.WEEKDAYS[day.weekday()]
    return (
        f'<section class="lw-day{"" if blocks else " lw-empty"}" aria-label="{words.day(day)}">'
        f'<p class="lw-name"><b>{name[:3]}<i>{name[3:]}</i></b> {day.day}</p>'
        f'<div class="lw-lane">{busy}<ul>{lines}</ul></div></section>'
    )


def _work(day: date, partner: str, household: Household, shown: tuple[int, int]) -> str:
    return "".join(
        f'<div class="lw-busy" aria-hidden="true" '
        f'style="{_style(*_clock(span, household), LANES[partner], shown)}"></div>'
        for span in weeks.day_spans(household.hours.work.get(partner, ()), day, household)
    )


def _line(
    block: _Block, blocks: Sequence[_Block], household: Household, shown: tuple[int, int]
) -> str:
    occurrence = block.occurrence
    beside = any(other is not block and other.beside(block) for other in blocks)
    lane = (LANES if beside else WIDER)[occurrence.partner]
    start = occurrence.start.astimezone(household.tz)
    end = occurrence.end.astimezone(household.tz)
    title = escape(words.title(occurrence, household))
    whose = f", {household.name(occurrence.partner)}" if occurrence.partner else ""
    lines = max(int((block.bottom - block.top) / LINE), 1)
    short = " lw-short" if lines < LINES_FOR_A_NAME else ""
    way = f" · {escape(occurrence.way)}" if occurrence.way else ""
    fixed = " lw-fixed" if occurrence.fixed else ""
    return (
        f'<li class="lw-block lw-{occurrence.kind}{fixed}{short}" '
        f'title="{start:%H:%M} to {end:%H:%M} · {title}{way}" '
        f'style="{_style(block.top, block.bottom, lane, shown)}">'
        f'<span class="lw-text" style="--lines:{lines}"><span class="lw-time">'
        f"{start:%H:%M}–{end:%H:%M}</span> {escape(occurrence.title)}"
        f'<span class="lw-whose">{escape(whose)}</span></span></li>'
    )


def _style(top: float, bottom: float, lane: tuple[int, int], shown: tuple[int, int]) -> str:
    first, last = shown
    top, bottom = (min(max(hour, first), last) for hour in (top, bottom))
    left, width = lane
    return (
        f"top:{_part(top - first, last - first)}%;height:{_part(bottom - top, last - first)}%;"
        f"left:{left}%;width:{width}%"
    )


def _clock(span: Span, household: Household) -> tuple[float, float]:
    local = span.start.astimezone(household.tz)
    start = (local.hour * 60 + local.minute) / 60
    return start, start + span.length / HOUR


def _part(hours: float, of: int) -> float:
    return round(100 * hours / of, 2)
