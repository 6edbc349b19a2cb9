"""Raw VEVENT blocks of a calendar file: which to read, which to leave out and why.

A calendar of ten years is mostly past, so the bytes are looked at before anything parses them.
What is not understood here is kept: the reader behind decides. Every block of a UID is kept when
one of them may touch the days wanted, for one block may move or cancel what another says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from rituals.calendars.incoming import reasons, values
from rituals.calendars.incoming.reasons import Reason
from rituals.calendars.incoming.recurrence import STEPS, Rule, RuleError, rule
from rituals.calendars.incoming.values import Property

MOST_BLOCKS = 100_000  # five events a day for fifty years
MOST_DATES = reasons.MOST_DATES
MOST_LINES = 3 * MOST_DATES  # that are looked at in one event
MOST_CALENDARS = 10_000  # in one file
MOST_REPEATED = 250_000  # lines that say again what their event said, of a whole file
LONGEST_LINE = 200_000  # bytes: twice as many as all the single dates of one event
LONGEST_TITLE = 4_000  # bytes that are looked at: what is shown of a title is far shorter
PAD = timedelta(days=2)  # zones lie up to a day apart, and floating times have none yet

FOLDS = (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t")
EMPTY_LINES = (b"\n\r\n", b"\n\n")
BREAK = re.compile(rb"\r+\n")
POLL = re.compile(rb"\nBEGIN:VPOLL\s.*?\nEND:VPOLL(?=\s)", re.IGNORECASE | re.DOTALL)
BEGIN = re.compile(rb"\nBEGIN:VEVENT[ \t]*\r?(?=\n)", re.IGNORECASE)
PROPERTY = (
    rb"\n(BEGIN|END|UID|DTSTART|DTEND|DTSTAMP|DURATION|RRULE|EXRULE|RDATE|EXDATE|RECURRENCE-ID"
    rb"|SEQUENCE|STATUS|TRANSP|SUMMARY|X-MICROSOFT-CDO-BUSYSTATUS%b)[ \t]*"
    rb"((?:;[^\n:\"]*(?:\"[^\n\"]*\"[^\n:\"]*){0,20})?)"
    rb":([^\n]*)"
)
PROPERTIES = re.compile(PROPERTY % b"", re.IGNORECASE)
WITH_PEOPLE = re.compile(PROPERTY % b"|ATTENDEE", re.IGNORECASE)
CALENDAR = re.compile(
    rb"\n(?:BEGIN:VCALENDAR|(METHOD|X-WR-TIMEZONE)[^\n:]*:[ \t]*([^\r\n]*?)[ \t]*\r?(?=\n))",
    re.IGNORECASE,
)
OURS = re.compile(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}@leavewell")  # of a ritual
NAMES = {name.encode(): name for name in ("BEGIN", "END", "UID", "DTSTART", "DTEND", "SUMMARY")}
PARTSTAT = re.compile(rb';PARTSTAT="?([A-Z-]+)', re.IGNORECASE)
EMAIL = re.compile(rb';EMAIL="?([^;:"]+)', re.IGNORECASE)


class TooMuchError(ValueError):
    """A file that was made to be a burden: no calendar is like that."""


class Head(NamedTuple):
    """Lines of a calendar that hold for all of its events."""

    zone: bytes = b""  # X-WR-TIMEZONE
    method: bytes = b""
    calendar: int = 0  # of a file's several, counted from 1


class Block(NamedTuple):
    """One VEVENT: its lines on time, state and name, and its calendar's head."""

    head: Head
    lines: dict[str, Property]  # the first of each name
    more: tuple[Property, ...]  # and the others
    answer: str = ""  # the PARTSTAT of the person whose calendar it is, where they are invited

    def all(self, *names: str) -> list[Property]:
        """Every line of these names."""
        firsts = [self.lines[name] for name in names if name in self.lines]
        return firsts + [line for line in self.more if line.name in names]

    def word(self, name: str) -> str:
        """The first line of a name as a word in capitals; "" where there is none."""
        line = self.lines.get(name)
        return line.value.decode("ascii", "replace").strip().upper() if line else ""


