"""A week in the browser's terms: its days with their blocks, bands, clock times and sentences.

The browser knows clock times only, as minutes of a day's own clock, past midnight from 24:00 on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, NamedTuple

from pages.ui.day_minutes import DAY, HOUR, minute, pieces
from pages.ui.grid import facts
from pages.ui.grid.hour_scale import HourScale, hour_scale
from pages.ui.tones import look
from rituals.model import local_time, week_facts, wording, wording_of_weeks
from rituals.model.household import ONE, TWO, Household, Shade
from rituals.model.plan import Occurrence, Plan, share_somebody, standing
from rituals.model.ritual import Size
from rituals.model.time.span import Span, Spans
from rituals.text import bidi_isolated

LANES = {None: (0, 100), ONE: (0, 50), TWO: (50, 50)}  # left and width, in parts of a hundred
WIDER = {None: (0, 100), ONE: (0, 88), TWO: (12, 88)}  # beside nobody
STRIP = 28  # parts of a hundred: what is seen of an appointment that a block lies over
QUARTER, LONGEST = 15, 5 * HOUR  # minutes: how short and long a hand makes what has no lengths
NO_SITTER_YET = "A dashed outline: open until a sitter is found"
A_PROPOSAL = "A dashed edge: not both of you have said yes yet"


class About(NamedTuple):
    """An occurrence's facts beside its hours, and the limits of what a hand may do with it."""

    why: str = ""  # it lies there
    least: int = QUARTER  # minutes
    most: int = LONGEST
    met: Collection[str] = ()  # the partners whose bands lie behind it
    after: str = ""  # the name of who looks after it
    ideas: bool = False  # there are others
    asleep: bool = False  # it is for when the children sleep
    lit: bool = False  # it just came: it lights up once


@dataclass(frozen=True)
class _Block:
    """An occurrence as drawn, from `top` to `bottom` in minutes of its day's clock."""

    occurrence: Occurrence
    top: int
    bottom: int
    about: About
    over: bool = False  # something of the same people lies there already

    def beside(self, other: _Block) -> bool:
        return self.top < other.bottom and other.top < self.bottom


def shape(
    plan: Plan,
    household: Household,
    scale: HourScale,
    busy: Mapping[str, Spans],
    about: Mapping[str, About],
) -> dict[str, Any]:
    """A week in the browser's terms: days, names, clock times and sentences."""
    household = household.in_week(plan.week)
    by_day = {
        day: _blocks(
            (o for o in standing(plan) if _is_on(day, o, household)), household, scale, about
        )
        for day in local_time.days(plan.week, household)
    }
    shown = (scale.first, scale.last)
    of_week = week_facts.week_facts(plan.week, household)
    work, home = of_week.work, of_week.children.awake
    named = wording_of_weeks.named_facts(plan.week, household)
    bands = facts.bands(named, plan.week, household)
    different = facts.sentences(named, plan.week, household)
    return {
        "first": scale.first,
        "twelve": household.formats.twelve_hours,
        "last": scale.last,
        "tops": scale.tops(),
        "names": {partner.key: bidi_isolated(partner.name) for partner in household.partners},
        "key": _key(of_week, busy),
        "bands": bands.rows,
        "days": [
            {
                "date": day.isoformat(),
                "name": wording.WEEKDAYS[day.weekday()],
                "label": household.formats.day(day),
                "items": [_item(b, blocks, household) for b in blocks],
                "work": [
                    *_of_each(work, day, shown, household),
                    *facts.around(plan.week, day, shown, household),
                ],
                "busy": [
                    *_of_each(busy, day, shown, household),
                    *facts.away(plan.week, day, shown, household),
                ],
                "home": [list(piece) for piece in pieces(home, day, shown, household)],
                "bands": bands.by_day[day],
                "note": " ".join(filter(None, (different[day], _note(day, busy, household)))),
            }
            for day, blocks in by_day.items()
        ],
    }


def propose(drawn: dict[str, Any], proposed: Collection[str]) -> None:
    """Lets what is a proposal look like one."""
    for item in (item for day in drawn["days"] for item in day["items"]):
        if item["id"] in proposed:
            item["look"] += " lw-open"
    if proposed:
        drawn["key"] = "\n".join(filter(None, (drawn["key"], A_PROPOSAL)))


