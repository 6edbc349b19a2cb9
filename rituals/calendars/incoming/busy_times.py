"""Busy times of an .ics file, clipped to a window. Whatever it holds, reading it ends soon.

Dropped: what is cancelled, marked free, or takes no time. Times without a zone, or with one that
nobody knows, are the calendar's own (X-WR-TIMEZONE) or else the household's. All-day events are
busy only where the file says TRANSP:OPAQUE: calendar programs write TRANSPARENT for an all-day
event unless somebody chose "busy" for it, and files that say nothing are lists of birthdays and
holidays; these are read as free, if at all. Nothing that a file names (URL, ATTACH) is followed.
"""

from __future__ import annotations

import gc
import re
import threading
import unicodedata
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events as recurring
from icalendar.timezone import tzp

from rituals import text
from rituals.calendars.incoming import vevents
from rituals.calendars.incoming.decode import CalendarError, plain_text, what_it_is
from rituals.calendars.incoming.recurrence import PAD, Days, Reason
from rituals.calendars.incoming.vevents import Block, Property, Series, decoded
from rituals.model.calendar import Busy
from rituals.model.household import Household
from rituals.model.local_time import instant
from rituals.model.time.span import Span

MOST_BUSY = 50_000  # sixty weeks hold fewer five-minute stretches in the waking hours
MOST_ZONES = 500  # nearly as many as there are
MOST_OF_ZONES = 400_000  # bytes: a zone with all its changes since 1900 has less than a tenth
SLOWLY = 3  # times as long as in a zone of the world, measured

TOO_MANY = (
    f"This calendar holds more than {vevents.MOST_BLOCKS:,} events, too many to read at once."
)
TOO_MUCH = "This file was not made by a calendar program: it says the same thing again and again."
# The library keeps the zones of files for the whole process: one file at a time, and none is kept.
_ONE_AT_A_TIME = threading.Lock()

