"""Raw VEVENT blocks of a calendar file: which to read, which to leave out and why.

A calendar of ten years is mostly past, so the bytes are looked at before anything parses them.
What is not understood here is kept: the reader behind decides. Every block of a UID is kept when
one of them may touch the days wanted, for one block may move or cancel what another says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from rituals.calendars.incoming import recurrence
from rituals.calendars.incoming.recurrence import Days, Reason

MOST_BLOCKS = 100_000  # five events a day for fifty years
MOST_DATES = 5_000  # RDATE and EXDATE of one event: ten years of every day and some
MOST_LINES = 3 * MOST_DATES  # that are looked at in one event
MOST_YEARS = 10  # that one event lasts
MOST_CALENDARS = 10_000  # in one file
MOST_REPEATED = 250_000  # lines that say again what their event said, of a whole file
LONGEST_LINE = 200_000  # bytes: twice as many as all the single dates of one event
LONGEST_TITLE = 4_000  # bytes that are looked at: what is shown of a title is far shorter
PATIENCE = 4_000_000  # microseconds that all rules of a file may take, by estimate
OF_A_BLOCK, OF_A_DATE = 500, 12  # microseconds each, measured and rounded up

FOLDS = (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t")
EMPTY_LINES = (b"\n\r\n", b"\n\n")
BEGIN = re.compile(rb"\nBEGIN:VEVENT[ \t]*\r?(?=\n)", re.IGNORECASE)
PROPERTY = re.compile(
    rb"\n(BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|SEQUENCE|STATUS"
    rb"|TRANSP|SUMMARY|X-MICROSOFT-CDO-BUSYSTATUS)[ \t]*"
    rb"((?:;[^\n:\"]*(?:\"[^\n\"]*\"[^\n:\"]*){0,20})?)"
    rb":([^\n]*)",
    re.IGNORECASE,
)
CALENDAR = re.compile(
    rb"\n(?:BEGIN:VCALENDAR|X-WR-TIMEZONE[^\n:]*:[ \t]*([^\r\n]*?)[ \t]*\r?(?=\n))", re.IGNORECASE
)
ZONE_BEGINS, ZONE_ENDS = b"\nBEGIN:VTIMEZONE", b"\nEND:VTIMEZONE"
OURS = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@leavewell")  # of a ritual
YEARLY = re.compile(
    rb"\nRRULE:(?=[^\n]*FREQ=YEARLY)(?![^\n]*(?:COUNT|INTERVAL=(?!1\b)))", re.IGNORECASE
)
START_YEAR = re.compile(rb"(?<=\nDTSTART:)1[0-9]{3}(?!0229)", re.IGNORECASE)
NAMES = {name.encode(): name for name in ("BEGIN", "END", "UID", "DTSTART", "DTEND", "SUMMARY")}
SPAN = re.compile(
    rb"[+]?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)


NO_START = Reason("it has no start", "they have no start")
NO_DATE = Reason("its dates cannot be read", "their dates cannot be read")
TOO_MANY_DATES = Reason(
    f"it names more than {MOST_DATES:,} single dates",
    f"they name more than {MOST_DATES:,} single dates each",
)
TOO_LONG = Reason(
    f"it lasts longer than {MOST_YEARS} years", f"they last longer than {MOST_YEARS} years"
)
TOO_SLOW = Reason(
    "working out when it repeats would take too long",
    "working out when they repeat would take too long",
)


class TooMuchError(ValueError):
    """A file that was made to be a burden: no calendar is like that."""


class Property(NamedTuple):
    """One line of an event: `DTSTART;TZID=Europe/Berlin:20261122T200000` in its three parts."""

    name: str
    parameters: bytes
    value: bytes


class Block(NamedTuple):
    """One VEVENT: its lines on time, state and name, and its calendar's zone."""

    zone: bytes
    lines: dict[str, Property]  # the first of each name
    more: tuple[Property, ...]  # and the others

    def all(self, *names: str) -> list[Property]:
        """Every line of these names."""
        firsts = [self.lines[name] for name in names if name in self.lines]
        return firsts + [line for line in self.more if line.name in names]


@dataclass
class Series:
    """Every block of one UID in one calendar zone."""

    blocks: list[Block] = field(default_factory=list)
    touches: bool = False