def show_waiting(drawn: dict[str, Any], waiting: Collection[str]) -> None:
    """Outlines what is open until a sitter is found, and says so where it is read aloud."""
    items = [item for day in drawn["days"] for item in day["items"] if item["id"] in waiting]
    for item in items:
        item["look"] += " lw-waits"
        item["spoken"] += ", open until a sitter is found"
        item["about"] += " · open until a sitter is found"
    if items:
        drawn["key"] = "\n".join(filter(None, (drawn["key"], NO_SITTER_YET)))


def show_over(drawn: dict[str, Any], now: datetime, household: Household) -> None:
    """Tells of each day how much of it is over, to the quarter: nothing is offered there."""
    for day in drawn["days"]:
        over = minute(now, date.fromisoformat(day["date"]), household)
        day["over"] = min(max(-(-over // QUARTER) * QUARTER, 0), 2 * DAY)


def cover(
    day: dict[str, Any],
    covers: Sequence[tuple[Span, str]],
    shown: tuple[int, int],
    household: Household,
) -> None:
    """Adds to a day what the other asks to keep free on it, in the words of the one who asks."""
    of_day = date.fromisoformat(day["date"])
    asked = [
        (piece, line)
        for span, line in covers
        for piece in pieces(Spans([span]), of_day, shown, household)
    ]
    day["busy"] += [
        {"as": "lw-cover", "place": [*piece, *LANES[None]], "title": line} for piece, line in asked
    ]
    lines = [f"{line}." for _, line in asked]
    day["note"] = " ".join([day["note"], *lines]).strip()


def _is_on(day: date, occurrence: Occurrence, household: Household) -> bool:
    return local_time.local_day(occurrence.start, household) == day


def scale(
    plan: Plan, household: Household, busy: Mapping[str, Spans], before: HourScale | None
) -> HourScale:
    """The scale as it was when the week was opened, or one for other hours than were shown then.

    One that was taken of an empty week is taken anew.
    """
    household = household.in_week(plan.week)
    days = local_time.days(plan.week, household)
    blocks = [_minutes(o, household) for o in standing(plan)]
    first, last = _hours_shown(blocks, household)
    if before and before.first <= first and last <= before.last and before.of_blocks:
        return before
    work = week_facts.week_facts(plan.week, household).work
    taken = [
        piece
        for spans in (*work.values(), *busy.values())
        for day in days
        for piece in pieces(spans, day, (first, last), household)
    ]
    return hour_scale(first, last, blocks, taken)


def _minutes(occurrence: Occurrence, household: Household) -> tuple[int, int]:
    """An occurrence in minutes of its day's clock."""
    day = local_time.local_day(occurrence.start, household)
    start = minute(occurrence.start, day, household)
    return start, start + occurrence.minutes


def _blocks(
    of_day: Iterable[Occurrence],
    household: Household,
    scale: HourScale,
    about: Mapping[str, About],
) -> list[_Block]:
    """Blocks of at least a line; what would be hidden by one of the same people moves down.

    No further than a line, for an hour has to be seen where it is: else it lies over the other.
    """
    blocks: list[_Block] = []
    for occurrence in of_day:
        start, end = _minutes(occurrence, household)
        above = [
            b.bottom for b in blocks if share_somebody(b.occurrence.partner, occurrence.partner)
        ]
        top = max([start, *above])
        over = top > scale.a_line_below(start) and occurrence.size is not Size.SMALL
        if over:
            top = start
        bottom = max(end, scale.a_line_below(top))
        blocks.append(_Block(occurrence, top, bottom, about.get(occurrence.id, About()), over))
    return blocks


def _hours_shown(blocks: Iterable[tuple[int, int]], household: Household) -> tuple[int, int]:
    """The first and the last minute of every day, whole hours."""
    hours = household.hours
    asleep = hours.sleep.hour + 1 + (24 if hours.sleep <= hours.wake else 0)
    first = min([hours.wake.hour, *(start // HOUR for start, _ in blocks)])
    return first * HOUR, max([asleep, *(-(-end // HOUR) for _, end in blocks)]) * HOUR


def _item(block: _Block, blocks: Sequence[_Block], household: Household) -> dict[str, Any]:
    occurrence, about = block.occurrence, block.about
    beside = any(other is not block and other.beside(block) for other in blocks)
    start = household.clock(occurrence.start)
    left, width = (LANES if beside else WIDER)[occurrence.partner]
    left, width = _beside_bands(left, width, about.met)
    if block.over:
        left, width = left + width * 2 // 5, width - width * 2 // 5
    return {
        "id": occurrence.id,
        "title": bidi_isolated(occurrence.title),
        "named": wording.title(occurrence, household),
        "who": occurrence.partner or "",
        **_whose(occurrence, household),
        "look": f"{look(occurrence.tone(household))}{' lw-over' if block.over else ''}",
        "start": start.hour * HOUR + start.minute,
        "minutes": occurrence.minutes,
        "from": household.formats.clock(start),
        "to": household.formats.clock(household.clock(occurrence.end)),
        "place": [block.top, block.bottom, left, width],
        "least": min(about.least, occurrence.minutes),
        "most": max(about.most, occurrence.minutes),
        "fixed": occurrence.fixed,
        "small": occurrence.size is Size.SMALL,
        "way": occurrence.way,
        "why": about.why,
        "after": about.after,
        "ideas": about.ideas,
        "asleep": about.asleep,
        "lit": about.lit,
    }


def _beside_bands(left: int, width: int, met: Collection[str]) -> tuple[int, int]:
    """A block's left and width, narrowed so that a strip is seen of the bands it lies over."""
    strip = STRIP if width > LANES[ONE][1] else STRIP // 3
    right = min(left + width, 100 - strip if TWO in met else 100)
    left = max(left, strip if ONE in met else 0)
    return left, right - left


def _whose(occurrence: Occurrence, household: Household) -> dict[str, str]:
    """An occurrence's owner: in its block, spoken, and with all else that a hand's rest shows."""
    named = [wording.title(occurrence, household), occurrence.way]
    if occurrence.tone(household) is Shade.ALL_OF_US:
        whose, spoken = "All", wording.SHADES[Shade.ALL_OF_US]
        named.insert(1, spoken)
    elif occurrence.partner:
        whose = spoken = bidi_isolated(household.name(occurrence.partner))
    else:
        whose, spoken = "", "both of you"
    return {"whose": whose, "spoken": spoken, "about": " · ".join(filter(None, named))}


def _of_each(
    spans: Mapping[str, Spans], day: date, shown: tuple[int, int], household: Household
) -> list[dict[str, Any]]:
    """Each partner's spans as drawn on a day."""
    return [
        {"who": key, "place": [*piece, *LANES[key]]}
        for key, of_partner in spans.items()
        for piece in pieces(of_partner, day, shown, household)
    ]


def _note(day: date, busy: Mapping[str, Spans], household: Household) -> str:
    """Busy times of a day as sentences, for the list on a phone and for screen readers."""
    sentences = []
    for partner in household.partners:
        for piece in pieces(busy.get(partner.key, Spans()), day, (0, DAY), household):
            start, end = (time(at // HOUR % 24, at % HOUR) for at in piece)
            hours = household.formats.from_to(start, end, " to ")
            sentences.append(f"{partner.name} is busy {hours}.")
    return " ".join(sentences)


def _key(of_week: week_facts.WeekFacts, busy: Mapping[str, Spans]) -> str:
    """Legend of the marks behind the blocks, for those that are drawn."""
    marks = [
        ("Hatched: at work", any(of_week.work.values())),
        ("Sprinkled: asleep by day", any(of_week.asleep_by_day.values())),
        ("Framed: busy in a calendar", any(busy.values())),
        ("A line at the side: the children are home and awake", bool(of_week.children.awake)),
        ("Dotted: a sitter", bool(of_week.sitter)),
    ]
    return "\n".join(sentence for sentence, is_drawn in marks if is_drawn)