@dataclass
class Series:
    """Every block of one UID in one calendar zone."""

    blocks: list[Block] = field(default_factory=list)
    touches: bool = False


def unfolded(data: bytes) -> bytes:
    """The bytes with every folded line made whole, beginning with a line break."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if b"\r\r" in data:
        data = BREAK.sub(b"\r\n", data)
    for empty in EMPTY_LINES:
        while empty in data:  # each round halves them, and a fold may go over them
            data = data.replace(empty, b"\n")
    for fold in FOLDS:
        data = data.replace(fold, b"")
    return b"\n" + data + b"\n"


def without_polls(text: bytes) -> bytes:
    """The text without its VPOLLs: their events are proposals, and take no time."""
    return POLL.sub(b"", text)


def begins(text: bytes) -> list[int]:
    """Offset of each event; at most one more than can be read."""
    found: list[int] = []
    for match in BEGIN.finditer(text):
        found.append(match.end())
        if len(found) > MOST_BLOCKS:
            break
    return found


def wanted(
    text: bytes, starts: list[int], first: date, last: date, mine: frozenset[bytes]
) -> list[Series]:
    """The series that may touch the days wanted, and what could not be understood.

    `mine` are the addresses under which their person is invited. Raises TooMuchError where
    reading on would take more room than a calendar may.
    """
    found: dict[tuple[bytes, bytes], Series] = {}
    repeated = 0
    for number, block in enumerate(_blocks(text, starts, mine)):
        repeated += len(block.more)
        if repeated > MOST_REPEATED:
            raise TooMuchError
        uid = block.lines.get("UID")
        name = uid.value.replace(b"\\", b"").strip() if uid else b"\n%d" % number
        if OURS.fullmatch(name):
            continue  # the plan has it, and it would meet itself
        series = found.setdefault((block.head.zone, name), Series())
        series.blocks.append(block)
        series.touches = series.touches or may_touch(block, first - PAD, last + PAD)
    return [series for series in found.values() if series.touches]


def may_touch(block: Block, first: date, last: date) -> bool:
    """True if an event may lie on one of these days, or is not understood."""
    try:
        return _may_touch(block, first, last)
    except (ValueError, OverflowError):
        return True


def obstacle(block: Block) -> Reason | None:
    """Reason for not reading a block at all, or None."""
    if "DTSTART" not in block.lines:
        return reasons.NO_START
    if _has_a_long_line(block):
        return reasons.NO_DATES
    dates = sum(line.value.count(b",") + 1 for line in block.all("RDATE", "EXDATE"))
    if dates > MOST_DATES:
        return reasons.TOO_MANY_DATES
    try:
        for line in block.all("RRULE", "EXRULE"):
            rule(line.value)
    except RuleError as part:
        return reasons.no_rule(str(part))
    return None


def length(block: Block) -> timedelta:
    """Longest duration of one occurrence, rounded up; raises ValueError if it is unreadable."""
    start, end, lasts = map(block.lines.get, ("DTSTART", "DTEND", "DURATION"))
    if start and end:
        between = values.day(end.value) - values.day(start.value)
        return max(between, timedelta()) + timedelta(days=1)
    return values.duration(lasts.value).most if lasts else timedelta(days=1)


def _blocks(text: bytes, starts: list[int], mine: frozenset[bytes]) -> Iterator[Block]:
    calendars = _calendars(text)
    places = [place for place, _ in calendars]
    pattern = WITH_PEOPLE if mine else PROPERTIES
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        head = calendars[bisect_right(places, start) - 1][1]
        yield _block(head, _parts(pattern, text, start, end), mine)


def _calendars(text: bytes) -> list[tuple[int, Head]]:
    """Offset of each calendar of a file, and what it says of all its events."""
    found = [(0, Head())]
    for match in CALENDAR.finditer(text):
        place, head = found[-1]
        if match[1] is None:
            found.append((match.start(), Head(calendar=len(found))))
            if len(found) > MOST_CALENDARS:
                raise TooMuchError
        elif match[1].upper() == b"METHOD":
            found[-1] = (place, head._replace(method=head.method or match[2].upper()))
        else:
            found[-1] = (place, head._replace(zone=head.zone or match[2]))
    return found


def _parts(
    pattern: re.Pattern[bytes], text: bytes, start: int, end: int
) -> Iterable[tuple[bytes, bytes, bytes]]:
    if text.count(b"\n", start, end) < MOST_LINES:
        return pattern.findall(text, start, end)
    found = islice(pattern.finditer(text, start, end), MOST_LINES)
    return ((match[1], match[2], match[3]) for match in found)


def _block(
    head: Head, parts: Iterable[tuple[bytes, bytes, bytes]], mine: frozenset[bytes]
) -> Block:
    lines: dict[str, Property] = {}
    depth, more, answer = 0, [], ""  # an alarm has a DURATION and a SUMMARY of its own
    for name, parameters, value in parts:
        key = NAMES.get(name) or name.upper().decode()
        if key == "BEGIN":
            depth += 1
        elif key == "END":
            depth -= 1
            if depth < 0:
                break
        elif key == "ATTENDEE":
            answer = answer or _answer(parameters, value, mine)
        elif not depth and value.strip():  # some programs write an empty RRULE
            value = _cut(value) if key == "SUMMARY" else value
            line = Property(key, parameters, value.strip(), head.calendar)
            if lines.setdefault(key, line) is not line:
                more.append(line)
    return Block(head, lines, tuple(more), answer)


def _answer(parameters: bytes, value: bytes, mine: frozenset[bytes]) -> str:
    """The answer of the owner of one of these addresses, or "" if it is somebody else."""
    email = EMAIL.search(parameters)
    addresses = {value.strip().lower().removeprefix(b"mailto:"), email[1].lower() if email else b""}
    if mine.isdisjoint(addresses):
        return ""
    found = PARTSTAT.search(parameters)
    return found[1].decode().upper() if found else "NEEDS-ACTION"  # RFC 5545, 3.2.12


def _cut(title: bytes) -> bytes:
    """As much of a title as may be shown, without half a letter at its end."""
    if len(title) <= LONGEST_TITLE:
        return title
    return re.sub(rb"[\xc0-\xff]?[\x80-\xbf]*$", b"", title[:LONGEST_TITLE])


def _may_touch(block: Block, first: date, last: date) -> bool:
    lines = block.lines
    if "DTSTART" not in lines or "RDATE" in lines:
        return True
    if "RECURRENCE-ID" in lines and b"RANGE" in lines["RECURRENCE-ID"].parameters.upper():
        return True
    begins = values.day(lines["DTSTART"].value)
    if begins >= last:
        return False
    rules = block.all("RRULE")
    latest = begins if not rules else _last_start(rule(rules[0].value), begins)
    return latest is None or len(rules) > 1 or latest + length(block) >= first


def _last_start(found: Rule, begins: date) -> date | None:
    """The last day on which a rule may start something; None if that cannot be told."""
    if found.until:
        return max(begins, values.day(found.until.encode()) + timedelta(days=1))
    if found.count is None or not replace(found, weekdays=()).is_plain:
        return None
    if found.weekdays and found.every != "WEEKLY":
        return None
    return (begins + STEPS[found.every] * found.interval * (found.count + 1)) + timedelta(days=1)


def _has_a_long_line(block: Block) -> bool:
    lines = (*block.lines.values(), *block.more)
    return any(len(line.value) + len(line.parameters) > LONGEST_LINE for line in lines)
