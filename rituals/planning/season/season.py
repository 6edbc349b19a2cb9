"""The weeks of what is rare, chosen together for a season ahead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rituals.model import local_time
from rituals.model.context import RareWeek, SeasonContext
from rituals.model.household import BOTH, Household
from rituals.model.ritual import Ritual, Size
from rituals.model.time.week import Week
from rituals.planning.season import choice
from rituals.planning.season.choice import Row, Wanted
from rituals.planning.season.repeats import Decided, Repeat, Thing, things
from rituals.planning.season.weeks_ahead import Room, WeekAhead

THIRTEEN, MOST_WEEKS = 13, 53  # weeks that are looked ahead
BIG = 180  # minutes from which something is as big as an evening


@dataclass(frozen=True)
class Rare:
    """One time of a rare ritual in the season: its week, why it stays, and other weeks for it.

    `last` is the week in which it was there before; `day` the day of what has a date.
    """

    ritual: Ritual
    partner: str | None
    week: Week
    decided: Decided | None = None
    last: Week | None = None
    day: date | None = None
    has_sitter: bool = True
    other_weeks: tuple[Week, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """True where it counts as if it had been there, and does not come."""
        return self.decided is Decided.LEFT_OUT

    @property
    def row(self) -> RareWeek:
        """Its week as it is kept."""
        by_hand = self.decided is Decided.BY_HAND
        return RareWeek(
            self.ritual.id, self.partner or BOTH, self.week, by_hand, left_out=self.is_left_out
        )


@dataclass(frozen=True)
class SeasonAhead:
    """Some weeks in a row and what is rare in them, in the order of weeks; `kept` is all of it."""

    weeks: tuple[Week, ...]
    rare: tuple[Rare, ...]
    kept: tuple[tuple[Ritual, str | None, Week | None], ...]  # with the week it was there last
    rows: tuple[RareWeek, ...]  # as they are kept
    proven: bool = True


def weeks_from(first: Week, count: int = THIRTEEN) -> tuple[Week, ...]:
    """So many weeks in a row."""
    return tuple(first + n for n in range(count))


def season(context: SeasonContext, weeks: Sequence[Week], today: date) -> SeasonAhead:
    """The week of everything rare in some weeks in a row; those chosen before stay put.

    Each comes as often as its rhythm asks, counted from when it was there last.
    """
    rare = things(context, weeks)
    ahead = [WeekAhead.of(week, context, today) for week in weeks] if rare else []
    rooms = [[week.room(thing.ritual, thing.partner) for week in ahead] for thing in rare]
    rows = [_row(thing, room) for thing, room in zip(rare, rooms, strict=True)]
    found = choice.choose(rows, len(weeks))
    entries = [
        entry
        for thing, room, at in zip(rare, rooms, found.rows, strict=True)
        for entry in _entries(thing, room, at, weeks, context.household)
    ]
    entries.sort(key=lambda entry: (entry.week, entry.ritual.id, entry.partner or BOTH))
    behind = (
        RareWeek(t.ritual.id, t.partner or BOTH, week, left_out=True)
        for t in rare
        for week in t.left_out
        if t.last is None or week > t.last
    )
    beyond = (row for row in context.rows if row.week > weeks[-1])
    return SeasonAhead(
        tuple(weeks),
        tuple(entries),
        tuple((thing.ritual, thing.partner, thing.last) for thing in rare),
        (*behind, *(entry.row for entry in entries), *beyond),
        found.proven,
    )


def _row(thing: Thing, rooms: Sequence[Room]) -> Row:
    """A thing as the choice of its weeks sees it."""
    ritual = thing.ritual
    repeats = tuple(
        repeat.asks_for if repeat.decided else _wanted(thing, number, repeat, rooms)
        for number, repeat in enumerate(thing.repeats)
    )
    is_big = ritual.size is Size.EVENING or ritual.least_minutes >= BIG
    return Row(thing.every_weeks, repeats, is_big)


def _wanted(thing: Thing, number: int, repeat: Repeat, rooms: Sequence[Room]) -> Wanted:
    points = {
        week: _points(thing, repeat, week, rooms[week], is_first=number == 0)
        for week in repeat.weeks
        if week in range(len(rooms)) and rooms[week].is_free
    }
    return Wanted(points, repeat.lay)


def _points(thing: Thing, repeat: Repeat, week: int, room: Room, *, is_first: bool) -> int:
    """Points of one week for a repeat, whatever else lies in it."""
    distance = thing.every_weeks
    off = abs(week - repeat.asks_for) * max(round(choice.OFF_RHYTHM / distance), 1)
    points = off if thing.last or not is_first else abs(week - repeat.asks_for)
    too_soon = repeat.asks_for - week > distance - -(-3 * distance // 4)
    return (
        points
        + choice.TOO_SOON * (is_first and thing.last is not None and too_soon)
        + choice.NO_SITTER * (not room.sitter)
        + choice.NOT_HOPED * (not room.is_hoped)
        + choice.HARD * room.is_hard
    )


def _entries(
    thing: Thing,
    rooms: Sequence[Room],
    found: Sequence[int | None],
    weeks: Sequence[Week],
    household: Household,
) -> list[Rare]:
    """A thing's times in their weeks, each with the time before it."""
    entries: list[Rare] = []
    last = thing.last
    for repeat, at in zip(thing.repeats, found, strict=True):
        if at is not None:
            others = _other_weeks(repeat, at, rooms, found)
            entry = Rare(
                thing.ritual,
                thing.partner,
                weeks[at],
                repeat.decided,
                last,
                day_in(thing.ritual, weeks[at], household),
                rooms[at].sitter or not rooms[at].is_free,
                tuple(weeks[other] for other in others),
            )
            entries.append(entry)
            last = last if entry.is_left_out else entry.week
    return entries


