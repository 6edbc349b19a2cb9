"""Busy times of an .ics file, clipped to a window. Whatever it holds, reading it ends soon.

Dropped: what is cancelled, declined, marked free, or takes no time. Times without a zone, or with
one that nobody knows, are the calendar's own (X-WR-TIMEZONE) or else the household's. All-day
events are busy only where the file says TRANSP:OPAQUE: calendar programs write TRANSPARENT for an
all-day event unless somebody chose "busy" for it, and files that say nothing are lists of birthdays
and holidays; these are read as free, if at all. Nothing that a file names is followed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from rituals import text
from rituals.calendars.incoming import free_busy, invitations, reasons, series, vevents
from rituals.calendars.incoming.decode import CalendarError, decoded, plain_text, what_it_is
from rituals.calendars.incoming.invitations import EVERYBODYS, Invited
from rituals.calendars.incoming.reasons import Reason, UnreadableError
from rituals.calendars.incoming.rule_times import ImpatientError, Patience
from rituals.calendars.incoming.series import Time, Wanted
from rituals.calendars.incoming.vevents import Block, Series
from rituals.calendars.incoming.zones import Zones
from rituals.model.calendar import Busy
from rituals.model.household import Household
from rituals.model.local_time import instant
from rituals.model.time.span import Span

MOST_BUSY = 50_000  # sixty weeks hold fewer five-minute stretches in the waking hours
PATIENCE, OF_ONE = 1_000_000, 300_000  # about as many microseconds, for a file and for a UID

TOO_MANY = (
    f"This calendar holds more than {vevents.MOST_BLOCKS:,} events, too many to read at once."
)
TOO_MUCH = "This file was not made by a calendar program: it says the same thing again and again."
BREAKS = {"Cc", "Cs", "Zl", "Zp"}  # of a title: what no page should be given parts two words
SAME = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS", "TRANSP", "SUMMARY")


@dataclass(frozen=True)
class Reading:
    """The busy times of a file, sorted, and a sentence for each kind of thing left out."""

    busy: tuple[Busy, ...]
    skipped: tuple[str, ...]


@dataclass
class _Reader:
    """One reading under way: for whom, of which days, and what was left out so far."""

    wanted: Wanted
    invited: Invited
    free_days: int
    left: Counter[Reason] = field(default_factory=Counter)


def read(  # noqa: PLR0913 - the file, the days, and what its owner told about it
    data: bytes,
    household: Household,
    first: date,
    last: date,
    free_days: int = 0,
    invited: Invited = EVERYBODYS,
) -> Reading:
    """The busy times that touch the local days from `first` up to, not including, `last`.

    Among them, as free, whole days that take no time and are at least `free_days` long; 0: none.
    """
    lines = vevents.without_polls(vevents.unfolded(plain_text(data)))
    begins = vevents.begins(lines)
    if not begins and not re.search(rb"\nBEGIN:VCALENDAR", lines, re.IGNORECASE):
        raise CalendarError(what_it_is(lines))
    if len(begins) > vevents.MOST_BLOCKS:
        raise CalendarError(TOO_MANY)
    days = Span(instant(first, time(), household), instant(last, time(), household))
    wanted = Wanted(days, household.tz, Zones(lines), Patience(PATIENCE))
    reader = _Reader(wanted, invited, free_days)
    try:
        chosen = vevents.wanted(lines, begins, first, last, invited.as_bytes)
        found = set(_found(chosen, reader))
    except vevents.TooMuchError:
        raise CalendarError(TOO_MUCH) from None
    if not begins:
        found = set(free_busy.times(lines, wanted, invited, reader.left))
    busy = sorted((b for b in found if b.span.overlaps(days)), key=_order)
    return Reading(tuple(busy[:MOST_BUSY]), tuple(_sentences(reader, len(busy) - MOST_BUSY)))


def _order(busy: Busy) -> tuple[datetime, datetime, str, bool, bool]:
    return busy.span.start, busy.span.end, busy.title, busy.whole_day, busy.free


def _sentences(reader: _Reader, beyond: int) -> Iterator[str]:
    yield from reasons.sentences(reader.left)
    yield from reasons.sentences(reader.wanted.unread, "read in part")
    if beyond > 0:
        times = "1 time is" if beyond == 1 else f"{beyond:,} times are"
        yield f"The last {times} left out: {MOST_BUSY:,} are as many as one calendar may hold."


def _found(chosen: Iterable[Series], reader: _Reader) -> Iterator[Busy]:
    for one in chosen:
        events = [event for block in one.blocks for event in _read(block, reader)]
        if not events:
            continue
        try:
            with reader.wanted.patience.for_one(OF_ONE):
                times, older = series.occurrences(events, reader.wanted)
        except UnreadableError as refused:
            reader.left[refused.reason] += len(events)
        except ImpatientError:
            reader.left[reasons.TOO_SLOW] += len(events)
        except OverflowError:  # moved by thousands of years
            reader.left[reasons.NO_DATES] += len(events)
        else:
            _say_what_is_older(older, events, reader)
            yield from _busy(times, reader)


def _read(block: Block, reader: _Reader) -> Iterator[series.Event]:
    """A block with its times read; none where something speaks against it."""
    why = vevents.obstacle(block)
    if why:
        reader.left[why] += 1
        return
    try:
        yield series.event(block, reader.wanted)
    except UnreadableError as refused:
        reader.left[refused.reason] += 1


def _say_what_is_older(
    older: Sequence[series.Event], events: Sequence[series.Event], reader: _Reader
) -> None:
    """Counts what a newer version replaces, unless both say the same."""
    if not older:
        return
    gone = set(map(id, older))
    kept = {_said(event) for event in events if id(event) not in gone}
    reader.left[reasons.OLDER] += sum(_said(event) not in kept for event in older)
    if not reader.left[reasons.OLDER]:
        del reader.left[reasons.OLDER]


def _said(event: series.Event) -> tuple[object, ...]:
    lines = (event.block.lines.get(name) for name in (*SAME, "RECURRENCE-ID"))
    return tuple(line and (line.parameters, line.value) for line in lines)


def _busy(times: Iterable[Time], reader: _Reader) -> Iterator[Busy]:
    seen: dict[int, tuple[invitations.State, str]] = {}
    for start, end, whole_day, block in times:
        if end <= start:
            continue
        if id(block) not in seen:
            seen[id(block)] = invitations.state(block), _title(block)
        state, title = seen[id(block)]
        if not state.stands(reader.invited):
            continue
        free = state.is_free(whole_day)
        days = (end - start).total_seconds() / 86_400 if free else 0
        if not free or (whole_day and reader.free_days and round(days) >= reader.free_days):
            yield Busy(Span(start, end), title, whole_day, free)


def _title(block: Block) -> str:
    line = block.lines.get("SUMMARY")
    return _clean(_unescaped(decoded(line.value))) if line else ""


def _unescaped(title: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "nN" else found[1], title)


def _clean(title: str) -> str:
    """A title on one line, without the characters that no page should be given."""
    seen = (" " if unicodedata.category(c) in BREAKS else c for c in title)
    return text.single_line("".join(seen))[: text.LONGEST_TITLE].rstrip()
