"""Time zones by the names that calendar files give them: the world's, Windows', the file's own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from rituals.calendars.incoming.decode import decoded
from rituals.calendars.incoming.recurrence import rule
from rituals.calendars.incoming.rule_times import ImpatientError, Patience, times

MOST_ZONES = 100  # that one file defines; the others are unknown
MOST_BYTES = 400_000  # of all of them: one with all its changes since 1900 has less than a tenth
SINCE, UNTIL = datetime(1970, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - on walls
A_DAY = timedelta(days=1)
WORK = 100_000  # of one zone: four hundred yearly changes need a sixth

DEFINED = re.compile(
    rb"\nBEGIN:(?:VCALENDAR|VTIMEZONE\s(.*?)\nEND:VTIMEZONE)", re.IGNORECASE | re.DOTALL
)
NAME = re.compile(rb"\nTZID[^\n:]*:([^\n]*)", re.IGNORECASE)
CHANGES = re.compile(rb"\nBEGIN:(?:STANDARD|DAYLIGHT)(.*?)\nEND:", re.IGNORECASE | re.DOTALL)
LINE = re.compile(
    rb"\n(DTSTART|RRULE|RDATE|TZOFFSETFROM|TZOFFSETTO)[^\n:]*:[ \t]*([^\r\n]*)", re.IGNORECASE
)
ESCAPED = re.compile(r"\\(.)")
ONSET = re.compile(r"(\d{8})T(\d{6})Z?")
OFFSET = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?")
FROM_UTC = re.compile(r"\(?(?:UTC|GMT)\s*(?:([+-])\s*(\d{1,2}):?(\d{2})?)?\)?(?!\w)\s*(.*)", re.I)
BETWEEN_CITIES = re.compile(r"\s*[,;/&:]\s*")
JANUARY, JULY = datetime(2026, 1, 1), datetime(2026, 7, 1)  # noqa: DTZ001 - on walls
QUOTES_AND_BLANKS = " \t\r\"'"


class Zones:
    """The zones that one file speaks of, each looked up once."""

    def __init__(self, text: bytes) -> None:
        self._defined: dict[tuple[str, int], bytes] = {}
        self._first: dict[str, bytes] = {}
        for calendar, name, written in _definitions(text):
            self._defined.setdefault((name, calendar), written)
            self._first.setdefault(name, written)
        self._found: dict[tuple[bytes, int], tzinfo | None] = {}
        self._made: dict[bytes, tzinfo | None] = {}

    def named(self, name: bytes, calendar: int = 0) -> tzinfo | None:
        """The zone of a name, or None where nobody knows it.

        Of two that a file defines under one name it is that of the calendar, counted from 1.
        """
        if not name:
            return None
        key = (name, calendar)
        if key not in self._found:
            self._found[key] = self._looked_up(decoded(name).strip(QUOTES_AND_BLANKS), calendar)
        return self._found[key]

    def _looked_up(self, name: str, calendar: int) -> tzinfo | None:
        return _of_the_world(name) or self._defined_as(name, calendar) or _by_its_offset(name)

    def _defined_as(self, name: str, calendar: int) -> tzinfo | None:
        written = self._defined.get((name, calendar)) or self._first.get(name)
        if not written:
            return None
        if written not in self._made:
            self._made[written] = _zone_or_none(written)
        return self._made[written]


class FileZone(tzinfo):
    """A zone with the offset before its first change, and each change as an instant in UTC."""

    def __init__(self, first: timedelta, changes: list[tuple[datetime, timedelta]]) -> None:
        self._offsets = [first, *(offset for _, offset in changes)]
        self._changes = [at for at, _ in changes]
        pairs = list(zip(self._changes, self._offsets, self._offsets[1:], strict=False))
        # In a gap the offset before it holds, and of an hour that comes twice the first is meant.
        self._walls = (
            [at + max(before, after) for at, before, after in pairs],
            [at + min(before, after) for at, before, after in pairs],
        )

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """The offset from UTC at a time on the wall."""
        if moment is None:
            return None
        wall = moment.replace(tzinfo=None)
        return self._offsets[bisect_right(self._walls[moment.fold], wall)]

    def fromutc(self, moment: datetime) -> datetime:
        """The time on the wall at a moment of UTC."""
        offset = self._offsets[bisect_right(self._changes, moment.replace(tzinfo=None))]
        wall = moment + offset
        return wall if wall.utcoffset() == offset else wall.replace(fold=1)

    def dst(self, moment: datetime | None) -> timedelta | None:  # noqa: ARG002 - tzinfo's signature
        """None: a file does not always say."""
        return None

    def tzname(self, moment: datetime | None) -> str | None:  # noqa: ARG002 - tzinfo's signature
        """None: nothing here is shown."""
        return None


def _definitions(text: bytes) -> Iterator[tuple[int, str, bytes]]:
    """Each VTIMEZONE of a file: which calendar it is of, its name, and what it says."""
    calendar, found, room = 0, 0, MOST_BYTES
    for written in DEFINED.finditer(text):
        if written[1] is None:
            calendar += 1
            continue
        room -= len(written[1])
        name = NAME.search(b"\n" + written[1])
        if room >= 0 and name and found < MOST_ZONES:
            found += 1
            plain = ESCAPED.sub(r"\1", decoded(name[1]))
            yield calendar, plain.strip(QUOTES_AND_BLANKS), written[1]


def _of_the_world(name: str) -> tzinfo | None:
    """The zone of a name as the IANA or Windows have it, whatever stands before it."""
    parts = name.strip("/").split("/")
    for first in range(len(parts)):
        found = _exactly("/".join(parts[first:]))
        if found:
            return found
    return None


def _exactly(name: str) -> tzinfo | None:
    key = _names().get(name.casefold()) or _windows().get(name)
    return ZoneInfo(key) if key else None


@lru_cache(1)
def _names() -> dict[str, str]:
    """Every name of tzdata, by itself in small letters."""
    return {name.casefold(): name for name in available_timezones()}


@lru_cache(1)
def _windows() -> dict[str, str]:
    """Zones by the names that Windows has for them."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # it takes a moment to load

    return WINDOWS_TO_OLSON