def unfolded(data: bytes) -> bytes:
    """The bytes with every folded line made whole, beginning with a line break."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    for empty in EMPTY_LINES:
        while empty in data:  # each round halves them, and a fold may go over them
            data = data.replace(empty, b"\n")
    for fold in FOLDS:
        data = data.replace(fold, b"")
    return b"\n" + data + b"\n"


def begins(text: bytes) -> list[int]:
    """Offset of each event; at most one more than can be read."""
    found: list[int] = []
    for match in BEGIN.finditer(text):
        found.append(match.end())
        if len(found) > MOST_BLOCKS:
            break
    return found


def zones(text: bytes) -> list[bytes]:
    """Each VTIMEZONE as written."""
    upper = text if ZONE_BEGINS in text else b""
    found: list[bytes] = []
    at = upper.find(ZONE_BEGINS)
    while at >= 0:
        end = upper.find(ZONE_ENDS, at)
        if end < 0:
            break
        end += len(ZONE_ENDS)
        found.append(text[at:end].strip())
        at = upper.find(ZONE_BEGINS, end)
    return found


def zone_is_simple(written: bytes) -> bool:
    """True if a VTIMEZONE is as zones are: whatever repeats in it does by years and months."""
    rules = [
        recurrence.rule(found[3])
        for found in PROPERTY.finditer(written)
        if found[1].upper() == b"RRULE"
    ]
    dates = written.count(b",")
    return dates <= MOST_DATES and all(
        parts.get("FREQ") in ("YEARLY", "MONTHLY")
        and recurrence.obstacle(parts) is None
        and recurrence.surely_comes(parts)
        for parts in rules
    )


def zone_since(written: bytes, year: int) -> bytes:
    """A VTIMEZONE whose yearly changes begin in a year; Outlook's begin in 1601.

    Each time of a file's own zone is looked for among all its changes, the oldest first.
    """

    def later(changes: bytes) -> bytes:
        if not YEARLY.search(changes):
            return changes
        return START_YEAR.sub(lambda found: b"%04d" % max(int(found[0]), year), changes)

    return b"\nBEGIN:".join(map(later, written.split(b"\nBEGIN:")))


def wanted(text: bytes, starts: list[int], days: Days) -> list[Series]:
    """The series that may touch the days wanted, and what could not be understood.

    Raises TooMuchError where reading on would take more room than a calendar may.
    """
    padded = Days(days.first - recurrence.PAD, days.last + recurrence.PAD)
    found: dict[tuple[bytes, bytes], Series] = {}
    repeated = 0
    for number, block in enumerate(_blocks(text, starts)):
        repeated += len(block.more)
        if repeated > MOST_REPEATED:
            raise TooMuchError
        uid = block.lines.get("UID")
        name = uid.value.replace(b"\\", b"").strip() if uid else b"\n%d" % number
        if OURS.fullmatch(name):
            continue  # the plan has it, and it would meet itself
        series = found.setdefault((block.zone, name), Series())
        series.blocks.append(block)
        series.touches = series.touches or may_touch(block, padded)
    return [series for series in found.values() if series.touches]


def may_touch(block: Block, days: Days) -> bool:
    """True if an event may lie on one of these days, or is not understood."""
    try:
        return _may_touch(block, days)
    except (ValueError, OverflowError):
        return True


def obstacle(block: Block) -> Reason | None:
    """Reason for not reading a block at all, or None."""
    starts = block.all("DTSTART")
    if not starts:
        return NO_START
    if not recurrence.DAY.match(starts[0].value) or _has_a_long_line(block):
        return NO_DATE
    dates = sum(line.value.count(b",") + 1 for line in block.all("RDATE", "EXDATE"))
    if dates > MOST_DATES:
        return TOO_MANY_DATES
    rules = [recurrence.rule(line.value) for line in block.all("RRULE")]
    why = next((why for why in map(recurrence.obstacle, rules) if why), None)
    return why or (TOO_LONG if _lasts_too_long(block) else None)


def cost(block: Block, days: Days) -> int:
    """Estimated microseconds it takes to work an event out, rather too many."""
    dates = sum(line.value.count(b",") + 1 for line in block.all("RDATE", "EXDATE"))
    rules = [recurrence.rule(line.value) for line in block.all("RRULE")]
    start, lasts = block.lines["DTSTART"].value, _length(block)
    work = sum(recurrence.cost(parts, start, lasts, days) for parts in rules)
    return OF_A_BLOCK + OF_A_DATE * dates + work


def length(block: Block) -> timedelta:
    """Longest duration of one occurrence, rounded up; raises ValueError if it is unreadable."""
    start, end, lasts = map(block.lines.get, ("DTSTART", "DTEND", "DURATION"))
    if start and end:
        return abs(recurrence.day(end.value) - recurrence.day(start.value)) + timedelta(days=1)
    return duration(lasts.value) + timedelta(days=1) if lasts else timedelta(days=1)


def duration(value: bytes) -> timedelta:
    """A DURATION that does not go backwards; raises ValueError for any other."""
    found = SPAN.fullmatch(value.strip().upper())
    if not found:
        raise ValueError("not a duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=seconds)


def decoded(written: bytes) -> str:
    """The text of some bytes, also of those that older programs wrote."""
    try:
        return written.decode()
    except UnicodeDecodeError:
        return written.decode("cp1252", "replace")


def _blocks(text: bytes, starts: list[int]) -> Iterator[Block]:
    calendars = _calendars(text)
    places = [place for place, _ in calendars]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        zone = calendars[bisect_right(places, start) - 1][1]
        yield _block(zone, text, start, end)


def _calendars(text: bytes) -> list[tuple[int, bytes]]:
    """Offset of each calendar of a file, and its X-WR-TIMEZONE."""
    found = [(0, b"")]
    for match in CALENDAR.finditer(text):
        if match[1] is None:
            found.append((match.start(), b""))
            if len(found) > MOST_CALENDARS:
                raise TooMuchError
        elif not found[-1][1]:
            found[-1] = (found[-1][0], match[1])
    return found


def _parts(text: bytes, start: int, end: int) -> Iterable[tuple[bytes, bytes, bytes]]:
    if text.count(b"\n", start, end) < MOST_LINES:
        return PROPERTY.findall(text, start, end)
    found = islice(PROPERTY.finditer(text, start, end), MOST_LINES)
    return ((match[1], match[2], match[3]) for match in found)


def _block(zone: bytes, text: bytes, start: int, end: int) -> Block:
    lines: dict[str, Property] = {}
    depth, more = 0, []  # an alarm has a DURATION and a SUMMARY of its own
    for name, parameters, value in _parts(text, start, end):
        key = NAMES.get(name) or name.upper().decode()
        if key == "BEGIN":
            depth += 1
        elif key == "END":
            depth -= 1
            if depth < 0:
                break
        elif not depth and value.strip():  # some programs write an empty RRULE
            value = _cut(value) if key == "SUMMARY" else value
            line = Property(key, parameters, value.strip())
            if lines.setdefault(key, line) is not line:
                more.append(line)
    return Block(zone, lines, tuple(more))


def _cut(title: bytes) -> bytes:
    """As much of a title as may be shown, without half a letter at its end."""
    if len(title) <= LONGEST_TITLE:
        return title
    return re.sub(rb"[\xc0-\xff]?[\x80-\xbf]*$", b"", title[:LONGEST_TITLE])


def _may_touch(block: Block, days: Days) -> bool:
    lines = block.lines
    if "DTSTART" not in lines or "RDATE" in lines:
        return True
    if "RECURRENCE-ID" in lines and b"RANGE" in lines["RECURRENCE-ID"].parameters.upper():
        return True
    begins, lasts = recurrence.day(lines["DTSTART"].value), length(block)
    earliest = begins - lasts if "DTEND" in lines else begins  # an end may come before its start
    if earliest >= days.last:
        return False
    rules = block.all("RRULE")
    last = begins if not rules else recurrence.last_start(recurrence.rule(rules[0].value), begins)
    return last is None or len(rules) > 1 or last + lasts >= days.first


def _has_a_long_line(block: Block) -> bool:
    lines = (*block.lines.values(), *block.more)
    return any(len(line.value) + len(line.parameters) > LONGEST_LINE for line in lines)


def _lasts_too_long(block: Block) -> bool:
    try:
        return length(block) > timedelta(days=MOST_YEARS * 366)
    except (ValueError, OverflowError):
        lasts = block.lines.get("DURATION")
        # what is not a duration at all is left to the reader; one with too many digits is not
        return bool(lasts and re.search(rb"\d{6}", lasts.value))


def _length(block: Block) -> timedelta:
    """Longest duration of one occurrence, a day where that cannot be read."""
    try:
        return length(block)
    except (ValueError, OverflowError):
        return timedelta(days=1)
