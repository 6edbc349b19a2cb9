"""The events of a calendar file as raw blocks: which to read, which to leave out and why.

A calendar of ten years is mostly past, so the bytes are looked at before anything parses them.
What is not understood here is kept: the reader behind decides. Every block of a UID is kept when
one of them may touch the days wanted, for one block may move or cancel what another says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import gcd
from typing import NamedTuple

PAD = timedelta(days=2)  # zones lie up to a day apart, and floating times have none yet
MOST_BLOCKS = 200_000  # more than 64 MB of honest events hold
MOST_DATES = 5_000  # RDATE and EXDATE of one event: ten years of every day and some
MOST_TIMES = 48  # a day's repeats: every half hour
MOST_YEARS = 10  # that one event lasts
MOST_LETTERS = 1_000  # of one rule: every day of a year by its number needs fewer, nearly
PATIENCE = 8_000_000  # microseconds that all rules of a file may take, by estimate
OF_A_BLOCK, OF_A_DATE, OF_A_TIME = 500, 12, 30  # microseconds each, measured and rounded up

FOLD = re.compile(rb"(?:(?<!\n)\r\n|(?<![\r\n])\n)(?:\r?\n)*[ \t]")
FOLDS = (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t")
ODD_FOLDS = [b"\n" + fold for fold in FOLDS]  # over an empty line, which only FOLD joins right
BEGIN = re.compile(rb"\nBEGIN:VEVENT[ \t]*\r?(?=\n)", re.IGNORECASE)
PROPERTY = re.compile(
    rb"\n(BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|SEQUENCE|STATUS"
    rb"|TRANSP|SUMMARY|X-MICROSOFT-CDO-BUSYSTATUS)[ \t]*((?:;[^\n:\"]*(?:\"[^\n\"]*\"[^\n:\"]*)*)?)"
    rb":([^\n]*)",
    re.IGNORECASE,
)
CALENDAR = re.compile(
    rb"\n(?:BEGIN:VCALENDAR|X-WR-TIMEZONE[^\n:]*:[ \t]*([^\r\n]*?)[ \t]*\r?(?=\n))", re.IGNORECASE
)
ZONE_BEGINS, ZONE_ENDS = b"\nBEGIN:VTIMEZONE", b"\nEND:VTIMEZONE"
NAMES = {name.encode(): name for name in ("BEGIN", "END", "UID", "DTSTART", "DTEND", "SUMMARY")}
SPAN = re.compile(
    rb"[+]?P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?"
)
DAY = re.compile(rb"\d{8}")

SUB_DAILY = {"SECONDLY": "second", "MINUTELY": "minute", "HOURLY": "hour"}
UNITS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}  # days, at least
STEP = {"DAILY": 3, "WEEKLY": 5, "MONTHLY": 10, "YEARLY": 60}  # microseconds of one period
PER_DAY = {"HOURLY": 24, "MINUTELY": 1_440, "SECONDLY": 86_400}
CLOCK = {"BYHOUR", "BYMINUTE", "BYSECOND"}


class Reason(NamedTuple):
    """Why something is left out, said of one and of several."""

    one: str
    many: str


NO_START = Reason("it has no start", "they have no start")
NO_DATE = Reason("its dates cannot be read", "their dates cannot be read")
NO_RULE = Reason("the rule it repeats by cannot be read", "the rules they repeat by cannot be read")
TOO_OFTEN = Reason("it repeats too many times a day", "they repeat too many times a day")
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
EVERY = {
    name: Reason(f"it repeats every {unit}", f"they repeat every {unit}")
    for name, unit in SUB_DAILY.items()
}


class Property(NamedTuple):
    """One line of an event: `DTSTART;TZID=Europe/Berlin:20261122T200000` in its three parts."""

    name: str
    parameters: bytes
    value: bytes


class Block(NamedTuple):
    """One VEVENT: what its lines say of its time, state and name; and its calendar's zone."""

    zone: bytes
    lines: dict[str, Property]  # the first of each name
    more: tuple[Property, ...]  # and the others

    def all(self, *names: str) -> list[Property]:
        """Every line of these names."""
        firsts = [self.lines[name] for name in names if name in self.lines]
        return firsts + [line for line in self.more if line.name in names]