@lru_cache(1)
def _cities() -> dict[str, list[str]]:
    """Zones by their city in small letters, as in `Europe/Amsterdam`."""
    found: dict[str, list[str]] = {}
    for name in sorted(_names().values()):
        area, _, city = name.rpartition("/")
        if area and area != "Etc":
            found.setdefault(city.replace("_", " ").casefold(), []).append(name)
    return found


def _by_its_offset(name: str) -> tzinfo | None:
    """The zone of a name such as `(UTC+01:00) Amsterdam, Berlin` or `GMT+0100`."""
    found = FROM_UTC.fullmatch(name)
    if not found:
        return None
    hours, minutes = int(found[2] or 0), int(found[3] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes) * (-1 if found[1] == "-" else 1)
    rest = found[4].strip()
    windows = _windows().get(rest) or _windows().get(_standard(rest))
    of_cities = (key for city in BETWEEN_CITIES.split(rest) for key in _zones_of(city))
    for key in filter(None, (windows, *of_cities)):
        zone = ZoneInfo(key)
        if offset in (zone.utcoffset(JANUARY), zone.utcoffset(JULY)):
            return zone
    return timezone(offset) if offset else UTC


def _standard(name: str) -> str:
    """Windows' name of `Eastern Time (US & Canada)`."""
    return name.partition("(")[0].strip().removesuffix(" Time") + " Standard Time"


def _zones_of(city: str) -> list[str]:
    return _cities().get(city.casefold(), [])


def _zone_or_none(written: bytes) -> tzinfo | None:
    try:
        return _defined_zone(written)
    except (KeyError, ValueError, OverflowError, ImpatientError):
        return None


def _defined_zone(written: bytes) -> tzinfo | None:
    """The zone that a VTIMEZONE defines, or None for one that defines nothing."""
    patience = Patience(WORK)
    found = [
        change
        for changes in CHANGES.findall(b"\n" + written)
        for change in _changes(_lines(changes), patience)
    ]
    if not found:
        return None
    found.sort(key=lambda change: change[0])
    return FileZone(found[0][1], [(at, after) for at, _, after in found])


def _lines(written: bytes) -> dict[bytes, bytes]:
    """The values of one kind of changes by name; there may be several lines of dates."""
    found: dict[bytes, bytes] = {}
    for name, value in LINE.findall(written):
        key = name.upper()
        found[key] = found[key] + b"," + value if key in found else value
    return found


def _changes(
    lines: dict[bytes, bytes], patience: Patience
) -> Iterator[tuple[datetime, timedelta, timedelta]]:
    """Each change of one kind, in UTC, with the offsets before and after it."""
    before, after = (_offset(lines[name]) for name in (b"TZOFFSETFROM", b"TZOFFSETTO"))
    start = _onset(lines[b"DTSTART"])
    onsets = [start] if start else []
    if b"RRULE" in lines and start:
        repeat = rule(lines[b"RRULE"])
        until = _onset(repeat.until)
        if until and repeat.until.endswith("Z"):
            until += before
        onsets += times(repeat, start, SINCE, until or UNTIL, patience)
    dates = lines.get(b"RDATE", b"").split(b",")
    onsets += [at for at in map(_onset, dates) if at]
    yield from ((at - before, before, after) for at in set(onsets))


def _onset(value: bytes | str) -> datetime | None:
    found = ONSET.match(decoded(value) if isinstance(value, bytes) else value)
    return datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S") if found else None  # noqa: DTZ007


def _offset(value: bytes) -> timedelta:
    found = OFFSET.match(decoded(value))
    if not found:
        raise ValueError("not an offset")
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    amount = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if amount >= A_DAY:
        raise ValueError("not an offset of any clock")
    return -amount if found[1] == "-" else amount
