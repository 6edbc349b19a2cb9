"""Times of the events of one UID, as instants: by its rules, exceptions and changed occurrences.

RFC 5545 decides. A series lies on the wall's clock of its own zone; what is excepted or changed is
found by its instant, in whatever zone a line names it, or by its day where it names a day.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from rituals.calendars.incoming import reasons, values
from rituals.calendars.incoming.reasons import Reason, UnreadableError
from rituals.calendars.incoming.recurrence import Rule, rule
from rituals.calendars.incoming.rule_times import ImpatientError, Patience, times
from rituals.calendars.incoming.values import Length, Moment, Property, in_utc
from rituals.calendars.incoming.vevents import Block
from rituals.calendars.incoming.zones import Zones
from rituals.model.time.span import Span

LONGEST = timedelta(days=reasons.MOST_YEARS * 366)
A_ZONE_APART = timedelta(days=1)  # and a little more than any two zones are
REPEATS = {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
MANY_DIGITS = re.compile(rb"\d{6}")


@dataclass(frozen=True)
class Wanted:
    """The days whose times are wanted, and what is known for reading them."""

    days: Span
    home: tzinfo
    zones: Zones
    patience: Patience
    unread: Counter[Reason] = field(default_factory=Counter)  # of events that are read else


class Time(NamedTuple):
    """One time of an event, in UTC, and the block that says what it is."""

    start: datetime
    end: datetime
    whole_day: bool
    block: Block


class Event(NamedTuple):
    """One block with its times read."""

    block: Block
    start: Moment
    length: Length
    zone: tzinfo  # in which it lies, whether it says so or not

    @property
    def instant(self) -> datetime:
        """Its start in UTC."""
        return in_utc(self.start.wall, self.zone)

    def at(self, wall: datetime, length: Length) -> Time:
        """The time that it takes where it starts at a time of its own clock."""
        start = in_utc(wall, self.zone)
        end = in_utc(wall + length.days, self.zone) if length.days else start
        whole = self.start.whole_day and not length.exact
        return Time(start, end + length.exact, whole, self.block)

    def on_wall(self, instant: datetime) -> datetime:
        """The time on its own clock."""
        return instant.astimezone(self.zone).replace(tzinfo=None)


class _Named:
    """Occurrences of a series that lines name: by their instant, or by their day."""

    def __init__(self, core: Event, places: Container[datetime]) -> None:
        self._core, self._places = core, places
        self._instants: set[datetime] = set()
        self._days: set[date] = set()

    def add(self, moment: Moment) -> None:
        """One more."""
        if moment.whole_day:
            self._days.add(moment.wall.date())
        elif self._core.start.whole_day:
            self._days.add(_day_of(moment, self._core))
        else:
            self._instants.add(self.instant(moment))

    def instant(self, moment: Moment) -> datetime:
        """The instant that a line names; what floats may be named as if it were in UTC."""
        named, core = moment.instant(self._core.zone), self._core
        if core.start.zone or moment.zone is not UTC or named in self._places:
            return named
        on_the_wall = in_utc(moment.wall, core.zone)
        return on_the_wall if on_the_wall in self._places else named

    def __contains__(self, instant: datetime) -> bool:
        return instant in self._instants or self._core.on_wall(instant).date() in self._days


class _Change(NamedTuple):
    """An occurrence that was changed: the place it had in its series, and what it is now."""

    was: Moment
    event: Event

    @property
    def goes_on(self) -> bool:
        """True if all that follow are moved like it."""
        return b"THISANDFUTURE" in self.event.block.lines["RECURRENCE-ID"].parameters.upper()


def event(block: Block, wanted: Wanted) -> Event:
    """A block with its times read; raises UnreadableError."""
    floating = wanted.zones.named(block.head.zone, block.head.calendar) or wanted.home
    start = _read(block.lines["DTSTART"], wanted.zones)
    zone = wanted.home if start.whole_day else start.zone or floating
    length = _length(block, start, zone, wanted.zones)
    if length.days + length.exact > LONGEST:
        raise UnreadableError(reasons.TOO_LONG)
    return Event(block, start, length, zone)


def occurrences(events: Sequence[Event], wanted: Wanted) -> tuple[list[Time], list[Event]]:
    """The times that touch the days wanted, and the events that newer ones of the same replace.

    Raises UnreadableError, also for what is too much work.
    """
    if len(events) == 1 and events[0].block.lines.keys().isdisjoint(REPEATS):
        return [_as_it_is(events[0])], []
    cores = [e for e in events if "RECURRENCE-ID" not in e.block.lines]
    changes = [
        _Change(_read(e.block.lines["RECURRENCE-ID"], wanted.zones), e)
        for e in events
        if "RECURRENCE-ID" in e.block.lines
    ]
    newest = _newest([(None, core) for core in cores])
    zone = newest[0].zone if newest else wanted.home
    changed = _newest([(change.was.instant(zone), change.event) for change in changes], last=True)
    kept = set(map(id, (*newest, *changed)))
    found = list(_times(newest, [c for c in changes if id(c.event) in kept], wanted))
    return found, [e for e in events if id(e) not in kept]


def _newest(events: Iterable[tuple[Hashable, Event]], *, last: bool = False) -> list[Event]:
    """The newest event of each place in a series (RFC 5546, 2.1.5).

    Those that nothing tells apart are all kept, or only the last one.
    """
    found: dict[Hashable, list[Event]] = {}
    for place, one in events:
        same = found.setdefault(place, [])
        if same and _version(one) > _version(same[0]):
            same.clear()
        if not same or (_version(one) == _version(same[0]) and not last):
            same.append(one)
        elif _version(one) == _version(same[0]):
            same[:] = [one]
    return [one for same in found.values() for one in same]


def _version(one: Event) -> tuple[int, bytes]:
    sequence, stamp = map(one.block.lines.get, ("SEQUENCE", "DTSTAMP"))
    digits = sequence.value[:9] if sequence else b""
    return (int(digits) if digits.isdigit() else 0, stamp.value if stamp else b"")


def _times(cores: Sequence[Event], changed: Sequence[_Change], wanted: Wanted) -> Iterator[Time]:
    """`cores` say when something repeats, each for itself, and `changed` what differs from it."""
    for core in cores:
        wanted.patience.spend(len(changed))
        yield from _of_core(core, changed, wanted)
    if not cores:
        yield from (_as_it_is(change.event) for change in changed)


def _as_it_is(one: Event) -> Time:
    return one.at(one.start.wall, one.length)


def _read(line: Property, zones: Zones) -> Moment:
    try:
        return values.moment(line, zones)
    except (ValueError, OverflowError):
        raise reasons.unreadable(line) from None


def _length(block: Block, start: Moment, zone: tzinfo, zones: Zones) -> Length:
    """The length of an event: one with an end has it in exact time (RFC 5545, 3.8.5.3)."""
    end, lasts = block.lines.get("DTEND"), block.lines.get("DURATION")
    if end:
        return _until(_read(end, zones), start, zone)
    if not lasts:
        return values.WHOLE_DAY if start.whole_day else values.NO_LENGTH
    try:
        return values.duration(lasts.value)
    except (ValueError, OverflowError):
        if MANY_DIGITS.search(lasts.value):
            raise UnreadableError(reasons.TOO_LONG) from None
        raise reasons.unreadable(lasts) from None


def _until(end: Moment, start: Moment, zone: tzinfo) -> Length:
    """The length up to an end; nothing where that comes before the start."""
    if start.whole_day and end.whole_day:
        return Length(max(end.wall - start.wall, timedelta()), timedelta())
    lasts = end.instant(zone) - in_utc(start.wall, zone)
    return Length(timedelta(), max(lasts, timedelta()))


def _periods(line: Property, wanted: Wanted) -> Iterator[tuple[Moment, Length | Moment | None]]:
    """Each day, time or period of a line; what cannot be read among them is counted."""
    for one in values.each(line):
        try:
            yield values.period(one, wanted.zones)
        except (ValueError, OverflowError):
            wanted.unread[reasons.unreadable(one).reason] += 1


def _day_of(moment: Moment, core: Event) -> date:
    """The day that a time means in a series of whole days: midnight there, or as written."""
    there = core.on_wall(moment.instant(core.zone))
    at_midnight = there.time() == there.min.time()
    return there.date() if at_midnight else moment.wall.date()


def _of_core(core: Event, changes: Sequence[_Change], wanted: Wanted) -> Iterator[Time]:
    """The times of a series: those as its rules have them, and those that were changed."""
    following = _following(core, changes)
    places = _places(core, following, wanted)
    excepted, changed = _Named(core, places), _Named(core, places)
    for line in core.block.all("EXDATE"):
        for moment, _ in _periods(line, wanted):
            excepted.add(moment)
    for change in changes:
        changed.add(change.was)
        if excepted.instant(change.was) not in excepted:
            yield _as_it_is(change.event)
    turns = [instant for instant, _ in following]
    for instant, (wall, length) in places.items():
        if instant in excepted or instant in changed:
            continue
        turn = bisect_left(turns, instant)
        if turn:
            yield _moved(core, wall, following[turn - 1][1])
        else:
            yield core.at(wall, core.length if length is None else length)


def _following(core: Event, changes: Sequence[_Change]) -> list[tuple[datetime, _Change]]:
    """The changes that hold for all that follow, each with the instant after which it does."""
    found = ((change.was.instant(core.zone), change) for change in changes if change.goes_on)
    return sorted(found, key=lambda pair: pair[0])


def _moved(core: Event, wall: datetime, change: _Change) -> Time:
    """An occurrence moved as far as the one from which on all are moved."""
    shifted = wall + _shift(core, change)
    there = change.event._replace(zone=core.zone)
    return there.at(shifted, change.event.length)


def _shift(core: Event, change: _Change) -> timedelta:
    was, now = (core.on_wall(i) for i in (change.was.instant(core.zone), change.event.instant))
    return now - was


def _places(
    core: Event, following: Sequence[tuple[datetime, _Change]], wanted: Wanted
) -> dict[datetime, tuple[datetime, Length | None]]:
    """Each occurrence by its instant: its time on the wall, and its length if it has its own."""
    shifts = [_shift(core, change) for _, change in following]
    lengths = [core.length.most, *(change.event.length.most for _, change in following)]
    earlier = max(lengths) + max([*shifts, timedelta()]) + A_ZONE_APART
    later = A_ZONE_APART - min([*shifts, timedelta()])
    since, until = core.on_wall(wanted.days.start) - earlier, core.on_wall(wanted.days.end) + later
    found: dict[datetime, tuple[datetime, Length | None]] = {}
    if core.length != values.NO_LENGTH or following:
        for wall in _by_rules(core, since, until, wanted):
            # Of two at one instant one is in the hour left out; the other one is on the clock.
            found[in_utc(wall, core.zone)] = wall, None
    for instant, length in _additional(core, wanted):
        found.setdefault(instant, (core.on_wall(instant), length))
    return found


def _by_rules(core: Event, since: datetime, until: datetime, wanted: Wanted) -> Iterator[datetime]:
    rules = core.block.all("RRULE")
    if not rules:
        yield core.start.wall
        return
    without = {
        wall
        for line in core.block.all("EXRULE")
        for wall in _of_rule(core, line, since, until, wanted)
    }
    for line in rules:
        yield from (w for w in _of_rule(core, line, since, until, wanted) if w not in without)


def _of_rule(
    core: Event, line: Property, since: datetime, until: datetime, wanted: Wanted
) -> Iterator[datetime]:
    repeat = rule(line.value)
    last = _last(repeat, line, core, wanted)
    if last and core.start.whole_day:
        until = min(until, last)
    elif last and last < wanted.days.end:
        until = min(until, core.on_wall(last) + A_ZONE_APART)
    found = times(repeat, core.start.wall, since, until, wanted.patience)
    try:
        for wall in found:
            if not last or core.start.whole_day or in_utc(wall, core.zone) <= last:
                yield wall
    except ImpatientError:
        raise UnreadableError(reasons.too_often(repeat)) from None


def _last(repeat: Rule, line: Property, core: Event, wanted: Wanted) -> datetime | None:
    """The UNTIL of a rule: a day on the wall for whole days, or else an instant."""
    if not repeat.until:
        return None
    until = line._replace(parameters=b"", value=repeat.until.encode())
    moment = _read(until, wanted.zones)
    if core.start.whole_day:
        return datetime.combine(moment.wall.date(), datetime.min.time())
    return moment.instant(core.zone)


def _additional(core: Event, wanted: Wanted) -> Iterator[tuple[datetime, Length | None]]:
    """The additional dates of a series as instants, each with its length if it has its own."""
    for line in core.block.all("RDATE"):
        for moment, end in _periods(line, wanted):
            start = moment.instant(core.zone)
            if isinstance(end, Moment):
                end = Length(timedelta(), max(end.instant(core.zone) - start, timedelta()))
            yield start, end