def _other_weeks(
    repeat: Repeat, at: int, rooms: Sequence[Room], taken: Sequence[int | None]
) -> list[int]:
    """Weeks near its own that have room for it, the nearest first."""
    if repeat.decided in (Decided.PLANNED, Decided.LEFT_OUT):
        return []
    free = [week for week, room in enumerate(rooms) if room.is_free and week not in taken]
    return sorted(free, key=lambda week: (abs(week - at), week))


def day_in(ritual: Ritual, week: Week, household: Household) -> date | None:
    """The day of what has a date, where that is in this week."""
    days = local_time.days(week, household)
    return next((d for d in days if d == ritual.rhythm.day_in(d.year)), None)


def with_kept(ritual: Ritual, is_kept: bool) -> Ritual:
    """The ritual, kept now and then or not; one that is kept is not retired."""
    return replace(ritual, kept=is_kept, retired=ritual.retired and not is_kept)


def moved(rows: Sequence[RareWeek], entry: Rare, to: Week) -> tuple[RareWeek, ...]:
    """The rows with one time of something in another week, by hand.

    Further away than its distance the week it lay in is left out.
    """
    others = [row for row in rows if not _is(row, entry, entry.week) and not _is(row, entry, to)]
    far = abs(to - entry.week) >= entry.ritual.rhythm.every_weeks
    left = [replace(entry.row, by_hand=False, left_out=True)] if far else []
    return (*others, *left, replace(entry.row, week=to, by_hand=True, left_out=False))


def left_out(rows: Sequence[RareWeek], entry: Rare, *, out: bool = True) -> tuple[RareWeek, ...]:
    """The rows with one time of something left out, or taken in again by hand."""
    others = (row for row in rows if not _is(row, entry, entry.week))
    return (*others, replace(entry.row, by_hand=not out, left_out=out))


def _is(row: RareWeek, entry: Rare, week: Week) -> bool:
    return (row.ritual, row.partner, row.week) == (entry.ritual.id, entry.partner or BOTH, week)