MOMENT = re.compile(rb"(\d{8})(?:T(\d{6})(Z?))?")
PARAMETERS = re.compile(
    rb'(?:;VALUE=(?P<type>DATE-TIME|DATE))?(?:;TZID=(?P<zone>"[\w/+. ()&,-]+"|[\w/+. ()&-]+))?'
)
BREAKS = {"Cc", "Cs", "Zl", "Zp"}  # of a title: what no page should be given parts two words
STATES = ("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS")
REPEATS = {"RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}


class _State(NamedTuple):
    """The lines of an event that say whether it takes time, as in STATES."""

    status: str
    transparency: str
    microsoft: str

    @property
    def stands(self) -> bool:
        return self.status != "CANCELLED"

    def is_free(self, whole_day: bool) -> bool:
        if whole_day and self.transparency != "OPAQUE":
            return True
        return self.transparency == "TRANSPARENT" or self.microsoft == "FREE"


class _Time(NamedTuple):
    """One time of an event that repeats, and the component that says what it is."""

    start: date
    end: date
    event: Any


class _Occurrence(recurring.Occurrence):  # type: ignore[misc]  # the library has no types
    """An occurrence without a copy of its component: copying takes most of the time."""

    def as_component(self, keep_recurrence_attributes: bool) -> _Time:  # noqa: ARG002
        """Its time and what it is an occurrence of."""
        return _Time(self.start, self.end, self._adapter._component)


EVENTS = recurring.ComponentsWithName("VEVENT", occurrence=_Occurrence)


@dataclass(frozen=True)
class Reading:
    """The busy times of a file, sorted, and a sentence for each kind of thing left out."""

    busy: tuple[Busy, ...]
    skipped: tuple[str, ...]


@dataclass
class _Reader:
    """One reading under way: for whom, of which days, and what was left out so far."""

    household: Household
    days: Days
    free_days: int = 0
    zones: dict[str, tzinfo | None] = field(default_factory=dict)
    left: Counter[Reason] = field(default_factory=Counter)


def read(data: bytes, household: Household, first: date, last: date, free_days: int = 0) -> Reading:
    """The busy times that touch the local days from `first` up to, not including, `last`.

    Among them, as free, whole days that take no time and are at least `free_days` long; 0: none.
    """
    text = vevents.unfolded(plain_text(data))
    begins = vevents.begins(text)
    if not begins and not re.search(rb"\nBEGIN:VCALENDAR", text, re.IGNORECASE):
        raise CalendarError(what_it_is(text))
    if len(begins) > vevents.MOST_BLOCKS:
        raise CalendarError(TOO_MANY)
    reader = _Reader(household, Days(first, last), free_days)
    with _ONE_AT_A_TIME, _undisturbed(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's advice is for whoever wrote the file
        tzp.use_zoneinfo()
        _learn_zones(text, reader.days)
        try:
            found = set(_found(text, begins, reader))
        except vevents.TooMuchError:
            raise CalendarError(TOO_MUCH) from None
    touching = Span(instant(first, time(), household), instant(last, time(), household))
    busy = sorted((b for b in found if b.span.overlaps(touching)), key=_order)
    return Reading(tuple(busy[:MOST_BUSY]), tuple(_sentences(reader.left, len(busy) - MOST_BUSY)))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Runs its body without garbage collection, which takes a third of a large file's time.

    No reference cycles that count are made here; the next collection finds the library's.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _order(busy: Busy) -> tuple[datetime, datetime, str, bool, bool]:
    return busy.span.start, busy.span.end, busy.title, busy.whole_day, busy.free


def _sentences(left: Counter[Reason], beyond: int) -> Iterator[str]:
    for reason, count in sorted(left.items()):
        if count == 1:
            yield f"1 event is left out: {reason.one}."
        else:
            yield f"{count:,} events are left out: {reason.many}."
    if beyond > 0:
        times = "1 time is" if beyond == 1 else f"{beyond:,} times are"
        yield f"The last {times} left out: {MOST_BUSY:,} are as many as one calendar may hold."


def _learn_zones(text: bytes, days: Days) -> None:
    """Registers with the library the zones that a file defines, where it has no better ones."""
    since = days.first.year - vevents.MOST_YEARS - 1
    room = MOST_OF_ZONES
    for written in vevents.zones(text)[:MOST_ZONES]:
        room -= len(written)
        if room >= 0 and vevents.zone_is_simple(written):
            zone = decoded(vevents.zone_since(written, since))
            _parsed(f"BEGIN:VCALENDAR\r\n{zone}\r\nEND:VCALENDAR\r\n")  # a broken one stays unknown


def _found(text: bytes, begins: list[int], reader: _Reader) -> Iterator[Busy]:
    """Every busy time: single events at once, the others through the library."""
    patience = vevents.PATIENCE
    others: defaultdict[bytes, list[list[Block]]] = defaultdict(list)
    for series in vevents.wanted(text, begins, reader.days):
        if patience < 0 and any("RRULE" in block.lines for block in series.blocks):
            reader.left[vevents.TOO_SLOW] += len(series.blocks)
            continue
        kept = list(_without_obstacles(series, reader))
        single = _single(kept[0], reader) if len(series.blocks) == len(kept) == 1 else None
        if single is not None:
            yield from single
            continue
        patience -= sum(_cost(block, reader) for block in kept)
        if patience < 0:
            reader.left[vevents.TOO_SLOW] += len(kept)
        elif kept:
            others[kept[0].zone].append(kept)
    for zone, group in others.items():
        yield from _worked_out(group, zone, reader)


def _cost(block: Block, reader: _Reader) -> int:
    """Estimated microseconds that an event takes; more where its zone is the file's own."""
    parameters = PARAMETERS.fullmatch(block.lines["DTSTART"].parameters)
    name = parameters["zone"] if parameters and parameters["zone"] else block.zone
    zone = _zone_named(decoded(name.strip(b'"')), reader)
    slowly = SLOWLY if zone is not None and not isinstance(zone, ZoneInfo) else 1
    return slowly * vevents.cost(block, reader.days)


def _without_obstacles(series: Series, reader: _Reader) -> Iterator[Block]:
    for block in series.blocks:
        why = vevents.obstacle(block)
        if why:
            reader.left[why] += 1
        else:
            yield block


def _single(block: Block, reader: _Reader) -> list[Busy] | None:
    """The busy time of an event that happens once, or None where the library has to look."""
    lines = block.lines
    if block.more or not lines.keys().isdisjoint(REPEATS):
        return None
    state = _State(*(_value(lines.get(name)) for name in STATES))
    if not state.stands:
        return []
    try:
        ends = _start_and_end(lines, reader)
    except (ValueError, OverflowError):
        return None
    if ends is None:
        return None
    title = _clean(_unescaped(decoded(lines["SUMMARY"].value))) if "SUMMARY" in lines else ""
    return _busy(*ends, title, state, _floating(block.zone, reader), reader)


def _value(line: Property | None) -> str:
    return line.value.decode("ascii", "replace").strip().upper() if line else ""


def _start_and_end(lines: dict[str, Property], reader: _Reader) -> tuple[date, date] | None:
    start = _moment(lines["DTSTART"], reader)
    if start is None or ("DTEND" in lines and "DURATION" in lines):
        return None
    timed = isinstance(start, datetime)
    if "DTEND" in lines:
        end = _moment(lines["DTEND"], reader)
    elif "DURATION" in lines:
        lasts = vevents.duration(lines["DURATION"].value)
        end = start + lasts if timed or not lasts.seconds else None
    else:
        end = start if timed else start + timedelta(days=1)
    if end is None or _sort(start) != _sort(end):
        return None
    return (start, end) if start <= end else (end, start)


def _sort(moment: date) -> str:
    """A date, a floating time or a time of a zone: only the same sort can be compared."""
    if not isinstance(moment, datetime):
        return "date"
    return "zoned" if moment.tzinfo else "floating"


def _moment(line: Property, reader: _Reader) -> date | None:
    """The date or time of a line, or None where it is not as simple as most are."""
    written, parameters = MOMENT.fullmatch(line.value), PARAMETERS.fullmatch(line.parameters)
    if not written or not parameters:
        return None
    if written[2] is None:
        simple = parameters["type"] != b"DATE-TIME" and not parameters["zone"]
        return date.fromisoformat(written[1].decode()) if simple else None
    if parameters["type"] == b"DATE" or (parameters["zone"] and written[3]):
        return None
    moment = datetime.fromisoformat(written[0].decode())
    if written[3]:
        return moment
    name = parameters["zone"]
    zone = _zone_named(name.strip(b'"').decode(), reader) if name else None
    return moment.replace(tzinfo=zone)


def _zone_named(name: str, reader: _Reader) -> tzinfo | None:
    """The zone of this name: of the world, of Windows, or of the file itself."""
    if name not in reader.zones:
        reader.zones[name] = _looked_up(name)
    return reader.zones[name]


def _looked_up(name: str) -> tzinfo | None:
    try:
        return tzp.timezone(name) if name else None
    except (ValueError, OSError):  # OSError: the name of a folder among the zones
        return None


def _floating(zone: bytes, reader: _Reader) -> tzinfo:
    """The zone of times without one: the calendar's own, or the household's."""
    return _zone_named(decoded(zone), reader) or reader.household.tz


def _busy(  # noqa: PLR0913 - all of this is one event
    start: date, end: date, title: str, state: _State, floating: tzinfo, reader: _Reader
) -> list[Busy]:
    whole_day = not isinstance(start, datetime) and not isinstance(end, datetime)
    free = state.is_free(whole_day)
    if free and not (whole_day and reader.free_days and (end - start).days >= reader.free_days):
        return []
    zone = reader.household.tz if whole_day else floating
    begins, ends = (_in_utc(moment, zone) for moment in (start, end))
    return [Busy(Span(begins, ends), title, whole_day, free)] if begins < ends else []


def _in_utc(moment: date, zone: tzinfo) -> datetime:
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), zone)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _worked_out(group: Sequence[list[Block]], zone: bytes, reader: _Reader) -> Iterable[Busy]:
    """The busy times of whole series, all at once, or one by one where that is too much."""
    at_once = _expanded([block for series in group for block in series], zone, reader)
    if at_once is not None:
        return at_once
    found: list[Busy] = []
    for series in group:
        alone = _expanded(series, zone, reader)
        if alone is None:
            reader.left[vevents.NO_DATE] += len(series)
        found.extend(alone or ())
    return found