class Days(NamedTuple):
    """The days wanted, padded: from `first` up to, not including, `last`."""

    first: date
    last: date


@dataclass
class Series:
    """Every block of one UID in one calendar zone."""

    blocks: list[Block] = field(default_factory=list)
    touches: bool = False


def unfolded(data: bytes) -> bytes:
    """The bytes with every folded line made whole, beginning with a line break."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    if any(odd in data for odd in ODD_FOLDS):
        data = FOLD.sub(b"", data)
    for fold in FOLDS:
        data = data.replace(fold, b"")
    return b"\n" + data + b"\n"


def begins(text: bytes) -> list[int]:
    """Where each event begins; at most one more than can be read."""
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
    """Whether a VTIMEZONE is as zones are: what repeats in it repeats by years and months."""
    rules = [rule(found[3]) for found in PROPERTY.finditer(written) if found[1].upper() == b"RRULE"]
    dates = written.count(b",")
    return dates <= MOST_DATES and all(
        parts.get("FREQ") in ("YEARLY", "MONTHLY")
        and _rule_obstacle(parts) is None
        and surely_comes(parts)
        for parts in rules
    )


def wanted(text: bytes, starts: list[int], days: Days) -> list[Series]:
    """The series that may touch the days wanted, and what could not be understood."""
    padded = Days(days.first - PAD, days.last + PAD)
    found: dict[tuple[bytes, bytes], Series] = {}
    for number, block in enumerate(_blocks(text, starts)):
        uid = block.lines.get("UID")
        name = uid.value.replace(b"\\", b"").strip() if uid else b"\n%d" % number
        series = found.setdefault((block.zone, name), Series())
        series.blocks.append(block)
        series.touches = series.touches or may_touch(block, padded)
    return [series for series in found.values() if series.touches]


def may_touch(block: Block, days: Days) -> bool:
    """Whether an event may lie on one of these days; True for whatever is not understood."""
    try:
        return _may_touch(block, days)
    except (ValueError, OverflowError):
        return True


def obstacle(block: Block) -> Reason | None:
    """Why a block is not read at all, or None."""
    starts = block.all("DTSTART")
    if not starts:
        return NO_START
    if not DAY.match(starts[0].value.strip()):
        return NO_DATE
    dates = sum(line.value.count(b",") + 1 for line in block.all("RDATE", "EXDATE"))
    if dates > MOST_DATES:
        return TOO_MANY_DATES
    rules = [rule(line.value) for line in block.all("RRULE")]
    why = next((why for why in map(_rule_obstacle, rules) if why), None)
    return why or (TOO_LONG if _lasts_too_long(block) else None)


def cost(block: Block, days: Days) -> int:
    """How many microseconds it takes to work an event out, by estimate and rather too many."""
    dates = sum(line.value.count(b",") + 1 for line in block.all("RDATE", "EXDATE"))
    rules = [rule(line.value) for line in block.all("RRULE")]
    return OF_A_BLOCK + OF_A_DATE * dates + sum(_rule_cost(parts, block, days) for parts in rules)


def rule(value: bytes) -> dict[str, str]:
    """The parts of a rule by name, in capitals; empty where it cannot be read."""
    if len(value) > MOST_LETTERS:
        return {}
    parts = [part.partition("=") for part in value.decode("ascii", "replace").upper().split(";")]
    return {name.strip(): text.strip() for name, _, text in parts if name.strip()}


def surely_comes(parts: dict[str, str]) -> bool:
    """Whether a rule has a next time soon, for certain: 30 February never comes."""
    by = {name for name in parts if name.startswith("BY")} - CLOCK
    every, interval = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if every in SUB_DAILY:
        clock = {name for name in parts if name.startswith("BY")} & CLOCK
        return not by and (interval == 1 or not clock)
    if not by:
        return True
    if every in ("DAILY", "WEEKLY"):
        return _comes_in_a_week(parts, by, interval)
    return _comes_in_a_month(parts, by) and (every == "YEARLY" or interval < 12 or "BYMONTH" in by)


def length(block: Block) -> timedelta:
    """How long one occurrence may last, rounded up; raises ValueError if that cannot be read."""
    start, end, lasts = map(block.lines.get, ("DTSTART", "DTEND", "DURATION"))
    if start and end:
        return abs(_day(end.value) - _day(start.value)) + timedelta(days=1)
    return duration(lasts.value) + timedelta(days=1) if lasts else timedelta(days=1)


def duration(value: bytes) -> timedelta:
    """A DURATION that does not go backwards; raises ValueError for any other."""
    found = SPAN.fullmatch(value.strip().upper())
    if not found:
        raise ValueError("not a duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=seconds)


def _blocks(text: bytes, starts: list[int]) -> Iterator[Block]:
    calendars = _calendars(text)
    places = [place for place, _ in calendars]
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        zone = calendars[bisect_right(places, start) - 1][1]
        yield _block(zone, text, start, end)


def _calendars(text: bytes) -> list[tuple[int, bytes]]:
    """Where each calendar of a file begins, and its X-WR-TIMEZONE."""
    found = [(0, b"")]
    for match in CALENDAR.finditer(text):
        if match[1] is None:
            found.append((match.start(), b""))
        elif not found[-1][1]:
            found[-1] = (found[-1][0], match[1])
    return found


def _block(zone: bytes, text: bytes, start: int, end: int) -> Block:
    lines: dict[str, Property] = {}
    depth, more = 0, []  # an alarm has a DURATION and a SUMMARY of its own
    for name, parameters, value in PROPERTY.findall(text, start, end):
        known = NAMES.get(name) or name.upper().decode()
        if known == "BEGIN":
            depth += 1
        elif known == "END":
            depth -= 1
            if depth < 0:
                break
        elif not depth and value.strip():  # some programs write an empty RRULE
            line = Property(known, parameters, value.strip())
            if lines.setdefault(known, line) is not line:
                more.append(line)
    return Block(zone, lines, tuple(more))


def _may_touch(block: Block, days: Days) -> bool:
    lines = block.lines
    if "DTSTART" not in lines or "RDATE" in lines:
        return True
    if "RECURRENCE-ID" in lines and b"RANGE" in lines["RECURRENCE-ID"].parameters.upper():
        return True
    begins, lasts = _day(lines["DTSTART"].value), length(block)
    earliest = begins - lasts if "DTEND" in lines else begins  # an end may come before its start
    if earliest >= days.last:
        return False
    rules = block.all("RRULE")
    last = begins if not rules else _last_start(rule(rules[0].value), begins)
    return last is None or len(rules) > 1 or last + lasts >= days.first


def _last_start(parts: dict[str, str], begins: date) -> date | None:
    """The last day on which a rule may start something; None: nobody knows."""
    if "UNTIL" in parts:
        return max(begins, _day(parts["UNTIL"].encode()) + timedelta(days=1))
    plain = {name for name in parts if name.startswith("BY")} <= {"BYDAY"}
    every = parts.get("FREQ")
    if "COUNT" not in parts or not plain or every not in ("DAILY", "WEEKLY"):
        return None
    if every == "DAILY" and "BYDAY" in parts:
        return None
    times, interval = int(parts["COUNT"]), int(parts.get("INTERVAL", "1"))
    if times < 1 or interval < 1:
        return None
    return begins + timedelta(days=(times + 1) * interval * UNITS[every])


def _day(value: bytes) -> date:
    digits = DAY.match(value.strip())
    if not digits:
        raise ValueError("not a date")
    return date.fromisoformat(digits[0].decode())


def _lasts_too_long(block: Block) -> bool:
    try:
        return length(block) > timedelta(days=MOST_YEARS * 366)
    except (ValueError, OverflowError):
        lasts = block.lines.get("DURATION")
        # what is not a duration at all is left to the reader; one with too many digits is not
        return bool(lasts and re.search(rb"\d{6}", lasts.value))


def _rule_obstacle(parts: dict[str, str]) -> Reason | None:
    every, interval = parts.get("FREQ"), parts.get("INTERVAL", "1")
    if every not in UNITS and every not in SUB_DAILY:
        return NO_RULE
    if not re.fullmatch(r"\+?\d{1,4}", interval) or int(interval) < 1:
        return NO_RULE
    ends = re.fullmatch(r"\d{1,9}", parts.get("COUNT", "")) or "UNTIL" in parts
    if every in SUB_DAILY and not ends:
        return EVERY[every]
    times = _product(_many(parts, name) for name in CLOCK)
    return TOO_OFTEN if times > MOST_TIMES else None


def _rule_cost(parts: dict[str, str], block: Block, days: Days) -> int:
    """A rule is worked out from its start on; one that never comes again, until the year 9999."""
    every, comes = parts["FREQ"], surely_comes(parts)
    begins = _safely(block.lines["DTSTART"].value, days.first)
    ends = _safely(parts.get("UNTIL", "").encode(), days.last)
    until = min(days.last, ends) + PAD if comes else date.max
    period = int(parts.get("INTERVAL", "1")) * UNITS.get(every, 1) / PER_DAY.get(every, 1)
    periods = max(0, (until - begins).days) / period + 2
    if comes and parts.get("COUNT", "").isdigit():
        periods = min(periods, int(parts["COUNT"]) + 1)
    times = _product(_many(parts, name) for name in CLOCK)
    wanted = ((days.last - days.first) + _length(block)).days / period + 2
    found = min(periods, wanted) * times * _days_in_a_period(parts)
    each = STEP.get(every, 3) * _many(parts, "BYSETPOS") + times
    return int(periods * each + found * OF_A_TIME)


def _days_in_a_period(parts: dict[str, str]) -> int:
    """On how many days a rule comes in each of its periods, at most."""
    by = {name for name in parts if name.startswith("BY")} - CLOCK
    unit = UNITS.get(parts["FREQ"], 1)
    if not by or unit == 1:
        return 1
    if "BYSETPOS" in by:
        return _many(parts, "BYSETPOS")
    if parts["FREQ"] == "WEEKLY":
        return _many(parts, "BYDAY")
    weekdays = sum(1 if day[:-2] else 5 for day in parts.get("BYDAY", "MO").split(","))
    months = _many(parts, "BYMONTH") if "BYMONTH" in by else max(1, unit // 30)
    return min(unit, weekdays * months * _many(parts, "BYMONTHDAY"))


def _many(parts: dict[str, str], name: str) -> int:
    return parts.get(name, "").count(",") + 1


def _product(numbers: Iterable[int]) -> int:
    product = 1
    for number in numbers:
        product *= number
    return product


def _length(block: Block) -> timedelta:
    """How long one occurrence may last, a day where that cannot be read."""
    try:
        return length(block)
    except (ValueError, OverflowError):
        return timedelta(days=1)


def _safely(value: bytes, otherwise: date) -> date:
    try:
        return _day(value)
    except ValueError:
        return otherwise


def _comes_in_a_week(parts: dict[str, str], by: set[str], interval: int) -> bool:
    if by == {"BYDAY"}:
        return parts["FREQ"] == "WEEKLY" or gcd(interval, 7) == 1
    if by <= {"BYDAY", "BYMONTH"}:
        return interval == 1 or (interval <= 4 and (parts["FREQ"] == "WEEKLY" or "BYDAY" not in by))
    return interval == 1 and "BYDAY" not in by and _comes_in_a_month(parts, by)


def _comes_in_a_month(parts: dict[str, str], by: set[str]) -> bool:
    """Whether days named within a month are in every month, as those of real calendars are."""
    monthly = parts["FREQ"] == "MONTHLY"
    if by & {"BYYEARDAY", "BYWEEKNO"} or (monthly and "BYMONTH" in by):
        return False
    ordinals = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYDAY", ""))]
    places = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYSETPOS", ""))]
    numbers = [int(found) for found in re.findall(r"[+-]?\d+", parts.get("BYMONTHDAY", ""))]
    if "BYMONTHDAY" in by and by - {"BYMONTHDAY", "BYMONTH"}:
        return False
    most = 31 if monthly and by == {"BYMONTHDAY"} else 28
    return all(1 <= abs(n) <= 4 for n in ordinals + places) and all(
        1 <= abs(n) <= most for n in numbers
    )