def _expanded(chosen: Sequence[Block], zone: bytes, reader: _Reader) -> list[Busy] | None:
    """The busy times of some events by the library, or None if it stumbles over one of them."""
    own = _zone_named(decoded(zone), reader)
    head = f"X-WR-TIMEZONE:{own.key}\r\n" if isinstance(own, ZoneInfo) else ""
    events = "".join(_written(block) for block in chosen)
    calendar = _parsed(f"BEGIN:VCALENDAR\r\n{head}{events}END:VCALENDAR\r\n")
    if calendar is None:
        return None
    home = reader.household.tz
    since, until = (
        datetime.combine(day, time(), home)
        for day in (reader.days.first - PAD, reader.days.last + PAD)
    )
    try:
        found = recurring.of(calendar, components=[EVENTS]).between(since, until)
        return list(_busy_of_times(found, own or home, reader))
    except Exception:  # a broken file makes the library raise nearly anything
        return None


def _parsed(text: str) -> icalendar.Calendar | None:
    try:
        return icalendar.Calendar.from_ical(text)
    except Exception:  # a broken file makes the library raise nearly anything
        return None


def _written(block: Block) -> str:
    lines = b"".join(
        b"%s%s:%s\r\n" % (line.name.encode(), line.parameters, line.value)
        for line in (*block.lines.values(), *block.more)
    )
    return f"BEGIN:VEVENT\r\n{decoded(lines)}END:VEVENT\r\n"


def _busy_of_times(found: Iterable[_Time], floating: tzinfo, reader: _Reader) -> Iterator[Busy]:
    states: dict[int, tuple[_State, str]] = {}
    for start, end, event in found:
        if id(event) not in states:
            state = _State(*(str(_only(event, name)).strip().upper() for name in STATES))
            states[id(event)] = state, _clean(str(_only(event, "SUMMARY")))
        state, title = states[id(event)]
        if state.stands:
            yield from _busy(start, end, title, state, floating, reader)


def _only(event: Any, name: str) -> Any:
    value = event.get(name, "")
    return value[-1] if isinstance(value, list) else value


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: " " if found[1] in "nN" else found[1], text)


def _clean(title: str) -> str:
    """A title on one line, without the characters that no page should be given."""
    seen = (" " if unicodedata.category(c) in BREAKS else c for c in title)
    return text.single_line("".join(seen))[: text.LONGEST_TITLE].rstrip()
